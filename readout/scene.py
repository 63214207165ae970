"""What the annotated article draws, in the app and in a page that stands alone: plain data for the browser.

This is the border where Python's code points become the UTF-16 units of the browser's strings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any

from readout import citations, wording
from readout.layout import plain
from readout.palette import Colour
from readout.quoted import Tone, doubtful, tones, word_count
from readout.records import REPORTER, Article, Quote, Reading, Span, Timex
from readout.utf16 import to_utf16

WORDS_A_MINUTE = 230
"""Silent reading of English non-fiction: 238 words a minute on average (Brysbaert 2019), a little less on a screen."""

_TYPES = {"DATE": "a date", "TIME": "a time of day", "DURATION": "a length of time", "SET": "something that recurs"}


def scene(
    article: Article, reading: Reading, palette: Mapping[str, Colour], told: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Everything the component needs to draw the page once; the filter comes apart.

    Mark positions are UTF-16 units from the start of their paragraph; `at` is the code point where the
    paragraph or quote starts in the article's text. `told` says who corrected the title or the day of publication.
    """
    text = plain(article.text)
    start, end = reading.layout.body
    roles = {s.name: s.role for s in reading.speakers}
    return {
        "head": {**_head(article, reading), "by": _told(told or {})},
        "voices": _voices(text, reading, palette),
        "paragraphs": _paragraphs(text, reading),
        "quotes": [
            _quote(article, quote, tone, roles.get(quote.speaker, ""))
            for quote, tone in zip(reading.quotes, tones(reading, reading.quotes), strict=True)
        ],
        "times": [_time(text, reading, t) for t in reading.times],
        "foot": _blocks(text[end:]),
        "before": _blocks(text[:start]),
        "links": [{"label": link.label, "url": link.url} for link in article.links],
        "licence": article.licence,
    }


def places(text: str, reading: Reading, spans: Sequence[Span]) -> list[tuple[int, int, int]]:
    """Where spans of a text stand in the scene: their paragraph's number, and start and end in UTF-16 units."""
    paragraphs = reading.layout.paragraphs
    starts = [paragraph.start for paragraph in paragraphs]
    found = []
    for start, end in spans:
        paragraph = paragraphs[max(bisect_right(starts, start) - 1, 0)]
        words = text[paragraph.start : paragraph.end]
        first, last = to_utf16(words, [start - paragraph.start, min(end, paragraph.end) - paragraph.start])
        found.append((paragraph.index, first, last))
    return found


def _head(article: Article, reading: Reading) -> dict[str, str]:
    words = sum(len(article.text[p.start : p.end].split()) for p in reading.layout.paragraphs)
    minutes = ceil(words / WORDS_A_MINUTE)
    return {
        "title": article.title,
        "publisher": article.publisher,
        "date": wording.day(article.published) if article.published else "",
        "time": f"{minutes} min read" if words else "",
        "byline": article.byline,
        "republisher": article.republisher,
        "region": article.region,
        "url": article.url,
    }


def _told(told: Mapping[str, str]) -> str:
    names = {"title": "title", "published": "day of publication"}
    words = "; ".join(f"{names[field]} corrected by {by}" for field, by in told.items())
    return words[:1].upper() + words[1:]


def _voices(text: str, reading: Reading, palette: Mapping[str, Colour]) -> list[dict[str, Any]]:
    """The speakers, most words first, then the reporter, with their share of the article's words."""
    words: Counter[str] = Counter()
    for stretch in reading.voices:
        words[stretch.speaker] += len(text[stretch.start : stretch.end].split())
    quotes = Counter(q.speaker for q in reading.quotes)
    total = words.total() or 1

    def voice(name: str, role: str, aliases: tuple[str, ...], *, named: bool, by: str = "") -> dict[str, Any]:
        colour = palette[name]
        return {
            "name": name,
            "role": role,
            "aliases": [a for a in aliases if a != name][:6],
            "named": named,
            "by": by,
            "initials": colour.initials,
            "light": colour.light,
            "dark": colour.dark,
            "words": words[name],
            "share": f"{words[name] / total:.0%}",
            "quotes": quotes[name],
        }

    speakers = [voice(s.name, s.role, s.aliases, named=s.named, by=s.by) for s in reading.speakers]
    return [*speakers, voice(REPORTER, "", (), named=True)]


