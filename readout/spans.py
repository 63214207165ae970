"""Spans among themselves."""

from __future__ import annotations

from collections.abc import Iterable

from readout.records import Span


def apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that share a character made one, so that none overlap."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept
