"""Who may do what in a newsroom, how much a day, and what is written down of it."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from readout import shell
from readout.errors import AccessError
from readout.library import Library
from readout.newsroom import audit, rules
from readout.newsroom.quotas import Spent
from readout.newsroom.rules import Quotas, Right, Rules
from readout.records import Article
from readout.web import access

TABLE = """
[access]
read = ["*@paper.example"]
refuse = ["Gone@paper.example", "gone@desk.example"]
correct = ["Desk@Paper.example", "*@desk.example"]
administer = ["chief@paper.example"]

[quotas]
articles = 2
megabytes = 1
corrections = 3
"""
AUTH = {
    "redirect_uri": "https://news.example/oauth2callback",
    "cookie_secret": "c" * 32,
    "client_id": "readout",
    "client_secret": "s",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}
WHO = "mary@paper.example"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of accounts that the server is started with."""
    path = tmp_path / "auth.toml"
    path.write_text(TABLE, "utf-8")
    monkeypatch.setenv(rules.FILE, str(path))
    return path


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("anybody@paper.example", Right.READ),
        ("ANYBODY@PAPER.EXAMPLE", Right.READ),
        (" desk@paper.example ", Right.CORRECT),
        ("anybody@desk.example", Right.CORRECT),
        ("chief@paper.example", Right.ADMINISTER),
        ("anybody@other.example", Right.NOTHING),
        ("gone@paper.example", Right.NOTHING),
        ("GONE@desk.example", Right.NOTHING),
        ("anybody@sub.paper.example", Right.NOTHING),
        ("anybody@paper.example.evil.example", Right.NOTHING),
        ("anybody@notpaper.example", Right.NOTHING),
        ("chief@paper.example@other.example", Right.NOTHING),
        ("*@paper.example", Right.READ),
        ("@paper.example", Right.NOTHING),
        ("paper.example", Right.NOTHING),
        ("", Right.NOTHING),
    ],
)
def test_whoever_is_not_named_may_nothing(file: Path, address: str, right: Right) -> None:
    """The highest right that the address or its domain has; no part of a domain counts."""
    given = rules.rules()
    assert given is not None
    assert given.right(address) is right


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[access", "is no TOML"),
        ("", "names nobody"),
        ("[access]\nread = []", "names nobody"),
        ("[access]\nread = '*@paper.example'", "is a list of addresses"),
        ("[access]\nread = ['*']", "'*' is none"),
        ("[access]\nread = ['@paper.example']", "'@paper.example' is none"),
        ("[access]\nread = ['a@b@c']", "'a@b@c' is none"),
        ("[access]\nread = [3]", "3 is none"),
        ("[access]\nread = ['a@b']\nrefuse = ['c']", "'c' is none"),
        ("[access]\nrefuse = ['a@b']", "names nobody"),
        ("[access]\nwrite = ['a@b']", "no `write`; it has read, correct, administer"),
        ("[access]\nread = ['a@b']\nunverified = 'yes'", "true or false"),
        ("access = 3", "begins with a line [access]"),
        ("[acess]\nread = ['a@b']", "[acess] is no part of it"),
        ("[access]\nread = ['a@b']\n[quotas]\narticles = -1", "`articles` is a whole number"),
        ("[access]\nread = ['a@b']\n[quotas]\narticles = true", "`articles` is a whole number"),
        ("[access]\nread = ['a@b']\n[quotas]\nnotes = 1", "no `notes`; it has articles"),
    ],
)
def test_a_wrong_file_lets_nobody_in(file: Path, text: str, says: str) -> None:
    """It is said which entry is wrong, and nobody may do anything until it is right."""
    file.write_text(text, "utf-8")
    with pytest.raises(AccessError, match=r"\S") as met:
        rules.rules()
    assert says in str(met.value)
    assert not access.may(Right.READ)


def test_the_file_holds_as_it_is_now(file: Path) -> None:
    """A line that is taken out counts from the next click on; a file that is gone lets nobody in."""
    assert rules.rules() is rules.rules()
    file.write_text("[access]\nread = ['a@b']", "utf-8")
    os.utime(file, ns=(1, 1))
    given = rules.rules()
    assert given is not None
    assert given.right(WHO) is Right.NOTHING
    file.unlink()
    with pytest.raises(AccessError, match="can't be read"):
        rules.rules()


