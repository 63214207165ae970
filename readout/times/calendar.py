"""Units of the calendar that can be counted: the fourth quarter of 1989 is one of them, and so is a day.

A unit's number counts from year 0, so that going back and forth is addition. A number of None stands for a
unit that cannot be known; its value has TIMEX3's X where the digits would be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

Unit = Literal["day", "week", "weekend", "month", "quarter", "season", "half", "year", "decade", "century"]

SEASONS = ("SP", "SU", "FA", "WI")
"""TIMEX3's seasons in the order of the year, each of three months; spring begins in March, winter in December."""

_UNKNOWN: dict[Unit, str] = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "season": "XXXX",
    "half": "XXXX-HX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
}
_PER_YEAR: dict[Unit, int] = {"month": 12, "quarter": 4, "season": 4, "half": 2, "year": 1}
_YEARS: dict[Unit, int] = {"decade": 10, "century": 100}


@dataclass(frozen=True, slots=True)
class Calendar:
    """One unit of the calendar: its kind and its number from year 0 (a day's is date.toordinal())."""

    unit: Unit
    number: int | None

    @classmethod
    def of(cls, unit: Unit, day: date | None) -> Calendar:
        """The unit that a day lies in."""
        if day is None:
            return cls(unit, None)
        if unit == "day":
            return cls(unit, day.toordinal())
        if unit in ("week", "weekend"):
            return cls(unit, (day.toordinal() - 1) // 7)
        if unit == "season":
            return cls(unit, (day.year * 12 + day.month - 3) // 3)
        if unit in _YEARS:
            return cls(unit, day.year // _YEARS[unit])
        return cls(unit, (day.year * 12 + day.month - 1) * _PER_YEAR[unit] // 12)

    @property
    def value(self) -> str:
        """Its TIMEX3 value, such as 1989-Q4."""
        first = self.first
        if first is None or self.number is None:
            return _UNKNOWN[self.unit]
        year = f"{first.year:04d}"
        if self.unit == "day":
            return first.isoformat()
        if self.unit in ("week", "weekend"):
            iso = first.isocalendar()
            return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if self.unit == "weekend" else "")
        if self.unit == "month":
            return f"{year}-{first.month:02d}"
        if self.unit == "quarter":
            return f"{year}-Q{self.number % 4 + 1}"
        if self.unit == "season":
            return f"{year}-{SEASONS[self.number % 4]}"
        if self.unit == "half":
            return f"{year}-H{self.number % 2 + 1}"
        return {"decade": year[:3], "century": year[:2]}.get(self.unit, year)

    @property
    def first(self) -> date | None:
        """Its first day; None where it is not known or no date can hold it."""
        return None if self.number is None else _first_day(self.unit, self.number)

    @property
    def last(self) -> date | None:
        """Its last day; None where it is not known or no date can hold it."""
        first = self.first
        if first is None or self.number is None:
            return None
        if self.unit == "day":
            return first
        if self.unit == "weekend":
            return first + timedelta(1) if first < date.max else None
        after = _first_day(self.unit, self.number + 1)
        return after - timedelta(1) if after else date.max

    def shift(self, count: int) -> Calendar:
        """The unit so many of its kind later, or earlier where the count is below zero."""
        return self if self.number is None else replace(self, number=self.number + count)

    def to(self, unit: Unit) -> Calendar:
        """The unit of another kind that its first day lies in."""
        return Calendar.of(unit, self.first)


def same_day(day: date, months: int) -> date | None:
    """The same day of the month so many months on, or the month's last; None beyond what a date can hold."""
    number = day.year * 12 + day.month - 1 + months
    start, after = _first_day("month", number), _first_day("month", number + 1)
    if start is None:
        return None
    length = (after - start).days if after else 31
    return start.replace(day=min(day.day, length))


def _first_day(unit: Unit, number: int) -> date | None:
    if unit == "day":
        return _from_ordinal(number)
    if unit == "week":
        return _from_ordinal(number * 7 + 1)
    if unit == "weekend":
        return _from_ordinal(number * 7 + 6)
    if unit == "season":
        year, month = divmod(number * 3 + 2, 12)
    elif unit in _YEARS:
        year, month = number * _YEARS[unit], 0
    else:
        year, month = divmod(number * 12 // _PER_YEAR[unit], 12)
    return date(year, month + 1, 1) if MINYEAR <= year <= MAXYEAR else None


def _from_ordinal(number: int) -> date | None:
    return date.fromordinal(number) if 1 <= number <= date.max.toordinal() else None
