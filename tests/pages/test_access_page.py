"""What readers with accounts see and may do, as Streamlit runs the pages: the login, the refusal, and each right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from readout import kept
from readout.corrections import making
from readout.errors import AccessError
from readout.newsroom import audit, rules
from readout.records import Article
from readout.web import access, adding, collection, state

from .visiting import FRAME, TEXT, Shelf, assert_whole, component, told, visit

ACCESS = """
[access]
read = ["reader@paper.example"]
correct = ["desk@paper.example"]
administer = ["chief@paper.example"]
"""
READER, DESK, CHIEF = "reader@paper.example", "desk@paper.example", "chief@paper.example"
STRANGER = "<b>stranger</b> **bold** :red[x]@other.example"
START = TEXT.index("bridge was")
NOTE = {"what": "note", "start": START, "end": START + 6}
CHANGES = {"add", "about-bridge", "missed", "take-in", "import", "log", "remove"}


@pytest.fixture(autouse=True)
def newsroom(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article on the shelf, and accounts."""
    shelf.put(TEXT)
    file = tmp_path / "auth.toml"
    file.write_text(ACCESS, "utf-8")
    monkeypatch.setenv(rules.FILE, str(file))
    monkeypatch.setattr(st, "secrets", {"auth": {"client_id": "readout"}})


def enter(address: str | None, page: str = "article", **said: Any) -> AppTest:
    """Open a page as the account of this address does; without one, as somebody who has not logged in."""
    at = AppTest.from_file(str(FRAME), default_timeout=600)
    if address:
        at.user = {"is_logged_in": True, "email": address, "email_verified": True, **said}
    at.switch_page(str(state.PAGES / f"{page}.py"))
    at.run()
    assert_whole(at)
    return at


def keys(at: AppTest) -> set[str]:
    """The keys of all buttons and popovers."""
    found = {str(element.key) for element in at.button}
    return found | {str(element.proto.id).rpartition("-")[2] for element in at.get("popover")}


def library(home: Path) -> list[Any]:
    """Everything that is kept, as ids and corrections, undone ones too."""
    with kept.open_library(home) as opened:
        return [opened.entries().total, [(one.kind, one.by) for one in opened.corrections(undone=True)]]


@pytest.mark.parametrize("page", ["article", "timeline", "tone", "quotes", "library", "corrections", "method"])
@pytest.mark.parametrize(
    ("address", "said"),
    [
        (None, {}),
        (STRANGER, {}),
        (CHIEF, {"email_verified": False}),
        (CHIEF, {"is_logged_in": False}),
    ],
)
def test_nobody_else_sees_anything(page: str, address: str | None, said: dict[str, Any]) -> None:
    """A way to log in or out, and not a word of the articles."""
    at = enter(address, page, **said)
    entering = address is None or said.get("is_logged_in") is False
    assert keys(at) == {"login-" if entering else "logout"}
    assert not at.get("bidi_component")
    assert "bridge" not in told(at).casefold()
    words = [element.proto.body for element in at.get("html")]
    if address == STRANGER:
        refusal = f"You are logged in as {escape(STRANGER)}, and nobody has let this address in yet."
        assert f"<p>{refusal}</p>" in words
    elif not entering:
        assert [one for one in words if "The provider does not say that the address" in one]


def test_a_wrong_file_of_accounts_lets_nobody_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nor does it say where it lies."""
    (tmp_path / "auth.toml").write_text("[access")
    at = enter(CHIEF)
    assert "nobody is let in" in told(at)
    assert str(tmp_path) not in told(at)
    assert not keys(at)


@pytest.mark.parametrize(("address", "changes"), [(READER, False), (DESK, True)])
def test_what_is_offered(address: str, changes: bool) -> None:
    """A reader sees everything and is offered no change; the sidebar says who is logged in."""
    at = enter(address)
    assert component(at, "scene")["without"] == ([] if changes else ["correct", "star", "edit-note", "delete-note"])
    assert ("add" in keys(at)) is changes
    assert "logout" in keys(at)
    assert f"Logged in as {address}." in told(at)
    assert component(enter(address, "quotes"), "quotes")["correct"] is changes
    at = enter(address, "corrections")
    assert ("missed" in keys(at)) is changes
    at = enter(address, "library")
    assert not keys(at) & {"import", "log"}
    assert keys(enter(CHIEF, "library")) >= {"import", "log"}


@contextmanager
def asking(monkeypatch: pytest.MonkeyPatch, address: str, **asked: Any) -> Iterator[AppTest]:
    """The Article page whose component says what no button of it offered."""
    requests = [asked]

    def draw(*_: Any) -> SimpleNamespace:
        nothing = {"quotes": None, "timeline": None, "method": None, "correct": None, "remark": None}
        return SimpleNamespace(**(nothing | (requests.pop() if requests else {})))

    with monkeypatch.context() as patched:
        patched.setattr("readout.web.article.draw", draw)
        yield enter(address)


@pytest.mark.parametrize(
    "asked",
    [
        {"remark": {"what": "star"}},
        {"remark": NOTE},
        {"correct": {"what": "words", "start": START, "end": START + 6}},
        {"correct": {"what": "quote", "at": 0}},
        {"correct": {"what": "time", "at": TEXT.index("3 May 2016")}},
        {"correct": {"what": "speaker", "name": "Ada Lovelace"}},
    ],
)
def test_a_change_that_was_not_offered_is_refused(
    monkeypatch: pytest.MonkeyPatch, home: Path, asked: dict[str, Any]
) -> None:
    """Whatever a browser sends: a sentence, no dialog, and the library as it was."""
    with asking(monkeypatch, READER, **asked) as at:
        said = told(at) + " ".join(toast.value for toast in at.toast)
        assert "may not correct, note or add anything here as reader@paper.example" in said.replace("\\", "")
        assert not at.get("dialog")
        assert not [button for button in at.button if str(button.key).startswith("save")]
    assert library(home) == [0, []]


def test_a_note_is_taken_from_who_may_and_stays(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """It is signed by the account without being asked for; a reader can't delete or undo it, and sees it."""
    monkeypatch.setattr("streamlit.text_area", lambda *_, **__: "A remark")
    with asking(monkeypatch, DESK, remark={"what": "star"}):
        pass
    assert library(home) == [1, [("star", DESK)]]
    (star,) = collection.stars("bridge")
    with asking(monkeypatch, READER, remark={"what": "star"}) as at:
        assert "may not" in told(at)
    assert library(home) == [1, [("star", DESK)]]
    assert [act["act"] for act in audit.last(home)] == ["refused", "correct", "add"]
    assert component(enter(READER), "scene")["starred"] is True
    assert star.correction.by == DESK