def test_without_a_file_everybody_may_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is for one person; read-only takes all changes away."""
    monkeypatch.delenv(rules.FILE, raising=False)
    assert access.right() is Right.ADMINISTER
    monkeypatch.setenv(rules.READ_ONLY, "on")
    assert access.right() is Right.READ
    with pytest.raises(AccessError, match="open for reading"):
        access.demand(Right.CORRECT)


# The login


def test_secrets_come_from_the_file_from_streamlit_and_from_the_environment() -> None:
    """The environment wins over the file, which wins over Streamlit's own."""
    given = Rules({}, auth={name: AUTH[name] for name in ("redirect_uri", "client_id", "server_metadata_url")})
    environment = {"READOUT_CLIENT_SECRET": "of the environment"}
    found = rules.provider(given, {"cookie_secret": "k" * 40, "client_id": "old"}, environment)
    assert found == {**AUTH, "cookie_secret": "k" * 40, "client_secret": "of the environment"}
    assert rules.providers(found) == [None]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"redirect_uri": ""}, "needs `redirect_uri`"),
        ({"redirect_uri": "https://news.example/"}, "needs `redirect_uri`"),
        ({"redirect_uri": "http://news.example/oauth2callback"}, "is not https"),
        ({"cookie_secret": "short"}, "at least 32 characters"),
        ({"client_secret": ""}, "lacks `client_secret` in [auth]"),
        ({"client_id": "", "server_metadata_url": ""}, "lacks `client_id` and `server_metadata_url`"),
    ],
)
def test_a_login_that_lacks_something_does_not_start(wrong: dict[str, str], says: str) -> None:
    """A sentence says what, and where it comes from."""
    with pytest.raises(AccessError) as met:
        rules.provider(Rules({}, auth={**AUTH, **wrong}), {}, {})
    assert says in str(met.value)


