"""Notes and stars as Streamlit runs them: the dialog, the list, and the facts of several articles set at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from readout.corrections import making
from readout.web import collection, state, stopped

from .visiting import FRAME, TEXT, Shelf, assert_whole, button, component, markup, told, visit

WHEN = "2026-11-24T12:00:00+00:00"
HOSTILE = "<script>alert(1)</script> **bold**"
START = TEXT.index("bridge was")
SPAN = {"start": START, "end": START + len("bridge was")}


@pytest.fixture(autouse=True)
def opened(shelf: Shelf) -> None:
    """An article on the shelf."""
    shelf.put(TEXT)


@contextmanager
def asking(monkeypatch: pytest.MonkeyPatch, request: dict[str, Any]) -> Iterator[AppTest]:
    """The Article page whose reader asks for something: a dialog in every run, for a test can't run it alone."""
    requests = [request]

    def draw(*_: Any) -> SimpleNamespace:
        remark = requests[0] if request["what"] == "note" else requests.pop() if requests else None
        return SimpleNamespace(quotes=None, timeline=None, method=None, correct=None, remark=remark)

    with monkeypatch.context() as patched:
        patched.setattr("readout.web.article.draw", draw)
        yield visit("article")


def field(at: AppTest, kind: str, key: str) -> Any:
    """A widget."""
    (found,) = [element for element in at.get(kind) if element.key == key]
    return found


def write(monkeypatch: pytest.MonkeyPatch, remark: str = HOSTILE) -> None:
    """Write a note through the dialog."""
    with asking(monkeypatch, {"what": "note", **SPAN}) as at:
        field(at, "text_area", "remark").set_value(remark)
        field(at, "text_input", "reader-name").set_value("Mary")
        button(at, "save-note").click().run()
        assert_whole(at)


def test_a_note_on_selected_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is kept with its words and its reader, drawn where they stand, and is no correction of anything."""
    before = visit("article")
    write(monkeypatch)
    (change,) = collection.notes("bridge")
    assert (change.correction.value, change.correction.by) == (HOSTILE, "Mary")
    data = component(visit("article"), "scene")
    ((identity, places, remark, by),) = data["notes"]
    assert (identity, remark) == (change.id, HOSTILE)
    assert by.startswith("Mary, ")
    words = "\n".join(TEXT.split("\n\n")[1:])
    ((paragraph, start, end),) = places
    assert (paragraph, words[start:end]) == (1, "bridge was")
    assert data["scene"] == component(before, "scene")["scene"]
    assert data["id"] == component(before, "scene")["id"]


def test_an_empty_note_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence says so and nothing is kept; a selection outside the text opens no dialog."""
    write(monkeypatch, " ")
    assert not collection.notes("bridge")
    with asking(monkeypatch, {"what": "note", "start": len(TEXT) + 5, "end": len(TEXT) + 9}) as at:
        assert not [element for element in at.get("text_area") if element.key == "remark"]
        assert "Select some words" in " ".join(toast.value for toast in at.toast)


def test_a_note_is_listed_deleted_and_brought_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Corrections page has it in a section of its own, as text; it is deleted there and the sidebar undoes it."""
    write(monkeypatch)
    at = visit("corrections")
    assert [header.value for header in at.header] == ["Notes"]
    assert "“bridge was”" in told(at)
    assert not [one for one in markup(at) if "<script>" in one]
    assert "Nobody has corrected this article yet" in told(at)
    (note,) = collection.notes("bridge")
    button(at, f"turn-{note.id}").click().run()
    assert not collection.notes("bridge")
    with asking(monkeypatch, {"what": "delete-note", "id": note.id}) as at:
        assert "changed meanwhile" in " ".join(toast.value for toast in at.toast)


def test_a_star_is_given_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The article on the shelf is put into the library for it; a second press takes the star away."""
    assert component(visit("article"), "scene")["starred"] is False
    for stars in (1, 0):
        with asking(monkeypatch, {"what": "star"}):
            assert len(collection.stars("bridge")) == stars


def test_only_starred_articles() -> None:
    """The Library's filter is in the URL and has a chip that drops it."""
    article = collection.open_article("bridge").article
    collection.correct("bridge", article, [making.a_fact("title", "The bridge stands", by="", when=WHEN)])
    data = component(visit("library", starred=["true"]), "entries")
    assert (data["total"], data["filters"]) == (0, [["starred", "with a star"]])
    collection.correct("bridge", article, [making.a_star(by="", when=WHEN)])
    data = component(visit("library", starred=["true"]), "entries")
    assert [(entry["title"], entry["starred"]) for entry in data["entries"]] == [("The bridge stands", True)]


