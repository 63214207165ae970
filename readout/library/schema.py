"""The library's tables, and how a file of an older Readout becomes one of this.

Each step is one transaction that also counts `user_version` up: a process that dies inside a step leaves the version
before it. A step that has been published is never edited; what changes comes as a step of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache

APPLICATION = 0x52644F74
"""Marks the file as one of ours ("RdOt"), as `file` and other tools read it."""

Fill = Callable[[sqlite3.Connection], None]

_KEEP = """
CREATE TABLE article (
    number INTEGER PRIMARY KEY,        -- inside this file only
    id TEXT NOT NULL UNIQUE,           -- from its words: the same in every library
    about TEXT NOT NULL,               -- JSON of what is known beside the text
    title TEXT NOT NULL,               -- this and what follows: what the list shows and sorts by, beside `about`
    publisher TEXT NOT NULL,
    published TEXT,
    address TEXT NOT NULL,             -- the URL, as far as it names this article
    added TEXT NOT NULL,
    removed TEXT,                      -- when it went to the bin, if it is there
    title_key TEXT NOT NULL,           -- levelled
    opening TEXT NOT NULL DEFAULT '',  -- this and what follows: from the reading
    begins INTEGER NOT NULL DEFAULT 0, -- where the body begins
    words INTEGER NOT NULL DEFAULT 0,
    quotes INTEGER NOT NULL DEFAULT 0,
    speakers TEXT NOT NULL DEFAULT ''  -- a line each
);
CREATE INDEX article_address ON article (address) WHERE address <> '';
CREATE INDEX article_removed ON article (removed) WHERE removed IS NOT NULL;

-- Apart from `article`, so that the list never reads past long texts.
CREATE TABLE content (
    article INTEGER PRIMARY KEY REFERENCES article (number) ON DELETE CASCADE,
    text TEXT NOT NULL,                -- as it was given: every offset counts its characters
    original BLOB                      -- the file or page that it came from
);

CREATE TABLE reading (
    article INTEGER PRIMARY KEY REFERENCES article (number) ON DELETE CASCADE,
    engine INTEGER NOT NULL,           -- 0: to be made anew
    json BLOB NOT NULL                 -- deflated
);
CREATE INDEX reading_engine ON reading (engine);

