"""The timeline: when everything happened that an article refers to.

Each mark has a row of its own with its words above it, so that no two labels can meet at any width; the rows stand
in one order of time, or in lanes, one for each voice. What is rough ends softly. Heights are in pixels: the y axis
counts them from the top.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from readout.charts.room import from_width
from readout.charts.style import HALO, INK, MUTED, SIZE, SMALL, STRONG_RULE, dress, words
from readout.wording import day

Axis = Literal["distance", "calendar"]

_TICKS = (
    (0, "today", 32),
    (365, "a<br>year", 25),
    (29_220, "a<br>lifetime", 42),
    (30, "a<br>month", 36),
    (3_652, "a<br>decade", 41),
    (7, "a<br>week", 30),
    (1, "a<br>day", 21),
    (365_242, "a thousand<br>years", 66),
)
"""Days from publication, their names, and the pixels that these need; where there is no room for all, the first ones
stay, on both sides."""
_TICK_GAP = 2
"""Pixels that the words under a tick keep free on each side."""

_NARROW = 320
"""Pixels that the plot has on a phone, which labels are cut to fit."""
_LETTER = 6.6
"""Pixels that a letter takes in a label, on average and a little more; an East Asian one takes two."""
_LINE, _BAR, _GAP, _HEAD = 17, 8, 16, 30
"""Pixels: a line of a label, the thickness of a bar, the space under it, the head of a lane."""
_PALE_BAR, _PALE_GAP, _PALE = 4, 10, 0.55
"""The same for a mark that only says when something was said, and how strong its colour is."""
_FADE, _LAYERS, _LAYER = 0.3, 8, 0.2
"""The share of a rough bar that each of its ends fades over; the layers, each shorter than the last, that make it fade,
and how strong one is."""
_RING = 12
"""Pixels that the soft ring round a rough dot adds to it."""
_TICKS_HIGH, _TITLE, _BOTTOM = 40, 26, 4
_LEFT, _RIGHT = 8, 20
"""Pixels beside the plot, into which the words under a tick may reach."""
_SCREEN = 700
"""A plot that is higher has its ticks at the foot, too: no screen shows head and foot of it at once."""
_DOT = 0.02
"""A mark that would be shorter than this share of the axis is drawn as a dot."""
_EXPRESSION = re.compile("“[^”]{1,24}”")
"""Words of the article that are short enough to stand on one line."""
_WRAPPED = 34
"""A label of fewer letters a line may have three lines."""
_VOICES = 4
"""How many voices are named under one mark."""
_SQUARE = "\u25a0\u2060"
_DRAWN: dict[str, Any] = {"type": "scatter", "hoverinfo": "skip", "cliponaxis": False}
_CLEAR, _CHOSEN = "rgba(128,128,128,0)", "rgba(128,128,128,0.16)"


@dataclass(frozen=True, slots=True)
class _Scale:
    """An axis of days: where the marks lie on it, in its own numbers."""

    ends: list[tuple[float, float]]
    low: float
    high: float
    published: float | None
    axis: dict[str, Any]
    plotly: Callable[[float], float | str]
    """One of its numbers as plotly writes it."""
    step: float = 1
    """What plotly counts as one."""

    def share(self, number: float) -> float:
        return (number - self.low) / (self.high - self.low)


_Side = Literal["right", "center", "left"]
"""To which side of its mark a label lies: it begins at its left end, is set in its middle, or ends at its right end."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A mark in its place: its ends on the axis, its label, and its pixels from the top."""

    number: int
    who: str
    ends: tuple[float, float]
    dot: bool
    side: _Side
    name: list[str]
    facts: list[str]
    """Lines of it, ready for plotly."""
    top: int
    soft: bool = False
    """Whether its days are rough."""
    pale: bool = False
    """Whether it only says when something was said."""

    @property
    def thick(self) -> int:
        return _PALE_BAR if self.pale else _BAR

    @property
    def anchor(self) -> float:
        if self.dot or self.side == "center":
            return sum(self.ends) / 2
        return self.ends[0 if self.side == "right" else 1]

    @property
    def bar(self) -> float:
        return self.top + (len(self.name) + len(self.facts)) * _LINE + 4 + self.thick / 2

    @property
    def bottom(self) -> float:
        return self.bar + self.thick / 2 + (_PALE_GAP if self.pale else _GAP)


