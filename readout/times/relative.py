"""What is relative to publication or to the date last spoken of, and references too vague for a calendar."""

from __future__ import annotations

import re
from dataclasses import replace

from readout.times.calendar import Calendar, Unit
from readout.times.context import Context, Found, Match, away, dated, direction
from readout.times.dates import full_date
from readout.times.lengths import length, quantity, unit_of
from readout.times.numbers import COUNT, VAGUE
from readout.times.patterns import FULL_DATE, pattern_of
from readout.times.periods import latest_quarter

_ENDED = pattern_of(rf"end(?:ed|ing|s) (?:on )?{FULL_DATE}")
_HALF_A_QUARTER = 45
"""Days; a business whose quarters end a few weeks off the calendar's counts by the nearest."""
_COUNT = re.compile(rf"\s+(?:{VAGUE}|{COUNT})\s", re.IGNORECASE)
_NO_DAY = "some time from publication, which names no day"


def this_unit(m: Match, c: Context) -> Found | None:
    """This, last or next week, month, year."""
    unit: Unit = m["unit"].casefold()  # type: ignore[assignment]
    if m["side"].istitle() and m["unit"].istitle():
        return None
    if unit == "day" and c.last is not None and c.last.unit == "day" and m[0].casefold().startswith("the next"):
        return dated(c.last.shift(1), away(unit, 1, f"{c.last.value}, the date last spoken of"))
    shift = direction(m["side"])
    if unit == "weekend" and shift == 0:
        here = c.publication("weekend")
        early = c.published is not None and c.published.weekday() < 3
        future = c.tense() == "future"
        return dated(here.shift(-1 if early and not future else 0), "the weekend nearest to publication")
    return dated(c.publication(unit).shift(shift), away(unit, shift))


def ago(m: Match, c: Context) -> Found | None:
    """A number of units before publication."""
    number, unit = quantity(m["count"]), unit_of(m["unit"])
    if unit in ("second", "minute", "hour", "night"):
        return _hours_ago(number, unit, c)
    if number is None:
        return Found("DATE", "PAST_REF", _NO_DAY)
    return _shifted(c.publication(_calendar_unit(unit)), unit, -number, "publication")


def from_now(m: Match, c: Context) -> Found | None:
    """A number of units after publication."""
    number, unit = quantity(m["count"]), unit_of(m["unit"])
    if number is None:
        return Found("DATE", "FUTURE_REF", _NO_DAY)
    if unit in ("second", "minute", "hour", "night"):
        return None
    return _shifted(c.publication(_calendar_unit(unit)), unit, number, "publication")


def earlier_later(m: Match, c: Context) -> Found | None:
    """A number of units before or after the date last spoken of."""
    number, unit = quantity(m["count"]), unit_of(m["unit"])
    back = m["side"].casefold() in ("earlier", "before", "previously")
    if number is None or unit in ("second", "minute", "hour", "night"):
        return Found("DURATION", length(number, unit), "a length of time from the date last spoken of")
    here, origin = c.spoken_of(_calendar_unit(unit))
    return _shifted(here, unit, -number if back else number, origin)


def that_unit(m: Match, c: Context) -> Found | None:
    """The day, week or year last spoken of, or the one next to it."""
    unit: Unit = m["unit"].casefold()  # type: ignore[assignment]
    here, origin = c.spoken_of(unit)
    side = re.sub(r"\s+", " ", m["side"].casefold())
    shift = -1 if side in ("the previous", "the preceding") else 1 if side in ("the next", "the following") else 0
    if side == "the next" and unit != "day":
        here, origin = c.publication(unit), "publication"
    return dated(here.shift(shift), away(unit, shift, origin))


def unit_before(m: Match, c: Context) -> Found | None:
    """The day, week or year before or after the one last spoken of."""
    unit: Unit = m["unit"].casefold()  # type: ignore[assignment]
    here, origin = c.spoken_of(unit)
    shift = 1 if m["side"].casefold() == "after" else -1
    return dated(here.shift(shift), away(unit, shift, origin))


def the_unit(m: Match, c: Context) -> Found | None:
    """The quarter, the weekend, the year, without more words."""
    unit: Unit = m["unit"].casefold()  # type: ignore[assignment]
    if unit == "quarter":
        return ended_quarter(c) or latest_quarter(m, c)
    if unit == "weekend":
        here = c.publication("weekend")
        back = c.published is not None and c.published.weekday() < 5 and c.tense() != "future"
        return dated(here.shift(-1 if back else 0), "the weekend nearest to publication")
    if unit == "week":
        return _for_the_week(c)
    shift = -1 if m.groupdict().get("side") else 0
    return dated(c.publication(unit).shift(shift), away(unit, shift))


def _for_the_week(c: Context) -> Found | None:
    """The week whose prices are summed up: the one of publication, on a Monday the one before."""
    if not c.before().endswith("for ") or re.match(r"\s+(?:of|in|that)\b", c.after()):
        return None
    shift = -1 if c.published is not None and c.published.weekday() == 0 else 0
    return dated(c.publication("week").shift(shift), away("week", shift))


def ended_quarter(c: Context) -> Found | None:
    """The quarter whose end is nearest to the day that it is said to end on: "the quarter ended Sept. 29"."""
    said = _ENDED.match(c.clean, c.span[1] + 1, c.sentence[1])
    day = said and full_date(said, replace(c, span=said.span()))
    if not day or day.when is None or day.when.first is None:
        return None
    here = day.when.to("quarter")
    before = here.shift(-1).last
    nearer = before and (day.when.first - before).days <= _HALF_A_QUARTER
    return dated(here.shift(-1) if nearer else here, f"the quarter that ends nearest to {day.value}")


def vague_days(m: Match, c: Context) -> Found | None:
    """Recent days are in the past, coming ones in the future."""
    return past(m, c) if m["side"].casefold() == "recent" else future(m, c)


def present(m: Match, c: Context) -> Found | None:
    """Now, currently, at the moment."""
    if m[0].casefold().endswith("moment") and not c.before().endswith(("at ", "for ")):
        return None
    return Found("DATE", "PRESENT_REF", "the present, without a day")


def past(m: Match, c: Context) -> Found | None:
    """Recently, the past; "the past nine elections" is no time."""
    if m[0].casefold().endswith(" past") and _COUNT.match(c.after()):
        return None
    return Found("DATE", "PAST_REF", "the past, without a day")


def future(m: Match, c: Context) -> Found | None:
    """Soon, the near future."""
    if m[0].casefold() == "soon" and (c.before().endswith(("as ", "so ", "too ")) or c.after().startswith(" after")):
        return None
    return Found("DATE", "FUTURE_REF", "the future, without a day")


def _hours_ago(number: float | None, unit: str, c: Context) -> Found:
    if number is None:
        return Found("TIME", "PAST_REF", _NO_DAY)
    day = c.publication("day")
    return Found("TIME", day.value, f"{number:g} {unit}s before publication", day)


def _calendar_unit(unit: str) -> Unit:
    known: dict[str, Unit] = {
        "week": "week", "fortnight": "week", "weekend": "week", "month": "month", "quarter": "quarter", "year": "year",
        "decade": "year", "century": "year",
    }  # fmt: skip
    return known.get(unit, "day")


def _shifted(here: Calendar, unit: str, number: float, origin: str) -> Found:
    factor = {"fortnight": 2, "decade": 10, "century": 100}.get(unit, 1)
    steps = max(-100_000_000, min(100_000_000, round(number * factor)))
    return dated(here.shift(steps), away(here.unit, steps, origin))
