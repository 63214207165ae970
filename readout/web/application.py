"""What the server does around the pages: warm up, send security headers, and meet an unforeseen error."""

from __future__ import annotations

import base64
import gc
import hashlib
import importlib
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from readout import read
from readout.errors import AccessError, ReadoutError
from readout.web import limits
from readout.web.labels import literal
from readout.web.state import PAGES

_LOG = logging.getLogger("readout")
_MODULES = (
    "pandas",
    "plotly.graph_objects",
    "plotly.io",
    "readout.web.article",
    "readout.web.sidebar",
    "readout.web.quotes",
    "readout.web.library",
)


@asynccontextmanager
async def warm(app: st.App) -> AsyncIterator[None]:
    """Load everything that a page needs before the first visitor asks for it.

    Streamlit collects garbage after every run; freezing what is loaded once takes it out of those collections,
    which halves the time from a click to a settled page.
    """
    limits.prepare()
    for module in _MODULES:
        importlib.import_module(module)
    try:
        read("“It works,” said Ada Lovelace on Monday.")
    except ReadoutError as trouble:
        _LOG.warning("%s", trouble)
    gc.collect()
    gc.freeze()
    yield


def apologise(error: Exception) -> bool:
    """Meet an unforeseen error with a sentence and a way back; the log has the rest."""
    if isinstance(error, AccessError):
        st.warning(literal(str(error)), icon=":material/lock:")
        return True
    _LOG.error("unforeseen error", exc_info=error)
    st.warning(
        "Something went wrong on this page; your article and your filters are as they were. "
        "Reload the page, or go back to the article. The server's log says what happened.",
        icon=":material/error:",
    )
    st.page_link(PAGES / "article.py", label="Back to the article", icon=":material/arrow_back:")
    return True


class Headers:
    """Response headers that keep markup which slipped through from running, and the app out of foreign frames."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an ASGI application."""
        self.app = app
        self.headers = {
            "Content-Security-Policy": (
                f"default-src 'self'; script-src 'self' blob: {_inline_scripts()}; style-src 'self' 'unsafe-inline'; "
                "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss: blob: data:; "
                "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'"
            ),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with the headers on its response."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def _inline_scripts() -> str:
    """The hashes of the scripts written into Streamlit's own page, which are the only inline ones allowed."""
    page = Path(st.__file__).parent / "static" / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)
