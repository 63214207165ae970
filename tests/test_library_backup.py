"""Backups: the whole library in one file, as it was at one moment, whoever writes meanwhile; and back."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from library_building import NOW, article

from readout import shell
from readout.errors import LibraryDamagedError, LibraryError
from readout.layout import lay_out
from readout.library import Item, Library, Progress, backup, connections
from readout.library.place import FILE
from readout.library.schema import VERSION
from readout.library.words import identity
from readout.records import Article, Reading

WRITER = """
import sys
from pathlib import Path
from library_building import NOW, article
from test_library_backup import item, reader
from readout.library import Library
library = Library.open(Path(sys.argv[1]), reader=reader)
number = 1000
while True:
    with library._connections.writing() as connection:  # three articles are one act
        for number in range(number, number + 3):
            library._insert(connection, item(number))
    number += 1
    print("written", flush=True)
"""
Printed = pytest.CaptureFixture[str]


def reader(given: Article) -> Reading:
    """An engine that finds nothing, at once."""
    return Reading(lay_out(given.text))


def item(number: int) -> Item:
    """An article as the store takes it."""
    one = article(number)
    return Item(identity(one.text), one, NOW, b"page" * 500, 1, reader(one), ())


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Thirty articles, one corrected, one in the bin."""
    with Library.open(tmp_path / "library", reader=reader) as opened:
        ids = [opened.add(article(number), b"page" * 500, NOW).id for number in range(30)]
        opened.correct(ids[0], "star", {"target": {}}, {"body": []}, when=NOW, by="Grace")
        opened.remove(ids[-1:], NOW)
        yield opened


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a library file keeps, its bin too."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in ("article", "content", "reading", "correction")
        }


def test_a_backup_is_the_library_in_one_file(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row by row, the bin too; for its owner alone, with nothing beside it, told page by page."""
    told: list[Progress] = []
    monkeypatch.setattr(connections, "_PAGES", 16)
    target = tmp_path / "to" / "backup.sqlite3"
    target.parent.mkdir()
    assert backup.save(library, target, tell=told.append) == 29

    assert rows(target) == rows(library.path)
    assert [path.name for path in target.parent.iterdir()] == ["backup.sqlite3"]
    assert os.name != "posix" or target.stat().st_mode & 0o777 == 0o600
    assert [one.done for one in told] == list(range(16, told[0].total, 16))


def test_a_backup_is_of_one_moment_while_another_writes(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process writes between any two steps of the copying; each backup is sound and has none of its acts half."""
    monkeypatch.setattr(connections, "_PAGES", 16)
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(library.path.parent)],
        cwd=Path(__file__).parent,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    counts, steps = [], 0

    def another_act(_: Progress) -> None:
        nonlocal steps
        steps += 1
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"

    try:
        for number in range(3):
            folder = tmp_path / f"backup-{number}"
            folder.mkdir()
            counts.append(backup.save(library, folder / FILE, tell=another_act))
            with Library.open(folder, reader=reader) as copy:
                assert copy.check() == []
                assert copy.entries().total == counts[-1]
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    assert steps > 10
    assert counts == sorted(counts)
    assert all((count - 29) % 3 == 0 for count in counts)
    assert counts[-1] > counts[0]
    assert library.check() == []