def timeline(
    table: pd.DataFrame,
    colours: Mapping[str, str],
    *,
    published: date | None,
    axis: Axis = "distance",
    chosen: int | None = None,
    lanes: bool = False,
) -> go.Figure:
    """The marks of a timeline, each from its earliest to its latest day.

    Args:
        table: at least one mark, as `readout.tables.timeline.timeline` gives them; for lanes as `by_voice` does.
        colours: a colour for each of Who.
        published: the day of publication; without it there is only the calendar axis.
        axis: "distance" from publication in days d, as sign(d) log10(1 + |d|), or "calendar".
        chosen: the row number of the mark to highlight.
        lanes: whether each voice has a lane of its own; otherwise its colour and its name tell it.

    Returns:
        The figure; a mark's customdata is its row number in the table, from 0.
    """
    scale = _by_distance(table, published) if axis == "distance" and published else _by_calendar(table, published)
    rows, heads = _rows(table, scale, colours, lanes=lanes)
    height = rows[-1].bottom
    top = _TICKS_HIGH + _TITLE
    ticks = {
        "range": [scale.plotly(scale.low), scale.plotly(scale.high)],
        "tickangle": 0,
        "automargin": False,
        "ticklabeloverflow": "allow",
        "title": {"text": _title(scale, published, axis), "standoff": 6},
        **scale.axis,
    }
    foot = top if height > _SCREEN else _BOTTOM
    voices = dict.fromkeys(row.who for row in rows)
    figure = go.Figure(
        data=[
            _areas(rows, scale, chosen),
            *(bar for who in voices for bar in _bars([r for r in rows if r.who == who], colours[who], scale)),
            *_labels(rows, scale),
        ],
        layout={
            "annotations": _names(heads, colours),
            "shapes": _rules(heads, scale),
            "barmode": "overlay",
            "meta": HALO,
            "margin": {"l": _LEFT, "r": _RIGHT, "t": top, "b": foot},
            "yaxis": {"range": [height, 0], "visible": False},
            "xaxis": {"side": "top", **ticks},
        },
    )
    if foot > _BOTTOM:
        # Plotly draws an axis only where something hangs on it.
        figure.add_scatter(x=[None], y=[None], xaxis="x2", hoverinfo="skip")
        figure.update_layout(xaxis2={"side": "bottom", "overlaying": "x", "showgrid": False, **ticks})
    return dress(figure, height=round(height) + top + foot)


def position(days: float) -> float:
    """Where a number of days from publication lies on the distance axis: sign(d) log10(1 + |d|)."""
    return math.copysign(math.log10(1 + abs(days)), days)


def _by_distance(table: pd.DataFrame, published: date) -> _Scale:
    ends = [
        (position((first - published).days), position((last - published).days))
        for first, last in zip(table["Earliest"], table["Latest"], strict=True)
    ]
    low = min(position(-7), *(end[0] for end in ends))
    high = max(0.0, *(end[1] for end in ends))
    room = (high - low) * 0.06
    low, high = low - room, high + room
    ticks = _distances(low, high)
    axis = {"tickvals": list(ticks), "ticktext": list(ticks.values())}
    return _Scale(ends, low, high, 0.0, axis, float)


def _distances(low: float, high: float) -> dict[float, str]:
    """The ticks of the distance axis, each with the width of the figure that it needs to keep off those before it."""
    ticks: dict[float, str] = {}
    before: list[tuple[float, float]] = []
    for days, name, wide in _TICKS:
        half = wide / 2 + _TICK_GAP
        spots = [at for at in sorted({position(-days), position(days)}) if low < at < high]
        needs = [
            *((half + other_half) / abs(at - other) for at in spots for other, other_half in before),
            *((half - _TICK_GAP - _LEFT) / (at - low) for at in spots),
            *((half - _TICK_GAP - _RIGHT) / (high - at) for at in spots),
        ]
        label = from_width(name, max(needs, default=0) * (high - low) + _LEFT + _RIGHT)
        if label:
            ticks.update(dict.fromkeys(spots, label))
            before += [(at, half) for at in spots]
    return ticks


def _by_calendar(table: pd.DataFrame, published: date | None) -> _Scale:
    ends = [
        (float(first.toordinal()), last.toordinal() + 1.0)
        for first, last in zip(table["Earliest"], table["Latest"], strict=True)
    ]
    day_of_it = published.toordinal() + 0.5 if published else None
    low = min([end[0] for end in ends] + ([day_of_it] if day_of_it else []))
    high = max([end[1] for end in ends] + ([day_of_it] if day_of_it else []))
    room = max((high - low) * 0.04, 3.0)
    low, high = max(low - room, 1.0), min(high + room, date.max.toordinal() + 0.9)
    axis = {"type": "date", "nticks": 6, "tickformatstops": _FORMATS}
    return _Scale(ends, low, high, day_of_it, axis, _moment, step=86_400_000)


