"""The system calls of a process: what it asked the network, and which files it wrote."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

_ASKS = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(.*?AF_INET6?\b")
_WRITES = re.compile(r'openat\([^"]*"([^"]+)", [^)]*O_(?:WRONLY|RDWR)[^)]*\)\s+= \d')
_CALLS = "trace=network,openat,open,creat,mkdir,mkdirat"


def traced(trace: Path) -> list[str]:
    """The beginning of a command that notes in a file what the rest of it asks of the system.

    Without strace the test is skipped, or fails where READOUT_BROWSER=required.
    """
    strace = shutil.which("strace")
    if strace is None:
        if os.environ.get("READOUT_BROWSER") == "required":
            pytest.fail("CI needs strace to see that nothing asks the network: install it.")
        pytest.skip("no strace found, so system calls cannot be seen; install Debian's with `apt-get install strace`")
    # The tracer is a grandchild: a signal to the process that is started goes to the program itself.
    return [strace, "-D", "-f", "-e", _CALLS, "-o", str(trace)]


def asked(trace: Path) -> list[str]:
    """The calls that went to any address of the internet's families, loopback too."""
    return [call for call in _calls(trace) if _ASKS.search(call)]


def written(trace: Path, *allowed: Path | str) -> list[str]:
    """The files that were opened to be written to, without those in allowed folders and the system's own."""
    mine = tuple(map(str, (*allowed, "/dev/", "/proc/", "/sys/")))
    paths = [found[1] for call in _calls(trace) if (found := _WRITES.search(call))]
    return [path for path in paths if not path.startswith(mine)]


def environment(user: Path, home: Path) -> dict[str, str]:
    """The environment of a person with a folder and a library, and nothing that hides a write."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    return kept | {"HOME": str(user), "READOUT_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}


def _calls(trace: Path) -> list[str]:
    return trace.read_text("utf-8", "replace").splitlines()