def test_a_backup_that_fails_leaves_what_was_there(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left in the middle, in a folder that is not there, over the library itself, beside another's log: a sentence."""
    target = tmp_path / "backup.sqlite3"
    target.write_bytes(b"before")
    monkeypatch.setattr(connections, "_PAGES", 16)

    def leave(_: Progress) -> None:
        raise InterruptedError("gone")

    with pytest.raises(LibraryError, match="can't be written"):
        backup.save(library, target, tell=leave)
    with pytest.raises(LibraryError, match="can't be written"):
        backup.save(library, tmp_path / "nowhere" / "backup.sqlite3")
    with pytest.raises(LibraryError, match="is the library itself"):
        backup.save(library, library.path)
    (tmp_path / "other-wal").write_bytes(b"")
    with pytest.raises(LibraryError, match="other-wal lies there already"):
        backup.save(library, tmp_path / "other")
    assert target.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.sqlite3", "library", "other-wal"]


def test_a_full_disk_is_the_backups(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the backup, not the library, which stays whole and writable."""

    def full(path: Path, query: str) -> sqlite3.Connection:
        made = connections.connect(path, query)
        made.execute("PRAGMA max_page_count = 5")
        return made

    monkeypatch.setattr(backup, "connect", full)
    with pytest.raises(LibraryError, match=r"The backup .*backup.sqlite3 can't be written"):
        backup.save(library, tmp_path / "backup.sqlite3")
    assert library.writable
    assert list(tmp_path.glob(".*")) == []


def test_a_damaged_library_is_not_backed_up(library: Library, tmp_path: Path) -> None:
    """A copy of damage would take the place of a good backup."""
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute("DELETE FROM content WHERE article = 3")
    with pytest.raises(
        LibraryDamagedError, match=r"No backup was made, because .* is damaged: the text of the article"
    ):
        backup.save(library, tmp_path / "backup.sqlite3")
    assert not (tmp_path / "backup.sqlite3").exists()


def test_a_backup_comes_back_while_others_have_the_library_open(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one transaction: who reads sees the one or the other, and goes on with what came back."""
    backup.save(library, tmp_path / "backup.sqlite3")
    before = rows(library.path)
    monkeypatch.setattr(connections, "_PAGES", 16)

    def leave(_: Progress) -> None:
        raise KeyError

    with (
        Library.open(library.path.parent, reader=reader) as other,
        closing(backup.opened(tmp_path / "backup.sqlite3")) as given,
    ):
        for number in range(40, 50):
            other.add(article(number), b"page" * 5000, NOW)
        with pytest.raises(KeyError):
            library.copy_from(given, leave)
        assert other.entries().total == 39
        with other._connections.reading() as reading:
            assert reading.execute("SELECT count(*) FROM article").fetchone() == (40,)
            assert library.copy_from(given) == 29
            assert reading.execute("SELECT count(*) FROM article").fetchone() == (40,)
        assert other.entries().total == 29
        other.add(article(60), None, NOW)
        assert other.check() == library.check() == []
        other.remove([other.add(article(60), None, NOW).id], NOW)
    with closing(sqlite3.connect(library.path)) as connection, connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM article WHERE number = 31")
    assert rows(library.path) == before


def test_a_backup_of_an_older_readout_is_brought_forward(library: Library, tmp_path: Path) -> None:
    """In the library; the backup stays as it is."""
    target = tmp_path / "backup.sqlite3"
    backup.save(library, target)
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("DROP TABLE word")
        connection.execute(f"PRAGMA user_version = {VERSION - 1}")
    kept = target.read_bytes()
    with Library.open(tmp_path / "new", reader=reader) as new, closing(backup.opened(target)) as given:
        assert new.copy_from(given) == 29
        assert new.check() == []
    assert target.read_bytes() == kept


def test_what_is_no_sound_backup_is_refused(library: Library, tmp_path: Path) -> None:
    """Nothing, an empty file, a zip, a newer one, changed words: a sentence each."""
    target = tmp_path / "backup.sqlite3"
    for content, says in ((None, "not there"), (b"", "holds no library"), (b"PK" * 5000, "damaged")):
        if content is not None:
            target.write_bytes(content)
        with pytest.raises(LibraryError, match=says):
            backup.opened(target)
    target.unlink()
    backup.save(library, target)
    target.write_bytes(target.read_bytes().replace(b"bridge number 7 is safe", b"bridge number 7 is shut"))
    with pytest.raises(LibraryDamagedError, match="the words of “Bridge 7 reopens”"):
        backup.opened(target)
    (tmp_path / "folder").mkdir()
    with pytest.raises(LibraryError, match="a folder"):
        backup.opened(tmp_path / "folder")


def test_backup_and_restore_at_the_shell(library: Library, tmp_path: Path, capsys: Printed) -> None:
    """Nothing is overwritten unasked; a damaged library is put aside when asked."""
    home, target = str(library.path.parent), str(tmp_path / "backup.sqlite3")
    assert shell.main(["backup", target, "--home", home]) == 0
    assert shell.main(["backup", target, "--home", home]) == 1
    assert shell.main(["backup", target, "--home", home, "--force"]) == 0
    assert shell.main(["restore", target, "--home", home]) == 1
    assert shell.main(["restore", str(library.path), "--home", home, "--force"]) == 1
    assert shell.main(["restore", target, "--home", home, "--force"]) == 0
    assert shell.main(["restore", target, "--home", str(tmp_path / "new")]) == 0
    library.close()
    library.path.write_bytes(b"damaged" * 1000)
    assert shell.main(["restore", target, "--home", home]) == 1
    assert shell.main(["restore", target, "--home", home, "--force"]) == 0
    out, err = capsys.readouterr()
    said = [line.replace(str(tmp_path), "") for line in out.splitlines()]
    assert said == [
        "29 articles backed up to /backup.sqlite3.",
        "29 articles backed up to /backup.sqlite3.",
        "29 articles restored from /backup.sqlite3.",
        "29 articles restored from /backup.sqlite3.",
        "The file that was there could not be opened; it is /library/library.sqlite3.aside-1 now.",
        "29 articles restored from /backup.sqlite3.",
    ]
    assert "is there already" in err
    assert "library.sqlite3 is the library itself. Give the name of a backup." in err
    assert "has articles already. Make a backup of it, then replace them with --force." in err
    assert (library.path.parent / f"{FILE}.aside-1").read_bytes() == b"damaged" * 1000
    assert shell.main(["check", "--home", home]) == 0
    assert shell.main(["backup", target, "--home", str(tmp_path / "nowhere")]) == 1
