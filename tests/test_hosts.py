"""Which hosts and origins the server answers to."""

from __future__ import annotations

import pytest
import streamlit as st
from starlette.datastructures import Headers
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from readout.web.hosts import ALLOWED, KnownHosts


async def answering(scope: Scope, receive: Receive, send: Send) -> None:
    """Accept every request and every WebSocket, and note that it came this far."""
    scope["state"]["reached"].append(scope["type"])
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close"})
    else:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"the article"})


def served(monkeypatch: pytest.MonkeyPatch, address: str, allowed: str = "") -> KnownHosts:
    """The check of a server that is started at an address, with further names."""
    given = st.get_option
    monkeypatch.setattr(st, "get_option", lambda name: address if name == "server.address" else given(name))
    monkeypatch.setenv(ALLOWED, allowed)
    monkeypatch.setattr("socket.gethostname", lambda: "Newsroom")
    return KnownHosts(answering)


@pytest.mark.parametrize(
    ("address", "allowed", "host", "origin", "accepted"),
    [
        ("localhost", "", "localhost:8501", None, True),
        ("localhost", "", "LOCALHOST:8501", "http://localhost:8501", True),
        ("localhost", "", "127.0.0.1:8501", "http://127.0.0.1:8501", True),
        ("localhost", "", "[::1]:8501", "http://[::1]:8501", True),
        ("localhost", "", "localhost.:8501", None, True),
        ("localhost", "", "evil.example", "http://evil.example", False),
        ("localhost", "", "evil.example:8501", None, False),
        ("localhost", "", "localhost:8501", "http://evil.example", False),
        ("localhost", "", "localhost:8501", "http://localhost:9999", False),
        ("localhost", "", "localhost:8501", "null", False),
        ("localhost", "", "localhost.evil.example:8501", None, False),
        ("localhost", "", "evil.example@localhost:8501", None, False),
        ("localhost", "", "localhost:8501/evil.example", None, False),
        ("localhost", "", "localhost:eightyfive", None, False),
        ("localhost", "", "192.168.1.5:8501", None, False),
        ("localhost", "", "", None, False),
        ("localhost", "news.example", "news.example", "https://news.example", True),
        ("localhost", "news.example", "localhost:8501", "https://news.example", True),
        ("localhost", " News.example ,b.example", "b.example", None, True),
        ("0.0.0.0", "", "192.168.1.5:8501", "http://192.168.1.5:8501", True),
        ("0.0.0.0", "", "newsroom:8501", "http://newsroom:8501", True),
        ("0.0.0.0", "", "evil.example:8501", "http://evil.example:8501", False),
        ("0.0.0.0", "", "192.168.1.5:8501", "http://10.0.0.1:8501", False),
        ("::", "", "[fd00::5]:8501", "http://[fd00::5]:8501", True),
        ("192.168.1.5", "", "192.168.1.5:80", None, True),
        ("192.168.1.5", "", "10.0.0.1:80", None, False),
    ],
)
def test_which_hosts_are_known(
    monkeypatch: pytest.MonkeyPatch, address: str, allowed: str, host: str, origin: str | None, accepted: bool
) -> None:
    """A server answers to its own names alone, and to pages that it served itself."""
    headers = {"host": host} | ({} if origin is None else {"origin": origin})

    assert served(monkeypatch, address, allowed).accepts(Headers(headers)) is accepted


def test_what_a_proxy_says_of_the_host_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reaches the server may write these headers: they open no door, and close none."""
    forwarded = {
        "x-forwarded-host": "localhost:8501",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "https",
        "x-forwarded-server": "localhost",
        "x-real-ip": "127.0.0.1",
        "forwarded": "for=127.0.0.1;host=localhost:8501;proto=http",
    }
    check = served(monkeypatch, "localhost")
    assert not check.accepts(Headers({"host": "evil.example", **forwarded}))
    assert not check.accepts(Headers({"host": "localhost:8501", "origin": "http://evil.example", **forwarded}))
    foreign = {name: value.replace("localhost:8501", "evil.example") for name, value in forwarded.items()}
    assert check.accepts(Headers({"host": "localhost:8501", **foreign}))


def test_a_foreign_host_reaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages, uploads and WebSockets of a foreign host or origin end before the application."""
    reached: list[str] = []
    check = served(monkeypatch, "localhost")

    async def with_state(scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"] = {"reached": reached}
        await check(scope, receive, send)

    own = TestClient(with_state, base_url="http://localhost:8501")
    foreign = TestClient(with_state, base_url="http://evil.example")
    for method in ("GET", "PUT", "POST"):
        refused = foreign.request(method, "/")
        assert refused.status_code == 403
        assert "--allow-host" in refused.text
    for url in ("ws://localhost:8501/s", "ws://evil.example/s"):
        with (
            pytest.raises(WebSocketDisconnect),
            own.websocket_connect(url, headers={"origin": "http://evil.example"}),
        ):
            pass
    assert reached == []

    assert own.get("/").text == "the article"
    with own.websocket_connect("ws://localhost:8501/s", headers={"origin": "http://localhost:8501"}):
        pass
    assert reached == ["http", "websocket"]
