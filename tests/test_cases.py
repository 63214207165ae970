"""The cases of tests/cases: a text, and what should be found in it, in plain words that anyone can add to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from readout import read
from readout.records import Reading

FOLDER = Path(__file__).with_name("cases")
SORTS = ("quote", "time", "event")


@dataclass(frozen=True)
class Case:
    """A text and what should be found in it: the expected lines by sort, in order."""

    name: str
    published: date | None
    text: str
    expected: dict[str, list[str]]


def cases(text: str) -> Iterator[Case]:
    """The cases of one file."""
    for block in re.split(r"^# ", text, flags=re.MULTILINE)[1:]:
        name, *lines = block.rstrip().split("\n")
        day = next((line[2:].strip() for line in lines if line.startswith("@ ")), "")
        wanted = [line[2:].strip() for line in lines if line.startswith("> ")]
        said = "\n".join(line for line in lines if not line.startswith(("@ ", "> "))).strip()
        expected: dict[str, list[str]] = {}
        for line in wanted:
            nothing, sort = line.startswith("no "), line.removeprefix("no ").split(" ", 1)[0]
            assert sort in SORTS, f"{name}: a line begins “> {line}”, and not with one of {SORTS}"
            found = expected.setdefault(sort, [])
            if not nothing:
                found.append(line)
        yield Case(name, date.fromisoformat(day) if day else None, said, expected)


def found(text: str, reading: Reading, sort: str) -> list[str]:
    """What is found of one sort, held back or not, as the expected lines put it."""
    if sort == "quote":
        return [
            f"quote {q.kind} | {q.speaker} | {' … '.join(text[s:e] for s, e in q.content)}" for q in reading.all_quotes
        ]
    if sort == "time":
        return [
            f"time {text[t.start : t.end]} | {t.value}" + (f" | {t.earliest} to {t.latest}" if t.earliest else "")
            for t in reading.times
        ]
    return [f"event {text[e.start : e.end]} | {e.event.name}" for e in reading.events]


ALL = [
    pytest.param(case, id=f"{path.stem}: {case.name}")
    for path in sorted(FOLDER.glob("*.txt"))
    for case in cases(path.read_text("utf-8"))
]


@pytest.mark.parametrize("case", ALL)
def test_case(case: Case) -> None:
    """Everything of a sort that the case names is found, and nothing else of it."""
    reading = read(case.text, published=case.published)

    for sort, expected in case.expected.items():
        assert [re.sub(r"\s+", " ", line) for line in found(case.text, reading, sort)] == expected


def test_names_are_told_apart() -> None:
    """Every file holds cases, every case expects something, and no two of a file share a name."""
    for path in FOLDER.glob("*.txt"):
        own = list(cases(path.read_text("utf-8")))
        assert own
        assert all(case.expected and case.text for case in own), path.name
        assert len({case.name for case in own}) == len(own), path.name
