"""What a network reads at once in training, with what it should say of each mention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import torch

from readout.records import Span
from readout.regard.sentence import Encoded, encode, names
from training.toward.data import Target
from training.toward.model import CLASSES

UNLABELLED = -1
_WORTH = 0.5
"""What a mention that nobody judged himself is worth: another mention of a target, or a name without a label."""


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
    """Sentences with all their targets, other mentions of these, and names without a label; numbered from 0."""
    sentences = _judged(targets, further=True)
    for text, known in sentences.items():
        for start, end in names(text):
            if not any(a < end and start < b for (a, b), *_ in known):
                known.append(((start, end), UNLABELLED, _WORTH, UNLABELLED))
    return _numbered(_encoded(sentences))


def unlabelled(
    sentences: Iterable[tuple[str, Sequence[Span]]], most: int, shortest: int, longest: int
) -> list[Example]:
    """The first sentences of so many pieces with their mentions, which have no labels; numbered from 0."""
    reads = (list(encode(text, spans)) for text, spans in sentences)
    fitting = (read[0] for read in reads if len(read) == 1 and shortest <= len(read[0].pieces) <= longest)
    made = []
    for read in islice(fitting, most):
        none = (UNLABELLED,) * len(read.mentions)
        made.append(Example(read, none, (1.0,) * len(none), none))
    return _numbered(made)


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
    """Sentences of unlike length as one: pieces, which are there, values, where the mentions are, and in which."""
    longest = max(len(e.read.pieces) for e in batch)
    pieces, mask, values = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    rows = torch.tensor([row for row, e in enumerate(batch) for _ in e.labels])
    where = torch.zeros(len(rows), longest)
    at = 0
    for row, e in enumerate(batch):
        n = len(e.read.pieces)
        pieces[row, :n] = torch.from_numpy(e.read.pieces)
        mask[row, :n] = 1
        values[row, :n] = torch.from_numpy(e.read.values)
        where[at : at + len(e.labels), :n] = torch.from_numpy(e.read.where)
        at += len(e.labels)
    return pieces, mask, values, where, rows


def goals(example: Example, smooth: float) -> np.ndarray:
    """What should be said of the mentions, one row each: the labels, `smooth` of it spread over the classes."""
    rows = np.full((len(example.labels), CLASSES), smooth / CLASSES, np.float32)
    for row, label in zip(rows, example.labels, strict=True):
        if label != UNLABELLED:
            row[label] += 1 - smooth
    return rows
