"""The days of "early 2014", "late March", "later this year": a part of what the value names as a whole."""

from __future__ import annotations

import re
from datetime import date, timedelta

from readout.times.calendar import Calendar, same_day

_FIRST, _MIDDLE, _SECOND = (0, 2), (1, 3), (2, 4)
"""A part of a unit, in quarters of it: wide, so that it takes in every day that may be meant."""
_PARTS = {
    "early": _FIRST, "beginning": _FIRST, "start": _FIRST, "first part": _FIRST, "early part": _FIRST,
    "first half": _FIRST, "mid": _MIDDLE, "middle": _MIDDLE, "late": _SECOND, "end": _SECOND, "close": _SECOND,
    "latter part": _SECOND, "later part": _SECOND, "second half": _SECOND, "last half": _SECOND,
}  # fmt: skip
_NAMES = {_FIRST: "first half", _MIDDLE: "middle", _SECOND: "second half"}
_EDGE = re.compile(
    rf"(?:the\s+)?(?:very\s+)?(?:(?P<part>{'|'.join(_PARTS)})(?:\s+of)?"
    r"|(?P<side>earlier|later|rest\s+of|remainder\s+of))[\s-]",
    re.IGNORECASE,
)
_ROUGHLY = re.compile(
    r"(?:(?:very\s+)?(?:nearly|almost|about|around|approximately|roughly|some|more\s+than|less\s+than|fewer\s+than"
    r"|at\s+(?:least|most)|up\s+to|well\s+over|several|a\s+few|(?:a\s+)?couple|some\s*time))\b",
    re.IGNORECASE,
)
_ROUGHLY_BEFORE = re.compile(
    r"(?:\b(?:around|about|approximately|roughly|some\s*time\s+(?:in|on|around)|circa)|\bca?\.)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_REACH = 24
"""Characters before an expression in which it may be called rough."""
_YEAR_END = re.compile(r"(?:the\s+)?year(?:['’]s)?[\s-]end$", re.IGNORECASE)
_MONTHS = {"half": 6, "year": 12, "decade": 120, "century": 1200}

Days = tuple[date | None, date | None]


def days_of(when: Calendar, words: str, published: date | None) -> tuple[Days, str]:
    """The first and the last day that the words may mean, and which part of the unit that is, if not the whole."""
    first, last = when.first, when.last
    whole = (first, last), ""
    if first is None or last is None or when.unit in ("day", "half"):
        return whole
    edge = _EDGE.match(words)
    if edge and edge["side"]:
        if published is None or not first <= published <= last:
            return whole
        if edge["side"].casefold() == "earlier":
            return (first, published), ", up to publication"
        return (published, last), ", from publication on"
    part = _SECOND if _YEAR_END.match(words) else _PARTS[edge["part"].casefold()] if edge else None
    if part is None:
        return whole
    begin = _at(when, first, last, part[0])
    end = _at(when, first, last, part[1]) - timedelta(1) if part[1] < 4 else last
    return (begin, end), f", its {_NAMES[part]}"


def approximate(clean: str, start: int, end: int) -> bool:
    """Whether an expression's days are rough: "early May", "nearly five years ago", "around 2003".

    These are TIMEX3's modifiers START, MID, END, APPROX and those of more or less.
    """
    edge = _EDGE.match(clean, start, end)
    rough = _ROUGHLY.match(clean, start, end) or _ROUGHLY_BEFORE.search(clean[max(0, start - _REACH) : start])
    return bool(rough or (edge and edge["part"]))


def _at(when: Calendar, first: date, last: date, quarters: int) -> date:
    """The day on which so many quarters of a unit are over; a month's first where they are whole months."""
    months = _MONTHS.get(when.unit, 0) * quarters
    if months and months % 4 == 0:
        return same_day(first, months // 4) or last
    return first + timedelta(((last - first).days + 1) * quarters // 4)
