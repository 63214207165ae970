"""Connections to the library's file, its transactions, and what SQLite's errors mean to a reader.

A connection serves one thread at a time and then the next: Streamlit starts a thread for every run of a page, and a
connection for each of them would be opened anew, without its cache, at every click.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from readout.errors import (
    LibraryDamagedError,
    LibraryError,
    LibraryFullError,
    LibraryLockedError,
    LibraryReadOnlyError,
)
from readout.library.records import Progress, Tell
from readout.library.schema import altered

PATIENCE = 20.0
"""Seconds that a writer waits for its turn; an import of 10,000 articles held it for twelve on two busy cores."""
_TOLD = 3
"""So many changes of another program are told."""
_IDLE = 8
"""So many connections are kept open when nobody uses them; each holds up to 8 MB of cache."""


class RowError(sqlite3.DatabaseError):
    """A row that holds what no Readout writes; the message says which."""


@contextmanager
def as_written(table: str, number: int | None = None) -> Iterator[None]:
    """A block in which a row is understood: where that fails, RowError says which row, and not how Python failed."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as trouble:
        row = "a row" if number is None else f"row {number}"
        raise RowError(f"{row} of the table “{table}” is not as Readout wrote it") from trouble


_PAGES = 1024
"""So many pages are copied between two steps of a progress: 4 MB."""
_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",  # what was confirmed is on the disk, not only on its way there
    "PRAGMA trusted_schema = OFF",  # a file from elsewhere runs no functions through its schema
    "PRAGMA cell_size_check = ON",  # damage is noticed when a page is read, not when it is used
    "PRAGMA cache_size = -8000",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA journal_size_limit = 67108864",
)


class Connections:
    """The connections of this process to one library file."""

    def __init__(self, path: Path, query: str = "mode=rwc", *, durable: bool = True) -> None:
        """Nothing is opened yet.

        Args:
            path: the file.
            query: how to open it, as SQLite's URIs say ("mode=ro").
            durable: whether what is confirmed must be on the disk; not for a file that is only for the moment.
        """
        self.path = path
        self.writable = "mode=rw" in query
        self.damaged = False
        self._query = query
        self._durable = durable
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._process = os.getpid()

    @contextmanager
    def plain(self, attached: Path | None = None) -> Iterator[sqlite3.Connection]:
        """A connection outside a transaction, for this thread alone until it is given back.

        Args:
            attached: another library, to be read under the name `other`.
        """
        connection = None
        try:
            connection = self._take()
            if attached is not None:
                connection.execute("ATTACH ? AS other", (str(attached),))
            yield connection
        except sqlite3.Error as trouble:
            explained = explain(trouble, self.path) or self._blamed(connection)
            if explained is None:
                raise
            self.damaged = self.damaged or isinstance(explained, LibraryDamagedError)
            raise explained from trouble
        finally:
            if connection is not None and attached is not None:
                connection.close()
            elif connection is not None:
                self._give_back(connection)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the library throughout, whatever is written meanwhile."""
        with self.plain() as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def writing(self, attached: Path | None = None) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is on the disk when the block ends, or nothing of it ever is.

        Args:
            attached: another library, to be read under the name `other`.
        """
        self._may_write()
        with self.plain(attached) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def replacing(self) -> Iterator[sqlite3.Connection]:
        """A connection outside a transaction, whose whole file is to be replaced by another's pages."""
        self._may_write()
        with self.plain() as connection:
            yield connection

    def close(self) -> None:
        """Close what is idle; the last connection to a library also tidies its log away."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _blamed(self, connection: sqlite3.Connection | None) -> LibraryError | None:
        """The sentence for an error that is the file's fault though its code does not say so; None where it is ours."""
        if connection is None:
            return damaged(self.path)
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            changes = altered(connection)
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        except sqlite3.Error:
            return damaged(self.path)
        if changes:
            return changed(self.path, *changes)
        return None if sound else damaged(self.path)

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._process != os.getpid():  # a forked child must not touch its parent's connections
                self._process, self._idle = os.getpid(), []
            if self._idle:
                return self._idle.pop()
        connection = connect(self.path, self._query)
        if not self._durable:
            connection.execute("PRAGMA synchronous = OFF")
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            try:
                connection.execute("ROLLBACK")
            except sqlite3.Error:
                connection.close()
                return
        with self._lock:
            if len(self._idle) < _IDLE and self._process == os.getpid():
                self._idle.append(connection)
                return
        connection.close()

    def _may_write(self) -> None:
        if self.damaged:
            raise damaged(self.path)
        if not self.writable:
            raise read_only(self.path)


