"""Opening a library file as far as it can be opened: made, brought forward, for reading alone, or not at all.

Nothing here writes to a file before it is known to be a library of this Readout or of an older one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
import weakref
from pathlib import Path

from readout.errors import LibraryDamagedError, LibraryError, LibraryNewerError, LibraryReadOnlyError
from readout.library.connections import PATIENCE, Connections, changed, damaged, read_only
from readout.library.place import strange
from readout.library.schema import VERSION, Fill, altered, is_ours, migrate, version

_MAGIC = b"SQLite format 3\0"


def connections_to(path: Path, fill: Fill) -> Connections:
    """Connections to a library file, which is made, or brought forward, where that is needed.

    Args:
        path: the file.
        fill: makes the tables that find articles from those that keep them.

    Raises:
        LibraryError: if it can't be opened; the message says why and what to do.
    """
    try:
        _refuse_strange(path)
        writable = _writable(path)
        if not _looks_like_a_database(path):
            raise damaged(path)
        connections = Connections(path, "mode=rwc") if writable else _for_reading(path)
        try:
            with connections.plain() as connection:
                _prepare(connection, path, fill if writable else None)
        except BaseException:
            connections.close()
            raise
    except OSError as trouble:
        raise LibraryError(
            f"The library {path} can't be opened ({trouble.strerror}). "
            "Set READOUT_HOME to a folder of your own, or make this one usable."
        ) from trouble
    return connections


def connections_to_read(path: Path) -> Connections:
    """Connections to a library file that is left as it is: one of this version or of an older one.

    Raises:
        LibraryError: if it is none, or can't be opened; the message says why and what to do.
    """
    try:
        _refuse_strange(path)
        if not _looks_like_a_database(path):
            raise damaged(path)
        connections = _for_reading(path)
        try:
            with connections.plain() as connection:
                _check(connection, path)
                if not version(connection):
                    raise LibraryError(f"{path} holds no library. Choose another file.")
        except BaseException:
            connections.close()
            raise
    except OSError as trouble:
        raise LibraryError(f"{path} can't be opened ({trouble.strerror}). Check the name.") from trouble
    return connections


def _prepare(connection: sqlite3.Connection, path: Path, fill: Fill | None) -> None:
    """Check the file, and bring it forward unless it is for reading alone."""
    _check(connection, path)
    if fill is not None:
        _use_log(connection)
        migrate(connection, fill)
    elif version(connection) < VERSION:
        raise LibraryReadOnlyError(
            f"The library {path} was made by an older Readout and can't be brought up to date, because it may not be "
            "written to. Allow writing there, or copy it and set READOUT_HOME to the copy's folder."
        )


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise unless the file is empty, or a library of this version or an older one."""
    if not is_ours(connection):
        raise LibraryDamagedError(
            f"{path} is the database of another program, not a library of Readout, and is left as it is. "
            "Move it away, or set READOUT_HOME to another folder."
        )
    if version(connection) > VERSION:
        raise LibraryNewerError(
            f"The library {path} was made by a newer Readout, and can't be opened by this one. Nothing was changed; "
            "install the newest Readout, or set READOUT_HOME to another folder."
        )
    if changes := altered(connection):
        raise changed(path, *changes)


def _refuse_strange(path: Path) -> None:
    """Raise unless what lies in the places of the library's file and of its log are files, or nothing."""
    for ending in ("", "-wal", "-shm", "-journal"):
        place = path.with_name(path.name + ending)
        if what := strange(place):
            raise LibraryError(
                f"{place} is {what}, where a file of the library belongs. Move it away, or set READOUT_HOME to another "
                "folder."
            )


def _writable(path: Path) -> bool:
    """Whether the file can be written to, with its folder, which is made where there is none.

    SQLite keeps a log beside the file, so the folder counts as much as the file.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except PermissionError:
        raise read_only(path) from None
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        if path.exists():
            return False
        raise read_only(path)
    return True


def _looks_like_a_database(path: Path) -> bool:
    """Whether the file is empty or begins as SQLite's do: into a very short file SQLite would write without asking.

    Where a crash left a journal of the first writing, SQLite knows what to do.
    """
    if not path.exists() or path.with_name(path.name + "-journal").exists():
        return True
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) in (b"", _MAGIC)


def _use_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log, which lets readers read while one writes; the file remembers it.

    Switching wants the file alone, and SQLite does not wait for that by itself.
    """
    deadline = time.monotonic() + PATIENCE
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as trouble:
            if trouble.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _for_reading(path: Path) -> Connections:
    """Connections to a file that may not be written to.

    Its log can't be opened without writing beside it. Where the log is empty, the file is all there is, and SQLite may
    take it for one that nobody changes; where it is not, a copy of both is read instead.
    """
    log = path.with_name(path.name + "-wal")
    if os.access(path.parent, os.W_OK):
        return Connections(path, "mode=ro")
    if not log.exists() or not log.stat().st_size:
        return Connections(path, "mode=ro&immutable=1")
    return Connections(copied(path), "mode=ro")


def copied(path: Path) -> Path:
    """A copy of a library file and its log, in a folder that goes when this process does."""
    folder = Path(tempfile.mkdtemp(prefix="readout-"))
    weakref.finalize(_COPIES, shutil.rmtree, folder, ignore_errors=True)
    for ending in ("", "-wal"):
        source = path.with_name(path.name + ending)
        if source.exists():
            shutil.copy(source, folder)
            (folder / source.name).chmod(0o600)
    return folder / path.name


class _Copies:
    """Lives as long as the process."""


_COPIES = _Copies()
