"""What a server's answer is: a page, or a sentence for why there is none."""

from __future__ import annotations

import re
from contextlib import suppress
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote

from urllib3 import BaseHTTPResponse

from readout.errors import FetchError, FileError
from readout.fetch.place import Place
from readout.load.text import decode

SAVE = "Save the page in your browser and add the file instead."
_STATUS = {
    401: ("asks for a name and a password before it shows this page", SAVE),
    402: ("wants to be paid for this page", SAVE),
    403: ("does not show this page to programs", SAVE),
    404: ("has no page at this address", "Check the address."),
    407: ("can be asked through a proxy only", SAVE),
    410: ("has taken this page down", "Look for a copy in a web archive and add that."),
    429: ("has been asked too often", f"Try again later. {SAVE}"),
    451: ("may not show this page for legal reasons", SAVE),
}
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "message/rfc822": ".eml",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_OPEN = frozenset(("", "application/octet-stream", "binary/octet-stream", "application/xml", "text/xml"))
"""Types that leave open what it is; the first bytes will say."""
_WRITTEN = frozenset((".html", ".txt", ".md"))
_OTHER = {
    "image": "a picture",
    "video": "a film",
    "audio": "a recording",
    "application/json": "data for programs (JSON)",
    "application/ld+json": "data for programs (JSON)",
    "application/jsonl": "data for programs (JSON Lines)",
    "application/x-ndjson": "data for programs (JSON Lines)",
    "text/csv": "a table (CSV)",
    "text/tab-separated-values": "a table (TSV)",
    "application/rss+xml": "a list of articles (a feed)",
    "application/atom+xml": "a list of articles (a feed)",
    "application/feed+json": "a list of articles (a feed)",
    "application/zip": "a packed file (zip)",
}
_ENCODINGS = frozenset(("", "identity", "gzip", "x-gzip", "deflate"))
_PIECE = 65_536


def refused(place: Place, why: str, then: str = SAVE) -> FetchError:
    """The error that says why there is no page from a server, and what to do."""
    return FetchError(f"The server {place.shown} {why}. {then}")


def page_of(answer: BaseHTTPResponse, place: Place, most: int) -> tuple[bytes, str]:
    """The bytes of a page, and a name for it as a file.

    Raises:
        FetchError: if the answer is no page, no article, or too large.
    """
    if answer.status not in (200, 203):
        raise refused(place, *_status(answer.status))
    said = Message()
    said["Content-Type"] = re.sub(r"\s+", " ", answer.headers.get("Content-Type", ""))
    kind = said.get_content_type() if said["Content-Type"] else ""
    if kind not in _SUFFIXES and kind not in _OPEN:
        what = _OTHER.get(kind) or _OTHER.get(kind.partition("/")[0]) or "something else"
        raise refused(place, f"has {what} at this address, not a page with an article", "Open the article itself.")
    data = _body(answer, place, most)
    name = _name(place, _SUFFIXES.get(kind, ""))
    if not data.strip():
        raise refused(place, "sent an empty page")
    if PurePosixPath(name).suffix in _WRITTEN and (charset := said.get_content_charset()):
        data = _in_utf8(data, name, charset)
    return data, name


def _status(status: int) -> tuple[str, str]:
    if status >= 500:
        return f"has trouble of its own (error {status})", f"Try again later. {SAVE}"
    return _STATUS.get(status, (f"did not give the page (answer {status})", SAVE))


def _body(answer: BaseHTTPResponse, place: Place, most: int) -> bytes:
    """All of the body, unpacked piece by piece, and no more of it than is wanted."""
    packed = answer.headers.get("Content-Encoding", "").strip().lower()
    if packed not in _ENCODINGS:
        raise refused(place, "sends this page packed in a way that was not asked for")
    too_large = refused(place, f"sends more than {most / 1_000_000:.3g} MB, far more than an article", SAVE)
    length = answer.headers.get("Content-Length", "")
    if length.isdecimal() and len(length) < 19 and int(length) > most:
        raise too_large
    data = bytearray()
    for piece in answer.stream(_PIECE, decode_content=True):
        data += piece
        if len(data) > most or answer.tell() > most:
            raise too_large
    return bytes(data)


def _in_utf8(data: bytes, name: str, charset: str) -> bytes:
    """The bytes in UTF-8 where they are in the encoding that the server names: a file keeps no header that says so."""
    try:
        data.decode()
    except UnicodeDecodeError:
        with suppress(FileError):
            return decode(data, name=name, declared=charset).encode("utf-8", "replace")
    return data


def _name(place: Place, suffix: str) -> str:
    """The last part of a path, or the host, with the suffix of the kind of file that it is."""
    last = unquote(place.target.partition("?")[0].rstrip("/").rpartition("/")[2])
    plain = re.sub(r"[^\w. -]+", "-", last).strip(" .-")[:80]
    if not plain:
        return place.host + (suffix or ".html")
    stem, own = PurePosixPath(plain).stem, PurePosixPath(plain).suffix
    if not suffix or own.lower() == suffix or (suffix == ".html" and own.lower() == ".htm"):
        return plain
    return (stem if re.fullmatch(r"\.[A-Za-z]\w{1,4}", own) else plain) + suffix
