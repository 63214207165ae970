"""What an article says happened when, one row a mark of the timeline."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import pandas as pd

from readout.headlines import Headlines, words_of
from readout.layout import plain
from readout.records import REPORTER, Article, Event, Layout, Quote, Reading, Span, Timex
from readout.times.edges import approximate
from readout.wording import counted, days

THE_REPORTER = "The reporter"
"""What `REPORTER` is called where people read it."""

_COLUMNS = (
    "What", "Who", "When", "Length", "Distance", "Earliest", "Latest", "Days", "Approximate", "Mentions", "Voices",
    "Paragraphs", "Kind", "Written", "Note", "Sentences", "Reasons", "Offsets", "Places", "Stretches",
)  # fmt: skip
_UNDATED = ("Expression", "Type", "Value", "Who", "Paragraph", "Sentence", "Offset")
_YEAR = 365.2425
_MONTH = _YEAR / 12
_NAMES = 3
"""How many different expressions, or reports, name one mark."""

Kind = Literal["event", "time", "report"]


@dataclass(frozen=True, slots=True)
class _Reference:
    """A place in the text that refers to some days, or to an event."""

    start: int
    end: int
    who: str
    earliest: date
    latest: date
    event: str | None
    reason: str
    places: tuple[Span, ...]
    """Its own span, and those of times that date it."""
    headline: str = ""
    """What happened then, in the text's words; empty where only the event's name or the days are told."""
    clause: int = -1
    """Where the clause begins that tells it."""
    report: bool = False
    """Whether it only says when something was said."""
    rough: bool = False


def timeline(article: Article, reading: Reading, quotes: Collection[Quote] | None = None) -> pd.DataFrame:
    """The marks of an article's timeline in the order of their days.

    All mentions of one event are one mark. A time is a mark of its own with the clause that it dates, but for
    those that only say when something was said, and those without a clause: of these, all of one voice for the
    same days are one mark. A mark belongs to the voice that refers to it most, the first of them where there are
    several.

    Args:
        article: the article that was read.
        reading: its reading.
        quotes: only references inside these quotes; `None` for every reference.

    Returns:
        What (the event's name, or what happened, in the text's words), Who, When, Length, Distance (from
        publication, in words), Earliest and Latest (the calendar days it may cover), Days (their number, both ends
        counted), Approximate (whether these are rough, which When says as well), Mentions, Voices (that of most
        mentions first), Kind ("event", "time", or "report" for the day on which something was said), Written (its
        expressions), Note, Sentences, for each of these Paragraphs (from 1), Reasons (why it means these days) and
        Offsets (its first mention), Places (the spans in the text that belong to it, in order) and Stretches (those
        of its sentences).
    """
    clean = plain(article.text)
    known = {mention.event.name: mention.event for mention in reading.events}
    groups: dict[Hashable, list[_Reference]] = defaultdict(list)
    for reference in _references(clean, reading, known, quotes):
        days_of_it = (reference.who, reference.earliest, reference.latest)
        what = -1 if reference.report else reference.clause
        groups[(reference.event,) if reference.event else (*days_of_it, what)].append(reference)
    marks = [(*_days_of(group), group[0].start, group) for group in groups.values()]
    marks.sort(key=lambda mark: mark[:3])
    rows = [
        _row(clean, reading.layout, article.published, known.get(group[0].event or ""), group) for *_, group in marks
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def by_voice(table: pd.DataFrame) -> pd.DataFrame:
    """The marks lane after lane, one for each voice: that of the earliest mark first, each in the order of its days."""
    lanes = {who: place for place, who in enumerate(dict.fromkeys(table["Who"]))}
    order = sorted(range(len(table)), key=lambda row: (lanes[table["Who"].iloc[row]], row))
    return table.iloc[order].reset_index(drop=True)


def weightiest(table: pd.DataFrame, most: int, chosen: int | None = None) -> list[int]:
    """The rows, in order, of so many marks: those mentioned most, among equals those that tell of more than a report.

    Args:
        table: as `timeline` gives it.
        most: how many at most.
        chosen: a row that is among them in any case.
    """
    rows = sorted(
        range(len(table)),
        key=lambda row: (
            row != chosen,
            -int(table["Mentions"].iloc[row]),
            table["Kind"].iloc[row] == "report",
            table["Offsets"].iloc[row],
        ),
    )
    return sorted(rows[:most])


def mark_at(table: pd.DataFrame, at: int | None) -> int | None:
    """The number of the mark that a character of the text belongs to.

    Args:
        table: as `timeline` gives it.
        at: the character; the smallest span around it counts, and where there is none the nearest in its sentence.

    Returns:
        The row's number from 0, or None where no mark has a place in that sentence.
    """
    if at is None:
        return None
    inside = [
        (end - start, row) for row, spans in enumerate(table["Places"]) for start, end in spans if start <= at < end
    ]
    if inside:
        return min(inside)[1]
    beside = [
        (max(start - at, at - end), row)
        for row, (spans, stretches) in enumerate(zip(table["Places"], table["Stretches"], strict=True))
        for begin, stop in stretches
        if begin <= at < stop
        for start, end in spans
        if begin <= start < stop
    ]
    return min(beside)[1] if beside else None


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
        Written=[", ".join(written) for written in table["Written"]],
        Sentences=[" | ".join(sentences) for sentences in table["Sentences"]],
        Reasons=[" | ".join(dict.fromkeys(reasons)) for reasons in table["Reasons"]],
        Offsets=[", ".join(map(str, offsets)) for offsets in table["Offsets"]],
    ).drop(columns=["Places", "Stretches"])


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


def _references(
    clean: str, reading: Reading, known: dict[str, Event], quotes: Collection[Quote] | None
) -> list[_Reference]:
    """The dated references in reading order; a time that dates an event named in the same sentence adds none."""
    dating: dict[tuple[str, int], list[Timex]] = defaultdict(list)
    found: list[_Reference] = []
    for time in reading.times:
        earliest, latest = time.earliest or time.latest, time.latest or time.earliest
        if time.event in known:
            dating[time.event, _sentence(reading.layout, time.start)].append(time)
        elif earliest and latest:
            days_of_it = min(earliest, latest), max(earliest, latest)
            rough = approximate(clean, time.start, time.end)
            span = time.start, time.end
            found.append(_Reference(*span, "", *days_of_it, None, time.rule, (span,), rough=rough))
    for mention in reading.events:
        event = mention.event
        times = dating.pop((event.name, _sentence(reading.layout, mention.start)), [])
        spans = dict.fromkeys([(mention.start, mention.end), *((t.start, t.end) for t in times)])
        dated = [f"{_words(clean[t.start : t.end])}: {t.rule}" for t in times if "; it dates " in t.rule]
        reason = "; ".join([mention.reason, *dated])
        found.append(
            _Reference(mention.start, mention.end, "", event.first, event.last, event.name, reason, tuple(spans))
        )
    for (name, _), times in dating.items():
        event = known[name]
        found += [
            _Reference(t.start, t.end, "", event.first, event.last, name, t.rule, ((t.start, t.end),)) for t in times
        ]
    found.sort(key=lambda reference: (reference.start, reference.end))
    voices = _voices([reference.start for reference in found], reading, quotes)
    headlines = Headlines(clean, reading)
    return [
        replace(reference, who=who, **_told(clean, headlines, reference))
        for reference, who in zip(found, voices, strict=True)
        if who is not None
    ]


def _told(clean: str, headlines: Headlines, reference: _Reference) -> dict[str, Any]:
    """What happened at a time, and whether that is only that something was said."""
    if reference.event:
        return {}
    headline = headlines.of((reference.start, reference.end))
    if headline is None:
        return {}
    told = _words(words_of(clean, headline))
    return {"headline": told, "report": headline.report, "clause": headline.spans[0][0] if told else -1}


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
    rough = event.precision == "approximate" if event else any(reference.rough for reference in group)
    when = _when(earliest, latest, event, rough=rough)
    voices = [voice(who) for who in _voices_of(group)]
    sentences: dict[tuple[int, int], tuple[int, int, str]] = {}
    for reference in group:
        span, paragraph = _place(layout, reference.start)
        sentences.setdefault(span, (reference.start, paragraph + 1, _words(reference.reason)))
    return {
        "What": group[0].event or _named(clean, group, when),
        "Who": voices[0],
        "When": when,
        "Length": length(earliest, latest, by_year=event is not None and event.precision == "year"),
        "Distance": distance(earliest, latest, published),
        "Earliest": earliest,
        "Latest": latest,
        "Days": (latest - earliest).days + 1,
        "Approximate": rough,
        "Mentions": len(group),
        "Voices": tuple(voices),
        "Paragraphs": tuple(paragraph for _, paragraph, _ in sentences.values()),
        "Kind": _kind(group[0]),
        "Written": _written(clean, group),
        "Note": _words(event.note) if event else "",
        "Sentences": tuple(_words(clean[slice(*span)]) for span in sentences),
        "Reasons": tuple(reason for *_, reason in sentences.values()),
        "Offsets": tuple(offset for offset, *_ in sentences.values()),
        "Places": tuple(sorted({span for reference in group for span in reference.places})),
        "Stretches": tuple(sentences),
    }


def _kind(reference: _Reference) -> Kind:
    return "event" if reference.event else "report" if reference.report else "time"


def _when(earliest: date, latest: date, event: Event | None, *, rough: bool) -> str:
    """The days in words, no finer than the catalogue knows them."""
    about = "about " if rough else ""
    if event is None or event.precision == "day":
        return about + days(earliest, latest)
    if event.precision == "year" or latest.year - earliest.year > 1:
        return about + days(earliest.replace(month=1, day=1), latest.replace(month=12, day=31))
    last_of_month = monthrange(latest.year, latest.month)[1]
    return about + days(earliest.replace(day=1), latest.replace(day=last_of_month))


def _named(clean: str, group: list[_Reference], when: str) -> str:
    """What happened, or where nothing says so the expressions as they are written; the first ones of many."""
    told = dict.fromkeys(reference.headline for reference in group if reference.headline)
    if told:
        return " · ".join(list(told)[: _NAMES if group[0].report else 1])
    names = [name for name in _written(clean, group) if name != when]
    if not names:
        return when
    return ", ".join(f"“{name}”" for name in names[:_NAMES]) + (" …" if len(names) > _NAMES else "")


def _written(clean: str, group: list[_Reference]) -> tuple[str, ...]:
    """The different expressions of a mark, as they are written first."""
    written: dict[str, str] = {}
    for reference in group:
        expression = _words(clean[reference.start : reference.end])
        written.setdefault(expression.casefold(), expression)
    return tuple(written.values())


def _words(text: str) -> str:
    """Text on one line that can be sent: white space made single spaces, lone surrogates replaced."""
    return re.sub(r"\s+", " ", text).strip().encode("utf-8", "replace").decode("utf-8")


def _sentence(layout: Layout, at: int) -> int:
    return bisect_right(layout.sentences, at, key=lambda sentence: sentence.start) - 1


def _place(layout: Layout, at: int) -> tuple[tuple[int, int], int]:
    """The sentence that holds an offset, and the number of its paragraph."""
    sentence = layout.sentences[max(0, _sentence(layout, at))]
    return (sentence.start, sentence.end), sentence.paragraph
