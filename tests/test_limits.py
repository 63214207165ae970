"""What the server refuses before it costs anything: too many readers, too many descriptors, files nobody asked for."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from readout.errors import LibraryError
from readout.newsroom import audit, rules
from readout.web import collection, limits, uploads
from readout.web.health import Health
from readout.web.limits import Crowd, Seldom, quiet

PAGE = {"accept": "text/html,*/*"}


async def answering(scope: Scope, receive: Receive, send: Send) -> None:
    """Accept every request and keep a WebSocket until its other end closes it."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await receive()
    else:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"the article"})


def crowd(most: int = 2, limit: int | None = 1000, count: Callable[[], int] = lambda: 0) -> TestClient:
    """A server with so much room."""
    return TestClient(Crowd(answering, most, lambda: limit, count))


# Readers and descriptors


def test_a_full_server_says_so() -> None:
    """Of pages so many are open at once; whoever comes then gets 503 and a sentence, and is let in when one closes."""
    client = crowd()
    with client.websocket_connect("/s"):
        with client.websocket_connect("/s"):
            with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect("/s"):
                pass
            assert refused.value.status_code == 503
            answer = client.get("/", headers=PAGE)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
            assert "Readout is full" in answer.text
            # What the pages that are open need is still answered.
            assert client.get("/static/font.woff2").status_code == 200
        assert client.get("/", headers=PAGE).status_code == 200
        with client.websocket_connect("/s"):
            pass


@pytest.mark.parametrize(
    ("limit", "count", "status"), [(1024, 922, 200), (1024, 923, 503), (200, 151, 503), (None, 10**6, 200)]
)
def test_descriptors_are_kept_free(limit: int | None, count: int, status: int) -> None:
    """Near the limit everything is refused but the question whether the server lives."""
    client = crowd(limit=limit, count=lambda: count)
    assert client.get("/static/font.woff2").status_code == status
    assert client.get("/_stcore/health").status_code == 200
    if status == 503:
        with pytest.raises(WebSocketDenialResponse), client.websocket_connect("/s"):
            pass


def test_what_is_refused_is_logged_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    """A thousand refusals are a line, and the next line says how many there were."""
    now = [0.0]
    seldom = Seldom(lambda: now[0])
    with caplog.at_level(logging.WARNING, "readout"):
        for _ in range(1000):
            seldom.warn("full")
        assert [record.getMessage() for record in caplog.records] == ["full (1 since this was last said)"]
        now[0] = 61.0
        seldom.warn("full")
        assert caplog.records[-1].getMessage() == "full (1000 since this was last said)"


def test_running_out_of_descriptors_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """Asyncio reports each connection that it can't take, with a trace; other errors are reported as ever."""
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(quiet(Seldom()))
    with caplog.at_level(logging.WARNING):
        for number in (errno.EMFILE, errno.ENFILE) * 500:
            loop.call_exception_handler({"message": "accept", "exception": OSError(number, "too many")})
        assert len(caplog.records) == 1
        assert caplog.records[0].exc_info is None
        loop.call_exception_handler({"message": "another", "exception": OSError(errno.EIO, "other")})
        assert len(caplog.records) == 2
    loop.close()


def test_the_limit_is_raised_to_what_the_system_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the soft limit to the hard one; where that fails, the soft one is what there is."""
    resource = pytest.importorskip("resource")
    given = [(1024, 4096)]
    monkeypatch.setattr(resource, "getrlimit", lambda _: given[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _, both: given.append(both))
    assert limits.raise_limit() == 4096
    assert given == [(1024, 4096), (4096, 4096)]

    def refuse(*_: Any) -> None:
        raise ValueError

    given.append((1024, 4096))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert limits.raise_limit() == 1024
    assert limits.descriptors() > 0


# Health


def test_metrics_are_closed_and_readiness_opens_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Below a path as well; what is the matter stands in the log, once, and not in the answer."""
    monkeypatch.setenv("READOUT_HOME", str(tmp_path / "home"))
    client = TestClient(Health(answering))
    for prefix in ("", "/news"):
        for path in ("/_stcore/metrics", "/_stcore/metrics/"):
            assert client.get(prefix + path).status_code == 404
            assert client.options(prefix + path).status_code == 404
        assert client.get(f"{prefix}/_stcore/ready").text == "ready\n"
        assert client.get(f"{prefix}/_stcore/health").text == "the article"

    def fail() -> None:
        raise LibraryError("The library in /secret/place can't be opened.")

    monkeypatch.setattr(collection, "library", fail)
    for _ in range(3):
        answer = client.get("/_stcore/ready")
        assert answer.status_code == 503
        assert "secret" not in answer.text
    assert [record.getMessage() for record in caplog.records].count(
        "not ready: The library in /secret/place can't be opened."
    ) == 1
    monkeypatch.undo()
    monkeypatch.setenv("READOUT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv(rules.FILE, str(tmp_path / "none.toml"))
    assert client.get("/_stcore/ready").status_code == 503


# Uploads

MB = 1024 * 1024
SENT = "/_stcore/upload_file/session/{}"


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryUploadedFileManager]:
    """Streamlit's keeper of files, with a session on whose screen a field for files is."""
    made = MemoryUploadedFileManager("/upload")
    monkeypatch.setattr(uploads, "_manager", lambda: made)
    uploads._rooms["session"] = {"files": uploads.Room(2 * MB, 5 * MB, "desk@paper.example")}
    yield made
    uploads._rooms.clear()
    assert not uploads._coming


