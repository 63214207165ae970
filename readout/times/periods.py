"""Quarters, seasons, years, decades and centuries."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from readout.times.calendar import SEASONS, Calendar, Unit
from readout.times.context import Context, Found, Match, away, because, dated, year_of
from readout.times.numbers import ordinal, season_of, spoken_year
from readout.times.patterns import BEFORE_DATE

_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_STREET = re.compile(
    r"(?:\s+[A-Z][\w.'’-]*){1,3}\s+(?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Boulevard|Blvd\.|Lane|Drive)(?!\w)"
)
"""What makes the number before it a house's."""
_OPENING, _CLOSING = ('"', "“", "‘", "'"), ('"', "”", "’", "'")
"""A number that stands alone in quotation marks is a title."""
_PART_OF_NUMBER = re.compile(r"[%/:]|[.,-]?[0-9]|-[a-z]|\s?(?:%|percent|per cent|million|billion|a\.m|p\.m)")
_NUMBERED = re.compile(
    r"[$£€¥#/:.,-]$|[0-9] $|\b(?:flight|no\.|page|pages|room|number|route|highway|section|building|boeing|model"
    r"|channel|act|bill|us|nearly|almost|about|some|than|least|over|only|another|these|those)\s+$"
)
"""What stands before a number that is a count, a sum or a label."""


def quarter(m: Match, c: Context) -> Found | None:
    """A numbered quarter or half of a year; without a year the last that began by publication."""
    unit: Unit = "half" if m["unit"].casefold() == "half" else "quarter"
    number = (2 if m["nth"].casefold() in ("last", "latter") else _QUARTERS[m["nth"].casefold()]) - 1
    per_year = 2 if unit == "half" else 4
    if number >= per_year:
        return None
    which = m["year"] or m["year2"]
    if which:
        year = year_of(c, which)
        if year is None:
            return Found("DATE", f"XXXX-{unit[0].upper()}{number + 1}", f"the {unit} as written, its year not known")
        return dated(Calendar(unit, year * per_year + number), f"the {unit} as written")
    if unit == "half" and not m["the"]:
        return None
    here = c.publication(unit)
    if here.number is None:
        return Found("DATE", f"XXXX-{unit[0].upper()}{number + 1}", f"the {unit} as written, its year not known")
    if m["ago"] and c.quarter is not None and c.quarter.number is not None and c.quarter.number % 4 == number:
        return dated(c.quarter.shift(-4), f"a year before {c.quarter.value}, the quarter last spoken of", aside=True)
    if m["ago"]:
        back = (here.number - number) % per_year + per_year
        return dated(here.shift(-back), f"the {unit} a year before its last one", aside=True)
    back = (here.number - number) % per_year
    if back > 1 and c.tense() == "future":
        return dated(here.shift(per_year - back), f"the next such {unit}, {because(c)}")
    return dated(here.shift(-back), f"the last such {unit} begun by publication, {because(c)}")


def short_quarter(m: Match, c: Context) -> Found | None:
    """Q3, Q3 2016, H1 2016."""
    if m["half"]:
        return dated(Calendar("half", int(m["year3"]) * 2 + int(m["half"]) - 1), "the half as written")
    number, year = int(m["quarter"]) - 1, m["year"] or m["year2"]
    if "q" in m[0]:
        return None
    if year:
        return dated(Calendar("quarter", int(year) * 4 + number), "the quarter as written")
    here = c.publication("quarter")
    if here.number is None:
        return Found("DATE", f"XXXX-Q{number + 1}", "the quarter as written, its year not known")
    return dated(here.shift(-((here.number - number) % 4)), "the last such quarter begun by publication")


def compared_year(m: Match, c: Context) -> Found | None:
    """The 1988 period or quarter, with which results are compared."""
    year = Calendar("year", int(m["year"]))
    if m["unit"].casefold() == "period" or c.quarter is None or c.quarter.number is None:
        return dated(year, "the year as written", aside=True)
    when = Calendar("quarter", int(m["year"]) * 4 + c.quarter.number % 4)
    return dated(when, f"of the year as written, like {c.quarter.value}, the quarter last spoken of", aside=True)


def latest_quarter(m: Match, c: Context) -> Found | None:
    """The quarter last spoken of, else the one before publication."""
    if c.quarter is not None:
        return dated(c.quarter, "the quarter last spoken of")
    return dated(c.publication("quarter").shift(-1), away("quarter", -1))


