"""The word lists of `readout/lexicon`: plain files, one entry a line, `#` for comments."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lexicon"


@cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of a list, in the file's order."""
    text = (_FOLDER / f"{name}.txt").read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The entries of a list whose order means nothing."""
    return frozenset(lines(name))
