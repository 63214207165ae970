"""A text cut into the windows that the encoder reads: word pieces, and what is known about each beforehand.

A window holds whole paragraphs, as many as fit, and the paragraph before them as context. Besides its piece,
the encoder is told of every place whether it stands in quotation marks, how it is capitalised, and what the
rules take it for; of every pair of places, whether the rules tie them together.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from readout.records import Attribution, Layout, QuotedSpan, Span

LONGEST = 256
"""Pieces of a window, the two at its ends included."""
_CONTEXT = 48
"""Pieces of the paragraph before that are kept, its last ones, where it is longer."""
_START, _END = 101, 102
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Halves of characters, which a Python string may hold and the tokenizer refuses."""

Ints = npt.NDArray[np.int64]

SIZES = (2, 3, 3, 3, 3)
"""How many values each feature of a place has: in marks, capitals, the rules' content, cue and source."""
PAIR_SIZES = (33, 9, 5, 7, 5)
"""How many values each feature of a pair has: distance, sentences and paragraphs between, the rules, the marks."""
_STEPS = np.array([1, 2, 3, 4, 6, 8, 11, 15, 20, 28, 38, 52, 72, 100, 140, 190])


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder reads at once."""

    pieces: Ints
    """The word pieces by their number in the vocabulary."""
    spans: tuple[Span, ...]
    """Where each piece stands in the text; the marks that part paragraphs stand nowhere: (0, 0)."""
    features: Ints
    """One row a piece, one column a feature of `SIZES`."""
    own: int
    """The first piece that is no context."""
    sentences: Ints
    paragraphs: Ints
    quotations: Ints
    """The number of the quotation that a piece stands in, or -1."""
    roles: Ints
    """One row for each of the rules' attributions that begins here: 1 content, 2 cue, 3 source, 0 neither."""
    heads: tuple[int, ...]
    """The first piece of the content of each row of `roles`."""
    rules: tuple[int, ...]
    """The number of the attribution that each row of `roles` is."""


@cache
def tokenizer() -> Tokenizer:
    """The tokenizer of the encoder, from the file beside this one."""
    return Tokenizer.from_str(files("readout.encoder").joinpath("tokenizer.json").read_text("utf-8"))


def windows(
    clean: str, layout: Layout, marks: Sequence[QuotedSpan], rules: Sequence[Attribution]
) -> tuple[Window, ...]:
    """Cut a text into windows.

    Args:
        clean: the text after `layout.plain`.
        layout: its layout.
        marks: its quotations, in order.
        rules: the attributions that the rules find, in order.

    Returns:
        The windows in reading order; every piece of the body is in one of them past its context.
    """
    maker = _Maker(clean, layout, marks, rules)
    return tuple(maker.window(context, own) for context, own in _packed(maker.units()))