@pytest.mark.parametrize("address", [READER, DESK])
@pytest.mark.parametrize(
    "asked",
    [{"remove": True}, {"star": True}, {"set": True}],
)
def test_the_list_of_the_library_asks_as_well(
    monkeypatch: pytest.MonkeyPatch, home: Path, address: str, asked: dict[str, bool]
) -> None:
    """Removing is for administrators, stars and facts are for those who correct, whatever the component sends."""
    with kept.open_library(home) as opened:
        one = opened.add(Article("“It is,” Grace Hopper said.", title="The pier"), None, datetime.now(UTC)).id
    values = {"remove": [one], "star": {"id": one, "on": True}, "set": [one]}
    requests = [{name: values[name] for name in asked}]
    names = ("query", "within", "turn", "drop", "unfilter", "speaker", "remove", "open", "star", "set")

    def show(*_: Any, **__: Any) -> SimpleNamespace:
        return SimpleNamespace(**(dict.fromkeys(names) | (requests.pop() if requests else {})))

    monkeypatch.setattr("readout.web.library.show", show)
    at = enter(address, "library")
    refused = address == READER or "remove" in asked
    assert ("You may not" in told(at)) is refused
    starred = [("star", DESK)] if "star" in asked and not refused else []
    assert library(home) == [1, starred]


def test_a_file_of_corrections_is_signed_by_who_takes_it_in(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """A file may say that the chief has said it; taken in a second time, it is known."""
    article = collection.open_article("bridge").article
    forged = making.a_star(by=CHIEF, when="2026-11-30T12:00:00+00:00")
    monkeypatch.setattr("readout.web.access.account", lambda: DESK)
    monkeypatch.setattr("readout.web.access.get_script_run_ctx", lambda **_: object())
    assert len(collection.take_in("bridge", article, [forged]).new) == 1
    assert collection.take_in("bridge", article, [forged]).stood == 1
    assert library(home) == [1, [("star", DESK)]]
    monkeypatch.setattr("readout.web.access.account", lambda: READER)
    with pytest.raises(AccessError):
        collection.take_in("bridge", article, [forged])


def test_read_only_needs_no_accounts(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """All are readers then: it is said, nothing is offered, and nothing that is sent is done."""
    monkeypatch.delenv(rules.FILE)
    monkeypatch.setenv(rules.READ_ONLY, "on")
    at = visit("article")
    assert "nobody can change anything in it now" in told(at)
    assert not keys(at) & CHANGES
    assert not keys(visit("library")) & CHANGES
    for asked in ({"remark": {"what": "star"}}, {"remark": NOTE}):
        with asking(monkeypatch, "", **asked) as at:
            said = told(at) + " ".join(toast.value for toast in at.toast)
            assert "open for reading" in said
    assert library(home) == [0, []]


def test_the_log_is_for_administrators(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Its dialog shows the last acts; whoever opens it another way is refused."""
    audit.note(home, DESK, "correct", article="1", sort="note")
    at = enter(CHIEF, "library")
    (button,) = [one for one in at.button if one.key == "log"]
    button.click().run()
    assert_whole(at)
    (table,) = at.dataframe
    assert table.value.iloc[0].tolist()[1:] == [DESK, "correct", "article 1, sort note"]
    monkeypatch.setattr("readout.web.access.may", lambda _: True)
    at = enter(DESK, "library")
    (button,) = [one for one in at.button if one.key == "log"]
    button.click().run()
    assert at.exception
    assert not at.dataframe


def test_an_account_has_one_share_of_the_work_of_opening(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose turn it is goes by the account, and not by the page that it has open."""
    asked: list[object] = []

    def load(data: bytes, *, name: str, reader: object) -> Article:
        asked.append(reader)
        return Article(data.decode(), name=name)

    monkeypatch.setattr(adding, "load", load)
    monkeypatch.setattr(access, "account", lambda: DESK)
    adding._opened(adding._Given("pier.txt", TEXT.encode()))
    assert asked == [DESK]
