"""Numbers and calendar words as English writes them."""

from __future__ import annotations

import re

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
]  # fmt: skip
_VALUES = (
    {word: i for i, word in enumerate(_ONES)}
    | {word: 10 * i for i, word in enumerate(_TENS, 2)}
    | {"dozen": 12, "hundred": 100, "thousand": 1000, "a": 1, "an": 1, "half": 0, "couple": 2}
)

_WORD = "|".join([*sorted((*_ONES, *_TENS), key=len, reverse=True), "dozen", "hundred", "thousand"])
SPELLED = rf"(?:(?:{_WORD})(?:[ -](?:{_WORD}))" + "{0,4})"
COUNT = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,4}}|[0-9]{{1,7}}(?:\.[0-9])?|a dozen|a hundred|a thousand|{SPELLED})"
"""A number in digits or in words."""
UP_TO = rf"(?:(?: (?:to|or) |[-–])(?:[0-9]{{1,3}}|{SPELLED}))"
"""What follows a number to make it any between two ("12 to 18", "two or three")."""
VAGUE = r"(?:several|a few|few|many|some|a number of|dozens of|hundreds of|thousands of|tens of)"
"""A number that is not said."""
ORDINAL = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)}|twenty-first)"
SPOKEN_YEAR = (
    rf"(?:(?:eighteen|nineteen|twenty)[ -](?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES[1:10])}))?"
    rf"|{'|'.join(_ONES[10:])}|hundred)|two thousand(?: and)?(?: (?:{'|'.join(_ONES[1:])}))?)"
)
"""A year as it is said ("nineteen ninety-one")."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_RANGE = re.compile(r"\s(?:to|or)\s|[0-9][-–][0-9]")


def count(words: str) -> float | None:
    """The number that the words say; None where they say only that there are some, or from how many to how many."""
    words = words.casefold()
    if re.fullmatch(VAGUE, words) or _RANGE.search(words):
        return None
    digits = words.replace(",", "")
    if re.fullmatch(r"[0-9]+(\.[0-9])?", digits):
        return float(digits)
    total = current = 0
    for word in re.split(r"[\s-]+", words):
        value = _VALUES.get(word, 0)
        if value >= 100:
            total, current = total + (current or 1) * value, 0
        elif value == 12 and word == "dozen":
            current = (current or 1) * value
        else:
            current += value
    return float(total + current)


def ordinal(word: str) -> int:
    """The number of an ordinal, "3rd" or "third"."""
    digits = re.match(r"[0-9]+", word)
    word = word.casefold()
    return int(digits[0]) if digits else 21 if word == "twenty-first" else _ORDINALS.index(word) + 1


def spoken_year(words: str) -> int:
    """The year that the words say."""
    first, _, rest = re.sub(r"[\s-]+", " ", words.casefold()).partition(" ")
    if first == "two":
        return 2000 + sum(_VALUES.get(word, 0) for word in rest.split()[1:])
    return _VALUES[first] * 100 + sum(_VALUES[word] for word in rest.split() if word != "hundred")


def month_of(word: str) -> int:
    """The number of a month's name or abbreviation, 1 to 12."""
    return MONTHS.index(word[:3].casefold()) + 1


def season_of(word: str) -> str:
    """TIMEX3's code for a season."""
    return {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}[word.casefold()]


def weekday_of(word: str) -> int:
    """The number of a weekday's name or abbreviation, Monday 0."""
    return WEEKDAYS.index(word[:3].casefold())
