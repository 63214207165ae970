"""Get one page from the web, for a reader who gave its address: nothing else of Readout ever asks the network.

Whoever can reach a dashboard can have it ask for a page, so a page is asked for only where anybody could ask for it
too: at a public address. `addresses` says which those are, `place` takes an address apart, `asking` asks one server,
`answers` says in a sentence what an answer without a page means.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Hashable
from dataclasses import dataclass
from http.client import HTTPException
from typing import Literal

from urllib3.exceptions import HTTPError

from readout.errors import FetchError
from readout.fetch.addresses import Resolve, resolve
from readout.fetch.answers import page_of, refused
from readout.fetch.asking import Clock, Opener, asked, open_to
from readout.fetch.place import Place, place_of
from readout.load.limits import MOST_BYTES
from readout.turns import Turns

__all__ = ["AT_ONCE", "Allowed", "Page", "allowed", "fetch"]

SECONDS = 10.0
"""How long a page may take from the moment it is wanted to its last byte."""
AT_ONCE = 24
"""How many pages may be on their way at the same moment, for all readers of a server together."""
REDIRECTS = 5
"""How often a page may say that it is somewhere else."""
Allowed = Literal["off", "on", "private"]
"""Whether pages may be fetched: not at all, from public addresses, or from the reader's own network too."""

_turns = Turns(AT_ONCE, each=2)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its server gave it, ready for `readout.load`."""

    data: bytes
    """Its bytes, unpacked; in UTF-8 where the server alone said in which encoding it is."""
    url: str
    """Where it was found, after all redirects, without a fragment."""
    name: str
    """A file name for it, whose suffix says of what kind its server calls it."""


def allowed() -> Allowed:
    """What the environment variable READOUT_FETCH allows: "on", "private", or "off" for anything else."""
    said = os.environ.get("READOUT_FETCH", "").strip().lower()
    return "on" if said == "on" else "private" if said == "private" else "off"


def fetch(
    url: str,
    *,
    private: bool = False,
    seconds: float = SECONDS,
    most: int = MOST_BYTES,
    resolve: Resolve = resolve,
    opener: Opener = open_to,
    reader: Hashable | None = None,
) -> Page:
    """Fetch a page.

    Args:
        url: its address, with http or https.
        private: whether it may lie on this machine or in a private network.
        seconds: how long all of it may take: waiting for a place among those at once, the names' addresses, redirects.
        most: how many bytes it may have, packed and unpacked.
        resolve: gives the addresses of a name.
        opener: opens a connection to an address that was checked.
        reader: who wants it, on a server of many: two of theirs are fetched at once, and nobody else's wait.

    Raises:
        FetchError: if there is no page to be had; the message says why, and what to do.
    """
    began = time.monotonic()
    if not _turns.take(reader, seconds):
        raise FetchError(
            "Other pages are on their way here at this moment, and Readout fetches only so many at once. "
            "Try again in a minute, or save the page in your browser and add the file instead."
        )
    left = max(0.0, seconds - (time.monotonic() - began))
    clock = Clock(left)
    outcome: list[Page | Exception] = []

    def run() -> None:
        try:
            outcome.append(_followed(url, private, most, clock, resolve, opener))
        except Exception as trouble:
            outcome.append(trouble)
        finally:
            # Not when the reader is told, but when the question is over: a name server may take its time.
            _turns.give_back(reader)

    # A name's addresses can't be asked for with a limit of time, and a server that sends a byte a second never lets a
    # socket's limit pass; so all of it runs beside this thread, which looks at the clock.
    worker = threading.Thread(target=run, name="fetch", daemon=True)
    try:
        worker.start()
    except RuntimeError:  # no thread to be had, so nothing will give the place back
        _turns.give_back(reader)
        raise
    try:
        worker.join(left)
        result = outcome[0] if outcome else TimeoutError()
    finally:
        clock.stop()
    if isinstance(result, Page):
        return result
    raise _said(result, seconds) from result


def _followed(url: str, private: bool, most: int, clock: Clock, resolve: Resolve, opener: Opener) -> Page:
    """The page at an address, or at the one that it leads to."""
    place = place_of(url, private)
    for _ in range(REDIRECTS + 1):
        with asked(place, private, clock, resolve, opener) as answer:
            onward = answer.get_redirect_location()
            if not onward:
                data, name = page_of(answer, place, most)
                return Page(data, place.url, name)
        place = _next(place, onward, private)
    raise refused(place, "sends its readers from page to page without end; it may want cookies")


def _next(place: Place, onward: str, private: bool) -> Place:
    try:
        return place_of(place.joined(onward), private)
    except FetchError as trouble:
        raise refused(place, "leads on to an address that Readout does not open") from trouble


def _said(trouble: Exception, seconds: float) -> Exception:
    """What went wrong, as a sentence where it is the network's doing."""
    if isinstance(trouble, FetchError):
        return FetchError(str(trouble))
    if isinstance(trouble, TimeoutError):
        return FetchError(
            f"The page did not come within {seconds:.3g} seconds. "
            "Try again later, or save the page in your browser and add the file instead."
        )
    if isinstance(trouble, HTTPError | HTTPException | OSError | ValueError):
        return FetchError(
            "The connection broke off before the whole page was here, or what came is no page. "
            "Try again later, or save the page in your browser and add the file instead."
        )
    return trouble
