"""The library: what is kept comes back as it was, and whoever looks sees it whole or not yet."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from library_building import ARTICLES, NOW, OBJECTS, TEXTS, article

from readout import read, version
from readout.errors import ArticleError, UnknownArticleError
from readout.library import Correction, Library, Wanted
from readout.library.codec import decode_json, decode_moment, decode_reading, encode_reading, wholly
from readout.library.place import home
from readout.records import Article, Reading, Speaker
from readout.shelf import SHIPPED, open_article
from readout.version import ENGINE


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    with Library.open(tmp_path) as opened:
        yield opened


def test_an_article_comes_back_as_it_was(library: Library) -> None:
    """Text, facts, file and reading are the same after closing and opening."""
    given = open_article(SHIPPED, "putin-on-trump-victory").article
    added = library.add(given, b"\x00the page", NOW)
    library.close()

    assert not added.again
    assert given == library.article(added.id)
    assert library.original(added.id) == b"\x00the page"
    assert read(given.text, published=given.published, title=given.title, toward=False) == library.reading(added.id)


@settings(max_examples=60, deadline=None)
@given(ARTICLES, OBJECTS, OBJECTS)
def test_any_article_and_correction_come_back(
    given: Article, target: dict[str, object], value: dict[str, object]
) -> None:
    """Whatever the text, the facts and the JSON, they come back; halves of characters alone are replaced."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        added = library.add(given, None, NOW)
        made = library.correct(added.id, "any", target, value, when=NOW, by="Grace")

        assert wholly(given) == library.article(added.id)
        assert len(given.text) == len(library.article(added.id).text)
        assert [made] == library.corrections(added.id)
        assert library.add(given, None, NOW).again
        assert library.check() == []


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_reading_is_the_same_after_its_json(text: str) -> None:
    """JSON loses nothing of a reading, and has all that `to_dict` says but for how one speaks of whom."""
    text = wholly(Article(text)).text
    reading = read(text, published=date(2020, 3, 1), toward=False)
    plain = decode_json(encode_reading(reading))

    assert reading == decode_reading(plain, len(text))
    told = {name: value for name, value in plain.items() if name not in ("sentences", "held", "hidden")}
    everything = sorted(plain["quotes"] + plain["held"], key=lambda quote: (quote["content"][0], quote["content"][-1]))
    assert reading.to_dict() == told | {"quotes": everything, "toward": []}


def test_a_reading_of_another_text_is_refused() -> None:
    """A place outside the text, a paragraph it lacks, a wrong type: none passes for a reading."""
    reading = decode_json(encode_reading(read(article(1).text)))
    for name, value in (
        ("body", [0, 10_000]),
        ("paragraphs", [[0, 5]]),
        ("quotes", [{**reading["quotes"][0], "content": []}]),
        ("quotes", [{**reading["quotes"][0], "confidence": "high"}]),
        ("times", [{**reading["times"][0], "type": "<script>"}]),
        ("speakers", {"name": "x"}),
    ):
        with pytest.raises(ValueError, match=r".+"):
            decode_reading(reading | {name: value}, len(article(1).text))


@pytest.mark.parametrize(
    "other",
    [
        replace(article(1), text=article(1).text.upper().replace('"', "“").replace("\n\n", " \n ")),
        replace(article(1), url="", title="Another title"),
        replace(article(1), text=article(1).text.replace("Ångström", "Angstrom")),
    ],
)
def test_the_same_words_are_the_same_article(library: Library, other: Article) -> None:
    """Case, accents, marks, spaces, title and address make no other article of it."""
    first = library.add(article(1), None, NOW)

    assert (first.id, True, False) == _outcome(library, other)
    assert library.entries().total == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.org/bridge/1/",
        "https://EXAMPLE.org/bridge/1?utm_source=letter&fbclid=3#top",
    ],
)
def test_the_same_address_is_the_same_article(library: Library, url: str) -> None:
    """An address leads to the article kept under it, and it says that the words differ, unless it is to stand apart."""
    first = library.add(article(1), None, NOW)
    update = replace(article(2), url=url)

    assert (first.id, True, True) == _outcome(library, update)
    assert not library.add(update, None, NOW, apart=True).again
    assert library.entries().total == 2


def test_a_site_is_no_address_of_an_article(library: Library) -> None:
    """Two articles that give the same front page are two articles."""
    for number in (1, 2):
        assert not library.add(article(number, url="https://www.globalresearch.ca/"), None, NOW).again


def test_addresses_that_are_not_of_the_web_are_not_kept(library: Library) -> None:
    """No script comes out of the library as a link."""
    added = library.add(article(1, url="javascript:alert(1)"), None, NOW)

    assert library.article(added.id).url == ""


def test_there_must_be_text(library: Library) -> None:
    """Blank text is refused in a sentence."""
    with pytest.raises(ArticleError, match="no text to keep"):
        library.add(Article(" \n"), None, NOW)


