"""Which articles are wanted, in which order and shape: the widgets above the list, all of them in the URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from readout.days import FIRST_DAY, LAST_DAY
from readout.library import Library, Named, Wanted
from readout.library.records import Sort
from readout.web.labels import plain_label
from readout.wording import agree, day

_MOST = 200
"""So many speakers, and so many publishers, can be chosen from a list; any other can be typed."""
_SORTS: dict[str, Sort] = {
    "Best match": "match",
    "Added": "added",
    "Published": "published",
    "Title": "title",
    "Length": "words",
    "Quotes": "quotes",
}
_FILTERS = ("speaker", "publisher", "since", "until", "starred")
"""The keys of the widgets that leave articles out, as they stand in the URL."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader chose beside the query."""

    wanted: Wanted
    layout: str
    filters: Mapping[str, str]
    """What leaves articles out, in words, by the key of its widget."""


NONE = Choice(Wanted(), "Cards", {})
"""The choice where there is nothing to choose from."""


def draw(library: Library) -> Choice:
    """Draw the widgets in a row of their own.

    Raises:
        LibraryError: if the library can't be read.
    """
    sort = st.selectbox("Sort by", list(_SORTS), key="order", bind="query-params", width=150, on_change=first)
    layout = st.segmented_control(
        "Show as", ("Cards", "Table"), default="Cards", required=True, key="view", bind="query-params"
    )
    filters: dict[str, str] = {}
    active = sum(_given(name) for name in _FILTERS)
    label = f"Filter ({active})" if active else "Filter"
    with st.popover(label, icon=":material/filter_list:", type="tertiary", key="filters"):
        speaker = _named("speaker", "Speaker", library.speakers(limit=_MOST))
        publisher = _named("publisher", "Publisher", library.publishers()[:_MOST])
        since = _day("since", "Published from")
        until = _day("until", "Published until")
        starred = st.toggle("Starred only", key="starred", bind="query-params", on_change=first)
        reverse = st.toggle("Turn the order around", key="reverse", bind="query-params", on_change=first)
    known = _spelt(library, speaker)
    if speaker:
        filters["speaker"] = f"{known} {agree(known, 'is')} quoted"
    if publisher:
        filters["publisher"] = f"in {publisher}"
    if since:
        filters["since"] = f"from {day(since)}"
    if until:
        filters["until"] = f"until {day(until)}"
    if starred:
        filters["starred"] = "with a star"
    wanted = Wanted(
        speaker=known,
        starred=starred,
        publisher=publisher,
        since=since,
        until=until,
        sort=_SORTS[sort or "Best match"],
        reverse=reverse,
    )
    return Choice(wanted, layout or "Cards", filters)


def first() -> None:
    """Go back to the first page of the list. For use in callbacks."""
    st.query_params.pop("page", None)


def drop(name: str) -> None:
    """Drop a filter by its key."""
    if name in _FILTERS:
        st.session_state[name] = False if name == "starred" else None
    first()


def drop_all() -> None:
    """Drop all filters."""
    for name in _FILTERS:
        drop(name)


def only(speaker: str) -> None:
    """Leave the articles that a speaker is quoted in."""
    st.session_state["speaker"] = plain_label(speaker) or None
    first()


def _given(name: str) -> bool:
    return bool(st.session_state.get(name) or st.query_params.get(name))


def _named(key: str, label: str, names: Sequence[Named]) -> str:
    """One of the names; "" for all of them."""
    known = {plain_label(one.name): one.name for one in names}
    known.pop("", None)
    chosen = st.selectbox(
        label,
        list(known),
        index=None,
        key=key,
        placeholder="Anyone" if key == "speaker" else "Any",
        accept_new_options=True,
        bind="query-params",
        on_change=first,
        help=f"The {len(known)} in most articles are listed; any other can be typed." if len(known) == _MOST else None,
    )
    return known.get(chosen, chosen) if chosen else ""


def _day(key: str, label: str) -> date | None:
    chosen = st.date_input(
        label, None, min_value=FIRST_DAY, max_value=LAST_DAY, key=key, bind="query-params", on_change=first
    )
    return chosen if isinstance(chosen, date) else None


def _spelt(library: Library, typed: str) -> str:
    """A speaker as the library has them: whoever is in most articles, of those with a word that begins so."""
    if not typed:
        return ""
    found = [one.name for one in library.speakers(typed)]
    exact = [name for name in found if name == typed or plain_label(name) == typed]
    return (exact or found or [typed])[0]
