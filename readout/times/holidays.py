"""Days that come every year, from the list in lexicon/holidays.txt."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache
from importlib.resources import files

from readout.times.numbers import weekday_of


@cache
def holidays() -> dict[str, str]:
    """The definition of every holiday by name, in lower case."""
    lines = (files("readout") / "lexicon" / "holidays.txt").read_text("utf-8").splitlines()
    entries = [line.split(" = ") for line in lines if " = " in line]
    return {name.strip(): rule.strip() for names, rule in entries for name in names.split("|")}


def holiday_pattern() -> str:
    """A regular expression for the names, longest first; the apostrophes of a name may be curled."""
    names = sorted(holidays(), key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", " ").replace("'", "['’]") for name in names)


def holiday(name: str, year: int) -> date | None:
    """The day of a holiday in a year."""
    if not MINYEAR < year < MAXYEAR:
        return None
    rule = holidays()[re.sub(r"\s+", " ", name.casefold().replace("’", "'"))].split()
    if rule[0] == "easter":
        return easter(year) + timedelta(int(rule[1]))
    if len(rule) == 1:
        month, day = rule[0].split("-")
        return date(year, int(month), int(day))
    weekday, _, base = rule[1].partition("-after-")
    found = _nth(year, int(rule[0]), weekday_of(base or weekday), int(rule[2]))
    return found + timedelta((weekday_of(weekday) - weekday_of(base)) % 7) if base else found


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the algorithm known as Meeus, Jones and Butcher's."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, odd = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    weekday = (32 + 2 * odd + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month; -1 is the last."""
    if nth < 0:
        after = date(year + month // 12, month % 12 + 1, 1)
        return after - timedelta((after.weekday() - 1 - weekday) % 7 + 1)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))
