"""Readers with accounts, in a real browser: the login at an OpenID Connect provider, and what each may do then."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from clicking import Reader
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, expect
from serving import serve, settle
from streamlit.proto.WidgetStates_pb2 import WidgetState

from readout import kept
from readout.newsroom import audit

pytestmark = pytest.mark.browser
ACCESS = """
[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
client_id = "readout"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"

[access]
read = ["*@paper.example"]
correct = ["desk@paper.example"]
administer = ["chief@paper.example"]
"""
PEOPLE = ("reader@paper.example", "desk@paper.example", "stranger@other.example")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the library lies."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def newsroom(home: Path) -> Iterator[str]:
    """A server whose readers log in at a provider on this machine; gives its address."""
    people = [User(sub=one, claims={"email": one, "email_verified": True}) for one in PEOPLE]
    with run_server_in_thread(user_claims=people) as provider:
        file = home / "auth.toml"
        file.write_text(ACCESS.format(provider=provider.server_port), "utf-8")
        with serve(
            READOUT_AUTH=str(file),
            READOUT_HOME=str(home),
            READOUT_CLIENT_SECRET="of the provider",
            READOUT_COOKIE_SECRET="a secret of more than thirty-two characters",
        ) as address:
            yield address


def log_in(browser: Browser, address: str, who: str) -> Page:
    """A window of somebody's own, logged in."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(address)
    settle(page)
    expect(page.get_by_text("Log in to read")).to_be_visible()
    expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
    page.get_by_role("button", name="Log in").click()
    page.get_by_placeholder("sub").fill(who)
    page.get_by_role("button", name="Authorize", exact=True).click()
    page.wait_for_url(re.compile(re.escape(address)))
    settle(page)
    return page


def log_out(page: Page) -> None:
    """Log out here and at the provider, which leads back to the login."""
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_text("Log in to read")).to_be_visible()


def test_a_reader_logs_in_and_changes_nothing(browser: Browser, newsroom: str) -> None:
    """All pages are there, no button changes anything, and the way out leads back to the login."""
    page = log_in(browser, newsroom, "reader@paper.example")
    text = page.locator(".st-key-text")
    expect(text.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Logged in as reader@paper.example. You may read.")).to_be_visible()
    expect(page.get_by_role("button", name="Add an article")).to_have_count(0)
    expect(text.get_by_role("button", name="☆ Star")).to_be_disabled()
    text.get_by_role("button", name=re.compile(r"quote 1 of \d+$")).click()
    expect(text.get_by_role("button", name="How do you know?")).to_be_visible()
    expect(text.get_by_role("button", name="Correct this")).to_have_count(0)
    page.keyboard.press("Escape")
    log_out(page)
    page.context.close()


def test_a_star_is_signed_by_its_account(browser: Browser, newsroom: str, home: Path) -> None:
    """Whoever corrects is asked for no name; the log says who did it."""
    page = log_in(browser, newsroom, "desk@paper.example")
    star = page.locator(".st-key-text").get_by_role("button", name="Star")
    star.click()
    expect(star).to_have_text("★ Starred")
    settle(page)
    with kept.open_library(home) as library:
        assert [(one.kind, one.by) for one in library.corrections()] == [("star", "desk@paper.example")]
    assert [(act["who"], act["act"]) for act in audit.last(home)] == [
        ("desk@paper.example", "correct"),
        ("desk@paper.example", "add"),
    ]
    page.context.close()


def test_a_stranger_is_refused(browser: Browser, newsroom: str) -> None:
    """In a sentence with their address, and with a way to log out, on every page."""
    page = log_in(browser, newsroom, "stranger@other.example")
    for path in ("", "/tone", "/library"):
        page.goto(newsroom + path)
        settle(page)
        expect(page.get_by_text("You are logged in as stranger@other.example, and nobody has let")).to_be_visible()
        expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
        expect(page.locator(".st-key-text")).to_have_count(0)
    log_out(page)
    page.context.close()


def test_who_has_not_logged_in_reaches_nothing(newsroom: str, home: Path) -> None:
    """Whatever is sent without a browser: no page, no component, no file, no cookie of one's own making."""
    before = len(audit.last(home))
    with Reader(newsroom) as nobody:
        assert set(nobody.widgets) == {"login-"}
        for path in nobody.pages:
            nobody.run(path=path)
        nobody.widgets["text"] = "$$ID-0123456789abcdef0123456789abcdef-text"
        nobody.tell("text", "remark", {"what": "star"})
        nobody.run(WidgetState(id="$$ID-0123456789abcdef0123456789abcdef-add", trigger_value=True))
        assert set(nobody.widgets) == {"login-", "text"}
        assert nobody.upload(b"words")[0] == 403
    forged = "_streamlit_user=" + base64.b64encode(b'{"is_logged_in": true, "email": "chief@paper.example"}').decode()
    with Reader(newsroom, cookie=forged) as nobody:
        assert set(nobody.widgets) == {"login-"}
    assert len(audit.last(home)) == before


def test_files_are_taken_while_their_dialog_is_open(tmp_path: Path) -> None:
    """Not before, not after, and not larger or more than it says."""
    with serve(READOUT_HOME=str(tmp_path)) as address, Reader(address) as reader:
        assert reader.upload(b"words")[0] == 403
        reader.press("add")
        assert reader.upload(b"words")[0] == 204
        status, said, _ = reader.upload(b"x" * 11_000_000)
        assert (status, said.startswith("The file is larger than the 10 MB")) == (413, True)
        assert {reader.upload(b"x" * 10_000_000)[0] for _ in range(10)} == {204}
        assert reader.upload(b"x" * 10_000_000)[0] == 413
        reader.run()
        assert reader.upload(b"words")[0] == 403
        reader.press("add")
        assert reader.upload(b"x" * 10_000_000)[0] == 204
