"""What the library gives and takes, one record type per idea.

A moment is an aware `datetime`, given in UTC. A mark is a span of characters in the words it stands beside. An
article's `id` comes from its words alone: it is the same in every library, and safe in a URL and in a file name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from readout.records import Article, Reading, Span

Sort = Literal["match", "added", "published", "title", "words", "quotes"]
Within = Literal["everywhere", "quotes"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article that was to be kept."""

    id: str
    again: bool
    """Whether the library had it already, by its words or by its address."""
    differs: bool = False
    """Whether the one it had came from the same address with other words; those are what it keeps."""
    back: bool = False
    """Whether it had been removed and is now back, with its corrections."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles are wanted, in which order; what is left as it is here leaves nothing out."""

    query: str = ""
    """Words, and "phrases in double marks"; the last word may be only begun. All of them must be found."""
    within: Within = "everywhere"
    """Where the query is looked for: title, byline, publisher, speakers, text; or in what is quoted alone."""
    speaker: str = ""
    publisher: str = ""
    since: date | None = None
    """The first day of publication; an article without a date is then left out."""
    until: date | None = None
    """The last day of publication; an article without a date is then left out."""
    sort: Sort = "match"
    """"match" puts the best first where there is a query, and the last added first where there is none."""
    starred: bool = False
    """Leaves the articles that a reader gave a star."""
    reverse: bool = False
    """Turns the order around (the first added, the oldest, Z to A, the shortest ...)."""


EVERYTHING = Wanted()
"""The whole library, the last added first."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A few words of an article, on one line, and which of them the query means."""

    text: str
    marks: tuple[Span, ...] = ()
    speaker: str = ""
    """Who says these words, where they are a quote."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as the list shows it."""

    id: str
    title: str
    publisher: str
    published: date | None
    added: datetime
    words: int
    """How many words its body has."""
    quotes: int
    speakers: tuple[str, ...]
    """Those it names, most words first."""
    snippet: Snippet
    """The words around the matches, or its first words."""
    title_marks: tuple[Span, ...] = ()
    starred: bool = False
    near: bool = False
    """Whether it lacks a word of the query and has one that is nearly it."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word of a query that the library hardly has, and those that are nearly it and found in its stead."""

    asked: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the list, and how many articles the whole list has."""

    entries: tuple[Entry, ...]
    total: int
    """Those that have a word nearly as it was asked for among them; they come last."""
    exact: int = 0
    """How many have the words as they were asked for."""
    near: tuple[Near, ...] = ()
    """What else was looked for, where that found any."""


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker or a publisher, and how many articles have them."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reader put right, as it was said; the store does not ask what it means."""

    id: str
    """The same in every library that it is exported to."""
    article: str
    kind: str
    target: dict[str, Any]
    """What is corrected: selectors of W3C Web Annotation, or nothing for the article itself."""
    value: dict[str, Any]
    """What holds instead."""
    made: datetime
    by: str
    """The name that the reader gave."""
    undone: datetime | None = None


Corrected = Callable[[Article, Reading, Sequence[Correction]], tuple[Article, Reading]]
"""Makes of an article and its reading what their corrections, oldest first, say they should be."""


@dataclass(frozen=True, slots=True)
class Undo:
    """What was removed together, to be brought back together."""

    ids: tuple[str, ...]
    when: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something has come that goes article by article: new readings, an export, an import."""

    done: int
    total: int
    title: str
    """The last article that was done."""


Tell = Callable[[Progress], None]
"""Is called after each article of something long; what it raises ends that, and nothing is changed."""


def untold(_: Progress) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article with everything that is kept of it, as it goes from library to library."""

    id: str
    article: Article
    added: datetime
    original: bytes | None
    engine: int
    """The version of the engine that made the reading; 0 for a reading to be made anew."""
    reading: Reading
    corrections: tuple[Correction, ...]
    """Oldest first, those undone among them."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought."""

    new: int
    again: int
    """How many articles the library had already; they stay as they were here."""
    corrections: int
    """How many corrections it did not have yet, notes and stars among them."""


@dataclass(frozen=True, slots=True)
class Rescued:
    """What could be saved of a damaged library."""

    articles: int
    without_reading: int
    """How many of them lost their reading; it is made anew."""
    lost: int
    """How many are known to have been there and can't be read."""
    missing: tuple[str, ...] = ()
    """The titles of those that can't be read, as far as these still stand in the file."""
    changed: tuple[str, ...] = ()
    """The titles of those saved whose words are not those that were kept; they are saved as they stand now."""
