"""E-books and magazines (EPUB): the chapters in their order, without covers, contents and pictures."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from typing import Any
from urllib.parse import unquote

import lxml.html
from lxml import etree

from readout.errors import FileError
from readout.load.archive import Archive
from readout.load.blocks import Block, blocks_of, joined
from readout.load.text import decode
from readout.records import Article

_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_ASIDE = re.compile(r"(?:^|/)(?:cover|toc|nav|contents|title-?page|copyright|colophon)\b[^/]*$", re.IGNORECASE)
_FONTS = re.compile(r"obfuscat|mangling", re.IGNORECASE)


def read(data: bytes, *, name: str, url: str | None = None) -> Article:
    """An article from an e-book.

    Raises:
        FileError: if it is broken, or locked by its seller.
    """
    archive = Archive(data, name)
    _refuse_locked(archive, name)
    package = _package(archive, name)
    root = _xml(archive.read(package), name)
    blocks = [
        block
        for part in _spine(root, posixpath.dirname(package))
        if part in archive.names
        for block in _chapter(archive.read(part), name)
    ]
    title = _said(root, "title")
    if len(blocks) > 1 and blocks[0].is_heading and (not title or blocks[0].text.casefold() == title.casefold()):
        title, blocks = blocks[0].text, blocks[1:]
    return Article(
        joined(blocks),
        title=title,
        byline=", ".join(_all(root, "creator")),
        publisher=_said(root, "publisher"),
        published=_day(_said(root, "date")),
        language=_said(root, "language"),
    )


def _refuse_locked(archive: Archive, name: str) -> None:
    if "META-INF/encryption.xml" not in archive.names:
        return
    methods = [
        element.get("Algorithm") or ""
        for element in _xml(archive.read("META-INF/encryption.xml"), name).iter("{*}EncryptionMethod")
    ]
    if any(not _FONTS.search(method) for method in methods):
        raise FileError(
            f"{name} is locked by whoever sold it. Open it in its own reading app, and paste the article's text."
        )


def _xml(data: bytes, name: str) -> Any:  # noqa: ANN401  (lxml has no types)
    root = etree.fromstring(data, _SAFE)
    if root is None:
        raise FileError(f"{name} is broken: parts of the book can't be read. Get it again where it came from.")
    return root


def _package(archive: Archive, name: str) -> str:
    """Where the list of the book's parts is."""
    places = _xml(archive.read("META-INF/container.xml"), name).iter("{*}rootfile")
    place = next((place.get("full-path") for place in places), None)
    if place is None or place not in archive.names:
        raise FileError(f"{name} is broken: the list of its parts is missing. Get it again where it came from.")
    return str(place)


def _spine(root: Any, folder: str) -> list[str]:  # noqa: ANN401
    """The parts of the zip that hold the chapters, in reading order."""
    items = {item.get("id"): item for item in root.iter("{*}item")}
    found: dict[str, None] = {}
    for reference in root.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or reference.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
            continue
        place = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        if item.get("media-type") in _PAGES and not _ASIDE.search(place):
            found[place] = None
    return list(found)


def _chapter(data: bytes, name: str) -> list[Block]:
    """The paragraphs of a chapter; one that can't be read costs no others."""
    try:
        tree = lxml.html.document_fromstring(decode(data, name=name).encode(), lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, FileError):
        return []
    body = tree.find("body")
    return blocks_of(tree if body is None else body, without=frozenset(("nav", "head", "figcaption")))


def _all(root: Any, field: str) -> list[str]:  # noqa: ANN401
    return [text for element in root.iter(f"{{*}}{field}") if (text := " ".join((element.text or "").split()))]


def _said(root: Any, field: str) -> str:  # noqa: ANN401
    return next(iter(_all(root, field)), "")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None
