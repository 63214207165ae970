"""Parts of a day and hours."""

from __future__ import annotations

import re

from readout.times.context import Context, Found, Match, away, dated
from readout.times.dates import full_date, near_day, weekday
from readout.times.numbers import count
from readout.times.patterns import A_WEEKDAY, FULL_DATE, NEAR_DAY, PARTS, pattern_of

_AT = re.compile(r"\b(?:at|by|until|around|about|before|after|since|from)\s+$")
"""What stands before an hour rather than a score or a verse."""


def day_part(m: Match, c: Context) -> Found | None:
    """A day and a part of it: "Friday night"."""
    day = _day_in(m["day"], c)
    if day is None:
        return None
    return Found("TIME", f"{day.value}T{PARTS[m['part'].casefold()]}", f"{day.rule}; {m['part']}", day.when)


def part_of_today(m: Match, c: Context) -> Found | None:
    """A part of the day of publication, or of the night before it."""
    words = m[0].casefold()
    part = "night" if words.endswith(("night", "overnight")) else (m["part"] or "").casefold()
    shift = -1 if words.startswith("last") or m["yesterday"] else 0
    day = c.publication("day").shift(shift)
    return Found("TIME", f"{day.value}T{PARTS[part]}", f"{away('day', shift)}; {part}", day)


def part_of_that_day(m: Match, c: Context) -> Found | None:
    """A part of the day last spoken of, or of the one next to it."""
    day, origin = c.spoken_of("day")
    if c.last is not None and c.last.unit != "day":
        day, origin = c.publication("day"), "publication"
    shift = {"next": 1, "following": 1, "previous": -1}.get(m["side"].split()[-1].casefold(), 0)
    day = day.shift(shift)
    return Found(
        "TIME", f"{day.value}T{PARTS[m['part'].casefold()]}", f"{away('day', shift, origin)}; {m['part']}", day
    )


def clock(m: Match, c: Context) -> Found | None:
    """A time of day, on the day it is said with or the day last spoken of; as a heading, on that of publication."""
    words = m["clock"].casefold()
    numbers = [int(n) for n in re.findall(r"[0-9]+", words)]
    if re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", words) and not m["zone"] and not _AT.search(c.before()):
        return None
    if words in ("noon", "midday", "midnight"):
        hour, minute = (24 if words == "midnight" else 12), 0
    elif numbers and re.fullmatch(r"[0-9]{4}", words):
        hour, minute = divmod(numbers[0], 100)
    else:
        hour = numbers[0] if numbers else int(count(words.split()[0]) or 0)
        minute = numbers[1] if len(numbers) > 1 else 0
        later = re.search(r"[0-9]\s*p|afternoon|evening|night", words)
        earlier = re.search(r"[0-9]\s*a|morning", words)
        if hour > 12 and (later or earlier):
            return None
        hour = hour % 12 + 12 if later else hour % 12 if earlier else hour
    day = _day_in(m["day"], c) if m["day"] else None
    if day is None and m["day"]:
        return None
    if day is None:
        heads = c.span[0] == c.sentence[0]
        when = c.last if c.last is not None and c.last.unit == "day" and not heads else c.publication("day")
        day = dated(when, "the day last spoken of" if when is c.last else away("day", 0))
    return Found("TIME", f"{day.value}T{hour:02d}:{minute:02d}", f"the hour as written; {day.rule}", day.when)


def _day_in(words: str, c: Context) -> Found | None:
    """The day that the words of a longer expression name."""
    for pattern, read in _DAYS:
        if m := pattern.fullmatch(words):
            return read(m, c)
    return None


_DAYS = (
    (pattern_of(FULL_DATE), full_date),
    (pattern_of(A_WEEKDAY), weekday),
    (pattern_of(NEAR_DAY), near_day),
)
