"""A sentence as the network reads it: word pieces without names, and how a word list values each.

Every name becomes one and the same, so that none can decide: whoever is named in a place, the tone is the same. One
reading of a sentence serves all that is mentioned in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from readout.attribution.tokens import usual_tag
from readout.encoder.windows import tokenizer
from readout.records import Span
from readout.spans import apart

LONGEST = 96
"""Pieces that are read at once, the two at the ends included; of a longer sentence, those around the mention."""
START, END = 101, 102
ANYONE = 3044
"""The piece that stands for every name: "smith", an ordinary one."""
VALUES = 8
"""How many values a piece has: not in the list, then from very negative to very positive."""
_STEP = (LONGEST - 2) // 2
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=\s)|[^\W_]+(?:[-&'’](?!s\b)[^\W_]+)*")
_I = frozenset({"i", "i'm", "i’m", "i've", "i’ve", "i'd", "i’d", "i'll", "i’ll"})
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_MONTHS = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
})  # fmt: skip
_NO_NAMES = _I | _DAYS | _MONTHS
_COURTESIES = frozenset({"mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady", "madam"})
_SHORTENED = _COURTESIES | {
    "sen", "rep", "gov", "gen", "dr", "prof", "st", "lt", "col", "sgt", "jr", "sr", "rev", "hon", "pres",
}  # fmt: skip
_PRONOUNS = frozenset({
    "he", "she", "they", "we", "you", "it", "his", "her", "their", "our", "your", "its", "him", "them", "us", "me",
    "my",
})  # fmt: skip
_OPENING = "\"“‘'«.:!?([—–-"
_DENIAL = re.compile(
    r"\b(?:not|never|no|nor|neither|cannot|[^\W\d_]+n['’]t|den(?:y|ies|ied|ying|ials?))\b", re.IGNORECASE
)
_LINKS = (" of ", " of the ")
_LOUD = 0.7
"""A sentence with more capitals among its longer words than this is a headline, where capitals tell nothing."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the network reads at once, and which of the mentions it is for."""

    pieces: Ints
    """Word pieces by their number in the vocabulary."""
    values: Ints
    """How the word list values each, from 0 to `VALUES` - 1."""
    where: Floats
    """One row a mention: how much each piece is it; a row sums to one."""
    spans: tuple[Span, ...]
    """Where each piece stands in the sentence, that of a name being the whole name; the ends stand nowhere: (0, 0)."""
    mentions: tuple[int, ...]
    """The places, among those asked for, of the mentions of the rows of `where`."""


def encode(sentence: str, mentions: Sequence[Span]) -> Iterator[Encoded]:
    """A sentence and what is mentioned in it, as the network reads them.

    What is read for a mention hangs on the sentence and that mention alone, whatever else is asked for.

    Args:
        sentence: the sentence, by itself.
        mentions: spans in it, none of them empty.
    """
    runs = names(sentence)
    encoded = tokenizer().encode(_SURROGATE.sub("?", sentence), add_special_tokens=False)
    words = _values(sentence)
    groups: dict[tuple[Span, ...], list[int]] = {}
    for number, (start, end) in enumerate(mentions):
        own = tuple(o for o in _own(sentence, start, end) if not any(a <= o[0] and o[1] <= b for a, b in runs))
        groups.setdefault(own, []).append(number)
    for own, members in groups.items():
        pieces, values, places = _nameless(encoded.ids, encoded.offsets, apart([*runs, *own]), words)
        windows: dict[int, list[tuple[int, list[int]]]] = {}
        for number in members:
            start, end = mentions[number]
            mine = [at for at, (a, b) in enumerate(places) if a < end and b > start]
            windows.setdefault(_first(mine, len(pieces)), []).append((number, mine))
        for first, inside in windows.items():
            last = first + LONGEST - 2
            count = len(pieces[first:last])
            where = np.zeros((len(inside), count + 2), np.float32)
            for row, (_, mine) in enumerate(inside):
                seen = [at - first + 1 for at in mine if first <= at < last] or [0]
                where[row, seen] = 1 / len(seen)
            yield Encoded(
                np.array([START, *pieces[first:last], END], np.int64),
                np.array([0, *values[first:last], 0], np.int64),
                where,
                ((0, 0), *places[first:last], (0, 0)),
                tuple(number for number, _ in inside),
            )


