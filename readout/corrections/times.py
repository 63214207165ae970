"""What a correction of a time or an event does to a reading. Each step is a pure function of the reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from readout.corrections.overlap import nearest, touch
from readout.corrections.records import Correction, Days
from readout.events import refer
from readout.records import Article, Event, EventMention, Reading, Span, Timex
from readout.times import find_times


def republished(clean: str, article: Article, reading: Reading) -> Reading:
    """The reading with its times and events found anew, as the article's corrected day of publication has them."""
    times = find_times(clean, reading.layout, article.published)
    events, times = refer(clean, reading.layout, times, article.published)
    return replace(reading, times=times, events=events)


def dated(clean: str, reading: Reading, place: Sequence[Span], correction: Correction) -> Reading | None:
    """The reading with a time expression that means the days that the reader says."""
    days = correction.value
    assert isinstance(days, Days)
    span = place[0]
    if not _in_body(reading, span):
        return None
    number = nearest(clean, [span], [[(t.start, t.end)] for t in reading.times])
    rule = f"{correction.reader} says so"
    if number is None:
        new = Timex(*span, "DATE", days.value, days.earliest, days.latest, rule=rule, by=correction.reader)
    else:
        old = reading.times[number]
        kind = old.type if old.type == "TIME" else "DATE"
        new = Timex(old.start, old.end, kind, days.value, days.earliest, days.latest, rule=rule, by=correction.reader)
    rest = [t for i, t in enumerate(reading.times) if i != number and not _touches(t, (new.start, new.end))]
    return replace(reading, times=tuple(sorted([*rest, new], key=lambda t: (t.start, t.end))))


def named(clean: str, reading: Reading, place: Sequence[Span], correction: Correction) -> Reading | None:
    """The reading with an event, or with none, where the reader says; a time that stood for it follows."""
    event = correction.value
    assert event is None or isinstance(event, Event)
    span = place[0]
    if not _in_body(reading, span):
        return None
    number = nearest(clean, [span], [[(m.start, m.end)] for m in reading.events])
    if number is not None:
        span = (reading.events[number].start, reading.events[number].end)
    gone = {m.event.name for m in reading.events if _touches(m, span)}
    events = [m for m in reading.events if not _touches(m, span)]
    if event is not None:
        events.append(EventMention(event, *span, f"{correction.reader} says so", correction.reader))
        events.sort(key=lambda mention: (mention.start, mention.end))
    name = event.name if event else None
    sentence = next((s for s in reading.layout.sentences if s.start <= span[0] < s.end), None)
    times = tuple(
        replace(t, event=name, by=correction.reader)
        if t.event != name
        and (_touches(t, span) or (t.event in gone and sentence and _touches(t, (sentence.start, sentence.end))))
        else t
        for t in reading.times
    )
    return replace(reading, events=tuple(events), times=times)


def _touches(finding: Timex | EventMention, span: Span) -> bool:
    return touch([(finding.start, finding.end)], [span])


def _in_body(reading: Reading, span: Span) -> bool:
    return touch([span], [(p.start, p.end) for p in reading.layout.paragraphs])
