"""What a machine asks the server: whether it can serve readers; and what is nobody's business."""

from __future__ import annotations

import logging

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from readout.errors import ReadoutError
from readout.newsroom.rules import rules
from readout.web import collection

READY, METRICS = "/_stcore/ready", "/_stcore/metrics"
_LOG = logging.getLogger("readout")


class Health:
    """Answer whether the library can be opened, and close Streamlit's metrics, which tell how much is read here."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an ASGI application."""
        self.app = app
        self._said = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        path = scope["path"].rstrip("/") if scope["type"] == "http" else ""
        if path.endswith(METRICS):
            await PlainTextResponse("Not found\n", 404)(scope, receive, send)
        elif path.endswith(READY) and scope["method"] in ("GET", "HEAD"):
            trouble = await run_in_threadpool(_trouble)
            if trouble and trouble != self._said:
                _LOG.warning("not ready: %s", trouble)
            self._said = trouble
            answer = "not ready: the server's log says why\n" if trouble else "ready\n"
            headers = {"Cache-Control": "no-store"}
            await PlainTextResponse(answer, 503 if trouble else 200, headers)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _trouble() -> str:
    """What keeps readers from reading; nothing where nothing does."""
    try:
        rules()
        collection.library().entries(limit=1)
    except ReadoutError as trouble:
        return str(trouble)
    return ""
