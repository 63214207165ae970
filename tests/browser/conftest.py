"""One server and one Chromium for all journeys, and pages that are watched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from journeys import PATIENCE, PHONE, WIDE, Visit, Watch, stock
from playwright.sync_api import Browser, BrowserContext, Page, expect
from serving import NO_BROWSER, browse, chromium, serve, settle

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; without one the journeys are skipped, or fail where READOUT_BROWSER=required."""
    if chromium() is None:
        if os.environ.get("READOUT_BROWSER") == "required":
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with browse() as chrome:
        yield chrome


@pytest.fixture(scope="session")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app, with the seed article and those of these tests on its shelf."""
    shelf: Path = tmp_path_factory.mktemp("shelf")
    stock(shelf)
    home = tmp_path_factory.mktemp("home")
    with serve(READOUT_ARTICLES=str(shelf), READOUT_HOME=str(home)) as address:
        yield address


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """A wide window and a phone, each with a cache that it keeps from test to test."""
    allowed = ["clipboard-read", "clipboard-write"]
    contexts = {
        "wide": browser.new_context(viewport=WIDE, reduced_motion="reduce", permissions=allowed),
        "phone": browser.new_context(viewport=PHONE, reduced_motion="reduce", has_touch=True, is_mobile=True),
    }
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def watch(server: str) -> Iterator[Watch]:
    """A watch on all pages of a test: whatever they are for, they ask nobody else, and run no foreign script."""
    watch = Watch(server)
    yield watch
    assert not watch.outside
    assert not watch.dialogs
    assert not watch.errors


@pytest.fixture
def visit(server: str, browser: Browser, windows: dict[str, BrowserContext], watch: Watch) -> Iterator[Visit]:
    """Open a link in a new tab of a window: "wide", "phone", or "new", which knows nothing of any visit before."""
    with ExitStack() as opened:

        def page(link: str = "/", window: str = "wide") -> Page:
            if window == "new":
                context = browser.new_context(viewport=WIDE, reduced_motion="reduce", locale="de-DE")
                opened.callback(context.close)
            else:
                context = windows[window]
            tab = context.new_page()
            opened.callback(close, tab)
            tab.set_default_timeout(PATIENCE)
            watch.over(tab)
            tab.goto(server + link)
            settle(tab)
            return tab

        yield page


def close(tab: Page) -> None:
    """Close a tab, and have its window forget whether the sidebar was folded."""
    tab.evaluate("localStorage.clear()")
    tab.close()
