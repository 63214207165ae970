"""Rows of the library: how what is kept is written and read, inside a transaction that the caller holds."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from readout import version
from readout.layout import lay_out, plain
from readout.library.codec import (
    decode_article,
    decode_json,
    decode_moment,
    decode_reading,
    encode_article,
    encode_moment,
    encode_reading,
)
from readout.library.connections import RowError, as_written
from readout.library.records import Corrected, Correction, Item
from readout.library.schema import altered
from readout.library.words import BETWEEN, address, identity, is_identity, level, opening, vocabulary, whole
from readout.quoted import said
from readout.records import Article, Reading

_LONGEST_READING = 1 << 28
"""Bytes of a reading's JSON; a damaged or hostile one does not fill the memory."""
_TYPED = ("article", "content", "reading", "correction", "speaker", "voice", "publisher", "listed", "quote", "word")
_CORRECTION = (
    "SELECT correction.number, correction.id, article.id, kind, target, value, made, by, undone"
    " FROM correction JOIN article"
)


class NoReadingError(Exception):
    """An article whose reading is missing or can't be trusted, with all the rest of it."""

    def __init__(self, item: Item) -> None:
        """`item` has a reading without findings."""
        super().__init__(item.id)
        self.item = item


def insert_article(
    connection: sqlite3.Connection, known_by: str, article: Article, original: bytes | None, added: datetime
) -> int:
    """Keep an article; its reading comes after. Returns its number in this file."""
    cursor = connection.execute(
        "INSERT INTO article (id, added, about, title, publisher, address, title_key)"
        " VALUES (?, ?, '', '', '', '', '')",
        (known_by, encode_moment(added)),
    )
    number = cursor.lastrowid
    assert number is not None
    connection.execute("INSERT INTO content VALUES (?, ?, ?)", (number, article.text, original))
    write_about(connection, number, article)
    return number


def write_about(connection: sqlite3.Connection, number: int, article: Article) -> None:
    """Write what is known of an article beside its text."""
    connection.execute(
        "UPDATE article SET about = ?, publisher = ?, address = ? WHERE number = ?",
        (
            json.dumps(encode_article(article), ensure_ascii=False, sort_keys=True),
            article.publisher,
            address(article.url),
            number,
        ),
    )


def number_of(connection: sqlite3.Connection, known_by: str) -> int | None:
    """The number of an article that is not in the bin, if there is one."""
    row = connection.execute(
        "SELECT number FROM article WHERE id = ? AND removed IS NULL", (whole(known_by),)
    ).fetchone()
    return None if row is None else int(row[0])


def read_article(connection: sqlite3.Connection, number: int) -> Article:
    """An article with its text."""
    with as_written("article", number):
        about, text = connection.execute(
            "SELECT about, text FROM article JOIN content ON content.article = number WHERE number = ?", (number,)
        ).fetchone()
        return decode_article(decode_json(about), text)


def write_reading(connection: sqlite3.Connection, number: int, engine: int, reading: Reading) -> None:
    """Keep a reading in the place of the one before."""
    packed = zlib.compress(encode_reading(reading).encode("utf-8", "replace"))
    connection.execute("INSERT OR REPLACE INTO reading VALUES (?, ?, ?)", (number, engine, packed))


def read_reading(connection: sqlite3.Connection, number: int, size: int) -> tuple[int, Reading] | None:
    """The reading of an article with the version of its engine; None where there is none, or none to be trusted.

    One that claims an engine yet to come is not trusted: by its number alone nothing would ever make it anew.
    """
    row = connection.execute("SELECT engine, json FROM reading WHERE article = ?", (number,)).fetchone()
    if row is None or type(row[0]) is not int or not 1 <= row[0] <= version.ENGINE:
        return None
    try:
        unpacking = zlib.decompressobj()
        given = unpacking.decompress(row[1], _LONGEST_READING)
        return row[0], decode_reading(decode_json(given), size)
    except (TypeError, ValueError, zlib.error):
        return None


def unread(article: Article) -> Reading:
    """What stands for the reading of an article that is not read yet: its layout, and no findings."""
    return Reading(lay_out(article.text, title=article.title, body=article.body_span))


def insert_correction(connection: sqlite3.Connection, number: int, given: Correction) -> None:
    """Keep a correction of the article with this number."""
    connection.execute(
        "INSERT INTO correction (id, article, kind, target, value, made, by, undone) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            given.id,
            number,
            given.kind,
            json.dumps(given.target, sort_keys=True),
            json.dumps(given.value, sort_keys=True),
            encode_moment(given.made),
            given.by,
            encode_moment(given.undone) if given.undone else None,
        ),
    )


