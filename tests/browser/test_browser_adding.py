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


def fill(page: Page, label: str, words: str) -> None:
    """Fill in a field of the form."""
    field = page.get_by_role("dialog").get_by_role("textbox", name=label, exact=True)
    field.fill(words)
    field.blur()


def press(page: Page, name: str) -> None:
    """Press a button of the dialog, once what was pressed before is done."""
    settle(page)
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def expect_form(page: Page, title: str, byline: str = "", publisher: str = "", day: str = "") -> None:
    """Wait until the form says this; what is left out may be anything."""
    box = page.get_by_role("dialog")
    for label, words in (("Title", title), ("Byline", byline), ("Publisher", publisher)):
        if words:
            expect(box.get_by_role("textbox", name=label, exact=True)).to_have_value(words)
    if day:
        expect(box.get_by_role("group", name="Day of publication")).to_have_text(
            re.compile(r"\D*".join(re.escape(part) for part in day.split("/")))
        )


def test_each_of_three_files_has_its_own_form(visit: Visit, tmp_path: Path) -> None:
    """Each form shows its own file; what is typed in one stays with it, forth and back, and is what is kept."""
    files = []
    for number, name in enumerate(("weir", "lock", "mill"), 1):
        path = tmp_path / f"{name}.md"
        path.write_text(
            f"---\ntitle: The {name}\nauthor: Writer {number}\npublisher: Paper {number}\n"
            f"date: 202{number}-0{number}-03\nlang: en\n---\n\n"
            f"“The {name} is old,” Mary Anning said on Monday. It was built of stone.\n",
            "utf-8",
        )
        files.append(path)
    page = visit("/", "new")
    start(page)
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_text("mill.md")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Open it").click()
    box = page.get_by_role("dialog")
    of_weir = ("The weir", "Writer 1", "Paper 1", "2021/01/03")
    expect(box).to_contain_text("1 of 3 · weir.md")
    expect_form(page, *of_weir)
    fill(page, "Publisher", "The Weir Watch")
    press(page, "Next")
    expect(box).to_contain_text("2 of 3 · lock.md")
    expect_form(page, "The lock", "Writer 2", "Paper 2", "2022/02/03")
    fill(page, "Title", "The lock gates")
    press(page, "Next")
    expect(box).to_contain_text("3 of 3 · mill.md")
    expect_form(page, "The mill", "Writer 3", "Paper 3", "2023/03/03")
    press(page, "Previous")
    expect(box).to_contain_text("2 of 3 · lock.md")
    expect_form(page, "The lock gates")
    press(page, "Previous")
    expect(box).to_contain_text("1 of 3 · weir.md")
    expect_form(page, "The weir", "Writer 1", "The Weir Watch", "2021/01/03")
    press(page, "Keep it")
    expect(box).to_contain_text("1 of 2 · lock.md")
    expect_form(page, "The lock gates")
    press(page, "Keep it")
    expect(box.get_by_role("textbox", name="Title", exact=True)).to_have_value("The mill")
    press(page, "Keep it")
    expect(page.get_by_role("heading", level=1)).to_have_text("The mill")
    origin = page.url.partition("/?")[0]
    for title, publisher in (("The weir", "The Weir Watch"), ("The lock gates", "Paper 2"), ("The mill", "Paper 3")):
        page.goto(f"{origin}/?article={title.replace(' ', '+')}")
        settle(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.get_by_test_id("stMain").get_by_text(publisher).first).to_be_visible()


def test_what_is_typed_for_a_known_article_wins(visit: Visit) -> None:
    """Removed, added again with another title: that one shows, by whom, and undone the old one is back."""
    page = visit("/", "new")
    text = "The slip\n\n“It is steep,” Mary Anning said on 3 May 2016. Boats went down.\n"
    for title, again in (("The slipway", False), ("The slip of stone", True), ("The slip at low tide", True)):
        start(page)
        page.get_by_label("Paste its text").fill(text)
        page.get_by_label("Paste its text").blur()
        page.get_by_role("button", name="Open it").click()
        expect(page.get_by_role("dialog").get_by_label("Title")).to_be_visible()
        expect(page.get_by_role("dialog").get_by_text("It was added before")).to_have_count(int(again))
        fill(page, "Title", title)
        if again:
            fill(page, "Your name", "Mary")
        press(page, "Keep it")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        if title == "The slipway":
            page.get_by_role("button", name="About this article").click()
            page.get_by_role("button", name="Remove from the library").click()
            expect(page.get_by_role("heading", level=1)).not_to_have_text(title)
            page.keyboard.press("Escape")  # what is known of the next article stands open over the sidebar
    expect(page.get_by_text("Title corrected by Mary")).to_be_visible()
    page.get_by_role("button", name="Undo the last correction").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The slip of stone")
    page.get_by_role("button", name="Undo the last correction").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The slipway")


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


def test_many_articles_in_one_file_are_refused(visit: Visit, tmp_path: Path) -> None:
    """A feed that is called a page, records that are called a text, a pasted table: a sentence each, none is kept."""
    feed, records = tmp_path / "news.html", tmp_path / "news.txt"
    feed.write_text(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>News</title><item><title>A</title>"
        "<description>&lt;p&gt;One&lt;/p&gt;</description></item></channel></rss>",
        "utf-8",
    )
    records.write_text('{"title": "A", "text": "Words."}\n{"title": "B", "text": "Words."}\n', "utf-8")
    page = visit("/", "new")
    start(page)
    page.get_by_label("Paste its text").fill("title,date,text\nThe pier,2016-11-09,It reopens.\n")
    page.get_by_label("Paste its text").blur()
    page.locator("input[type=file]").set_input_files([feed, records])
    expect(page.get_by_text("news.txt")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Open it").click()
    alerts = page.get_by_role("dialog").get_by_role("alert")
    expect(alerts).to_have_count(3)
    expect(alerts.nth(0)).to_contain_text("is a table (CSV). Readout does not read many articles from one file yet")
    expect(alerts.nth(1)).to_contain_text("news.html is a feed (RSS), a list of articles. Open the articles")
    expect(alerts.nth(2)).to_contain_text("news.txt is data for programs (JSON Lines)")


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
