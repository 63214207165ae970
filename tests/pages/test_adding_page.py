"""The dialog that adds an article, as Streamlit runs it: pages by their address, with fetching on and with it off."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from readout.library import Library
from readout.web import collection

from .visiting import TEXT, Shelf, assert_whole, button, told

PAGE = (
    "<!doctype html><html lang=en><head><title>The harbour</title><meta property='article:published_time' "
    "content='2020-03-05'></head><body><article><h1>The harbour</h1>"
    + "".join(f"<p>“It is deep enough,” Grace Hopper said of basin {n}. The boats came in.</p>" for n in range(6))
    + "</article></body></html>"
)


class Handler(http.server.BaseHTTPRequestHandler):
    """One page, and nothing else."""

    def do_GET(self) -> None:
        """Answer one request."""
        found = self.path == "/harbour"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.encode() if found else b"nothing")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """A site on this machine; gives its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def opened() -> None:
    """A page that has the dialog open."""
    from readout.web import adding

    adding._add()


def dialog() -> AppTest:
    """The dialog, open."""
    at = AppTest.from_function(opened, default_timeout=600).run()
    assert_whole(at)
    return at


def open_it(at: AppTest) -> None:
    """Press the button of the dialog, and see what it shows next."""
    button(at, "open-drafts").click().run()
    # A dialog runs again by itself, which this test bench can't have it do; so the whole page does.
    if at.exception:
        at.run()
    assert_whole(at)


def title(at: AppTest) -> str:
    """The title that the form has."""
    (found,) = [field for field in at.text_input if field.label == "Title"]
    return str(found.value)


