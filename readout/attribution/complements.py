"""What a cue takes on its right: quoted words, a clause, an infinitive, a phrase; and where that ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from readout.attribution.lexicon import CUE_FORMS, Cue, group
from readout.attribution.phrases import has_finite, right_phrase
from readout.attribution.tokens import BE, QUOTE, TIME, Token
from readout.lists import words

_LONGEST_ADJUNCT = 22
_LONGEST_BEFORE_THAT = 14
_LONGEST_BEFORE_VERB = 30
_SURE_CUE = 0.5
"""How often a verb must be a cue, if a noun phrase after it is to count as what it says."""
_SAID = frozenset(["quote", "that", "to", "wh", "thing"])
_NO_INFINITIVE = frozenset(["DT", "PRP", "PRP$", "NNP", "NNPS", "NNS", "CD"])
_STARTS_PHRASE = frozenset(["PRP", "DT", "NN", "NNS", "NNP", "NNPS", "JJ", "PRP$"])
_STARTS_CLAUSE = _STARTS_PHRASE | {"EX", "CD", "RB", "VBG", QUOTE}
_PAST_OR_PRESENT = frozenset(["VBD", "VBZ", "VBP"])


@dataclass(frozen=True, slots=True)
class Complement:
    """What a cue takes: its kind, its tokens, and where the cue itself ends."""

    kind: str
    start: int
    end: int
    cue_end: int


def complement(tokens: Sequence[Token], verb: int, cue: Cue) -> Complement | None:
    """What the verb takes on its right, if it is something that such a verb takes."""
    at = verb + 1
    while at < len(tokens) and tokens[at].tag == "RB":
        at += 1
    if at >= len(tokens):
        return None
    if past_recipient_and_day(tokens, verb, cue) is not None:
        return None
    if not cue.takes & _SAID:
        return _cue_noun(tokens, at, cue) or _particle(tokens, at, cue)
    return (
        _shown(tokens, at, cue, verb + 1)
        or _past_recipient(tokens, at, cue, verb + 1)
        or _cue_noun(tokens, at, cue)
        or _past_adjunct(tokens, at, cue, verb + 1)
        or _clause(tokens, at, cue, verb + 1)
        or _particle(tokens, at, cue)
        or _thing(tokens, at, cue, verb + 1)
    )


def past_recipient_and_day(tokens: Sequence[Token], verb: int, cue: Cue) -> int | None:
    """Where it goes on after a verb that takes only whom and when ("..., she told Parliament on Tuesday, and ...").

    None for a verb that takes anything else: the words of this one stand before it.
    """
    phrase = right_phrase(tokens, verb + 1) if cue.verb in group("recipient") else None
    if phrase is None:
        return None
    after = phrase[1]
    while after < len(tokens) and (tokens[after].tag == TIME or tokens[after].low in ("on", "late", "early", "last")):
        after += 1
    if after == phrase[1]:
        return None
    if after + 1 >= len(tokens) or tokens[after].tag == ".":
        return after
    return after if tokens[after].tag == "," and tokens[after + 1].tag not in (QUOTE, "VBG") else None


def content_end(tokens: Sequence[Token], start: int) -> int:
    """Where the words of a clause end, but for the reporter's own "however" after them."""
    end = _clause_end(tokens, start)
    if end - 2 > start and tokens[end - 1].low in group("afterword") and tokens[end - 2].tag in (",", QUOTE):
        end -= 2 if tokens[end - 2].tag == "," else 1
    return end


def _shown(tokens: Sequence[Token], at: int, cue: Cue, cue_end: int) -> Complement | None:
    """The complement that begins at a place, if a mark or a word there shows what it is."""
    if at + 1 >= len(tokens) and not (at < len(tokens) and tokens[at].tag == QUOTE):
        return None
    token = tokens[at]
    if token.tag in (",", ":") and tokens[at + 1].tag == QUOTE:
        return Complement("quote", at + 1, at + 2, cue_end)
    if token.tag == QUOTE:
        return Complement("quote", at, at + 1, cue_end)
    if token.tag == ":":
        return Complement("colon", at + 1, _without_stop(tokens, at + 1), cue_end)
    if token.low == "that" and "that" in cue.takes:
        return Complement("that", at + 1, content_end(tokens, at + 1), cue_end)
    if token.low in group("question words") and cue.takes & {"wh", "that"}:
        return Complement("wh", at, content_end(tokens, at), cue_end)
    if token.tag == "TO" and "to" in cue.takes and tokens[at + 1].tag not in _NO_INFINITIVE:
        return Complement("to", at, content_end(tokens, at), cue_end)
    return None


def _without_stop(tokens: Sequence[Token], start: int) -> int:
    return max(start + 1, len(tokens) - (tokens[-1].tag == "."))


def _past_recipient(tokens: Sequence[Token], at: int, cue: Cue, cue_end: int) -> Complement | None:
    """The complement after whom it is said to ("told reporters that")."""
    phrase = right_phrase(tokens, at) if cue.verb in group("recipient") else None
    if phrase is None:
        return None
    return _shown(tokens, phrase[1], cue, cue_end) or _clause(tokens, phrase[1], cue, cue_end)


def _cue_noun(tokens: Sequence[Token], at: int, cue: Cue) -> Complement | None:
    """The clause after "expressed confidence that" and the like, where noun and verb are the cue together."""
    phrase = right_phrase(tokens, at) if "noun" in cue.takes else None
    if phrase is None or phrase[1] + 1 >= len(tokens) or tokens[phrase[1]].low != "that":
        return None
    if tokens[phrase[1] - 1].low not in words("cue_nouns"):
        return None
    return Complement("that", phrase[1] + 1, content_end(tokens, phrase[1] + 1), phrase[1])


