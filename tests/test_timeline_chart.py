"""The timeline's figure: where marks stand, that labels can't meet, and that words mean only themselves."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.charts.timeline import Axis, position, timeline
from readout.tables.timeline import distance, length
from readout.wording import days

PUBLISHED = date(2016, 11, 9)
COLOURS = {"The reporter": "#85888d", "Ada Lovelace": "#2f83c9"}


def mark(what: str, first: date, last: date, who: str = "The reporter", voices: tuple[str, ...] = ()) -> dict[str, Any]:
    """A row of the table."""
    return {
        "What": what, "Who": who, "When": days(first, last), "Length": length(first, last),
        "Distance": distance(first, last, PUBLISHED), "Earliest": first, "Latest": last,
        "Mentions": max(1, len(voices)), "Voices": voices or (who,), "Paragraphs": (1,),
    }  # fmt: skip


TABLE = pd.DataFrame(
    [
        mark("Cold War", date(1947, 3, 12), date(1991, 12, 26)),
        mark("“last month”", date(2016, 10, 1), date(2016, 10, 31)),
        mark("“today”", PUBLISHED, PUBLISHED, voices=("The reporter", "Ada Lovelace")),
        mark("“next week”", date(2016, 11, 14), date(2016, 11, 20), who="Ada Lovelace"),
    ]
)


def traces(figure: go.Figure, mode: str) -> list[Any]:
    """The traces that draw lines, markers or text."""
    return [trace for trace in figure.data if getattr(trace, "mode", None) == mode]


def test_position_is_the_symmetric_log_of_days() -> None:
    """Publication is 0, the past negative, nine days one unit."""
    assert position(0) == 0
    assert position(-9) == pytest.approx(-1)
    assert position(99) == pytest.approx(2)


def test_distance_axis_spans_each_mark_from_earliest_to_latest_day() -> None:
    """A bar's ends are its days' distances; a day is a dot at its own."""
    figure = timeline(TABLE, COLOURS, published=PUBLISHED)
    reporter, ada = traces(figure, "lines")
    assert reporter.x[:2] == pytest.approx((position(-25446), position(-9085)), abs=1e-3)
    assert reporter.x[3:5] == pytest.approx((position(-39), position(-9)))
    assert ada.x[:2] == pytest.approx((position(5), position(11)))
    dots, _ = traces(figure, "markers")
    assert list(dots.x) == [0]
    low, high = figure.layout.xaxis.range
    assert low < reporter.x[0]
    assert high > ada.x[1]


def test_ticks_name_distances_and_never_crowd_a_phone() -> None:
    """Today, and ticks at least a tenth of the axis apart."""
    axis = timeline(TABLE, COLOURS, published=PUBLISHED).layout.xaxis
    named = dict(zip(axis.ticktext, axis.tickvals, strict=True))
    assert named["today"] == 0
    assert {"a<br>lifetime", "a<br>year"} <= set(named)
    spots = sorted(axis.tickvals)
    width = axis.range[1] - axis.range[0]
    assert all(right - left > width * 0.1 for left, right in itertools.pairwise(spots))


def test_calendar_axis_shows_true_days() -> None:
    """A bar runs to the end of its last day; what is shorter than a dot is a dot."""
    figure = timeline(TABLE, COLOURS, published=PUBLISHED, axis="calendar")
    assert figure.layout.xaxis.type == "date"
    (reporter, _) = traces(figure, "lines")
    assert reporter.x[:2] == ("1947-03-12 00:00:00", "1991-12-27 00:00:00")
    assert len(traces(figure, "markers")[0].x) == 2


def test_without_publication_the_axis_is_the_calendar() -> None:
    """There is no distance from an unknown day."""
    figure = timeline(TABLE, COLOURS, published=None, axis="distance")
    assert figure.layout.xaxis.type == "date"
    assert not [note for note in figure.layout.annotations if "publication" in note.text]


def test_label_states_length_and_voices() -> None:
    """Width is a ratio on the log axis, so the length is in words; several voices are all named."""
    figure = timeline(TABLE, COLOURS, published=PUBLISHED)
    names, facts = traces(figure, "text")
    assert names.text[0] == "Cold War"
    assert facts.text[0].replace("<br>", " ").endswith("44\u00a0years")
    assert facts.text[1] == "October 2016"
    assert "2\u00a0mentions" in facts.text[2]
    assert f'<span style="color:{COLOURS["Ada Lovelace"]}">■</span>' in facts.text[2]
    assert "Ada Lovelace" in facts.text[2]


def test_a_click_anywhere_in_a_row_gives_the_marks_number() -> None:
    """The rows' areas carry the table's row numbers, in order, and span the axis."""
    area = timeline(TABLE, COLOURS, published=PUBLISHED).data[0]
    assert list(area.customdata) == [0, 1, 2, 3]
    assert len(set(area.base)) == 1


def test_words_of_the_article_are_only_words() -> None:
    """Neither tags nor hover placeholders of an article reach plotly."""
    row = mark("<a href='javascript:x'>&%{x}</a>", PUBLISHED, PUBLISHED, who="<b>Bo</b>")
    figure = timeline(pd.DataFrame([row]), {"<b>Bo</b>": "#85888d"}, published=PUBLISHED)
    told = [*figure.data[0].hovertext, *(t for trace in traces(figure, "text") for t in trace.text)]
    told += [note.text for note in figure.layout.annotations]
    assert not [text for text in told if "<a" in text or "<b>" in text or "%{" in text]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.dates(), st.integers(0, 20000), st.text(max_size=60)), min_size=1, max_size=8),
    st.dates(),
    st.sampled_from(["distance", "calendar"]),
)
def test_rows_never_overlap(marks: list[tuple[date, int, str]], published: date, axis: Axis) -> None:
    """Whatever the marks, each row's area ends before the next begins, and all lie in the figure."""
    rows = []
    for first, span, what in marks:
        last = first + timedelta(days=min(span, (date.max - first).days))
        rows.append(mark(what, first, last))
    figure = timeline(pd.DataFrame(rows), COLOURS, published=published, axis=axis)
    area = figure.data[0]
    edges = [(y - width / 2, y + width / 2) for y, width in zip(area.y, area.width, strict=True)]
    assert all(upper[1] <= lower[0] for upper, lower in itertools.pairwise(edges))
    assert edges[0][0] >= 0
    assert edges[-1][1] <= figure.layout.yaxis.range[0] <= figure.layout.height
