"""Where a reader stopped: sent by the browser when they leave an article, kept in the library, offered the next time.

A page gives its reader's browser a signed ticket that says which article is open and by whom, and the browser sends it
back with the place. So nobody's place is kept under another's name, no page is drawn anew for it, and a page of
another site can send nothing. Who is not known on a server of many gets no ticket: their browser alone remembers.
"""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from typing import Any

import streamlit as st
from itsdangerous import BadSignature, URLSafeSerializer
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from readout import kept
from readout.corrections import making
from readout.corrections.remarks import placed
from readout.errors import ReadoutError
from readout.newsroom.rules import read_only
from readout.records import Article, Span
from readout.web import collection, correcting
from readout.web.hosts import serves_one_person
from readout.web.state import View

PATH = "/readout/stopped"
_MOST = 10_000
"""Bytes of what a browser sends."""
_WORDS = 80
"""Characters of the paragraph that a place is remembered by."""
_TICKETS = URLSafeSerializer(secrets.token_bytes(32), salt="stopped")


def drawn(view: View) -> dict[str, Any] | None:
    """What the article's component needs to keep a place and to offer one; None where only the browser can.

    Returns:
        `to`, the address that takes a place, `ticket`, and `place`, where there is one: a character of the text, and
        when its reader stopped there in milliseconds since 1970.
    """
    by = correcting.reader()
    if read_only() or not (by or serves_one_person()):
        return None
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    to = f"/{base}{PATH}" if base else PATH
    return {"to": to, "ticket": _TICKETS.dumps([view.key, by]), "place": _last(view, by)}


async def _keep(request: Request) -> Response:
    """Take what a browser sends: `{"ticket": ..., "at": a character of the text, or null where all is read}`."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST:
            return Response(status_code=413)
    try:
        said = json.loads(body)
        key, by = _TICKETS.loads(said["ticket"])
        at = said["at"]
        if at is not None and not (isinstance(at, int) and at >= 0):
            return Response(status_code=400)
    except BadSignature:
        return Response(status_code=403)
    except (ValueError, KeyError, TypeError, RecursionError):
        return Response(status_code=400)
    # A library that can't be written to keeps no place; the browser has it, and nobody waits for an answer.
    with suppress(ReadoutError):
        await run_in_threadpool(_stop, key, by, at)
    return Response(status_code=204)


# Streamlit puts routes beside the path that a proxy lets through, not below it.
ROUTE = Route("/{base:path}" + PATH[1:], _keep, methods=["POST"])


def _stop(key: str, by: str, at: int | None) -> None:
    """Keep the place of a reader, or forget it where they read to the end."""
    article = collection.open_article(key).article
    words = None if at is None else _opening(article, at)
    made = making.a_place(article, words, by=by, when=correcting.now()) if words else None
    collection.stop(key, made, by)


def _opening(article: Article, at: int) -> Span | None:
    """The first words of the paragraph that begins at a character; None where there are none."""
    words = article.text[at : at + _WORDS].split("\n")[0].rstrip()
    return (at, at + len(words)) if words.strip() else None


def _last(view: View, by: str) -> list[int] | None:
    places = [one.correction for one in collection.places(view.key, by)]
    if not places:
        return None
    last = max(places, key=lambda one: kept.moment(one.when))
    spans = placed(view.article.text, [last])[last.id]
    return [spans[0][0], int(kept.moment(last.when).timestamp() * 1000)] if spans else None