def corrections_of(connection: sqlite3.Connection, number: int) -> list[Correction]:
    """The corrections of an article, oldest first, those undone among them."""
    rows = connection.execute(
        f"{_CORRECTION} ON article.number = article WHERE article = ? ORDER BY made, correction.number",
        (number,),
    )
    return [_correction(row) for row in rows]


def all_corrections(connection: sqlite3.Connection) -> list[Correction]:
    """The corrections of every article that is not in the bin, newest first, those undone among them."""
    rows = connection.execute(
        f"{_CORRECTION} ON article.number = article WHERE removed IS NULL ORDER BY made DESC, correction.number DESC"
    )
    return [_correction(row) for row in rows]


def item_of(connection: sqlite3.Connection, number: int) -> Item:
    """An article with everything that is kept of it.

    Raises:
        NoReadingError: if its reading is missing or can't be trusted; it carries all the rest.
    """
    article = read_article(connection, number)
    known_by, added, original = connection.execute(
        "SELECT id, added, original FROM article JOIN content ON content.article = number WHERE number = ?", (number,)
    ).fetchone()
    with as_written("article", number):
        when = decode_moment(added)
        if not is_identity(known_by) or not isinstance(original, bytes | None):
            raise ValueError("an id and bytes expected")
    corrections = tuple(corrections_of(connection, number))
    engine, reading = read_reading(connection, number, len(article.text)) or (0, unread(article))
    item = Item(known_by, article, when, original, engine, reading, corrections)
    if not engine:
        raise NoReadingError(item)
    return item


def derive(
    connection: sqlite3.Connection, number: int, article: Article, reading: Reading, corrected: Corrected
) -> None:
    """Write what lists and finds an article, in the place of what was written before."""
    standing = [one for one in corrections_of(connection, number) if one.undone is None]
    article, seen = corrected(article, reading, standing) if standing else (article, reading)
    quoted = {quote.speaker for quote in seen.quotes}
    named = [" ".join(one.name.split()) for one in seen.speakers if (one.named or one.by) and one.name in quoted]
    words = [(place, quote.speaker, said(article.text, quote)) for place, quote in enumerate(seen.quotes)]
    body = article.text[slice(*seen.layout.body)]
    underive(connection, number)
    connection.execute(
        "UPDATE article SET title = ?, publisher = ?, published = ?, title_key = ?, opening = ?, begins = ?, words = ?,"
        " quotes = ?, speakers = ? WHERE number = ?",
        (
            article.title,
            article.publisher,
            article.published.isoformat() if article.published else None,
            level(article.title).strip(),
            opening(body),
            seen.layout.body[0],
            len(plain(body).split()),
            len(words),
            "\n".join(named),
            number,
        ),
    )
    connection.execute("INSERT INTO listed VALUES (?, ?)", (number, article.publisher))
    connection.executemany("INSERT OR IGNORE INTO speaker (name) VALUES (?)", ((name,) for name in named))
    connection.executemany(
        "INSERT OR IGNORE INTO voice SELECT number, ? FROM speaker WHERE name = ?", ((number, name) for name in named)
    )
    connection.executemany("INSERT INTO quote VALUES (?, ?, ?, ?)", ((number, *one) for one in words))
    known_by = level(BETWEEN.join((article.byline, article.publisher, article.republisher, *named)))
    levelled = (level(article.title), known_by, level(article.text), level(BETWEEN.join(said for _, _, said in words)))
    connection.execute(
        "INSERT INTO search (rowid, title, about, text, quotes) VALUES (?, ?, ?, ?, ?)", (number, *levelled)
    )
    # Sorted, they go into the list's tree from left to right. What is quoted stands in the text too.
    connection.executemany(
        "INSERT OR IGNORE INTO word VALUES (?)", ((word,) for word in sorted(vocabulary(*levelled[:3])))
    )


def underive(connection: sqlite3.Connection, number: int) -> None:
    """Take an article out of what is listed and found by words and by voice."""
    for table, column in (("listed", "article"), ("voice", "article"), ("quote", "article"), ("search", "rowid")):
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))  # noqa: S608


def derive_all(connection: sqlite3.Connection, corrected: Corrected) -> None:
    """Write what lists and finds the articles, for every one that is not in the bin."""
    for (number,) in connection.execute("SELECT number FROM article WHERE removed IS NULL").fetchall():
        article = read_article(connection, number)
        kept = read_reading(connection, number, len(article.text))
        derive(connection, number, article, unread(article) if kept is None else kept[1], corrected)


