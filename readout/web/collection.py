"""Every article that can be opened: those of the shelf, and those that readers have put into the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from readout import kept, shelf
from readout.corrections import Corrected, Correction, apply
from readout.corrections.records import Fact
from readout.errors import ArticleError, LibraryError, ReadoutError, UnknownArticleError
from readout.kept import Change, Taken
from readout.library import Added, Entry, Library, Undo, Wanted
from readout.library.place import home
from readout.library.store import read_article
from readout.library.words import identity
from readout.newsroom.rules import Right
from readout.records import Article
from readout.shelf import Opened
from readout.web import access, linked
from readout.web.labels import plain_label

MOST = 200
"""How many of the library's articles the list holds, those added last."""
TROUBLE = "_library_trouble"
"""Where it stands whether the library could not be opened, or can't be changed, in this run."""
_KEPT = "kept-"
"""What a library article's key begins with; a shelf article's key is its file's name."""


def titles(chosen: str | None = None) -> dict[str, str]:
    """What each article is called in the list and in the URL, by its key: its title, told apart where two share one.

    Beside the shelf's and those added last it holds the article that is open and the one that the link asks for.

    Args:
        chosen: the key of an article that is about to be opened.

    Raises:
        ArticleError: if the shelf's folder can't be listed.
    """
    shelved = _shelved()
    found = {name: title for name, (title, _) in shelved.items()}
    names = {one: name for name, (_, one) in shelved.items()}
    for entry in _kept():
        found[names.get(entry.id, _KEPT + entry.id)] = plain_label(entry.title) or entry.id
    shared = Counter(found.values())
    called = {key: title if shared[title] == 1 else f"{title} ({_handle(key)})" for key, title in found.items()}
    with suppress(LibraryError):
        asked = st.query_params.get("article")
        if asked and asked not in called.values() and (found_there := linked.asked_for(library(), asked)):
            called.setdefault(key_of(found_there), asked)
        for key in (chosen, st.session_state.get("article")):
            if key and is_kept(key) and key not in called:
                called[key] = linked.called(library(), key.removeprefix(_KEPT), called.values())
    return called


def key_of(identity: str) -> str:
    """The key of an article of the library, by its id there."""
    return next((name for name, (_, one) in _shelved().items() if one == identity), _KEPT + identity)


def identity_of(key: str) -> str:
    """An article's id in the library, whether it lies there or not."""
    if is_kept(key):
        return key.removeprefix(_KEPT)
    return _title(key, shelf.stamp(shelf.folder(), key))[1]


def stamp(key: str) -> tuple[str, ...]:
    """What changes when an article or a correction of it does: a key for caches."""
    ids = (change.id for change in changes(key) if change.correction.corrects)
    if is_kept(key):
        article = library().article(key.removeprefix(_KEPT))
        return (key, str(article.published), article.title, article.publisher, article.byline, *ids)
    return (key, *map(str, shelf.stamp(shelf.folder(), key)), *ids)


def open_article(key: str) -> Opened:
    """An article by its key, as it was opened.

    Raises:
        ReadoutError: if it can't be opened; the message says why and what to do.
    """
    if not is_kept(key):
        return shelf.open_article(shelf.folder(), key)
    return Opened(library().article(key.removeprefix(_KEPT)))


def corrected(key: str, article: Article) -> Corrected:
    """An article of the collection and its reading, as their readers corrected them.

    Raises:
        ReadoutError: if it can't be read.
    """
    reading = library().reading(key.removeprefix(_KEPT)) if is_kept(key) else read_article(article)
    return apply(article, reading, (change.correction for change in changes(key)))


def notes(key: str) -> tuple[Change, ...]:
    """The notes on an article, oldest first."""
    return tuple(change for change in changes(key) if change.correction.sort == "note")


def stars(key: str) -> tuple[Change, ...]:
    """The stars of an article; any makes it a starred one."""
    return tuple(change for change in changes(key) if change.correction.sort == "star")


def places(key: str, by: str) -> tuple[Change, ...]:
    """Where a reader stopped in an article; those of others are not for them to see."""
    return tuple(one for one in changes(key) if one.correction.sort == "place" and one.correction.by == by)


def handed_on(key: str, by: str) -> tuple[Correction, ...]:
    """The corrections of an article and the remarks that a reader may hand on, oldest first: no places of others."""
    every = (change.correction for change in changes(key))
    return tuple(one for one in every if one.sort != "place" or one.by == by)


def changes(key: str, *, undone: bool = False) -> tuple[Change, ...]:
    """The corrections of an article, oldest first; none where the library can't be opened or has no such article."""
    try:
        return kept.changes(library(), identity_of(key), undone=undone)
    except LibraryError:
        return ()


def correct(key: str, article: Article, corrections: Iterable[Correction]) -> tuple[Change, ...]:
    """Keep corrections of an article; one of the shelf is put into the library for them.

    Args:
        key: the article's key.
        article: the article as it was opened, before any correction.
        corrections: what a reader says.

    Raises:
        LibraryError: if the library can't be changed.
    """
    _hold(key, article)
    return tuple(kept.correct(library(), identity_of(key), one) for one in corrections)


