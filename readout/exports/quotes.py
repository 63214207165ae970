"""Quotes to take away as data: plain JSON, and W3C Web Annotations."""

from __future__ import annotations

import json
import re
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from readout.citations import web_address
from readout.quoted import said, tones, unmarked, wording
from readout.records import Article, Quote, Reading, Span

_AROUND = 32
"""How many characters a text quote selector gives before and after, as browsers' text fragments commonly do."""
_CUT = 440
"""Room for a tag that the edge of those characters may cut."""


def to_json(article: Article, reading: Reading, quotes: Sequence[Quote]) -> bytes:
    """The quotes as JSON in the order given: the engine's records with their words, the speaker's role and the tone.

    Offsets count code points of the article's text, whose SHA-256 stands beside them; paragraphs count from 0.
    """
    roles = {speaker.name: speaker.role for speaker in reading.speakers}
    found = [
        {
            "words": said(article.text, quote),
            **asdict(quote),
            "role": roles.get(quote.speaker, ""),
            "tone": asdict(tone) if tone else None,
        }
        for quote, tone in zip(quotes, tones(reading, quotes), strict=True)
    ]
    about = {
        "title": article.title,
        "byline": article.byline,
        "publisher": article.publisher,
        "republisher": article.republisher,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "url": article.url,
        "licence": article.licence,
        "sha256": sha256(_bytes(article.text)).hexdigest(),
    }
    return _json({"article": about, "offsets": "code points", "quotes": found})


def to_annotations(article: Article, reading: Reading, quotes: Sequence[Quote]) -> bytes:
    """The quotes as a W3C Web Annotation Collection (JSON-LD) with one page, in the order given.

    The target is the article's address, or the digest of its text (RFC 6920) where it has none. Positions count
    Unicode code points, as the Web Annotation Data Model asks (section 4.2.5), of the text as given.
    """
    digest = urlsafe_b64encode(sha256(_bytes(article.text)).digest()).decode().rstrip("=")
    text_id = f"ni:///sha-256;{digest}"
    source: dict[str, Any] = {"id": web_address(article) or text_id, "type": "Text"}
    if article.language:
        source["language"] = article.language
    items = [_annotation(article, text_id, source, quote) for quote in quotes]
    name = _identifier(text_id, *(item["id"] for item in items))
    collection: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": name,
        "type": "AnnotationCollection",
        "label": f"Quotes in “{article.title or article.name}”; positions count code points of the text {text_id}",
        "total": len(items),
    }
    if items:
        page = _identifier(name, "page")
        collection["first"] = {"id": page, "type": "AnnotationPage", "startIndex": 0, "items": items}
        collection["last"] = page
    return _json(collection)


def _annotation(article: Article, text_id: str, source: dict[str, Any], quote: Quote) -> dict[str, Any]:
    cue = " … ".join(wording(article.text, span) for span in quote.cue)
    bodies = [
        ("identifying", quote.speaker),
        ("classifying", quote.kind),
        ("tagging", cue),
        ("describing", quote.evidence),
        ("describing", quote.reason),
    ]
    targets = [
        {"type": "SpecificResource", "source": source, "selector": _selectors(article.text, span)}
        for span in quote.content
    ]
    return {
        "id": _identifier(text_id, *map(str, quote.content)),
        "type": "Annotation",
        "motivation": "identifying",
        "generator": {"type": "Software", "name": "Readout"},
        "body": [
            {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}
            for purpose, value in bodies
            if value
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _selectors(text: str, span: Span) -> list[dict[str, Any]]:
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


def _one_spaced(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _identifier(*parts: str) -> str:
    """A name that is always the same for the same parts."""
    return uuid.uuid5(uuid.NAMESPACE_URL, _bytes("\n".join(parts)).decode()).urn


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="replace")


def _json(value: object) -> bytes:
    return _bytes(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
