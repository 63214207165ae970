"""Open a stranger's file in a process of its own, with limits of memory and time.

`load` here is `readout.load` behind a wall: the process that opens the file can't write files, open connections or
start programs, gets so much memory and so many seconds, and is ended when it has had them. What comes back over the
pipe is an article as JSON, or a sentence. The wall is Python's and the kernel's limits for one process, no sandbox
against a hole in a library; it keeps a hostile file from taking the dashboard down with it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Hashable
from dataclasses import asdict
from datetime import date
from typing import Any

from readout.errors import FileError
from readout.load.limits import MOST_BYTES
from readout.records import Article, Link
from readout.turns import Turns

SECONDS = 20.0
"""How much of the processor a file may take to open."""
_BY_THE_CLOCK = 3
"""So many times as long it may take by the clock, for on a busy server it waits for its turn."""
BYTES = 1_500_000_000
"""How much address space the process may have; Python and its libraries take a third of it."""
_WAIT = 120.0
_turns = Turns(places=max(12, 3 * (os.cpu_count() or 1)), each=1)
"""Processes at once: more than there are processors, for each has its own limits, and the system shares these out."""
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_START = "import sys; sys.path[:] = sys.argv[1:]; from readout.load.guarded import serve; serve()"


def load(
    data: bytes,
    *,
    name: str,
    url: str | None = None,
    seconds: float = SECONDS,
    memory: int = BYTES,
    reader: Hashable | None = None,
) -> Article:
    """Open a file as an article, in a process of its own.

    Args:
        data: the file's bytes.
        name: the file's name.
        url: where the page was, if it is known.
        seconds: how much of the processor it may take; by the clock three times as much.
        memory: how many bytes of memory it may take.
        reader: whose file it is, on a server of many: theirs are opened one after another, and nobody else's wait.

    Raises:
        ArticleError: if no article can be read from it, or it took too much; the message says what to do.
    """
    shown = name if len(name) <= 80 else f"{name[:60]}…{name[-19:]}"
    if len(data) > MOST_BYTES:
        raise FileError(
            f"{shown} is larger than {MOST_BYTES // 1_000_000} MB. Take the article out of it, or paste its text."
        )
    if not _turns.take(reader, _WAIT):
        raise FileError(f"Other files are still being opened, so {shown} has to wait. Try again in a minute.")
    try:
        answer = _asked(data, {"name": name, "url": url, "seconds": seconds, "memory": memory}, shown)
    finally:
        _turns.give_back(reader)
    if "trouble" in answer:
        raise FileError(str(answer["trouble"]))
    return _article(answer)


def _asked(data: bytes, order: dict[str, Any], shown: str) -> dict[str, Any]:
    """What the process answers; it gets the order on one line and the file after it."""
    longest = order["seconds"] * _BY_THE_CLOCK
    process = subprocess.Popen(  # noqa: S603  (our own interpreter, our own words)
        [sys.executable, "-P", "-c", _START, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_surroundings(),
        close_fds=True,
    )
    try:
        said, _ = process.communicate(json.dumps(order).encode() + b"\n" + data, timeout=longest)
    except subprocess.TimeoutExpired as trouble:
        raise FileError(
            f"{shown} took longer than {longest:.0f} seconds to open. Take the article out of it, or paste its text."
        ) from trouble
    finally:
        process.kill()
        process.wait()
    try:
        answer = json.loads(said)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise FileError(
            f"{shown} takes more memory or time than a file may take. Take the article out of it, or paste its text."
        )
    return answer


def _surroundings() -> dict[str, str]:
    """The process's environment: what Python needs to start, and none of the secrets that a server may hold."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TZ") if key in os.environ}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}


def _article(answer: dict[str, Any]) -> Article:
    day = answer.pop("published", None)
    links = tuple(Link(**link) for link in answer.pop("links", ()))
    span = answer.pop("body_span", None)
    return Article(
        **answer,
        links=links,
        body_span=tuple(span) if span else None,
        published=date.fromisoformat(day) if day else None,
    )


def serve() -> None:
    """Read one order from standard input, open its file behind the wall, and answer on standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not get into the answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    answers.write(json.dumps(_opened(data, order)).encode())
    answers.flush()


def _opened(data: bytes, order: dict[str, Any]) -> dict[str, Any]:
    from readout.errors import ArticleError
    from readout.load import load as open_here

    try:
        _limit(int(order["memory"]), float(order["seconds"]))
        sys.addaudithook(_forbid)
        article = asdict(open_here(data, name=order["name"], url=order["url"]))
    except ArticleError as trouble:
        return {"trouble": str(trouble)}
    published = article["published"]
    return {**article, "published": published.isoformat() if published else None}


def _limit(memory: int, seconds: float) -> None:
    """Set the limits of this process; a system without them (Windows) has the clock of the one that started it."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, max(1, int(seconds) + 1)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most, hard) if hard == resource.RLIM_INFINITY else (min(most, hard), hard))


def _forbid(event: str, details: tuple[Any, ...]) -> None:
    """Stop what opening a file never needs: connections, programs, and files opened for writing."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    if event == "open" and len(details) == 3 and isinstance(details[2], int) and details[2] & _WRITES:
        raise PermissionError("writing")