def without_denials(sentence: str, encoded: Encoded) -> Encoded | None:
    """What is read, without the words that say no ("not", "never", "denied"); None where it has none.

    Args:
        sentence: the sentence.
        encoded: what is read of it.
    """
    kept = np.ones(len(encoded.spans), bool)
    for word in _DENIAL.finditer(sentence):
        for at, (start, end) in enumerate(encoded.spans):
            kept[at] &= start >= word.end() or end <= word.start()
    kept |= encoded.where.any(axis=0)
    if kept.all():
        return None
    places = np.flatnonzero(kept)
    return Encoded(
        encoded.pieces[places],
        encoded.values[places],
        encoded.where[:, places],
        tuple(encoded.spans[at] for at in places),
        encoded.mentions,
    )


def names(sentence: str) -> list[Span]:
    """The names in a sentence, with the titles that belong to them, as far as capitals tell."""
    words = [(word.start(), word.end(), word[0]) for word in _WORD.finditer(sentence)]
    longer = [word[0].isupper() for _, _, word in words if len(word) > 3]
    loud = sum(longer) > _LOUD * len(longer)
    spans: list[Span] = []
    for start, end, word in words:
        low = word.lower()
        if not word[0].isupper() or low in _NO_NAMES:
            continue
        if low not in _COURTESIES and (loud or opens(sentence, start)) and not _is_name(word):
            continue
        if low in _SHORTENED and sentence[end : end + 1] == ".":
            end += 1
        between = sentence[spans[-1][1] : start] if spans else "-"
        if not between.strip() or between in _LINKS:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _is_name(word: str) -> bool:
    tag = usual_tag(word)
    return tag.startswith("NNP") or not (tag or usual_tag(word.lower()))


def opens(sentence: str, at: int) -> bool:
    """Whether a word has its capital for where it stands."""
    before = sentence[max(0, at - 8) : at].rstrip()
    if not before:
        return True
    return before[-1] in _OPENING and before.split()[-1].lower().rstrip(".") not in _SHORTENED


def _own(sentence: str, start: int, end: int) -> list[Span]:
    """The words of a mention that are a name."""
    spans: list[Span] = []
    for word in _WORD.finditer(sentence, start, end):
        if not word[0][0].isupper() or word[0].lower() in _PRONOUNS | _NO_NAMES:
            continue
        if spans and not sentence[spans[-1][1] : word.start()].strip(" ."):
            spans[-1] = (spans[-1][0], word.end())
        else:
            spans.append((word.start(), word.end()))
    return spans


def _nameless(
    ids: Sequence[int], offsets: Sequence[Span], spans: Sequence[Span], words: Sequence[tuple[int, int, int]]
) -> tuple[list[int], list[int], list[Span]]:
    """Pieces, values and places, the pieces of each name made one."""
    pieces: list[int] = []
    values: list[int] = []
    places: list[Span] = []
    at = word = last = 0
    for piece, (start, end) in zip(ids, offsets, strict=True):
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        if at < len(spans) and start >= spans[at][0]:
            if last != at + 1:
                pieces.append(ANYONE)
                values.append(0)
                places.append(spans[at])
            last = at + 1
            continue
        while word < len(words) and words[word][1] <= start:
            word += 1
        known = word < len(words) and start >= words[word][0]
        pieces.append(piece)
        values.append(words[word][2] if known else 0)
        places.append((start, end))
    return pieces, values, places


def _first(mine: Sequence[int], count: int) -> int:
    """The first piece that is read for a mention; those near one another share it, so that time stays linear."""
    room = LONGEST - 2
    if count <= room or not mine:
        return 0
    middle = (mine[0] + mine[-1]) // 2
    return max(0, min((middle - room // 4) // _STEP * _STEP, count - room))


@cache
def _listed() -> dict[str, int]:
    """VADER's words, each with its value from 1 (very negative) to 7 (very positive)."""
    known: dict[str, float] = SentimentIntensityAnalyzer().lexicon
    return {word: round(max(-3.0, min(3.0, value))) + 4 for word, value in known.items()}


def _values(sentence: str) -> list[tuple[int, int, int]]:
    listed = _listed()
    found = ((word.start(), word.end(), listed.get(word[0].lower(), 0)) for word in _WORD.finditer(sentence))
    return [(start, end, value) for start, end, value in found if value]
