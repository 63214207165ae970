"""Days, tones and lengths in the words that a reader sees."""

from __future__ import annotations

import re
from datetime import date, timedelta

from readout.accuracy import certainty
from readout.cast.vocabulary import adjectives, fold, given_names, roles, singular, words_of

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PLURAL_VERBS = {"is": "are", "has": "have", "was": "were", "does": "do", "goes": "go"}
_MANY = frozenset({
    "we", "you", "they", "these", "those", "all", "both", "few", "many", "most", "several", "some", "multiple",
    "others", "people", "police", "men", "women", "children", "two", "three", "four", "five", "six", "seven",
    "eight", "nine", "ten", "dozens", "hundreds", "thousands", "millions", "media", "families", "folk", "folks",
    "authorities", "elders",
})  # fmt: skip
"""Words for more than one, as a name's first word or the one that it turns on."""
_AMOUNTS = re.compile(
    r"(?:an?|the) (?:\w+ )?(?:number|couple|handful|majority|minority|few) (?:of )?\b|.*\bpercent\b|\d+ ", re.IGNORECASE
)
_ONE = frozenset({
    "a", "an", "another", "each", "every", "everybody", "everyone", "nobody", "one", "somebody", "someone",
    "this", "that",
})  # fmt: skip
_NO_PLURAL = frozenset({
    "analysis", "athletics", "boss", "bus", "campus", "census", "chorus", "congress", "consensus", "corps",
    "economics", "gas", "headquarters", "mathematics", "news", "physics", "politics", "press", "series",
    "species", "status", "virus", "witness",
})  # fmt: skip


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


def agree(name: str, verb: str) -> str:
    """A verb in the third person ("says") as it goes with a name: "Ada Lovelace says", "critics say"."""
    if not plural(name):
        return verb
    return _PLURAL_VERBS.get(verb) or re.sub(r"(?<=s|x|z)es$|(?<=[cs]h)es$|s$", "", verb)


def plural(name: str) -> bool:
    """Whether a voice's name stands for more than one, as far as its words tell.

    It does where it joins several ("Ada Lovelace and Alan Turing"), begins with an amount ("44 percent of voters"), or
    turns on a common noun or a people in the plural ("the town's critics", "Democrats"). Any other proper name is
    one, whatever it ends in ("Reuters", "the United States").
    """
    if _AMOUNTS.match(name):
        return True
    words = re.findall(r"[\w’'.-]+", re.split(r"[(]" if " and " in name else r"[,(]", name)[0]) or [""]
    if fold(words[0]) in _ONE:
        return False
    if fold(words[0]) in _MANY:
        return True
    joined = next((i for i, word in enumerate(words) if word in ("and", "&")), 0)
    head = next((i for i, word in enumerate(words[1:], 1) if fold(word) in _AFTER_HEAD or _follows(word)), len(words))
    if 0 < joined < head:
        return not _institution(words[:joined], words[-1])
    word = words[head - 1]
    return _several(word, proper=word[:1].isupper(), after=[fold(one) for one in words[: head - 1]])


def _several(word: str, *, proper: bool, after: list[str]) -> bool:
    low = fold(word)
    if low in _MANY:
        return True
    if low in _NO_PLURAL or not low.endswith("s") or low.endswith(("ss", "us", "is")):
        return False
    if not proper:
        return True
    return singular(low) in roles().keys() | adjectives() and not (after and after[0] in given_names())


def _institution(left: list[str], last: str) -> bool:
    """Whether words joined by "and" are one body's name ("Food and Drug Administration")."""
    bodies = words_of("group_nouns")
    return fold(last) in bodies and fold(left[-1]) not in bodies and fold(left[0]) not in given_names().keys() | {"the"}


def _follows(word: str) -> bool:
    """Whether a word begins what only describes the noun before it ("analysts surveyed by ...")."""
    return word.islower() and word.endswith("ed")


_AFTER_HEAD = words_of("prepositions") | {"who", "whom", "whose", "which", "that", "i", "we"}


def less_certain(number: int, *, shown: bool = False) -> str:
    """What is done with doubtful paraphrases, and how often such are right."""
    right = certainty().get("held", {}).get("right")
    often = f" that {'is' if number == 1 else 'are'} right about {in_ten(right)}" if right is not None else ""
    done = "shown too, with a question mark" if shown else "left out"
    return f"{counted(number, 'paraphrase')}{often} {'is' if number == 1 else 'are'} {done}."


def in_ten(share: float) -> str:
    """A share as "3 times in 10"."""
    times = round(10 * share)
    return "once in 10" if times == 1 else f"{times} times in 10"


def share(part: int, whole: int) -> str:
    """A part of a whole in hundredths, "56%"; what is not quite nothing or all is not said to be it: "<1%", ">99%"."""
    rounded = round(100 * part / whole) if whole else 0
    if rounded == 0 and part:
        return "<1%"
    return ">99%" if rounded == 100 and part < whole else f"{rounded}%"


def origin(by: str) -> str:
    """Who says so: "the engine", or "reader: Ada" where a reader of that name does."""
    return f"reader: {by}" if by else "the engine"
