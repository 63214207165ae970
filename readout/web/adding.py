"""Putting an article into the library, saying what is known about it, and taking it out again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from zlib import crc32

import streamlit as st

from readout import fetch
from readout.corrections import making
from readout.corrections.records import FACTS
from readout.days import FIRST_DAY, LAST_DAY, if_taken
from readout.errors import FetchError, ReadoutError
from readout.load.guarded import load
from readout.newsroom.rules import Right
from readout.records import Article
from readout.shelf import titled
from readout.web import access, collection, correcting, uploads
from readout.web.labels import literal
from readout.web.state import CHOSEN, View, session

_DRAFTS = "_drafts"
_AT = "_draft_at"
"""Which of the drafts is asked about, from 0."""
_REMOVED = "_removed"
_KINDS = ("txt", "md", "html", "htm", "pdf", "docx", "eml", "epub")
_SWITCH = "start Readout with READOUT_FETCH=on"
_ADDRESS = re.compile(r"\s*(https?://\S+)\s*", re.IGNORECASE)
"""A paste that is the address of an article and not its text."""


_numbers = count()


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that was opened and not kept yet, with the file that it came from."""

    article: Article
    told: Article
    """The article with what its form says by now."""
    key: str
    """Of its own, for its form: no other draft of this server has it."""
    name: str = ""
    """What its file is called, or its address."""
    original: bytes | None = None
    again: bool = False
    """Whether the library has it already; then `article` says what its readers see there."""


@dataclass(frozen=True, slots=True)
class _Given:
    """What a reader gave to be opened: a file, a text under a file's name, or the address of a page."""

    name: str = ""
    data: bytes = b""
    address: str = ""


def offer() -> None:
    """The button that opens the dialog, and the way back after a removal."""
    if not access.may(Right.CORRECT):
        return
    if st.button("Add an article", icon=":material/add:", type="tertiary", key="add"):
        st.session_state[_DRAFTS], st.session_state[_AT] = [], 0
        _add()
    if (removed := st.session_state.get(_REMOVED)) and st.button(
        "Bring back what was removed", icon=":material/undo:", type="tertiary", key="bring-back"
    ):
        key, undo = removed
        try:
            collection.restore(undo)
        except ReadoutError as trouble:
            st.warning(literal(str(trouble)))
            return
        st.session_state.pop(_REMOVED)
        st.session_state[CHOSEN] = key
        st.rerun()


def about(view: View) -> None:
    """What is known of the article, to be put right, and its removal where it lies in the library."""
    if not access.may(Right.CORRECT):
        return
    kept = collection.is_kept(view.key) and access.may(Right.ADMINISTER)
    # A popover of each article's own, so that it is closed where another article takes the place of one removed.
    with st.popover("About this article", icon=":material/edit:", type="tertiary", key=f"about-{view.key}"):
        with st.form(f"facts-{view.key}", border=False):
            # Its keys hang on what is known, so that the fields show it again after a correction or its undoing.
            known = "|".join(str(getattr(view.article, fact)) for fact in FACTS)
            told = _fields(view.article, f"{view.key}-{crc32(known.encode('utf-8', 'replace')):08x}")
            by = correcting.name_field("about-reader")
            saved = st.form_submit_button("Save")
        removed = kept and st.button("Remove from the library", icon=":material/delete:", key="remove")
    try:
        if saved:
            _put_right(view, told, by)
        if removed:
            st.session_state[_REMOVED] = (view.key, collection.remove(view.key))
            st.rerun()
    except ReadoutError as trouble:
        st.warning(literal(str(trouble)))


def _put_right(view: View, told: Article, by: str) -> None:
    """Keep what the form says otherwise than before, as corrections."""
    corrections = making.facts(view.article, told, by=by, when=correcting.now())
    if corrections:
        st.session_state[CHOSEN] = view.key
        correcting.keep(view, corrections, by)


def _closed() -> None:
    """The dialog was closed: what was opened in it and not kept goes."""
    st.session_state.pop(_DRAFTS, None)


@st.dialog("Add an article", width="large", on_dismiss=_closed)
def _add() -> None:
    access.demand(Right.CORRECT, "add")
    drafts: list[Draft] = st.session_state.setdefault(_DRAFTS, [])
    if drafts:
        _confirm(drafts)
        return
    pasted = st.text_area(
        "Paste its text",
        height=220,
        key="paste",
        placeholder="Title, then the article, a blank line after each paragraph",
    )
    files = uploads.field("Or choose files, or drop them here", _KINDS, "files", together=uploads.TOGETHER)
    address = ""
    if fetch.allowed() != "off":
        address = st.text_input("Or the address of its page", key="address", placeholder="https://example.org/article")
    else:
        st.caption(literal(f"To open pages by their address, {_SWITCH}."))
    if not st.button("Open it", type="primary", key="open-drafts"):
        return
    given = _given(pasted, address) + [_Given(file.name, file.getvalue()) for file in files]
    if not given:
        st.info("There is nothing to open yet. Paste a text, or choose a file.")
        return
    troubles = []
    for done, one in enumerate(given):
        with st.spinner(f"{'Fetching' if one.address else 'Opening'} {done + 1} of {len(given)} …"):
            try:
                drafts.append(_opened(one))
            except ReadoutError as trouble:
                troubles.append(str(trouble))
    for trouble_said in troubles:
        st.warning(literal(trouble_said), icon=":material/error:")
    # The drafts have what they need of them.
    uploads.give_back("files", files)
    if drafts and not troubles:
        st.rerun(scope="fragment")
    elif drafts:
        st.button(f"Go on with the {len(drafts)} that could be opened", key="go-on")


