"""A library that is locked, read-only, newer, damaged or full: a sentence, a way on, and nothing overwritten."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library_building import NOW, article

from readout.errors import (
    LibraryDamagedError,
    LibraryError,
    LibraryFullError,
    LibraryLockedError,
    LibraryNewerError,
    LibraryReadOnlyError,
)
from readout.library import Library, Wanted, archive, connections, pages
from readout.library.connections import connect
from readout.library.place import FILE
from readout.library.rescue import rescue
from readout.library.schema import VERSION, migrate

COUNT = 30


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a library of thirty articles, two of them corrected, closed."""
    with Library.open(tmp_path / "library") as library:
        for number in range(COUNT):
            library.add(article(number), b"page" * 2000, NOW)
        for entry in library.entries().entries[:2]:
            library.correct(entry.id, "speaker", {}, {}, when=NOW, by="Grace")
    return tmp_path / "library"


def scribble(folder: Path, start: int, length: int) -> bytes:
    """Write nonsense into the file; returns all of it as it is then."""
    path = folder / FILE
    data = bytearray(path.read_bytes())
    data[start : start + length] = random.Random(start).randbytes(length)[: max(len(data) - start, 0)]
    path.write_bytes(data)
    return bytes(data)


def test_a_locked_library_can_be_read_and_says_so_to_a_writer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits too long for another writer is told; reading goes on meanwhile."""
    monkeypatch.setattr(connections, "PATIENCE", 0.05)
    with Library.open(folder) as library:
        other = connect(folder / FILE)
        other.execute("BEGIN IMMEDIATE")
        try:
            assert library.entries().total == COUNT
            with pytest.raises(LibraryLockedError, match=r"Another program .* try again"):
                library.add(article(99), None, NOW)
        finally:
            other.close()
        assert not library.add(article(99), None, NOW).again


def test_a_newer_library_is_left_alone(folder: Path) -> None:
    """A file of a version yet to come is not opened, and not a byte of it changes."""
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = (folder / FILE).read_bytes()

    with pytest.raises(LibraryNewerError, match=r"newer Readout.* install the newest"):
        Library.open(folder)
    assert before == (folder / FILE).read_bytes()


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    """What only has our file's name is not taken for ours."""
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = (tmp_path / FILE).read_bytes()

    with pytest.raises(LibraryDamagedError, match="another program"):
        Library.open(tmp_path)
    assert before == (tmp_path / FILE).read_bytes()


@pytest.mark.parametrize("content", [b"not a database, but long enough to be taken for one" * 100, b"x"])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    """A sentence, and the file as it was."""
    (tmp_path / FILE).write_bytes(content)

    with pytest.raises(LibraryDamagedError, match=r"is damaged.*rescue"):
        Library.open(tmp_path)
    assert content == (tmp_path / FILE).read_bytes()
    with pytest.raises(LibraryError, match="Nothing can be read"):
        rescue(tmp_path / "saved.zip", tmp_path)


def test_a_folder_that_is_a_file_gets_a_sentence(tmp_path: Path) -> None:
    """READOUT_HOME may name anything."""
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(LibraryError, match="READOUT_HOME"):
        Library.open(tmp_path / "file")