def test_removed_is_not_lost(library: Library) -> None:
    """What was removed together comes back together, with its corrections, and only once."""
    ids = [library.add(article(number), None, NOW).id for number in range(3)]
    library.correct(ids[0], "speaker", {}, {"name": "Ada"}, when=NOW, by="Grace")
    before = library.rows()
    undo = library.remove(ids[:2], NOW)

    assert (1, [undo]) == (library.entries().total, library.removed())
    assert library.corrections() == []
    with pytest.raises(UnknownArticleError, match="may have been removed"):
        library.article(ids[0])

    assert (library.restore(undo), library.restore(undo)) == (2, 0)
    assert before == library.rows()


def test_the_bin_is_emptied_after_thirty_days(library: Library) -> None:
    """A later removal lets go for good of what has been in the bin for longer."""
    first, second = (library.add(article(number), b"file", NOW).id for number in range(2))
    undo = library.remove([first], NOW)
    library.remove([second], NOW + timedelta(days=31))

    assert library.restore(undo) == 0
    assert library.check() == []


def test_adding_again_brings_back_from_the_bin(library: Library) -> None:
    """A removed article that is added again is back with what was corrected in it."""
    first = library.add(article(1), None, NOW).id
    library.correct(first, "speaker", {}, {}, when=NOW, by="Grace")
    library.remove([first], NOW)
    back = library.add(article(1), None, NOW)

    assert (first, True) == (back.id, back.back)
    assert len(library.corrections(first)) == 1


def test_a_changed_date_changes_the_reading(library: Library) -> None:
    """The reading follows the facts in the same moment, and the article as it was can be put back."""
    name = library.add(article(1), None, NOW).id
    before = library.change(name, published=date(2021, 5, 5), title="Bridge again")
    changed = library.article(name)

    assert (date(2021, 5, 5), "Bridge again") == (changed.published, changed.title)
    assert read(changed.text, published=changed.published, title=changed.title, toward=False) == library.reading(name)
    assert article(1) == before
    assert library.entries(Wanted("again")).total == 1

    library.change(name, published=None)

    assert library.article(name).published is None
    assert library.article(name).title == "Bridge again"


