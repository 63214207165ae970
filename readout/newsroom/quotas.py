"""How much a reader has done today, so that one account can't fill the library or the disk for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Literal

from readout.errors import AccessError
from readout.newsroom import audit
from readout.newsroom.rules import Quotas

What = Literal["articles", "megabytes", "corrections"]
MEGABYTE = 1_000_000
COUNTED: dict[str, What] = {"add": "articles", "correct": "corrections", "upload": "megabytes"}
"""What an act of the log counts as."""
_WORDS: dict[What, str] = {
    "articles": "articles that one reader may add",
    "megabytes": "megabytes that one reader may upload",
    "corrections": "corrections, notes and stars that one reader may make",
}


class Spent:
    """What each reader has done today. It begins with what the log says, so a restart gives nothing back."""

    def __init__(self, folder: Path) -> None:
        """Count what the log beside a library says of today."""
        self._folder, self._lock = folder, Lock()
        self._day: date | None = None
        self._counts: Counter[tuple[str, What]] = Counter()

    @contextmanager
    def spending(self, who: str, what: What, quotas: Quotas, amount: int = 1) -> Iterator[None]:
        """Count something that is done meanwhile; what fails counts for nothing.

        Args:
            who: the account.
            what: what it is.
            quotas: how much of it one may do.
            amount: how much this is; bytes of what is uploaded.

        Raises:
            AccessError: if it is more than is left for today.
        """
        most = getattr(quotas, what)
        with self._lock:
            self._turn()
            if self._counts[who, what] + amount > most * (MEGABYTE if what == "megabytes" else 1):
                raise AccessError(
                    f"That is more than the {most:,} {_WORDS[what]} in a day. Go on tomorrow (the day ends at midnight "
                    "UTC), or ask whoever runs this Readout for more."
                )
            self._counts[who, what] += amount
        try:
            yield
        except BaseException:
            with self._lock:
                self._counts[who, what] -= amount
            raise

    def _turn(self) -> None:
        """Begin a day."""
        if self._day == (today := datetime.now(UTC).date()):
            return
        self._day = today
        self._counts.clear()
        for act in audit.of_day(self._folder, today):
            if (what := COUNTED.get(str(act.get("act")))) is not None:
                amount = act.get("bytes", 0) if what == "megabytes" else 1
                self._counts[str(act.get("who")), what] += amount if isinstance(amount, int) else 0


@lru_cache(maxsize=8)
def spent(folder: Path) -> Spent:
    """What the readers of the library in a folder have done today."""
    return Spent(folder)
