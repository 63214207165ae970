"""The figures of tone: who is named where, and that numbers and initials have room."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pandas as pd
import pytest

from readout.charts.room import IN_FILES
from readout.charts.tone import RING, by_unit, by_voice
from readout.layout import lay_out
from readout.palette import Colour
from readout.reading import read
from readout.records import Spoken
from readout.tables import tone as tables

ADA, ALAN = "Ada Lovelace", "Alan Turing"
COLOURS = {ADA: Colour("AL", "#000", "#fff", "#2f83c9"), ALAN: Colour("AT", "#000", "#fff", "#b86e19")}
TEXT = """\
"It is a wonderful bridge," Ada Lovelace said.

"It is a terrible bridge," Alan Turing said. "It is a good road," Ada Lovelace said.

It was a bad day.
"""


def scored(text: str = TEXT, **how: Any) -> pd.DataFrame:
    """The table that the figure is drawn from."""
    return tables.scores(read(text), **how)


def need(text: str) -> int:
    """The pixels that words need the figure to have."""
    found = re.search(r"--from:(\d+)px", text)
    return int(found[1]) if found else 0


def test_initials_stand_where_one_voice_is_heard() -> None:
    """Bars of one voice carry its initials; over those of several stands the diamond alone."""
    figure = by_unit(scored(), COLOURS)
    texts = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text"]
    named = {x: text for trace in texts for x, text in zip(trace.x, trace.text, strict=True)}
    assert {x: text for x, text in named.items() if text} == {1: "AL"}
    (diamonds,) = [trace for trace in figure.data if trace.name == "Voices together"]
    assert list(diamonds.x) == [2]


def test_the_legend_on_screen_leaves_the_voices_to_the_sidebar() -> None:
    """Files have them, in the order of their words."""
    figure = by_unit(scored(), COLOURS)
    shown = {trace.name for trace in figure.data if trace.showlegend is not False}
    assert shown == {"Voices together", "The words (word list)"}
    filed = {trace.name for trace in figure.data if trace.meta == IN_FILES}
    assert {"AL  Ada Lovelace", "AT  Alan Turing"} <= filed


@pytest.mark.parametrize("count", [3, 19, 48, 130, 700])
@pytest.mark.parametrize("width", [354, 560, 900])
def test_numbers_under_bars_keep_apart(count: int, width: int) -> None:
    """At any width, by paragraph or by sentence, and the first paragraph is always numbered."""
    text = "\n\n".join("It was good." + " It was bad." * (place % 3) for place in range(count))
    assert len(lay_out(text).paragraphs) == count
    for by in ("paragraph", "sentence"):
        axis = by_unit(scored(text, by=by), {}).layout.xaxis
        shown = sorted(at for at, name in zip(axis.tickvals, axis.ticktext, strict=True) if need(name) <= width)
        assert 1 in shown
        pixels = (width - 44) / (axis.range[1] - axis.range[0])
        assert all((right - left) * pixels > 18 for left, right in itertools.pairwise(shown))
        assert axis.tickangle == 0


def test_the_chosen_unit_stands_out() -> None:
    """A band in the words' grey, which style repaints for both themes."""
    bands = [shape for shape in by_unit(scored(), COLOURS, chosen="2").layout.shapes if shape.type == "rect"]
    assert len(bands) == 2
    assert all(band.opacity >= 0.1 for band in bands)


def spoken(start: int, value: float, *, clear: bool = True) -> Spoken:
    """Somebody spoken of at a place, with this value."""
    return Spoken(start, start + 3, ADA, ALAN, "positive", (0.0, 1 - value, value), clear)


def test_the_tone_toward_those_spoken_of_joins_the_chart() -> None:
    """A ring stands at a paragraph's mean of the clear mentions; the legend parts it from the word list's bars."""
    place = TEXT.index("Alan Turing")
    table = tables.with_toward(
        scored(), [spoken(place, 0.4), spoken(place + 20, 0.8), spoken(place + 30, 0.1, clear=False), spoken(1, 0.5)]
    )
    assert list(table.drop_duplicates("number")["toward"].round(3).fillna(9)) == [0.5, 0.6, 9]
    assert list(table.drop_duplicates("number")["toward_clear"]) == [1, 2, 0]
    assert list(table.drop_duplicates("number")["toward_unclear"]) == [0, 1, 0]
    figure = by_unit(table, COLOURS)
    (rings,) = [trace for trace in figure.data if trace.name == RING]
    assert list(zip(rings.x, rings.y, strict=True)) == [(1, 0.5), (2, pytest.approx(0.6))]
    assert rings.showlegend is not False
    assert "toward those spoken of +0.60, 2 clear mentions" in str(figure.to_dict())
    assert not [trace for trace in by_unit(scored(), COLOURS).data if trace.name == RING]


def test_every_axis_has_a_title() -> None:
    """Whoever sees the picture alone reads what is measured, and in which unit."""
    figure = by_unit(scored(), COLOURS)
    assert figure.layout.xaxis2.title.text == "paragraphs, in reading order"
    assert {"−1 negative, 1 positive", "subjectivity, 0 to 1"} <= {note.text for note in figure.layout.annotations}
    reading = read(TEXT)
    spans = tables.heard(reading)
    strips = by_voice(tables.sentences(reading, spans), tables.by_voice(spans), COLOURS)
    assert strips.layout.xaxis.title.text == "polarity of a sentence, −1 negative, 1 positive"