_FORMATS = [
    {"dtickrange": [None, "M1"], "value": "%-d %b<br>%Y"},
    {"dtickrange": ["M1", "M12"], "value": "%b<br>%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]


def _moment(ordinal: float) -> str:
    """A day's ordinal, with a fraction for the hour, as plotly writes a moment; whole days only up to the last one."""
    ordinal = min(ordinal, date.max.toordinal() + 0.99)
    return (datetime.fromordinal(int(ordinal)) + timedelta(days=ordinal % 1)).isoformat(" ", "seconds")


def _rows(
    table: pd.DataFrame, scale: _Scale, colours: Mapping[str, str], *, lanes: bool
) -> tuple[list[_Row], dict[str, int]]:
    """The marks in their places, and the top of each lane's head."""
    rows: list[_Row] = []
    heads: dict[str, int] = {}
    top = 0 if lanes else _GAP // 2
    for number, (mark, ends) in enumerate(zip(table.to_dict("records"), scale.ends, strict=True)):
        if lanes and mark["Who"] not in heads:
            heads[mark["Who"]] = top
            top += _HEAD
        left, right = scale.share(ends[0]), scale.share(ends[1])
        middle = (left + right) / 2
        sides: dict[_Side, float] = {"right": 1 - left, "left": right, "center": 2 * min(middle, 1 - middle)}
        side = max(sides, key=lambda one: sides[one])
        letters = int(sides[side] * _NARROW / _LETTER)
        pale = mark["Kind"] == "report"
        name: list[str] = []
        if pale:
            facts = [words(line) for line in _fit(f"{mark['When']} · {mark['What']}", letters, 2)]
        else:
            what = _EXPRESSION.sub(_unbroken, mark["What"])
            name = _fit(what, letters, 2 if letters >= _WRAPPED else 3)
            facts = _facts(mark, letters, colours, lanes=lanes)
        row = _Row(number, mark["Who"], ends, right - left < _DOT, side, name, facts, top, mark["Approximate"], pale)
        rows.append(row)
        top = round(row.bottom)
    return rows, heads


def _facts(mark: Mapping[Hashable, Any], letters: int, colours: Mapping[str, str], *, lanes: bool) -> list[str]:
    """When it was, how long it took where that goes without saying, how often it is referred to and by whom."""
    facts = [mark["When"]] if mark["When"] != mark["What"] else []
    if " to " in mark["When"]:
        facts.append(mark["Length"].replace(" ", "\u00a0"))
    if mark["Mentions"] > 1:
        facts.append(f"{mark['Mentions']}\u00a0mentions")
    told = ", ".join(facts)
    voices = mark["Voices"][:_VOICES]
    if lanes and len(voices) == 1:
        return [words(line) for line in _fit(told, letters, 2)]
    text = "<br>".join(
        map(words, _fit(" ".join([told, *(_whole(f"{_SQUARE} {who}", letters) for who in voices)]), letters, 3))
    )
    for who in voices:
        text = text.replace(_SQUARE, f'<span style="color:{colours.get(who, MUTED)}">■</span>', 1)
    return text.replace(_SQUARE, "").split("<br>")


def _whole(voice: str, letters: int) -> str:
    """A voice's square and name, on one line if that has room for them."""
    return voice.replace(" ", "\u00a0") if len(voice) <= letters else voice


def _unbroken(expression: re.Match[str]) -> str:
    return expression[0].replace(" ", "\u00a0")


def _fit(text: str, letters: int, lines: int) -> list[str]:
    """A text in so many lines of so many letters."""
    if any(ord(letter) > 0x2E80 for letter in text):
        letters //= 2
    fitted = textwrap.wrap(text, max(letters, 8), max_lines=lines, placeholder=" …")
    if text.startswith("“") and fitted and "”" not in "".join(fitted):
        fitted[-1] += "”"
    return fitted


def _areas(rows: list[_Row], scale: _Scale, chosen: int | None) -> dict[str, Any]:
    """The whole row of each mark, which can be chosen; all that a box could say on hover stands in the row."""
    return {
        "type": "bar",
        "orientation": "h",
        "base": [scale.plotly(scale.low)] * len(rows),
        "x": [(scale.high - scale.low) * scale.step] * len(rows),
        "y": [(row.top + row.bottom) / 2 - _GAP / 4 for row in rows],
        "width": [row.bottom - row.top - 2 for row in rows],
        "customdata": [row.number for row in rows],
        "hoverinfo": "none",
        "selectedpoints": None if chosen is None else [chosen],
        "marker": {"color": _CLEAR, "line": {"width": 0}},
        "selected": {"marker": {"color": _CHOSEN, "opacity": 1}},
        "unselected": {"marker": {"color": _CLEAR, "opacity": 1}},
    }


def _bars(rows: list[_Row], colour: str, scale: _Scale) -> list[dict[str, Any]]:
    """The marks of one voice: lines as long as they are vague, dots where that is too short to see.

    What is rough fades towards its ends, a dot into a ring; what only dates a report is thin and faint.
    """
    traces = []
    for pale in (False, True):
        own = [row for row in rows if row.pale is pale]
        strength, thick = (_PALE, _PALE_BAR) if pale else (1.0, _BAR)
        for layer in range(_LAYERS):
            if soft := [(row, *_shortened(row, layer / _LAYERS)) for row in own if row.soft and not row.dot]:
                traces.append(_lines(soft, colour, scale, thick, _LAYER * strength))
        if solid := [(row, *_shortened(row, 1)) for row in own if not row.dot]:
            traces.append(_lines(solid, colour, scale, thick, strength))
        dots = [row for row in own if row.dot]
        if ringed := [row for row in dots if row.soft]:
            traces.append(_dots(ringed, colour, scale, thick + 3 + _RING, 2 * _LAYER * strength))
        if dots:
            traces.append(_dots(dots, colour, scale, thick + 3, strength))
    return traces


def _shortened(row: _Row, share: float) -> tuple[float, float]:
    """A bar's ends, those of a rough one moved in over a share of what they fade over."""
    fade = (row.ends[1] - row.ends[0]) * _FADE * share if row.soft else 0.0
    return row.ends[0] + fade, row.ends[1] - fade


def _lines(
    pieces: list[tuple[_Row, float, float]], colour: str, scale: _Scale, thick: int, strength: float
) -> dict[str, Any]:
    x: list[float | str | None] = []
    y: list[float | None] = []
    for row, low, high in pieces:
        x += [scale.plotly(low), scale.plotly(high), None]
        y += [row.bar, row.bar, None]
    line = {"color": colour, "width": thick}
    return {"mode": "lines", "x": x, "y": y, "line": line, "opacity": strength, **_DRAWN}


def _dots(rows: list[_Row], colour: str, scale: _Scale, size: int, strength: float) -> dict[str, Any]:
    return {
        "mode": "markers",
        "x": [scale.plotly(row.anchor) for row in rows],
        "y": [row.bar for row in rows],
        "marker": {"color": colour, "size": size, "line": {"width": 0}, "opacity": strength},
        "unselected": {"marker": {"opacity": strength}},
        **_DRAWN,
    }


def _labels(rows: list[_Row], scale: _Scale) -> list[dict[str, Any]]:
    """What each mark is, and under it the facts."""
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": [scale.plotly(row.anchor) for row in rows],
            "y": [row.top + above * _LINE for row, above in zip(rows, skipped, strict=True)],
            "text": ["<br>".join(label) for label in lines],
            "textposition": [f"bottom {row.side}" for row in rows],
            "textfont": {"color": colour, "size": size, "weight": weight},
            "unselected": {"textfont": {"color": colour}},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
        for lines, skipped, colour, size, weight in (
            ([[words(line) for line in row.name] for row in rows], [0 for _ in rows], INK, SIZE, 600),
            ([row.facts for row in rows], [len(row.name) for row in rows], MUTED, SMALL, 400),
        )
    ]


def _names(heads: Mapping[str, int], colours: Mapping[str, str]) -> list[dict[str, Any]]:
    """Whose lane it is, at its head."""
    return [
        _note(
            f'<span style="color:{colours[who]}">■</span> {words(textwrap.shorten(who, 44, placeholder=" …"))}',
            y=head + 5,
            yref="y",
        )
        for who, head in heads.items()
    ]


def _title(scale: _Scale, published: date | None, axis: Axis) -> str:
    """What the axis counts, and from when."""
    if published is None:
        return "Date"
    if axis == "calendar":
        return f"Date (the line: published {day(published)})"
    sides = " and after" if any(end[1] > 0 for end in scale.ends) else ""
    return f"Time before{sides} {day(published)}, log scale"


def _note(text: str, **place: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "font": {"color": MUTED, "size": SMALL},
        **place,
    }


def _rules(heads: Mapping[str, int], scale: _Scale) -> list[dict[str, Any]]:
    """A line over each lane, and one through the day of publication."""
    look = {"type": "line", "layer": "below", "line": {"color": STRONG_RULE, "width": 1}}
    rules = [{"x0": 0, "x1": 1, "xref": "paper", "y0": head, "y1": head, **look} for head in heads.values()]
    if scale.published is not None:
        at = scale.plotly(scale.published)
        rules.append({"x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper", **look})
    return rules
