"""What is said, by which words it is said to be said (the cue), and by whom in the text's own words (the source)."""

from __future__ import annotations

from readout.records import Attribution, Layout, QuotedSpan


def attribute(clean: str, layout: Layout, marks: tuple[QuotedSpan, ...]) -> tuple[Attribution, ...]:
    """Every attribution of the body, in reading order."""
    return ()
