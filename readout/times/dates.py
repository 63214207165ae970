"""Days and months, however they are written."""

from __future__ import annotations

import re
from datetime import date

from readout.times.calendar import Calendar
from readout.times.context import Context, Found, Match, away, because, dated, direction, year_of
from readout.times.holidays import holiday
from readout.times.numbers import month_of, weekday_of
from readout.times.patterns import BEFORE_DATE, DAY_NUMBER, MONTH
from readout.times.tense import Tense, happened

_ALSO_NAMES = frozenset(["march", "may", "april", "june", "august"])
_BEFORE_NOUN = re.compile(r"(?:\b(?:the|an?|its|his|her|their)|['’]s)\s+$")
_NOUN = re.compile(r"\s+(?!(?:on|in|to|of|from|for|through|by|against|toward|with|and|at|was|is|has|had)\b)[a-z]+")
"""What may follow a month that stands before a noun: "the March vote", and not "the march on Rome"."""
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1, "before yesterday": -2, "after tomorrow": 2}

_PAPER = re.compile(
    r"\s+(?:Telegraph|Times|Mail|Mirror|Express|Post|Herald|Tribune|Star|Independent|Business\s+Post|Night\s+(?:Live|Football))\b"
)
"""What a weekday is only the first word of."""

_ONE_OF_TWO = re.compile(rf"\b{MONTH}\s+{DAY_NUMBER}\s+(?:and|or)\s+$")
_CLOSES = re.compile(r"\s*(?:[.,;:)]|$)|\s+(?:in|at|on|to|by|for|with|and|but)\b")
_AGAINST_TENSE = {"past": 7, "unknown": 4, "future": -6}
"""By how many months the coming one must be nearer than the last one to be meant, by the sentence's tense."""


def iso_date(m: Match, c: Context) -> Found | None:
    """2016-11-09."""
    when = _day(int(m["y"]), int(m["m"]), int(m["d"]))
    return dated(when, "the date as written") if when else None


def numeric_date(m: Match, c: Context) -> Found | None:
    """Month first, as Americans write it, unless that can't be."""
    first, second, year = int(m["a"]), int(m["b"]), int(m["y"])
    if len(m["y"]) == 2:
        year += 1900 if year > 40 else 2000
    month, day = (second, first) if first > 12 else (first, second)
    when = _day(year, month, day)
    return dated(when, "the date as written") if when else None


def full_date(m: Match, c: Context) -> Found | None:
    """A month and a day, with or without the year: the day nearest to publication that fits the tense."""
    if m["month"].islower() and m["month"].casefold() in ("may", "march", "mar", "sep", "dec", "jan"):
        return None
    month, day = month_of(m["month"]), int(re.sub(r"\D", "", m["day"]))
    which = m.groupdict().get("which")
    if m["year"] or which:
        year = int(m["year"]) if m["year"] else year_of(c, str(which))
        if year is None:
            return Found("DATE", f"XXXX-{month:02d}-{day:02d}", "the date as written, its year not known")
        when = _day(year, month, day)
        return dated(when, "the date as written") if when else None
    if c.published is None:
        if _day(2000, month, day) is None:
            return None
        return Found("DATE", f"XXXX-{month:02d}-{day:02d}", "the date as written, its year not known")
    weekday = m.groupdict().get("weekday")
    choices = [when for year in range(c.published.year - 1, c.published.year + 2) if (when := _day(year, month, day))]
    if weekday:
        agreeing = [w for w in choices if w.first and w.first.weekday() == weekday_of(weekday)]
        choices = agreeing or choices
    if not choices:
        return None
    side = (m.groupdict().get("side") or "").casefold()
    tense: Tense = "past" if side == "last" else "future" if side == "next" else c.tense()
    published = c.published.toordinal()
    if not side and happened(c.clean, c.sentence, c.span[0]):
        choices = [choice for choice in choices if (choice.number or 0) <= published] or choices
    when = min(choices, key=lambda choice: _distance((choice.number or 0) - published, tense))
    return dated(when, "this day of the year, the nearest to publication that fits the sentence's tense")


def second_day(m: Match, c: Context) -> Found | None:
    """The second of two days of one month: "April 24 and 25"."""
    first = c.last.first if c.last is not None and c.last.unit == "day" else None
    if first is None or not _ONE_OF_TWO.search(c.before()) or not _CLOSES.match(c.after()):
        return None
    when = _day(first.year, first.month, int(re.sub(r"\D", "", m["day"])))
    return dated(when, "the second day of the month before it") if when else None


def week_of(m: Match, c: Context) -> Found | None:
    """The week of Nov. 7."""
    day = full_date(m, c)
    return dated(day.when.to("week"), f"the week that {day.value} lies in") if day and day.when else None


def september_11(m: Match, c: Context) -> Found | None:
    """The day of the attacks of 2001, which news calls by its date alone."""
    day = date(2001, 9, 11)
    if c.published is not None and c.published < day:
        return None
    return dated(Calendar.of("day", day), "the day of the attacks of 2001", aside=True)


