"""How many the server lets in at once: it refuses early and says so, before the system leaves it nothing to do so with.

A system gives a process so many descriptors: one for each connection, and for each file that a session reads. When
they run out, connections are neither answered nor refused, and the log grows by thousands of lines a second.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_LOG = logging.getLogger("readout")
MOST = 500
"""So many WebSockets, one for each open page of a reader."""
_RESERVE, _SHARE = 50, 10
"""Descriptors that are kept free: so many, or one in so many."""
_FOLDERS = ("/proc/self/fd", "/dev/fd")
_FULL = "Readout is full: as many read here as this server has room for. Try again in a minute.\n"
_SECONDS = 60.0


def raise_limit() -> int | None:
    """Raise the limit of descriptors as far as the system lets this process; returns it, None where there is none."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
            soft = hard
    return None if soft == resource.RLIM_INFINITY else soft


def descriptors() -> int:
    """How many descriptors this process has open; 0 where the system does not say."""
    for folder in _FOLDERS:
        with suppress(OSError):
            return len(os.listdir(folder))  # noqa: PTH208
    return 0


class Seldom:
    """A log of something that may happen a thousand times a second: a line a minute, with how often it happened."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing has happened yet."""
        self._clock, self._last, self._times = clock, -_SECONDS, 0

    def warn(self, words: str) -> None:
        """Say that it happened."""
        self._times += 1
        if (now := self._clock()) - self._last >= _SECONDS:
            self._last = now
            _LOG.warning("%s (%d since this was last said)", words, self._times)
            self._times = 0


def quiet(seldom: Seldom) -> Callable[[asyncio.AbstractEventLoop, dict[str, Any]], None]:
    """What an event loop does with its errors: those of running out of descriptors are logged once a minute."""

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
            seldom.warn("the server is out of descriptors and can't take a connection")
        else:
            loop.default_exception_handler(context)

    return handle


def prepare() -> None:
    """Raise the limit, and keep the log of this event loop from growing where it is reached all the same."""
    raise_limit()
    asyncio.get_running_loop().set_exception_handler(quiet(Seldom()))


class Crowd:
    """Refuse, with status 503 and a sentence, whoever comes when the server is full."""

    def __init__(
        self,
        app: ASGIApp,
        most: int = MOST,
        limit: Callable[[], int | None] = raise_limit,
        count: Callable[[], int] = descriptors,
    ) -> None:
        """Wrap an ASGI application.

        Args:
            app: the application.
            most: so many WebSockets at once.
            limit: how many descriptors there may be; None for any number.
            count: how many there are.
        """
        self.app, self.most, self.count = app, most, count
        limited = limit()
        self.room = None if limited is None else limited - max(_RESERVE, limited // _SHARE)
        self.open = 0
        self.seldom = Seldom()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it."""
        if scope["type"] == "websocket":
            if self._crowded() or self.open >= self.most:
                await self._refuse(scope, receive, send)
                return
            self.open += 1
            try:
                await self.app(scope, receive, send)
            finally:
                self.open -= 1
            return
        if scope["type"] == "http" and not scope["path"].endswith("/_stcore/health"):
            page = "text/html" in Headers(scope=scope).get("accept", "")
            if self._crowded() or (page and self.open >= self.most):
                await self._refuse(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _crowded(self) -> bool:
        return self.room is not None and self.count() > self.room

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.seldom.warn(f"full: {self.open} pages are open, {self.count()} descriptors")
        await PlainTextResponse(_FULL, 503, {"Retry-After": "60", "Connection": "close"})(scope, receive, send)
