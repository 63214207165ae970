"""The day of publication: the day at the place of publication, as a page's own clock gives it.

Many pages say a moment in UTC for machines and the day at their place for people: an evening article of Los Angeles is
one of the next day in UTC. What the page says elsewhere of the same moment tells its clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from readout.days import LAST_DAY

_FIRST_YEAR = 1700
"""The year from which on a day is when an article was published; systems write the year 1 for "not known"."""
_MONTHS = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # noqa: SIM905
_MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = re.compile(
    r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"
    rf"|\b{_MONTH.format('m2')}\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+|,)(?P<y2>\d{{4}})"
    rf"|(?<!\d)(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_MONTH.format('m3')}\b\.?,?\s+(?P<y3>\d{{4}})",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d:+-])(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?\s?m\b\.?)?"
    r"\s*(?P<zone>Z\b|(?:GMT|UTC)?[+-]\d{2}:?\d{2}(?!\d)|\b[A-Z]{2,4}\b)?",
    re.IGNORECASE,
)
_ZONES = {
    "Z": 0, "GMT": 0, "UTC": 0, "WET": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360,
    "PST": -480, "PDT": -420, "BST": 60, "CET": 60, "CEST": 120, "EET": 120, "MSK": 180, "JST": 540, "AEST": 600,
    "AEDT": 660, "HKT": 480, "SGT": 480,
}  # fmt: skip
_FARTHEST = timedelta(hours=14)
_SAME = timedelta(minutes=10)
"""How far apart two moments may be said that are one: systems note when they saved it and when they sent it out."""
_IN_ADDRESS = re.compile(
    rf"[/_-](?P<y>(?:19|20)\d{{2}})[/_-](?:(?P<m>\d{{1,2}})|{_MONTH.format('m2')})[/_-](?P<d>\d{{1,2}})(?=[/_.-]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the time on it where that is said, by the clock of whoever wrote it."""

    wall: datetime
    timed: bool = False
    offset: int | None = None
    """Minutes east of Greenwich; None where it is not said."""


def moments(written: str) -> list[Moment]:
    """The moments that words say, each with a whole date; a time of day stands after its date or before it."""
    found: list[Moment] = []
    days = list(_DAY.finditer(written[:400]))
    for at, day in enumerate(days):
        on = _date(day)
        if on is None:
            continue
        ends = days[at + 1].start() if at + 1 < len(days) else len(written)
        clock = _TIME.search(written, day.end(), min(ends, day.end() + 40))
        if clock is None and at == 0:
            clock = _TIME.search(written, max(0, day.start() - 40), day.start())
        found.append(_moment(on, clock))
    return found


def without(written: str) -> str:
    """Words without the dates in them."""
    return _DAY.sub(" ", written)


def moment(written: str) -> Moment | None:
    """The moment that a page writes for machines, or None where that is none."""
    return next(iter(moments(written.strip())), None)


def in_address(url: str) -> date | None:
    """The whole date in an address, as many news sites put it there by their own clock."""
    said = _IN_ADDRESS.search(url)
    return _date(said) if said else None


def day_of(stated: Sequence[Moment], shown: Iterable[Moment], address: date | None) -> date | None:
    """The day of publication at its place.

    Args:
        stated: what the page states for machines, the one to believe first; others may tell its clock.
        shown: what it shows to people.
        address: the day in its address.
    """
    first = next(iter(stated), None)
    if first is None:
        return address
    # A system that writes one reading of the clock with two offsets has put one beside the time of Greenwich.
    if any(other.offset == 0 and other.wall == first.wall for other in stated[1:]):
        first = Moment(first.wall, first.timed, 0)
    if not first.timed or first.offset != 0:
        return first.wall.date()
    others = [one for one in (*stated[1:], *shown) if one.offset != 0]
    for one in others:
        if one.timed and _is_same(first, one):
            return one.wall.date()
    offsets = [one.offset for one in others if one.offset]
    if offsets:
        return (first.wall + timedelta(minutes=offsets[0])).date()
    days = [one.wall.date() for one in others if not one.timed]
    for day in (address, *([] if first.wall.date() in days else days)):
        if day is not None and _may_be(first.wall, day):
            return day
    return first.wall.date()


def _is_same(utc: Moment, other: Moment) -> bool:
    """Whether another clock says the same moment: its offset tells, or whole quarters of an hour between the two."""
    if other.offset is not None:
        return abs(utc.wall - (other.wall - timedelta(minutes=other.offset))) <= _SAME
    apart = abs(utc.wall - other.wall)
    quarter = timedelta(minutes=15)
    # A clock that is shown leaves the seconds out.
    return _SAME < apart <= _FARTHEST and min(apart % quarter, -apart % quarter) <= timedelta(minutes=1)


def _may_be(utc: datetime, day: date) -> bool:
    """Whether it may be this day somewhere at this moment."""
    return (utc - timedelta(hours=12)).date() <= day <= (utc + _FARTHEST).date()


def _date(said: re.Match[str]) -> date | None:
    groups = said.groupdict()
    year = groups["y"] or groups.get("y2") or groups.get("y3") or ""
    day = groups["d"] or groups.get("d2") or groups.get("d3") or ""
    named = groups.get("m2") or groups.get("m3")
    month = _MONTHS[named[:3].lower()] if named else int(groups["m"])
    try:
        return date(int(year), month, int(day)) if _FIRST_YEAR <= int(year) <= LAST_DAY.year else None
    except ValueError:
        return None


def _moment(day: date, clock: re.Match[str] | None) -> Moment:
    midnight = datetime(day.year, day.month, day.day)
    if clock is None:
        return Moment(midnight)
    hour, half = int(clock["h"]), (clock["half"] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        return Moment(midnight)
    hour = hour % 12 + 12 * (half == "p") if half else hour
    if hour > 23 or int(clock["min"]) > 59:
        return Moment(midnight)
    wall = midnight + timedelta(hours=hour, minutes=int(clock["min"]), seconds=min(int(clock["s"] or 0), 59))
    return Moment(wall, timed=True, offset=_offset(clock["zone"] or ""))


def _offset(zone: str) -> int | None:
    signed = re.search(r"([+-])(\d{2}):?(\d{2})$", zone)
    if signed:
        minutes = int(signed[2]) * 60 + int(signed[3])
        return minutes if signed[1] == "+" else -minutes
    return _ZONES.get(zone.upper())
