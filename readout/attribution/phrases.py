"""Noun phrases, verb groups and subjects, found from tags by walking left or right from a verb.

A range is `(first, last + 1)`, in tokens.
"""

from __future__ import annotations

from collections.abc import Sequence

from readout.attribution.lexicon import group
from readout.attribution.tokens import BE, DO, HAVE, QUOTE, TIME, Token

Range = tuple[int, int]

_INNER = frozenset(["NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "CD", "POS", "VBN", "VBG"])
_HEADS = frozenset(["NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "EX"])
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_QUANTITY = group("quantity")
_LONGEST_ASIDE = 45


def left_phrase(tokens: Sequence[Token], last: int, first: int = 0) -> Range | None:
    """The noun phrase that ends with the token `last`."""
    head = tokens[last]
    if head.tag == "PRP":
        return (last, last + 1)
    if not (head.noun or head.tag in ("CD", "POS") or head.low in _QUANTITY or head.tag == "DT" or head.tag == "JJ"):
        return None
    at = last
    while step := _left_step(tokens, at, first):
        at -= step
    while at < last and tokens[at].tag in ("POS", "CC", "IN", "VBN", "VBG") and not tokens[at].noun:
        at += 1
    if at > first and tokens[at - 1].tag in ("IN", "TO"):
        at = _name_start(tokens, at, last)
    return (at, last + 1)


def _left_step(tokens: Sequence[Token], at: int, first: int) -> int:
    """How many tokens before `at` belong to the same noun phrase as it does and come next; 0 at its start."""
    if at == first:
        return 0
    token, before = tokens[at], tokens[at - 1]
    beyond = tokens[at - 2] if at - 2 >= first else None
    if beyond is not None:
        if before.tag == "IN" and before.low in group("links") and _links(beyond):
            return 2
        if before.tag == "CC" and before.low in ("and", "or", "&") and beyond.noun:
            return 2
    if token.tag in ("DT", "PRP$") or token.low in _QUANTITY:
        return int(before.low in ("all", "both", "half"))
    if before.tag == "VBG":
        return int(beyond is None or beyond.tag in ("DT", "JJ", "PRP$"))
    if before.tag == "RB":
        return int(before.low.endswith("ly") and token.tag == "JJ")
    return int(before.tag in _INNER or before.tag in ("DT", "PRP$") or before.low in _QUANTITY)


def _links(token: Token) -> bool:
    return token.noun or token.low in _QUANTITY or token.tag == "CD"


def _name_start(tokens: Sequence[Token], at: int, last: int) -> int:
    """Where a name begins that follows another phrase without a comma ("In a statement Trump said")."""
    for i in range(last, at, -1):
        if tokens[i].tag == "NNP" and tokens[i - 1].tag in ("NN", "NNS", TIME):
            return i
    return at


def right_phrase(tokens: Sequence[Token], start: int) -> Range | None:
    """The noun phrase that begins with the token `start`."""
    end = start
    head = False
    while end < len(tokens):
        token = tokens[end]
        if token.tag == "PRP":
            if head or end > start:
                break
            return (end, end + 1)
        if token.tag in _INNER or (token.tag in ("DT", "PRP$") and not head) or token.low in _QUANTITY:
            if token.tag in ("VBN", "VBG") and head:
                break
            head = head or token.noun or token.low in _QUANTITY or token.tag == "CD"
            end += 1
        elif head and token.low in ("of", "for", "from", "at") and end + 1 < len(tokens) and _begins(tokens[end + 1]):
            end += 1
            while end < len(tokens) and tokens[end].tag in ("DT", "PRP$"):
                end += 1
        elif head and token.tag == "CC" and end + 1 < len(tokens) and _names(tokens[end - 1], tokens[end + 1]):
            end += 1
        else:
            break
    return (start, end) if head else None


def _begins(token: Token) -> bool:
    return token.noun or token.tag in ("DT", "JJ", "PRP$", "CD")


def _names(left: Token, right: Token) -> bool:
    return left.tag == "NNP" and right.tag in ("NNP", "DT")


def group_start(tokens: Sequence[Token], verb: int, first: int = 0) -> int:
    """Where a verb group begins: its adverbs, auxiliaries and the verbs that it hangs on ("declined to say")."""
    at = verb
    while at > first:
        before = tokens[at - 1]
        chained = before.tag == "TO" or (before.tag in ("VBD", "VBZ", "VBP", "VBN", "VBG") and tokens[at].tag == "TO")
        helps = before.low in BE or before.low in HAVE or before.low in DO or before.tag == "MD"
        particle = before.low in ("up", "out", "on", "back") and tokens[at].tag == "TO" and at - 2 >= first
        if particle and tokens[at - 2].tag in ("VBD", "VBZ", "VBP", "VBN"):
            at -= 2
            continue
        adverb = before.tag == "RB" or before.low in group("adverbs")
        if not (adverb or chained or (helps and before.tag != "POS")):
            break
        at -= 1
    while at < verb and tokens[at].tag == "TO":
        at += 1
    return at


def subject_before(tokens: Sequence[Token], start: int, first: int = 0) -> Range | None:
    """The subject of the verb group that begins at `start`, looking left past asides."""
    at = start - 1
    if at < first:
        return None
    token = tokens[at]
    if token.low in group("periods") and at - 1 > first and tokens[at - 1].low in group("period words"):
        at -= 2
        token = tokens[at]
    if token.tag == TIME and at > first:
        at = _skip_time(tokens, at, first)
        if at < first:
            return None
        token = tokens[at]
    if token.low == "who" or (token.tag == "WDT" and token.low != "that"):
        return _antecedent(tokens, at, first)
    if token.low == "that" and at > first and tokens[at - 1].noun:
        return left_phrase(tokens, at - 1, first)
    if token.tag in (",", ")", "-"):
        return _over_aside(tokens, at, first)
    if token.tag in _HEADS or token.low in _QUANTITY or token.tag == "POS":
        return left_phrase(tokens, at, first)
    if token.tag == "JJ":
        return left_phrase(tokens, at, first)
    return None


def _skip_time(tokens: Sequence[Token], at: int, first: int) -> int:
    """Past "on Monday" and the like, which may stand between subject and verb."""
    while at >= first and (tokens[at].tag == TIME or tokens[at].low in ("on", "late", "early", "in")):
        at -= 1
    return at


def _antecedent(tokens: Sequence[Token], pronoun: int, first: int) -> Range | None:
    at = pronoun - 1
    if at >= first and tokens[at].tag in (",", "-"):
        at -= 1
    if at >= first and tokens[at].tag in (",", ")"):
        return _over_aside(tokens, at, first)
    return left_phrase(tokens, at, first) if at >= first else None


def _over_aside(tokens: Sequence[Token], close: int, first: int) -> Range | None:
    """The phrase before an aside that ends at `close` ("X, the minister of Y, said")."""
    mark = tokens[close].tag
    opener = "(" if mark == ")" else mark
    best: Range | None = None
    for at in range(close - 1, max(first, close - _LONGEST_ASIDE), -1):
        token = tokens[at]
        if token.tag == QUOTE or (mark != ")" and token.tag in (".", ";", ":")):
            break
        if token.tag != opener:
            continue
        phrase = left_phrase(tokens, at - 1, first) if at > first else None
        if phrase is None or not (tokens[phrase[1] - 1].noun or tokens[phrase[0]].tag in ("PRP", "POS")):
            if best is not None:
                break
            continue
        before = tokens[phrase[0] - 1] if phrase[0] > first else None
        if before is not None and before.tag in ("IN", "TO") and before.low != "that":
            if best is not None:
                break
            continue
        if mark == "," and not _is_aside(tokens, at + 1, close):
            if best is not None or tokens[at + 1].tag == "CC":
                break
            continue
        named = any(t.tag == "NNP" for t in tokens[phrase[0] : phrase[1]])
        if best is None or named or before is None:
            best = phrase
        if before is None or before.tag != ",":
            break
    return best


def _is_aside(tokens: Sequence[Token], start: int, close: int) -> bool:
    """Whether what stands between two commas belongs to the noun before them."""
    head = tokens[start]
    if head.low in group("aside"):
        return True
    participle = head.tag in ("VBD", "VBN")
    return head.tag != "CC" and not any(t.tag in _FINITE for t in tokens[start + participle : close])


def clause_subject(tokens: Sequence[Token], before: int, first: int = 0) -> Range | None:
    """The subject of the first finite verb between two places: whom a later ", adding that" belongs to."""
    for at in range(first, before):
        token = tokens[at]
        finite = token.tag in _FINITE or token.low in BE
        if finite and at > first and token.tag != "POS":
            start = group_start(tokens, at, first)
            found = subject_before(tokens, start, first)
            if found is not None and tokens[found[0]].low not in ("it", "there", "that", "this"):
                return found
    return None


def has_finite(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a stretch holds a verb that makes it a clause."""
    return any(t.tag in _FINITE or (t.low in BE and t.tag != "POS") for t in tokens[start:end])