def _past_adjunct(tokens: Sequence[Token], at: int, cue: Cue, cue_end: int) -> Complement | None:
    """The complement past "in a statement", "on Monday" and the like."""
    for later in range(at, min(len(tokens), at + _LONGEST_ADJUNCT)):
        token = tokens[later]
        if token.tag in (".", ";", "MD") or token.tag in _PAST_OR_PRESENT or token.low in BE:
            return None
        if token.tag == "VBG" and token.low in CUE_FORMS:
            return None
        if token.low == "that" and token.tag == "IN" and later - at < _LONGEST_BEFORE_THAT:
            return _shown(tokens, later, cue, cue_end)
        if token.tag == QUOTE:
            return Complement("quote", later, later + 1, cue_end)
        if token.tag == ":" and later + 1 < len(tokens):
            return Complement("quote", later + 1, _without_stop(tokens, later + 1), cue_end)
    if tokens[at].tag == TIME or tokens[at].low == "on":
        after = at + 1 + (tokens[at].low == "on")
        return _clause(tokens, after, cue, cue_end)
    return None


def _clause(tokens: Sequence[Token], at: int, cue: Cue, cue_end: int) -> Complement | None:
    """A clause without "that"."""
    if "that" not in cue.takes or at >= len(tokens) or tokens[at].tag not in _STARTS_CLAUSE:
        return None
    end = content_end(tokens, at)
    if tokens[at].low in group("nominative") or has_finite(tokens, at + 1, min(end, at + _LONGEST_BEFORE_VERB)):
        return Complement("clause", at, end, cue_end)
    return None


def _particle(tokens: Sequence[Token], at: int, cue: Cue) -> Complement | None:
    """What follows "called for", "pointed out" and the like."""
    if tokens[at].low not in cue.takes or at + 1 >= len(tokens):
        return None
    return _shown(tokens, at + 1, cue, at + 1) or Complement("thing", at + 1, _thing_end(tokens, at + 1), at + 1)


def _thing(tokens: Sequence[Token], at: int, cue: Cue, cue_end: int) -> Complement | None:
    """A noun phrase, after a verb that is hardly ever anything but a cue."""
    if "thing" not in cue.takes or cue.share < _SURE_CUE or tokens[at].tag not in _STARTS_PHRASE:
        return None
    return Complement("thing", at, _thing_end(tokens, at), cue_end)


def _clause_end(tokens: Sequence[Token], start: int) -> int:
    """Where a clause ends: at the sentence's end, or where another cue takes over."""
    for at in range(start + 1, len(tokens)):
        token = tokens[at]
        if token.tag in (".", ";"):
            return at
        if token.tag == "," and _takes_over(tokens, at + 1):
            return at
        if tokens[at - 1].tag == QUOTE and token.tag != "," and _takes_over(tokens, at):
            return at
        if token.tag == "CC" and at > start + 1 and _says_too(tokens, at + 1):
            return at - (tokens[at - 1].tag == ",")
    return len(tokens)


def _thing_end(tokens: Sequence[Token], start: int) -> int:
    """Where a noun phrase ends that a cue takes, with all that hangs on it."""
    stop = content_end(tokens, start)
    for at in range(start, stop):
        token = tokens[at]
        if token.tag == QUOTE:
            return at + 1
        ends = token.tag in (",", TIME) or (
            token.low in group("ends phrase") and has_finite(tokens, at, min(at + 5, stop))
        )
        if ends and at > start:
            return at
    return stop


def _past_helpers(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and (tokens[at].tag == "RB" or tokens[at].low in group("have")):
        at += 1
    return at


def _says_too(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" is followed by a second cue of the same subject ("... and said that")."""
    verb = _past_helpers(tokens, at)
    if verb + 1 >= len(tokens) or tokens[verb].low not in CUE_FORMS:
        return False
    cue = CUE_FORMS[tokens[verb].low]
    if cue.share < _SURE_CUE or tokens[verb].tag not in ("VBD", "VBZ", "VBN", "VBG"):
        return False
    after = tokens[verb + 1]
    clause = "that" in cue.takes and (after.low == "that" or after.tag in _STARTS_CLAUSE)
    infinitive = "to" in cue.takes and after.tag == "TO"
    phrase = "thing" in cue.takes and after.tag in _STARTS_PHRASE
    recipient = cue.verb in group("recipient") and after.tag in _STARTS_PHRASE
    return clause or infinitive or phrase or recipient or after.tag == QUOTE or after.low in cue.takes


def _takes_over(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma is followed by a cue of its own."""
    if at >= len(tokens):
        return False
    token = tokens[at]
    if token.low == "according":
        return True
    if token.low in CUE_FORMS and token.tag == "VBG":
        return bool(CUE_FORMS[token.low].takes & {"that", "quote"})
    phrase = right_phrase(tokens, at)
    verb = _past_helpers(tokens, phrase[1]) if phrase is not None else len(tokens)
    if verb >= len(tokens):
        return False
    said = tokens[verb]
    if said.low not in CUE_FORMS or said.tag not in ("VBD", "VBN", "VBZ", "VBP"):
        return False
    after = tokens[verb + 1] if verb + 1 < len(tokens) else None
    return after is None or after.tag in (".", ",", ";", TIME) or (after.tag == "IN" and after.low != "that")
