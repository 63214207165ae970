"""What a time expression is relative to, and what a rule makes of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from readout.records import Span, TimexType
from readout.times.calendar import Calendar, Unit
from readout.times.numbers import spoken_year
from readout.times.tense import Tense, tense_at

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression's type and value, the calendar unit that it names (if it does), and why."""

    type: TimexType
    value: str
    rule: str
    when: Calendar | None = None
    aside: bool = False
    """Whether it is mentioned for comparison only, so that later words don't refer back to it."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where a time expression stands: the text and the span of its sentence, and the times known before it."""

    clean: str
    sentence: Span
    span: Span
    published: date | None
    last: Calendar | None = None
    """The last calendar unit spoken of."""
    quarter: Calendar | None = None
    """The last quarter spoken of; results are compared with those of the same one a year earlier."""

    def publication(self, unit: Unit) -> Calendar:
        """The day, week, month ... of publication."""
        return Calendar.of(unit, self.published)

    def spoken_of(self, unit: Unit) -> tuple[Calendar, str]:
        """The day, week, month ... last spoken of, else that of publication, and what to call it."""
        if self.last is not None and self.last.first is not None:
            return self.last.to(unit), f"{self.last.value}, the date last spoken of"
        return self.publication(unit), "publication"

    def tense(self) -> Tense:
        """The tense of the sentence at this place."""
        return tense_at(self.clean, self.sentence, *self.span)

    def before(self, reach: int = 30) -> str:
        """The words of the sentence just before it, in lower case."""
        return self.clean[max(self.sentence[0], self.span[0] - reach) : self.span[0]].casefold()

    def after(self, reach: int = 30) -> str:
        """The words of the sentence just after it."""
        return self.clean[self.span[1] : min(self.sentence[1], self.span[1] + reach)]


def because(context: Context) -> str:
    """What the sentence's tense says of a time, in words."""
    tense = context.tense()
    return "as the sentence has no tense" if tense == "unknown" else f"because the sentence speaks of the {tense}"


def dated(when: Calendar, rule: str, *, aside: bool = False) -> Found:
    """A DATE that is a unit of the calendar."""
    return Found("DATE", when.value, rule, when, aside)


def away(unit: str, count: int, origin: str = "publication") -> str:
    """A distance in words: "the month before publication", "3 weeks after publication"."""
    if not count:
        return f"the {unit} of {origin}"
    side = "before" if count < 0 else "after"
    return f"the {unit} {side} {origin}" if abs(count) == 1 else f"{abs(count)} {unit}s {side} {origin}"


_DIRECTION = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "preceding": -1,
    "this": 0,
    "current": 0,
    "this past": -1,
    "this coming": 1,
    "next": 1,
    "coming": 1,
    "following": 1,
    "upcoming": 1,
}


def year_of(c: Context, which: str) -> int | None:
    """The number of a year in digits, as it is said, or relative to publication ("last year")."""
    if which[:4].isdigit():
        return int(which[:4])
    first = which.split()[0]
    if first.casefold() in _DIRECTION:
        return c.publication("year").shift(direction(first)).number
    return spoken_year(which)


def direction(word: str) -> int:
    """-1 for "last", 0 for "this", 1 for "next" and their like."""
    return _DIRECTION[re.sub(r"\s+", " ", word.casefold())]
