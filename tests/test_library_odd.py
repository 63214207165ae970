"""Odd library files: what another program made, changed or put in its place. Every act is a sentence, or it works."""

from __future__ import annotations

import io
import os
import shutil
import signal
import socket
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from library_building import NOW, article

from readout import kept, shell
from readout.errors import ArchiveError, LibraryDamagedError, LibraryError, LibraryNewerError, ReadoutError
from readout.layout import lay_out
from readout.library import Library, Wanted, archive
from readout.library.place import FILE
from readout.library.rescue import rescue
from readout.library.schema import VERSION
from readout.library.words import identity
from readout.records import Article, Reading

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="named pipes, and an alarm for what hangs")
COUNT = 3
IDS = [identity(article(number).text) for number in range(COUNT)]


def reader(given: Article) -> Reading:
    """An engine that finds nothing, at once."""
    return Reading(lay_out(given.text))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library of three articles: one corrected, one with a star, one in the bin."""
    folder = tmp_path_factory.mktemp("sound") / "library"
    with kept.open_library(folder) as library:
        for number in range(COUNT):
            library.add(article(number), b"page", NOW)
        kept.keep(library, Article(article(0).text, title="Other"), None, ["title"], by="Grace", when=NOW)
        library.correct(IDS[1], "star", {"target": {}}, {"body": []}, when=NOW, by="Grace")
        library.remove([IDS[2]], NOW)
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(sound, tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture(autouse=True)
def _alarm() -> Iterator[None]:
    """Ends what hangs."""
    signal.alarm(120)
    yield
    signal.alarm(0)


Act = Callable[[Library], object]
ACTS: tuple[Act, ...] = (
    lambda library: library.entries(),
    lambda library: library.entries(Wanted("bridge")),
    lambda library: library.entries(Wanted("brigde", speaker="Ada Lovelace")),
    lambda library: library.entries(Wanted("bridge", within="quotes", starred=True, sort="title")),
    lambda library: (library.speakers("a"), library.publishers(), library.stale()),
    lambda library: (library.titled("bridge"), library.begun(IDS[0][:4])),
    lambda library: [library.called(undo) for undo in library.removed()],
    lambda library: kept.changes(library, undone=True),
    lambda library: [kept.corrected(library, one) for one in IDS[:2]],
    lambda library: [library.original(one) for one in IDS[:2]],
    lambda library: library.place(IDS[0], Wanted("bridge")),
    lambda library: library.correct(IDS[0], "star", {"target": {}}, {"body": []}, when=NOW, by="Grace"),
    lambda library: library.change(IDS[1], title="New"),
    lambda library: library.add(article(9), None, NOW),
    lambda library: list(library.refresh()),
    lambda library: archive.write(library.items(), io.BytesIO()),
    lambda library: [library.restore(undo) for undo in library.removed()],
    lambda library: library.remove(IDS[:1], NOW),
    lambda library: [library.undo(one.id, NOW) for one in library.corrections()],
    lambda library: library.check(),
)
"""What is done with a library, reading first."""


def do_everything(folder: Path) -> list[str]:
    """Do all acts and rescue; gives the sentences. Whatever else is raised is a failure."""
    said = []
    with suppress(ReadoutError), kept.open_library(folder, reader=reader) as library:
        for act in ACTS:
            try:
                act(library)
            except ReadoutError as trouble:
                said.append(str(trouble))
    with suppress(ReadoutError):
        rescue(folder.parent / "saved.zip", folder, reader=reader)
    return said


def altered(folder: Path, *statements: str) -> None:
    """Change the file as another program would."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement)


def written(folder: Path, table: str, column: str, value: str) -> None:
    """Write a value, given in SQL, into all rows of a column that would not take it."""
    with closing(sqlite3.connect(folder / FILE)) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    schema = f"UPDATE sqlite_schema SET sql = %s WHERE name = '{table}'"
    altered(folder, "PRAGMA writable_schema = ON", schema % "replace(sql, 'NOT NULL', '')")
    altered(folder, f"UPDATE OR IGNORE {table} SET {column} = {value}")
    altered(folder, "PRAGMA writable_schema = ON", schema % ("'" + sql.replace("'", "''") + "'"))


# What lies in the file's place


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the names of sockets are short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.chdir(here)


