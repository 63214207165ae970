"""Where the library lies.

Three systems, three rules of a line each, which have not changed in fifteen years: that is less to keep than the
dependency that would hold them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FILE = "library.sqlite3"
"""The library's one file."""


def home() -> Path:
    """The folder for what a reader keeps: what READOUT_HOME names, else where the system keeps user data."""
    named = os.environ.get("READOUT_HOME")
    return Path(named).expanduser().absolute() if named else _user_data() / "readout"


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
