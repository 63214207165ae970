"""Saving what can be read of a damaged library.

All of this happens in a copy; the damaged file is read once and never written to. Rows are fetched one by one, so that
a damaged page costs the rows on it and no others, and what an article lost is made up for where that can be: a reading
is made anew, a text without its row is kept without title and date.
"""

from __future__ import annotations

import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from readout.errors import LibraryDamagedError, LibraryError
from readout.library import keeping
from readout.library.archive import save
from readout.library.codec import decode_article, decode_json, decode_moment, wholly
from readout.library.connections import connect
from readout.library.opening import connections_to
from readout.library.place import FILE, home
from readout.library.records import Correction, Item, Rescued, Tell, untold
from readout.library.store import Read, read_article
from readout.library.words import identity
from readout.records import Article

_WAYS = (
    "SELECT number FROM article ORDER BY number",
    "SELECT number FROM article ORDER BY number DESC",
    "SELECT number FROM article INDEXED BY article_added WHERE removed IS NULL ORDER BY added",
    "SELECT article FROM content ORDER BY article",
    "SELECT article FROM content ORDER BY article DESC",
    "SELECT article FROM reading ORDER BY article DESC",
    "SELECT rowid FROM search ORDER BY rowid DESC",
)
"""Ways to the numbers of articles through different pages of the file, and from both ends, up to the damage."""
T = TypeVar("T")
E = TypeVar("E")

_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
_PAGE = 4096


@dataclass
class _Tally:
    articles: int = 0
    without_reading: int = 0
    lost: int = 0
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
        connection = _opened(path, Path(moment))
        try:
            save(_items(connection, reader, tally), target, tell=tell)
        finally:
            connection.close()
    return Rescued(tally.articles, tally.without_reading, tally.lost)


def _opened(path: Path, moment: Path) -> sqlite3.Connection:
    """A connection to a copy of the file, with a new head where its own can't be read."""
    try:
        for ending in ("", "-wal"):
            source = path.with_name(path.name + ending)
            if source.exists() or not ending:
                shutil.copyfile(source, moment / source.name)
    except OSError as trouble:
        raise LibraryError(
            f"The library {path} can't be copied ({trouble.strerror}). Make sure that the file is there."
        ) from trouble
    for mend in (False, True):
        if mend:
            _give_head(moment / path.name)
        try:
            connection = connect(moment / path.name)
            connection.execute("SELECT 1 FROM content, article LIMIT 1").fetchone()
            return connection
        except sqlite3.Error as trouble:
            last = trouble
    raise LibraryDamagedError(
        f"Nothing can be read of the library {path}; it is left as it is. Look for a copy of the file in a backup."
    ) from last


def _give_head(copy: Path) -> None:
    """Put the first page of a new library, and the pages of its list of tables, in the place of this file's own.

    Every library begins with the same tables on the same pages, because the same steps made them in the same order.
    """
    new = copy.parent / "new"
    connections_to(new / FILE, lambda _: None).close()
    sound = (new / FILE).read_bytes()
    count = copy.stat().st_size // _PAGE
    with copy.open("r+b") as file:
        for number in _list_pages(sound):
            file.seek((number - 1) * _PAGE)
            file.write(sound[(number - 1) * _PAGE : number * _PAGE])
        file.seek(28)
        file.write(struct.pack(">IIi", count, 0, 0))  # pages in the file; no list of free pages is trusted


def _list_pages(sound: bytes) -> list[int]:
    """The pages that hold the list of tables: the first, and those that it points to where it is a branch."""
    if sound[100] != 5:
        return [1]
    (cells,) = struct.unpack_from(">H", sound, 103)
    (last,) = struct.unpack_from(">I", sound, 108)
    places = struct.unpack_from(f">{cells}H", sound, 112)
    return [1, *(struct.unpack_from(">I", sound, place)[0] for place in places), last]


def _items(connection: sqlite3.Connection, reader: Read, tally: _Tally) -> Iterator[Item]:
    removed = {row[0] for row in _rows(connection, "SELECT number FROM article WHERE removed IS NOT NULL")}
    numbers = {row[0] for way in _WAYS for row in _rows(connection, way)} - removed
    for number in sorted(numbers):
        item = _item(connection, number, reader, tally)
        if item is None:
            tally.lost += 1
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