def test_publisher_of_several_articles() -> None:
    """Nothing given is refused; what is given is a correction of each article, and one undo takes all of it back."""
    article = collection.open_article("bridge").article
    collection.correct("bridge", article, [making.a_fact("title", "The bridge stands", by="", when=WHEN)])
    identity = collection.identity_of("bridge")
    at = AppTest.from_file(str(FRAME), default_timeout=60)
    at.switch_page(str(state.PAGES / "library.py"))
    at.session_state["_library_setting"] = [identity, "gone"]
    at.run()
    for publisher in ("", "The Harbour Gazette"):
        # A test can't run a dialog alone, so it is asked for in each run.
        at.session_state["_library_setting"] = [identity, "gone"]
        field(at, "text_input", "set-publisher").set_value(publisher)
        button(at, "set-facts").click().run()
        assert_whole(at)
        assert ("Give a publisher, or a day, or both." in told(at)) is not bool(publisher)
    library = collection.library()
    assert [entry.publisher for entry in library.entries().entries] == ["The Harbour Gazette"]
    button(at, "undo-correction").click().run()
    assert [entry.publisher for entry in library.entries().entries] == ["The Paper"]


class Sent:
    """A browser that leaves an article."""

    def __init__(self) -> None:
        """Send to the route itself, as the application has it."""
        self.client = TestClient(Starlette(routes=[stopped.ROUTE]))

    def __call__(self, said: object) -> int:
        """Send this; gives the status."""
        return self.client.post(stopped.PATH, content=said if isinstance(said, bytes) else json.dumps(said)).status_code


def kept_place() -> tuple[str, str] | None:
    """By whom the place in the bridge is kept, and its first words."""
    places = [one.correction for one in collection.changes("bridge") if one.correction.sort == "place"]
    return (places[0].by, places[0].target[0].exact) if places else None


def test_where_a_reader_stopped_is_theirs_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's ticket says who they are; another's place is neither offered nor handed on, a stranger's not kept."""
    send, at = Sent(), TEXT.index("Alan Turing")
    mine = component(visit("article"), "scene")["stopped"]
    assert mine["place"] is None
    assert send({"ticket": mine["ticket"], "at": at}) == 204
    assert kept_place() is None, "an article that is in no library comes into none by being read"
    collection.correct("bridge", collection.open_article("bridge").article, [making.a_star(by="", when=WHEN)])
    assert send({"ticket": mine["ticket"], "at": at}) == 204
    assert kept_place() == ("", "Alan Turing said that the bridge was built in 2014. People waited for years, and")
    place, when = component(visit("article"), "scene")["stopped"]["place"]
    assert (place, when > 0) == (at, True)
    monkeypatch.setattr("readout.web.correcting.reader", lambda: "Mary")
    hers = component(visit("article"), "scene")["stopped"]
    assert (hers["place"], hers["ticket"] != mine["ticket"]) == (None, True)
    assert [one.sort for one in collection.handed_on("bridge", "Mary")] == ["star"]
    assert [one.sort for one in collection.handed_on("bridge", "")] == ["star", "place"]
    assert send({"ticket": mine["ticket"], "at": None}) == 204
    assert kept_place() is None


def test_a_server_of_many_keeps_no_place_of_a_stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two who gave no name would have one place between them."""
    monkeypatch.setenv("READOUT_ALLOW_HOSTS", "news.example")
    assert component(visit("article"), "scene")["stopped"] is None
    monkeypatch.setattr("readout.web.correcting.reader", lambda: "Mary")
    assert component(visit("article"), "scene")["stopped"] is not None


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"", 400),
        (b"[" * 9_000, 400),
        (b"x" * 20_000, 413),
        ([], 400),
        ({"ticket": 5, "at": 0}, 400),
        ({"ticket": "WyJicmlkZ2UiLCJNYXJ5Il0.forged", "at": 0}, 403),
        ({"at": -1}, 400),
        ({"at": "0"}, 400),
        ({"at": 10**30}, 204),
    ],
)
def test_what_no_page_sends_is_refused(said: Any, status: int) -> None:
    """A request that is none, is too long, is signed by nobody or means no place changes nothing."""
    collection.correct("bridge", collection.open_article("bridge").article, [making.a_star(by="", when=WHEN)])
    if isinstance(said, dict) and "ticket" not in said:
        said["ticket"] = component(visit("article"), "scene")["stopped"]["ticket"]
    assert Sent()(said) == status
    assert kept_place() is None


def test_where_nobody_changes_anything_no_place_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server for reading alone hands out no ticket."""
    monkeypatch.setenv("READOUT_READ_ONLY", "on")
    assert component(visit("article"), "scene")["stopped"] is None
