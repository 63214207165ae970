"""Words with Penn part-of-speech tags, light enough for a page of news in a few milliseconds.

The tag of a word is its most frequent one (the lexicon that TextBlob ships), corrected by its ending and its
neighbours. A stretch of quoted words that stands for itself is one token, tagged `QUOTE`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from readout.attribution.lexicon import CUE_FORMS, group
from readout.lists import words
from readout.records import QuotedSpan, Span

QUOTE = "QUOTE"
TIME = "TIME"

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:-[^\W\d_]+)+|\$?\d+(?:[.,:]\d+)*%?(?:st|nd|rd|th|s)?\b|[^\W_]+(?:[-’'][^\W_]+)*|\.\.\.|--+|[^\w\s]|_+"
)
_CLITIC = re.compile(r"(?:n[’']t|[’'](?:s|re|ve|ll|d|m|S))$")
_MARKS = frozenset(["“", "”", '"', "„", "‟", "«", "»", "‘", "’", "'", "`", "＂", "「", "」", "『", "』", "‚", "‹", "›"])
_PUNCTUATION = {
    ",": ",", ";": ";", ":": ":", ".": ".", "!": ".", "?": ".", "…": ".", "...": ".", "—": "-", "–": "-",
    "―": "-", "--": "-", "-": "-", "(": "(", ")": ")", "[": "(", "]": ")", "/": "/", "&": "CC",
}  # fmt: skip
_CLITIC_TAG = {"re": "VBP", "ve": "VBP", "ll": "MD", "d": "MD", "m": "VBP"}
_CLOSED = frozenset(["DT", "IN", "PRP", "PRP$", "CC", "TO", "MD", "WP", "WDT", "WRB", "WP$", "EX", "RB"])
_NOUN_BEFORE_VERB = frozenset(["NN", "NNS", "NNP", "NNPS", "PRP", "WP", "WDT", ")", QUOTE])
_NOMINAL = frozenset(["DT", "JJ", "PRP$", "POS", "CD", "JJR", "JJS"])
BE = group("be")
HAVE = group("have")
DO = group("do")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a punctuation mark or a whole quotation, with its part of speech."""

    start: int
    end: int
    low: str
    tag: str
    quoted: int = -1
    """Which of the text's quotations it is, for a token tagged `QUOTE`."""

    @property
    def noun(self) -> bool:
        """Whether it can be a noun phrase's head."""
        return self.tag.startswith("NN")


@cache
def _tags() -> dict[str, str]:
    """The most frequent tag of each word."""
    lines = (files("textblob.en") / "en-lexicon.txt").read_text("utf-8").splitlines()
    return {pair[0]: pair[1] for line in lines if len(pair := line.split()) == 2}


def usual_tag(word: str) -> str:
    """The part of speech that a word most often is, as it is written; empty for a word that is not listed."""
    return _tags().get(word, "")


def tokenize(clean: str, span: Span, marks: Sequence[tuple[int, QuotedSpan]]) -> list[Token]:
    """The tagged words of one stretch of text.

    Args:
        clean: the text after `layout.plain`.
        span: the stretch.
        marks: the quotations in it that are one token each, with their numbers, in order.

    Returns:
        The tokens in order. Quotation marks that are no token's own are left out.
    """
    raw: list[tuple[int, int, str, int]] = []
    at = span[0]
    for number, mark in marks:
        raw += _split(clean, at, mark.start)
        raw.append((mark.start, mark.end, "", number))
        at = mark.end
    raw += _split(clean, at, span[1])
    return _tag(clean, raw)


def _split(clean: str, start: int, end: int) -> list[tuple[int, int, str, int]]:
    found: list[tuple[int, int, str, int]] = []
    for match in _WORD.finditer(clean, start, end):
        word = match[0]
        if word in _MARKS:
            continue
        a, b = match.span()
        if word == "." and found and found[-1][1] == a and _is_abbreviation(found[-1][2]):
            found[-1] = (found[-1][0], b, found[-1][2], -1)
            continue
        clitic = _CLITIC.search(word)
        if clitic and clitic.start():
            found.append((a, a + clitic.start(), word[: clitic.start()], -1))
            found.append((a + clitic.start(), b, clitic[0], -1))
        else:
            found.append((a, b, word, -1))
            if word.endswith(("s", "S")) and clean[b : b + 1] in ("'", "’") and not clean[b + 1 : b + 2].isalnum():
                found.append((b, b + 1, "'", -1))
    return found


def _is_abbreviation(word: str) -> bool:
    last = word.rsplit("-", 1)[-1]
    return last[:1].isupper() and (last.lower() in words("abbreviations") or len(last) == 1)


