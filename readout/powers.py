"""Where a place stands for those who act from it: a capital for its country, a town for its team or its council.

What a place's name means hangs on the words around it: it acts ("Moscow denies it"), it is dealt with ("ties with
Moscow"), or it has what only a power has ("Moscow's position"). Otherwise it is where something is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cache

from readout.attribution.tokens import usual_tag
from readout.cast.names import Cast
from readout.cast.names import Mention as Name
from readout.cast.runs import Token
from readout.cast.vocabulary import POSSESSIVE, countries, fold, saying, words_of
from readout.lists import lines

_VERBS = frozenset({"VBD", "VBZ", "VBP"})
_WILL = frozenset(
    {"will", "would", "could", "can", "may", "might", "must", "should", "did", "does", "has", "had", "is"}
)
_ADVERBS = frozenset({"also", "never", "not", "now", "already", "again", "still", "always", "often", "repeatedly"})
_NO_ACT = frozenset({
    "is", "was", "were", "are", "has", "had", "lies", "lay", "sits", "stands", "stood", "remains", "remained", "became",
    "becomes", "fell", "falls", "grew", "grows", "saw", "sees", "looks", "looked", "felt", "gets", "got", "seems",
    "seemed", "boasts", "burned", "burns", "shook", "shakes", "comes", "came", "left", "set", "based", "used", "held",
})  # fmt: skip
"""Verbs of what a town is and what happens to it or in it, and forms that are mostly participles there."""
_BEATS = frozenset({"beat", "beats", "edged", "routed", "thrashed"})
_WILLING = frozenset({"ready", "willing", "prepared", "determined", "concerned", "opposed", "committed", "open", "set"})
_DEALT_WITH = frozenset({"with", "against", "toward", "towards", "by"})
_TOWARD = frozenset({"to", "with", "on", "against", "between", "for"})
_NEAR = 4
"""Words between what two powers have and the name of one of them, or between an owner and what is owned."""


@cache
def _seats() -> dict[str, tuple[str, ...]]:
    entries = (entry.partition(":") for entry in lines("seats"))
    return {fold(place): tuple(name.strip() for name in names.split(",")) for place, _, names in entries}


def power_of(name: str, known: Collection[str]) -> str:
    """The country that a seat of government stands for, as the article calls it; any other name as it is.

    Args:
        name: the name of a place or of somebody.
        known: the names of the article; of a country's names the first of these is taken, or else the usual one.
    """
    names = _seats().get(fold(name), (name,))
    return next((one for one in names if one in known), names[0])


def is_facility(name: str) -> bool:
    """Whether a name is that of something built, or of a part of a landscape."""
    words = name.split()
    return len(words) > 1 and fold(words[-1]) in words_of("facilities")


def says(cast: Cast, name: Name) -> bool:
    """Whether a verb of saying stands right after a name."""
    after = bisect_left(cast.token_starts, name.end)
    return after < len(cast.tokens) and fold(cast.tokens[after].text) in saying()


def acts(cast: Cast, name: Name) -> bool:
    """Whether a place stands for a power here: it does something, is dealt with, or has what powers have."""
    tokens, starts = cast.tokens, cast.token_starts
    first, last = bisect_left(starts, name.start), bisect_left(starts, name.end) - 1
    if name.possessive:
        owned = tokens[last + 1 : last + 1 + _NEAR]
        return any(fold(token.text) in words_of("state_nouns") for token in owned if token.sentence == name.sentence)
    group_first, group_last = _together(cast, first, last)
    before = fold(tokens[group_first - 1].text) if group_first and not tokens[group_first].opens else ""
    if before in _DEALT_WITH:
        return True
    near = [t for t in tokens[max(0, group_first - _NEAR) : group_first] if t.sentence == name.sentence]
    if before in _TOWARD and not words_of("relation_nouns").isdisjoint(fold(t.text) for t in near):
        return True
    if before in words_of("prepositions"):
        return False
    return _does(tokens, group_last + 1, name.sentence) or _verb_of_dealing(before)


def _together(cast: Cast, first: int, last: int) -> tuple[int, int]:
    """The first and last token of places joined by "and" or a comma ("Moscow and Washington")."""
    tokens = cast.tokens
    while first >= 2 and fold(tokens[first - 1].text) == "and" and _is_power(tokens[first - 2]):
        first -= 2
    while last + 2 < len(tokens) and fold(tokens[last + 1].text) == "and" and _is_power(tokens[last + 2]):
        last += 2
    return first, last


def _is_power(token: Token) -> bool:
    return fold(token.text) in _seats() or fold(token.text) in countries()


def _does(tokens: Sequence[Token], at: int, sentence: int) -> bool:
    """Whether the words from here are what somebody does who stands right before them."""
    words = [token.text for token in tokens[at : at + 3] if token.sentence == sentence]
    while words and words[0] in _ADVERBS:
        words.pop(0)
    if not words or not words[0][0].islower():
        return False
    word = fold(words[0])
    if word in saying() or word in _BEATS:
        return True
    if word in _WILL and len(words) > 1:
        following = [one for one in words[1:] if one not in _ADVERBS]
        tag = usual_tag(following[0]) if following else ""
        if word == "is":
            return bool(following) and (following[0] in _WILLING or tag == "VBG")
        return tag in ("VB", "VBN", "VBD", "VBP") and following[0] not in ("be", "been", "have")
    return word not in _NO_ACT and usual_tag(word) in _VERBS


def _verb_of_dealing(word: str) -> bool:
    """Whether a verb that takes somebody stands right before ("accused Moscow", "urges Beijing")."""
    return POSSESSIVE.search(word) is None and word in words_of("dealing_verbs")
