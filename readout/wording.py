"""Days, tones and lengths in the words that a reader sees."""

from __future__ import annotations

from datetime import date, timedelta

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(on: date) -> str:
    """A day as "9 November 2016"."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def days(earliest: date, latest: date) -> str:
    """A stretch of days, both ends taken in, as briefly as it can be said: "October 2016", "1947 to 1991"."""
    if earliest == latest:
        return day(earliest)
    whole_years = (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31)
    if whole_years:
        return str(earliest.year) if earliest.year == latest.year else f"{earliest.year} to {latest.year}"
    if earliest.day == 1 and _ends_month(latest):
        if (earliest.year, earliest.month) == (latest.year, latest.month):
            return f"{_MONTHS[earliest.month - 1]} {earliest.year}"
        first = _MONTHS[earliest.month - 1] + ("" if earliest.year == latest.year else f" {earliest.year}")
        return f"{first} to {_MONTHS[latest.month - 1]} {latest.year}"
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest.day} to {day(latest)}"
    if earliest.year == latest.year:
        return f"{earliest.day} {_MONTHS[earliest.month - 1]} to {day(latest)}"
    return f"{day(earliest)} to {day(latest)}"


def _ends_month(on: date) -> bool:
    return on == date.max or (on + timedelta(days=1)).day == 1


def tone(polarity: float) -> str:
    """A polarity in words, from "clearly negative" to "clearly positive"."""
    if abs(polarity) < 0.05:
        return "neutral"
    strength = "slightly" if abs(polarity) < 0.25 else "clearly" if abs(polarity) >= 0.5 else "fairly"
    return f"{strength} {'positive' if polarity > 0 else 'negative'}"


def signed(polarity: float) -> str:
    """A polarity as a number with its sign: "+0.14", "−0.30", "0"."""
    rounded = round(polarity, 2)
    return "0" if rounded == 0 else f"{'+' if rounded > 0 else '−'}{abs(rounded):.2f}"


def counted(number: int, what: str) -> str:
    """How many of something: "1 quote", "10,000 articles"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def share(part: int, whole: int) -> str:
    """A part of a whole in hundredths, "56%"; what is not quite nothing or all is not said to be it: "<1%", ">99%"."""
    rounded = round(100 * part / whole) if whole else 0
    if rounded == 0 and part:
        return "<1%"
    return ">99%" if rounded == 100 and part < whole else f"{rounded}%"


def origin(by: str) -> str:
    """Who says so: "the engine", or "reader: Ada" where a reader of that name does."""
    return f"reader: {by}" if by else "the engine"