def _paragraphs(text: str, reading: Reading) -> list[dict[str, Any]]:
    tones = {tone.paragraph: tone for tone in reading.tone}
    marks = _marks(reading)
    place = 0
    drawn = []
    for paragraph in reading.layout.paragraphs:
        while place < len(marks) and marks[place][1] <= paragraph.start:
            place += 1
        inside = []
        for start, end, sort, number in marks[place:]:
            if start >= paragraph.end:
                break
            s, e = max(start, paragraph.start) - paragraph.start, min(end, paragraph.end) - paragraph.start
            if s < e:
                inside.append((s, e, sort, number))
        words = text[paragraph.start : paragraph.end]
        units = iter(to_utf16(words, [offset for mark in inside for offset in mark[:2]]))
        tone = tones.get(paragraph.index)
        drawn.append(
            {
                "text": words,
                "at": paragraph.start,
                "end": paragraph.end,
                "marks": [[s, e, *mark[2:]] for s, e, mark in zip(units, units, inside, strict=True)],
                "tone": round(tone.polarity, 3) if tone and tone.words else None,
                "said": f"{wording.signed(tone.polarity)}, {wording.tone(tone.polarity)}"
                if tone and tone.words
                else "",
            }
        )
    return drawn


def _marks(reading: Reading) -> list[tuple[int, int, str, int]]:
    """Every mark as (start, end, sort, number): q a quote's words, c its cue, s its source, t a time, m a mention."""
    marks = [
        (start, end, sort, number)
        for number, quote in enumerate(reading.quotes)
        for sort, spans in (("q", quote.content), ("c", quote.cue), ("s", quote.source))
        for start, end in spans
    ]
    marks += [(t.start, t.end, "t", number) for number, t in enumerate(reading.times)]
    marks += [(s, e, "m", number) for number, speaker in enumerate(reading.speakers) for s, e in speaker.mentions]
    return sorted(marks)


def _quote(article: Article, quote: Quote, tone: Tone | None, role: str) -> dict[str, Any]:
    def words(spans: Iterable[Span]) -> str:
        return " … ".join(re.sub(r"\s+", " ", article.text[s:e]) for s, e in spans)

    return {
        "speaker": quote.speaker,
        "kind": quote.kind,
        "cue": words(quote.cue),
        "source": words(quote.source),
        "reason": quote.reason,
        "evidence": quote.evidence,
        "via": quote.via,
        "doubtful": doubtful(quote),
        "sure": _sure(quote),
        "by": quote.by,
        "paragraph": quote.paragraph,
        "at": quote.start,
        "words": word_count(article.text, quote),
        "tone": f"{wording.signed(tone.polarity)}, {wording.tone(tone.polarity)}" if tone else "",
        "copy": citations.as_citation(article, quote, role),
    }


def _sure(quote: Quote) -> str:
    """How often such a finding of the engine's is right; what a reader says is no such case."""
    if quote.by:
        return ""
    lead = "less certain: right" if quote.held else "doubtful: right" if doubtful(quote) else "right"
    return f"{lead} in {quote.confidence:.0%} of such cases"


def _time(text: str, reading: Reading, timex: Timex) -> dict[str, Any]:
    event = next((m.event for m in reading.events if m.event.name == timex.event), None) if timex.event else None
    known = timex.earliest is not None and timex.latest is not None
    return {
        "words": re.sub(r"\s+", " ", text[timex.start : timex.end]),
        "type": _TYPES[timex.type],
        "value": timex.value,
        "days": wording.days(timex.earliest, timex.latest) if timex.earliest and timex.latest else "",
        "known": known,
        "rule": timex.rule,
        "by": timex.by or next((m.by for m in reading.events if m.start <= timex.start < m.end), ""),
        "at": timex.start,
        "event": event.name if event else timex.event or "",
        "eventDays": wording.days(event.first, event.last) if event else "",
        "place": event.place if event else "",
        "note": event.note if event else "",
    }


def _blocks(text: str) -> list[str]:
    return [re.sub(r"\s+", " ", block).strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