def rows(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Every row outside the bin, in an order and with names that do not hang on this file, for comparison."""
    for table, query in _ROWS.items():
        for row in connection.execute(query):
            yield (table, *row) if table != "reading" else (table, *row[:-1], zlib.decompress(row[-1]))


_ROWS = {
    "article": "SELECT id, about, title, publisher, published, address, added, title_key, opening, begins, words,"
    " quotes, speakers FROM article WHERE removed IS NULL ORDER BY id",
    "content": "SELECT id, text, original FROM article JOIN content ON article = number WHERE removed IS NULL"
    " ORDER BY id",
    "correction": "SELECT correction.id, article.id, kind, target, value, made, by, undone FROM correction"
    " JOIN article ON article.number = article WHERE removed IS NULL ORDER BY correction.id",
    "voice": "SELECT name, articles, id FROM voice JOIN speaker ON speaker.number = speaker"
    " JOIN article ON article.number = article ORDER BY name, id",
    "publisher": "SELECT name, articles FROM publisher WHERE articles > 0 ORDER BY name",
    "listed": "SELECT id, listed.publisher FROM listed JOIN article ON number = article ORDER BY id",
    "quote": "SELECT id, place, speaker, quote.words FROM quote JOIN article ON number = article ORDER BY id, place",
    "search": "SELECT id, search.title, search.about, text, search.quotes FROM search JOIN article ON"
    " number = search.rowid ORDER BY id",
    "reading": "SELECT id, engine, json FROM reading JOIN article ON number = article WHERE removed IS NULL"
    " ORDER BY id",
}


def complaints(connection: sqlite3.Connection, *, deeply: bool) -> list[str]:
    """What is wrong with the file, a line each.

    Args:
        connection: a connection outside a transaction.
        deeply: compare the search index with what it indexes, which wants a file that may be written to.
    """
    found = []
    try:
        if changes := altered(connection):
            return changes  # what else is asked would be asked of tables that may be others
        found += [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        for table, _, other, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
            found.append(f"a row of {table} speaks of a row of {other} that is not there")
        without = "SELECT id FROM article WHERE number NOT IN (SELECT article FROM content) ORDER BY id"
        found += [f"the text of the article {known_by} is not there" for (known_by,) in connection.execute(without)]
        found += _misfits(connection)
        if deeply:
            connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as trouble:
        if isinstance(trouble, sqlite3.OperationalError):
            raise
        found.append(str(trouble))
    return found


def _misfits(connection: sqlite3.Connection) -> Iterator[str]:
    """What stands in the rows that no Readout wrote there, a line each."""
    for table in _TYPED:
        columns = connection.execute("SELECT name, type, pk, [notnull] FROM pragma_table_info(?)", (table,)).fetchall()
        if not columns:  # a file of an older version
            continue
        wrong = " OR ".join(
            f"typeof({name}) <> '{kind.lower()}'" + ("" if key or needed else f" AND {name} IS NOT NULL")
            for name, kind, key, needed in columns
        )
        (count,) = connection.execute(f"SELECT count(*) FROM {table} WHERE {wrong}").fetchone()  # noqa: S608
        if count:
            yield f"of the rows of {table}, {count:,} hold what no Readout writes there"
    for number, title in connection.execute("SELECT number, title FROM article JOIN content ON article = number"):
        try:
            with suppress(NoReadingError):
                item_of(connection, number)
            known_by, text = connection.execute(
                "SELECT id, text FROM article JOIN content ON article = number WHERE number = ?", (number,)
            ).fetchone()
            if known_by != identity(text):
                yield f"the words of “{title}” ({known_by}) are not those that were kept"
        except RowError as trouble:
            yield str(trouble)


def uncorrected(article: Article, reading: Reading, corrections: Sequence[Correction]) -> tuple[Article, Reading]:
    """The article as it was kept and the reading as the engine made it, whatever readers say."""
    return article, reading


def _correction(row: tuple[Any, ...]) -> Correction:
    with as_written("correction", row[0]):
        return correction(row[1:])


def correction(row: tuple[Any, ...]) -> Correction:
    """The correction that a row's columns say: id, article's id, kind, target, value, made, by, undone.

    Raises:
        ValueError: if it is none.
    """
    mark, article, kind, target, value, made, by, undone = row
    selectors, said = decode_json(target), decode_json(value)
    if not all(type(words) is str for words in (mark, article, kind, by)):
        raise ValueError("words expected")
    if not isinstance(selectors, dict) or not isinstance(said, dict):
        raise ValueError("objects expected")
    return Correction(
        mark,
        article,
        kind,
        selectors,
        said,
        decode_moment(made),
        by,
        decode_moment(undone) if undone else None,
    )
