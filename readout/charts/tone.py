"""Figures of tone: polarity and subjectivity in reading order, and the sentences of each voice."""

from __future__ import annotations

import textwrap
from bisect import bisect
from collections.abc import Hashable, Mapping
from math import ceil
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from readout.charts.room import IN_FILES, ON_SCREEN, from_width
from readout.charts.style import INK, MUTED, RULE, SMALL, STRONG_RULE, area, dress, words
from readout.palette import Colour
from readout.tables.tone import signed, units
from readout.tone import disagree
from readout.wording import counted

_GREY = Colour("", RULE, RULE, RULE)
_SIDES = 44
"""Pixels beside the plot, both sides together."""
_INITIALS, _NUMBER = 22, 20
"""Pixels that initials over a bar need, and the number under it."""
_LEGEND, _NAME = 14, 26
"""How many voices a file's legend has, and letters of a name in it."""
_STRIPS = 12
_HEIGHT = 500
_MANY = 60
"""With more units than this marks are small."""
RING = "Of those spoken of (learned model)"
_BAR = "The words (word list)"
_BARS = "#85888d"
_MEASURE = "−1 negative, 1 positive"
_STRIP_HEIGHT = 54


def by_unit(
    scored: pd.DataFrame, colours: Mapping[str, Colour], *, chosen: str = "", noun: str = "paragraph"
) -> go.Figure:
    """Polarity as diverging bars in reading order, split by voice, and subjectivity as dots beneath.

    The axis always has its whole length, so that a whisper never looks like a shout and rings can join the bars.

    Args:
        scored: the table `readout.tables.tone.scores` gives, or `with_toward`, whose tones are drawn as rings.
        colours: a colour for each voice in it, by the table's names.
        chosen: the label of the unit to highlight.
        noun: what a unit is.

    Returns:
        The figure; its marks that can be chosen carry the unit's label as customdata.
    """
    audible = units(scored)
    rated = audible.dropna(subset=["polarity"])
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=[0.76, 0.24], vertical_spacing=0.2)
    dress(figure, height=_HEIGHT)
    _stacks(figure, scored, colours)
    _initials(figure, scored, colours)
    _nets(figure, scored, rated)
    _silent(figure, audible)
    _rings(figure, audible)
    _subjectivity(figure, rated)
    _targets(figure, audible, noun)
    if chosen in set(audible["label"]):
        at = int(audible.loc[audible["label"] == chosen, "number"].iloc[0])
        for row in (1, 2):
            figure.add_vrect(
                at - 0.5, at + 0.5, fillcolor=INK, opacity=0.12, line_width=0, layer="below", row=row, col=1,
                name=ON_SCREEN,
            )  # fmt: skip
    count = int(scored["number"].max()) if len(scored) else 1
    _axes(figure, scored, count, noun)
    return figure


def by_voice(sentences: pd.DataFrame, voices: pd.DataFrame, colours: Mapping[str, Colour]) -> go.Figure:
    """A strip for each voice: a stroke per scored sentence, the mean as a dot, one standard deviation to each side.

    Args:
        sentences: the table `readout.tables.tone.sentences` gives.
        voices: the table `readout.tables.tone.by_voice` gives; its first rows are drawn.
        colours: a colour for each voice, by the tables' names.

    Returns:
        The figure; each stroke carries its sentence's start in the text as customdata.
    """
    drawn = voices[voices["scored_sentences"] > 0].head(_STRIPS).reset_index(drop=True)
    figure = dress(go.Figure(), height=len(drawn) * _STRIP_HEIGHT + 76)
    reach = max(0.5, ceil(4 * float(sentences["polarity"].abs().max())) / 4) if len(sentences) else 0.5
    for row, voice in enumerate(drawn.itertuples()):
        colour = colours.get(str(voice.voice), _GREY)
        own = sentences[sentences["voice"] == voice.voice]
        _strip(figure, -row, own, colour)
        if voice.enough:
            figure.add_scatter(
                x=[voice.mean_polarity],
                y=[-row],
                error_x={"array": [voice.spread], "color": colour.chart, "thickness": 2, "width": 0},
                mode="markers",
                marker={"size": 12, "color": colour.chart, "line": {"color": "#ffffff", "width": 1.5}},
                hoverinfo="skip",
            )
        figure.add_annotation(
            x=0, xref="paper", y=-row + 0.42, text=_strip_label(voice, colour), showarrow=False, xanchor="left",
            yanchor="middle", font={"size": SMALL, "color": INK},
        )  # fmt: skip
    figure.add_vline(0, line={"color": STRONG_RULE, "width": 1}, layer="below")
    figure.update_yaxes(range=[-len(drawn) + 0.5, 0.75], visible=False)
    figure.update_xaxes(
        range=[-reach * 1.04, reach * 1.04], **_polarity_ticks(reach), showgrid=True,
        title={"text": "polarity of a sentence, −1 negative, 1 positive"},
    )  # fmt: skip
    figure.update_layout(margin={"b": 50, "t": 4})
    return figure


