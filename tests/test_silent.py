"""Nothing that Readout runs asks the network for anything or writes where it was not told to."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

STRACE = shutil.which("strace")
READ = "from readout import read; read('“It works,” said Ada Lovelace on Monday.')"
LOAD = "from readout import load; load('The bridge opens on Monday.'.encode(), name='bridge.txt')"
_ASKS = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(.*?AF_INET6?\b")
_WRITES = re.compile(r'openat\([^"]*"([^"]+)", [^)]*O_(?:WRONLY|RDWR)[^)]*\)\s+= \d')


@pytest.fixture
def traced(tmp_path: Path) -> tuple[Path, list[str]]:
    """Where a run may keep things, and the command that traces it."""
    if STRACE is None:
        if os.environ.get("READOUT_BROWSER") == "required":
            pytest.fail("CI needs strace to see that nothing asks the network: install it.")
        pytest.skip("no strace found, so system calls cannot be seen; install Debian's with `apt-get install strace`")
    trace = tmp_path / "trace"
    return trace, [STRACE, "-f", "-e", "trace=network,openat,open,creat,mkdir,mkdirat", "-o", str(trace)]


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("-c", READ), id="read"),
        pytest.param(("-c", LOAD), id="load"),
        pytest.param(("-m", "readout", "add", "ARTICLE"), id="the shell adds"),
    ],
)
def test_no_name_is_asked_and_nothing_is_written(
    command: tuple[str, ...], traced: tuple[Path, list[str]], tmp_path: Path
) -> None:
    """Whatever is run opens no connection, asks no name, and writes only below READOUT_HOME."""
    trace, strace = traced
    user, home, article = tmp_path / "user", tmp_path / "home", tmp_path / "article.txt"
    user.mkdir()
    article.write_text("The bridge opens on Monday, said Ada Lovelace, who built it.\n")
    given = [str(article) if word == "ARTICLE" else word for word in command]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ORT_"))}
    environment |= {"HOME": str(user), "READOUT_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}

    subprocess.run([*strace, sys.executable, *given], env=environment, check=True, capture_output=True)

    calls = trace.read_text("utf-8", "replace").splitlines()
    assert [call for call in calls if _ASKS.search(call)] == []
    assert list(user.rglob("*")) == []
    written = [found[1] for call in calls if (found := _WRITES.search(call))]
    assert [path for path in written if not path.startswith((str(home), "/dev/", "/proc/", "/sys/"))] == []