def pair_features(window: Window, head: int) -> Ints:
    """What is known of each piece beside the piece that a content begins with: one row a piece, after `PAIR_SIZES`."""
    count = len(window.pieces)
    apart = np.arange(count) - head
    far = np.searchsorted(_STEPS, np.abs(apart), side="right")
    distance = 16 + np.sign(apart) * far
    sentences = np.clip(window.sentences - window.sentences[head], -4, 4) + 4
    paragraphs = np.clip(window.paragraphs - window.paragraphs[head], -2, 2) + 2
    tied = np.zeros(count, np.int64)
    exact = [row for row, at in enumerate(window.heads) if at == head]
    around = [row for row in range(len(window.heads)) if window.roles[row, head] == 1]
    if exact:
        tied = window.roles[exact[0]]
    elif around:
        tied = np.where(window.roles[around[-1]] > 0, window.roles[around[-1]] + 3, 0)
    mine = window.quotations[head]
    if mine < 0:
        quoted = np.where(window.quotations < 0, 0, 1)
    else:
        quoted = np.where(window.quotations == mine, 2, np.where(window.quotations < 0, 3, 4))
    return np.stack([distance, sentences, paragraphs, tied, quoted], axis=1)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph, or a part of one that is too long for a window."""

    pieces: list[int]
    spans: list[Span]
    paragraph: int


class _Maker:
    def __init__(self, clean: str, layout: Layout, marks: Sequence[QuotedSpan], rules: Sequence[Attribution]) -> None:
        self.clean = clean
        self.layout = layout
        self.marks = marks
        self.rules = rules
        self.mark_starts = [mark.start for mark in marks]
        self.sentence_starts = [sentence.start for sentence in layout.sentences]
        self.rule_starts = [rule.content[0][0] for rule in rules]
        self.rule_ends = list(accumulate((rule.content[-1][1] for rule in rules), max))

    def units(self) -> Iterator[_Unit]:
        """The paragraphs as pieces; those too long are cut where a sentence begins, or else where they must."""
        paragraphs = self.layout.paragraphs
        texts = [_SURROGATE.sub("?", self.clean[p.start : p.end]) for p in paragraphs]
        room = LONGEST - 2
        for paragraph, encoded in zip(
            paragraphs, tokenizer().encode_batch(texts, add_special_tokens=False), strict=True
        ):
            pieces, spans = encoded.ids, [(paragraph.start + a, paragraph.start + b) for a, b in encoded.offsets]
            first = 0
            while len(pieces) - first > room:
                last = first + room
                inside = [
                    at
                    for at in range(first + room // 3, last)
                    if self._sentence(spans[at][0]) != self._sentence(spans[at - 1][0])
                ]
                last = inside[-1] if inside else last
                yield _Unit(pieces[first:last], spans[first:last], paragraph.index)
                first = last
            if len(pieces) > first:
                yield _Unit(pieces[first:], spans[first:], paragraph.index)

    def _sentence(self, place: int) -> int:
        return bisect_right(self.sentence_starts, place)

    def window(self, context: _Unit | None, own: Sequence[_Unit]) -> Window:
        """The window of some units, with what is known of each piece."""
        pieces, spans, paragraphs = [_START], [(0, 0)], [own[0].paragraph if context is None else context.paragraph]
        first = 1
        for unit in own if context is None else [context, *own]:
            pieces += [*unit.pieces, _END]
            spans += [*unit.spans, (0, 0)]
            paragraphs += [unit.paragraph] * (len(unit.pieces) + 1)
            if unit is context:
                first = len(pieces)
        features = np.zeros((len(pieces), len(SIZES)), np.int64)
        sentences = np.zeros(len(pieces), np.int64)
        quotations = np.full(len(pieces), -1, np.int64)
        last = 0
        for at, (start, end) in enumerate(spans):
            if start < end:
                last = self._sentence(start)
                word = self.clean[start:end]
                features[at, 1] = (2 if len(word) > 1 and word.isupper() else 1) if word[0].isupper() else 0
                number = bisect_right(self.mark_starts, start) - 1
                if number >= 0 and start < self.marks[number].end:
                    quotations[at] = number
                    features[at, 0] = 1
            sentences[at] = last
        sentences[0] = sentences[1] if len(spans) > 1 else 0
        roles, heads, numbers = self._ruled(spans, features)
        return Window(
            np.array(pieces, np.int64), tuple(spans), features, first, sentences, np.array(paragraphs, np.int64),
            quotations, roles, heads, numbers,
        )  # fmt: skip

    def _ruled(self, spans: Sequence[Span], features: Ints) -> tuple[Ints, tuple[int, ...], tuple[int, ...]]:
        """What the rules take each piece for: as features of the piece, and by attribution."""
        places = [at for at, span in enumerate(spans) if span[0] < span[1]]
        starts = [spans[at][0] for at in places]
        rows: list[Ints] = []
        heads: list[int] = []
        numbers: list[int] = []
        if not places:
            return np.zeros((0, len(spans)), np.int64), (), ()
        begin, stop = spans[places[0]][0], spans[places[-1]][1]
        for number in range(bisect_right(self.rule_ends, begin), bisect_left(self.rule_starts, stop)):
            rule = self.rules[number]
            if rule.content[-1][1] <= begin:
                continue
            row = np.zeros(len(spans), np.int64)
            for value, where in ((3, rule.source), (2, rule.cue), (1, rule.content)):
                for start, end in where:
                    fresh = True
                    for index in range(max(0, bisect_right(starts, start) - 1), len(places)):
                        at = places[index]
                        if spans[at][0] >= end:
                            break
                        if spans[at][1] > start:
                            row[at] = value
                            features[at, 1 + value] = 1 if fresh else 2
                            fresh = False
            head = head_of(self.clean, spans, rule.content)
            if head is not None:
                rows.append(row)
                heads.append(head)
                numbers.append(number)
        return np.array(rows, np.int64).reshape(-1, len(spans)), tuple(heads), tuple(numbers)


def head_of(clean: str, spans: Sequence[Span], content: Sequence[Span]) -> int | None:
    """The first piece with a letter or a digit in a content, where the content's first one is among the pieces."""
    start = next((i for a, b in content for i in range(a, b) if clean[i].isalnum()), None)
    if start is None:
        return None
    return next((at for at, span in enumerate(spans) if span[0] <= start < span[1]), None)


def _packed(units: Iterator[_Unit]) -> Iterator[tuple[_Unit | None, list[_Unit]]]:
    """Units in a row that fit a window, each time with the one before as context, if need be only its end."""
    before: _Unit | None = None
    own: list[_Unit] = []
    context: _Unit | None = None
    used = 0
    for unit in units:
        size = len(unit.pieces) + 1
        if own and used + size > LONGEST:
            yield context, own
            own = []
        if not own:
            room = min(_CONTEXT, LONGEST - 2 - size)
            context = _tail(before, room) if before is not None and room > 1 else None
            used = 1 + (len(context.pieces) + 1 if context is not None else 0)
        own.append(unit)
        used += size
        before = unit
    if own:
        yield context, own


def _tail(unit: _Unit, room: int) -> _Unit:
    return _Unit(unit.pieces[-room:], unit.spans[-room:], unit.paragraph)
