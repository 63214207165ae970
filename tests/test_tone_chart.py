"""The figures of tone: who is named where, and that numbers and initials have room."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pandas as pd
import pytest

from readout.charts.room import IN_FILES
from readout.charts.tone import by_unit
from readout.layout import lay_out
from readout.palette import Colour
from readout.reading import read
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
    assert {trace.name for trace in figure.data if trace.showlegend is not False} == {"Voices together"}
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
