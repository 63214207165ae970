"""The Library page as Streamlit runs it: the list, its filters, removal and the way back, and trouble with the file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from readout.library import Library, Undo, connections
from readout.library.place import FILE
from readout.library.schema import VERSION
from readout.records import Article
from readout.web import linked

from .visiting import TEXT, Shelf, assert_whole, button, component, told, visit

IN_QUOTES: dict[str, Any] = {"q": ["safe"], "in": ["quotes"]}
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def article(number: int, **facts: Any) -> Article:
    """An article with two quotes, its number in its words."""
    known = {
        "title": f"Bridge {number} reopens",
        "publisher": "The Gazette" if number % 2 else "Der Bote",
        "published": date(2020, 1, 1) + timedelta(days=number),
    }
    text = f'"Bridge number {number} is safe 🌉 indeed," Ada Lovelace said on Monday. Alan Turing said it was late.'
    return Article(text, **(known | facts))


@pytest.fixture
def library(home: Path, shelf: Shelf) -> Iterator[Library]:
    """Three articles in the library of the test, and one on the shelf."""
    shelf.put(TEXT)
    with Library.open(home) as opened:
        for number in range(3):
            opened.add(article(number), None, NOW + timedelta(hours=number))
        yield opened


def listed(at: AppTest) -> list[str]:
    """The titles of the list, in its order."""
    return [entry["title"] for entry in component(at, "entries")["entries"]]


def many(library: Library, count: int) -> None:
    """Put short articles into the library, by hand: the engine would take a minute for them."""
    first = next(library.items())
    for number in range(count):
        text = f"Number {number} stands here."
        library._read = lambda _: first.reading.__class__(first.reading.layout.__class__((0, 20), (), ()))
        library.add(Article(text, title=f"Number {number}"), None, NOW + timedelta(days=1, minutes=number))


def test_the_page_lists_what_is_kept(library: Library) -> None:
    """The last added first, each with what is known of it, and how many there are."""
    at = visit("library")

    assert at.title[0].value == "What have you kept?"
    assert "3 articles from 2 publishers, the last added on 1 March 2026" in told(at)
    assert listed(at) == ["Bridge 2 reopens", "Bridge 1 reopens", "Bridge 0 reopens"]
    data = component(at, "entries")
    assert (data["everything"], data["total"], data["layout"], data["writable"]) == (3, 3, "Cards", True)
    first = data["entries"][0]
    assert (first["publisher"], first["published"], first["quotes"]) == ("Der Bote", "3 January 2020", 2)
    assert first["speakers"] == ["Ada Lovelace", "Alan Turing"]
    assert first["snippet"].startswith('"Bridge number 2 is safe')


def test_without_any_article_the_page_says_what_to_do(home: Path, shelf: Shelf) -> None:
    """An empty shelf and an empty library: no error, the way to add, and nothing to take away."""
    at = visit("library")

    assert "Articles that you add are kept here" in told(at)
    assert component(at, "entries")["everything"] == 0
    assert button(at, "add").label == "Add an article"
    assert not [one for one in at.button if one.label in ("Export", "Filter")]
    assert not button(at, "import").disabled
    assert not at.warning


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"q": ["bridge 1"]}, ["Bridge 1 reopens"]),
        ({"q": ["nowhere"]}, []),
        ({"q": ["reopens"], "in": ["quotes"]}, []),
        ({"speaker": ["Nobody Here"]}, []),
        ({"speaker": ["lovel"], "order": ["Title"]}, ["Bridge 0 reopens", "Bridge 1 reopens", "Bridge 2 reopens"]),
        ({"publisher": ["The Gazette"]}, ["Bridge 1 reopens"]),
        ({"since": ["2020-01-03"]}, ["Bridge 2 reopens"]),
        ({"until": ["2020-01-01"]}, ["Bridge 0 reopens"]),
        ({"order": ["Published"], "reverse": ["true"]}, ["Bridge 0 reopens", "Bridge 1 reopens", "Bridge 2 reopens"]),
        ({"order": ["nonsense"], "page": ["7"]}, ["Bridge 2 reopens", "Bridge 1 reopens", "Bridge 0 reopens"]),
        ({"page": ["-1"]}, ["Bridge 2 reopens", "Bridge 1 reopens", "Bridge 0 reopens"]),
        ({"page": ["²"]}, ["Bridge 2 reopens", "Bridge 1 reopens", "Bridge 0 reopens"]),
    ],
    ids=str,
)
def test_the_link_holds_query_filters_and_order(library: Library, query: dict[str, Any], titles: list[str]) -> None:
    """What stands in the URL rules the list, and what it can't mean is left out."""
    assert listed(visit("library", **query)) == titles


