"""Words by speaker and kind of quote."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from readout.charts.room import hint
from readout.charts.style import INK, SMALL, dress, words
from readout.palette import Colour
from readout.records import REPORTER
from readout.wording import counted, share

KINDS = {"direct": "", "mixed": "/", "indirect": "."}
"""The kinds of quote, and the pattern that tells each apart without colour."""
_NAME = 40
"""How many characters of a name stand above its bar."""
_ROW = 46


def words_by_kind(table: pd.DataFrame, palette: Mapping[str, Colour]) -> go.Figure:
    """A bar for each speaker in their colour, as long as their quoted words, split by kind of quote.

    Args:
        table: Speaker, Kind, Words, Quotes, First, the longest bar first.
        palette: the speakers' colours.

    Returns:
        The figure; the customdata of a mark is speaker, kind, number of quotes and the offset of the first.
    """
    speakers = list(dict.fromkeys(table["Speaker"]))
    figure = go.Figure()
    for kind, shape in KINDS.items():
        rows = table[table["Kind"] == kind]
        if rows.empty:
            continue
        colours = [palette.get(name, palette[REPORTER]).chart for name in rows["Speaker"]]
        look = {"shape": shape, "fillmode": "replace", "size": 6, "solidity": 0.32}
        figure.add_bar(
            orientation="h",
            name=kind,
            y=[speakers.index(name) for name in rows["Speaker"]],
            x=rows["Words"].tolist(),
            customdata=[
                [words(str(speaker)), kind, int(quotes), int(first)]
                for speaker, quotes, first in zip(rows["Speaker"], rows["Quotes"], rows["First"], strict=True)
            ],
            marker={"color": colours, "pattern": look, "line": {"color": colours, "width": 1}},
            hovertemplate="<b>%{customdata[0]}</b><br>%{x} words, %{customdata[1]}<br>quotes: %{customdata[2]}"
            f"{hint('Click: the first of them in the text')}<extra></extra>",
            showlegend=False,
        )
        figure.add_bar(
            orientation="h",
            name=kind,
            y=[None],
            x=[None],
            marker={
                "color": palette[REPORTER].chart,
                "pattern": look,
                "line": {"color": palette[REPORTER].chart, "width": 1},
            },
            hoverinfo="skip",
        )
    dress(figure, height=52 + _ROW * max(len(speakers), 1))
    figure.update_layout(
        barmode="stack",
        bargap=0.62,
        showlegend=True,
        legend={
            "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom",
            "itemclick": False, "itemdoubleclick": False, "traceorder": "normal", "font": {"size": SMALL},
        },
        margin={"l": 0, "r": 88, "t": 36, "b": 4},
    )  # fmt: skip
    totals = table.groupby("Speaker", sort=False)["Words"].sum()
    figure.update_xaxes(visible=False, range=[0, max(1, int(totals.max()))] if len(totals) else None)
    figure.update_yaxes(range=[len(speakers) - 0.6, -0.72], visible=False)
    for row, name in enumerate(speakers):
        initials = palette.get(name, palette[REPORTER]).initials
        figure.add_annotation(
            x=0, xref="paper", y=row - 0.42, text=f"<b>{initials}</b>  {words(_short(name))}", showarrow=False,
            xanchor="left", xshift=-1, yanchor="middle", font={"size": 13, "color": INK},
        )  # fmt: skip
    figure.add_scatter(
        x=[int(totals[name]) for name in speakers],
        y=list(range(len(speakers))),
        text=[f" {counted(int(totals[name]), 'word')}" for name in speakers],
        mode="text",
        textposition="middle right",
        textfont={"color": INK, "size": SMALL},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
    return figure


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1].rstrip()}…"


def summary(table: pd.DataFrame, *, filtered: bool = False) -> str:
    """What the figure shows, in one sentence; the one share in it says of what.

    Args:
        table: the words of all the speakers, those too that are not drawn.
        filtered: whether the quotes are a choice of the reader's.
    """
    if table.empty:
        return "Nobody is quoted here."
    total, quotes = int(table["Words"].sum()), int(table["Quotes"].sum())
    by_speaker = table.groupby("Speaker", sort=False)["Words"].sum()
    first, own = str(by_speaker.index[0]), int(by_speaker.iloc[0])
    if len(by_speaker) == 1:
        return f"{_quotes(quotes).capitalize()} with {counted(total, 'word')}, all by {first}."
    of = "the words of these quotes" if filtered else "the quoted words"
    return (
        f"{len(by_speaker):,} voices have {_quotes(quotes)} with {counted(total, 'word')}; "
        f"{share(own, total)} of {of} are by {first}."
    )


def description(table: pd.DataFrame) -> str:
    """The figure in words, bar by bar, for whoever can't see it."""
    bars = [
        f"{name}: " + ", ".join(f"{words_} {kind}" for kind, words_ in zip(rows["Kind"], rows["Words"], strict=True))
        for name, rows in table.groupby("Speaker", sort=False)
    ]
    return f"Bars of quoted words by speaker and kind. {'; '.join(bars)}."


def _quotes(count: int) -> str:
    return "one quote" if count == 1 else counted(count, "quote")