def test_readings_are_made_anew_by_another_engine(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readings of an older engine are found, read again with progress told, and kept; so are those of a newer one."""
    for number in range(3):
        library.add(article(number), None, NOW)
    monkeypatch.setattr(version, "ENGINE", ENGINE + 1)

    assert library.stale() == 3
    assert [(one.done, one.total) for one in library.refresh()] == [(1, 3), (2, 3), (3, 3)]
    assert library.stale() == 0

    monkeypatch.setattr(version, "ENGINE", ENGINE)

    assert library.stale() == 3
    assert [one.done for one in library.refresh()] == [1, 2, 3]
    assert library.stale() == 0


@pytest.mark.parametrize("engine", [2**31 - 1, ENGINE + 1, "99", b"\xff", -1, 4.5])
def test_a_reading_of_an_engine_yet_to_come_is_not_believed(library: Library, engine: object) -> None:
    """Whatever number stands in the file: the article is read anew, in an export too, and kept so."""
    name = library.add(article(1), None, NOW).id
    made, forged = library.reading(name), replace(library.reading(name), speakers=(Speaker("Somebody Else"),))
    with sqlite3.connect(library.path) as connection:
        packed = zlib.compress(encode_reading(forged).encode())
        connection.execute("UPDATE reading SET engine = ?, json = ?", (engine, packed))
    connection.close()

    assert library.stale() == 1
    assert [one.reading for one in library.items()] == [made]
    assert library.reading(name) == made
    assert library.stale() == 0


def test_an_old_reading_is_made_anew_when_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening an article never shows what an older engine found."""
    calls = []

    def reader(given: Article) -> Reading:
        calls.append(given.title)
        return read(given.text)

    with Library.open(tmp_path, reader=reader) as library:
        name = library.add(article(1), None, NOW).id
        library.reading(name)
        assert len(calls) == 1
        monkeypatch.setattr(version, "ENGINE", ENGINE + 1)
        library.reading(name)
        library.reading(name)
        assert len(calls) == 2


def test_corrections_are_undone_one_by_one(library: Library) -> None:
    """An undone correction is off the list and on record, can hold again, and touches no other."""
    name = library.add(article(1), None, NOW).id
    first, second = (
        library.correct(name, kind, {"at": 1}, {}, when=NOW + timedelta(minutes=at), by="Grace")
        for at, kind in enumerate(("speaker", "bounds"))
    )
    undone = library.undo(first.id, NOW)

    assert [second] == library.corrections(name)
    assert [second, undone] == library.corrections(undone=True)
    assert undone == library.undo(first.id, NOW + timedelta(days=1))
    assert first == library.redo(first.id)
    with pytest.raises(UnknownArticleError, match="Reload"):
        library.undo("nothing", NOW)


def test_the_list_follows_the_corrections(tmp_path: Path) -> None:
    """With a function that applies corrections, speakers and search say what the reader says."""

    def corrected(given: Article, reading: Reading, corrections: Sequence[Correction]) -> tuple[Article, Reading]:
        name = str(corrections[-1].value["name"])
        quotes = tuple(replace(quote, speaker=name) for quote in reading.quotes)
        return replace(given, title="The weir"), replace(reading, quotes=quotes, speakers=(Speaker(name),))

    with Library.open(tmp_path, corrected=corrected) as library:
        name = library.add(article(1), None, NOW).id
        made = library.correct(name, "speaker", {}, {"name": "Grace Hopper"}, when=NOW, by="me")

        assert [one.name for one in library.speakers()] == ["Grace Hopper"]
        assert library.entries(Wanted("hopper", speaker="Grace Hopper")).total == 1
        assert [one.title for one in library.entries(Wanted("weir")).entries] == ["The weir"]

        library.undo(made.id, NOW)

        assert library.entries(Wanted("weir")).total == 0
        assert [one.title for one in library.entries().entries] == [article(1).title]

        assert library.entries(Wanted("hopper")).total == 0
        assert "Ada Lovelace" in [one.name for one in library.speakers()]


def test_threads_share_a_library(library: Library) -> None:
    """Eight threads add, correct and list at once: nothing is lost, nothing raises."""
    troubles: list[BaseException] = []

    def work(thread: int) -> None:
        try:
            for number in range(5):
                name = library.add(article(100 * thread + number), None, NOW).id
                library.correct(name, "speaker", {}, {}, when=NOW, by=str(thread))
                library.entries(Wanted("bridge"))
        except BaseException as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert troubles == []
    assert (library.entries().total, len(library.corrections()), library.check()) == (40, 40, [])


def test_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """READOUT_HOME rules; without it the system does, and a relative XDG_DATA_HOME is ignored."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("READOUT_HOME", str(tmp_path))
    assert tmp_path == home()

    monkeypatch.delenv("READOUT_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert tmp_path / "data" / "readout" == home()

    monkeypatch.setenv("XDG_DATA_HOME", "data")
    assert Path.home() / ".local" / "share" / "readout" == home()

    monkeypatch.setattr("sys.platform", "darwin")
    assert Path.home() / "Library" / "Application Support" / "readout" == home()

    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert tmp_path / "local" / "readout" == home()


def test_what_is_confirmed_is_on_the_disk(library: Library) -> None:
    """Every connection waits for the disk, and holds references to be true."""
    with library._connections.plain() as connection:
        names = ("synchronous", "foreign_keys", "journal_mode")
        values = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

        assert values == [2, 1, "wal"]
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("INSERT INTO content VALUES (99, 'text', NULL)")


def _outcome(library: Library, given: Article) -> tuple[str, bool, bool]:
    added = library.add(given, None, NOW)
    return added.id, added.again, added.differs


def test_what_was_removed_together_is_called_by_its_titles(library: Library) -> None:
    """The first few, in the order of the library; nothing once all of it is back."""
    ids = [library.add(article(number), None, NOW).id for number in range(5)]
    undo = library.remove(ids[1:], NOW)

    assert library.called(undo, limit=2) == ["Bridge 1 reopens", "Bridge 2 reopens"]
    library.restore(undo)
    assert library.called(undo) == []


def test_a_library_knows_when_its_file_was_exchanged(tmp_path: Path) -> None:
    """Not after changes of its own, nor after those of another; after another file lies there, or none."""
    with Library.open(tmp_path / "a") as library, Library.open(tmp_path / "a") as same:
        library.add(article(1), None, NOW)
        same.add(article(2), None, NOW)
        assert not library.outdated
        library.path.rename(tmp_path / "away")
        assert library.outdated
        with Library.open(tmp_path / "a") as new:
            assert library.outdated
            assert not new.outdated


def test_an_article_that_lost_its_reading_waits_for_one(library: Library) -> None:
    """It counts as waiting, whatever the engine of the others, and has one after."""
    ids = [library.add(article(number), None, NOW).id for number in range(2)]
    assert library.stale() == 0
    with sqlite3.connect(library.path) as connection:
        connection.execute("DELETE FROM reading WHERE article = (SELECT number FROM article WHERE id = ?)", (ids[0],))
    connection.close()

    assert library.stale() == 1
    assert [one.done for one in library.refresh()] == [1]
    assert library.stale() == 0


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31", "soon"])
def test_a_moment_that_utc_does_not_have_is_none(written: str) -> None:
    """A forged file may have one at the calendar's ends, and what reads it expects one kind of error."""
    with pytest.raises(ValueError, match=r"moment|isoformat"):
        decode_moment(written)
