"""Library articles that the sidebar’s list is too short for: the one that is open, and the one a link asks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from readout.library import Library
from readout.web.labels import plain_label

HANDLE = 6
"""So many characters of an article's id tell it apart from others of the same title."""
_HANDLED = re.compile(rf"(.+) \(([0-9a-f]{{{HANDLE}}})\)", re.DOTALL)


def label(identity: str, title: str) -> str:
    """What an article is called where no other has its title."""
    return plain_label(title) or identity


def handled(identity: str, title: str) -> str:
    """What an article is called where others may have its title: this finds it in any library."""
    return f"{label(identity, title)} ({identity[:HANDLE]})"


def asked_for(library: Library, asked: str) -> str | None:
    """The id of the article that a link calls so, if there is one; of several with one title, the last added.

    Raises:
        LibraryError: if the library can't be read.
    """
    if found := _HANDLED.fullmatch(asked):
        for identity, title in library.begun(found[2]):
            if label(identity, title) == found[1]:
                return identity
    return next((identity for identity, title in library.titled(asked) if label(identity, title) == asked), None)


def called(library: Library, identity: str, others: Collection[str]) -> str:
    """What an article outside the list is called: by its title alone if no other has it.

    Args:
        library: the library.
        identity: the article's id.
        others: what those in the list are called.

    Raises:
        LibraryError: if there is none, or the library can't be read.
    """
    title = library.article(identity).title
    plain = label(identity, title)
    alike: Iterable[str] = (label(*one) for one in library.titled(plain))
    return plain if plain not in others and sum(one == plain for one in alike) < 2 else handled(identity, title)