def _stacks(figure: go.Figure, scored: pd.DataFrame, colours: Mapping[str, Colour]) -> None:
    audible = scored[scored["voice"] != ""]
    by_words = audible.groupby("voice")["scored_words"].sum().sort_values(ascending=False, kind="stable")
    figure.add_bar(x=[None], y=[None], name=_BAR, legendrank=2, marker={"color": _BARS}, hoverinfo="skip", row=1, col=1)
    for rank, voice in enumerate(by_words.index):
        own = audible[(audible["voice"] == voice) & (audible["part"] != 0)]
        colour = colours.get(voice, _GREY)
        named = textwrap.shorten(voice, _NAME, placeholder=" …")
        name = words(f"{colour.initials}  {named}" if colour.initials else named)
        figure.add_bar(
            x=own["number"],
            y=own["part"],
            base=own["base"],
            width=0.76,
            name=name,
            legendrank=10 + rank,
            showlegend=False,
            meta=IN_FILES if rank < _LEGEND and len(own) else None,
            marker={**area(colour), "line": {"width": 0}},
            unselected={"marker": {"opacity": 1}},
            hoverinfo="skip",
            row=1,
            col=1,
        )


def _initials(figure: go.Figure, scored: pd.DataFrame, colours: Mapping[str, Colour]) -> None:
    """Initials at the ends of the bars of one voice, since colour alone does not tell who it is to everybody."""
    parts = scored[(scored["voice"] != "") & (scored["part"] != 0)]
    alone = parts[~parts["number"].duplicated(keep=False)]
    width = _INITIALS * int(scored["number"].max()) + _SIDES if len(scored) else 0
    for up in (True, False):
        side = alone[(alone["part"] > 0) == up]
        figure.add_scatter(
            x=side["number"],
            y=side["part"] - (0 if up else 0.045),
            text=[from_width(colours.get(voice, _GREY).initials, width) for voice in side["voice"]],
            mode="text",
            textposition="top center" if up else "bottom center",
            textfont={"size": 11, "color": MUTED},
            hoverinfo="skip",
            showlegend=False,
            row=1,
            col=1,
        )


def _nets(figure: go.Figure, scored: pd.DataFrame, rated: pd.DataFrame) -> None:
    """Where the parts of several voices add up to, since no bar ends there."""
    parts = scored[scored["part"] != 0].groupby("number")["part"].count()
    several = rated[rated["number"].isin(parts[parts > 1].index)]
    if several.empty:
        return
    figure.add_scatter(
        x=several["number"],
        y=several["polarity"],
        mode="markers",
        marker={"symbol": "diamond", "size": 8, "color": INK, "line": {"color": "#ffffff", "width": 1}},
        name="Voices together",
        legendrank=1000,
        unselected={"marker": {"opacity": 1}},
        hoverinfo="skip",
        row=1,
        col=1,
    )


def _silent(figure: go.Figure, audible: pd.DataFrame) -> None:
    silent = audible[audible["polarity"].isna()]
    if silent.empty:
        return
    figure.add_scatter(
        x=silent["number"],
        y=[0] * len(silent),
        mode="markers",
        marker={"symbol": "x-thin", "size": 6, "line": {"color": MUTED, "width": 1.25}},
        name="No word that the lexicon knows",
        legendrank=1001,
        unselected={"marker": {"opacity": 1}},
        hoverinfo="skip",
        row=1,
        col=1,
    )


def _rings(figure: go.Figure, audible: pd.DataFrame) -> None:
    """What is said of those spoken of in each unit, by the learned model, where it is clear."""
    if "toward" not in audible:
        return
    clear = audible.dropna(subset=["toward"])
    if clear.empty:
        return
    size = 11 if len(audible) <= _MANY else 7
    figure.add_scatter(
        x=clear["number"],
        y=clear["toward"],
        mode="markers",
        marker={"symbol": "circle-open", "size": size, "color": INK, "line": {"color": INK, "width": 2}},
        name=RING,
        legendrank=3,
        unselected={"marker": {"opacity": 1}},
        hoverinfo="skip",
        row=1,
        col=1,
    )


def _subjectivity(figure: go.Figure, rated: pd.DataFrame) -> None:
    size = 7 if len(rated) <= _MANY else 4
    figure.add_bar(
        x=rated["number"], y=rated["subjectivity"], width=0.08, marker={"color": STRONG_RULE, "line": {"width": 0}},
        unselected={"marker": {"opacity": 1}}, hoverinfo="skip", showlegend=False, row=2, col=1,
    )  # fmt: skip
    figure.add_scatter(
        x=rated["number"], y=rated["subjectivity"], mode="markers", marker={"size": size, "color": INK},
        unselected={"marker": {"opacity": 1}}, hoverinfo="skip", showlegend=False, row=2, col=1,
    )  # fmt: skip


