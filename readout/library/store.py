"""The library: articles, their readings and their corrections, kept for good in one file.

One `Library` serves all threads of a process, and any number of processes may open the same file. What a method has
returned from is on the disk. The engine runs before a transaction begins, so that no writer waits for it.
"""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from readout import version
from readout.errors import ArticleError, LibraryDamagedError, UnknownArticleError
from readout.library import finding, keeping, merging
from readout.library.codec import decode_moment, encode_moment, json_only, strictly, wholly
from readout.library.connections import Connections, RowError, as_written, copy, explain
from readout.library.opening import connections_to
from readout.library.place import FILE, home
from readout.library.records import (
    EVERYTHING,
    Added,
    Corrected,
    Correction,
    Found,
    Imported,
    Item,
    Named,
    Progress,
    Tell,
    Undo,
    Wanted,
    untold,
)
from readout.library.schema import migrate
from readout.library.words import address, identity, whole
from readout.reading import read
from readout.records import Article, Reading

Read = Callable[[Article], Reading]

BIN = timedelta(days=30)
"""For so long what was removed can be brought back; the first removal after that lets it go for good."""
KEEP: Any = object()
"""Stands for a fact that stays as it is."""


def read_article(article: Article) -> Reading:
    """The engine's reading of an article, without how each voice speaks of whom, which is worked out when asked for."""
    return read(article.text, published=article.published, title=article.title, body=article.body_span, toward=False)


