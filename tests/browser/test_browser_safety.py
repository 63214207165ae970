"""What must not happen: foreign requests, foreign scripts, traces of the code, pages without a word."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from journeys import (
    MARK,
    PAGES,
    PATIENCE,
    Visit,
    Watch,
    article,
    card,
    chips,
    expect_folded,
    expect_no_sideways_scroll,
    expect_path,
    expect_query,
    go,
    sidebar,
    speaker,
    unfold,
    whole,
)
from playwright.sync_api import Browser, Page, expect
from serving import ROOT, serve, settle
from tracing import asked, traced, written

pytestmark = pytest.mark.browser
SECRET = "a secret of the machine"
BROKEN = f"""\
import sys
from starlette.middleware import Middleware

sys.path.insert(0, {str(ROOT)!r})
import streamlit as st
import readout.web.article
from readout.web.application import Headers, apologise


def fail(*_, **__):
    raise RuntimeError({SECRET!r})


readout.web.article.draw = fail
app = st.App({str(ROOT / "readout/web/frame.py")!r}, middleware=[Middleware(Headers)], on_script_error=apologise)
"""


def test_the_start_and_a_click_ask_nobody_and_write_nothing(browser: Browser, tmp_path: Path) -> None:
    """A server of one person opens no connection and asks no name from its start to a filter; it writes to its home."""
    user, home, trace = (tmp_path / name for name in ("user", "home", "trace"))
    user.mkdir()
    own = {"HOME": str(user), "READOUT_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    with serve("dashboard.py", ROOT, traced(trace), **own) as address, browser.new_page() as page:
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        settle(page)
        speaker(page, "Sergey Lavrov").click()
        expect_query(page, who="Sergey Lavrov")
        settle(page)
    assert asked(trace) == []
    assert list(user.rglob("*")) == []
    assert written(trace, home) == []


def choose(page: Page, title: str) -> None:
    """Choose an article in the sidebar."""
    page.get_by_role("combobox", name="Article", exact=True).click()
    page.get_by_role("option", name=title).click()
    settle(page)


def test_no_page_asks_anyone_else(visit: Visit, watch: Watch) -> None:
    """All that the pages load comes from their own server."""
    page = visit()
    for title in ("Timeline", "Tone", "Quotes", "Library", "Article"):
        go(page, title)
        page.wait_for_load_state("networkidle")
    assert not watch.outside


def test_a_foreign_host_or_origin_is_refused(server: str) -> None:
    """Neither a name that somebody else points at this machine nor a page of another site reaches the application."""
    at = urlsplit(server)
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    upgrade["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    for path, headers in (
        ("/", {"Host": "evil.example", "Origin": "http://evil.example"}),
        ("/_stcore/health", {"Host": "evil.example"}),
        ("/_stcore/stream", {"Host": at.netloc, "Origin": "http://evil.example", **upgrade}),
        ("/_stcore/stream", {"Host": "evil.example", "Origin": "http://evil.example", **upgrade}),
    ):
        connection = http.client.HTTPConnection(at.hostname or "", at.port)
        connection.request("GET", path, headers=headers)
        assert connection.getresponse().status == 403
        connection.close()


def test_answers_carry_the_security_headers(server: str) -> None:
    """Every answer, be it a page, a font or a mistake, allows scripts and all else from its own server alone."""
    for path in (*PAGES.values(), "/app/static/icon.svg", "/nowhere/at/all.js"):
        try:
            with urllib.request.urlopen(server + path) as answer:
                headers = answer.headers
        except urllib.error.HTTPError as answer:
            headers = answer.headers
        policy = headers["content-security-policy"]
        for rule in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'self'"):
            assert rule in policy
        scripts = next(rule for rule in policy.split("; ") if rule.startswith("script-src"))
        assert "unsafe-inline" not in scripts
        assert "unsafe-eval" not in scripts
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_a_hostile_article_runs_nothing(visit: Visit, watch: Watch) -> None:
    """Tags, quotation marks and handlers in text, title, publisher and field names are words, on every page."""
    page = visit("/")
    expect(chips(page).first).to_be_visible(timeout=PATIENCE)
    choose(page, "script window.ran=1")
    text = article(page).get_by_role("region", name="The article's text")
    expect(text).to_contain_text("day & night", timeout=PATIENCE)
    for number in range(chips(page).count()):
        chips(page).nth(number).click()
        expect(card(page)).to_be_visible()
        page.keyboard.press("Escape")
    assert page.evaluate("document.querySelectorAll('[onerror], [onload], [onmouseover], iframe').length") == 0
    for title in ("Timeline", "Tone", "Quotes", "Library"):
        go(page, title)
        whole(page, title.lower())
        main = page.get_by_test_id("stMain")
        expect(main.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
        assert main.locator("[onerror], [onload], [onmouseover], iframe, script").count() == 0
        assert main.locator("img[src^=http], a[href^=javascript]").count() == 0
    assert page.evaluate(MARK) is None
    assert not watch.dialogs


def test_a_hostile_link_runs_nothing(visit: Visit) -> None:
    """Scripts in the URL's parameters are values that mean nothing."""
    page = visit('/quotes?q=<img src=x onerror="window.ran=1">&who=<script>window.ran=1</script>&at=javascript:1')
    expect(page.get_by_text("Nothing here matches")).to_be_visible(timeout=PATIENCE)
    assert page.evaluate(MARK) is None


