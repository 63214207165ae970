"""Where the library lies.

Three systems, three rules of a line each, which have not changed in fifteen years: that is less to keep than the
dependency that would hold them.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

FILE = "library.sqlite3"
"""The library's one file."""


def home() -> Path:
    """The folder for what a reader keeps: what READOUT_HOME names, else where the system keeps user data."""
    named = os.environ.get("READOUT_HOME")
    return Path(named).expanduser().absolute() if named else _user_data() / "readout"


def strange(path: Path) -> str | None:
    """What lies at a path, in words, where it is neither a plain file nor nothing; opening it might never end.

    Raises:
        OSError: if nobody may look.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "a link that leads nowhere" if path.is_symlink() else None
    except OSError:
        if path.is_symlink():
            return "a link that leads nowhere"
        raise
    if stat.S_ISREG(mode):
        return None
    return _KINDS.get(stat.S_IFMT(mode), "something else")


_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def _user_data() -> Path:
    if sys.platform == "win32":
        return _absolute("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return _absolute("XDG_DATA_HOME") or Path.home() / ".local" / "share"


def _absolute(variable: str) -> Path | None:
    """The folder that a variable names; a relative one is to be ignored, says the XDG specification."""
    folder = Path(os.environ.get(variable, ""))
    return folder if folder.is_absolute() else None
