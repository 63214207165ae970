"""Ask one server for one page: at an address that was checked, without cookies, proxies or a word about the reader."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from ipaddress import ip_address

import certifi
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection

from readout.errors import FetchError
from readout.fetch.addresses import Resolve, is_public, may_be_asked
from readout.fetch.answers import SAVE, refused
from readout.fetch.place import Place

Opener = Callable[[str, int, float], socket.socket]
"""Opens a connection to an address and port, within so many seconds."""
_ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.9,*/*;q=0.5"


class Clock:
    """The time that a fetch has, and the one connection that is open, which ends when the time does."""

    def __init__(self, seconds: float) -> None:
        """Begin to count."""
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._held: socket.socket | None = None
        self._stopped = False

    def left(self) -> float:
        """The seconds that are left.

        Raises:
            TimeoutError: if none are.
        """
        left = self._end - time.monotonic()
        if left <= 0 or self._stopped:
            raise TimeoutError
        return left

    @contextmanager
    def over(self, connection: socket.socket) -> Iterator[None]:
        """Have a connection end with the time: another hand on it stays good while TLS takes the first one over."""
        with self._lock:
            if self._stopped:
                raise TimeoutError
            self._held = connection.dup()
        try:
            yield
        finally:
            self._let_go()

    def stop(self) -> None:
        """End the time, and the connection if one is open."""
        self._stopped = True
        self._let_go()

    def _let_go(self) -> None:
        with self._lock:
            if self._held is not None:
                with suppress(OSError):
                    self._held.shutdown(socket.SHUT_RDWR)
                self._held.close()
                self._held = None


def open_to(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to an address.

    Raises:
        OSError: if nothing answers there.
        FetchError: if a public address turns out to be this machine's own, behind whose firewall we are.
    """
    connection = socket.create_connection((address, port), seconds)
    if is_public(ip_address(address)) and leads_home(connection):
        connection.close()
        raise FetchError(f"This address leads back to the machine that Readout runs on, which it does not ask. {SAVE}")
    return connection


def leads_home(connection: socket.socket) -> bool:
    """Whether both ends of a connection are on this machine."""
    return bool(connection.getsockname()[0] == connection.getpeername()[0])


@contextmanager
def asked(place: Place, private: bool, clock: Clock, resolve: Resolve, opener: Opener) -> Iterator[BaseHTTPResponse]:
    """The answer of the server at a place, its body still to be read.

    Raises:
        FetchError: if it may not be asked, or can't be.
        TimeoutError: if the time is over.
    """
    connection = _connected(_addresses(place, private, resolve), place, clock, opener)
    with connection, clock.over(connection):
        connection.settimeout(clock.left())
        # From here on only this connection is used: whatever a name's addresses are by now, nobody asks again.
        channel = HTTPConnection(place.host, place.port, timeout=clock.left())
        channel.auto_open = 0
        channel.sock = _secured(connection, place) if place.secure else connection
        try:
            channel.request("GET", place.target, headers=_headers(place), preload_content=False)
            yield channel.getresponse()
        finally:
            channel.close()


def _addresses(place: Place, private: bool, resolve: Resolve) -> list[str]:
    """The addresses of a place, if every one of them may be asked."""
    try:
        addresses = list(resolve(place.host, place.port))
    except (OSError, UnicodeError) as trouble:
        raise FetchError(
            f"There is no server {place.shown} to be found. Check the address and the connection to the internet."
        ) from trouble
    if not addresses or not all(may_be_asked(address, private=private) for address in addresses):
        raise refused(place, "is not on the public internet, and Readout asks no other network")
    return addresses


def _connected(addresses: list[str], place: Place, clock: Clock, opener: Opener) -> socket.socket:
    """A connection to the first address that answers, each with its share of the time."""
    for tried, address in enumerate(addresses):
        with suppress(OSError):
            return opener(address, place.port, clock.left() / (len(addresses) - tried))
    clock.left()
    raise FetchError(f"The server {place.shown} does not answer. Try again later, or check the address.")


def _secured(connection: socket.socket, place: Place) -> ssl.SSLSocket:
    # The system's own authorities, and those of Mozilla for a Python that was installed without any.
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    try:
        return context.wrap_socket(connection, server_hostname=place.host.rstrip("."))
    except ssl.SSLCertVerificationError as trouble:
        raise refused(place, "can't prove that it is who it says it is (its certificate is not good)") from trouble


def _headers(place: Place) -> dict[str, str]:
    try:
        agent = f"Readout/{version('readout')}"
    except PackageNotFoundError:
        agent = "Readout/0"
    return {
        "Host": place.authority,
        "User-Agent": agent,
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip",
        "Accept-Language": "en,*;q=0.5",
        "Connection": "close",
    }
