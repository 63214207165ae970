"""The rules: a name, a pattern, and the function that works out what a match of the pattern means.

The table `RULES` is read from top to bottom; where several patterns match at one place the first wins. A
function may refuse a match by returning None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from readout.times.context import Context, Found, Match
from readout.times.dates import (
    full_date,
    iso_date,
    month,
    near_day,
    numeric_date,
    on_holiday,
    second_day,
    september_11,
    week_of,
    weekday,
)
from readout.times.hours import clock, day_part, part_of_that_day, part_of_today
from readout.times.lengths import (
    OFTEN,
    business_year,
    duration,
    every,
    hyphenated,
    lasting,
    often,
    times_a_unit,
    unit_long,
    vague_length,
    weekdays,
)
from readout.times.numbers import COUNT, ORDINAL, SPOKEN_YEAR
from readout.times.patterns import (
    A_WEEKDAY,
    ABOUT,
    CLOCK,
    COUNTED,
    DAY_NUMBER,
    EDGE,
    FULL_DATE,
    HOLIDAY,
    LONE_MONTH,
    MONTH,
    NEAR_DAY,
    ONE_DAY,
    PART,
    RELATIVE_YEAR,
    SEASON,
    UNIT,
    WEEKDAY,
    YEAR,
    ZONE,
    one_scan,
    pattern_of,
)
from readout.times.periods import (
    century,
    compared_year,
    decade,
    latest_period,
    latest_quarter,
    quarter,
    season,
    short_quarter,
    short_year,
    year,
    year_ago,
    year_end,
)
from readout.times.relative import (
    ago,
    earlier_later,
    from_now,
    future,
    past,
    present,
    that_unit,
    the_unit,
    this_unit,
    unit_before,
    vague_days,
)


class Rule(NamedTuple):
    """A name, a pattern and the function that reads its matches."""

    name: str
    pattern: str
    read: Callable[[Match, Context], Found | None]

    @property
    def regex(self) -> re.Pattern[str]:
        """The pattern as a regular expression with its named groups."""
        return _compiled(self.pattern)


_compiled = cache(pattern_of)

RULES: tuple[Rule, ...] = (
    Rule("ISO date", r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})", iso_date),
    Rule("date in digits", r"(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})/(?P<y>[0-9]{4}|[0-9]{2})", numeric_date),
    Rule(
        "clock",
        rf"(?:(?:around|about) )?(?P<clock>{CLOCK})(?: (?P<zone>\({ZONE}\)|{ZONE}))?(?:,? (?:on )?(?P<day>{ONE_DAY}))?",
        clock,
    ),
    Rule("day and part of day", rf"{EDGE}(?P<day>{ONE_DAY}),? (?P<part>{PART})", day_part),
    Rule("September 11", r"9/11|sept(?:ember|\.) 11(?= (?:terror|attack|hijack))", september_11),
    Rule("week of a day", rf"the week of {FULL_DATE}", week_of),
    Rule(
        "month and day",
        FULL_DATE,
        full_date,
    ),
    Rule(
        "day and month",
        rf"(?:(?P<weekday>{WEEKDAY}),? )?(?:the )?(?P<day>{DAY_NUMBER}) (?:of )?(?P<month>{MONTH})"
        rf"(?:,? (?P<year>{YEAR}))?",
        full_date,
    ),
    Rule(
        "month",
        rf"(?P<edge>{EDGE})(?:(?P<side>last|next|this coming|this) )?(?P<month>{LONE_MONTH})"
        rf"(?:,? (?:of )?(?P<year>{YEAR})|,? (?:of )?(?P<which>(?:this|last|next) year))?",
        month,
    ),
    Rule(
        "every",
        rf"(?:every|each) (?:(?P<weekday>{WEEKDAY})(?: (?P<part>{PART}))?|(?P<part2>{PART})"
        rf"|(?P<month>{LONE_MONTH})|(?P<season>{SEASON})"
        rf"|(?:(?P<count>other|(?:few|[0-9]+|two|three|four|five|six|ten)) )?(?P<unit>{UNIT})s?)",
        every,
    ),
    Rule(
        "times a week",
        rf"(?:once|twice|(?:{COUNT}|several|many) times) (?:an?|per|each|every) (?P<unit>{UNIT})",
        times_a_unit,
    ),
    Rule("weekdays", rf"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?: (?P<part>{PART}))?s", weekdays),
    Rule("often", rf"(?:{'|'.join(OFTEN)})", often),
    Rule(
        "weekday",
        A_WEEKDAY,
        weekday,
    ),
    Rule(
        "part of that day",
        rf"(?P<side>that|the same|the next|the following|the previous) (?P<part>{PART})",
        part_of_that_day,
    ),
    Rule(
        "part of today",
        rf"{EDGE}(?:tonight|overnight|last night|this (?P<part>{PART})|last (?P<yesterday>evening))",
        part_of_today,
    ),
    Rule("day near publication", NEAR_DAY, near_day),
    Rule(
        "holiday",
        rf"(?:(?P<side>last|next|this coming|this) )?(?P<holiday>{HOLIDAY})(?:,? (?:of )?(?P<year>{RELATIVE_YEAR}))?",
        on_holiday,
    ),
    Rule(
        "decade",
        r"(?:the )?(?:(?:early|late|mid|middle|beginning of the|end of the|last half of the|first half of the)[ -])?"
        r"(?P<decade>(?:1[0-9]|20)[0-9]0['’]?s|['’](?P<short>[2-9])0s"
        r"|(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))",
        decade,
    ),
    Rule(
        "quarter",
        rf"(?P<the>the (?!\w+-quarter))?(?:(?P<ago>(?:comparable )?year-(?:ago|earlier) )"
        rf"|(?P<year2>{YEAR} |(?:this|last|next) year['’]s ))?"
        r"(?:fiscal[ -])?(?P<nth>first|second|third|fourth|last|latter|1st|2nd|3rd|4th)"
        r"[ -](?:fiscal )?(?P<unit>quarter|half)"
        rf"(?:,? (?:of )?(?:fiscal )?(?P<year>{RELATIVE_YEAR}))?",
        quarter,
    ),
    Rule(
        "Q3",
        rf"(?:(?P<year2>{YEAR}) )?(?:q(?P<quarter>[1-4])(?:,? (?:of )?(?P<year>{YEAR}))?"
        rf"|h(?P<half>[12]) (?P<year3>{YEAR}))",
        short_quarter,
    ),
    Rule("the 1988 quarter", rf"the (?P<year>{YEAR}) (?P<unit>period|quarter)", compared_year),
    Rule("latest quarter", r"the (?:latest|most recent|just-ended) quarter", latest_quarter),
    Rule("latest period", r"the (?:latest|quarterly) period", latest_period),
    Rule(
        "a year ago",
        r"(?:the (?:(?:same|comparable|corresponding) )?(?:quarter|period) (?:a year (?:ago|earlier)|(?:of )?last year)"
        r"|last year['’]s (?:quarter|period)"
        r"|(?:the )?(?:comparable |same )?year[ -](?:ago|earlier) (?P<period>period|quarter)"
        r"|(?:a |the (?:same )?)?year (?:ago|(?P<earlier>earlier|before)(?! than))|year-(?:ago|(?P<earlier2>earlier)))",
        year_ago,
    ),
    Rule("year's end", r"(?:the )?(?:year[ -]end|year['’]s end)", year_end),
    Rule(
        "season",
        rf"(?P<the>the )?{EDGE}(?:(?P<side>last|next|this past|this coming|this) )?(?P<season>{SEASON})"
        rf"(?:,? (?:of )?(?P<year>{RELATIVE_YEAR}|{SPOKEN_YEAR}))?",
        season,
    ),
    Rule("century", rf"(?:the )?(?:(?:early|late|mid)[ -])?(?P<nth>{ORDINAL})[ -]century", century),
    Rule("recent days, coming years", rf"(?P<side>recent|coming) (?P<few>{UNIT}s)(?: (?:and|or) {UNIT}s)?", vague_days),
    Rule(
        "units ago",
        rf"{ABOUT}(?P<count>{COUNTED}) (?P<unit>{UNIT})s?(?: or (?:so|more|two))? ago",
        ago,
    ),
    Rule("years ago", rf"(?P<unit>{UNIT})s ago", past),
    Rule("units from now", rf"{ABOUT}(?P<count>{COUNTED}) (?P<unit>{UNIT})s? (?:from now|hence)", from_now),
    Rule(
        "units earlier or later",
        rf"{ABOUT}(?P<count>{COUNTED}) (?P<unit>{UNIT})s? (?P<side>earlier|later)(?! than)",
        earlier_later,
    ),
    Rule(
        "units up to or from now",
        r"(?:each of )?(?:the )?(?P<side>past|last|next|coming|first|latest|final|previous) "
        rf"(?:(?P<count>{COUNTED}) (?:more )?(?P<unit>{UNIT})s?|(?P<few>{UNIT}s|decade|century))(?: or so)?",
        lasting,
    ),
    Rule(
        "year",
        rf"(?P<edge>{EDGE})(?:the year )?(?P<fiscal>fiscal(?: year)? |fy ?)?"
        rf"(?:(?P<digits>{YEAR})|(?P<spoken>{SPOKEN_YEAR}))",
        year,
    ),
    Rule(
        "this, last or next",
        rf"{EDGE}(?:the )?(?P<side>last|this past|this coming|this|next|current|coming|upcoming|past) "
        r"(?:fiscal |calendar )?(?P<unit>day|week|weekend|month|quarter|year|decade|century)",
        this_unit,
    ),
    Rule(
        "that, the same, the following",
        rf"{EDGE}(?P<side>that same|that|the same|the next|the following|the previous|the preceding) "
        r"(?P<unit>day|week|weekend|month|quarter|year|decade)",
        that_unit,
    ),
    Rule(
        "the day before",
        r"the (?P<unit>day|week|month|year) (?P<side>before|after|earlier)(?=\s?(?:[.,;:!?)\"”’'—]|\Z))",
        unit_before,
    ),
    Rule("business year", r"the (?P<unit>year)(?= end(?:ed|ing|s)? )", business_year),
    Rule("the quarter, the weekend", rf"{EDGE}the (?P<unit>quarter|weekend|year|week)(?!-)", the_unit),
    Rule("the fiscal year", r"the (?:(?P<side>latest) )?(?:fiscal|financial) (?P<unit>year)", the_unit),
    Rule("short year", r"['’](?P<digits>[0-9]{2})", short_year),
    Rule("a unit long", r"(?P<unit>day|week|month|year|decade|hour)(?:-long|long)", unit_long),
    Rule("units long", rf"(?P<unit>{UNIT}s)-(?:long|old)", unit_long),
    Rule("length with a hyphen", rf"(?P<count>{COUNTED})-(?P<unit>{UNIT})", hyphenated),
    Rule(
        "length",
        rf"(?:the )?(?P<about>{ABOUT})(?P<count>{COUNTED})(?: more)? "
        rf"(?P<half>and a half |1/2 )?(?P<unit>{UNIT})s?(?P<rest> and a half| or two)?",
        duration,
    ),
    Rule("length not said", rf"(?P<unit>{UNIT}s)(?: or {UNIT}s)?", vague_length),
    Rule(
        "present", r"(?:right now|now|currently|current|at present|the moment|presently|nowadays|these days)", present
    ),
    Rule("past", r"(?:recently|the past|recent)", past),
    Rule(
        "future",
        r"(?:the (?:(?:near |foreseeable |immediate |distant )?future|near term|short term)|as soon as possible|soon)",
        future,
    ),
    Rule("second day of two", rf"(?P<day>{DAY_NUMBER})", second_day),
)


@cache
def scanner() -> re.Pattern[str]:
    """All patterns as one expression; the group that matched has the rule's number after an r."""
    return one_scan([rule.pattern for rule in RULES])