def stop(key: str, place: Correction | None, by: str) -> None:
    """Keep where a reader stopped in an article of the library; None forgets it.

    Who only reads an article of the shelf puts it nowhere: no place of theirs is kept. Whoever may read may stop
    reading, so this passes no door: the caller knows who the reader is.

    Raises:
        LibraryError: if the library can't be changed.
    """
    with suppress(UnknownArticleError):
        kept.stop(_opened(), identity_of(key), place, by=by)


def take_in(key: str, article: Article, corrections: Iterable[Correction]) -> Taken:
    """Let all corrections of a file hold: those that the article lacks are kept, those that were undone are redone.

    Raises:
        LibraryError: if the library can't be changed.
    """
    access.demand(Right.CORRECT, "take in")
    _hold(key, article)
    # Whose they were is what a file says; whoever is logged in vouches for them.
    who = access.account()
    signed = (replace(one, by=who) for one in corrections) if who else corrections
    return kept.take_in(library(), identity_of(key), signed)


def undo(change: str) -> str:
    """Undo a correction, by its id in the library; gives its sort.

    Raises:
        LibraryError: if the library can't be changed.
    """
    return library().undo(change, datetime.now(UTC)).kind


def redo(change: str) -> str:
    """Let an undone correction hold again; gives its sort.

    Raises:
        LibraryError: if the library can't be changed.
    """
    return library().redo(change).kind


def _hold(key: str, article: Article) -> None:
    try:
        library().article(identity_of(key))
    except UnknownArticleError:
        library().add(article, None, datetime.now(UTC), apart=True)


def is_kept(key: str) -> bool:
    """Whether an article lies in the library, from where it can be removed."""
    return key.startswith(_KEPT)


def known(article: Article) -> tuple[Added, Article] | None:
    """What adding would find of an article that is here already; None for one that is new.

    Returns:
        What would become of it, and the article as its readers see it now; one in the bin as it is given.
    """
    try:
        if shelved := _on_shelf(article):
            here = open_article(shelved).article
            return Added(identity(here.text), again=True), corrected(shelved, here).article
        added = library().known(article)
        if added is None:
            return None
        return added, article if added.back else kept.corrected(library(), added.id).article
    except ReadoutError:
        return None


def keep(
    article: Article, original: bytes | None, facts: Collection[Fact], by: str
) -> tuple[str, Added, tuple[Change, ...]]:
    """Put an article into the library; gives its key, what became of it, and what was corrected in it.

    Args:
        article: what to keep.
        original: the file or page that it came from.
        facts: which of its facts a reader said; they become corrections of an article that was there already.
        by: the reader's name.

    Raises:
        ReadoutError: if it can't be kept.
    """
    if shelved := _on_shelf(article):
        _hold(shelved, open_article(shelved).article)
    added, made = kept.keep(library(), article, original, facts, by=by, when=datetime.now(UTC))
    return key_of(added.id), added, made


def remove(key: str) -> Undo:
    """Take an article out of the library; `restore` brings it back.

    Raises:
        LibraryError: if the library can't be changed.
    """
    return library().remove([key.removeprefix(_KEPT)], datetime.now(UTC))


def restore(undo: Undo) -> None:
    """Bring back what was removed.

    Raises:
        LibraryError: if the library can't be changed.
    """
    library().restore(undo)


def library() -> Library:
    """The library that all readers of this server share, as far as whoever is at the screen may use it.

    Raises:
        LibraryError: if it can't be opened.
    """
    return access.door(_opened())


def _opened() -> Library:
    folder = home()
    opened = _library(folder)
    if opened.outdated:
        opened.close()
        reopen()
        opened = _library(folder)
    return opened


def reopen() -> None:
    """Have the library opened anew by whoever asks next: after trouble, a file may be another one."""
    _library.clear()


@st.cache_resource(show_spinner=False)
def _library(folder: Path) -> Library:
    return kept.open_library(folder)


def _kept() -> tuple[Entry, ...]:
    """The library's articles; none where it can't be opened, for the shelf needs no library."""
    try:
        kept = library()
        st.session_state[TROUBLE] = not kept.writable
        return kept.entries(Wanted(), limit=MOST).entries
    except LibraryError:
        st.session_state[TROUBLE] = True
        return ()


def _on_shelf(article: Article) -> str | None:
    """The key of the shelf's article with the same words."""
    same = identity(article.text)
    return next((name for name, (_, one) in _shelved().items() if one == same), None)


def _shelved() -> dict[str, tuple[str, str]]:
    """The title and the library's id of each article on the shelf, by its key."""
    folder = shelf.folder()
    return {name: _title(name, shelf.stamp(folder, name)) for name in shelf.names(folder)}


@st.cache_resource(max_entries=256, show_spinner=False)
def _title(name: str, stamp: tuple[float, ...]) -> tuple[str, str]:
    try:
        article = shelf.open_article(shelf.folder(), name).article
    except ArticleError:
        return name, ""
    return plain_label(article.title) or name, identity(article.text)


def _handle(key: str) -> str:
    return key.removeprefix(_KEPT)[: linked.HANDLE] if is_kept(key) else key
