"""Saving what can be read of a damaged library.

The damaged file is read once and never written to. The rows are taken from its pages one by one into a new file, so
that a damaged page costs the rows on it and no others, and what an article lost is made up for where that can be: a
reading is made anew, a text without its row is kept without title and date.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from readout.errors import LibraryDamagedError, LibraryError
from readout.library import keeping, pages
from readout.library.archive import save
from readout.library.codec import decode_article, decode_json, decode_moment, wholly
from readout.library.connections import connect
from readout.library.opening import connections_to
from readout.library.place import FILE, home, strange
from readout.library.records import Correction, Item, Rescued, Tell, untold
from readout.library.store import Read, read_article
from readout.library.words import identity
from readout.records import Article

T = TypeVar("T")
E = TypeVar("E")

_KEPT = ("article", "content", "reading", "correction")
"""The tables that keep what nothing else could give back."""
_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class _Tally:
    articles: int = 0
    without_reading: int = 0
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def rescue(target: Path, folder: Path | None = None, *, reader: Read = read_article, tell: Tell = untold) -> Rescued:
    """Save every article that can be read of a library as a zip that `archive.bring_in` takes.

    Args:
        target: the zip to write.
        folder: where the library lies; without one, READOUT_HOME or the place for user data.
        reader: the engine, for articles whose reading is lost.
        tell: called after each article that was saved; its total is only what is known so far.

    Raises:
        LibraryError: if there is nothing to be read, or the zip can't be written.
    """
    path = (home() if folder is None else folder) / FILE
    tally = _Tally()
    with tempfile.TemporaryDirectory(prefix="readout-") as moment:
        connection = _recovered(path, Path(moment))
        try:
            save(_items(connection, reader, tally), target, tell=tell)
        finally:
            connection.close()
    missing = tuple(filter(None, tally.missing))
    return Rescued(tally.articles, tally.without_reading, len(tally.missing), missing, tuple(tally.changed))


def _recovered(path: Path, moment: Path) -> sqlite3.Connection:
    """A new library file with the rows that stand in the pages of a damaged one, whatever else of it is lost."""
    try:
        if what := strange(path):
            raise LibraryError(f"{path} is {what}, and no library file. Give the folder where the library lies.")
        log = path.with_name(path.name + "-wal")
        data = pages.with_log(path.read_bytes(), log.read_bytes() if log.is_file() else b"")
    except OSError as trouble:
        raise LibraryError(
            f"The library {path} can't be read ({trouble.strerror}). Make sure that the file is there."
        ) from trouble
    connections_to(moment / FILE, lambda _: None).close()
    connection = connect(moment / FILE)
    connection.execute("PRAGMA foreign_keys = OFF")  # a text may be all that is left of its article
    shapes = {table: _shape(connection, table) for table in _KEPT}
    found = 0
    connection.execute("BEGIN")
    for number, values in pages.rows(data):
        table = next((table for table, shape in shapes.items() if pages.fitting(values, shape)), None)
        if table is not None:
            row = [number if kind == "key" else value for kind, value in zip(shapes[table], values, strict=True)]
            places = ", ".join("?" * len(row))
            found += connection.execute(f"INSERT OR IGNORE INTO {table} VALUES ({places})", row).rowcount  # noqa: S608
    connection.execute("COMMIT")
    if found:
        return connection
    connection.close()
    raise LibraryDamagedError(
        f"Nothing can be read of the library {path}; it is left as it is. Look for a copy of the file in a backup."
    )


def _shape(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """What each column of a table may hold, as `pages.fitting` takes it."""
    columns = connection.execute("SELECT type, pk, [notnull] FROM pragma_table_info(?)", (table,))
    return tuple("key" if key else kind + ("" if needed else "?") for kind, key, needed in columns)


def _items(connection: sqlite3.Connection, reader: Read, tally: _Tally) -> Iterator[Item]:
    removed = {row[0] for row in _rows(connection, "SELECT number FROM article WHERE removed IS NOT NULL")}
    numbers = {
        row[0] for row in _rows(connection, "SELECT article FROM content UNION SELECT number FROM article")
    } - removed
    for number in sorted(numbers):
        item = _item(connection, number, reader, tally)
        if item is None:
            tally.missing.append(str(_one(connection, "SELECT title FROM article WHERE number = ?", number) or ""))
        elif item.id not in tally.seen:
            tally.seen.update((item.id, *(one.id for one in item.corrections)))
            tally.articles += 1
            yield item


def _item(connection: sqlite3.Connection, number: int, reader: Read, tally: _Tally) -> Item | None:
    text = _one(connection, "SELECT text FROM content WHERE article = ?", number)
    if not isinstance(text, str) or not text.strip():
        return None
    about = _one(connection, "SELECT about FROM article WHERE number = ?", number)
    added = _one(connection, "SELECT added FROM article WHERE number = ?", number)
    original = _one(connection, "SELECT original FROM content WHERE article = ?", number)
    article = _tried(lambda: decode_article(decode_json(str(about)), text), wholly(Article(text)))
    known_by = _one(connection, "SELECT id FROM article WHERE number = ?", number)
    if known_by is not None and known_by != identity(text):
        tally.changed.append(article.title)
    kept = _tried(lambda: keeping.read_reading(connection, number, len(text)), None)
    tally.without_reading += kept is None
    engine, reading = kept or (0, reader(article))
    return Item(
        identity(text),
        article,
        _tried(lambda: decode_moment(added), _UNKNOWN),
        original if isinstance(original, bytes) else None,
        engine,
        reading,
        tuple(one for one in _corrections(connection, number, identity(text)) if one.id not in tally.seen),
    )


def _corrections(connection: sqlite3.Connection, number: int, article: str) -> Iterator[Correction]:
    for (row,) in list(_rows(connection, "SELECT number FROM correction WHERE article = ?", number)):
        query = "SELECT id, ?, kind, target, value, made, by, undone FROM correction WHERE number = ?"
        for values in _rows(connection, query, article, row):
            made = _tried(lambda values=values: keeping.correction(values), None)  # type: ignore[misc]
            if made is not None:
                yield made


def _rows(connection: sqlite3.Connection, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
    """The rows of a query up to the first that can't be read."""
    try:
        yield from connection.execute(query, values)
    except sqlite3.Error:
        return


def _one(connection: sqlite3.Connection, query: str, number: int) -> object:
    return next(_rows(connection, query, number), (None,))[0]


def _tried(make: Callable[[], T], otherwise: E) -> T | E:
    try:
        return make()
    except (sqlite3.Error, ValueError, TypeError, KeyError):
        return otherwise
