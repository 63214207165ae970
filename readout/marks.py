"""Quotation marks of every style, paired paragraph by paragraph."""

from __future__ import annotations

from readout.records import Layout, QuotedSpan


def quotations(clean: str, layout: Layout) -> tuple[QuotedSpan, ...]:
    """The outermost stretches between quotation marks, in order."""
    return ()
