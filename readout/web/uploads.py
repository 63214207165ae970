"""Files that readers send: how much and while what is on their screen, and given back as soon as they are of no use.

Streamlit takes what is sent to a session at any time, keeps it in memory, and lets it go when the session ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import cast

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from readout.errors import AccessError
from readout.library.place import home
from readout.newsroom import audit
from readout.newsroom.quotas import spent
from readout.newsroom.rules import rules
from readout.web import access

EACH, TOGETHER = 10, 100
"""Megabytes of one file that is read as an article, and of all that are sent at once."""
ALL = 1024
"""Megabytes of all sessions together."""
_MB = 1024 * 1024
_LEAST = 100_000
"""Bytes that a file counts for at least in a day's quota: a line of the log is written for each."""
_MANY = 1000
"""Sessions with room, after which those that have ended are forgotten."""
_FRAME = 64 * 1024
"""Bytes that a form adds to the file in it."""
_PUT = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+/?")


@dataclass(frozen=True, slots=True)
class Room:
    """What a session may send while a field for files is on its screen."""

    largest: int
    together: int
    """Bytes."""
    who: str = ""
    """The account, where there are accounts."""


_rooms: dict[str, dict[str, Room]] = {}
"""By the id of a session and the key of a field."""
_coming: dict[str, int] = {}
"""Bytes that a session is sending now."""
_lock = Lock()


def field(label: str, kinds: Sequence[str], key: str, *, each: int = EACH, together: int = EACH) -> list[UploadedFile]:
    """Draw a field for files; gives those that were sent.

    Args:
        label: what it is called.
        kinds: the endings of names that it takes.
        key: unique on the page.
        each: megabytes that one file may have.
        together: megabytes that all may have; where it is no more than one file may, it takes one only.
    """
    context, turn = get_script_run_ctx(), st.session_state.get(_turn(key), 0)
    if context is not None:
        with _lock:
            if len(_rooms) >= _MANY:
                for ended in [one for one in _rooms if not get_instance().is_active_session(one)]:
                    del _rooms[ended]
            _rooms.setdefault(context.session_id, {})[key] = Room(each * _MB, together * _MB, access.account())
    several = together > each
    drawn = f"{key}-{turn}" if turn else key
    given = st.file_uploader(label, kinds, accept_multiple_files=several, key=drawn, max_upload_size=each)
    if several:
        st.caption(f"Up to {each} MB each and {together} MB together; send more of them one after the other.")
    files = given if isinstance(given, list) else [given]
    return [file for file in files if isinstance(file, UploadedFile)]


def give_back(key: str, files: Sequence[UploadedFile]) -> None:
    """Let files go that were used, and empty their field."""
    context = get_script_run_ctx()
    if context is None:
        return
    manager = cast(MemoryUploadedFileManager, context.uploaded_file_mgr)
    for file in files:
        manager.remove_file(context.session_id, file.file_id)
    st.session_state[_turn(key)] = st.session_state.get(_turn(key), 0) + 1


def begin() -> None:
    """A page is drawn anew: what may be sent is what its fields will say."""
    if context := get_script_run_ctx():
        with _lock:
            _rooms.pop(context.session_id, None)


def settle() -> None:
    """A page is drawn: where it has no field for files, a dialog with one was closed, and its files go."""
    if (context := get_script_run_ctx()) and context.session_id not in _rooms:
        context.uploaded_file_mgr.remove_session_files(context.session_id)


def _turn(key: str) -> str:
    return f"_{key}_turn"


class Uploads:
    """Refuse files, with a sentence, that nobody asked for, that are too large, or too many at once."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an ASGI application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it."""
        put = _PUT.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if put is None:
            await self.app(scope, receive, send)
            return
        session, length = put[1], Headers(scope=scope).get("content-length", "")
        if not (length.isascii() and length.isdigit()):
            await PlainTextResponse("Say how large the file is (Content-Length).\n", 411)(scope, receive, send)
            return
        size = int(length[:15])
        status, trouble = _reserve(session, size)
        if trouble:
            await PlainTextResponse(f"{trouble}\n", status)(scope, receive, send)
            return
        try:
            await run_in_threadpool(_spend, session, size)
            await self.app(scope, receive, send)
        except AccessError as refused:
            await PlainTextResponse(f"{refused}\n", 413)(scope, receive, send)
        finally:
            _release(session, size)


def _reserve(session: str, size: int) -> tuple[int, str]:
    """Make room for a file that is coming; gives a status and a sentence where there is none."""
    with _lock:
        rooms = list(_rooms.get(session, {}).values())
        if not rooms:
            return 403, "Nothing can be sent here now. Choose the file where Readout asks for one."
        largest, together = max(room.largest for room in rooms), max(room.together for room in rooms)
        if size > largest + _FRAME:
            return 413, f"The file is larger than the {largest // _MB} MB that one may have. Send a smaller one."
        held = {one: sum(map(_size, files.values())) for one, files in _manager().file_storage.copy().items()}
        if held.get(session, 0) + _coming.get(session, 0) + size > together + _FRAME:
            return 413, f"The files together are larger than {together // _MB} MB. Send the rest after these."
        if sum(held.values()) + sum(_coming.values()) + size > ALL * _MB:
            return 503, "The server has no room for more files now. Try again in a minute."
        _coming[session] = _coming.get(session, 0) + size
    return 0, ""


def _release(session: str, size: int) -> None:
    with _lock:
        left = _coming.get(session, 0) - size
        if left > 0:
            _coming[session] = left
        else:
            _coming.pop(session, None)


def _spend(session: str, size: int) -> None:
    """Count a file for its account.

    Raises:
        AccessError: if the account has sent enough for today.
    """
    given = rules()
    if given is None:
        return
    with _lock:
        who = next((room.who for room in _rooms.get(session, {}).values()), "")
    counted = max(size, _LEAST)
    with spent(home()).spending(who, "megabytes", given.quotas, counted):
        audit.note(home(), who, "upload", bytes=counted)


def _size(file: object) -> int:
    return len(getattr(file, "data", b""))


def _manager() -> MemoryUploadedFileManager:
    return cast(MemoryUploadedFileManager, get_instance().uploaded_file_mgr)