def keeping(manager: MemoryUploadedFileManager) -> ASGIApp:
    """An application that keeps what it is sent."""

    async def keep(scope: Scope, receive: Receive, send: Send) -> None:
        message = await receive()
        session, file = scope["path"].split("/")[-2:]
        manager.add_file(session, UploadedFileRec(file, file, "text/plain", message["body"]))
        await answering(scope, receive, send)

    return uploads.Uploads(keep)


def test_a_session_sends_so_much(manager: MemoryUploadedFileManager) -> None:
    """Each file and all together have a limit; the sentence says it and what to do, and nothing is kept."""
    client = TestClient(keeping(manager))
    large = client.put(SENT.format("large"), content=b"x" * (3 * MB))
    assert (large.status_code, large.text) == (
        413,
        "The file is larger than the 2 MB that one may have. Send a smaller one.\n",
    )
    for name in "ab":
        assert client.put(SENT.format(name), content=b"x" * (2 * MB)).status_code == 200
    more = client.put(SENT.format("c"), content=b"x" * (2 * MB))
    assert (more.status_code, more.text) == (
        413,
        "The files together are larger than 5 MB. Send the rest after these.\n",
    )
    assert set(manager.file_storage["session"]) == {"a", "b"}
    manager.remove_session_files("session")
    assert client.put(SENT.format("c"), content=b"x" * (2 * MB)).status_code == 200


def test_nobody_sends_what_was_not_asked_for(manager: MemoryUploadedFileManager) -> None:
    """A session without a field on its screen, one that has not logged in among them; nor a file of unknown size."""
    client = TestClient(keeping(manager))
    other = client.put("/news/_stcore/upload_file/other/a", content=b"x")
    assert (other.status_code, other.text.startswith("Nothing can be sent here now.")) == (403, True)
    endless = client.put(SENT.format("a"), content=iter([b"x"] * 3))
    assert endless.status_code == 411
    assert not manager.file_storage
    assert client.delete(SENT.format("a")).status_code == 200


def test_all_sessions_together_send_so_much(
    manager: MemoryUploadedFileManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One who comes late is asked to wait, with a status that says so."""
    monkeypatch.setattr(uploads, "ALL", 3)
    manager.add_file("other", UploadedFileRec("o", "o", "text/plain", b"x" * (2 * MB)))
    assert TestClient(keeping(manager)).put(SENT.format("a"), content=b"x" * (2 * MB)).status_code == 503


def allow(home: Path, monkeypatch: pytest.MonkeyPatch, megabytes: int) -> None:
    """Accounts that may send so much a day, and a library of their own."""
    file = home / "auth.toml"
    file.write_text(f"[access]\ncorrect = ['desk@paper.example']\n[quotas]\nmegabytes = {megabytes}", "utf-8")
    monkeypatch.setenv(rules.FILE, str(file))
    monkeypatch.setenv("READOUT_HOME", str(home))


def test_an_account_sends_so_much_a_day(
    manager: MemoryUploadedFileManager, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In megabytes, over all of its sessions; the log has each file."""
    allow(tmp_path, monkeypatch, megabytes=3)
    client = TestClient(keeping(manager))
    assert client.put(SENT.format("a"), content=b"x" * 2_000_000).status_code == 200
    refused = client.put(SENT.format("b"), content=b"x" * 2_000_000)
    assert (refused.status_code, "the 3 megabytes" in refused.text) == (413, True)
    assert [(act["act"], act["bytes"]) for act in audit.last(tmp_path)] == [("upload", 2_000_000)]


def test_small_files_count_as_well(
    manager: MemoryUploadedFileManager, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else files of one byte would fill the log."""
    allow(tmp_path, monkeypatch, megabytes=1)
    client = TestClient(keeping(manager))
    assert [client.put(SENT.format(n), content=b"x").status_code for n in range(12)] == [200] * 10 + [413] * 2
    assert len(audit.last(tmp_path)) == 10


def test_sessions_that_have_ended_are_forgotten(
    manager: MemoryUploadedFileManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of those whose page had a field for files when they went."""
    del manager
    uploads._rooms.update({f"ended-{number}": {} for number in range(uploads._MANY)})
    context = SimpleNamespace(session_id="new")
    monkeypatch.setattr(uploads, "get_script_run_ctx", lambda: context)
    runtime = SimpleNamespace(is_active_session=lambda one: not one.startswith("ended"))
    monkeypatch.setattr(uploads, "get_instance", lambda: runtime)
    uploads.field("A file", ["txt"], "file")
    assert set(uploads._rooms) == {"session", "new"}


def test_files_go_when_no_field_is_on_the_screen(
    manager: MemoryUploadedFileManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While their dialog is open they stay, whatever else is drawn; with the page that is drawn without it they go."""
    context = SimpleNamespace(session_id="session", uploaded_file_mgr=manager)
    monkeypatch.setattr(uploads, "get_script_run_ctx", lambda: context)
    manager.add_file("session", UploadedFileRec("a", "a", "text/plain", b"x"))
    manager.add_file("other", UploadedFileRec("a", "a", "text/plain", b"x"))
    uploads.settle()
    assert set(manager.file_storage) == {"session", "other"}
    uploads.begin()
    uploads.settle()
    assert set(manager.file_storage) == {"other"}
