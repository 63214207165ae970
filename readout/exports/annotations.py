"""A whole reading as W3C Web Annotations in reading order: quotes, times, events, and how each voice speaks of whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from readout.corrections.annotations import to_dict as remark_annotation
from readout.corrections.records import Correction
from readout.exports.quotes import quote_annotations
from readout.exports.w3c import about, authorship, body, collection, digest, identifier, target, to_bytes
from readout.records import Article, EventMention, Reading, Spoken, Timex
from readout.tables.tone import voice_name

_WIKIDATA = "http://www.wikidata.org/entity/"


def reading_annotations(article: Article, reading: Reading, remarks: Sequence[Correction] = ()) -> bytes:
    """An article's reading as a W3C Annotation Collection (JSON-LD) with one page.

    Quotes identify who speaks; times are tagged with a TIMEX3 value and their first and last day; events identify an
    entry of the catalogue, by its Wikidata address where it has one; the tone toward somebody, where the reading has
    it, is a class with its probabilities, or unclear, and says in whose words. What a reader corrected has that reader
    as its creator, what the engine found has none.

    Args:
        article: the article.
        reading: its reading.
        remarks: readers' notes and stars, which come last, as comments and bookmarks.
    """
    source, text_id = about(article), digest(article)
    placed = [
        *zip(
            (quote.start for quote in reading.all_quotes), quote_annotations(article, reading.all_quotes), strict=True
        ),
        *((timex.start, _time(article, source, text_id, timex)) for timex in reading.times),
        *((mention.start, _event(article, source, text_id, mention)) for mention in reading.events),
        *((one.start, _spoken(article, source, text_id, one)) for one in reading.toward),
    ]
    placed.sort(key=lambda pair: pair[0])
    noted = [remark_annotation(article, one) for one in remarks]
    name = article.title or article.name
    label = f"Readout's reading of “{name}”; positions count code points of the text {text_id}"
    return to_bytes(
        collection(article, label, [*(item for _, item in placed), *noted], "reading", toward=bool(reading.toward))
    )


def _time(article: Article, source: dict[str, Any], text_id: str, timex: Timex) -> dict[str, Any]:
    bodies = [body("classifying", timex.type), body("tagging", timex.value)]
    if timex.earliest and timex.latest:
        bodies.append(body("describing", f"{timex.earliest.isoformat()}/{timex.latest.isoformat()}"))
    if timex.event:
        bodies.append(body("identifying", timex.event))
    if timex.rule:
        bodies.append(body("describing", timex.rule))
    return {
        "id": identifier(text_id, "time", str(timex.start), str(timex.end)),
        "type": "Annotation",
        "motivation": "tagging",
        **authorship(timex.by),
        "body": bodies,
        "target": target(article, source, (timex.start, timex.end)),
    }


def _event(article: Article, source: dict[str, Any], text_id: str, mention: EventMention) -> dict[str, Any]:
    event = mention.event
    bodies = [
        body("identifying", event.name),
        body("describing", f"{event.first.isoformat()}/{event.last.isoformat()}"),
        *([body("describing", mention.reason)] if mention.reason else []),
    ]
    if event.wikidata:
        bodies.append({"type": "SpecificResource", "source": _WIKIDATA + event.wikidata, "purpose": "identifying"})
    return {
        "id": identifier(text_id, "event", event.name, str(mention.start), str(mention.end)),
        "type": "Annotation",
        "motivation": "identifying",
        **authorship(mention.by),
        "body": bodies,
        "target": target(article, source, (mention.start, mention.end)),
    }


def _spoken(article: Article, source: dict[str, Any], text_id: str, one: Spoken) -> dict[str, Any]:
    negative, neutral, positive = one.probabilities
    return {
        "id": identifier(text_id, "toward", one.whom, str(one.start), str(one.end)),
        "type": "Annotation",
        "motivation": "assessing",
        **authorship("", toward=True),
        "body": [
            body("identifying", one.whom),
            body("classifying", one.shown),
            body("describing", f"in the words of: {voice_name(one.speaker)}"),
            body("describing", f"negative {negative:.2f}, neutral {neutral:.2f}, positive {positive:.2f}"),
        ],
        "target": target(article, source, (one.start, one.end)),
    }
