"""The vocabulary that the patterns of the rules are made of, and what turns a pattern into a regular expression.

A pattern is written as it reads: a space in it stands for any white space, letters match either case, and it
matches whole words only.
"""

from __future__ import annotations

import re
import string
from importlib.resources import files

from readout.times.holidays import holiday_pattern, holidays
from readout.times.numbers import COUNT, UP_TO, VAGUE

_LETTER = r"0-9A-Za-z_\u00c0-\u1fff\u3040-\ud7ff\uf900-\ufaff"
_START = rf"(?-i:(?<![{_LETTER}])(?<![{_LETTER}][-.'’]))"
_END = rf"(?-i:(?![{_LETTER}]))"
"""Where a word starts and ends. Both cases stand in _LETTER; to leave case alone makes compiling a third quicker."""

_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)

MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|jun(?:e|\.)?|jul(?:y|\.)?|aug(?:ust|\.)?"
    r"|sept(?:ember|\.)?|sep\.?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
LONE_MONTH = (
    r"(?:jan(?:uary|\.)|feb(?:ruary|\.)|march|april|may|june|july|aug(?:ust|\.)|sept(?:ember|\.)|oct(?:ober|\.)"
    r"|nov(?:ember|\.)|dec(?:ember|\.))"
)
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thurs?|fri|sat|sun)\.)"
DAY_NUMBER = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2})"
UNIT = r"(?:second|minute|hour|day|night|week|fortnight|weekend|month|quarter|year|decade|century|centurie)"
CALENDAR_UNIT = r"(?:day|week|weekend|month|quarter|year|decade|century|season)"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
PART = r"(?:morning|afternoon|evening|night)"
ZONE = (
    r"(?:[ecmp][sd]?t|gmt|utc|bst|cet"
    r"|(?:eastern|central|mountain|pacific|local|moscow)(?: (?:standard|daylight))?(?: time)?)"
)
CLOCK = (
    r"(?:(?:1[0-9]|2[0-3]|0?[0-9])(?:[:.][0-5][0-9]){0,2} ?[ap]\.? ?m\b\.?|(?:1[0-9]|2[0-3]|0?[0-9]):[0-5][0-9]"
    r"|(?:[01][0-9]|2[0-3])[0-5][0-9](?= gmt| utc)"
    r"|(?:1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?: o['’]clock(?: (?:in the (?:morning|afternoon|evening)|at night))?| in the (?:morning|afternoon|evening))"
    r"|noon|midnight|midday)"
)
EDGE = (
    r"(?:(?:(?:very )?early|late|mid|earlier|later|sometime|some time"
    r"|(?:the )?(?:very )?(?:beginning|start|middle|end|rest|close|remainder|first part|latter part|second half"
    r"|first half|early part|later part|early hours|final hours|small hours) of)[ -])?"
)
ABOUT = r"(?:(?:nearly|almost|more than|less than|fewer than|at least|at most|no more than|up to|well over) )?"
COUNTED = rf"(?:{VAGUE}|{COUNT}{UP_TO}?|an?|half an?|a half|(?:a )?couple(?: of)?|an additional|a full)"
ONE_DAY = (
    rf"(?:{WEEKDAY}(?:,? {MONTH} {DAY_NUMBER}(?:,? {YEAR})?)?|{MONTH} {DAY_NUMBER}(?:,? {YEAR})?|yesterday|today"
    r"|tomorrow)"
)
RELATIVE_YEAR = rf"(?:{YEAR}|(?:this|last|next) year)"
HOLIDAY = rf"(?:{holiday_pattern()})"

FULL_DATE = (
    rf"{EDGE}(?:(?P<side>last|next|this) )?(?:(?P<weekday>{WEEKDAY}),? )?(?P<month>{MONTH}) (?:the )?"
    rf"(?P<day>{DAY_NUMBER})(?:,? (?P<year>{YEAR})|,? (?:of )?(?P<which>(?:this|last|next) year))?"
)
A_WEEKDAY = (
    rf"{EDGE}(?:(?P<side>last|next|this past|this coming|coming|past|this|the previous|the following) )?"
    rf"(?P<weekday>{WEEKDAY})(?: of (?P<of>last|this|next) week)?"
)
NEAR_DAY = rf"{EDGE}(?P<day>(?:the )?day (?:before yesterday|after tomorrow)|yesterday|today|tomorrow)"

PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midday": "MI"}
"""TIMEX3's codes for the parts of a day."""

BEFORE_DATE = re.compile(
    r"\b(?:in|of|since|until|till|by|last|this|next|from|to|before|after|through|during|for|and|or|between|early|late"
    r"|mid|on|as of|around|about|past|than)[ -]$"
)
"""What stands before a date rather than a name or a number."""


_MORE_OPENERS = ("fy", "once", "q[1-4]", "h[12]", "twice")
"""How a time expression may begin, beside the list in lexicon/time_openers.txt; these are patterns."""


def pattern_of(pattern: str) -> re.Pattern[str]:
    """The regular expression that a pattern stands for."""
    return re.compile(_spaced(_START + pattern + _END), re.IGNORECASE | re.ASCII)


def one_scan(patterns: list[str]) -> re.Pattern[str]:
    """One expression for all patterns; the group r0, r1, ... that matched tells which. The first of the list wins.

    It is for text in lower case (see `lower`): Python's `re` looks ahead at the first letter of an alternative only
    where case counts, which makes it twice as fast.
    """
    listed = (files("readout") / "lexicon" / "time_openers.txt").read_text("utf-8").splitlines()
    openers = {
        *_MORE_OPENERS,
        *(word for word in listed if not word.startswith("#")),
        *(re.escape(name.split()[0]) for name in holidays()),
    }
    gate = rf"(?=[0-9'’]|(?:the|an?)\s|{'|'.join(sorted(openers))})"
    parts = "|".join(f"(?P<r{i}>{unnamed(pattern)}{_END})" for i, pattern in enumerate(patterns))
    return re.compile(_spaced(rf"{_START}{gate}(?:{parts})"), re.ASCII)


def lower(clean: str) -> str:
    """The text with A to Z in lower case, and as long as before, which str.lower does not promise."""
    return clean.translate(_LOWER)


def unnamed(pattern: str) -> str:
    """The pattern without names for its groups, as one name may stand only once in an expression."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def _spaced(pattern: str) -> str:
    return pattern.replace(" ", r"\s{1,9}").replace(r"\s{1,9}?", r"\s{0,9}")
