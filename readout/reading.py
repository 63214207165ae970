"""The engine: text in, a reading out.

The steps run in the order in which they are written in `read`; each is a pure function of what stands before
it, so that any of them can be replaced, tested or measured alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from readout.attribution import attribute
from readout.attribution.join import join
from readout.encoder import propose
from readout.events import refer
from readout.held import opened, parted, ranked
from readout.layout import lay_out, plain
from readout.marks import quotations
from readout.records import Reading, Span
from readout.speakers import resolve
from readout.spoken import spoken_of
from readout.times import find_times
from readout.tone import weigh


def read(
    text: str, *, published: date | None = None, title: str = "", body: Span | None = None, toward: bool = True
) -> Reading:
    """Read an article: who says what, about when, in what tone, and how each speaks of whom.

    Args:
        text: the article as it stands; every offset in the reading counts its characters.
        published: the day of publication, which "last week" hangs on; without it such times have a
            TIMEX3 value but no days.
        title: the title, if known; it helps to tell the head from the body.
        body: the span of the body, if somebody said so; otherwise rules find it.
        toward: whether to say how each voice speaks of whom, which takes as long as all the rest.

    Returns:
        The reading. The same arguments always give the same reading; any string can be read.
    """
    clean = plain(text)
    layout = lay_out(text, title=title, body=body)
    marks = quotations(clean, layout)
    ruled = attribute(clean, layout, marks)
    attributions = join(clean, layout, marks, ruled, propose(clean, layout, marks, ruled))
    quotes, speakers = resolve(clean, layout, attributions)
    quotes, speakers, held, hidden = parted(quotes, speakers)
    times = find_times(clean, layout, published)
    events, times = refer(clean, layout, times, published)
    tone, voices = weigh(clean, layout, quotes, events)
    reading = Reading(layout, quotes, speakers, times, events, tone, voices, held=held, hidden=hidden)
    return replace(reading, toward=spoken_of(text, reading)) if toward else reading


def with_held(text: str, reading: Reading) -> Reading:
    """The reading in which held quotes count like all others: in the speakers, the voices and the tone of each.

    Args:
        text: the article's text.
        reading: its reading, as the engine made it or as its readers corrected it.

    Returns:
        The reading without any held apart; the quotes among them that were keep their mark. It is the one given where
        none is.
    """
    if not reading.held:
        return reading
    together = opened(reading)
    clean = plain(text)
    tone, voices = weigh(clean, together.layout, together.quotes, together.events)
    speakers = ranked(clean, together.speakers, together.quotes)
    together = replace(together, speakers=speakers, tone=tone, voices=voices)
    return replace(together, toward=spoken_of(text, together)) if reading.toward else together
