"""Tone by TextBlob's lexicon: by sentence, paragraph and voice, with the words behind each score."""

from __future__ import annotations

from readout.records import Layout, ParagraphTone, Quote, ToneSpan


def weigh(
    clean: str, layout: Layout, quotes: tuple[Quote, ...]
) -> tuple[tuple[ParagraphTone, ...], tuple[ToneSpan, ...]]:
    """The tone of each paragraph, and of each stretch of one voice within a sentence."""
    return (), ()