def test_a_full_disk_loses_the_change_and_nothing_else(folder: Path) -> None:
    """What does not fit is not kept, in a sentence; what was kept is whole, and with room it goes on."""
    with Library.open(folder) as library:
        with library._connections.plain() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(LibraryFullError, match=r"full.*make room"):
            library.add(article(99), b"x" * 100_000, NOW)
        assert (library.entries().total, library.check()) == (COUNT, [])
        with library._connections.plain() as connection:
            connection.execute("PRAGMA max_page_count = 1000000")
        assert not library.add(article(99), b"x" * 100_000, NOW).again


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_library_is_read_and_saved_and_never_written(folder: Path, tmp_path: Path, seed: int) -> None:
    """Three pages of nonsense: what can be read is read, the rest is a sentence, and the rescue has the rest."""
    chance = random.Random(seed)
    size = (folder / FILE).stat().st_size
    for _ in range(3):
        damaged = scribble(folder, chance.randrange(1, size // 4096) * 4096, 4096)
    saved = rescue(tmp_path / "saved.zip", folder)

    assert damaged == (folder / FILE).read_bytes()
    assert saved.articles >= COUNT - 12
    with Library.open(tmp_path / "new") as new:
        assert saved.articles == archive.bring_in(new, tmp_path / "saved.zip").new
        assert new.check() == []


def test_once_damage_was_met_nothing_is_written(folder: Path) -> None:
    """Whoever meets a bad page is told, others still read, and no writer makes it worse."""
    size = (folder / FILE).stat().st_size
    scribble(folder, 4096, size - 8192)
    before = (folder / FILE).read_bytes()
    try:
        library = Library.open(folder)
    except LibraryDamagedError:
        library = None
    if library is not None:
        with pytest.raises(LibraryDamagedError, match="Nothing in it has been overwritten"):
            library.entries(Wanted("bridge"))
        assert not library.writable
        with pytest.raises(LibraryDamagedError):
            library.add(article(99), None, NOW)
        library.close()
    assert before == (folder / FILE).read_bytes()


@pytest.mark.parametrize("length", [16, 100, 4096])
def test_a_library_without_its_head_is_saved_whole(folder: Path, tmp_path: Path, length: int) -> None:
    """The first page, which tells where everything is, can be had from a new library."""
    scribble(folder, 0, length)

    with pytest.raises(LibraryDamagedError):
        Library.open(folder)
    assert _told(rescue(tmp_path / "saved.zip", folder)) == (COUNT, 0, 0)
    with Library.open(tmp_path / "new") as new:
        archive.bring_in(new, tmp_path / "saved.zip")
        assert len(new.corrections()) == 2


@pytest.mark.parametrize("percent", [70, 50, 30])
def test_of_a_library_cut_short_every_text_is_saved_that_is_left(tmp_path: Path, percent: int) -> None:
    """Every article is saved whose words stand whole in what is left, though the way to them is cut off."""
    count = 150
    with Library.open(tmp_path / "library") as library:
        for number in range(count):
            library.add(article(number), b"page" * 500, NOW)
    path = tmp_path / "library" / FILE
    left = path.read_bytes()[: path.stat().st_size * percent // 100 // 4096 * 4096]
    path.write_bytes(left)
    texts = sum(article(number).text.encode() in left for number in range(count))

    saved = rescue(tmp_path / "saved.zip", tmp_path / "library")

    assert 0 < texts < count
    assert saved.articles == texts
    assert all(title.startswith("Bridge ") for title in saved.missing)
    with Library.open(tmp_path / "new") as new:
        assert archive.bring_in(new, tmp_path / "saved.zip").new == texts


@given(st.binary(max_size=20_000), st.integers(0, 3))
def test_pages_of_any_bytes_give_rows_or_nothing(noise: bytes, kind: int) -> None:
    """Whatever stands where pages were: it is no row, and reading it ends."""
    head = b"SQLite format 3\0" + bytes((16, 0, 1, 1, 0, 64, 32, 32)) + bytes(76) if kind % 2 else b""
    data = head + (b"\x0d" if kind // 2 else b"") + noise
    for number, values in pages.rows(pages.with_log(data, noise[::-1])):
        assert isinstance(number, int)
        assert pages.fitting(values, ["key"]) == (values == (None,))


def test_a_sound_library_is_saved_whole(folder: Path, tmp_path: Path) -> None:
    """A rescue of what is not damaged is an export."""
    assert _told(rescue(tmp_path / "saved.zip", folder)) == (COUNT, 0, 0)
    with Library.open(folder) as library, Library.open(tmp_path / "new") as new:
        archive.bring_in(new, tmp_path / "saved.zip")
        list(new.refresh())
        assert library.rows() == new.rows()


def test_what_a_crash_left_in_the_log_is_saved_too(folder: Path, tmp_path: Path) -> None:
    """The log beside the file belongs to the library."""
    with Library.open(folder) as library:
        library.add(article(99), None, NOW)
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy)

    assert rescue(tmp_path / "saved.zip", copy).articles == COUNT + 1


@pytest.mark.parametrize("at", range(VERSION))
def test_an_older_library_is_brought_forward(tmp_path: Path, at: int) -> None:
    """From every older version, what was kept is kept, and is listed and found as in a new library."""
    with Library.open(tmp_path / "new") as new:
        name = new.add(article(1), b"page", NOW).id
        new.correct(name, "speaker", {}, {}, when=NOW, by="Grace")
        expected = new.rows()
        old = tmp_path / "old"
        old.mkdir()
        connection = connect(old / FILE)
        migrate(connection, lambda _: None, at)
        if at:
            connection.execute("ATTACH ? AS new", (str(new.path),))
            for table in ("article", "content", "reading", "correction"):
                connection.execute(f"INSERT INTO main.{table} SELECT * FROM new.{table}")
            connection.execute("UPDATE article SET words = 0, quotes = 0, speakers = '', opening = ''")
        connection.close()
        with Library.open(old) as library:
            assert (expected if at else []) == library.rows()
            assert library.check() == []


def test_a_library_that_is_searched_already_learns_its_words(tmp_path: Path) -> None:
    """One of the version before knows at once what is near; nothing that finds its articles is made anew for it."""
    with Library.open(tmp_path) as library:
        library.add(article(1), None, NOW)
        expected = library.rows()
    connection = connect(tmp_path / FILE)
    words = connection.execute("SELECT word FROM word").fetchall()
    connection.execute("DROP TABLE word")
    connection.execute("PRAGMA user_version = 2")
    migrate(connection, lambda _: pytest.fail("it was filled anew"))
    assert set(words) <= set(connection.execute("SELECT word FROM word"))
    connection.close()
    with Library.open(tmp_path) as library:
        assert library.rows() == expected
        assert library.entries(Wanted("brigde")).near[0].words == ("bridge",)


def test_a_step_forward_is_whole_or_not_at_all(tmp_path: Path) -> None:
    """A step that fails leaves the version before it, and the next opening takes it again."""
    connection = connect(tmp_path / FILE)

    def fail(_: sqlite3.Connection) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        migrate(connection, fail)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == VERSION - 1
    assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'word'").fetchone()
    connection.close()
    with Library.open(tmp_path) as library:
        assert not library.add(article(1), None, NOW).again


READER = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from readout import read
from readout.errors import ReadoutError
from readout.library import Library, Wanted
from readout.records import Article
read("Words, she said, on Monday.")  # all that the engine opens, before the rights are given up
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    library = Library.open(Path(sys.argv[1]))
    first = library.entries().entries[0].id
    print(library.writable, library.entries(Wanted("bridge")).total, len(library.reading(first).quotes))
    library.add(Article("New words."), None, datetime.now(UTC))
except ReadoutError as trouble:
    print(type(trouble).__name__, trouble)
"""


@pytest.fixture
def open_folder(folder: Path) -> Iterator[Path]:
    """The library in a folder that any user can reach."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        shutil.copytree(folder, Path(place, "library"))
        yield Path(place, "library")
        for path in Path(place).rglob("*"):
            path.chmod(0o755)


def read_as_anyone(folder: Path) -> str:
    """What a user without rights of root is told."""
    done = subprocess.run([sys.executable, "-c", READER, str(folder)], capture_output=True, text=True, check=False)

    assert done.stderr == ""
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such modes there")
@pytest.mark.parametrize("log", [False, True])
def test_a_read_only_library_is_read(open_folder: Path, log: bool) -> None:
    """Without the right to write, list, search and readings work, the log's too, and who writes is told why not."""
    count = COUNT
    if log:
        with Library.open(open_folder) as library:
            library.add(article(99), None, NOW)
            shutil.copytree(open_folder, open_folder.parent / "crashed")
        open_folder, count = open_folder.parent / "crashed", COUNT + 1
    for path in open_folder.iterdir():
        path.chmod(0o444)
    open_folder.chmod(0o555)

    first, second = read_as_anyone(open_folder).splitlines()

    assert first.startswith(f"False {count} ")
    assert second.startswith("LibraryReadOnlyError The library")
    assert "set READOUT_HOME to a folder of your own" in second


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such modes there")
def test_a_read_only_file_in_a_folder_of_ones_own_is_read(open_folder: Path) -> None:
    """The file's mode alone is enough to open it for reading."""
    (open_folder / FILE).chmod(0o444)
    open_folder.chmod(0o777)

    assert read_as_anyone(open_folder).startswith(f"False {COUNT} ")


def test_a_check_says_what_is_wrong(folder: Path) -> None:
    """A search index that does not fit its texts is a line, not a crash."""
    with Library.open(folder) as library:
        assert library.check() == []
        with sqlite3.connect(library.path) as connection:
            connection.execute("UPDATE search_content SET c2 = 'other words' WHERE id = 1")
        connection.close()
        assert len(library.check()) == 1


def test_a_check_misses_the_text_of_an_article(folder: Path) -> None:
    """An article whose text is gone is named."""
    with Library.open(folder) as library:
        with library._connections.plain() as connection:
            (lost,) = connection.execute("SELECT id FROM article WHERE number = 2").fetchone()
            connection.execute("DELETE FROM content WHERE article = 2")
        assert f"the text of the article {lost} is not there" in library.check()


def test_changed_words_are_seen(folder: Path, tmp_path: Path) -> None:
    """Other words in the place of those that were kept: the check names the article, and so does the rescue."""
    path = folder / FILE
    data = path.read_bytes()
    assert data.count(b"bridge number 7 is safe") >= 1
    path.write_bytes(data.replace(b"bridge number 7 is safe", b"bridge number 7 is shut"))

    with Library.open(folder) as library:
        (complaint,) = [one for one in library.check() if "Bridge 7 reopens" in one]
    assert "are not those that were kept" in complaint
    saved = rescue(tmp_path / "saved.zip", folder)
    assert saved.changed == ("Bridge 7 reopens",)
    with Library.open(tmp_path / "new") as new:
        assert archive.bring_in(new, tmp_path / "saved.zip").new == COUNT


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such modes there")
def test_a_folder_where_none_can_be_made_gets_a_sentence(open_folder: Path) -> None:
    """No library and no right to make one: what to do."""
    (open_folder / FILE).unlink()
    open_folder.chmod(0o555)

    assert read_as_anyone(open_folder).startswith("LibraryReadOnlyError The library")
    assert read_as_anyone(open_folder / "below").startswith("LibraryReadOnlyError The library")


def test_read_only_is_an_error_of_the_tree() -> None:
    """Whoever catches the library's errors catches them all."""
    kinds = (LibraryReadOnlyError, LibraryDamagedError, LibraryFullError, LibraryLockedError, LibraryNewerError)

    assert all(issubclass(kind, LibraryError) for kind in kinds)


def _told(saved: object) -> tuple[int, int, int]:
    return tuple(getattr(saved, name) for name in ("articles", "without_reading", "lost"))