CREATE TABLE correction (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,              -- JSON
    value TEXT NOT NULL,               -- JSON
    made TEXT NOT NULL,
    by TEXT NOT NULL,
    undone TEXT
);
CREATE INDEX correction_article ON correction (article);
"""

_FIND = """
CREATE TABLE speaker (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    articles INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX speaker_articles ON speaker (articles DESC, name);

CREATE TABLE voice (
    speaker INTEGER NOT NULL REFERENCES speaker (number),
    article INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE,
    PRIMARY KEY (speaker, article)
) WITHOUT ROWID;
CREATE INDEX voice_article ON voice (article);

-- The number of articles stands beside each name: counting those of 10,000 takes longer than showing the list.
CREATE TRIGGER voice_more AFTER INSERT ON voice BEGIN
    UPDATE speaker SET articles = articles + 1 WHERE number = new.speaker;
END;
CREATE TRIGGER voice_less AFTER DELETE ON voice BEGIN
    UPDATE speaker SET articles = articles - 1 WHERE number = old.speaker;
END;

CREATE TABLE publisher (
    name TEXT PRIMARY KEY,             -- '' too, so that all of them together are all articles
    articles INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- The articles that the list shows: those with a reading and not in the bin.
CREATE TABLE listed (
    article INTEGER PRIMARY KEY REFERENCES article (number) ON DELETE CASCADE,
    publisher TEXT NOT NULL
);
CREATE TRIGGER listed_more AFTER INSERT ON listed BEGIN
    INSERT OR IGNORE INTO publisher (name) VALUES (new.publisher);
    UPDATE publisher SET articles = articles + 1 WHERE name = new.publisher;
END;
CREATE TRIGGER listed_less AFTER DELETE ON listed BEGIN
    UPDATE publisher SET articles = articles - 1 WHERE name = old.publisher;
END;

CREATE TABLE quote (
    article INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    speaker TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (article, place)
) WITHOUT ROWID;

-- Levelled text. One-letter prefixes are indexed too: they begin every search as you type.
CREATE VIRTUAL TABLE search USING fts5 (
    title, about, text, quotes, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
-- What a match counts in each of them.
INSERT INTO search (search, rank) VALUES ('rank', 'bm25(8.0, 4.0, 1.0, 2.0)');

CREATE INDEX article_added ON article (added, number) WHERE removed IS NULL;
CREATE INDEX article_published ON article (published, number) WHERE removed IS NULL;
CREATE INDEX article_title ON article (title_key, number) WHERE removed IS NULL;
CREATE INDEX article_words ON article (words, number) WHERE removed IS NULL;
CREATE INDEX article_quotes ON article (quotes, number) WHERE removed IS NULL;
CREATE INDEX article_publisher ON article (publisher) WHERE removed IS NULL;
"""

_SPELL = """
-- Every word of four letters or more that an article has or had, for what is nearly asked for.
CREATE TABLE word (
    word TEXT PRIMARY KEY
) WITHOUT ROWID;
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (search, row);
INSERT INTO word SELECT term FROM vocabulary WHERE length(term) BETWEEN 4 AND 40;
DROP TABLE vocabulary;
"""

STEPS = (_KEEP, _FIND, _SPELL)
"""From an empty file to this version: what is kept, then what finds it, then what is near to it."""

VERSION = len(STEPS)


def version(connection: sqlite3.Connection) -> int:
    """The version of the tables in a file; 0 for an empty one."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the file is a library, or still empty, and not the database of something else."""
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    return mark == APPLICATION or not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]


def altered(connection: sqlite3.Connection) -> list[str]:
    """What another program changed in the schema of a file, a line each; none where it is as its version makes it.

    A trigger, a view or an index that Readout did not make would run whenever it writes.
    """
    # One state of the file, whatever version another process makes of it meanwhile.
    connection.execute("BEGIN")
    try:
        now = version(connection)
        found = _objects(connection)
    finally:
        connection.execute("COMMIT")
    if not 0 <= now <= VERSION:
        return [f"its version is {now}"]
    made = _made(now)
    return [
        *(f"the {made[name][0]} “{name}” is missing" for name in made if name not in found),
        *(
            f"there is {_a(found[name][0])} “{_shown(name)}” that Readout did not make"
            for name in found
            if name not in made
        ),
        *(
            f"the {made[name][0]} “{name}” is not as Readout made it"
            for name in made
            if found.get(name, made[name]) != made[name]
        ),
    ]


def _objects(connection: sqlite3.Connection) -> dict[str, tuple[str, str, str | None]]:
    """The type, table and SQL of everything in the schema, by name."""
    rows = connection.execute("SELECT name, type, tbl_name, sql FROM sqlite_schema").fetchall()
    # SQLite's own: the figures that ANALYZE keeps, and the tables of the search, whose SQL is its version's affair.
    return {
        str(name): (str(kind), str(table), None if str(name).startswith("search_") else sql)
        for name, kind, table, sql in rows
        if not str(name).startswith("sqlite_stat")
    }


@cache
def _made(upto: int) -> dict[str, tuple[str, str, str | None]]:
    """The schema of a version, as SQLite writes it down."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, lambda _: None, upto)
        return _objects(connection)


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "index" else f"a {kind}"


def _shown(name: str) -> str:
    """A name from the file, short and without what would steer a terminal."""
    return "".join(character for character in name if character.isprintable())[:60]


def migrate(connection: sqlite3.Connection, fill: Fill, upto: int = VERSION) -> None:
    """Bring the tables forward, a transaction a step; what another process did meanwhile is not done again.

    Args:
        connection: a connection to the library's file, outside a transaction.
        fill: makes the tables that find articles from those that keep them; runs inside the last step, where an
            older one left them empty.
        upto: the version to stop at; for tests of this very function.
    """
    while (now := version(connection)) < upto:
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version(connection) == now:
                _step(connection, now, fill)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _step(connection: sqlite3.Connection, now: int, fill: Fill) -> None:
    for statement in _statements(STEPS[now]):
        connection.execute(statement)
    if now + 1 == VERSION and not connection.execute("SELECT EXISTS (SELECT 1 FROM listed)").fetchone()[0]:
        fill(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {now + 1}")


def _statements(script: str) -> list[str]:
    """The statements of a script, one by one: `executescript` would commit the transaction that they stand in."""
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found