def _given(pasted: str, address: str) -> list[_Given]:
    """What was pasted and written: a paste that is one address means the page."""
    given = []
    if link := _ADDRESS.fullmatch(pasted):
        given.append(_Given(address=link[1]))
    elif pasted.strip():
        given.append(_Given("pasted text.txt", pasted.encode("utf-8", "replace")))
    if address.strip():
        given.append(_Given(address=address.strip()))
    return given


def _opened(given: _Given) -> Draft:
    """The draft of what was given.

    Raises:
        ReadoutError: if it can't be opened, or not be fetched.
    """
    reader = access.account() or session()  # one account has one share, however many pages it opens
    if not given.address:
        return _draft(load(given.data, name=given.name, reader=reader), given.name, given.data)
    allowed = fetch.allowed()
    if allowed == "off":
        raise FetchError(
            "This is an address, and Readout asks the network for nothing until it is told to. "
            f"Save the page in your browser and choose the file, or {_SWITCH}."
        )
    page = fetch.fetch(given.address, private=allowed == "private", reader=reader)
    return _draft(load(page.data, name=page.name, url=page.url, reader=reader), page.url, page.data)


def _draft(article: Article, name: str, original: bytes) -> Draft:
    """The draft of an article; of one that is known already, with what is known of it."""
    article = titled(article)
    found = collection.known(article)
    if found is not None:
        article = replace(article, **{fact: getattr(found[1], fact) for fact in FACTS})
    return Draft(article, article, f"draft-{next(_numbers)}", name, original, found is not None)


def _confirm(drafts: list[Draft]) -> None:
    """One of the drafts: its text beside what was found of it, to be put right before it is kept."""
    at = min(st.session_state.get(_AT, 0), len(drafts) - 1)
    draft = drafts[at]
    if len(drafts) > 1:
        st.markdown(f"**{at + 1} of {len(drafts)}** · {literal(draft.name)}")
    if draft.again:
        st.markdown("It was added before. What you change here is kept as a correction of it.")
    else:
        st.markdown("Is this the article, and is this what is known of it?")
    left, right = st.columns([0.55, 0.45], gap="large")
    with left, st.container(height=420):
        st.text(draft.article.text)
    with right, st.form(f"confirm-{draft.key}", border=False):
        told = _fields(draft.told, draft.key)
        by = correcting.name_field(f"reader-{draft.key}") if draft.again else ""
        with st.container(horizontal=True):
            keep = st.form_submit_button("Keep it", type="primary")
            skip = st.form_submit_button("Leave it out")
        with st.container(horizontal=True):
            back = at > 0 and st.form_submit_button("Previous", icon=":material/arrow_back:", type="tertiary")
            on = at + 1 < len(drafts) and st.form_submit_button(
                "Next", icon=":material/arrow_forward:", type="tertiary"
            )
    if not (keep or skip or back or on):
        return
    # Each of the buttons sends the whole form; what was typed stays with its draft, wherever its reader goes.
    drafts[at] = replace(draft, told=told)
    if keep:
        try:
            _keep(drafts[at], by)
        except ReadoutError as trouble:
            st.warning(literal(str(trouble)), icon=":material/error:")
            return
    if keep or skip:
        drafts.pop(at)
    st.session_state[_AT] = max(0, at + on - back)
    if drafts:
        st.rerun(scope="fragment")
    st.rerun()


def _keep(draft: Draft, by: str) -> None:
    """Put a draft into the library; what its reader typed wins over what is known there.

    Raises:
        ReadoutError: if it can't be kept.
    """
    typed = [fact for fact in FACTS if getattr(draft.told, fact) != getattr(draft.article, fact)]
    key, added, made = collection.keep(titled(draft.told), draft.original, typed, by)
    st.session_state[CHOSEN] = key
    if made:
        correcting.kept(made, by)
    elif added.again:
        st.toast("It was in the library already, and is shown from there.")


def _fields(article: Article, key: str) -> Article:
    """The article with what the form says of it."""
    title = st.text_input("Title", article.title, key=f"title-{key}")
    published = st.date_input(
        "Day of publication",
        if_taken(article.published),
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        key=f"published-{key}",
        help="“Last week” hangs on it: without it such times have no days.",
    )
    byline = st.text_input("Byline", article.byline, key=f"byline-{key}")
    publisher = st.text_input("Publisher", article.publisher, key=f"publisher-{key}")
    language = st.text_input("Language", article.language, max_chars=8, key=f"language-{key}", help="Such as en or fr.")
    return replace(
        article,
        title=title.strip(),
        published=published if isinstance(published, date) else None,
        byline=byline.strip(),
        publisher=publisher.strip(),
        language=language.strip(),
    )