def test_a_login_needs_its_packages(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said at the start how to have them; without accounts they are not asked for."""
    monkeypatch.setattr(access, "find_spec", lambda name: None)
    with pytest.raises(AccessError, match="newsroom"):
        access.secrets({})
    monkeypatch.delenv(rules.FILE)
    assert access.secrets({}) is None


def test_several_providers_are_chosen_from() -> None:
    """Each has a part of its own; a login without TLS is for this machine alone."""
    own = {name: AUTH[name] for name in ("client_id", "client_secret", "server_metadata_url")}
    shared = {"redirect_uri": "http://localhost:8501/oauth2callback", "cookie_secret": AUTH["cookie_secret"]}
    auth = rules.provider(Rules({}, auth={**shared, "one": own, "two": own}), {}, {})
    assert rules.providers(auth) == ["one", "two"]
    with pytest.raises(AccessError, match=r"in \[auth.one\]"):
        rules.provider(Rules({}, auth={**shared, "one": {**own, "client_secret": ""}}), {}, {})


@pytest.mark.parametrize(
    ("user", "unverified", "address"),
    [
        ({"email_verified": True}, False, WHO),
        ({"email_verified": "true"}, False, WHO),
        ({}, False, ""),
        ({}, True, WHO),
        ({"email_verified": False}, True, ""),
        ({"email_verified": "false"}, True, ""),
        ({"email_verified": True, "is_logged_in": False}, True, ""),
        ({"email_verified": True, "is_logged_in": "no"}, True, ""),
        ({"email_verified": True, "email": None}, True, ""),
        ({"email_verified": True, "email": [WHO]}, True, ""),
    ],
)
def test_an_address_counts_that_the_provider_verified(user: dict[str, Any], unverified: bool, address: str) -> None:
    """Otherwise whoever may write their own address there could be anybody here."""
    said = {"is_logged_in": True, "email": "Mary@Paper.example", **user}
    assert access.address_of(said, unverified=unverified) == address


# The door


def test_every_method_of_the_library_is_reading_or_an_act(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With accounts, what is not named as reading is refused without one, and what is private is not there."""
    with Library.open(tmp_path / "home") as library:
        door = access.door(library)
        assert door.entries().total == 0
        assert door.writable
        with monkeypatch.context() as patched:
            patched.setattr(access, "get_script_run_ctx", lambda **_: object())
            patched.setattr(access, "account", lambda: "gone@paper.example")
            with pytest.raises(AccessError, match="may not read here"):
                door.entries()
        acts = [name for name in vars(Library) if not name.startswith("_") and name not in access._READS]
        acts = [name for name in acts if callable(getattr(library, name))]
        assert {"add", "correct", "undo", "redo", "remove", "restore", "refresh", "take_over", "put"} < set(acts)
        for name in acts:
            with pytest.raises(AccessError, match="without logging in"):
                getattr(door, name)()
        with pytest.raises(AttributeError):
            door._keep_reading  # noqa: B018


@pytest.mark.parametrize(
    ("address", "may"),
    [("a@paper.example", ()), ("desk@paper.example", ("add", "correct")), ("chief@paper.example", ("add", "remove"))],
)
def test_acts_are_signed_and_written_down(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch, address: str, may: tuple[str, ...]
) -> None:
    """Each is asked for where it is done; a correction is its account's, whatever a screen says; refusals are noted."""
    home = tmp_path / "home"
    monkeypatch.setenv("READOUT_HOME", str(home))
    monkeypatch.setattr(access, "account", lambda: address)
    monkeypatch.setattr(access, "get_script_run_ctx", lambda **_: object())
    article = Article("“It is,” Ada Lovelace said.", title="The bridge")
    now = datetime.now(UTC)
    with Library.open(home) as library:
        one = library.add(article, None, now).id
        door = access.door(library)
        acts: dict[str, Callable[[], Any]] = {
            "add": lambda: door.add(Article("“It was,” Alan Turing said."), None, now),
            "correct": lambda: door.correct(one, "note", {}, {}, when=now, by="somebody else"),
            "remove": lambda: door.remove([one], now),
        }
        for name, act in acts.items():
            if name in may or (name == "correct" and may):
                act()
            else:
                with pytest.raises(AccessError, match=f"as {address}"):
                    act()
        assert {row.by for row in library.corrections()} <= {address}
    done = audit.last(home)
    assert {act["who"] for act in done} == {address}
    assert [act.get("wanted", act["act"]) for act in reversed(done)] == ["add", "correct", "remove"]
    assert [act["act"] == "refused" for act in reversed(done)] == [not may, not may, "remove" not in may]
    if may:
        assert done[1]["article"] == one
        assert done[1]["sort"] == "note"


def test_who_is_refused_again_and_again_does_not_fill_the_log(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What others did would be pushed out of it."""
    monkeypatch.setenv("READOUT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(access, "account", lambda: "patient@paper.example")
    monkeypatch.setattr(access, "get_script_run_ctx", lambda **_: object())
    for _ in range(150):
        with pytest.raises(AccessError):
            access.demand(Right.ADMINISTER, "remove")
    assert len(audit.last(tmp_path / "home", 1000)) == 100


def test_readers_have_quotas(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is more than they may do in a day is refused before it is done, after a restart as well."""
    home = tmp_path / "home"
    monkeypatch.setenv("READOUT_HOME", str(home))
    monkeypatch.setattr(access, "account", lambda: "desk@paper.example")
    monkeypatch.setattr(access, "get_script_run_ctx", lambda **_: object())
    with Library.open(home) as library:
        door = access.door(library)
        for number in range(2):
            door.add(Article(f"“It is {number},” Ada Lovelace said."), None, datetime.now(UTC))
        with pytest.raises(AccessError, match="the 2 articles that one reader may add in a day"):
            door.add(Article("“It is more,” Ada Lovelace said."), None, datetime.now(UTC))
        assert library.entries().total == 2
    with pytest.raises(AccessError), Spent(home).spending("desk@paper.example", "articles", Quotas(articles=2)):
        pass


def test_what_fails_counts_for_nothing(tmp_path: Path) -> None:
    """And what another reader did, or what was done yesterday, is not this reader's today."""
    spent, quotas = Spent(tmp_path), Quotas(megabytes=1)
    for amount in (400_000, 600_000):
        with pytest.raises(ZeroDivisionError), spent.spending(WHO, "megabytes", quotas, amount):
            raise ZeroDivisionError
    with spent.spending(WHO, "megabytes", quotas, 1_000_000):
        pass
    with spent.spending("other@paper.example", "megabytes", quotas, 1_000_000):
        pass
    with pytest.raises(AccessError, match="the 1 megabytes"), spent.spending(WHO, "megabytes", quotas, 1):
        pass


# The log


def test_the_log_holds_a_line_for_each_act(tmp_path: Path) -> None:
    """JSON that nothing breaks out of, the last one first; nobody else on the machine reads it."""
    audit.note(tmp_path, WHO, "correct", title='two\nlines "quoted" \u2028')
    audit.note(tmp_path, WHO, "remove", article=["1", "2"])
    file = tmp_path / audit.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open("a") as more:
        more.write('{"when": "cut of')
    assert len(file.read_text().splitlines()) == 3
    assert [act["act"] for act in audit.last(tmp_path)] == ["remove", "correct"]
    assert [act["act"] for act in audit.last(tmp_path, 1)] == ["remove"]
    today = datetime.now(UTC).date()
    assert len(list(audit.of_day(tmp_path, today))) == 2
    assert not list(audit.of_day(tmp_path, today + timedelta(days=1)))


def test_full_files_of_the_log_are_turned_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many are kept, and reading goes on into them."""
    monkeypatch.setattr(audit, "_LARGEST", 500)
    for number in range(100):
        audit.note(tmp_path, WHO, "correct", number=number)
    assert len(list(tmp_path.glob("audit.jsonl*"))) == audit._KEPT + 1
    assert [act["number"] for act in audit.last(tmp_path, 20)] == list(range(99, 79, -1))


def test_the_log_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For people or as JSON, with nothing that steers a terminal."""
    assert shell.main(["audit", "--home", str(tmp_path)]) == 0
    assert "Nothing is written there yet" in capsys.readouterr().out
    audit.note(tmp_path, WHO, "remove", article=["a", "b"], title="\x1b[2J")
    assert shell.main(["audit", "--home", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "mary@paper.example remove article a b, title" in out
    assert "\x1b" not in out
    assert shell.main(["audit", "--home", str(tmp_path), "--json", "--last", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["article"] == ["a", "b"]
