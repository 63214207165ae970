"""A small learned model of who says what: paraphrases above all, with their cues and sources."""

from __future__ import annotations

from collections.abc import Sequence

from readout.encoder.decode import Proposal, proposals
from readout.encoder.pairs import pair_head
from readout.encoder.session import scores
from readout.encoder.windows import windows
from readout.records import Attribution, Layout, QuotedSpan

__all__ = ["Proposal", "propose"]


def propose(
    clean: str, layout: Layout, marks: Sequence[QuotedSpan], rules: Sequence[Attribution]
) -> tuple[Proposal, ...]:
    """What the encoder proposes as attributions.

    Args:
        clean: the text after `layout.plain`.
        layout: its layout.
        marks: its quotations.
        rules: the attributions that the rules find; the encoder weighs them with everything else.

    Returns:
        Proposals in reading order, some of which overlap; `attribution.join` settles which hold.
    """
    pair = pair_head()
    return tuple(
        proposal
        for window in windows(clean, layout, marks, rules)
        for proposal in proposals(clean, window, scores(window), pair)
    )