def _targets(figure: go.Figure, audible: pd.DataFrame, noun: str) -> None:
    """Unseen bars of full height, since a short bar is hard to hit; they carry the hover text and the choice."""
    shape = {"marker": {"opacity": 0}}
    said = [
        f"<b>{noun.capitalize()} {unit['label']}</b> · {words(unit['voices'])}<br>{_told(unit)}"
        for unit in audible.to_dict("records")
    ]
    for row, low, high in ((1, -1, 1), (2, 0, 1)):
        figure.add_bar(
            x=audible["number"], y=[high - low] * len(audible), base=[low] * len(audible), width=1,
            customdata=audible["label"], text=said, textposition="none", hovertemplate="%{text}<extra></extra>",
            showlegend=False, selected=shape, unselected=shape, row=row, col=1, **shape,
        )  # fmt: skip


def _told(unit: Mapping[Hashable, Any]) -> str:
    """What the box over a unit's bar says of it."""
    count, said = unit["scored_words"], "no word that the lexicon knows"
    if count:
        said = (
            f"polarity {signed(unit['polarity'])} · subjectivity {unit['subjectivity']:.2f} · "
            f"{counted(count, 'scored word')}"
        )
        if disagree(unit["polarity"], unit["second"]):
            said += f"<br>VADER, a second word list, disagrees: {signed(unit['second'])}"
    if unit.get("toward_clear"):
        said += f"<br>toward those spoken of {signed(unit['toward'])}, {counted(unit['toward_clear'], 'clear mention')}"
    return said


def _axes(figure: go.Figure, scored: pd.DataFrame, count: int, noun: str) -> None:
    figure.update_layout(
        barmode="overlay",
        margin={"t": 66, "b": 40},
        showlegend=True,
        legend={
            "orientation": "h", "x": 0, "xanchor": "left", "y": 1.06, "yanchor": "bottom", "yref": "paper",
            "font": {"size": SMALL, "color": INK}, "itemclick": False, "itemdoubleclick": False, "itemwidth": 30,
        },
    )  # fmt: skip
    first = scored.drop_duplicates("paragraph")
    ticks = _numbered(dict(zip(first["number"].astype(int), first["paragraph"].astype(int), strict=True)), count)
    figure.update_xaxes(
        range=[0.4, count + 0.6], tickvals=list(ticks), ticktext=list(ticks.values()), tickangle=0, showgrid=False
    )
    figure.update_xaxes(showticklabels=True, row=1, col=1)
    figure.update_xaxes(showticklabels=False, title={"text": f"{noun}s, in reading order"}, row=2, col=1)
    figure.update_yaxes(range=[-1.06, 1.06], **_polarity_ticks(1), zeroline=True, row=1, col=1)
    figure.update_yaxes(range=[-0.06, 1.06], tickvals=[0, 0.5, 1], ticktext=["0", "0.5", "1"], row=2, col=1)
    for axis, top, measure in (("y", 1.06, _MEASURE), ("y2", 1.06, "subjectivity, 0 to 1")):
        figure.add_annotation(
            x=0, xref="paper", y=top, yref=axis, yanchor="bottom", xanchor="left", yshift=2, text=measure,
            showarrow=False, font={"size": SMALL, "color": MUTED},
        )  # fmt: skip


def _numbered(paragraphs: Mapping[int, int], count: int) -> dict[int, str]:
    """The paragraphs' numbers at their places; where there is no room for all, the round ones stay."""
    ticks: dict[int, str] = {}
    taken: list[int] = []
    for step in (1000, 500, 100, 50, 10, 5, 1):
        new = [at for at, number in paragraphs.items() if at not in ticks and (number % step == 0 or number == 1)]
        taken = sorted((*taken, *new))
        for at in new:
            place = bisect(taken, at)
            near = min((abs(at - other) for other in (*taken[: place - 1][-1:], *taken[place:][:1])), default=count)
            if label := from_width(str(paragraphs[at]), _NUMBER * count / near + _SIDES):
                ticks[at] = label
        taken = [at for at in taken if at in ticks]
    return ticks


def _strip(figure: go.Figure, row: int, own: pd.DataFrame, colour: Colour) -> None:
    figure.add_scatter(
        x=own["polarity"],
        y=[row] * len(own),
        mode="markers",
        marker={"symbol": "line-ns", "size": 16, "line": {"color": colour.chart, "width": 2}, "opacity": 0.75},
        unselected={"marker": {"opacity": 0.75}},
        customdata=own["start"],
        text=[f"paragraph {p} · polarity {signed(v)}" for p, v in zip(own["paragraph"], own["polarity"], strict=True)],
        hovertemplate="%{text}<extra></extra>",
    )


def _strip_label(voice: object, colour: Colour) -> str:
    name = words(str(voice.voice))  # type: ignore[attr-defined]
    return f"<b>{colour.initials}</b>  {name}" if colour.initials else name


def _polarity_ticks(reach: float) -> dict[str, list[float] | list[str]]:
    step = 0.25 if reach <= 0.75 else 0.5
    ends = int(reach / step)
    values = [step * tick for tick in range(-ends, ends + 1)]
    return {
        "tickvals": values,
        "ticktext": [signed(value, 2).rstrip("0").rstrip(".") if value else "0" for value in values],
    }
