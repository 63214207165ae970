"""The README tells the truth: its commands, its pictures, its example."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_ci_runs_the_second_command() -> None:
    """What passes the tests for a newcomer is what CI runs, to the letter."""
    commands = re.findall(r"^    (python3 -m venv .*)$", README, re.MULTILINE)

    assert len(commands) == 2
    assert "streamlit run dashboard.py" in commands[0]
    assert commands[1] in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_every_picture_and_link_is_there() -> None:
    """Nothing that the README points to in the repository is missing."""
    for place in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / place).exists(), place


def test_the_notebook_example_runs(capsys: Any) -> None:
    """The lines under "from a notebook" run as they stand and find what they say."""
    part = README.split("## The engine, from a notebook")[1].split("\n## ")[0]
    lines = [line.removeprefix("    ") for line in part.splitlines() if line.startswith("    ")]

    exec(compile("\n".join(lines), "README", "exec"), {})

    assert "Ada Lovelace" in capsys.readouterr().out