STRANGE: dict[str, Callable[[Path], object]] = {
    "a named pipe": lambda path: os.mkfifo(path),
    "a folder": lambda path: path.mkdir(),
    "a link that leads nowhere": lambda path: path.symlink_to("no/where"),
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a socket": _socket,
}


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
@pytest.mark.parametrize("what", STRANGE)
def test_what_is_no_file_is_not_opened(folder: Path, what: str, ending: str) -> None:
    """A pipe would never end and a device fill the memory: each is called what it is."""
    path = folder / (FILE + ending)
    path.unlink(missing_ok=True)
    STRANGE[what](path)

    with pytest.raises(LibraryError, match=f"is {what}, where a file of the library belongs. Move it away"):
        Library.open(folder)
    assert shell.main(["check", "--home", str(folder)]) == 1
    with suppress(LibraryError):
        rescue(folder.parent / "saved.zip", folder, reader=reader)


def test_a_link_in_a_circle_is_not_followed(folder: Path) -> None:
    """A link to itself is one that leads nowhere."""
    (folder / FILE).unlink()
    (folder / FILE).symlink_to(FILE)
    with pytest.raises(LibraryError, match="a link that leads nowhere"):
        Library.open(folder)


@pytest.mark.parametrize("what", STRANGE)
def test_what_is_no_zip_is_not_opened(folder: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The same in the place of a zip to import."""
    path = folder.parent / "x.zip"
    STRANGE[what](path)

    assert shell.main(["import", str(path), "--home", str(folder)]) == 1
    assert f"x.zip is {what}" in capsys.readouterr().err
    with pytest.raises(ArchiveError, match=f"is {what}"), kept.open_library(folder) as library:
        archive.bring_in(library, path)


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_a_log_that_is_none_of_it_does_no_harm(folder: Path, ending: str) -> None:
    """Nonsense, and the log of another database."""
    (folder / (FILE + ending)).write_bytes(b"junk" * 5000)
    do_everything(folder)


def test_the_log_of_another_file_does_no_harm(folder: Path) -> None:
    """SQLite takes what stands in it for the library's: every act is a sentence, or it works."""
    with closing(sqlite3.connect(folder.parent / "other", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE x (a)")
        for _ in range(50):
            other.execute("INSERT INTO x VALUES (hex(randomblob(1500)))")
        shutil.copy(folder.parent / "other-wal", folder / (FILE + "-wal"))
    do_everything(folder)


@pytest.mark.parametrize("at", [16, 18, 20, 28, 36, 44, 47, 52, 56, 60, 68, 92, 100, 103, 108])
def test_any_head_is_a_sentence(folder: Path, at: int) -> None:
    """Bytes of the head that say what the file is."""
    for nonsense in (b"\xff", b"\0\0", b"\x80\0\0\0"):
        data = bytearray((folder / FILE).read_bytes())
        data[at : at + len(nonsense)] = nonsense
        (folder / FILE).write_bytes(data)
        do_everything(folder)


# What is changed in its schema


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        (["CREATE TRIGGER evil AFTER INSERT ON article BEGIN DELETE FROM correction; END"], "a trigger “evil”"),
        (["CREATE VIEW evil AS SELECT 1"], "a view “evil”"),
        (["CREATE INDEX evil ON article (abs(title))"], "an index “evil”"),
        (["CREATE TABLE evil (x)"], "a table “evil”"),
        (["CREATE VIEW \"evil\x1b[2J\" AS SELECT 1"], "a view “evil.2J”"),
        (["DROP TRIGGER voice_less"], "the trigger “voice_less” is missing"),
        (["DROP INDEX reading_engine"], "the index “reading_engine” is missing"),
        (["DROP TABLE word"], "the table “word” is missing"),
        (["ALTER TABLE correction ADD COLUMN more"], "the table “correction” is not as Readout made it"),
        (
            ["PRAGMA legacy_alter_table = ON", "ALTER TABLE content RENAME TO hidden",
             "CREATE VIEW content AS SELECT article, replace(text, 'safe', 'shut') AS text, original FROM hidden"],
            "“content” is not as Readout made it",
        ),
        (["DROP TABLE search", "CREATE TABLE search (title, about, text, quotes)"], "“search” is not as|is missing"),
        (
            ["PRAGMA writable_schema = ON", "UPDATE sqlite_schema SET sql = replace(sql, 's + 1', 's + 9')"],
            "the trigger “.*” is not as Readout made it",
        ),
        (["PRAGMA user_version = 1"], "Readout did not make"),
        (["PRAGMA user_version = -1"], "its version is -1"),
    ],
)  # fmt: skip
def test_a_changed_schema_is_refused(folder: Path, statements: list[str], says: str) -> None:
    """What another program put into the schema never runs; the check and every opening say what it is, rescue saves."""
    altered(folder, *statements)
    before = (folder / FILE).read_bytes()

    with pytest.raises(LibraryDamagedError, match=f"was changed by another program: .*{says}"):
        Library.open(folder)
    assert shell.main(["check", "--home", str(folder)]) == 1
    assert rescue(folder.parent / "saved.zip", folder, reader=reader).articles == COUNT - 1
    assert before == (folder / FILE).read_bytes()


def test_a_schema_that_is_changed_meanwhile_is_said(folder: Path) -> None:
    """The check of an open library sees it too, and what fails by it is a sentence."""
    with kept.open_library(folder, reader=reader) as library:
        altered(folder, "DROP TABLE word", "CREATE TRIGGER evil AFTER INSERT ON quote BEGIN SELECT 1; END")
        assert any("evil" in complaint for complaint in library.check())
        with pytest.raises(LibraryDamagedError, match="the table “word” is missing"):
            library.add(article(9), None, NOW)


def test_figures_of_analyze_are_no_change(folder: Path) -> None:
    """What SQLite's own ANALYZE keeps in the file is left in peace."""
    altered(folder, "ANALYZE")
    with kept.open_library(folder) as library:
        assert library.check() == []


@pytest.mark.parametrize(
    ("statement", "error"),
    [("PRAGMA application_id = 7", LibraryDamagedError), (f"PRAGMA user_version = {VERSION + 1}", LibraryNewerError)],
)
def test_the_file_of_another_program_or_version(folder: Path, statement: str, error: type[LibraryError]) -> None:
    """Neither is opened, whatever its tables."""
    altered(folder, statement)
    with pytest.raises(error):
        Library.open(folder)


# What is changed in its rows


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("article", "id"), ("article", "about"), ("article", "title"), ("article", "published"), ("article", "added"),
        ("article", "removed"), ("article", "begins"), ("article", "speakers"), ("content", "text"),
        ("content", "original"), ("reading", "engine"), ("reading", "json"), ("correction", "kind"),
        ("correction", "target"), ("correction", "made"), ("correction", "undone"), ("speaker", "name"),
        ("speaker", "articles"), ("publisher", "articles"), ("quote", "words"), ("search_content", "c2"),
        ("search_content", "c3"), ("search_config", "v"),
    ],
)  # fmt: skip
def test_odd_rows_are_a_sentence(sound: Path, tmp_path: Path, table: str, column: str) -> None:
    """No type, no JSON, no day, no UTF-8: whatever stands in a column."""
    for at, value in enumerate(("NULL", "9223372036854775807", "x'ff00'", "'[['", "CAST(x'ff41fe' AS TEXT)")):
        folder = tmp_path / str(at) / "library"
        shutil.copytree(sound, folder)
        written(folder, table, column, value)
        for sentence in do_everything(folder):
            assert sentence.endswith(".")
        if table in ("article", "content") and value == "x'ff00'" and column != "original":
            assert shell.main(["check", "--home", str(folder)]) == 1


@pytest.mark.parametrize("known_by", ["../../evil", "0123456789ABCDEF", "<script>", ""])
def test_an_id_that_leads_elsewhere_is_refused(folder: Path, known_by: str) -> None:
    """It would be a folder's name in a zip, and part of an address."""
    altered(folder, f"UPDATE article SET id = '{known_by}' WHERE number = 1")
    with kept.open_library(folder, reader=reader) as library:
        with pytest.raises(LibraryDamagedError, match="row 1 of the table “article”"):
            library.entries()
        with pytest.raises(LibraryDamagedError, match="row 1 of the table “article”"):
            archive.write(library.items(), io.BytesIO())
    rescue(folder.parent / "saved.zip", folder, reader=reader)
    with zipfile.ZipFile(folder.parent / "saved.zip") as saved:
        assert all(known_by not in name or not known_by for name in saved.namelist())
