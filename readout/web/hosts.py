"""Which names the server answers to, so that a page of another site cannot speak to it.

A name that somebody else owns may be pointed at this machine (DNS rebinding), and a page of that name is then its own
origin; a page of any site may open a WebSocket to it. Both are refused before Streamlit sees them: it would answer the
first, and ask a service on the internet for its own address before it refuses the second.
"""

from __future__ import annotations

import os
import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

ALLOWED = "READOUT_ALLOW_HOSTS"
"""The environment's further names of the server, parted by commas; `readout serve --allow-host` sets it."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104
_REFUSAL = (
    "Readout does not answer to this name. Open it by the address that it was started with, or start it with "
    "`readout serve --allow-host NAME`.\n"
)


def known_names() -> tuple[frozenset[str], bool]:
    """Return the names that the server answers to in lower case, and whether it answers to any number as well.

    A numeric address cannot be pointed elsewhere by anybody's DNS, so a server that is there for a whole network
    answers to each.
    """
    address = str(st.get_option("server.address") or "")
    given = os.environ.get(ALLOWED, "").split(",")
    names = {*_LOOPBACK, *(name.strip().casefold() for name in given)}
    everywhere = address in _EVERYWHERE
    names |= {socket.gethostname().casefold()} if everywhere else {address.casefold()}
    return frozenset(names - {""}), everywhere


def serves_one_person() -> bool:
    """Return whether the server is reached from this machine alone, and by no proxy's name."""
    address = str(st.get_option("server.address") or "")
    return address in _LOOPBACK and not os.environ.get(ALLOWED)


class KnownHosts:
    """Refuse requests and WebSockets for another host, or from a page of another origin."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an ASGI application."""
        self.app = app
        self.names, self.any_number = known_names()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it with status 403 and a sentence."""
        if scope["type"] in ("http", "websocket") and not self.accepts(Headers(scope=scope)):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await PlainTextResponse(_REFUSAL, 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def accepts(self, headers: Headers) -> bool:
        """Whether the Host is the server's and the Origin, where there is one, the same host or an allowed name."""
        host = _named(headers.get("host", ""))
        if host is None or not self._knows(host[0]):
            return False
        origins = headers.getlist("origin")
        return all(self._is_own(origin, host) for origin in origins)

    def _is_own(self, origin: str, host: tuple[str, str]) -> bool:
        named = _named(origin.partition("://")[2])
        # A proxy may have put a Host of its own in place; its public name is among the allowed ones.
        return named is not None and (named == host or (named[0] in self.names and named[0] not in _LOOPBACK))

    def _knows(self, name: str) -> bool:
        return name in self.names or (self.any_number and _is_number(name))


def _named(host: str) -> tuple[str, str] | None:
    """Return the name and the port of a Host header; None where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname or parts.netloc != host or "@" in host:
        return None
    return parts.hostname.rstrip(".").casefold(), str(port or "")


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