def latest_period(m: Match, c: Context) -> Found | None:
    """The period that results are for: the quarter last spoken of."""
    return dated(c.quarter, "the quarter last spoken of") if c.quarter is not None else None


def year_ago(m: Match, c: Context) -> Found | None:
    """What results are compared with: the same quarter a year earlier, or the year."""
    if c.quarter is not None:
        return dated(c.quarter.shift(-4), f"a year before {c.quarter.value}, the quarter last spoken of", aside=True)
    if m["period"] and "quarter" in m["period"].casefold():
        return dated(c.publication("quarter").shift(-5), "a year before the quarter before publication", aside=True)
    if m["earlier"] or m["earlier2"]:
        year, origin = c.spoken_of("year")
        return dated(year.shift(-1), f"the year before {origin}", aside=True)
    return dated(c.publication("year").shift(-1), away("year", -1), aside=True)


def season(m: Match, c: Context) -> Found | None:
    """A season, with or without the year."""
    word, side = m["season"].casefold(), (m["side"] or "").casefold()
    code = season_of(word)
    number = SEASONS.index(code)
    which = m["year"]
    if which:
        year = year_of(c, which)
        if year is None:
            return Found("DATE", f"XXXX-{code}", "the season as written, its year not known")
        return dated(Calendar("season", year * 4 + number), "the season as written")
    if not side and (not m["the"] or word == "fall"):
        return None
    here = c.publication("season")
    if here.number is None:
        return Found("DATE", f"XXXX-{code}", "the season as written, its year not known")
    back = (here.number - number) % 4
    if side in ("last", "this past"):
        return dated(here.shift(-(back or 4)), f"the last {word} before publication")
    if side in ("next", "this coming"):
        return dated(here.shift(4 - back), f"the next {word} after publication")
    if side == "this" and not back:
        return dated(here, f"the {word} of publication")
    if side == "this":
        year = c.publication("year").number or 0
        return dated(Calendar("season", year * 4 + number), f"the {word} of the year of publication")
    if c.tense() == "future":
        return dated(here.shift((4 - back) % 4), f"the next {word}, {because(c)}")
    return dated(here.shift(-back), f"the last {word} begun by publication, {because(c)}")


def decade(m: Match, c: Context) -> Found | None:
    """The 1990s, the nineties, the '90s."""
    words = m["decade"].casefold()
    spelled = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
    if m["short"]:
        number = 190 + int(m["short"])
    elif words in spelled:
        number = 192 + spelled.index(words)
    else:
        number = int(words[:3])
    return dated(Calendar("decade", number), "the decade as written")


def century(m: Match, c: Context) -> Found | None:
    """The 19th century."""
    number = ordinal(m["nth"])
    return dated(Calendar("century", number - 1), "the century as written") if 1 < number <= 22 else None


def year(m: Match, c: Context) -> Found | None:
    """Four digits that are a year; refused where they are a sum, a count, or the number of a flight or a page."""
    digits = m["digits"]
    if m["spoken"]:
        return dated(Calendar("year", spoken_year(m["spoken"])), "the year as said")
    before, after = c.before(), c.after()
    if _STREET.match(after) or (before.endswith(_OPENING) and after.startswith(_CLOSING)):
        return None
    said = m["edge"] or m["fiscal"]
    following = re.match(r"\s+([a-z]+)", after)
    if _PART_OF_NUMBER.match(after) or (following and following[1] in _counted()):
        return None
    if _NUMBERED.search(before) and not said:
        return None
    sure = said or BEFORE_DATE.search(before) or re.search(r"['’]s\s$|\b(?:the|a|its|his)\s$|\($", before)
    if not sure and not 1800 <= int(digits) <= 2050:
        return None
    if int(digits) < 1400 and not re.search(r"\bin\s+$", before):
        return None
    return dated(Calendar("year", int(digits)), "the year as written")


def short_year(m: Match, c: Context) -> Found | None:
    """A year in two digits after an apostrophe."""
    if not BEFORE_DATE.search(c.before()):
        return None
    digits = int(m["digits"])
    return dated(Calendar("year", digits + (1900 if digits > 40 else 2000)), "the year as written")


def year_end(m: Match, c: Context) -> Found | None:
    """The end of the year of publication."""
    year = c.publication("year")
    return dated(year, f"the end of {year.value}, the year of publication")


@cache
def _counted() -> frozenset[str]:
    lines = (files("readout") / "lexicon" / "counted.txt").read_text("utf-8").split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))
