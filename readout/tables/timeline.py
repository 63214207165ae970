"""The days an article refers to, one row a mark of the timeline."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from readout.layout import plain
from readout.records import REPORTER, Article, Event, Layout, Quote, Reading
from readout.wording import counted, days

THE_REPORTER = "The reporter"
"""What `REPORTER` is called where people read it."""

_COLUMNS = (
    "What", "Who", "When", "Length", "Distance", "Earliest", "Latest", "Days", "Mentions", "Voices",
    "Paragraphs", "Kind", "Note", "Sentences", "Offsets",
)  # fmt: skip
_UNDATED = ("Expression", "Type", "Value", "Who", "Paragraph", "Sentence", "Offset")
_YEAR = 365.2425
_MONTH = _YEAR / 12
_NAMES = 3
"""How many different expressions name one mark."""


@dataclass(frozen=True, slots=True)
class _Reference:
    """A place in the text that refers to some days, or to an event."""

    start: int
    end: int
    who: str
    earliest: date
    latest: date
    event: str | None


def timeline(article: Article, reading: Reading, quotes: Collection[Quote] | None = None) -> pd.DataFrame:
    """The marks of an article's timeline, the voices with the earliest marks first and each voice's in time.

    All mentions of one event are one mark, and so are all of one voice's expressions for the same days; a mark
    belongs to the voice that refers to it most, the first of them where there are several.

    Args:
        article: the article that was read.
        reading: its reading.
        quotes: only references inside these quotes; `None` for every reference.

    Returns:
        What, Who, When, Length, Distance (from publication, in words), Earliest and Latest (the calendar days it
        may cover), Days (their number, both ends counted), Mentions, Voices (that of most mentions first), Kind
        (event or time), Note, Sentences, and for each of these Paragraphs (from 1) and Offsets (its first mention).
    """
    clean = plain(article.text)
    known = {mention.event.name: mention.event for mention in reading.events}
    groups: dict[Hashable, list[_Reference]] = defaultdict(list)
    for reference in _references(reading, known, quotes):
        key = (reference.event,) if reference.event else (reference.who, reference.earliest, reference.latest)
        groups[key].append(reference)
    marks = [(_voices_of(group)[0], *_days_of(group), group) for group in groups.values()]
    first: dict[str, date] = {}
    for who, earliest, _, _ in marks:
        first[who] = min(earliest, first.get(who, earliest))
    marks.sort(key=lambda mark: (first[mark[0]], *mark[:3], mark[3][0].start))
    rows = [
        _row(clean, reading.layout, article.published, known.get(group[0].event or ""), group) for *_, group in marks
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def undated(article: Article, reading: Reading, quotes: Collection[Quote] | None = None) -> pd.DataFrame:
    """The time expressions that name no calendar day ("for years", "in the past"), in reading order.

    Args:
        article: the article that was read.
        reading: its reading.
        quotes: only expressions inside these quotes; `None` for every expression.

    Returns:
        Expression, Type and Value (TIMEX3), Who, Paragraph (from 1), Sentence, Offset (in characters of the text).
    """
    clean = plain(article.text)
    times = [t for t in reading.times if t.earliest is None and t.latest is None and t.event is None]
    rows = []
    for timex, who in zip(times, _voices([t.start for t in times], reading, quotes), strict=True):
        if who is not None:
            sentence, paragraph = _place(reading.layout, timex.start)
            expression = _words(clean[timex.start : timex.end])
            text = _words(clean[slice(*sentence)])
            rows.append((expression, timex.type, timex.value, voice(who), paragraph + 1, text, timex.start))
    return pd.DataFrame(rows, columns=list(_UNDATED))


def voice(who: str) -> str:
    """A voice's name as the table has it, the reporter's too."""
    return _words(who) if who != REPORTER else THE_REPORTER


def flat(table: pd.DataFrame) -> pd.DataFrame:
    """A timeline with one value a cell, as a spreadsheet holds it."""
    return table.assign(
        Voices=[", ".join(voices) for voices in table["Voices"]],
        Paragraphs=[", ".join(map(str, dict.fromkeys(paragraphs))) for paragraphs in table["Paragraphs"]],
        Sentences=[" | ".join(sentences) for sentences in table["Sentences"]],
        Offsets=[", ".join(map(str, offsets)) for offsets in table["Offsets"]],
    )


def length(earliest: date, latest: date, *, by_year: bool = False) -> str:
    """How long a stretch of days is, both ends taken in: "1 day", "7 days", "5 months", "44 years".

    Args:
        earliest: the first day.
        latest: the last day.
        by_year: whether only the years are known, so that 1947 to 1991 makes 44.
    """
    number = (latest - earliest).days + 1
    if by_year and latest.year > earliest.year:
        return counted(latest.year - earliest.year, "year")
    if number < 100:
        return counted(number, "day")
    if number < 364:
        return counted(round(number / _MONTH), "month")
    if number < 2 * _YEAR - 3:
        years = round(number / _YEAR, 1)
        return "1 year" if years < 1.1 else counted(round(number / _MONTH), "month")
    return counted(int((number + 3) / _YEAR), "year")


def distance(earliest: date, latest: date, published: date | None) -> str:
    """How far a stretch of days is from publication, in words: "69 to 25 years before"; empty without a day of it."""
    if published is None:
        return ""
    ends = [_away(day, published) for day in (earliest, latest)]
    (far, unit, side), (near, other_unit, other_side) = ends
    if ends[0] == ends[1]:
        return _side(*ends[0])
    if side == other_side and unit == other_unit:
        return f"{far} to {near} {unit}s {side}"
    if side == other_side:
        return f"{counted(far, unit)} to {counted(near, other_unit)} {side}"
    return f"{_side(*ends[0])} to {_side(*ends[1])}"


def _away(day: date, published: date) -> tuple[int, str, str]:
    number = abs((day - published).days)
    side = "before" if day < published else "after" if day > published else ""
    if number < 100:
        return number, "day", side
    if number < 3 * _YEAR:
        return round(number / _MONTH), "month", side
    return abs(day.year - published.year), "year", side


def _side(number: int, unit: str, side: str) -> str:
    return f"{counted(number, unit)} {side}" if side else "the day of publication"


def _references(reading: Reading, known: dict[str, Event], quotes: Collection[Quote] | None) -> list[_Reference]:
    """The dated references in reading order; a time that dates an event named in the same sentence adds none."""
    places = [(m.start, m.end, m.event.name, m.event.first, m.event.last) for m in reading.events]
    named = {(m.event.name, _sentence(reading.layout, m.start)) for m in reading.events}
    for t in reading.times:
        earliest, latest = t.earliest or t.latest, t.latest or t.earliest
        if t.event in known:
            if (t.event, _sentence(reading.layout, t.start)) not in named:
                places.append((t.start, t.end, t.event, known[t.event].first, known[t.event].last))
        elif earliest and latest:
            places.append((t.start, t.end, t.event or "", min(earliest, latest), max(earliest, latest)))
    places.sort()
    voices = _voices([place[0] for place in places], reading, quotes)
    return [
        _Reference(start, end, who, earliest, latest, event or None)
        for (start, end, event, earliest, latest), who in zip(places, voices, strict=True)
        if who is not None
    ]


def _voices(starts: Sequence[int], reading: Reading, quotes: Collection[Quote] | None) -> list[str | None]:
    """Whose words stand at each of some ascending offsets: the innermost quote's; outside, the reporter's.

    With a choice of quotes, only these count, and an offset outside of them has no voice.
    """
    outside = REPORTER if quotes is None else None
    spans = sorted((s, e, q.speaker) for q in (reading.quotes if quotes is None else quotes) for s, e in q.content)
    voices, open_spans, following = [], list[tuple[int, int, str]](), 0
    for at in starts:
        while following < len(spans) and spans[following][0] <= at:
            open_spans.append(spans[following])
            following += 1
        open_spans = [span for span in open_spans if span[1] > at]
        voices.append(min(open_spans, key=lambda span: span[1] - span[0])[2] if open_spans else outside)
    return voices


def _days_of(group: list[_Reference]) -> tuple[date, date]:
    return min(r.earliest for r in group), max(r.latest for r in group)


def _voices_of(group: list[_Reference]) -> list[str]:
    """Who refers to it, most often first."""
    return [who for who, _ in Counter(r.who for r in group).most_common()]


def _row(
    clean: str, layout: Layout, published: date | None, event: Event | None, group: list[_Reference]
) -> dict[str, object]:
    earliest, latest = _days_of(group)
    when = _when(earliest, latest, event)
    voices = [voice(who) for who in _voices_of(group)]
    sentences: dict[tuple[int, int], tuple[int, int]] = {}
    for reference in group:
        span, paragraph = _place(layout, reference.start)
        sentences.setdefault(span, (reference.start, paragraph + 1))
    return {
        "What": group[0].event or _named(clean, group, when),
        "Who": voices[0],
        "When": when,
        "Length": length(earliest, latest, by_year=event is not None and event.precision == "year"),
        "Distance": distance(earliest, latest, published),
        "Earliest": earliest,
        "Latest": latest,
        "Days": (latest - earliest).days + 1,
        "Mentions": len(group),
        "Voices": tuple(voices),
        "Paragraphs": tuple(paragraph for _, paragraph in sentences.values()),
        "Kind": "event" if group[0].event else "time",
        "Note": _words(event.note) if event else "",
        "Sentences": tuple(_words(clean[slice(*span)]) for span in sentences),
        "Offsets": tuple(offset for offset, _ in sentences.values()),
    }


def _when(earliest: date, latest: date, event: Event | None) -> str:
    """The days in words, no finer than the catalogue knows them."""
    if event is None or event.precision == "day":
        return days(earliest, latest)
    about = "about " if event.precision == "approximate" else ""
    if event.precision == "year" or latest.year - earliest.year > 1:
        return about + days(earliest.replace(month=1, day=1), latest.replace(month=12, day=31))
    last_of_month = monthrange(latest.year, latest.month)[1]
    return about + days(earliest.replace(day=1), latest.replace(day=last_of_month))


def _named(clean: str, group: list[_Reference], when: str) -> str:
    """The expressions that mean these days, as they are written, the first ones where there are many."""
    written: dict[str, str] = {}
    for reference in group:
        expression = _words(clean[reference.start : reference.end])
        written.setdefault(expression.casefold(), expression)
    names = [name for name in written.values() if name != when]
    if not names:
        return when
    return ", ".join(f"“{name}”" for name in names[:_NAMES]) + (" …" if len(names) > _NAMES else "")


def _words(text: str) -> str:
    """Text on one line that can be sent: white space made single spaces, lone surrogates replaced."""
    return re.sub(r"\s+", " ", text).strip().encode("utf-8", "replace").decode("utf-8")


def _sentence(layout: Layout, at: int) -> int:
    return bisect_right(layout.sentences, at, key=lambda sentence: sentence.start) - 1


def _place(layout: Layout, at: int) -> tuple[tuple[int, int], int]:
    """The sentence that holds an offset, and the number of its paragraph."""
    sentence = layout.sentences[max(0, _sentence(layout, at))]
    return (sentence.start, sentence.end), sentence.paragraph
