"""Lengths of time (DURATION) and times that come again and again (SET)."""

from __future__ import annotations

import re

from readout.times.context import Context, Found, Match
from readout.times.numbers import count, month_of, season_of, weekday_of
from readout.times.patterns import PARTS

_AS_WRITTEN = "a length of time, as written"
_CODES = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "weekend": "WE", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "E", "century": "C",
}  # fmt: skip
OFTEN = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "monthly": "P1M",
    "yearly": "P1Y", "annually": "P1Y",
}  # fmt: skip
_TAKES_TIME = re.compile(
    r"\b(?:for|in|within|of|by|than|during|nearly|almost|about|around|after|before|took|takes?|lasts?|lasted|spent|spend"
    r"|just|barely|him|her|them|long as|every|only|over|under|if|another|until|roughly|least)\s+$"
)


def duration(m: Match, c: Context) -> Found | None:
    """A number of units."""
    number, unit = quantity(m["count"]), unit_of(m["unit"])
    if re.match(r"(?:-|\s)olds?\b", c.after()) or re.search(r"[$£€#]$|[0-9][.,]$", c.before()):
        return None
    if m["rest"] and m["rest"].casefold().endswith("two"):
        number = None
    elif number is not None and (m["half"] or m["rest"]):
        number += 0.5
    if unit == "quarter" and re.match(r"\s+of\b", c.after()):
        return None
    plain = m["count"].casefold() in ("a", "an", "one")
    if plain and unit == "quarter":
        return None
    apart = plain and re.match(r"\s+(?:after|before|later|earlier)\b", c.after())
    if plain and not m["rest"] and not m["about"] and not apart and not _TAKES_TIME.search(c.before()):
        return None
    if unit == "second" and (plain or "-" in m[0] or "seconds" not in m[0].casefold()):
        return None
    return Found("DURATION", length(number, unit), _AS_WRITTEN)


def hyphenated(m: Match, c: Context) -> Found | None:
    """A number of units as an adjective: "a two-day visit"."""
    if re.match(r"(?:-|\s)olds?\b", c.after()) or re.search(r"[$£€#.,]$", c.before()):
        return None
    return Found("DURATION", length(quantity(m["count"]), unit_of(m["unit"])), _AS_WRITTEN)


def unit_long(m: Match, c: Context) -> Found | None:
    """A unit as an adjective, without a number: "a weeklong strike", "a decades-old feud"."""
    number = None if m["unit"].casefold().endswith("s") else 1.0
    return Found("DURATION", length(number, unit_of(m["unit"])), _AS_WRITTEN)


def lasting(m: Match, c: Context) -> Found | None:
    """A number of units up to or from now: "the past two months", "the next few days", "the first nine months"."""
    words = m["unit"] or m["few"]
    number, unit = quantity(m["count"]), unit_of(words)
    if not m["count"] and not words.casefold().endswith("s"):
        if m["side"].casefold() not in ("past", "last"):
            return None
        number = 1
    return Found("DURATION", length(number, unit), _AS_WRITTEN)


def business_year(m: Match, c: Context) -> Found | None:
    """A year of a business, which ends on a day of its own."""
    return Found("DURATION", "P1Y", "a year that ends on a day of its own")


def vague_length(m: Match, c: Context) -> Found | None:
    """Units without a number: "for weeks"."""
    after = re.match(
        r"\s+(?:ahead|before|after|later|earlier|following|leading up|since|that followed|to come)\b", c.after()
    )
    if not after and not re.search(
        r"\b(?:for|within|after|in|over|take|takes|took|last|lasted|of|follows?|over\s+the)\s+$", c.before()
    ):
        return None
    return Found("DURATION", length(None, unit_of(m["unit"])), "a length of time that is not said")


def every(m: Match, c: Context) -> Found | None:
    """Every day, each Thursday, every two years."""
    if m["weekday"]:
        part = f"T{PARTS[m['part'].casefold()]}" if m["part"] else ""
        return Found("SET", f"XXXX-WXX-{weekday_of(m['weekday']) + 1}{part}", "again and again, as written")
    if m["month"] or m["season"]:
        word = m["month"] or m["season"]
        if m["month"] and word.islower():
            return None
        part = f"{month_of(word):02d}" if m["month"] else season_of(word)
        return Found("SET", f"XXXX-{part}", "again and again, as written")
    if m["part2"]:
        return Found("SET", f"XXXX-XX-XXT{PARTS[m['part2'].casefold()]}", "again and again, as written")
    number = 2.0 if (m["count"] or "").casefold() == "other" else count(m["count"]) if m["count"] else 1.0
    return Found("SET", length(number, unit_of(m["unit"])), "again and again, as written")


def times_a_unit(m: Match, c: Context) -> Found | None:
    """Twice a week: TIMEX3 gives the unit as the value (and the times as `freq`, which a record has no place for)."""
    return Found("SET", length(1.0, unit_of(m["unit"])), "again and again, as written")


def often(m: Match, c: Context) -> Found | None:
    """Daily, weekly, annually."""
    if m[0][0].isupper() and c.span[0] > c.sentence[0] + 1:
        return None
    return Found("SET", OFTEN[m[0].casefold()], "again and again, as written")


def weekdays(m: Match, c: Context) -> Found | None:
    """Mondays, Tuesday nights."""
    part = f"T{PARTS[m['part'].casefold()]}" if m["part"] else ""
    return Found("SET", f"XXXX-WXX-{weekday_of(m['weekday']) + 1}{part}", "again and again, as written")


def unit_of(word: str) -> str:
    """The unit that a word names, in the singular."""
    word = word.casefold()
    word = word[:-1] if word.endswith("s") else word
    return "century" if word == "centurie" else word


def quantity(words: str | None) -> float | None:
    """How many; None for "several", and 0.5 for "half a"."""
    if not words:
        return None
    words = re.sub(r"\s+", " ", words.casefold())
    if words in ("half a", "half an", "a half"):
        return 0.5
    if "couple" in words:
        return 2.0
    return 1.0 if words in ("an additional", "a full") else count(words)


def length(number: float | None, unit: str) -> str:
    """The TIMEX3 value of a length of time: 2.5 years are P2Y6M, an hour and a half PT1H30M."""
    code = _CODES.get(unit, "W")
    if unit == "decade" and number is not None:
        number, code = number * 10, "Y"
    elif unit == "century" and number is not None:
        number, code = number * 100, "Y"
    elif unit == "fortnight":
        number, code = (number * 2 if number else number), "W"
    time = "T" if code[0] == "T" else ""
    code = code.removeprefix("T")
    if number is None:
        return f"P{time}X{code}"
    whole, rest = divmod(number, 1)
    halves = {"Y": (12, "M"), "H": (60, "M"), "M": (60, "S") if time else (30, "D"), "D": (24, "H"), "W": (7, "D")}
    if rest != 0.5 or code not in halves:
        return f"P{time}{number:.1f}".removesuffix(".0") + code
    parts, small = halves[code]
    large = f"{whole:.0f}{code}" if whole else ""
    between = "T" if code == "D" else ""
    return f"P{time}{large}{between}{round(rest * parts)}{small}"
