"""The sidebar: which article, whose words, which kind of quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import streamlit as st

from readout import shelf, wording
from readout.errors import ArticleError
from readout.exports.handed_on import FORMS, Form
from readout.spoken import spoken_of
from readout.web import access, adding, collection, correcting, state
from readout.web.state import KINDS, View
from readout.wording import less_certain

_fold = st.components.v2.component(
    "readout_fold", html="<i></i>\n", js=Path(__file__).with_name("fold.js").read_text("utf-8"), isolate_styles=False
)


_ARRIVED = "_arrived"
_FOLLOWED = "_followed"
"""The article, place and speakers of the link that was followed last: it asks for held quotes only once."""
_RUNS = "_runs"
_UNFILTERED = ("Library", "Corrections", "Method")
"""The pages that the filter does nothing on: it is out of sight there, and still chosen for the way back."""
_FIRST, _SPARED = 12, 3
"""So many speakers have pills where there are more than that and a few."""
_FOUND = "find-speaker"
_LAST = "_last_who"
"""Whom the last run left chosen, which is what the address says then."""


def draw(page: str) -> None:
    """Draw the sidebar and put the view that it chooses in place; on a phone, fold it away when the page changes.

    Raises:
        ArticleError: if there is no article to show.
    """
    chosen = st.session_state.pop(state.CHOSEN, None)
    titles = collection.titles(chosen)
    if not titles:
        with st.sidebar:
            adding.offer()
            _trouble(page)
            access.who_is_here()
        raise ArticleError(
            "There is no article yet. Choose “Add an article” in the sidebar; or put a .txt file (and a .toml of the "
            f"same name with its title and date) into {shelf.folder()}, then reload this page."
        )
    if chosen in titles:
        st.session_state["article"] = chosen
        state.clear()
    arriving = not st.session_state.get(_ARRIVED)
    st.session_state[_ARRIVED] = True
    asked, voices = st.query_params.get("article"), st.query_params.get_all("who")
    with st.sidebar:
        name = st.selectbox(
            "Article",
            list(titles),
            format_func=titles.__getitem__,
            key="article",
            bind="query-params",
            on_change=state.clear,
        )
        _fold(key="fold", data={"shown": [page, name], "reader": correcting.cookie()})
        adding.offer()
        _trouble(page)
        view = state.open_view(name)
        known = (*view.reading.speakers, *view.reading.hidden)
        lost = "a speaker" if set(voices) - {state.label(s) for s in known} else ""
        with st.container(key="filter-off" if page in _UNFILTERED else "filter"):
            _follow(view, voices)
            view = _filter(view)
        _hand_on(view)
        adding.about(view)
        correcting.undo()
        access.who_is_here()
        # Last, so that the browser has heard what this run made of the address.
        runs = st.session_state[_RUNS] = st.session_state.get(_RUNS, 0) + 1
        _fold(key="trail", data={"run": runs, "steps": state.STEPS})
    if asked is not None and asked not in titles.values():
        lost = "an article"
    if arriving and lost:
        st.info(f"The link asks for {lost} that is not here. What is here is shown.", icon=":material/link_off:")
    state.keep(replace(view, at=state.place()))


def _trouble(page: str) -> None:
    """The way to the page that says what is the matter with the library, where something is."""
    if st.session_state.get(collection.TROUBLE) and page != "Library":
        st.page_link(state.PAGES / "library.py", label="The library needs a look", icon=":material/warning:")


def _follow(view: View, voices: list[str]) -> None:
    """Ask for held quotes where the address does, by a place or a speaker; once, so that they can be put away again."""
    link = (view.key, st.query_params.get("at"), *voices)
    if link != st.session_state.get(_FOLLOWED) and state.asks_for_held(view, state.place(), voices):
        st.session_state["unsure"] = True
    st.session_state[_FOLLOWED] = link


def _filter(view: View) -> View:
    """The speakers and kinds to choose from, above the switch that says which quotes there are."""
    above, below = st.container(), st.container()
    with below:
        view = _less_certain(view)
    with above:
        return _narrow(view)


def _narrow(view: View) -> View:
    speakers = view.reading.speakers
    if not speakers:
        st.caption("Nobody is quoted in this article, so there is nothing to filter.")
        return view
    labels = {state.label(s): s.name for s in speakers}
    offered = _offered(list(labels))
    st.html(_legend(view, [labels[name] for name in offered]))
    chosen = st.pills(
        "Speakers :small[quotes · % of the quoted words]",
        offered,
        selection_mode="multi",
        key="who",
        bind="query-params",
        width="stretch",
    )
    st.session_state[_LAST] = list(chosen)
    if len(offered) < len(labels):
        _search(list(labels), len(labels) - len(offered))
    kind = st.segmented_control(
        "Kind of quote", KINDS, default="all", required=True, key="kind", bind="query-params", width="stretch"
    )
    view = replace(view, who=tuple(labels[c] for c in chosen), kind=kind or "all")
    st.button(
        "Clear the filter",
        icon=":material/close:",
        on_click=state.clear,
        disabled=not view.filtered,
        key="clear",
        type="tertiary",
    )
    return view


def _less_certain(view: View) -> View:
    """The switch for doubtful paraphrases, and the view that it chooses; nothing where there are none."""
    if not view.doubted:
        return view
    asked = st.toggle(f"{view.doubted:,} less certain", key="unsure", bind="query-params")
    st.caption(less_certain(view.doubted, shown=asked))
    return state.unsure(view) if asked else view


def _offered(names: list[str]) -> list[str]:
    """The names that stand as pills: all of a few, of many the most quoted and those that are chosen."""
    if len(names) <= _FIRST + _SPARED:
        return names
    asked = st.query_params.get_all("who")
    if asked == st.session_state.get(_LAST):  # the address is as it was left: a callback may rule
        asked = st.session_state.get("who") or []
    return names[:_FIRST] + [name for name in names[_FIRST:] if name in asked]


def _search(names: list[str], more: int) -> None:
    """The way to a speaker who has no pill: choosing one here makes it, chosen."""

    def choose() -> None:
        if name := st.session_state[_FOUND]:
            chosen = st.session_state.get("who") or []
            st.session_state["who"] = chosen if name in chosen else [*chosen, name]
        st.session_state[_FOUND] = None

    st.selectbox(
        "Find a speaker",
        names,
        index=None,
        key=_FOUND,
        placeholder=f"{more:,} more: type a name",
        label_visibility="collapsed",
        on_change=choose,
    )


def _hand_on(view: View) -> None:
    """The article with its reading, whole, as files for other people and programs; each is made when asked for."""
    with st.popover("Save the article", icon=":material/ios_share:", type="tertiary", key="hand-on"):
        for form in FORMS:
            st.download_button(
                form.label,
                partial(_written, form, view, correcting.reader()),
                form.file(view.article),
                form.type,
                key=f"hand-on-{form.ending}",
                on_click="ignore",
                width="stretch",
            )


def _written(form: Form, view: View, reader: str) -> bytes:
    reading = view.reading
    if form.toward:
        # Not the pages' cache: its spinner belongs to a page being drawn, and a download is made outside of that.
        reading = replace(reading, toward=spoken_of(view.article.text, reading))
    if form.with_remarks:
        remarks = [one for one in collection.handed_on(view.key, reader) if not one.corrects]
        return form.with_remarks(view.article, reading, remarks)
    return form.write(view.article, reading)


def _legend(view: View, offered: Sequence[str]) -> str:
    """Style that sets colour, initials, number of quotes and share of the quoted words on each speaker's pill.

    Everything in it is made of digits, letters and colours of our own: nothing of the article can leave it.
    """
    quotes = Counter(q.speaker for q in view.reading.quotes)
    words: Counter[str] = Counter()
    for quote in view.reading.quotes:
        words[quote.speaker] += sum(len(view.article.text[s:e].split()) for s, e in quote.content)
    rules = []
    for place, name in enumerate(offered, 1):
        colour = view.palette[name]
        pill = f".st-key-who [role=toolbar] button:nth-of-type({place})"
        share = wording.share(words[name], words.total()).replace("<", "\\3c ")  # no "<" may stand in a style element
        spoken = f"{wording.counted(quotes[name], 'quote')}, {share} of the quoted words"
        rules.append(
            f"{pill}{{--voice:light-dark({colour.light},{colour.dark});--weave:{colour.weave or ' '}}}"
            f"{pill}::before{{content:'{colour.initials}'/''}}"
            f"{pill}::after{{content:'{quotes[name]} · {share}'/'{spoken}'}}"
        )
    return f"<style>{''.join(rules)}</style>"
