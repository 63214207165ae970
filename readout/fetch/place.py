"""A page's address, taken apart and admitted."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from readout.errors import FetchError

_PORTS = {"http": 80, "https": 443}
_OPEN = frozenset((80, 443, 8080, 8443))
"""Ports where pages for the public are; behind others lie mail, databases and machines' own services."""
_LONGEST = 4_000
_ASK = "Copy it from the address bar of your browser, such as https://example.org/article."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is."""

    secure: bool
    host: str
    """A name or an address, without brackets."""
    port: int
    authority: str
    """Host and port as the server is told them."""
    target: str
    """Path and query."""

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{'https' if self.secure else 'http'}://{self.authority}{self.target}"

    @property
    def shown(self) -> str:
        """The host as a message shows it."""
        return self.host if len(self.host) <= 60 else f"{self.host[:40]}…{self.host[-19:]}"

    def joined(self, onward: str) -> str:
        """The address that a redirect leads to.

        Raises:
            FetchError: if it is none.
        """
        try:
            # Headers come as Latin-1, addresses in them are mostly UTF-8.
            return urljoin(self.url, onward.encode("latin-1").decode("utf-8"))
        except ValueError as trouble:
            raise _no_address() from trouble


def place_of(url: str, private: bool = False) -> Place:
    """Take an address apart.

    Args:
        url: the address.
        private: whether any port will do.

    Raises:
        FetchError: if it is none, or not one of a public page.
    """
    written = url.strip()
    if len(written) > _LONGEST:
        raise FetchError(f"This address has more than {_LONGEST:,} characters. Leave out what the page does not need.")
    try:
        parts = parse_url(written)
    except (LocationParseError, ValueError) as trouble:
        raise _no_address() from trouble
    if parts.scheme not in _PORTS:
        raise FetchError(f"The address of a page begins with http:// or https://, and this one does not. {_ASK}")
    if parts.auth is not None:
        raise FetchError(
            "This address holds a name or a password, which Readout sends to nobody. "
            "Leave it out, or save the page in your browser and add the file instead."
        )
    if not parts.host or "%" in parts.host or not parts.host.isascii():
        raise _no_address()
    port = _PORTS[parts.scheme] if parts.port is None else parts.port
    if port == 0 or not (private or port in _OPEN):
        raise FetchError(
            f"This address asks for port {port}, where no pages for the public are. "
            "Save the page in your browser and add the file instead."
        )
    return Place(
        secure=parts.scheme == "https",
        host=parts.host.strip("[]"),
        port=port,
        authority=parts.netloc or "",
        target=parts.request_uri,
    )


def _no_address() -> FetchError:
    return FetchError(f"This is not the address of a page. {_ASK}")
