"""The whole library as one SQLite file, copied while others use it, and put back.

SQLite's own backup copies page by page what one transaction sees, however much is written meanwhile. A backup is a
library file itself, with its readings, its bin and all; it is believed as the library is. A library of somebody else is
brought in as a zip (`archive`), whose readings are made anew.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from readout.errors import LibraryDamagedError, LibraryError, LibraryFullError
from readout.library import keeping
from readout.library.connections import Connections, connect
from readout.library.opening import connections_to_read
from readout.library.place import strange
from readout.library.records import Tell, untold
from readout.library.store import Library


def save(library: Library, target: Path, *, tell: Tell = untold) -> int:
    """Copy a library into a file, whole and sound or not at all; what is there stays until the copy is done.

    Args:
        library: the library; others may read it and write to it meanwhile.
        target: the file.
        tell: called now and then; it counts the pages of the file.

    Returns:
        How many articles it has, without those in its bin.

    Raises:
        LibraryDamagedError: if the library is damaged; a copy would be too.
        LibraryError: if the file can't be written.
    """
    _refuse_the_library(library, target)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(connect(unfinished, "mode=rw")) as made:
            library.copy_to(made, tell)
            made.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            complaints = keeping.complaints(made, deeply=True)
            if complaints:
                raise LibraryDamagedError(
                    f"No backup was made, because the library {library.path} is damaged: {complaints[0]}. Save what it "
                    "holds with `rescue`, or restore an older backup."
                )
            count: int = made.execute("SELECT count(*) FROM article WHERE removed IS NULL").fetchone()[0]
        _to_disk(unfinished)
        unfinished.replace(target)
        if os.name == "posix":
            _to_disk(target.parent)
    except (OSError, sqlite3.Error) as trouble:
        why = trouble.strerror if isinstance(trouble, OSError) else str(trouble)
        raise LibraryFullError(
            f"The backup {target} can't be written ({why}). Choose a folder with room that may be written to."
        ) from trouble
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)
    return count


def opened(source: Path) -> Connections:
    """Connections to a backup, for `Library.copy_from`, once all of it was checked; it is left as it is.

    Raises:
        LibraryError: if it is none, or not a sound one.
    """
    try:
        what = "not there" if not os.path.lexists(source) else strange(source)
    except OSError as trouble:
        raise LibraryError(f"The backup {source} can't be opened ({trouble.strerror}). Check the name.") from trouble
    if what:
        raise LibraryError(f"The backup {source} can't be opened: it is {what}. Check the name.")
    backup = connections_to_read(source)
    try:
        with backup.plain() as connection:
            complaints = keeping.complaints(connection, deeply=False)
    except BaseException:
        backup.close()
        raise
    if complaints:
        backup.close()
        raise LibraryDamagedError(
            f"The backup {source} is damaged, and nothing was changed: {complaints[0]}. Use an older one."
        )
    return backup


def put_aside(path: Path) -> Path:
    """Move a library file that can't be opened out of the way, with its log.

    Returns:
        Where it lies now, beside the place where it was.
    """
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.aside-{number}")):
        number += 1
    for ending in ("-journal", "-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return aside


def _refuse_the_library(library: Library, target: Path) -> None:
    """Raise where a file of this name would be in the library's way, or in the way of another database."""
    with suppress(OSError):
        if target.samefile(library.path):
            raise LibraryError(f"{target} is the library itself. Choose another name for the backup.")
    for ending in ("-wal", "-shm", "-journal"):
        beside = target.with_name(target.name + ending)
        if os.path.lexists(beside):
            raise LibraryError(
                f"{beside} lies there already, and would be taken for a part of the backup. Move it away, or choose "
                "another name."
            )


def _to_disk(path: Path) -> None:
    """Return when what was written to a file, or the names in a folder, are on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
