"""The timeline's figure: where marks stand, that labels can't meet, and that words mean only themselves."""

from __future__ import annotations

import itertools
import re
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


def mark(
    what: str,
    first: date,
    last: date,
    who: str = "The reporter",
    voices: tuple[str, ...] = (),
    kind: str = "time",
    *,
    rough: bool = False,
) -> dict[str, Any]:
    """A row of the table."""
    return {
        "What": what, "Who": who, "When": days(first, last), "Length": length(first, last),
        "Distance": distance(first, last, PUBLISHED), "Earliest": first, "Latest": last,
        "Mentions": max(1, len(voices)), "Voices": voices or (who,), "Paragraphs": (1,), "Kind": kind,
        "Approximate": rough,
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
    (dots,) = traces(figure, "markers")
    assert list(dots.x) == [0]
    low, high = figure.layout.xaxis.range
    assert low < reporter.x[0]
    assert high > ada.x[1]


def shown_ticks(figure: go.Figure, width: float) -> dict[float, str]:
    """The ticks that a figure of this width has, by place."""
    axis = figure.layout.xaxis
    needs = [float(found[1]) if (found := re.search(r"--from:(\d+)px", text)) else 0 for text in axis.ticktext]
    names = (re.sub(r"<.*?>", " ", text).split()[-1] for text in axis.ticktext)
    return {at: name for at, name, need in zip(axis.tickvals, names, needs, strict=True) if need <= width}


def far(before: int, after: int) -> go.Figure:
    """A timeline that reaches so many days back and ahead."""
    ends = (PUBLISHED - timedelta(days=before), PUBLISHED + timedelta(days=after))
    return timeline(pd.DataFrame([mark("x", day, day) for day in ends]), COLOURS, published=PUBLISHED)


@pytest.mark.parametrize("width", [354, 480, 620, 960])
@pytest.mark.parametrize(("before", "after"), [(35_000, 12_500), (25_446, 11), (3, 2), (400, 400), (700_000, 1)])
def test_ticks_name_distances_and_never_crowd(before: int, after: int, width: int) -> None:
    """Today is named, and the words under two ticks keep apart at any width."""
    figure = far(before, after)
    ticks = shown_ticks(figure, width)
    assert ticks[0] == "today"
    low, high = figure.layout.xaxis.range
    pixels = (width - figure.layout.margin.l - figure.layout.margin.r) / (high - low)
    for (left, name), (right, other) in itertools.pairwise(sorted(ticks.items())):
        assert (right - left) * pixels > (len(name) + len(other)) / 2 * 6 + 3


def test_ticks_are_the_same_on_both_sides() -> None:
    """What is named before publication is named after it, as far as the axis reaches."""
    for width in (354, 620, 960):
        figure = far(35_000, 12_500)
        ticks = shown_ticks(figure, width)
        high = figure.layout.xaxis.range[1]
        assert {-at for at in ticks if -high < at < 0} == {at for at in ticks if at > 0}
    assert {"week", "month", "year", "decade", "lifetime"} <= set(ticks.values())
    assert {"year", "lifetime"} <= set(shown_ticks(figure, 354).values())


def test_a_long_chart_has_its_ticks_at_the_foot_too() -> None:
    """Whoever has scrolled down reads the axis there; a chart of one screen has it once."""
    assert "xaxis2" not in timeline(TABLE, COLOURS, published=PUBLISHED).layout.to_plotly_json()
    for axis in ("distance", "calendar"):
        layout = timeline(pd.concat([TABLE] * 6), COLOURS, published=PUBLISHED, axis=axis).layout
        assert layout.xaxis2.side == "bottom"
        assert layout.xaxis2.range == layout.xaxis.range
        assert layout.xaxis2.ticktext == layout.xaxis.ticktext


def test_calendar_axis_shows_true_days() -> None:
    """A bar runs to the end of its last day; what is shorter than a dot is a dot."""
    figure = timeline(TABLE, COLOURS, published=PUBLISHED, axis="calendar")
    assert figure.layout.xaxis.type == "date"
    (reporter,) = traces(figure, "lines")
    assert reporter.x[:2] == ("1947-03-12 00:00:00", "1991-12-27 00:00:00")
    assert len(traces(figure, "markers")[0].x) == 2


def test_without_publication_the_axis_is_the_calendar() -> None:
    """There is no distance from an unknown day."""
    figure = timeline(TABLE, COLOURS, published=None, axis="distance")
    assert figure.layout.xaxis.type == "date"
    assert figure.layout.xaxis.title.text == "Date"


@pytest.mark.parametrize("axis", ["distance", "calendar"])
def test_the_axis_has_a_title(axis: Axis) -> None:
    """Whoever sees the chart alone, as a picture, reads what the axis counts and from which day, at head and foot."""
    layout = timeline(pd.concat([TABLE] * 6), COLOURS, published=PUBLISHED, axis=axis).layout
    assert "9 November 2016" in layout.xaxis.title.text
    assert layout.xaxis2.title.text == layout.xaxis.title.text


def test_lanes_have_heads_and_an_order_of_time_names_each_voice() -> None:
    """Without lanes the voice stands under each mark with its colour; with them, once over its lane."""
    facts = traces(timeline(TABLE, COLOURS, published=PUBLISHED), "text")[1]
    assert "Ada\u00a0Lovelace" in facts.text[3]
    assert f'<span style="color:{COLOURS["Ada Lovelace"]}">■</span>' in facts.text[3]
    figure = timeline(TABLE, COLOURS, published=PUBLISHED, lanes=True)
    assert "■" not in traces(figure, "text")[1].text[3]
    assert [note.text.split("</span> ")[1] for note in figure.layout.annotations] == ["The reporter", "Ada Lovelace"]
    assert not timeline(TABLE, COLOURS, published=PUBLISHED).layout.annotations


def test_what_is_rough_ends_softly() -> None:
    """A rough bar is solid in its middle alone and fades over its ends; a rough dot has a ring."""
    first, last = date(1990, 1, 1), date(2003, 12, 31)
    for rough in (False, True):
        table = pd.DataFrame([mark("A", first, last, rough=rough), mark("B", PUBLISHED, PUBLISHED, rough=rough)])
        figure = timeline(table, COLOURS, published=PUBLISHED)
        lines, dots = traces(figure, "lines"), traces(figure, "markers")
        whole = (position((first - PUBLISHED).days), position((last - PUBLISHED).days))
        (solid,) = [line for line in lines if line.opacity == 1]
        assert (solid.x[:2] == pytest.approx(whole)) is not rough
        faint = [line for line in lines if line.opacity < 1]
        assert bool(faint) is rough
        if rough:
            assert faint[0].x[:2] == pytest.approx(whole)
            assert whole[0] < faint[-1].x[0] < solid.x[0] < solid.x[1] < faint[-1].x[1] < whole[1]
        assert len(dots) == 1 + rough


def test_a_report_is_small_and_pale() -> None:
    """What only says when something was said has no bold label, a thin bar and less colour."""
    rows = [
        mark("Ada said …", date(2016, 10, 1), date(2016, 10, 31), kind="report"),
        mark("It rained", date(2016, 10, 1), date(2016, 10, 31)),
    ]
    figure = timeline(pd.DataFrame(rows), COLOURS, published=PUBLISHED)
    names, facts = traces(figure, "text")
    assert list(names.text) == ["", "It rained"]
    assert facts.text[0] == "October 2016 · Ada said …"
    plain, pale = sorted(traces(figure, "lines"), key=lambda line: -line.opacity)
    assert pale.line.width < plain.line.width
    assert pale.opacity < plain.opacity == 1


def test_a_label_lies_where_it_has_most_room() -> None:
    """At the edges of the axis it lies inwards, in the middle it is centred, so that none runs out of the picture."""
    days = [date(1916, 11, 9), date(2016, 9, 9), PUBLISHED]
    figure = timeline(pd.DataFrame([mark("x", day, day) for day in days]), COLOURS, published=PUBLISHED)
    assert list(traces(figure, "text")[0].textposition) == ["bottom right", "bottom center", "bottom left"]


def test_label_states_length_and_voices() -> None:
    """Width is a ratio on the log axis, so the length is in words; several voices are all named."""
    figure = timeline(TABLE, COLOURS, published=PUBLISHED)
    names, facts = traces(figure, "text")
    assert names.text[0] == "Cold War"
    assert facts.text[0].split("<br>")[0].endswith("44\u00a0years")
    assert facts.text[1].startswith("October 2016 <span")
    assert "■</span>\u00a0The\u00a0reporter" in facts.text[1]
    assert "2\u00a0mentions" in facts.text[2]
    assert f'<span style="color:{COLOURS["Ada Lovelace"]}">■</span>\u00a0Ada\u00a0Lovelace' in facts.text[2]


def test_a_click_anywhere_in_a_row_gives_the_marks_number() -> None:
    """The rows' areas carry the table's row numbers, in order, span the axis, and say nothing on hover."""
    area = timeline(TABLE, COLOURS, published=PUBLISHED, chosen=2).data[0]
    assert list(area.customdata) == [0, 1, 2, 3]
    assert list(area.selectedpoints) == [2]
    assert area.hoverinfo == "none"
    assert len(set(area.base)) == 1


def test_words_of_the_article_are_only_words() -> None:
    """Neither tags nor hover placeholders of an article reach plotly."""
    row = mark("<a href='javascript:x'>&%{x}</a>", PUBLISHED, PUBLISHED, who="<b>Bo</b>")
    figure = timeline(pd.DataFrame([row]), {"<b>Bo</b>": "#85888d"}, published=PUBLISHED)
    told = [t for trace in traces(figure, "text") for t in trace.text]
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
