"""The list of quotes: cards or a table, searched in the browser as one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from readout.citations import as_citation, as_markdown, as_text
from readout.newsroom.rules import Right
from readout.quoted import Context, contexts, doubtful, said, spaced, tones, word_count, wording
from readout.records import Article, Quote, Reading, Span
from readout.web import access
from readout.web.labels import sendable
from readout.web.lists import list_component
from readout.web.state import View


def show(
    view: View,
    quotes: Sequence[Quote],
    *,
    layout: str,
    query: str,
    at: int | None,
    on_query: Callable[[], None],
    on_clear: Callable[[], None],
    key: str = "quotes",
) -> tuple[int | None, object]:
    """Draw the list.

    Args:
        view: what the reader looks at.
        quotes: the quotes that pass the sidebar's filter, in the order to show.
        layout: "Cards" or "Table".
        query: what the search box holds at first.
        at: where the quote to open at begins, in characters of the text.
        on_query: called when the reader has typed; the query is `st.session_state[key].query`.
        on_clear: called when the reader asks for the sidebar's filter to be dropped.
        key: unique on the page.

    Returns:
        Where in the text the reader wants to go, if anywhere, and what they want to put right, as
        `correcting.asked` takes it, if anything.
    """
    cards = _cards(view.stamp, view.article, view.reading)
    data = {
        "id": " ".join((view.key, *view.stamp)),
        "total": len(view.reading.quotes),
        "layout": layout,
        "query": query,
        "at": at,
        "voices": {
            speaker.name: [view.palette[speaker.name].initials, speaker.role] for speaker in view.reading.speakers
        },
        "colours": {name: [colour.light, colour.dark, colour.weave] for name, colour in view.palette.items()},
        "quotes": [cards[quote] for quote in quotes],
        "correct": access.may(Right.CORRECT),
    }
    result = _component()(
        key=key,
        data=data,
        on_query_change=on_query,
        on_clear_change=on_clear,
        on_open_change=lambda: None,
        on_correct_change=lambda: None,
    )
    return (result.open if isinstance(result.open, int) else None), result.correct


@st.cache_resource(show_spinner=False)
def _component() -> Any:  # noqa: ANN401
    return list_component("quotes", Path(__file__).parent)


@st.cache_resource(show_spinner=False, max_entries=8)
def _cards(stamp: tuple[str, ...], _article: Article, _reading: Reading) -> dict[Quote, dict[str, Any]]:
    """What the browser needs of each quote, made once until the article or a correction of it changes."""
    article, reading = _article, _reading
    roles = {speaker.name: speaker.role for speaker in reading.speakers}
    quotes = reading.quotes
    return {
        quote: {
            "start": quote.start,
            "words": sendable(said(article.text, quote)),
            "length": word_count(article.text, quote),
            "speaker": sendable(quote.speaker),
            "kind": quote.kind,
            "paragraph": quote.paragraph + 1,
            "source": sendable(" … ".join(wording(article.text, span) for span in quote.source)),
            "cue": sendable(" … ".join(wording(article.text, span) for span in quote.cue)),
            "reason": sendable(quote.reason),
            "evidence": sendable(quote.evidence),
            "via": sendable(quote.via),
            "by": sendable(quote.by),
            "doubtful": doubtful(quote),
            "held": f"such are right in {quote.confidence:.0%} of cases" if quote.held else "",
            "tone": [round(tone.polarity, 2), tone.scored] if tone else None,
            "around": _around(article.text, quote, context),
            "copies": [
                sendable(copy(article, quote, roles.get(quote.speaker, "")))
                for copy in (as_text, as_markdown, as_citation)
            ],
        }
        for quote, tone, context in zip(quotes, tones(reading, quotes), contexts(reading.layout, quotes), strict=True)
    }


def _around(text: str, quote: Quote, context: Context) -> list[list[str | bool]]:
    """The sentences around a quote in pieces, each with whether the quote says it."""
    start, end = context.own
    pieces: list[tuple[Span, bool]] = []
    for content in quote.content:
        pieces += [((start, content[0]), False), (content, True)]
        start = content[1]
    pieces.append(((start, end), False))
    if context.before:
        pieces.insert(0, ((context.before[0], context.own[0]), False))
    if context.after:
        pieces.append(((end, context.after[1]), False))
    return [[sendable(words), own] for span, own in pieces if (words := spaced(text, span))]