def test_filters_are_said_in_words(library: Library) -> None:
    """Each filter has its words, and the speaker the name that the library knows them by."""
    at = visit("library", speaker=["lovel"], since=["2020-01-02"])

    assert component(at, "entries")["filters"] == [
        ["speaker", "Ada Lovelace is quoted"],
        ["since", "from 2 January 2020"],
    ]


def test_matches_are_marked_where_a_browser_counts(library: Library) -> None:
    """In title and snippet, in UTF-16 units: the bridge before the word is two of them."""
    entry = component(visit("library", q=['"number 1" indeed']), "entries")["entries"][0]
    words = entry["snippet"].encode("utf-16-le")

    assert [words[2 * start : 2 * end].decode("utf-16-le") for start, end in entry["found"]] == ["number 1", "indeed"]


def test_a_match_in_a_quote_names_its_speaker(library: Library) -> None:
    """Searched for in quotes only, the snippet is the quote, and says whose it is."""
    entry = component(visit("library", **IN_QUOTES), "entries")["entries"][0]

    assert (entry["says"], entry["title"][:6], entry["marks"]) == ("Ada Lovelace", "Bridge", [])


def test_a_page_holds_fifty(library: Library) -> None:
    """The second page has the rest, and says which it is."""
    many(library, 60)
    assert len(listed(visit("library"))) == 50
    at = visit("library", page=["2"])

    assert len(listed(at)) == 13
    assert component(at, "entries")["page"] == 1


@pytest.mark.usefixtures("many_kept")
@pytest.mark.parametrize("by", ["title", "handle"])
def test_a_link_opens_an_article_that_the_list_is_too_short_for(library: Library, by: str) -> None:
    """The oldest of 203 articles opens by its title and by the form that tells it apart; a second run keeps it."""
    oldest = library.entries(offset=202, limit=1).entries[0]
    name = oldest.title if by == "title" else linked.handled(oldest.id, oldest.title)
    at = visit("article", article=[name])

    assert at.selectbox(key="article").value == f"kept-{oldest.id}"
    at.run()
    assert_whole(at)
    assert at.selectbox(key="article").value == f"kept-{oldest.id}"


@pytest.fixture
def many_kept(library: Library) -> None:
    """More articles than the sidebar's list holds."""
    many(library, 200)


def test_an_unknown_link_is_said(library: Library) -> None:
    """A title that no article has, and a handle that leads to another title, open nothing else in silence."""
    entry = library.entries(limit=1).entries[0]
    for asked in ("No such article", f"Another title ({entry.id[:6]})"):
        assert "asks for an article that is not here" in told(visit("article", article=[asked]))


def test_removed_articles_can_be_brought_back(library: Library) -> None:
    """From the bin, together; the menu is there as long as something is in it."""
    assert not [one for one in visit("library").button if "Bring back" in one.label]
    gone = [entry.id for entry in library.entries(limit=2).entries]
    library.remove(gone, NOW)
    at = visit("library")
    assert "1 article from 1 publisher" in told(at)
    (back,) = [one for one in at.button if one.label == "Bring back 2 articles"]
    assert "Bridge 1 reopens, Bridge 2 reopens, 1 March 2026" in told(at)
    back.click().run()
    assert_whole(at)

    assert library.entries().total == 3
    assert not [one for one in at.button if "Bring back" in one.label]


def test_the_way_back_stays_until_it_is_used(library: Library) -> None:
    """What this visit removed stays at hand through runs that do something else, the last removal first."""
    at = visit("library")
    undo = library.remove([library.entries(limit=1).entries[0].id], NOW)
    at.session_state["_library_undo"] = [Undo(("gone",), NOW - timedelta(days=1)), undo]
    at.run()
    at.run()
    assert "“Bridge 2 reopens” is removed" in told(at)
    button(at, "bring-back-removed").click().run()
    assert_whole(at)

    assert library.entries().total == 3
    assert button(at, "bring-back-removed").label == "Bring back 1 article"


def test_readings_of_an_older_engine_are_made_anew(library: Library, home: Path) -> None:
    """The page says how many there are; the button makes them anew, and then there is nothing to say."""
    with sqlite3.connect(home / FILE) as connection:
        connection.execute("UPDATE reading SET engine = 0")
    connection.close()
    at = visit("library")
    assert "3 articles wait to be read by this Readout" in told(at)
    button(at, "renew").click().run()
    while library.stale():  # in a browser the page goes on by itself
        at.run()
    at.run()
    assert_whole(at)

    assert "wait to be read" not in told(at)