def _tag(clean: str, raw: list[tuple[int, int, str, int]]) -> list[Token]:
    tokens: list[Token] = []
    first = True
    headline = _is_headline(raw)
    for i, (start, end, word, number) in enumerate(raw):
        if number >= 0:
            tokens.append(Token(start, end, "", QUOTE, number))
            first = True
            continue
        following = raw[i + 1][2] if i + 1 < len(raw) else ""
        if headline and word.lower() in CUE_FORMS and CUE_FORMS[word.lower()].form == "VBZ":
            word = word.lower()
        tag = _context(word, _lone_tag(word, first), tokens, following, first)
        tokens.append(Token(start, end, word.lower(), tag))
        first = tag == "." or (first and tag in ("(", "-"))
    return tokens


def _is_headline(raw: list[tuple[int, int, str, int]]) -> bool:
    """Whether nearly every word begins with a capital, so that a capital names nothing."""
    long = [word for _, _, word, number in raw if number < 0 and len(word) > 3 and word[0].isalpha()]
    return len(long) > 3 and sum(word[0].isupper() for word in long) > 0.8 * len(long)


def _lone_tag(word: str, first: bool) -> str:
    """A word's tag before its neighbours are asked."""
    if word in _PUNCTUATION:
        return _PUNCTUATION[word]
    low = word.lower()
    if low in group("time"):
        return TIME
    if _CLITIC.fullmatch(word) or word == "'":
        return _CLITIC_TAG.get(low[1:], "RB" if low.startswith("n") else "POS")
    if word[0].isdigit() or word[0] == "$":
        return "JJ" if "-" in word else "CD"
    tags = _tags()
    if len(word) > 1 and word.isupper() and not first:
        return "NNP"
    if word[0].isupper():
        own = tags.get(low)
        if own in _CLOSED and (first or not tags.get(word, "").startswith("NNP")):
            return own
        if not first or own is None or tags.get(word, "").startswith("NNP"):
            return "NNP"
        return own
    known = tags.get(word)
    if known is not None:
        if known.startswith("VB") or known in ("NN", "JJ"):
            return _by_form(low, known)
        return known
    return _by_form(low, "")


def _by_form(low: str, known: str) -> str:
    if low in CUE_FORMS:
        form = CUE_FORMS[low].form
        if known in ("NN", "JJ") and form == "VB":
            return known
        return form
    if known and not (known == "VB" and low.endswith(("ed", "ing"))):
        return known
    if low.endswith("ing"):
        return "VBG"
    if low.endswith("ed"):
        return "VBD"
    if low.endswith("ly"):
        return "RB"
    if low.endswith("s") and not low.endswith("ss"):
        return "NNS"
    return "NN"


def _context(word: str, tag: str, before: list[Token], following: str, first: bool) -> str:
    """A word's tag as its neighbours have it."""
    low = word.lower()
    last = before[-1] if before else None
    if low in ("'s", "’s") and last is not None:
        named = last.tag in ("NNP", "NN", "NNS", "NNPS", TIME)
        return "POS" if named and following not in ("a", "an", "the", "not", "been", "also") else "VBZ"
    if last is None or (tag == "NNP" and not first):
        return tag
    if low == "that":
        return "IN" if last.tag.startswith(("VB", "NN", "JJ", "RB")) or last.tag in (",", "PRP", TIME) else "DT"
    if last.low in group("nominative third") and tag in ("NNS", "NN"):
        return "VBZ" if tag == "NNS" else "VBP"
    verbal = low in CUE_FORMS
    if last.tag in ("MD", "TO") or last.low in DO or (last.low in ("not", "n't", "n’t") and len(before) > 1):
        helped = last.tag in ("MD", "TO") or last.low in DO or before[-2].tag == "MD" or before[-2].low in DO
        if helped and (tag in ("VBP", "VB") or (verbal and CUE_FORMS[low].form == "VB")):
            return "VB"
    if tag in ("VBD", "VBN"):
        helper = next((t for t in reversed(before[-4:]) if t.tag != "RB"), None)
        if helper is not None and (helper.low in HAVE or helper.low in BE):
            return "VBN"
        if last.tag in _NOMINAL and following != "that":
            return "VBN"
        return "VBD" if low not in group("participles") else "VBN"
    if verbal and tag in ("NN", "NNS", "JJ", "VBZ", "VB", "VBP"):
        if last.tag in _NOMINAL or last.tag == "IN":
            return {"VBZ": "NNS", "VB": "NN", "VBP": "NN"}.get(tag, tag)
        subject = last.tag in _NOUN_BEFORE_VERB or (last.tag == "RB" and len(before) > 1)
        if subject and CUE_FORMS[low].form == "VBZ" and last.tag != "NNS" and following not in ("of", "about", "and"):
            return "VBZ"
        plural = last.tag in ("NNS", "NNPS", "WP", "WDT", "RB") or last.low in ("they", "we", "i", "you", "who")
        if CUE_FORMS[low].form == "VB" and plural and following not in ("of",):
            return "VBP"
        if tag.startswith("VB") and last.tag == "NN":
            return "NN" if tag != "VBZ" else tag
    return tag
