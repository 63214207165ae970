"""Whether a sentence speaks of the past or of the future where a time stands in it."""

from __future__ import annotations

import re
from collections import deque
from functools import cache
from importlib.resources import files
from typing import Literal

Tense = Literal["past", "future", "unknown"]

_LINK = re.compile(
    r"(?:\s+(?:it|this|that|so|him|her|them|about|back|early|late|as))*\s+(?:in|on|since|by|last)\s+", re.IGNORECASE
)
_HELPED = re.compile(r"\b(?:is|are|be|being|am|'s|’s|'re|’re|an?|the)\s+(?:\w+ly\s+|not\s+)?$", re.IGNORECASE)
_REACH = 160
"""Characters read before and after a time; a verb further off seldom governs it."""


def tense_at(clean: str, sentence: tuple[int, int], start: int, end: int) -> Tense:
    """The tense of the verb next to a time expression at start..end: the last before it, else the first after.

    "Until" alone points ahead, but with no verb before it the one after decides: "Until Monday they had hoped".
    """
    before = list(_cue().finditer(clean, max(sentence[0], start - _REACH), start))
    if before and not (len(before) == 1 and before[0].lastgroup == "until"):
        return _tense_of(before[-1])
    after = _cue().search(clean, end, min(sentence[1], end + _REACH))
    return _tense_of(after) if after else "future" if before else "unknown"


def happened(clean: str, sentence: tuple[int, int], start: int) -> bool:
    """Whether the verb right before a time tells what is over: "she knew in January".

    A participle may tell of what is to come ("is heard in May", "a summit set for Washington in April"), and so may a
    noun between the verb and the time ("announced a cutback in September").
    """
    last = deque(_cue().finditer(clean, max(sentence[0], start - _REACH), start), maxlen=1)
    return bool(last) and _over(clean, sentence, start, last[0])


def _over(clean: str, sentence: tuple[int, int], start: int, last: re.Match[str]) -> bool:
    """Whether a verb group tells what is over, and governs the time that starts at a place."""
    if last.lastgroup != "past" or last[0].casefold() == "set":
        return False
    if not _LINK.fullmatch(clean, last.end(), start):
        return False
    return not _HELPED.search(clean, max(sentence[0], last.start() - 20), last.start())


def _tense_of(cue: re.Match[str]) -> Tense:
    return "future" if cue.lastgroup in ("future", "until") else "past"


@cache
def _cue() -> re.Pattern[str]:
    """A verb group that tells its tense; a future one takes in the participle that follows ("will be released").

    What is fixed for a day is told in the present: "the trial begins Monday", "the vote is on Tuesday".
    """
    listed = (files("readout") / "lexicon" / "past_tense.txt").read_text("utf-8").splitlines()
    past = "|".join(re.escape(word) for word in listed if word and not word.startswith("#"))
    future = (
        r"(?:will|wo|shall|would|should|could|may|might|can|must|'ll|’ll|going\s+to|about\s+to|to\s+be|likely\s+to"
        r"|(?:is|are|am|'s|'re|’s|’re)\s+(?:\w+\s+)?(?:to|due|set|scheduled|expected|planned|slated|likely|supposed)"
        r"|(?:decided|agreed|vowed|promised|pledged|agreement|decision|deal|continue|set)\s+to"
        r"|scheduled|expected|plans?\s+(?:to|an?|on)|planned|planning|slated|due|hopes?|expects?|intends?|aims?"
        r"|upcoming)\b"
        rf"(?:\s+(?:be|have|been|to|not|also|\w+ly)){{0,3}}(?:\s+(?:start|get))?(?:\s+(?:be|get)ting)?"
        rf"(?:\s+(?:\w+(?:ed|en)|{past})\b)?"
        r"|(?:(?<!to\s)(?-i:meet)|begins?|starts|opens|ends|expires?|resumes?|premieres|kicks\s+off"
        r"|takes?\s+(?:effect|office|place)|goes\s+(?:on|to|into))\b|(?:is|are)(?:\s+on)?\s+$"
    )
    until = (
        r"(?:until|till|through|starting|beginning|effective|as\s+soon\s+as|as\s+early\s+as)"
        r"(?:\s+(?:on|the|early|late|in))?\s+$"
    )
    regular = r"(?-i:[a-z]\w{1,20}ed)"
    unreal = (
        r"(?:could(?:n['’]t|\s+not)|neither\b[^.;,]{1,60}?\bcould)\s+(?:immediately\s+)?be\s+\w+"
        r"|had\s+(?:been\s+)?(?:due|scheduled|expected|planned|hoped|intended|supposed|slated)\s+to\s+\w+"
    )
    return re.compile(
        rf"(?<![\w-])(?:(?P<unreal>{unreal})|(?P<future>{future})|(?P<until>{until})"
        rf"|(?P<past>{past}|set|{regular}|since\s+$))(?![\w-])",
        re.IGNORECASE,
    )
