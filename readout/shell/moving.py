"""The library as a whole: `readout export`, `import`, `backup`, `restore`, `rescue` and `check`."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from readout.errors import ArchiveError, LibraryDamagedError, LibraryError
from readout.kept import open_library
from readout.library import Item, Library, Wanted, archive, backup, rescue
from readout.library.place import FILE
from readout.library.place import home as usual_home
from readout.library.records import Progress
from readout.shell.saying import Counter, on_one_line, shown
from readout.wording import counted


def library_in(home: Path | None) -> Library:
    """The library in a folder, which must be there already.

    Raises:
        LibraryError: if there is none, or it can't be opened.
    """
    folder = usual_home() if home is None else home
    if not (folder / FILE).exists():
        raise LibraryError(
            f"There is no library in {shown(folder)}. Put an article into it with `readout add`, or say where it is "
            "with --home."
        )
    return open_library(folder)


def export(target: Path, home: Path | None, *, force: bool = False) -> int:
    """Write the library as a zip; gives the exit code.

    Raises:
        LibraryError: if there is no library, the file is there already, or it can't be written.
    """
    _spare(target, force)
    counter = Counter()
    with library_in(home) as library:
        total = library.entries(Wanted(), limit=0).total
        count = archive.save(_counted(library.items(), total, counter), target)
    counter.clear()
    print(f"{counted(count, 'article')} written to {shown(target)}.")
    return 0


def bring_in(source: Path, home: Path | None) -> int:
    """Bring an exported library into this one and read what is new in it; gives the exit code.

    What Ctrl+C leaves unread is read when it is opened.

    Raises:
        LibraryError: if it can't be brought in; nothing is changed then.
    """
    counter = Counter()
    try:
        archive.refuse_strange(source)
        file = io.BufferedReader(_Watched(source, lambda share: counter.say(f"{share:.0%} …")))
    except OSError as trouble:
        raise ArchiveError(
            f"The zip {shown(source)} can't be opened ({trouble.strerror}). Check the name."
        ) from trouble
    with file, open_library(home) as library:
        try:
            brought = archive.bring_in(library, file)
            counter.clear()
            print(
                f"{counted(brought.new, 'article')} brought in, {brought.again:,} there already, "
                f"{brought.corrections:,} new {'correction' if brought.corrections == 1 else 'corrections'}.",
                flush=True,
            )
            for now in library.refresh():
                counter.say(f"{now.done:,} of {now.total:,} read …")
        finally:
            counter.clear()
    return 0


def back_up(target: Path, home: Path | None, *, force: bool = False) -> int:
    """Copy the library into one file; gives the exit code.

    Raises:
        LibraryError: if there is no library or a damaged one, the file is there already, or it can't be written.
    """
    _spare(target, force)
    counter = Counter()
    try:
        with library_in(home) as library:
            count = backup.save(library, target, tell=_percent(counter))
    finally:
        counter.clear()
    print(f"{counted(count, 'article')} backed up to {shown(target)}.")
    return 0


def restore(source: Path, home: Path | None, *, force: bool = False) -> int:
    """Put a backup in the library's place; gives the exit code.

    Raises:
        LibraryError: if it is no sound backup, there are articles already, or the library can't be changed.
    """
    folder = usual_home() if home is None else home
    counter, aside = Counter(), None
    if source.exists() and (folder / FILE).exists() and source.samefile(folder / FILE):
        raise LibraryError(f"{shown(source)} is the library itself. Give the name of a backup.")
    with closing(backup.opened(source)) as given:
        try:
            library = open_library(folder)
        except LibraryDamagedError:
            if not force:
                raise
            aside = backup.put_aside(folder / FILE)
            library = open_library(folder)
        with library:
            if not force and (library.entries(Wanted(), limit=0).total or library.removed()):
                raise LibraryError(
                    f"The library in {shown(folder)} has articles already. Make a backup of it, then replace them with "
                    "--force."
                )
            try:
                count = library.copy_from(given, _percent(counter))
            finally:
                counter.clear()
    if aside:
        print(f"The file that was there could not be opened; it is {shown(aside)} now.")
    print(f"{counted(count, 'article')} restored from {shown(source)}.")
    return 0


def save_what_can_be(folder: Path, target: Path, *, force: bool = False) -> int:
    """Save what can be read of a damaged library as a zip; gives the exit code.

    Raises:
        LibraryError: if nothing can be read, the file is there already, or it can't be written.
    """
    _spare(target, force)
    counter = Counter()
    try:
        saved = rescue.rescue(target, folder, tell=lambda now: counter.say(f"{now.done:,} saved …"))
    finally:
        counter.clear()
    print(
        f"{counted(saved.articles, 'article')} saved to {shown(target)}; "
        "bring them into a new library with `readout import`."
    )
    if saved.without_reading:
        print(f"The readings of {saved.without_reading:,} were lost and are made anew.")
    if saved.changed:
        print(f"The words of {counted(len(saved.changed), 'article')} are not those that were kept; compare them:")
        for title in saved.changed:
            print(f"  {shown(title)}")
    if saved.lost:
        print(f"{counted(saved.lost, 'article')} can't be read any more{':' if saved.missing else '.'}")
        for title in saved.missing:
            print(f"  {shown(title)}")
    return 0


def check(home: Path | None) -> int:
    """Say whether the library's file is sound; gives the exit code.

    Raises:
        LibraryError: if there is none, or it can't be opened.
    """
    with library_in(home) as library:
        complaints = library.check()
        count = library.entries(Wanted(), limit=0).total
        path, folder = shown(library.path), shown(library.path.parent)
    for complaint in complaints:
        print(on_one_line(complaint))
    if complaints:
        print(f"The library {path} is damaged. Save what can be read of it with `readout rescue {folder}`.")
        return 1
    print(f"The library {path} is sound: {counted(count, 'article')}.")
    return 0


class _Watched(io.FileIO):
    """A file that tells how much of it was read."""

    def __init__(self, path: Path, tell: Callable[[float], None]) -> None:
        super().__init__(path)
        self._size, self._read, self._tell = max(path.stat().st_size, 1), 0, tell

    def readinto(self, buffer: Any, /) -> int | None:  # noqa: ANN401  (its type has a name from Python 3.12 on)
        count = super().readinto(buffer)
        self._read += count or 0
        self._tell(min(self._read / self._size, 1.0))
        return count


def _percent(counter: Counter) -> Callable[[Progress], None]:
    return lambda now: counter.say(f"{now.done / max(now.total, 1):.0%} …")


def _counted(items: Iterator[Item], total: int, counter: Counter) -> Iterator[Item]:
    for done, item in enumerate(items):
        counter.say(f"{done:,} of {total:,} …")
        yield item


def _spare(target: Path, force: bool) -> None:
    """Refuse to overwrite.

    Raises:
        LibraryError: if the file is there already.
    """
    if target.is_dir():
        raise LibraryError(f"{shown(target)} is a folder. Give the file a name in it.")
    if target.exists() and not force:
        raise LibraryError(f"{shown(target)} is there already. Choose another name, or overwrite it with --force.")
