"""The list of the library: a search box, and a page of articles as cards or as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from readout.library import Entry, Found
from readout.library.words import level, whole
from readout.records import Span
from readout.utf16 import to_utf16
from readout.web import linked
from readout.web.lists import list_component
from readout.wording import day

PAGE = 50
"""Articles on one page of the list: a screenful or five, and as much as a search finds in a twentieth of a second."""
_EVENTS = ("query", "within", "turn", "drop", "unfilter", "speaker", "remove", "open", "star", "set")


@dataclass(frozen=True, slots=True)
class Listing:
    """What the list shows."""

    found: Found
    everything: int
    """How many articles the library has."""
    query: str
    page: int
    """Which page of the list this is, from 0."""
    layout: str
    """"Cards" or "Table"."""
    filters: Mapping[str, str]
    """What narrows the list beside the query: in words, by the key of its widget."""
    writable: bool
    removable: bool
    """Whether whoever reads may remove, too."""
    within: str = "everywhere"


def show(listing: Listing, *, typed: int, on: Mapping[str, Callable[[], None]], key: str) -> Any:  # noqa: ANN401
    """Draw the list.

    Args:
        listing: what it shows.
        typed: the number that came with the query which this answers (`st.session_state[key].query["turn"]`).
        on: what to call for an event: "query" (the reader has typed: words and a number), "within" ("everywhere" or
            "quotes"), "turn" (another page of the
            list), "drop" (one filter) and "unfilter" (all of them), "speaker" (only those that a speaker is quoted in).
        key: unique on the page.

    Returns:
        The component's result: `open` is the id of the article to open, `remove` a list of ids to remove, `set` one of
        ids whose publisher or day is to be set, `star` an article's `id` and whether it is to be `on`.
    """
    data = {
        "everything": listing.everything,
        "total": listing.found.total,
        "query": whole(listing.query),
        "turn": typed,
        "within": listing.within,
        "page": listing.page,
        "size": PAGE,
        "layout": listing.layout,
        "filters": [[name, whole(words)] for name, words in listing.filters.items()],
        "writable": listing.writable,
        "removable": listing.removable,
        "near": _near(listing.found),
        "entries": [_entry(entry) for entry in listing.found.entries],
    }
    return _component()(key=key, data=data, **{f"on_{name}_change": on.get(name, _nothing) for name in _EVENTS})


def _nothing() -> None:
    """An event that the page takes from the result."""


@st.cache_resource(show_spinner=False)
def _component() -> Any:  # noqa: ANN401
    return list_component("library", Path(__file__).parent)


def _entry(entry: Entry) -> dict[str, Any]:
    """What the browser needs of an article; its marks count UTF-16 units there."""
    return {
        "id": entry.id,
        "title": whole(entry.title),
        "marks": _units(entry.title, entry.title_marks),
        "called": linked.handled(entry.id, whole(entry.title)),
        "publisher": whole(entry.publisher),
        "published": day(entry.published) if entry.published else "",
        "added": day(entry.added.date()),
        "words": entry.words,
        "quotes": entry.quotes,
        "speakers": [whole(name) for name in entry.speakers],
        "snippet": whole(entry.snippet.text),
        "found": _units(entry.snippet.text, entry.snippet.marks),
        "says": whole(entry.snippet.speaker),
        "near": entry.near,
        "starred": entry.starred,
    }


def _near(found: Found) -> str:
    """What was looked for beside the words of the query, in a sentence; nothing where nothing was."""
    spelt = Counter(
        text[start:end]
        for entry in found.entries
        for text, marks in ((entry.title, entry.title_marks), (entry.snippet.text, entry.snippet.marks))
        for start, end in marks
    )
    parts = []
    for one in found.near:
        # As the articles spell it: the search knows no capitals and no accents.
        words = [next((w for w, _ in spelt.most_common() if level(w) == near), near) for near in one.words]
        has = "Nothing has" if not found.exact else "Few have"
        parts.append(f"{has} “{one.asked}”; near it: {', '.join(words)}.")
    return whole(" ".join(parts))


def _units(text: str, marks: tuple[Span, ...]) -> list[list[int]]:
    units = iter(to_utf16(text, [place for mark in marks for place in mark]))
    return [[start, end] for start, end in zip(units, units, strict=True)]
