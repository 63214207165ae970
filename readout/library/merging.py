"""Copying one library into another: SQL from file to file, quick enough to be one transaction of 10,000 articles.

The other library is attached under the name `other`; it has been checked, its bin is empty, and its tables are of this
version. Its readings are left behind: this library's engine makes its own.
"""

from __future__ import annotations

import sqlite3

from readout.library.records import Imported

_COPIES = (
    "INSERT INTO main.content SELECT new, text, original FROM other.content JOIN taken ON old = article",
    "INSERT INTO main.listed SELECT new, publisher FROM other.listed JOIN taken ON old = article",
    "INSERT INTO main.quote SELECT new, place, speaker, words FROM other.quote JOIN taken ON old = article",
    "INSERT INTO main.search (rowid, title, about, text, quotes)"
    " SELECT new, title, about, text, quotes FROM other.search JOIN taken ON old = other.search.rowid",
    "INSERT OR IGNORE INTO main.word SELECT word FROM other.word",
    "INSERT OR IGNORE INTO main.speaker (name) SELECT name FROM other.speaker ORDER BY number",
    "INSERT INTO main.voice SELECT mine.number, new FROM other.voice AS voice JOIN taken ON old = voice.article"
    " JOIN other.speaker AS theirs ON theirs.number = voice.speaker JOIN main.speaker AS mine USING (name)",
)
_COLUMNS = "id, about, title, publisher, published, address, added, title_key, opening, begins, words, quotes, speakers"


def in_bin(connection: sqlite3.Connection) -> list[str]:
    """The articles that the other library holds and this one has in its bin."""
    rows = connection.execute(
        "SELECT id FROM main.article WHERE removed IS NOT NULL AND id IN (SELECT id FROM other.article)"
    )
    return [row[0] for row in rows.fetchall()]


def merge(connection: sqlite3.Connection) -> tuple[Imported, list[int]]:
    """Copy the articles that this library lacks, then the corrections that it lacks.

    Returns:
        What was copied, and the numbers of the articles that were here already and have new corrections.
    """
    connection.execute("CREATE TEMP TABLE taken (old INTEGER PRIMARY KEY, new INTEGER)")
    try:
        connection.execute(
            "INSERT INTO taken SELECT number, number + (SELECT coalesce(max(number), 0) FROM main.article)"
            " FROM other.article WHERE id NOT IN (SELECT id FROM main.article)"
        )
        connection.execute(
            f"INSERT INTO main.article (number, {_COLUMNS}) SELECT new, {_COLUMNS} FROM other.article"  # noqa: S608
            " JOIN taken ON old = number ORDER BY new"
        )
        for copy in _COPIES:
            connection.execute(copy)
        new = connection.execute("SELECT count(*) FROM taken").fetchone()[0]
        again = connection.execute("SELECT count(*) FROM other.article").fetchone()[0] - new
        corrections, touched = _corrections(connection)
    finally:
        connection.execute("DROP TABLE taken")
    return Imported(new, again, corrections), touched


def _corrections(connection: sqlite3.Connection) -> tuple[int, list[int]]:
    last = connection.execute("SELECT coalesce(max(number), 0) FROM main.correction").fetchone()[0]
    copied = connection.execute(
        "INSERT INTO main.correction (id, article, kind, target, value, made, by, undone)"
        " SELECT theirs.id, mine.number, kind, target, value, made, by, undone FROM other.correction AS theirs"
        " JOIN other.article AS source ON source.number = theirs.article"
        " JOIN main.article AS mine ON mine.id = source.id"
        " WHERE theirs.id NOT IN (SELECT id FROM main.correction) ORDER BY theirs.number"
    ).rowcount
    touched = connection.execute(
        "SELECT DISTINCT article FROM main.correction WHERE number > ? AND article NOT IN (SELECT new FROM taken)"
        " ORDER BY article",
        (last,),
    )
    return copied, [row[0] for row in touched]