@pytest.mark.parametrize("where", ["address", "paste"])
def test_a_page_is_fetched_and_asked_about(site: str, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """An address in its field, or pasted alone where a text is pasted: what was found, then kept with its address."""
    monkeypatch.setenv("READOUT_FETCH", "private")
    at = dialog()
    if where == "address":
        at.text_input(key="address").set_value(f" {site}/harbour#top ")
    else:
        at.text_area(key="paste").set_value(f"\n{site}/harbour\n")
    open_it(at)
    assert title(at) == "The harbour"
    (keep,) = [one for one in at.button if one.label == "Keep it"]
    keep.click().run()
    assert_whole(at)
    with Library.open() as library:
        (entry,) = library.entries().entries
        assert library.article(entry.id).url == f"{site}/harbour"
        assert library.original(entry.id) == PAGE.encode()


def test_a_page_that_is_not_there_costs_a_sentence(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong and what to do, and the dialog stays."""
    monkeypatch.setenv("READOUT_FETCH", "private")
    at = dialog()
    at.text_input(key="address").set_value(f"{site}/nowhere")
    open_it(at)
    assert "has no page at this address. Check the address." in told(at)
    assert at.text_input(key="address").value == f"{site}/nowhere"


def test_a_page_of_this_machine_needs_more_than_on(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where public pages may be fetched, what lies in a private network may not."""
    monkeypatch.setenv("READOUT_FETCH", "on")
    at = dialog()
    at.text_input(key="address").set_value("http://127.0.0.1/")
    open_it(at)
    assert "is not on the public internet" in told(at)


@pytest.mark.parametrize("said", ["", "off", "yes"])
def test_nothing_is_fetched_unless_it_is_switched_on(site: str, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """No field; a pasted address says what to do instead; a text that begins with an address is a text."""
    monkeypatch.setenv("READOUT_FETCH", said)
    at = dialog()
    assert not [field for field in at.text_input if field.key == "address"]
    assert "start Readout with READOUT_FETCH=on" in told(at)
    at.text_area(key="paste").set_value(f"{site}/harbour")
    open_it(at)
    assert "Save the page in your browser and choose the file" in told(at)
    at.text_area(key="paste").set_value(f"{site}/harbour\n\n{TEXT}")
    open_it(at)
    assert title(at).startswith("http://127.0.0.1")


def test_an_article_of_the_shelf_is_known(shelf: Shelf) -> None:
    """Added again, it opens from the shelf, and what its reader typed is a correction of it."""
    shelf.put(TEXT)
    article = collection.open_article("bridge").article
    pasted = replace(article, name="pasted-text", title="The file's title", publisher="The Coast")
    found = collection.known(pasted)
    assert found is not None
    assert found[1].title == article.title
    key, added, made = collection.keep(pasted, None, ["publisher"], "Mary")
    assert (key, added.again, [change.correction.value for change in made]) == ("bridge", True, ["The Coast"])
    seen = collection.corrected("bridge", article).article
    assert (seen.title, seen.publisher) == (article.title, "The Coast")
    assert len(collection.titles()) == 1


def test_a_known_article_fills_its_form_with_what_is_known_of_it() -> None:
    """Pasted again, the form has the title that a reader gave it, asks for a name, and changes nothing by itself."""
    at = dialog()
    for again in (False, True):
        at.text_area(key="paste").set_value(TEXT)
        open_it(at)
        assert ("It was added before" in "".join(one.value for one in at.markdown)) is again
        assert bool([field for field in at.text_input if field.label == "Your name"]) is again
        if again:
            assert title(at) == "A title by hand"
        next(field for field in at.text_input if field.label == "Title").set_value("A title by hand")
        next(one for one in at.button if one.label == "Keep it").click().run()
        assert_whole(at)
    with Library.open() as library:
        (entry,) = library.entries().entries
        assert (entry.title, library.corrections(entry.id)) == ("A title by hand", [])


def drafts() -> None:
    """A page that has the dialog open on three drafts."""
    import streamlit as st

    from readout.load import load
    from readout.web import adding

    if "_drafts" not in st.session_state:
        st.session_state["_drafts"] = [
            adding._draft(
                load(
                    f"---\ntitle: The {name}\nauthor: Writer {n}\npublisher: Paper {n}\n"
                    f"date: 202{n}-01-03\nlang: en\n---\n\n“The {name} is old,” Mary Anning said on Monday.".encode(),
                    name=f"{name}.md",
                ),
                f"{name}.md",
                b"",
            )
            for n, name in enumerate(("weir", "lock", "mill"), 1)
        ]
    adding._add()


def form(at: AppTest) -> dict[str, str]:
    """What the form says."""
    fields = {field.label: str(field.value) for field in at.text_input}
    return {**fields, "day": str(at.date_input[0].value)}


def press(at: AppTest, name: str) -> None:
    """Press a button of the form, and see what the dialog shows next."""
    next(one for one in at.button if one.label == name).click().run()
    if at.exception:  # as in `open_it`
        at.run()
    assert_whole(at)


def test_each_of_several_drafts_has_its_own_form() -> None:
    """What is typed in one form stays with it, on and back again, and is what is kept, one by one."""
    at = AppTest.from_function(drafts, default_timeout=60).run()
    said = [
        {
            "Title": f"The {name}",
            "Byline": f"Writer {n}",
            "Publisher": f"Paper {n}",
            "Language": "en",
            "day": f"202{n}-01-03",
        }
        for n, name in enumerate(("weir", "lock", "mill"), 1)
    ]
    assert form(at) == said[0]
    next(field for field in at.text_input if field.label == "Publisher").set_value("The Weir Watch")
    press(at, "Next")
    assert form(at) == said[1]
    next(field for field in at.text_input if field.label == "Title").set_value("The lock gates")
    press(at, "Next")
    assert form(at) == said[2]
    press(at, "Previous")
    assert form(at) == {**said[1], "Title": "The lock gates"}
    press(at, "Previous")
    assert form(at) == {**said[0], "Publisher": "The Weir Watch"}
    press(at, "Keep it")
    assert form(at) == {**said[1], "Title": "The lock gates"}
    press(at, "Leave it out")
    assert form(at) == said[2]
    press(at, "Keep it")
    with Library.open() as library:
        kept = {(entry.title, entry.publisher, str(entry.published)) for entry in library.entries().entries}
    assert kept == {("The weir", "The Weir Watch", "2021-01-03"), ("The mill", "Paper 3", "2023-01-03")}