def month(m: Match, c: Context) -> Found | None:
    """A month, with or without the year: the nearest to publication that fits the tense."""
    name, number = m["month"], month_of(m["month"])
    year = m["year"] or m["which"]
    if name.islower() and (name in _ALSO_NAMES or len(name) < 5):
        return None
    if year:
        known = year_of(c, year)
        if known is None:
            return Found("DATE", f"XXXX-{number:02d}", "the month as written, its year not known")
        return dated(Calendar("month", known * 12 + number - 1), "the month as written")
    modifier = _BEFORE_NOUN.search(c.before()) and _NOUN.match(c.after())
    if name.casefold() in _ALSO_NAMES and not m["side"] and not m["edge"] and not modifier:
        certain = BEFORE_DATE.search(c.before())
        follows = re.match(r"\s+[A-Z]", c.after())
        if not certain and (follows or name.casefold() in ("march", "may")):
            return None
    if c.published is None:
        return Found("DATE", f"XXXX-{number:02d}", "the month as written, its year not known")
    here = c.publication("month")
    assert here.number is not None
    back = (here.number - (number - 1)) % 12
    side = m["side"].casefold() if m["side"] else ""
    if side == "last":
        steps, why = -(back or 12), "the last one before publication"
    elif side in ("next", "this coming"):
        steps, why = 12 - back, "the next one after publication"
    elif side == "this":
        steps, why = number - 1 - here.number % 12, "of the year of publication"
    else:
        steps = _nearer(back, 12, c)
        why = f"the {'coming' if steps > 0 else 'last'} one, {because(c)}"
    return dated(here.shift(steps), f"{name}: {why}")


def weekday(m: Match, c: Context) -> Found | None:
    """A weekday: the last one up to publication, or the next one where the sentence speaks of the future.

    "Monday's debate" names what the reader knows of, so that it has to be the nearer one as well.
    """
    number = weekday_of(m["weekday"])
    if _PAPER.match(c.after()):
        return None
    if m["weekday"][-1] == "." and not BEFORE_DATE.search(c.before()):
        return None
    name = m["weekday"]
    if c.published is None:
        return Found("DATE", f"XXXX-WXX-{number + 1}", "the weekday as written, its week not known")
    here = c.publication("day")
    side = (m["side"] or "").casefold()
    back = (c.published.weekday() - number) % 7
    if m["of"]:
        week = c.publication("week").shift(direction(m["of"]))
        assert week.number is not None
        return dated(Calendar("day", week.number * 7 + 1 + number), f"the {name} of {m['of']} week")
    if side in ("last", "this past", "past"):
        return dated(here.shift(-(back or 7)), f"the last {name} before publication")
    if side in ("next", "this coming", "coming"):
        return dated(here.shift(7 - back), f"the next {name} after publication")
    if side in ("the previous", "the following") and c.last and c.last.first:
        back = (c.last.first.weekday() - number) % 7
        origin = Calendar.of("day", c.last.first)
        return dated(
            origin.shift(-(back or 7) if side == "the previous" else 7 - back),
            f"the {name} nearest to {c.last.value}, the date last spoken of",
        )
    if c.after().startswith(("'", "’")) and side != "this" and c.tense() == "future" and 7 - back >= back:
        return dated(here.shift(-back), f"the {name} nearest to publication")
    if side == "this" or c.tense() == "future":
        return dated(here.shift((7 - back) % 7), f"the next {name} from publication on, {because(c)}")
    return dated(here.shift(-back), f"the last {name} up to publication, {because(c)}")


def near_day(m: Match, c: Context) -> Found | None:
    """Yesterday, today, tomorrow."""
    word = re.sub(r"\s+", " ", m["day"].casefold()).partition("day ")[2] or m["day"].casefold()
    if m["day"][0].isupper() and re.search(r"[A-Z]\w*\s$", c.clean[max(c.sentence[0], c.span[0] - 30) : c.span[0]]):
        return None
    return dated(c.publication("day").shift(_NEAR[word]), away("day", _NEAR[word]))


def on_holiday(m: Match, c: Context) -> Found | None:
    """A holiday, of the year it is said with or the nearest to publication."""
    name, side = m["holiday"], (m["side"] or "").casefold()
    named_after = " " not in name and re.match(r"\s+[A-Z]", c.after())
    if name[0].islower() or named_after:
        return None
    year = year_of(c, m["year"]) if m["year"] else None
    if year is not None:
        day = holiday(name, year)
        return dated(Calendar.of("day", day), f"{name} of {year}") if day else None
    if c.published is None:
        return Found("DATE", "XXXX-XX-XX", f"{name}, its year not known")
    here = c.published
    days = [day for y in range(here.year - 1, here.year + 2) if (day := holiday(name, y))]
    if not days:
        return None
    if side == "last":
        chosen = max((day for day in days if day < here), default=days[0])
    elif side in ("next", "this coming"):
        chosen = min((day for day in days if day > here), default=days[-1])
    else:
        tense = c.tense()
        chosen = min(days, key=lambda day: _distance((day - here).days, tense))
    return dated(Calendar.of("day", chosen), f"{name} of {chosen.year}")


def _day(year: int, month: int, day: int) -> Calendar | None:
    try:
        return Calendar.of("day", date(year, month, day))
    except ValueError:
        return None


def _distance(ahead: int, tense: Tense) -> int:
    """How far off a day is, in days, and further where it goes against the tense."""
    return abs(ahead) + (30 * _AGAINST_TENSE[tense] if ahead > 0 else 0)


def _nearer(back: int, cycle: int, c: Context) -> int:
    """The way to the month meant: back to the last one, or forward to the coming one."""
    ahead = (cycle - back) % cycle
    if happened(c.clean, c.sentence, c.span[0]):
        return -back
    return ahead if ahead + _AGAINST_TENSE[c.tense()] < back else -back
