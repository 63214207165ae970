"""Quotes to take away as data: plain JSON, and W3C Web Annotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from readout.exports.w3c import about, authorship, body, collection, digest, encoded, identifier, target, to_bytes
from readout.quoted import said, tones, wording
from readout.records import Article, Quote, Reading
from readout.version import provenance
from readout.wording import origin

LESS_CERTAIN = "less certain"
"""What a paraphrase is called that is too doubtful to be shown unasked."""


def to_json(article: Article, reading: Reading, quotes: Sequence[Quote]) -> bytes:
    """The quotes as JSON in the order given: the engine's records with their words, the speaker's role and the tone.

    Offsets count code points of the article's text, whose SHA-256 stands beside them; paragraphs count from 0. `by`
    is the reader who says so, empty where the engine does, as `said_by` has it in words; `read_by` is the engine's
    version and its models. `held` marks a paraphrase too doubtful to be shown unasked.
    """
    roles = {speaker.name: speaker.role for speaker in (*reading.speakers, *reading.hidden)}
    found = [
        {
            "words": said(article.text, quote),
            **asdict(quote),
            "said_by": origin(quote.by),
            "role": roles.get(quote.speaker, ""),
            "tone": asdict(tone) if tone else None,
        }
        for quote, tone in zip(quotes, tones(reading, quotes), strict=True)
    ]
    read_by = provenance().to_dict()
    return to_bytes({"article": described(article), "read_by": read_by, "offsets": "code points", "quotes": found})


def described(article: Article) -> dict[str, Any]:
    """What is known of an article beside its text, as plain JSON, and the SHA-256 of the text."""
    return {
        "title": article.title,
        "byline": article.byline,
        "publisher": article.publisher,
        "republisher": article.republisher,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "url": article.url,
        "licence": article.licence,
        "sha256": sha256(encoded(article.text)).hexdigest(),
    }


def to_annotations(article: Article, reading: Reading, quotes: Sequence[Quote]) -> bytes:
    """The quotes as a W3C Web Annotation Collection (JSON-LD) with one page, in the order given.

    The target is the article's address, or the digest of its text (RFC 6920) where it has none. Positions count
    Unicode code points, as the Web Annotation Data Model asks (section 4.2.5), of the text as given. A quote that a
    reader corrected has that reader as its creator; a paraphrase too doubtful to be shown unasked is classed as less
    certain.
    """
    label = f"Quotes in “{article.title or article.name}”; positions count code points of the text {digest(article)}"
    return to_bytes(collection(article, label, quote_annotations(article, quotes)))


def quote_annotations(article: Article, quotes: Sequence[Quote]) -> list[dict[str, Any]]:
    """Each quote as an annotation: who says it, its kind, its cue, and how that was found."""
    source, text_id = about(article), digest(article)
    return [_annotation(article, text_id, source, quote) for quote in quotes]


def _annotation(article: Article, text_id: str, source: dict[str, Any], quote: Quote) -> dict[str, Any]:
    cue = " … ".join(wording(article.text, span) for span in quote.cue)
    bodies = [
        ("identifying", quote.speaker),
        ("classifying", quote.kind),
        ("classifying", LESS_CERTAIN if quote.held else ""),
        ("tagging", cue),
        ("describing", quote.evidence),
        ("describing", quote.reason),
        ("describing", f"right in {quote.confidence:.0%} of such cases" if quote.held else ""),
    ]
    targets = [target(article, source, span) for span in quote.content]
    return {
        "id": identifier(text_id, *map(str, quote.content)),
        "type": "Annotation",
        "motivation": "identifying",
        **authorship(quote.by),
        "body": [body(purpose, value) for purpose, value in bodies if value],
        "target": targets[0] if len(targets) == 1 else targets,
    }
