"""Every article that can be opened: those of the shelf, and those that readers have put into the library."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from readout import shelf
from readout.errors import ArticleError, LibraryError
from readout.library import Added, Entry, Library, Undo, Wanted
from readout.library.place import home
from readout.records import Article
from readout.shelf import Opened
from readout.web import linked
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
    folder = shelf.folder()
    found = {name: _title(name, shelf.stamp(folder, name)) for name in shelf.names(folder)}
    for entry in _kept():
        found[_KEPT + entry.id] = plain_label(entry.title) or entry.id
    shared = Counter(found.values())
    called = {key: title if shared[title] == 1 else f"{title} ({_handle(key)})" for key, title in found.items()}
    with suppress(LibraryError):
        asked = st.query_params.get("article")
        if asked and asked not in called.values() and (identity := linked.asked_for(library(), asked)):
            called[_KEPT + identity] = asked
        for key in (chosen, st.session_state.get("article")):
            if key and is_kept(key) and key not in called:
                called[key] = linked.called(library(), key.removeprefix(_KEPT), called.values())
    return called


def key_of(identity: str) -> str:
    """The key of an article of the library."""
    return _KEPT + identity


def stamp(key: str) -> tuple[str, ...]:
    """What changes when an article does: a key for caches."""
    if is_kept(key):
        article = library().article(key.removeprefix(_KEPT))
        return (key, str(article.published), article.title, article.publisher, article.byline)
    return (key, *map(str, shelf.stamp(shelf.folder(), key)))


def open_article(key: str) -> Opened:
    """An article by its key.

    Raises:
        ReadoutError: if it can't be opened; the message says why and what to do.
    """
    if not is_kept(key):
        return shelf.open_article(shelf.folder(), key)
    article = library().article(key.removeprefix(_KEPT))
    if article.published is None:
        return Opened(article, ("The day of publication is not known, so times such as “last week” have no days.",))
    return Opened(article)


def is_kept(key: str) -> bool:
    """Whether an article lies in the library, from where it can be removed."""
    return key.startswith(_KEPT)


def keep(article: Article, original: bytes | None) -> tuple[str, Added]:
    """Put an article into the library; gives its key and what became of it.

    Raises:
        ReadoutError: if it can't be kept.
    """
    added = library().add(article, original, datetime.now(UTC))
    return _KEPT + added.id, added


def change(key: str, article: Article) -> None:
    """Keep what is now known of an article beside its text.

    Raises:
        LibraryError: if the library can't be changed.
    """
    library().change(
        key.removeprefix(_KEPT),
        title=article.title,
        byline=article.byline,
        publisher=article.publisher,
        published=article.published,
        language=article.language,
    )


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
    """The library that all readers of this server share.

    Raises:
        LibraryError: if it can't be opened.
    """
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
    return Library.open(folder)


def _kept() -> tuple[Entry, ...]:
    """The library's articles; none where it can't be opened, for the shelf needs no library."""
    try:
        kept = library()
        st.session_state[TROUBLE] = not kept.writable
        return kept.entries(Wanted(), limit=MOST).entries
    except LibraryError:
        st.session_state[TROUBLE] = True
        return ()


@st.cache_resource(max_entries=256, show_spinner=False)
def _title(name: str, stamp: tuple[float, ...]) -> str:
    try:
        return plain_label(shelf.open_article(shelf.folder(), name).article.title) or name
    except ArticleError:
        return name


def _handle(key: str) -> str:
    return key.removeprefix(_KEPT)[: linked.HANDLE] if is_kept(key) else key
