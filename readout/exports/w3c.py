"""What all of Readout's W3C Web Annotations have in common: their collection, their source, their selectors."""

from __future__ import annotations

import json
import re
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from readout.citations import web_address
from readout.quoted import unmarked, wording
from readout.records import Article, Span
from readout.version import provenance

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_AROUND = 32
"""How many characters a text quote selector gives before and after, as browsers' text fragments commonly do."""
_CUT = 440
"""Room for a tag that the edge of those characters may cut."""


def collection(
    article: Article, label: str, items: Sequence[dict[str, Any]], *parts: str, toward: bool = False
) -> dict[str, Any]:
    """Annotations as an Annotation Collection with one page, in the order given.

    Args:
        article: the article that they are of.
        label: what they are.
        items: the annotations.
        parts: what tells this collection's name from that of another one of the same annotations.
        toward: whether they say how somebody is spoken of.
    """
    name = identifier(digest(article), *parts, *(item["id"] for item in items))
    whole: dict[str, Any] = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": label,
        "generator": generator(toward=toward),
        "total": len(items),
    }
    if items:
        page = identifier(name, "page")
        whole["first"] = {"id": page, "type": "AnnotationPage", "startIndex": 0, "items": list(items)}
        whole["last"] = page
    return whole


def target(article: Article, source: dict[str, Any], span: Span) -> dict[str, Any]:
    """A span of an article's text, by its words and by its position in code points, as section 4.2.5 asks."""
    return {"type": "SpecificResource", "source": source, "selector": selectors(article.text, span)}


def selectors(text: str, span: Span) -> list[dict[str, Any]]:
    """A span by its words, as a person reads them, and by its position."""
    start, end = span
    before = _one_spaced(unmarked(text, (max(start - _CUT, 0), start)))
    after = _one_spaced(unmarked(text, (end, end + _CUT)))
    return [
        {
            "type": "TextQuoteSelector",
            "exact": wording(text, span),
            "prefix": before[-_AROUND:],
            "suffix": after[:_AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def body(purpose: str, value: str) -> dict[str, Any]:
    """A body of plain text."""
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def generator(*, toward: bool = False) -> dict[str, Any]:
    """The software that wrote an annotation down, with the engine's version and the models that it asked."""
    read_by = provenance(toward=toward)
    version = f"engine {read_by.engine}, {read_by.model}"
    return {"type": "Software", "name": "Readout", "schema:softwareVersion": version}


def authorship(by: str, *, toward: bool = False) -> dict[str, Any]:
    """Who says so: the reader as the annotation's creator, or nobody but the software that wrote it down."""
    creator = {"creator": {"type": "Person", "name": by}} if by else {}
    return creator | {"generator": generator(toward=toward)}


def digest(article: Article) -> str:
    """A name for an article's text that is made of the text alone (RFC 6920)."""
    value = urlsafe_b64encode(sha256(encoded(article.text)).digest()).decode().rstrip("=")
    return f"ni:///sha-256;{value}"


def about(article: Article) -> dict[str, Any]:
    """What an annotation is of: the article's address, or the digest of its text where it has none."""
    source: dict[str, Any] = {"id": web_address(article) or digest(article), "type": "Text"}
    if article.language:
        source["language"] = article.language
    return source


def identifier(*parts: str) -> str:
    """A name that is always the same for the same parts."""
    return uuid.uuid5(uuid.NAMESPACE_URL, encoded("\n".join(parts)).decode()).urn


def encoded(text: str) -> bytes:
    """Text as UTF-8, with a question mark for half a surrogate pair, which UTF-8 can't hold."""
    return text.encode("utf-8", errors="replace")


def to_bytes(value: object) -> bytes:
    """Plain data as JSON."""
    return encoded(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _one_spaced(words: str) -> str:
    return re.sub(r"\s+", " ", words)
