"""The page that stands alone, opened from a file in a browser without a network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from journeys import PATIENCE, PHONE, WIDE
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from readout import Article, read, shelf
from readout.corrections import apply, making
from readout.exports.page import to_page

pytestmark = pytest.mark.browser
SEED = "putin-on-trump-victory"
HOSTILE = (
    "</script><script>document.title='owned'</script><img src=https://evil.example/x onerror=alert(1)> \x00\ud800 🌉"
)


class Opened:
    """Opens pages from files, and keeps what they asked for, logged or threw."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        """Nothing is open yet."""
        self.browser, self.folder = browser, folder
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.contexts: list[BrowserContext] = []

    def page(self, data: bytes, window: ViewportSize) -> Page:
        """A page in a new window that has no network."""
        path = self.folder / "reading.html"
        path.write_bytes(data)
        context = self.browser.new_context(viewport=window, offline=True, reduced_motion="reduce")
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        page.goto(path.as_uri())
        return page


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """A way to open pages; afterwards, they have asked for nothing but themselves, and nothing went wrong."""
    opened = Opened(browser, tmp_path)
    yield opened
    for context in opened.contexts:
        context.close()
    assert [url for url in opened.asked if not url.startswith(("file:", "data:font/woff2;"))] == []
    assert opened.complaints == []


def seed() -> bytes:
    """The seed article's page, one of its quotes corrected by a reader."""
    article = shelf.open_article(shelf.SHIPPED, SEED).article
    reading = read(article.text, published=article.published, title=article.title, body=article.body_span)
    fix = making.another_speaker(article, reading.quotes[1], "Donald Trump", by="Mary", when="2024-05-01T12:00:00")
    corrected = apply(article, reading, [fix])
    return to_page(corrected.article, corrected.reading)


def test_the_page_draws_the_quotes_and_opens_their_cards(opened: Opened) -> None:
    """Seventeen chips, a card that says who corrected it, and none of the ways to pages that are not there."""
    page = opened.page(seed(), WIDE)
    chips = page.locator("p .chip")
    expect(chips).to_have_count(17)
    chips.nth(1).click()
    card = page.get_by_role("dialog", name="Donald Trump")
    expect(card).to_contain_text("corrected by")
    expect(card).to_contain_text("Mary")
    expect(card.get_by_role("button", name="Copy with citation")).to_be_visible()
    for gone in ("Open in Quotes", "How do you know?"):
        expect(card.get_by_role("button", name=gone)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.get_by_role("button", name="the Cold War").click()
    expect(page.get_by_role("dialog", name="Cold War")).to_be_visible()


def test_the_page_filters_and_steps(opened: Opened) -> None:
    """One speaker alone and all again, and j to the next quote, as in the app."""
    page = opened.page(seed(), WIDE)
    count = page.locator(".count")
    expect(count).to_have_text("17 quotes")
    name = page.locator("button.name", has_text="Sergey Lavrov")
    name.click()
    expect(count).to_have_text("4 quotes")
    page.keyboard.press("j")
    expect(count).to_have_text("1 of 4")
    name.click()
    expect(count).to_have_text("11 of 17")


def test_the_page_is_dressed_and_fits_a_phone(opened: Opened) -> None:
    """Its own fonts are there, its styles hold, and nothing is wider than the screen."""
    page = opened.page(seed(), PHONE)
    page.wait_for_function("document.fonts.check('16px Literata') && document.fonts.check('16px Inter')")
    marked = page.locator(".quote").first
    assert marked.evaluate("node => getComputedStyle(node).borderBottomStyle") == "dotted"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_words_stay_words(opened: Opened) -> None:
    """Markup in the text, the title and a reader's name is shown as it is written, and runs nothing."""
    text = f'"All is well {HOSTILE} today," Ann Berg said.\n\nNobody {HOSTILE} left.'
    article = Article(text, title=HOSTILE, byline=HOSTILE, licence=HOSTILE, published=date(2020, 3, 5))
    reading = read(text)
    fix = making.another_speaker(article, reading.quotes[0], HOSTILE, by=HOSTILE, when="2024-05-01T12:00:00")
    corrected = apply(article, reading, [fix])
    page = opened.page(to_page(corrected.article, corrected.reading), WIDE)
    expect(page.get_by_role("heading", level=1)).to_contain_text("</script><script>document.title='owned'</script>")
    page.locator("p .chip").first.click()
    expect(page.locator(".card")).to_contain_text("<img src=https://evil.example/x")
    assert page.title() != "owned"
    assert page.locator("img").count() == 0
