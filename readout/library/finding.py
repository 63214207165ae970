"""The list: which articles are wanted, in which order, and the words that show why."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from readout.library.codec import decode_day, decode_moment, strictly
from readout.library.connections import as_written
from readout.library.nearby import FEW, widened
from readout.library.records import Entry, Found, Named, Near, Snippet, Sort, Wanted
from readout.library.words import BETWEEN, Term, expression, is_identity, leading, level, marks, snippet, terms, whole
from readout.quoted import said
from readout.records import Article, Reading, Span

_COLUMNS = (
    "article.number, article.id, article.title, article.publisher, article.published, article.added, article.words,"
    " article.quotes, article.speakers, article.opening, article.begins,"
    " EXISTS (SELECT 1 FROM correction WHERE correction.article = article.number AND kind = 'star' AND undone IS NULL)"
)
_STARRED = "article.number IN (SELECT article FROM correction WHERE kind = ? AND undone IS NULL)"
_ORDERS: dict[Sort, tuple[str, str]] = {
    "match": ("rank", "ASC"),
    "added": ("article.added", "DESC"),
    "published": ("article.published", "DESC"),
    "title": ("article.title_key", "ASC"),
    "words": ("article.words", "DESC"),
    "quotes": ("article.quotes", "DESC"),
}
"""By what each order goes, and which way unless it is turned around."""


def find(connection: sqlite3.Connection, wanted: Wanted, offset: int, limit: int) -> Found:
    """A page of the articles wanted, and how many there are in all."""
    asked = terms(wanted.query)
    query = _query(wanted, asked)
    total = connection.execute(query.count, query.values).fetchone()[0] or 0
    rows = connection.execute(f"{query.rows} LIMIT ? OFFSET ?", (*query.values, limit, offset)).fetchall()
    if not asked:
        return Found(tuple(_entry(connection, row, wanted, asked) for row in rows), total, total)
    rows = _whole_rows(connection, [row[0] for row in rows])
    found = Found(tuple(_entry(connection, row, wanted, asked) for row in rows), total, total)
    return _with_near(connection, found, wanted, offset, limit) if total <= FEW else found


def _with_near(connection: sqlite3.Connection, exact: Found, wanted: Wanted, offset: int, limit: int) -> Found:
    """What was found, and after it the articles that have words nearly as they were asked for."""
    asked = terms(wanted.query)
    wider = widened(connection, asked, _column(wanted))
    if wider == asked:
        return exact
    query = _query(wanted, asked)
    had = [row[0] for row in connection.execute(query.rows, query.values)]
    query = _query(wanted, wider, had)
    more = connection.execute(query.count, query.values).fetchone()[0]
    if not more:
        return exact
    limits = max(limit - len(exact.entries), 0), max(offset - exact.total, 0)
    numbers = [row[0] for row in connection.execute(f"{query.rows} LIMIT ? OFFSET ?", (*query.values, *limits))]
    rows = _whole_rows(connection, numbers)
    entries = [replace(_entry(connection, row, wanted, wider), near=True) for row in rows]
    near = tuple(Near(term.words[0], term.near) for term in wider if term.near)
    return Found((*exact.entries, *entries), exact.total + more, exact.total, near)


def speakers(connection: sqlite3.Connection, begins: str, limit: int) -> list[Named]:
    """The speakers with the most articles, of those with a word that begins so."""
    wanted = level(begins).strip()
    found = []
    rows = connection.execute("SELECT name, articles FROM speaker WHERE articles > 0 ORDER BY articles DESC, name")
    for row in rows:
        with as_written("speaker"):
            one = strictly(Named(*row))
        if not wanted or f" {level(one.name)}".find(f" {wanted}") >= 0:
            found.append(one)
        if len(found) == limit:
            break
    return found


def publishers(connection: sqlite3.Connection) -> list[Named]:
    """The publishers, those with the most articles first."""
    rows = connection.execute(
        "SELECT name, articles FROM publisher WHERE articles > 0 AND name <> '' ORDER BY articles DESC, name"
    )
    with as_written("publisher"):
        return [strictly(Named(*row)) for row in rows]


def titled(connection: sqlite3.Connection, title: str, limit: int) -> list[tuple[str, str]]:
    """The id and title of articles whose title has these words side by side: the shortest first, then the last added.

    What stands between the words, and their case, does not count; the caller compares what it knows the title by.
    """
    words = [word for term in terms(f'"{title}"') for word in term.words]
    if not words:
        rows = connection.execute(
            "SELECT id, title FROM article WHERE title_key = ? AND removed IS NULL ORDER BY added DESC LIMIT ?",
            (level(title).strip(), limit),
        )
        return named(rows)
    rows = connection.execute(
        "SELECT id, article.title FROM search CROSS JOIN article ON article.number = search.rowid"
        " WHERE search MATCH ? ORDER BY length(article.title), added DESC LIMIT ?",
        (expression([Term(tuple(words), begun=False)], "title"), limit),
    )
    return named(rows)


def named(rows: Iterable[tuple[Any, Any]]) -> list[tuple[str, str]]:
    """The ids and titles that rows say."""
    with as_written("article"):
        found = [(known_by, whole(title)) for known_by, title in rows]
        if not all(is_identity(known_by) for known_by, _ in found):
            raise ValueError("an id expected")
    return found


def wider(connection: sqlite3.Connection, wanted: Wanted) -> list[Term]:
    """The terms of a query as the list looks for them: with words that are nearly they where it finds few."""
    asked = terms(wanted.query)
    query = _query(wanted, asked)
    few = bool(asked) and connection.execute(query.count, query.values).fetchone()[0] <= FEW
    return widened(connection, asked, _column(wanted)) if few else asked


def place(article: Article, reading: Reading, wanted: Wanted, asked: Sequence[Term]) -> int | None:
    """The character of the text that the list shows for a query, where an article is best opened.

    None where the query is in the title, or nowhere in the text: then it is opened at its head.

    Args:
        article: the article.
        reading: its reading.
        wanted: what was searched for.
        asked: its terms, as `wider` gives them.
    """
    if not asked:
        return None
    if wanted.within == "quotes":
        found = [marks(level(said(article.text, quote)), asked) for quote in reading.quotes]
        counts = [len({term for _, _, term in one}) for one in found]
        return reading.quotes[counts.index(max(counts))].start if any(counts) else None
    if marks(level(article.title), asked):
        return None
    begins = reading.layout.body[0]
    matches = marks(level(article.text[begins:]), asked)
    return begins + matches[leading(matches, asked)][0] if matches else None


@dataclass(frozen=True, slots=True)
class _Query:
    """A query in SQL: for the number of all articles, and for their rows in order."""

    count: str
    rows: str
    """The columns of the list, or for a search the number of each article: sorting those is three times as quick."""
    values: tuple[object, ...]


def _column(wanted: Wanted) -> str:
    return "quotes" if wanted.within == "quotes" else ""


def _query(wanted: Wanted, asked: Sequence[Term], without: Sequence[int] = ()) -> _Query:
    """A query for what is wanted.

    Args:
        wanted: what is wanted.
        asked: the terms of its query.
        without: the numbers of a few articles that are left out of a search.
    """
    order = _order(wanted, bool(asked))
    conditions = _conditions(wanted)
    if not asked:
        where = " AND ".join(("article.removed IS NULL", *conditions))
        # All publishers together, "" among them, are all articles.
        count = f"SELECT count(*) FROM article WHERE {where}" if conditions else "SELECT sum(articles) FROM publisher"  # noqa: S608
        rows = f"SELECT {_COLUMNS} FROM article WHERE {where} ORDER BY {order}"  # noqa: S608
        return _Query(count, rows, tuple(conditions.values()))
    match = expression(asked, _column(wanted))
    left_out = (f"search.rowid NOT IN ({', '.join(map(str, without))})",) if without else ()
    where = " AND ".join(("search MATCH ?", *left_out, *conditions))
    joined = "search CROSS JOIN article ON article.number = search.rowid" if conditions else "search"
    sorting = joined if order == "rank" else "search CROSS JOIN article ON article.number = search.rowid"
    rows = f"SELECT search.rowid FROM {sorting} WHERE {where} ORDER BY {order}"  # noqa: S608
    return _Query(f"SELECT count(*) FROM {joined} WHERE {where}", rows, (match, *conditions.values()))  # noqa: S608


def _whole_rows(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
    """The columns of the list for these articles, in this order."""
    marks = ", ".join("?" * len(numbers))
    rows = connection.execute(f"SELECT {_COLUMNS} FROM article WHERE number IN ({marks})", numbers)  # noqa: S608
    found = {row[0]: row for row in rows}
    return [found[number] for number in numbers if number in found]


def _conditions(wanted: Wanted) -> dict[str, object]:
    """What narrows the list beside the query: conditions in SQL, each with its value."""
    found: dict[str, object] = {}
    if wanted.speaker:
        found[
            "article.number IN (SELECT article FROM voice WHERE speaker = (SELECT number FROM speaker WHERE name = ?))"
        ] = whole(wanted.speaker)
    if wanted.publisher:
        found["article.publisher = ?"] = whole(wanted.publisher)
    if wanted.starred:
        found[_STARRED] = "star"
    if wanted.since is not None:
        found["article.published >= ?"] = wanted.since.isoformat()
    if wanted.until is not None:
        found["article.published <= ?"] = wanted.until.isoformat()
    return found


def _order(wanted: Wanted, ranked: bool) -> str:
    sort = wanted.sort if wanted.sort in _ORDERS else "match"
    if sort == "match" and not ranked:
        sort = "added"
    column, way = _ORDERS[sort]
    if wanted.reverse:
        way = "ASC" if way == "DESC" else "DESC"
    if sort == "match" and not wanted.reverse:
        return "rank"  # and nothing else: FTS5 then sorts by itself
    return f"{column} {way}, article.number {way}"


def _entry(connection: sqlite3.Connection, row: Sequence[Any], wanted: Wanted, asked: Sequence[Term]) -> Entry:
    with as_written("article", row[0]):
        return _made(connection, row, wanted, asked)


def _made(connection: sqlite3.Connection, row: Sequence[Any], wanted: Wanted, asked: Sequence[Term]) -> Entry:
    number, identity, title, publisher, published, added, words, quotes, names, opening, begins, starred = row
    if not is_identity(identity):
        raise ValueError("an id expected")
    shown: Snippet | None = None
    title_marks: tuple[Span, ...] = ()
    if asked and wanted.within == "quotes":
        shown = _quoted(connection, number, asked)
    elif asked:
        shown = _written(connection, number, begins, asked)
        title_marks = tuple((start, end) for start, end, _ in marks(level(title), asked))
    return strictly(
        Entry(
            identity,
            title,
            publisher,
            decode_day(published),
            decode_moment(added),
            words,
            quotes,
            tuple(names.split("\n")) if names else (),
            shown or Snippet(opening),
            title_marks,
            starred=bool(starred),
        )
    )


def _written(connection: sqlite3.Connection, number: int, begins: int, asked: Sequence[Term]) -> Snippet | None:
    """The stretch of the text with most of the terms in it, from the body where they stand there."""
    text, levelled = connection.execute(
        "SELECT content.text, search.text FROM content JOIN search ON search.rowid = content.article"
        " WHERE content.article = ?",
        (number,),
    ).fetchone()
    # The head says again what stands above the snippet.
    return snippet(text[begins:], levelled[begins:], asked) or snippet(text, levelled, asked)


def _quoted(connection: sqlite3.Connection, number: int, asked: Sequence[Term]) -> Snippet | None:
    """The quote with most of the terms in it, the first of equals."""
    levelled = connection.execute("SELECT quotes FROM search WHERE rowid = ?", (number,)).fetchone()[0].split(BETWEEN)
    counts = [len({term for _, _, term in marks(one, asked)}) for one in levelled]
    best = counts.index(max(counts))
    row = connection.execute(
        "SELECT words, speaker FROM quote WHERE article = ? AND place = ?", (number, best)
    ).fetchone()
    return snippet(row[0], levelled[best], asked, row[1]) if row else None