class Library:
    """A library file, open. Make one with `Library.open`."""

    def __init__(
        self, connections: Connections, reader: Read, corrected: Corrected, *, source: Path | None = None
    ) -> None:
        """For `open`, which checks the file first.

        Args:
            connections: to the file, or to a copy of it.
            reader: the engine.
            corrected: makes of a reading what its corrections say.
            source: the file that was asked for.
        """
        self._connections = connections
        self._source = source or connections.path
        self._opened = _state(self._source)
        self._read = reader
        self._corrected = corrected

    @classmethod
    def open(
        cls, folder: Path | None = None, *, reader: Read = read_article, corrected: Corrected = keeping.uncorrected
    ) -> Library:
        """Open the library in a folder, or make one there.

        A file that may not be written to is opened for reading; `writable` says so.

        Args:
            folder: where it lies; without one, READOUT_HOME or the place for user data.
            reader: the engine.
            corrected: makes of a reading what its corrections say; the list and the search then follow them.

        Raises:
            LibraryError: if it can't be opened; the message says why and what to do.
        """
        path = (home() if folder is None else folder) / FILE
        opened = connections_to(path, lambda c: keeping.derive_all(c, corrected))
        return cls(opened, reader, corrected, source=path)

    @property
    def path(self) -> Path:
        """The library's file."""
        return self._connections.path

    @property
    def writable(self) -> bool:
        """Whether it can be changed: it may be written to, and no damage was met."""
        return self._connections.writable and not self._connections.damaged

    @property
    def damaged(self) -> bool:
        """Whether damage was met in its file."""
        return self._connections.damaged

    @property
    def outdated(self) -> bool:
        """Whether another file lies in its place by now, or its own may be written to that could not before.

        Then it is to be opened anew.
        """
        return _state(self._source) != self._opened

    def close(self) -> None:
        """Close the file. A library that is used again opens it again."""
        self._connections.close()

    def __enter__(self) -> Library:
        """The library itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    # What is kept

    def add(self, article: Article, original: bytes | None, when: datetime, *, apart: bool = False) -> Added:
        """Keep an article with its reading, unless it is kept already.

        It is found again by its words, whatever their spaces, marks, case and accents, and by its address. One that is
        in the bin comes back as it was.

        Args:
            article: what to keep.
            original: the file or page that it came from.
            when: now.
            apart: keep it beside an article that has the same address and other words.

        Raises:
            ArticleError: if it has no text.
            LibraryError: if it can't be kept.
        """
        article = wholly(article)
        if not article.text.strip():
            raise ArticleError("There is no text to keep. Paste the article's words, or open another file.")
        name = identity(article.text)
        with self._connections.reading() as connection:
            known = _known(connection, name, article, apart)
        if known is not None:
            return known
        reading = self._read(article)
        with self._connections.writing() as connection:
            known = _known(connection, name, article, apart)
            if known is not None:
                return known
            if _in_bin(connection, name):
                self._bring_back(connection, name)
                return Added(name, again=True, back=True)
            item = Item(name, article, when, original, version.ENGINE, reading, ())
            self._insert(connection, item)
        return Added(name, again=False)

    def known(self, article: Article) -> Added | None:
        """What `add` would find of an article that is kept already or in the bin; None for one that is new."""
        article = wholly(article)
        name = identity(article.text)
        with self._connections.reading() as connection:
            return _known(connection, name, article, False) or (
                Added(name, again=True, back=True) if _in_bin(connection, name) else None
            )

    def article(self, identity: str) -> Article:
        """An article as it is kept.

        Raises:
            UnknownArticleError: if there is none.
        """
        with self._connections.reading() as connection:
            return keeping.read_article(connection, _number(connection, identity))

    def original(self, identity: str) -> bytes | None:
        """The file or page that an article came from, if it was kept.

        Raises:
            UnknownArticleError: if there is no such article.
        """
        with self._connections.reading() as connection:
            number = _number(connection, identity)
            row = connection.execute("SELECT original FROM content WHERE article = ?", (number,)).fetchone()
            if row is not None and not isinstance(row[0], bytes | None):
                raise RowError(f"the file that the article {identity} came from is not as Readout wrote it")
        return None if row is None else row[0]

    def change(
        self,
        identity: str,
        *,
        title: str = KEEP,
        byline: str = KEEP,
        publisher: str = KEEP,
        published: date | None = KEEP,
        language: str = KEEP,
    ) -> Article:
        """Change what is known of an article beside its text; its reading follows in the same moment.

        Returns:
            The article as it was before, to be changed back to.

        Raises:
            UnknownArticleError: if there is none.
        """
        given = {"title": title, "byline": byline, "publisher": publisher, "published": published, "language": language}
        facts: dict[str, Any] = {name: value for name, value in given.items() if value is not KEEP}
        while True:
            before = self.article(identity)
            after = wholly(replace(before, **facts))
            reading = self._read(after)
            with self._connections.writing() as connection:
                number = _number(connection, identity)
                if keeping.read_article(connection, number) == before:  # else another changed it meanwhile
                    keeping.write_about(connection, number, after)
                    keeping.write_reading(connection, number, version.ENGINE, reading)
                    keeping.derive(connection, number, after, reading, self._corrected)
                    return before

    def remove(self, identities: Collection[str], when: datetime) -> Undo:
        """Put articles in the bin, from where they can be brought back for thirty days.

        Those that another has removed already are left to them.
        """
        gone = []
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM article WHERE removed < ?", (encode_moment(when - BIN),))
            for one in dict.fromkeys(identities):
                number = keeping.number_of(connection, one)
                if number is not None:
                    keeping.underive(connection, number)
                    connection.execute("UPDATE article SET removed = ? WHERE number = ?", (encode_moment(when), number))
                    gone.append(one)
        return Undo(tuple(gone), when.astimezone(UTC))

    def restore(self, undo: Undo) -> int:
        """Bring back what was removed together, with readings and corrections; returns how many came back."""
        back = 0
        with self._connections.writing() as connection:
            for one in undo.ids:
                if _in_bin(connection, one, encode_moment(undo.when)):
                    self._bring_back(connection, one)
                    back += 1
        return back

    def removed(self) -> list[Undo]:
        """What is in the bin, removed together each, the last first."""
        with self._connections.reading() as connection:
            found: dict[str, list[str]] = {}
            for one, when in connection.execute(
                "SELECT id, removed FROM article WHERE removed IS NOT NULL ORDER BY removed DESC, number"
            ):
                found.setdefault(when, []).append(one)
            with as_written("article"):
                return [strictly(Undo(tuple(ids), decode_moment(when))) for when, ids in found.items()]

    def called(self, undo: Undo, *, limit: int = 3) -> list[str]:
        """The titles of what was removed together and is still in the bin, the first few."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT title FROM article WHERE removed = ? ORDER BY number LIMIT ?", (encode_moment(undo.when), limit)
            )
            with as_written("article"):
                return [whole(row[0]) for row in rows]

    # What is found

    def entries(self, wanted: Wanted = EVERYTHING, *, offset: int = 0, limit: int = 50) -> Found:
        """A page of the articles wanted, and how many there are in all. Any string can be a query."""
        with self._connections.reading() as connection:
            return finding.find(connection, wanted, max(offset, 0), max(limit, 0))

    def speakers(self, begins: str = "", *, limit: int = 200) -> list[Named]:
        """The named speakers, those in most articles first, of those with a word that begins so."""
        with self._connections.reading() as connection:
            return finding.speakers(connection, begins, limit)

    def publishers(self) -> list[Named]:
        """The publishers, those of most articles first."""
        with self._connections.reading() as connection:
            return finding.publishers(connection)

    def titled(self, title: str, *, limit: int = 50) -> list[tuple[str, str]]:
        """The id and title of articles whose title has these words side by side, the shortest title first."""
        with self._connections.reading() as connection:
            return finding.titled(connection, title, limit)

    def begun(self, identity: str, *, limit: int = 2) -> list[tuple[str, str]]:
        """The id and title of the articles whose id begins so."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT id, title FROM article WHERE id >= ? AND id < ? AND removed IS NULL LIMIT ?",
                (identity, identity + "g", limit),  # an id is hexadecimal
            )
            return finding.named(rows)

    def place(self, identity: str, wanted: Wanted) -> int | None:
        """Where in its text an article is best opened after this search; None for its head.

        Raises:
            UnknownArticleError: if there is no such article.
        """
        article, reading = self.article(identity), self.reading(identity)
        with self._connections.reading() as connection:
            asked = finding.wider(connection, wanted)
        return finding.place(*self._corrected(article, reading, self.corrections(identity)), wanted, asked)

    # What the engine found

    def reading(self, identity: str) -> Reading:
        """The reading of an article; one by another engine, or none, is made anew, and kept where that is possible.

        Raises:
            UnknownArticleError: if there is no such article.
        """
        with self._connections.reading() as connection:
            number = _number(connection, identity)
            article = keeping.read_article(connection, number)
            kept = keeping.read_reading(connection, number, len(article.text))
        if kept is not None and kept[0] == version.ENGINE:
            return kept[1]
        reading = self._read(article)
        if self.writable:
            self._keep_reading(identity, article, reading)
        return reading

    def stale(self) -> int:
        """How many readings wait to be made anew by this engine."""
        with self._connections.reading() as connection:
            # Asked at every visit of a page: counting two indexes takes a hundredth of going through all readings.
            (any_waits,) = connection.execute(
                "SELECT EXISTS (SELECT 1 FROM reading WHERE engine < ?)"
                " OR EXISTS (SELECT 1 FROM reading WHERE engine > ?)"
                " OR (SELECT count(*) FROM article) <> (SELECT count(*) FROM reading)",
                (version.ENGINE, version.ENGINE),
            ).fetchone()
            return len(_stale(connection)) if any_waits else 0

    def refresh(self) -> Iterator[Progress]:
        """Make the readings that wait for it, one short transaction each, telling how far it has come.

        It may be left at any point and taken up again; others may do the same at the same time.
        """
        with self._connections.reading() as connection:
            waiting = _stale(connection)
        for done, name in enumerate(waiting, 1):
            try:
                article = self.article(name)
            except UnknownArticleError:  # removed meanwhile
                continue
            self._keep_reading(name, article, self._read(article))
            yield Progress(done, len(waiting), article.title)

    # What readers put right

    def correct(
        self, identity: str, kind: str, target: dict[str, Any], value: dict[str, Any], *, when: datetime, by: str
    ) -> Correction:
        """Keep a correction of an article.

        Args:
            identity: the article's id.
            kind: what sort of correction it is; the store does not ask further.
            target: what is corrected, as plain JSON.
            value: what holds instead, as plain JSON.
            when: now.
            by: the name that the reader gave.

        Raises:
            UnknownArticleError: if there is no such article.
            ValueError: if target or value are not plain JSON.
        """
        made = _remark(identity, kind, target, value, when, by)
        with self._connections.writing() as connection:
            number = _number(connection, identity)
            keeping.insert_correction(connection, number, made)
            self._derive_again(connection, number)
        return made

    def keep_one(
        self, identity: str, kind: str, target: dict[str, Any] | None, value: dict[str, Any], *, when: datetime, by: str
    ) -> None:
        """Keep a remark of which each reader has one an article, in the place of the one before.

        Nothing of what lists and finds the article hangs on it.

        Args:
            identity: the article's id.
            kind: what sort of remark it is.
            target: what it is on, as plain JSON; None takes away the one before and keeps none.
            value: what it says, as plain JSON.
            when: now.
            by: the name that the reader gave.

        Raises:
            UnknownArticleError: if there is no such article.
            ValueError: if target or value are not plain JSON.
        """
        with self._connections.writing() as connection:
            number = _number(connection, identity)
            connection.execute(
                "DELETE FROM correction WHERE article = ? AND kind = ? AND by = ?", (number, whole(kind), whole(by))
            )
            if target is not None:
                made = _remark(identity, kind, target, value, when, by)
                keeping.insert_correction(connection, number, made)

    def undo(self, correction: str, when: datetime) -> Correction:
        """Undo one correction; it stays on record as undone. One that is undone already stays as it is.

        Raises:
            UnknownArticleError: if there is no such correction.
        """
        return self._set_undone(correction, encode_moment(when))

    def redo(self, correction: str) -> Correction:
        """Let an undone correction hold again.

        Raises:
            UnknownArticleError: if there is no such correction.
        """
        return self._set_undone(correction, None)

    def corrections(self, identity: str | None = None, *, undone: bool = False) -> list[Correction]:
        """The corrections of one article, oldest first, or of all, newest first; those undone only if asked for.

        Raises:
            UnknownArticleError: if there is no such article.
        """
        with self._connections.reading() as connection:
            found = (
                keeping.all_corrections(connection)
                if identity is None
                else keeping.corrections_of(connection, _number(connection, identity))
            )
        return [one for one in found if undone or one.undone is None]

    # As a whole

    def items(self) -> Iterator[Item]:
        """Everything that is kept, article by article as they were added, all of it as it is at the first one."""
        with self._connections.reading() as connection:
            numbers = connection.execute(
                "SELECT number FROM article WHERE removed IS NULL ORDER BY added, id"
            ).fetchall()
            for (number,) in numbers:
                yield self._item(connection, number)

    def beside(self, folder: Path) -> Library:
        """An empty library of the same kind in another folder, for the moment: quick, and not safe from a crash.

        It is not searched: what it holds is indexed where it is copied to.
        """
        path = folder / FILE
        connections_to(path, lambda c: None).close()
        made = Library(Connections(path, durable=False), self._read, self._corrected)
        with made._connections.plain() as connection:
            connection.execute("DROP TABLE search")
            connection.execute("CREATE TABLE search (title, about, text, quotes)")
        return made

    def copy_to(self, target: sqlite3.Connection, tell: Tell = untold) -> None:
        """Copy the whole file, as it is at this moment, into another database, and tell how many of its pages are done.

        Others may write meanwhile: the copy has nothing of that.

        Raises:
            LibraryError: if the library can't be read.
            sqlite3.Error: if the other can't be written.
        """
        with self._connections.reading() as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # the moment
            failed = None
            try:
                copy(connection, target, tell)
            except sqlite3.Error as trouble:
                if isinstance(explain(trouble, self.path), LibraryDamagedError):
                    raise
                failed = trouble  # the other's, of which this library's errors would say what is not so
        if failed is not None:
            raise failed

    def copy_from(self, source: Connections, tell: Tell = untold) -> int:
        """Put all that another library's file holds in the place of what this one does, in one transaction.

        Args:
            source: to the other file, which was checked. One of an older version is brought forward here.
            tell: is told how many of its pages are done.

        Returns:
            How many articles there are now, without those in the bin.
        """
        with self._connections.replacing() as connection:
            with source.reading() as other:
                copy(other, connection, tell)
            migrate(connection, lambda c: keeping.derive_all(c, self._corrected))
            count: int = connection.execute("SELECT count(*) FROM article WHERE removed IS NULL").fetchone()[0]
        return count

    def take_over(self, other: Library) -> Imported:
        """Copy what another library holds and this one does not, but no readings, in one transaction."""
        other.close()
        with self._connections.writing(attached=other.path) as connection:
            for one in merging.in_bin(connection):
                self._bring_back(connection, one)
            imported, touched = merging.merge(connection)
            for number in touched:
                self._derive_again(connection, number)
        return imported

    def put(self, items: Iterable[Item]) -> int:
        """Keep items in a library that has none of them: all, or nothing if one of them raises.

        Of an item whose engine is 0 the reading is left out: this engine makes it when it is asked for.

        Returns:
            How many.
        """
        count = 0
        with self._connections.writing() as connection:
            for item in items:
                self._insert(connection, item)
                count += 1
        return count

    def rows(self) -> list[tuple[Any, ...]]:
        """Every row of what is kept and of what finds it, in a form that is equal for equal libraries."""
        with self._connections.reading() as connection:
            return list(keeping.rows(connection))

    def check(self) -> list[str]:
        """What is wrong with the file, a line each: its pages, its references, its search index. It reads all of it."""
        with self._connections.plain() as connection:
            return keeping.complaints(connection, deeply=self.writable)

    # Inside a transaction

    def _insert(self, connection: sqlite3.Connection, item: Item) -> None:
        number = keeping.insert_article(connection, item.id, item.article, item.original, item.added)
        if item.engine:
            keeping.write_reading(connection, number, item.engine, item.reading)
        for correction in item.corrections:
            keeping.insert_correction(connection, number, correction)
        reading = item.reading if item.engine else keeping.unread(item.article)
        keeping.derive(connection, number, item.article, reading, self._corrected)

    def _bring_back(self, connection: sqlite3.Connection, identity: str) -> None:
        connection.execute("UPDATE article SET removed = NULL WHERE id = ?", (identity,))
        self._derive_again(connection, _number(connection, identity))

    def _derive_again(self, connection: sqlite3.Connection, number: int) -> None:
        article = keeping.read_article(connection, number)
        kept = keeping.read_reading(connection, number, len(article.text))
        reading = keeping.unread(article) if kept is None else kept[1]
        keeping.derive(connection, number, article, reading, self._corrected)

    def _item(self, connection: sqlite3.Connection, number: int) -> Item:
        try:
            return keeping.item_of(connection, number)
        except keeping.NoReadingError as without:
            return replace(without.item, engine=0, reading=self._read(without.item.article))

    def _keep_reading(self, identity: str, article: Article, reading: Reading) -> None:
        """Keep a reading of this engine, unless the article was changed or removed meanwhile."""
        with self._connections.writing() as connection:
            number = keeping.number_of(connection, identity)
            if number is None or keeping.read_article(connection, number) != article:
                return
            keeping.write_reading(connection, number, version.ENGINE, reading)
            keeping.derive(connection, number, article, reading, self._corrected)

    def _set_undone(self, correction: str, moment: str | None) -> Correction:
        with self._connections.writing() as connection:
            row = connection.execute(
                "SELECT article FROM correction JOIN article ON article.number = article"
                " WHERE correction.id = ? AND removed IS NULL",
                (whole(correction),),
            ).fetchone()
            if row is None:
                raise UnknownArticleError(
                    "This correction is not in the library; its article may have been removed. Reload the page."
                )
            changed = "undone IS NULL" if moment else "undone IS NOT NULL"
            connection.execute(
                f"UPDATE correction SET undone = ? WHERE id = ? AND {changed}",  # noqa: S608
                (moment, correction),
            )
            self._derive_again(connection, row[0])
            return next(one for one in keeping.corrections_of(connection, row[0]) if one.id == correction)


def _remark(
    identity: str, kind: str, target: dict[str, Any], value: dict[str, Any], when: datetime, by: str
) -> Correction:
    return Correction(
        uuid.uuid4().hex,
        identity,
        whole(kind),
        json_only(target),
        json_only(value),
        when.astimezone(UTC),
        whole(by),
    )


def _number(connection: sqlite3.Connection, identity: str) -> int:
    number = keeping.number_of(connection, identity)
    if number is None:
        raise UnknownArticleError(
            f"There is no article “{identity}” in the library; it may have been removed. Choose another one."
        )
    return number


def _known(connection: sqlite3.Connection, name: str, article: Article, apart: bool) -> Added | None:
    """Where an article is kept already, by its words or, unless it is to be kept apart, by its address."""
    if keeping.number_of(connection, name) is not None:
        return Added(name, again=True)
    place = "" if apart else address(article.url)
    row = (
        place
        and connection.execute(
            "SELECT id FROM article WHERE address = ? AND address <> '' AND removed IS NULL ORDER BY number", (place,)
        ).fetchone()
    )
    return Added(row[0], again=True, differs=True) if row else None


def _in_bin(connection: sqlite3.Connection, identity: str, since: str | None = None) -> bool:
    row = connection.execute("SELECT removed FROM article WHERE id = ?", (whole(identity),)).fetchone()
    return row is not None and row[0] is not None and since in (None, row[0])


def _state(path: Path) -> tuple[int, int, bool]:
    """Which file lies at a path, and whether it may be written to."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0, False
    return found.st_dev, found.st_ino, os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _stale(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT id FROM article LEFT JOIN reading ON reading.article = number"
        " WHERE removed IS NULL AND (engine IS NULL OR engine <> ?) ORDER BY added DESC",
        (version.ENGINE,),
    )
    return [row[0] for row in rows]
