"""What kind of file it is: the first bytes say, and the suffix only where they leave it open."""

from __future__ import annotations

import re
from typing import Literal

from readout.errors import FileError
from readout.load import several
from readout.load.archive import names_in
from readout.load.text import decode

Kind = Literal["page", "pdf", "docx", "mail", "epub", "text"]

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0", b"8BPS")
_BRANDS = (b"heic", b"heix", b"mif1", b"avif")
_PACKED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7-Zip", b"Rar!": "RAR"}
_SOUND = (b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?.*")
_OF_MAIL = {"received", "return-path", "mime-version", "message-id", "delivered-to", "x-mailer", "dkim-signature"}
_OF_LETTERS = {"from", "to", "subject", "date"}
_TAGS = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|div|p|meta|title|h[1-6]|table|span)\b", re.IGNORECASE
)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def kind_of(data: bytes, name: str) -> Kind:
    """What a file is.

    Raises:
        FileError: if it is of a kind that Readout does not open; the message says what to do.
    """
    if data.lstrip()[:5] == b"%PDF-" or b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(data, name)
    _refuse(data, name)
    suffix = name.lower().rpartition(".")[2]
    if suffix in ("pdf", "docx", "epub") and not _is_text(data):
        _broken(name)
    text = decode(data, name=name)
    return _of_text(text, suffix, name)


def _in_zip(data: bytes, name: str) -> Kind:
    names = names_in(data, name)
    if "word/document.xml" in names or any(re.match(r"word/document\d*\.xml$", part) for part in names):
        return "docx"
    if "META-INF/container.xml" in names:
        return "epub"
    what, way = "a zip archive", "Unpack it and open the files in it"
    if any(part.startswith("xl/") for part in names):
        what, way = "a spreadsheet", "Paste the article's text"
    elif any(part.startswith("ppt/") for part in names):
        what, way = "a set of slides", "Save it as PDF and open that"
    elif "content.xml" in names:
        what, way = "an OpenDocument text", "Save it as Word (.docx) and open that"
    elif "Index/Document.iwa" in names:
        what, way = "a Pages document", "Export it as Word (.docx) and open that"
    raise FileError(f"{name} is {what}, which Readout does not open. {way}.")


def _refuse(data: bytes, name: str) -> None:
    """Say what to do about a kind of file that many people have and Readout does not open."""
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[8:12] in _BRANDS:
        # A text may begin with "BM", so the mark of a bitmap counts only where the rest is no text.
        if data.startswith(b"BM") and _is_text(data):
            return
        raise FileError(f"{name} is a picture. Have its text recognised first, or paste the article's text.")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise FileError(f"{name} is locked with a password. Save a copy without one and open that.")
        raise FileError(f"{name} is a document of an old Office version. Save it as .docx or PDF and open that.")
    if data.lstrip()[:5] == b"{\\rtf":
        raise FileError(f"{name} is a rich text file (RTF). Save it as .docx or plain text and open that.")
    for mark, what in _PACKED.items():
        if data.startswith(mark):
            raise FileError(f"{name} is packed ({what}). Unpack it and open the files in it.")
    if data.startswith(_SOUND) or data[4:8] == b"ftyp" or data[:4] == b"RIFF":
        raise FileError(f"{name} is a recording. Readout reads text: open a transcript of it.")


def _is_text(data: bytes) -> bool:
    return b"\0" not in data[:4096] and not re.search(rb"[\x01-\x06\x0e-\x1a]", data[:4096])


def _broken(name: str) -> None:
    raise FileError(
        f"{name} is broken: it is not complete or not what its name says. Save it again where it came from."
    )


def _of_text(text: str, suffix: str, name: str) -> Kind:
    head = text[:20_000]
    if _is_mail(head, suffix):
        return "mail"
    if _PAGE.match(text, several.past_comments(text, 0)):
        return "page"
    several.refuse(text, suffix, name)
    if suffix in ("md", "markdown", "txt", "text"):
        return "text"
    if suffix in ("html", "htm", "xhtml") and _TAGS.search(text):
        return "page"
    return "page" if len(_TAGS.findall(head)) >= 3 and head.lstrip().startswith("<") else "text"


def _is_mail(head: str, suffix: str) -> bool:
    names = []
    for line in head.lstrip().splitlines()[:200]:
        header = _HEADER.match(line)
        if header:
            names.append(header[1].lower())
        elif line[:1] not in (" ", "\t") and not (not names and line.startswith(("From ", ">From "))):
            break
    technical, written = _OF_MAIL.intersection(names), _OF_LETTERS.intersection(names)
    if suffix in ("eml", "mht", "mhtml"):
        return bool(technical or written or "content-type" in names)
    return bool(technical) and bool(written or "content-type" in names)
