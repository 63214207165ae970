"""Quotes as tables: one a row, and how many words each speaker has by kind."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from readout.quoted import contexts, said, tones, word_count, wording
from readout.records import Article, Quote, Reading
from readout.wording import origin

COLUMNS = (
    "Quote", "Speaker", "Role", "Kind", "Paragraph", "Source", "Cue", "Why this speaker", "Confidence", "Held back",
    "Found by", "Said so by", "Via", "Words", "Polarity", "Subjectivity", "Scored words", "Sentence", "Start", "End",
)  # fmt: skip
KINDS = ("direct", "mixed", "indirect")


def quotes_table(article: Article, reading: Reading, quotes: Sequence[Quote]) -> pd.DataFrame:
    """The quotes, one a row, in the order given.

    Paragraphs are numbered from 1, as the page shows them. Polarity and subjectivity are means over the scored
    words, and missing where there are none. Start and end are offsets in code points of the article's text. What is
    held back is a paraphrase too doubtful to be shown unasked.
    """
    text = article.text
    roles = {speaker.name: speaker.role for speaker in (*reading.speakers, *reading.hidden)}
    rows = [
        (
            said(text, quote),
            quote.speaker,
            roles.get(quote.speaker, ""),
            quote.kind,
            quote.paragraph + 1,
            " … ".join(wording(text, span) for span in quote.source),
            " … ".join(wording(text, span) for span in quote.cue),
            quote.reason,
            round(quote.confidence, 2),
            "yes" if quote.held else "no",
            quote.evidence,
            origin(quote.by),
            quote.via,
            word_count(text, quote),
            round(tone.polarity, 3) if tone else None,
            round(tone.subjectivity, 3) if tone else None,
            tone.scored if tone else 0,
            wording(text, context.own),
            quote.start,
            quote.end,
        )
        for quote, tone, context in zip(quotes, tones(reading, quotes), contexts(reading.layout, quotes), strict=True)
    ]
    table = pd.DataFrame([tuple(map(_sendable, row)) for row in rows], columns=list(COLUMNS))
    return table.astype({"Polarity": float, "Subjectivity": float})


def words_by_kind(table: pd.DataFrame) -> pd.DataFrame:
    """How many words each speaker has in each kind of quote, the most quoted speaker first.

    Args:
        table: what `quotes_table` gives.

    Returns:
        Columns Speaker, Kind, Words, Quotes and First (where the first of these quotes starts, in code points).
    """
    order = table.groupby("Speaker", sort=False)["Words"].sum().sort_values(ascending=False, kind="stable").index
    groups = (
        table.groupby(["Speaker", "Kind"], sort=False)
        .agg(Words=("Words", "sum"), Quotes=("Words", "size"), First=("Start", "min"))
        .reset_index()
    )
    rank = {name: place for place, name in enumerate(order)}
    kind = {name: place for place, name in enumerate(KINDS)}
    return groups.sort_values(
        ["Speaker", "Kind"], key=lambda column: column.map(rank if column.name == "Speaker" else kind)
    ).reset_index(drop=True)


def _sendable(cell: object) -> object:
    """A cell whose text a table can hold, and a browser be sent: lone surrogates are replaced."""
    return cell.encode("utf-8", "replace").decode("utf-8") if isinstance(cell, str) else cell
