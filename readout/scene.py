"""What the annotated article draws, in the app and in a page that stands alone: plain data for the browser.

This is the border where Python's code points become the UTF-16 units of the browser's strings.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from readout import citations, wording
from readout.layout import plain
from readout.palette import Colour
from readout.quoted import Tone, doubtful, tones, word_count
from readout.records import REPORTER, Article, EventMention, Quote, Reading, Span, Timex
from readout.utf16 import to_utf16

WORDS_A_MINUTE = 230
"""Silent reading of English non-fiction: 238 words a minute on average (Brysbaert 2019), a little less on a screen."""

SCRIPTS = ("article.js", "notes.js", "stopped.js")
"""What draws the scene: the parts in `readout/web/article` that make one script, in this order."""
_BESIDE = re.compile(r"[^.;:!?()“”\"]{0,40}")
"""What may stand between an event's name and the time that dates it, if both are to be one mark."""
_NEAR = 100
"""Characters round an event's name in which such a time begins."""

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
    moments = _moments(text, reading)
    roles = {s.name: s.role for s in reading.speakers}
    return {
        "head": {**_head(article, reading), "by": _told(told or {})},
        "voices": (voices := _voices(text, reading, palette)),
        "shares": _shares(voices),
        "paragraphs": _paragraphs(text, reading, moments),
        "quotes": [
            _quote(article, quote, tone, roles.get(quote.speaker, ""))
            for quote, tone in zip(reading.quotes, tones(reading, reading.quotes), strict=True)
        ],
        "times": [_time(text, moment) for moment in moments],
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
    words = "; ".join(
        f"{'day of publication' if field == 'published' else field} corrected by {by}" for field, by in told.items()
    )
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
            "pattern": colour.pattern,
            "weave": colour.weave,
            "words": words[name],
            "share": _percent(words[name] / total),
            "quotes": quotes[name],
        }

    speakers = [voice(s.name, s.role, s.aliases, named=s.named, by=s.by) for s in reading.speakers]
    return [*speakers, voice(REPORTER, "", (), named=True)]


def _shares(voices: Sequence[Mapping[str, Any]]) -> str:
    """What the bar of voices shows, in a sentence."""
    *quoted, reporter = voices
    quoted = sorted((voice for voice in quoted if voice["words"]), key=lambda voice: -voice["words"])
    if not quoted:
        return "All of the article’s words are the reporter’s." if reporter["words"] else ""
    first, share = quoted[0]["name"], quoted[0]["share"]
    has = f"{first} {wording.agree(first, 'has')} {share} of the article’s words"
    parts = [has]
    if others := quoted[1:]:
        words = sum(voice["words"] for voice in others) / sum(voice["words"] for voice in voices)
        parts.append(f"{wording.counted(len(others), 'other')} {_percent(words)}")
    if reporter["words"]:
        parts.append(f"the reporter {reporter['share']}")
    return ", ".join(parts) + "."


def _percent(share: float) -> str:
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


@dataclass(frozen=True, slots=True)
class _Moment:
    """One mark of the text for a time, for a named event, or for both where the time is the event's."""

    start: int
    end: int
    time: Timex | None
    mention: EventMention | None


def _moments(text: str, reading: Reading) -> list[_Moment]:
    """The marks for times and events, in order; an event's takes in the time of it inside or beside its name."""
    times, taken, found = reading.times, set[int](), list[_Moment]()
    starts = [time.start for time in times]
    for mention in reading.events:
        name = mention.event.name
        near = range(bisect_left(starts, mention.start - _NEAR), bisect_left(starts, mention.end + _NEAR))
        if any(times[i].by and times[i].event != name and _overlap(times[i], mention) for i in near):
            continue  # a reader says that these words mean other days
        own = [
            i for i in near if i not in taken and times[i].event == name and _belongs(text, reading, times[i], mention)
        ]
        taken.update(own)
        start = min([mention.start, *(times[i].start for i in own)])
        end = max([mention.end, *(times[i].end for i in own)])
        dating = next((times[i] for i in own if times[i].rule != mention.reason), None)
        found.append(_Moment(start, end, dating, mention))
    found += [_Moment(time.start, time.end, time, None) for i, time in enumerate(times) if i not in taken]
    return sorted(found, key=lambda moment: (moment.start, moment.end))


def _overlap(time: Timex, mention: EventMention) -> bool:
    return time.start < mention.end and mention.start < time.end


def _belongs(text: str, reading: Reading, time: Timex, mention: EventMention) -> bool:
    """Whether a time of an event lies inside or beside the event's name, in one sentence and with no stop between."""
    if _overlap(time, mention):
        return True
    first, second = sorted([(time.start, time.end), (mention.start, mention.end)])
    sentences = reading.layout.sentences
    here, there = (bisect_right(sentences, at, key=lambda one: one.start) for at in (first[0], second[0]))
    return here == there and _BESIDE.fullmatch(text, first[1], second[0]) is not None


def _paragraphs(text: str, reading: Reading, moments: Sequence[_Moment]) -> list[dict[str, Any]]:
    tones = {tone.paragraph: tone for tone in reading.tone}
    marks = _marks(reading, moments)
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


def _marks(reading: Reading, moments: Sequence[_Moment]) -> list[tuple[int, int, str, int]]:
    """Every mark as (start, end, sort, number): q a quote's words, c its cue, s its source, m a mention of a speaker,
    t a time or an event.
    """
    marks = [
        (start, end, sort, number)
        for number, quote in enumerate(reading.quotes)
        for sort, spans in (("q", quote.content), ("c", quote.cue), ("s", quote.source))
        for start, end in spans
    ]
    marks += [(moment.start, moment.end, "t", number) for number, moment in enumerate(moments)]
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


def _time(text: str, moment: _Moment) -> dict[str, Any]:
    """What the card of a time or an event says.

    `at` and `end` are the mark's, `own` is the character that the other pages know it by, all code points.
    """
    time, mention = moment.time, moment.mention
    event = mention.event if mention else None
    by = {mention.by if mention else "", time.by if time else ""} - {""}
    return {
        "words": re.sub(r"\s+", " ", text[moment.start : moment.end]),
        "type": _TYPES[time.type] if time else "",
        "value": time.value if time else "",
        "days": wording.days(time.earliest, time.latest) if time and time.earliest and time.latest else "",
        "known": bool(event or (time and time.earliest and time.latest)),
        "rule": mention.reason if mention else time.rule if time else "",
        "dated": f"‘{text[time.start : time.end]}’: {time.rule}" if mention and time else "",
        "by": ", ".join(sorted(by)),
        "at": moment.start,
        "end": moment.end,
        "own": mention.start if mention else moment.start,
        "event": event.name if event else (time.event if time else None) or "",
        "eventDays": wording.days(event.first, event.last) if event else "",
        "place": event.place if event else "",
        "note": event.note if event else "",
    }


def _blocks(text: str) -> list[str]:
    return [re.sub(r"\s+", " ", block).strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