def test_a_newer_library_is_explained_here_and_hinted_at_elsewhere(library: Library, home: Path) -> None:
    """What to do is said on the page; other pages show the shelf, with a link here; once it is gone all is well."""
    library.close()
    _set_version(home, VERSION + 1)
    at = visit("library")
    assert "made by a newer Readout" in told(at)
    assert "install the newest Readout" in told(at)
    other = visit("article")
    assert other.selectbox(key="article").options == ["The bridge"]
    assert [link.proto.label for link in other.get("page_link")] == ["The library needs a look"]
    _set_version(home, VERSION)
    button(at, "try-again").click().run()
    assert_whole(at)

    assert len(listed(at)) == 3
    assert not visit("article").get("page_link")


def test_a_locked_library_is_explained_and_tried_again(
    library: Library, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program has the file for itself: the page says so, and shows the list when it is free again."""
    library.close()
    monkeypatch.setattr(connections, "PATIENCE", 0.05)
    other = connections.connect(home / FILE)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN IMMEDIATE")
    try:
        at = visit("library")
        assert "Another program has been writing to the library" in told(at)
    finally:
        other.close()
    button(at, "try-again").click().run()
    assert_whole(at)
    assert len(listed(at)) == 3


def test_a_damaged_library_can_be_saved_and_is_left_as_it_is(library: Library, home: Path) -> None:
    """A file without its head: what can be read goes into a zip, and not a byte of the file changes."""
    library.close()
    path = home / FILE
    data = bytearray(path.read_bytes())
    data[:16] = b"damaged, you see"
    path.write_bytes(data)
    at = visit("library")
    assert "is damaged" in told(at)
    button(at, "rescue").click().run()
    assert_whole(at)

    assert at.success[0].value == "3 articles saved."
    assert [one for one in at.get("download_button") if one.proto.label.startswith("Download readout-library-20")]
    assert path.read_bytes() == bytes(data)
    path.unlink()
    button(at, "try-again").click().run()
    assert_whole(at)
    assert component(at, "entries")["everything"] == 0


def test_a_library_with_holes_is_read_as_far_as_it_goes(library: Library, home: Path) -> None:
    """Damage that is met on the way: every visit says so once, with the way to save what is left; other pages go on."""
    many(library, 60)
    library.close()
    path = home / FILE
    data = bytearray(path.read_bytes())
    for page in range(len(data) // 4096 // 3, len(data) // 4096):
        data[page * 4096 : page * 4096 + 2048] = b"\xff" * 2048
    path.write_bytes(data)
    for _ in range(3):
        at = visit("library")
        assert "damaged" in told(at)
        assert len([one for one in at.button if one.key in ("rescue", "try-again")]) == 2
    assert visit("article").selectbox(key="article").options[0] == "The bridge"
    assert path.read_bytes() == bytes(data)


def test_a_library_whose_file_was_exchanged_is_opened_anew(library: Library, home: Path, tmp_path: Path) -> None:
    """The next visit shows what lies there now, without a restart."""
    assert len(listed(visit("library"))) == 3
    library.close()
    with Library.open(tmp_path / "other") as other:
        other.add(article(9), None, NOW)
    for left in home.glob(f"{FILE}*"):
        left.unlink()
    (tmp_path / "other" / FILE).rename(home / FILE)

    assert listed(visit("library")) == ["Bridge 9 reopens"]


@contextmanager
def anyone() -> Iterator[None]:
    """Without the rights of the system's superuser, who may write anywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such modes there")
def test_a_library_that_may_not_be_written_to_is_shown(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list is there, changes are off, and why is said; once it may be written to, so it can be here."""
    library.close()
    visit("library")  # loads all that the app reads, which another user may not
    with tempfile.TemporaryDirectory() as place:
        home = Path(shutil.copytree(library.path.parent, Path(place, "home")))
        monkeypatch.setenv("READOUT_HOME", str(home))
        monkeypatch.delenv("READOUT_ARTICLES")
        for path, mode in ((Path(place), 0o755), (home, 0o555), (home / FILE, 0o444)):
            path.chmod(mode)
        with anyone():
            at = visit("library")
            other = visit("article")
        home.chmod(0o777)
        (home / FILE).chmod(0o666)
        with anyone():
            again = visit("library")

    assert "can be read and searched, but not changed" in told(at)
    assert len(listed(at)) == 3
    assert component(at, "entries")["writable"] is False
    assert button(at, "import").disabled
    assert [link.proto.label for link in other.get("page_link")] == ["The library needs a look"]
    assert component(again, "entries")["writable"] is True


def test_a_link_to_a_home_that_is_a_file_gets_a_sentence(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """READOUT_HOME may name anything: the page says so, and the shelf is read all the same."""
    shelf.put(TEXT)
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("READOUT_HOME", str(tmp_path / "file"))

    assert "READOUT_HOME" in told(visit("library"))
    assert visit("article").selectbox(key="article").options == ["The bridge"]


def _set_version(home: Path, version: int) -> None:
    with sqlite3.connect(home / FILE) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
