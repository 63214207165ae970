"""What a network reads at once in training, with what it should say of each mention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from readout.encoder.windows import tokenizer
from readout.records import Span
from readout.regard.sentence import Encoded, encode, names
from training.toward.data import Target
from training.toward.model import CLASSES

UNLABELLED = -1
_WORTH = 0.5
"""What a mention that nobody judged himself is worth: another mention of a target, or a name without a label."""
WORD_WORTH = 0.1
"""The same of a word that is no mention at all."""
_INSIDE = "##"
"""What a piece begins with that goes on with a word."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and its mentions."""

    read: Encoded
    labels: tuple[int, ...]
    """The right answer to each mention, or `UNLABELLED`."""
    worth: tuple[float, ...]
    """How much each counts."""
    numbers: tuple[int, ...]
    """The targets that the mentions are, or any other numbers by which to find them again."""


def examples(targets: Sequence[Target], *, further: bool = False) -> list[Example]:
    """Sentences with all their targets, and with other mentions of these where that is asked for."""
    return _encoded(_judged(targets, further=further))


def all_mentions(targets: Sequence[Target]) -> list[Example]:
    """Sentences with all their targets, other mentions of these, and names without a label."""
    return _encoded(_named(targets))


def mentions_in(targets: Sequence[Target]) -> dict[str, list[Span]]:
    """The same sentences, each with the places of all these mentions."""
    return {text: [span for span, *_ in known] for text, known in _named(targets).items()}


def unlabelled(sentences: Iterable[tuple[str, Sequence[Span]]], shortest: int, longest: int) -> list[Example]:
    """The sentences of so many pieces with their mentions, which have no labels."""
    made = []
    for text, spans in sentences:
        reads = list(encode(text, spans))
        if len(reads) == 1 and shortest <= len(reads[0].pieces) <= longest:
            none = (UNLABELLED,) * len(reads[0].mentions)
            made.append(Example(reads[0], none, (1.0,) * len(none), none))
    return made


def with_words(made: Sequence[Example]) -> list[Example]:
    """The same sentences, each with all its words and names beside its mentions; numbered from 0."""
    return _numbered([_worded(example) for example in made])


def _worded(example: Example) -> Example:
    read = example.read
    words: list[list[int]] = []
    for at, piece in enumerate(read.pieces.tolist()):
        told = tokenizer().id_to_token(piece)
        if told.startswith(_INSIDE) and words and words[-1][-1] == at - 1:
            words[-1].append(at)
        elif told.isalpha():
            words.append([at])
    where = np.zeros((len(words), len(read.pieces)), np.float32)
    for row, word in zip(where, words, strict=True):
        row[word] = 1 / len(word)
    none = (UNLABELLED,) * len(words)
    return Example(
        replace(read, where=np.concatenate([read.where, where])),
        (*example.labels, *none),
        (*example.worth, *[WORD_WORTH] * len(words)),
        (*example.numbers, *none),
    )


_Known = tuple[Span, int, float, int]


def _judged(targets: Sequence[Target], *, further: bool) -> dict[str, list[_Known]]:
    sentences: dict[str, list[_Known]] = {}
    for target in targets:
        sentences.setdefault(target.text, []).append((target.span, target.label, 1.0, target.number))
    for target in targets:
        taken = {span for span, *_ in sentences[target.text]}
        for span in target.further if further else ():
            if span not in taken and target.text[slice(*span)].strip():
                sentences[target.text].append((span, target.label, _WORTH, target.number))
    return sentences


def _named(targets: Sequence[Target]) -> dict[str, list[_Known]]:
    sentences = _judged(targets, further=True)
    for text, known in sentences.items():
        for start, end in names(text):
            if not any(a < end and start < b for (a, b), *_ in known):
                known.append(((start, end), UNLABELLED, _WORTH, UNLABELLED))
    return sentences


def _encoded(sentences: dict[str, list[_Known]]) -> list[Example]:
    made = []
    for text, known in sentences.items():
        for read in encode(text, [span for span, *_ in known]):
            rows = [known[at] for at in read.mentions]
            labels, worth, numbers = zip(*(row[1:] for row in rows), strict=True)
            made.append(Example(read, labels, worth, numbers))
    return made


def _numbered(made: Sequence[Example]) -> list[Example]:
    numbered, first = [], 0
    for example in made:
        after = first + len(example.labels)
        numbered.append(Example(example.read, example.labels, example.worth, tuple(range(first, after))))
        first = after
    return numbered


def collate(batch: Sequence[Example]) -> tuple[torch.Tensor, ...]:
    """Sentences of unlike length as one: pieces, which are there, values, where the mentions are, which are there."""
    longest, most = max(len(e.read.pieces) for e in batch), max(len(e.labels) for e in batch)
    pieces, mask, values = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    where = torch.zeros(len(batch), most, longest)
    there = torch.zeros(len(batch), most, dtype=torch.bool)
    for row, e in enumerate(batch):
        n = len(e.read.pieces)
        pieces[row, :n] = torch.from_numpy(e.read.pieces)
        mask[row, :n] = 1
        values[row, :n] = torch.from_numpy(e.read.values)
        where[row, : len(e.labels), :n] = torch.from_numpy(e.read.where)
        there[row, : len(e.labels)] = True
    return pieces, mask, values, where, there


def goals(example: Example, smooth: float) -> np.ndarray:
    """What should be said of the mentions, one row each: the labels, `smooth` of it spread over the classes."""
    rows = np.full((len(example.labels), CLASSES), smooth / CLASSES, np.float32)
    for row, label in zip(rows, example.labels, strict=True):
        if label != UNLABELLED:
            row[label] += 1 - smooth
    return rows
