"""Gold attributions as what the encoder is to learn, window by window."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np

from readout.attribution import attribute
from readout.encoder.windows import Ints, Window, head_of, windows
from readout.layout import lay_out, plain
from readout.marks import quotations
from readout.records import Attribution, Span

KEPT_APART = 80
"""Training articles that are never trained on, to measure on beside dev."""
CONTENT, CUE, SOURCE = 1, 2, 3
_AGREE = 0.5


@dataclass(frozen=True)
class Example:
    """A window and what is right about it."""

    window: Window
    head: Ints
    """1 where a content begins."""
    tags: Ints
    """One row a piece: in a content or not; O, B, I of cues; O, B, I of sources."""
    heads: tuple[int, ...]
    """The places that a content begins with, and those where the rules say so."""
    roles: Ints
    """One row for each of `heads`: what each piece is to it."""


def gold_module(shared: Path) -> ModuleType:
    """The module that reads the gold data, from the folder of scores."""
    sys.path.insert(0, str(shared / "score"))
    import gold

    return gold


def split(names: list[str], seed: int = 7) -> tuple[list[str], list[str]]:
    """Training articles, and those kept apart, by name."""
    apart = set(random.Random(seed).sample(sorted(names), KEPT_APART))  # noqa: S311
    return [n for n in names if n not in apart], [n for n in names if n in apart]


def examples(text: str, gold: list) -> list[Example]:
    """The windows of one article with the right answers."""
    clean, layout = plain(text), lay_out(text)
    marks = quotations(clean, layout)
    rules = attribute(clean, layout, marks)
    return [_example(clean, window, gold, rules) for window in windows(clean, layout, marks, rules)]


def _places(spans: tuple[Span, ...], where: tuple[Span, ...]) -> list[list[int]]:
    return [[i for i, (a, b) in enumerate(spans) if a < b and a < end and b > start] for start, end in where]


def _example(clean: str, window: Window, gold: list, rules: tuple[Attribution, ...]) -> Example:
    count = len(window.pieces)
    head = np.zeros(count, np.int64)
    tags = np.zeros((count, 3), np.int64)
    heads: list[int] = []
    rows: list[Ints] = []
    all_rows: list[Ints] = []
    for attribution in gold:
        row = np.zeros(count, np.int64)
        for role, where in ((SOURCE, attribution.source), (CUE, attribution.cue), (CONTENT, attribution.content)):
            for run in _places(window.spans, where):
                row[run] = role
                if role == CONTENT:
                    tags[run, 0] = 1
                elif run:
                    tags[run, role - 1] = 2
                    tags[run[0], role - 1] = 1
        if not (row == CONTENT).any():
            continue
        all_rows.append(row)
        at = head_of(clean, window.spans, attribution.content)
        if at is not None:
            head[at] = 1
            heads.append(at)
            rows.append(row)
    for at, ruled in zip(window.heads, window.roles, strict=True):
        if at in heads:
            continue
        mine = ruled == CONTENT
        best, overlap = None, 0.0
        for row in all_rows:
            theirs = row == CONTENT
            share = (mine & theirs).sum() / (mine | theirs).sum()
            if share > overlap:
                best, overlap = row, share
        heads.append(at)
        rows.append(best if best is not None and overlap >= _AGREE else np.zeros(count, np.int64))
    return Example(window, head, tags, tuple(heads), np.array(rows, np.int64).reshape(-1, count))
