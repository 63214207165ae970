"""Who speaks how of whom, as a matrix: a row for each voice, a column for each of those spoken of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from readout.charts.room import ON_SCREEN
from readout.charts.style import INK, MUTED, RULE, SMALL, dress, words
from readout.palette import Colour
from readout.tables.tone import THE_REPORTER
from readout.wording import counted, signed

UP: Final = "31,153,106"
DOWN: Final = "206,60,120"
LEVEL: Final = "133,136,141"
"""Red, green and blue of praise, blame and neither; the same hues as the words of the Tone page."""
_ROW = 62
_NAME = 22
_VOICES = 16
"""Rows that are drawn; a longer matrix is read as a table."""
_STRONGEST = 0.75
"""The mean at which a cell has its full colour."""


def matrix(cells: pd.DataFrame, colours: Mapping[str, Colour], chosen: tuple[str, str] | None = None) -> go.Figure:
    """Draw the matrix.

    Args:
        cells: what `readout.tables.toward.cells` gives.
        colours: of the voices, by name.
        chosen: the voice and the one spoken of whose cell is chosen.

    Returns:
        A figure whose marks carry the row number of their cell.
    """
    voices, columns = list(dict.fromkeys(cells["Voice"])), list(dict.fromkeys(cells["Of"]))
    rows = {voice: -place for place, voice in enumerate(voices)}
    places = {whom: place for place, whom in enumerate(columns)}
    figure = go.Figure(
        go.Bar(
            orientation="h",
            x=[0.94] * len(cells),
            base=[places[whom] - 0.47 for whom in cells["Of"]],
            y=[rows[voice] for voice in cells["Voice"]],
            width=0.62,
            marker={
                "color": [_fill(mean, enough) for mean, enough in zip(cells["Mean"], cells["Enough"], strict=True)],
                "line": {"color": RULE, "width": 1},
            },
            text=[_text(cell) for cell in cells.to_dict("records")],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": [INK if enough else MUTED for enough in cells["Enough"]], "size": SMALL},
            constraintext="none",
            customdata=list(range(len(cells))),
            hovertext=["<br>".join(map(words, _said(cell))) for cell in cells.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    )
    if chosen and chosen[0] in rows and chosen[1] in places:
        row, place = rows[chosen[0]], places[chosen[1]]
        figure.add_shape(
            x0=place - 0.47, x1=place + 0.47, y0=row - 0.31, y1=row + 0.31, line={"color": INK, "width": 2},
            name=ON_SCREEN,
        )  # fmt: skip
    dress(figure, height=_ROW * len(voices) + 130)
    figure.update_layout(margin={"t": 92, "b": 4, "l": 0, "r": 48}, bargap=0)
    figure.update_xaxes(
        range=[-0.5, len(columns) - 0.5],
        tickvals=list(places.values()),
        ticktext=[words(_short(whom)) for whom in columns],
        tickfont={"size": SMALL, "color": INK},
        side="top",
        tickangle=-35,
        ticklabeloverflow="allow",
        showgrid=False,
    )
    figure.update_yaxes(range=[-len(voices) + 0.65, 0.65], visible=False)
    figure.add_annotation(
        x=0, xref="paper", y=0.65, yref="y", yshift=68, text="who speaks ↓   of whom →", showarrow=False,
        xanchor="left", xshift=-1, yanchor="middle", font={"size": SMALL, "color": MUTED},
    )  # fmt: skip
    for voice, row in rows.items():
        figure.add_annotation(
            x=0, xref="paper", y=row + 0.46, text=_label(voice, colours.get(voice)), showarrow=False,
            xanchor="left", xshift=-1, yanchor="middle", font={"size": SMALL, "color": INK},
        )  # fmt: skip
    return figure


def first_voices(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells of the voices that have a row in the figure: the first ones, whose cells keep their numbers."""
    return cells[cells["Voice"].isin(list(dict.fromkeys(cells["Voice"]))[:_VOICES])]


def headline(cells: pd.DataFrame) -> str:
    """What the matrix shows, in a sentence or two."""
    clear, unclear = int(cells["Clear"].sum()), int(cells["Unclear"].sum())
    whom = cells["Of"].nunique()
    spoken_of = "one person or power" if whom == 1 else f"{whom} people and powers"
    share = f"; in {unclear} of {clear + unclear} mentions the tone is unclear, and they are counted apart"
    voices = cells["Voice"].nunique()
    more = f" The first {_VOICES} voices are drawn; the table has all." if voices > _VOICES else ""
    return (
        f"{counted(voices, 'voice')} on {spoken_of}{share if unclear else ''}. A number is the mean, over the mentions "
        f"counted under it, of how likely each is praise less how likely it is blame: −1 to 1.{more}"
    )


def description(cells: pd.DataFrame) -> str:
    """The matrix in words, for those who don't see it."""
    said = [", ".join(_said(cell)) for cell in cells.head(12).to_dict("records")]
    more = f"; and {len(cells) - 12} more cells" if len(cells) > 12 else ""
    return (
        f"Matrix of the tone of each voice toward each of those spoken of. {'; '.join(said)}{more}. The table has all."
    )


def _fill(mean: float, enough: bool) -> str:
    if pd.isna(mean):
        return "rgba(0,0,0,0)"
    strength = min(abs(mean) / _STRONGEST, 1.0)
    hue = LEVEL if abs(mean) < 0.1 else UP if mean > 0 else DOWN
    return f"rgba({hue},{(0.14 + 0.42 * strength) * (1 if enough else 0.4):.2f})"


def _text(cell: Mapping[Any, Any]) -> str:
    mean, clear = cell["Mean"], cell["Clear"]
    if not clear:
        return f"? {cell['Unclear']}"
    figure = f"{_brief(mean)}<br>{clear}"
    return f"<b>{figure}</b>" if cell["Enough"] else figure


def _brief(mean: float) -> str:
    """A mean as a cell has room for it on a phone: "+.6"."""
    tenths = round(abs(mean), 1)
    sign = "" if not tenths else "+" if mean > 0 else "−"
    return f"{sign}{tenths:.1f}".replace("0.", ".") if tenths else "0"


def _said(cell: Mapping[Any, Any]) -> list[str]:
    """What a cell says, line by line."""
    own = " (on themselves)" if cell["Themselves"] else ""
    head = f"{cell['Voice']} on {cell['Of']}{own}"
    if not cell["Clear"]:
        return [head, f"unclear in all {cell['Unclear']} mentions"]
    counts = (
        f"mean {signed(cell['Mean'])}: {cell['Positive']} positive, {cell['Neutral']} neutral, "
        f"{cell['Negative']} negative, {cell['Unclear']} unclear"
    )
    return [head, counts] if cell["Enough"] else [head, counts, "too few to say much"]


def _label(voice: str, colour: Colour | None) -> str:
    name = words(_short(voice))
    return f"<b>{colour.initials}</b>  {name}" if colour and colour.initials and voice != THE_REPORTER else name


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1].rstrip()}…"
