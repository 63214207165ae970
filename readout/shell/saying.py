"""What a person at a terminal sees besides the results."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from readout.load.strings import tidy


class Counter:
    """A line that says how far it has come, on a terminal only: in a file or a pipe it would be noise."""

    def __init__(self) -> None:
        """Say nothing yet."""
        self._shows = sys.stderr.isatty()
        self._said = ""

    def say(self, words: str) -> None:
        """Put words in the place of those that stand there."""
        if self._shows and words != self._said:
            self._said = words
            print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        self.say("")


def on_one_line(words: str) -> str:
    """Words of an article for a terminal: on one line, without a character that would steer it."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def shown(path: Path | str) -> str:
    """A path or an address as it is said: on one line, without what would steer the terminal."""
    return " ".join(tidy(os.fsencode(path).decode("utf-8", "replace")).split())
