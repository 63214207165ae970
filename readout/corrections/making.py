"""Corrections as a reader makes them, one function a kind. Whoever calls says who and when; no clock is asked."""

from __future__ import annotations

import json
import uuid
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from readout.corrections.anchors import describe
from readout.corrections.records import FACTS, Anchor, Correction, Days, Fact, Pair, Said, Sort, Value
from readout.errors import CorrectionError
from readout.records import Article, Event, Kind, Quote, Reading, Span, Speaker


def not_a_quote(article: Article, quote: Quote, *, by: str, when: str) -> Correction:
    """Nobody says this."""
    return _make("not a quote", _anchors(article, quote.content), None, by, when)


def a_quote(article: Article, words: Iterable[Span], speaker: str, kind: Kind, *, by: str, when: str) -> Correction:
    """Somebody says these words, which may lie in several stretches."""
    return _make("quote", _anchors(article, words), Said(_name(speaker), kind), by, when)


def bounds(
    article: Article, quote: Quote, words: Iterable[Span], *, by: str, when: str, kind: Kind | None = None
) -> Correction:
    """What this quote says are these words, and of this kind where it changes too."""
    said = Said(quote.speaker, kind or quote.kind, _anchors(article, words))
    return _make("bounds", _anchors(article, quote.content), said, by, when)


def another_speaker(article: Article, quote: Quote, speaker: str, *, by: str, when: str) -> Correction:
    """Somebody else says this."""
    return _make("speaker", _anchors(article, quote.content), Said(_name(speaker), quote.kind), by, when)


def same_speaker(
    article: Article, reading: Reading, kept: Speaker, other: Speaker, *, by: str, when: str
) -> Correction:
    """These two are one, by the name of the first."""
    places = [_place_of(reading, speaker) for speaker in (kept, other)]
    return _make("same speaker", _anchors(article, places), Pair(kept.name, other.name), by, when)


def a_time(
    article: Article, words: Span, earliest: date, latest: date | None = None, *, by: str, when: str
) -> Correction:
    """These words mean this day, or these days."""
    latest = latest or earliest
    return _make("time", _anchors(article, [words]), Days(_timex(earliest, latest), earliest, latest), by, when)


def an_event(article: Article, words: Span, event: Event | None, *, by: str, when: str) -> Correction:
    """These words mean this event, or none of the catalogue."""
    return _make("event", _anchors(article, [words]), event, by, when)


def a_fact(fact: Fact, value: str | date | None, *, by: str, when: str) -> Correction:
    """This is known of the article beside its text: its title, its day of publication or None, its publisher ...

    Raises:
        CorrectionError: if it is a title without words, or a value that such a fact can't have.
    """
    return _make(fact, (), " ".join(value.split()) if isinstance(value, str) else value, by, when)


def facts(before: Article, after: Article, *, by: str, when: str) -> list[Correction]:
    """What is known of an article beside its text is what the second says: one correction for each fact that differs.

    Raises:
        CorrectionError: if the second has no title.
    """
    return [
        a_fact(fact, now, by=by, when=when) for fact in FACTS if (now := getattr(after, fact)) != getattr(before, fact)
    ]


def a_note(article: Article, words: Iterable[Span], remark: str, *, by: str, when: str) -> Correction:
    """A reader's own remark on these words, which may lie in several stretches."""
    return _make("note", _anchors(article, words), remark.strip(), by, when)


def another_remark(note: Correction, remark: str, *, by: str, when: str) -> Correction:
    """The same note with other words of its reader."""
    return _make("note", note.target, remark.strip(), by, when)


def a_star(*, by: str, when: str) -> Correction:
    """A reader wants to find this article again."""
    return _make("star", (), None, by, when)


def a_place(article: Article, words: Span, *, by: str, when: str) -> Correction:
    """A reader stopped reading at these words, and wants to go on there."""
    return _make("place", _anchors(article, [words]), None, by, when)


def _make(sort: Sort, target: tuple[Anchor, ...], value: Value, by: str, when: str) -> Correction:
    """A correction whose id is always the same for the same correction, so that a second press makes no second one."""
    plain = asdict(value) if isinstance(value, Said | Pair | Days | Event) else value
    parts = (sort, [asdict(anchor) for anchor in target], plain, by, when)
    name = json.dumps(parts, default=str)
    return Correction(uuid.uuid5(uuid.NAMESPACE_URL, name).urn, sort, target, value, when, " ".join(by.split()))


def _anchors(article: Article, spans: Iterable[Span]) -> tuple[Anchor, ...]:
    return tuple(describe(article.text, span) for span in spans)


def _name(speaker: str) -> str:
    return " ".join(speaker.split())


def _place_of(reading: Reading, speaker: Speaker) -> Span:
    """A place that means a speaker: words of theirs, for no other speaker can have them too; else a mention."""
    said = next((quote.content[0] for quote in reading.quotes if quote.speaker == speaker.name), None)
    place = said or next(iter(speaker.mentions), None)
    if place is None:
        raise CorrectionError(f"“{speaker.name}” says nothing in this article, so there is nobody to be one with.")
    return place


def _timex(earliest: date, latest: date) -> str:
    """Days as a TIMEX3 value, or an interval after ISO 8601 where there is none."""
    if earliest == latest:
        return earliest.isoformat()
    ends_month = latest.day == monthrange(latest.year, latest.month)[1]
    if earliest.day == 1 and ends_month and earliest.year == latest.year:
        if earliest.month == latest.month:
            return f"{earliest.year:04}-{earliest.month:02}"
        if (earliest.month, latest.month) == (1, 12):
            return f"{earliest.year:04}"
    return f"{earliest.isoformat()}/{latest.isoformat()}"
