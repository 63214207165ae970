"""Nothing that Readout runs asks the network for anything or writes where it was not told to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tracing import asked, environment, traced, written

READ = "from readout import read; read('“It works,” said Ada Lovelace on Monday.')"
LOAD = "from readout import load; load('The bridge opens on Monday.'.encode(), name='bridge.txt')"


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("-c", READ), id="read"),
        pytest.param(("-c", LOAD), id="load"),
        pytest.param(("-m", "readout", "add", "ARTICLE"), id="the shell adds"),
    ],
)
def test_no_name_is_asked_and_nothing_is_written(command: tuple[str, ...], tmp_path: Path) -> None:
    """Whatever is run opens no connection, asks no name, and writes only below READOUT_HOME."""
    user, home, article, trace = (tmp_path / name for name in ("user", "home", "article.txt", "trace"))
    user.mkdir()
    article.write_text("The bridge opens on Monday, said Ada Lovelace, who built it.\n")
    given = [str(article) if word == "ARTICLE" else word for word in command]

    command_line = [*traced(trace), sys.executable, *given]
    subprocess.run(command_line, env=environment(user, home), check=True, capture_output=True)

    assert asked(trace) == []
    assert list(user.rglob("*")) == []
    assert written(trace, home) == []
