"""The days that Readout takes from whoever gives it one: as the day of publication, or as what a time means.

A text may speak of any day, and every page holds whatever day it is given. What somebody says outside these years is
a slip, or the year 1 or 9999 that systems write for a day that they do not know.
"""

from __future__ import annotations

from datetime import date

FIRST_DAY = date(1000, 1, 1)
LAST_DAY = date(2999, 12, 31)


def is_taken(day: date) -> bool:
    """Whether a day is one of those that Readout takes."""
    return FIRST_DAY <= day <= LAST_DAY


def if_taken(day: date | None) -> date | None:
    """The day, or None where there is none or Readout takes no such day."""
    return day if day is not None and is_taken(day) else None


def refusal(day: date) -> str:
    """The sentence for a day that is not taken."""
    return f"Readout takes days from {FIRST_DAY} to {LAST_DAY}, and {day} is none of them."
