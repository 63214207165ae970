"""What have you kept? The articles of the library: searched, opened, removed, taken away and brought in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from readout.errors import AccessError, LibraryError, ReadoutError
from readout.library import Found, Library
from readout.library.records import Within
from readout.newsroom.rules import Right
from readout.web import access, collection, noting, state
from readout.web.labels import literal
from readout.web.library import PAGE, Listing, bin, carrying, choosing, log, renewing, setting, show, trouble
from readout.web.library.choosing import Choice
from readout.wording import day

LIST = "library-list"
TYPED = "_library_typed"
SETTING = "_library_setting"  # the articles whose publisher or day the reader wants to set
CHANGE = "_library_change"  # what the list asks to be done to the widgets above it, before they are drawn again
MOST_PAGES = 10**5  # of the list; a link that asks for a page beyond them opens the first one


def keep_query() -> None:
    """Put what the reader searches for into the URL."""
    given = st.session_state[LIST].query
    if not isinstance(given, dict):
        return
    st.session_state[TYPED] = given.get("turn", 0)
    if words := str(given.get("words") or ""):
        st.query_params["q"] = words
    else:
        st.query_params.pop("q", None)
    choosing.first()


def keep_place() -> None:
    """Put into the URL where the query is looked for."""
    if st.session_state[LIST].within == "quotes":
        st.query_params["in"] = "quotes"
    else:
        st.query_params.pop("in", None)
    choosing.first()


def turn() -> None:
    """Put the page of the list into the URL."""
    place = st.session_state[LIST].turn
    if isinstance(place, int) and place > 0:
        st.query_params["page"] = str(place + 1)
    else:
        choosing.first()


def place() -> int:
    """Which page of the list the URL asks for, from 0."""
    return max(state.number("page", MOST_PAGES) or 1, 1) - 1


def contents(newest: Found, publishers: int) -> str:
    """What the library has, in a few words."""
    if not newest.entries:
        return "Articles that you add are kept here, with their readings and what you put right in them."
    articles = f"{newest.total:,} article{'' if newest.total == 1 else 's'}"
    origin = f" from {publishers:,} publisher{'' if publishers == 1 else 's'}" if publishers else ""
    return f"{articles}{origin}, the last added on {day(newest.entries[0].added.date())}"


@st.fragment
def listed(library: Library, choice: Choice, everything: int, warned: bool) -> None:
    """The search and its list; what is typed runs this again and nothing else."""
    query, at = st.query_params.get("q", ""), place()
    within: Within = "quotes" if st.query_params.get("in") == "quotes" else "everywhere"
    wanted = replace(choice.wanted, query=query, within=within)
    try:
        found = library.entries(wanted, offset=at * PAGE, limit=PAGE)
        if at and not found.entries:
            at = 0
            found = library.entries(wanted, limit=PAGE)
    except LibraryError as met:
        trouble.explain(met, warned=warned)
        return
    result = show(
        Listing(
            found,
            everything,
            query,
            at,
            choice.layout,
            choice.filters,
            library.writable and access.may(Right.CORRECT),
            library.writable and access.may(Right.ADMINISTER),
            within,
        ),
        typed=st.session_state.get(TYPED, 0),
        on={"query": keep_query, "within": keep_place, "turn": turn},
        key=LIST,
    )
    try:
        if isinstance(result.open, str):
            state.open_article(collection.key_of(result.open), library.place(result.open, wanted))
        if isinstance(result.remove, list):
            bin.remove(library, [one for one in result.remove if isinstance(one, str)])
            st.rerun()
        if isinstance(result.star, dict):
            noting.mark(collection.key_of(str(result.star.get("id"))), result.star.get("on") is True)
            st.rerun()
    except ReadoutError as met:
        st.warning(literal(str(met)), icon=":material/error:")
    for given, act in (
        (result.speaker, partial(choosing.only, result.speaker)),
        (result.drop, partial(choosing.drop, result.drop)),
        (result.unfilter, choosing.drop_all),
        (result.set, partial(st.session_state.__setitem__, SETTING, result.set)),
    ):
        if given:
            st.session_state[CHANGE] = act
            st.rerun()


st.title("What have you kept?", anchor=False)
warned = False
if change := st.session_state.pop(CHANGE, None):
    change()
try:
    library = collection.library()
    newest = library.entries(limit=1)
    everything = newest.total
    st.html(f'<p class="of">{escape(contents(newest, len(library.publishers())))}</p>')
    # What comes and goes has a place of its own: the list would be built anew, under the reader's fingers, if the
    # number of things above it changed.
    with st.container(key="library-notices"):
        warned = trouble.warn(library)
        carrying.brought_lately()
        if access.may(Right.ADMINISTER):
            renewing.offer(library)
            bin.way_back(library)
    with st.container(horizontal=True, vertical_alignment="bottom", key="arrange-library"):
        choice = choosing.draw(library) if everything else choosing.NONE
        if everything and st.button("Export", icon=":material/download:", type="tertiary", key="export"):
            carrying.take_away(library, everything)
        if access.may(Right.ADMINISTER):
            if st.button(
                "Import", icon=":material/upload:", type="tertiary", key="import", disabled=not library.writable
            ):
                carrying.bring_in(library)
            bin.removed_lately(library)
            log.offer()
    listed(library, choice, everything, warned)
    if chosen := st.session_state.pop(SETTING, None):
        access.demand(Right.CORRECT, "set facts")
        setting.facts(library, [one for one in chosen if isinstance(one, str)])
except LibraryError as met:
    trouble.explain(met, warned=warned)
except AccessError as met:
    st.warning(literal(str(met)), icon=":material/lock:")
