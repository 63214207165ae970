"""Work that many readers share one machine for: so much at once, and of each of them no more than their share."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Hashable


class Turns:
    """Places for work, of which one reader can hold a few only, so that no reader waits for another's work.

    Whoever is not known as a reader has all places to themselves, as in the shell and in a notebook.
    """

    def __init__(self, places: int, each: int) -> None:
        """Offer so many places, and so many of them to one reader."""
        self._free = places
        self._each = each
        self._held: Counter[Hashable] = Counter()
        self._changed = threading.Condition()

    def take(self, reader: Hashable | None, seconds: float) -> bool:
        """Take a place, waiting for one so long at the most; whether there was one."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._has_one_for(reader), seconds):
                return False
            self._free -= 1
            self._held[reader] += 1
            return True

    def give_back(self, reader: Hashable | None) -> None:
        """Give back a place that was taken; any thread may."""
        with self._changed:
            self._free += 1
            self._held[reader] -= 1
            if not self._held[reader]:
                del self._held[reader]
            self._changed.notify_all()

    def _has_one_for(self, reader: Hashable | None) -> bool:
        return self._free > 0 and (reader is None or self._held[reader] < self._each)
