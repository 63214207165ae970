"""The library with its corrections understood: the store keeps them as plain JSON, here they are what readers said.

A correction is kept as the targets and bodies of its W3C annotation, which is how it is exported too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from readout.corrections import Corrected, Correction, apply, making
from readout.corrections.annotations import from_dict, motivation, to_dict
from readout.corrections.records import Fact
from readout.corrections.score import Score, score
from readout.errors import CorrectionError, UnknownArticleError
from readout.library import Added, Library
from readout.library.records import Correction as Row
from readout.library.store import Read, read_article
from readout.records import Article, Reading


@dataclass(frozen=True, slots=True)
class Change:
    """A correction as the library has it."""

    id: str
    """The library's own, to undo it by."""
    article: str
    """The article's id."""
    correction: Correction
    undone: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the corrections of a file."""

    new: tuple[Change, ...] = ()
    """Those that the article did not have."""
    back: tuple[Change, ...] = ()
    """Those that had been undone and hold again."""
    stood: int = 0
    """How many held already."""


def open_library(folder: Path | None = None, *, reader: Read = read_article) -> Library:
    """Open a library whose list and search say what its readers say.

    Args:
        folder: where it lies; without one, READOUT_HOME or the place for user data.
        reader: the engine.

    Raises:
        LibraryError: if it can't be opened; the message says why and what to do.
    """
    return Library.open(folder, reader=reader, corrected=_seen)


def corrected(library: Library, identity: str) -> Corrected:
    """An article and its reading as their readers corrected them.

    Raises:
        UnknownArticleError: if there is no such article.
    """
    standing = [change.correction for change in changes(library, identity)]
    return apply(library.article(identity), library.reading(identity), standing)


def changes(library: Library, identity: str | None = None, *, undone: bool = False) -> tuple[Change, ...]:
    """The corrections of one article, oldest first, or of all, newest first; those undone only if asked for.

    One that this Readout does not understand, of a newer one perhaps, stays in the library and is left out here.

    Raises:
        UnknownArticleError: if there is no such article.
    """
    return _understood(library.corrections(identity, undone=undone))


def correct(library: Library, identity: str, correction: Correction) -> Change:
    """Keep a correction of an article.

    Raises:
        UnknownArticleError: if there is no such article.
        LibraryError: if the library can't be changed.
    """
    annotation = to_dict(library.article(identity), correction)
    row = library.correct(
        identity,
        correction.sort,
        {"target": annotation["target"]},
        {"body": annotation["body"]},
        when=datetime.fromisoformat(correction.when),
        by=correction.by,
    )
    return Change(row.id, row.article, correction)


def stop(library: Library, identity: str, place: Correction | None, *, by: str) -> None:
    """Keep where a reader stopped in an article, in the place of where they stopped before.

    Args:
        library: where to.
        identity: the article's id.
        place: where; None where the article is read to its end.
        by: the reader's name.

    Raises:
        UnknownArticleError: if there is no such article.
        LibraryError: if the library can't be changed.
    """
    target = {"target": to_dict(library.article(identity), place)["target"]} if place else None
    when = moment(place.when) if place else datetime.min
    library.keep_one(identity, "place", target, {"body": []}, when=when, by=by)


def moment(when: str) -> datetime:
    """A correction's time in UTC."""
    given = datetime.fromisoformat(when)
    return (given if given.tzinfo else given.replace(tzinfo=UTC)).astimezone(UTC)


def take_in(library: Library, identity: str, given: Iterable[Correction]) -> Taken:
    """Let all corrections of a file hold: those that the article lacks are kept, those that were undone are redone.

    Raises:
        UnknownArticleError: if there is no such article.
        LibraryError: if the library can't be changed.
    """
    known: dict[Correction, Change] = {}
    for change in changes(library, identity, undone=True):
        same = known.setdefault(_told(change.correction), change)
        if same.undone is not None:  # the last of those undone, unless one holds
            known[_told(change.correction)] = change
    new: list[Change] = []
    back: list[Change] = []
    wanted = {_told(one): one for one in given}
    for said, one in wanted.items():
        if said not in known:
            new.append(correct(library, identity, one))
        elif known[said].undone is not None:
            library.redo(known[said].id)
            back.append(replace(known[said], undone=None))
    return Taken(tuple(new), tuple(back), len(wanted) - len(new) - len(back))


def keep(
    library: Library, article: Article, original: bytes | None, facts: Collection[Fact], *, by: str, when: datetime
) -> tuple[Added, tuple[Change, ...]]:
    """Put an article into the library; where it was there already, what somebody said of it becomes corrections.

    Args:
        library: where to.
        article: what to keep.
        original: the file or page that it came from.
        facts: which of the article's facts somebody said, beside what its file says.
        by: their name.
        when: now.

    Returns:
        What became of the article, and the corrections that were kept.

    Raises:
        ArticleError: if it has no text.
        LibraryError: if it can't be kept.
    """
    added = library.add(article, original, when)
    if not added.again:
        return added, ()
    seen = corrected(library, added.id).article
    said = replace(seen, **{fact: getattr(article, fact) for fact in facts})
    made = making.facts(seen, said, by=by, when=when.isoformat())
    return added, tuple(correct(library, added.id, one) for one in made)


def scored(library: Library, identities: Iterable[str]) -> Iterator[Score]:
    """The engine against its readers, article by article; one that was removed meanwhile has no figures.

    Add them up for the figures of all.
    """
    for identity in identities:
        try:
            seen, reading = corrected(library, identity), library.reading(identity)
        except UnknownArticleError:
            yield Score()
        else:
            yield score(seen.article.text, reading, seen.reading)


def _told(correction: Correction) -> Correction:
    """The correction without what each library gives it: two that say the same are equal."""
    return replace(correction, id="-", when=moment(correction.when).isoformat())


def _seen(article: Article, reading: Reading, rows: Sequence[Row]) -> tuple[Article, Reading]:
    seen = apply(article, reading, [change.correction for change in _understood(rows)])
    return seen.article, seen.reading


def _understood(rows: Iterable[Row]) -> tuple[Change, ...]:
    found = []
    for row in rows:
        try:
            why = motivation(row.kind)
            annotation = {**row.target, **row.value, "id": row.id, "created": row.made.isoformat(), "motivation": why}
            if row.by:
                annotation["creator"] = {"name": row.by}
            found.append(Change(row.id, row.article, from_dict(annotation), row.undone))
        except CorrectionError:
            continue
    return tuple(found)
