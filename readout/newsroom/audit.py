"""Who changed what: a line of JSON for each act, in a file beside the library that is turned over when it is full."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import lru_cache
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

FILE = "audit.jsonl"
_LARGEST = 10_000_000
"""Bytes of one file: some 50,000 acts."""
_KEPT = 9
"""So many full files are kept beside the one that is written."""


class _Handler(RotatingFileHandler):
    """Files that only their owner reads, for they say who read what when."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", opener=lambda p, f: os.open(p, f, 0o600))


@lru_cache(maxsize=8)
def _log(folder: Path) -> logging.Logger:
    log = logging.Logger("readout.audit")
    handler = _Handler(folder / FILE, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.addHandler(handler)
    return log


def note(folder: Path, who: str, act: str, **about: Any) -> None:  # noqa: ANN401
    """Write down one act.

    Args:
        folder: where the library lies.
        who: the account's address.
        act: what was done, such as "correct" or "remove", or "refused".
        about: what to, as plain JSON.
    """
    folder.mkdir(parents=True, exist_ok=True)
    line = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "who": who, "act": act, **about}
    _log(folder).info("%s", json.dumps(line, ensure_ascii=True, default=str))


def last(folder: Path, limit: int = 100) -> list[dict[str, Any]]:
    """The last acts, the last one first; lines that were cut off are left out."""
    found: list[dict[str, Any]] = []
    for act in _backwards(folder):
        if len(found) == limit:
            break
        found.append(act)
    return found


def of_day(folder: Path, day: date) -> Iterator[dict[str, Any]]:
    """The acts of one day and of those after it, the last one first."""
    for act in _backwards(folder):
        if str(act.get("when", "")) < day.isoformat():
            return
        yield act


def told(act: dict[str, Any]) -> str:
    """What an act was about, in a line."""
    return ", ".join(
        f"{name} {' '.join(map(str, about)) if isinstance(about, list) else about}"
        for name, about in act.items()
        if name not in ("when", "who", "act")
    )


def _backwards(folder: Path) -> Iterator[dict[str, Any]]:
    for number in range(_KEPT + 1):
        path = folder / (f"{FILE}.{number}" if number else FILE)
        if not path.is_file():
            return
        for line in reversed(path.read_text("utf-8", errors="replace").splitlines()):
            with suppress(ValueError):
                act = json.loads(line)
                if isinstance(act, dict):
                    yield act