@pytest.fixture(scope="module")
def broken(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app whose Article page fails."""
    script = tmp_path_factory.mktemp("broken") / "broken.py"
    script.write_text(BROKEN, "utf-8")
    with serve(script, PYTHONDONTWRITEBYTECODE="1", READOUT_HOME=str(script.parent)) as address:
        yield address


def test_an_unforeseen_error_is_a_sentence_and_a_way_back(broken: str, browser: Browser) -> None:
    """No trace and no words of the error; the menu and the other pages still work."""
    page = browser.new_page()
    page.goto(broken)
    settle(page)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("Something went wrong on this page", timeout=PATIENCE)
    expect(main.get_by_role("link", name="Back to the article")).to_be_visible()
    shown = page.locator("body").inner_text()
    for word in (SECRET, "Traceback", "RuntimeError", ".py"):
        assert word not in shown
    go(page, "Quotes")
    expect(page.get_by_role("heading", name="Who said exactly what?")).to_be_visible(timeout=PATIENCE)
    page.close()


@pytest.fixture(scope="module")
def bare(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of an app with an empty shelf, and that shelf."""
    folder = tmp_path_factory.mktemp("bare")
    home = tmp_path_factory.mktemp("home")
    with serve(READOUT_ARTICLES=str(folder), READOUT_HOME=str(home)) as address:
        yield address, folder


def test_an_empty_shelf_says_what_to_do_and_doing_it_helps(bare: tuple[str, Path], browser: Browser) -> None:
    """A sentence names the folder; with a text put there, a reload shows it."""
    address, folder = bare
    page = browser.new_page()
    page.goto(address)
    settle(page)
    expect(page.get_by_test_id("stMain")).to_contain_text(str(folder), timeout=PATIENCE)
    (folder / "new.txt").write_text('"Tea is ready," Ada Lovelace said.\n\nPeople sat down.\n', "utf-8")
    page.reload()
    settle(page)
    expect(article(page)).to_contain_text("Tea is ready", timeout=PATIENCE)
    page.close()


@pytest.mark.parametrize(
    ("title", "says"),
    [
        (
            "X Empty",
            {
                "Article": "There is no text to read here",
                "Timeline": "has no text",
                "Tone": "has no body",
                "Quotes": "Nobody is quoted",
            },
        ),
        (
            "X Nobody",
            {
                "Article": "Nobody is quoted in this text",
                "Timeline": "names no day and no event",
                "Tone": "Of 2 paragraphs",
                "Quotes": "Nobody is quoted in this article",
            },
        ),
        (
            "X Chinese",
            {
                "Article": "Nobody is quoted in this text",
                "Timeline": "names no day and no event",
                "Tone": "None of its words is in the lexicon",
                "Quotes": "Nobody is quoted",
            },
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_page_says_what_is_not_there(visit: Visit, title: str, says: dict[str, str]) -> None:
    """An article that is empty, quotes nobody or is in Chinese has a plain sentence on every page."""
    page = visit(f"/?article={title}")
    for name, sentence in says.items():
        if name != "Article":
            go(page, name)
        expect(page.get_by_test_id("stMain")).to_contain_text(sentence, timeout=PATIENCE)


def test_an_article_without_metadata_loses_no_words(visit: Visit) -> None:
    """All that the file holds can be read, and a notice says what is not known."""
    page = visit("/")
    expect(chips(page).first).to_be_visible(timeout=PATIENCE)
    choose(page, "“It is late" if page.get_by_role("option", name="“It is late").count() else '"It is late')
    text = article(page).get_by_role("region", name="The article's text")
    expect(text).to_contain_text("Rain fell for days.", timeout=PATIENCE)
    expect(page.get_by_test_id("stMain")).to_contain_text("There is no x-bare.toml")
    expect(text).to_contain_text("It is late")


def test_nothing_scrolls_sideways_on_a_phone(visit: Visit) -> None:
    """At 390 px every page is as wide as the screen, and the sidebar is folded."""
    page = visit("/", "phone")
    origin = page.url.rstrip("/")
    for name, path in PAGES.items():
        page.goto(origin + path)
        whole(page, name)
        expect_no_sideways_scroll(page)
        expect_folded(page)


def test_the_sidebar_does_not_stay_over_the_text_on_a_phone(visit: Visit) -> None:
    """Opened, used for a filter, then to go to another page, it folds away; the filter holds."""
    page = visit("/", "phone")
    for title in ("Quotes", "Tone", "Article"):
        unfold(page)
        if title == "Quotes":
            speaker(page, "Sergey Lavrov").tap()
            expect_query(page, who="Sergey Lavrov")
        sidebar(page).get_by_role("link", name=title, exact=True).tap()
        expect_path(page, PAGES[title.lower()])
        expect_folded(page)
        expect_query(page, who="Sergey Lavrov")
