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


def test_notice_names_all_that_ships_and_is_not_ours() -> None:
    """Weights, fonts and the articles that ship stand in NOTICE, under patterns of names that hold files."""
    named = re.findall(r"^(?:readout|data)/.+$", (ROOT / "NOTICE").read_text("utf-8"), re.MULTILINE)
    covered: set[Path] = set()
    for line in named:
        first, *others = line.split(", ")
        folder = Path(first).parent
        for pattern in (first, *(one if "/" in one else str(folder / one) for one in others)):
            found = set(ROOT.glob(pattern))
            assert found, pattern
            covered |= found

    kinds = ("*.onnx", "*.npz", "*.woff2", "*.ttf", "tokenizer.json")
    ships = {path for kind in kinds for path in (ROOT / "readout").rglob(kind)}
    assert ships | set((ROOT / "data" / "articles").glob("*.txt")) <= covered