def connect(path: Path, query: str = "mode=rwc") -> sqlite3.Connection:
    """A new connection with the library's settings, in autocommit; any thread may use it, one at a time."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{query}",
        uri=True,
        timeout=PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
        if sys.version_info >= (3, 12):  # no SQL writes to the schema itself or to the search's own tables
            connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    except BaseException:
        connection.close()
        raise
    return connection


def copy(source: sqlite3.Connection, target: sqlite3.Connection, tell: Tell) -> None:
    """Copy what one connection sees into the file of another, in one transaction there.

    Args:
        source: in a transaction, so that no writer changes what it sees.
        target: outside one.
        tell: is told how many pages are done; what it raises ends the copying, and nothing is changed.

    Raises:
        LibraryLockedError: if another program writes to the target for too long.
        sqlite3.Error: if one can't be read or the other can't be written.
    """

    def told(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):  # after all the patience that the target has
            raise LibraryLockedError(
                "Another program is writing to the file for too long. Nothing was changed; wait until it is done, "
                "or close it, and try again."
            )
        if remaining:  # the last step has done it already
            tell(Progress(total - remaining, total, ""))

    source.backup(target, pages=_PAGES, progress=told)


def explain(trouble: sqlite3.Error, path: Path) -> LibraryError | None:
    """What an error of SQLite means to a reader, as a sentence; None where it is a mistake of ours."""
    code = getattr(trouble, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if isinstance(trouble, RowError):
        return changed(path, str(trouble))
    if code is None and isinstance(trouble, sqlite3.OperationalError):  # Python's own: a text is not in UTF-8
        return damaged(path)
    if primary == sqlite3.SQLITE_ERROR and "fts5 file format" in str(trouble):
        return damaged(path)
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryLockedError(
            f"Another program has been writing to the library {path} for more than {PATIENCE:.0f} seconds. "
            "Nothing was changed; wait until it is done, or close it, and try again."
        )
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or code == sqlite3.SQLITE_IOERR_SHORT_READ:
        return damaged(path)
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return read_only(path)
    if primary == sqlite3.SQLITE_FULL or code in (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE):
        return LibraryFullError(
            f"The disk that holds the library {path} is full. What was kept before is safe, this change was not made; "
            "make room and try again."
        )
    if primary == sqlite3.SQLITE_IOERR:
        return LibraryError(
            f"The disk that holds the library {path} answers with an error ({trouble}). "
            "Nothing was changed; check the disk, then try again."
        )
    return None


def damaged(path: Path) -> LibraryDamagedError:
    """The sentence about a damaged file."""
    return LibraryDamagedError(
        f"The library file {path} is damaged. Nothing in it has been overwritten, and what can be read is still shown; "
        "save it as a zip with `rescue`, move the file away, and import the zip into a new library."
    )


def changed(path: Path, *how: str) -> LibraryDamagedError:
    """The sentence about a file that another program changed."""
    told = ", ".join(how[:_TOLD])
    return LibraryDamagedError(
        f"The library file {path} was changed by another program: {told}. It is left as it is; save what it holds as a "
        "zip with `rescue`, move the file away, and import the zip into a new library."
    )


def read_only(path: Path) -> LibraryReadOnlyError:
    """The sentence about a file or folder that may not be written to."""
    return LibraryReadOnlyError(
        f"The library {path} can't be changed, because its file or folder may not be written to. "
        "Allow writing there, or set READOUT_HOME to a folder of your own."
    )
