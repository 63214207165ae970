"""Journeys into the library: paste, drop, put right, remove, bring back."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from journeys import PATIENCE, WIDE, Visit, Watch
from playwright.sync_api import Browser, Page, expect
from serving import serve, settle

pytestmark = pytest.mark.browser
TEXT = """The pier reopens

"The pier is safe," Rosalind Franklin, the surveyor, said last month. She added that boats would call again.
"""


def start(page: Page) -> None:
    """Open the dialog."""
    page.get_by_role("button", name="Add an article").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_pasted_text_is_asked_about_kept_and_found_again(visit: Visit) -> None:
    """Paste, say the day, keep; it opens with its speaker, its link opens it, and pasted again it is not doubled."""
    page = visit("/", "new")
    start(page)
    page.get_by_label("Paste its text").fill(TEXT)
    page.get_by_label("Paste its text").blur()
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_label("Title")).to_have_value("The pier reopens")
    page.get_by_label("Publisher").fill("The Coast")
    page.get_by_label("Publisher").blur()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The pier reopens")
    expect(page).to_have_url(re.compile(r"article=The(\+|%20)pier(\+|%20)reopens"))
    expect(page.get_by_role("button", name=re.compile("^RF: Rosalind Franklin")).first).to_be_visible()
    page.reload()
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("The pier reopens")
    page.get_by_role("button", name="About this article").click()
    page.get_by_role("button", name="Remove from the library").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("The pier reopens")
    page.get_by_role("button", name="Bring back what was removed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The pier reopens")


def test_files_are_opened_one_after_another(visit: Visit, tmp_path: Path) -> None:
    """Two files at once: one opens and is asked about, the other is no article and costs one sentence."""
    good, bad = tmp_path / "harbour.html", tmp_path / "empty.pdf"
    good.write_text(
        "<html><head><title>The harbour</title></head><body><article><h1>The harbour</h1>"
        + "".join(f"<p>“It is deep enough,” Grace Hopper said of basin {n}. The boats came in.</p>" for n in range(6))
        + "<p><script>alert(1)</script></p></article></body></html>",
        "utf-8",
    )
    bad.write_bytes(b"")
    page = visit("/", "new")
    start(page)
    page.locator("input[type=file]").set_input_files([good, bad])
    expect(page.get_by_text("harbour.html")).to_be_visible()
    expect(page.get_by_text("empty.pdf")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("empty.pdf")
    page.get_by_role("button", name="Go on with the 1 that could be opened").click()
    expect(page.get_by_label("Title")).to_have_value("The harbour")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The harbour")
    expect(page.get_by_role("button", name=re.compile("^GH: Grace Hopper")).first).to_be_visible()


def test_a_dropped_file_opens(visit: Visit) -> None:
    """A file let fall on the dialog is opened like one that was chosen."""
    page = visit("/", "new")
    start(page)
    text = "The ford\n\n“It is shallow,” Mary Anning said on 3 May 2016. Horses went through.\n"
    held = page.evaluate_handle(
        """([name, text]) => {
            const held = new DataTransfer();
            held.items.add(new File([text], name, { type: "text/plain" }));
            return held;
        }""",
        ["ford.txt", text],
    )
    zone = page.get_by_test_id("stFileUploaderDropzone")
    for event in ("dragenter", "dragover", "drop"):
        zone.dispatch_event(event, {"dataTransfer": held})
    expect(page.get_by_text("ford.txt")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_label("Title")).to_have_value("The ford")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The ford")
    expect(page.get_by_role("button", name=re.compile("^MA: Mary Anning")).first).to_be_visible()


def test_nothing_given_is_said(visit: Visit) -> None:
    """The dialog says what to do where nothing was pasted or chosen."""
    page = visit("/", "new")
    start(page)
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("dialog")).to_contain_text("Paste a text, or choose a file")


class Site(http.server.BaseHTTPRequestHandler):
    """A site with one page, behind a redirect."""

    def do_GET(self) -> None:
        """Answer one request."""
        self.send_response({"/p": 301, "/pier": 200}.get(self.path, 404))
        self.send_header("Location", "/pier")
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        body = "".join(f"<p>{line}</p>" for line in (TEXT * 4).split("\n\n"))
        self.wfile.write(f"<html><head><title>The pier</title></head><body><article>{body}</article></body>".encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """A site on this machine; gives its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_page_is_added_by_its_address(browser: Browser, site: str, tmp_path: Path) -> None:
    """Where fetching is on: a wrong address costs a sentence, the right one opens; the browser itself asks nobody."""
    with serve(READOUT_HOME=str(tmp_path), READOUT_FETCH="private") as address:
        watch = Watch(address)
        page = browser.new_page(viewport=WIDE)
        page.set_default_timeout(PATIENCE)
        watch.over(page)
        page.goto(address)
        settle(page)
        start(page)
        field = page.get_by_label("Or the address of its page")
        field.fill(f"{site}/pear")
        field.press("Tab")
        page.get_by_role("button", name="Open it").click()
        expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("has no page at this address")
        field.fill(f"{site}/p")
        field.press("Tab")
        page.get_by_role("button", name="Open it").click()
        expect(page.get_by_label("Title")).to_have_value(re.compile("^The pier"))
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^The pier"))
        expect(page.get_by_role("button", name=re.compile("^RF: Rosalind Franklin")).first).to_be_visible()
        expect(page.locator(f"a[href='{site}/pier']").first).to_be_attached()
        page.close()
        assert not watch.outside
        assert not watch.errors


def test_without_the_switch_there_is_no_address_to_fill_in(visit: Visit) -> None:
    """Fetching is off unless somebody switched it on; the dialog says how, and a pasted address gets no page."""
    page = visit("/", "new")
    start(page)
    expect(page.get_by_role("dialog")).to_contain_text("start Readout with READOUT_FETCH=on")
    expect(page.get_by_label("Or the address of its page")).to_have_count(0)
    page.get_by_label("Paste its text").fill("https://example.org/article")
    page.get_by_label("Paste its text").blur()
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Save the page in your browser")
