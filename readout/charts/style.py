"""The look that every figure shares.

A figure is drawn once and can't follow a switch of theme, so its greys are middle tones that can be read on both
pages; the page then repaints them (`THEMED`) for the theme it shows, and so does every exported file.
"""

from __future__ import annotations

from typing import Any, Final

import plotly.graph_objects as go
import plotly.io as pio

from readout.palette import Colour

FONT: Final = "Inter, system-ui, sans-serif"
SIZE: Final = 13
SMALL: Final = 12

INK: Final = "#787a7c"
"""Words that matter: names, values."""
MUTED: Final = "#7b7d80"
"""Words that explain: axis ticks, units, lengths."""
RULE: Final = "#8e9093"
"""Grid and axis lines."""
STRONG_RULE: Final = "#838587"
"""The one line that everything is measured from: zero, the day of publication."""

HALO: Final = "halo"
"""A figure's `layout.meta` for a ring of the page's colour round its words, where they stand on grid lines."""

THEMED: Final = {
    INK: ("#1d1c1a", "#ece9e2"),
    MUTED: ("#5c5a55", "#aeb1b6"),
    RULE: ("#e6dfd3", "#2b2f35"),
    STRONG_RULE: ("#a89f90", "#676d75"),
}
"""What each grey becomes on a light page and on a dark one."""


_AXIS: Final = {
    "tickfont": {"family": FONT, "size": SMALL, "color": MUTED},
    "title": {"font": {"family": FONT, "size": SMALL, "color": MUTED}},
    "gridcolor": RULE,
    "gridwidth": 1,
    "zeroline": False,
    "zerolinecolor": STRONG_RULE,
    "zerolinewidth": 1,
    "linecolor": RULE,
    "showline": False,
    "ticks": "",
    "fixedrange": True,
    "automargin": True,
}
# A template is checked by plotly once, when this module is read; layout set on each figure costs 20 ms a time.
pio.templates["readout"] = go.layout.Template(
    layout={
        "margin": {"l": 0, "r": 0, "t": 8, "b": 36},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": SIZE, "color": INK},
        "hoverlabel": {
            "bgcolor": "#22262b",
            "bordercolor": "#22262b",
            "font": {"family": FONT, "size": SIZE, "color": "#f4f1ea"},
            "align": "left",
            "namelength": -1,
        },
        "hovermode": "closest",
        "dragmode": False,
        "showlegend": False,
        "bargap": 0.25,
        "xaxis": _AXIS,
        "yaxis": _AXIS,
    }
)


def dress(figure: go.Figure, *, height: int) -> go.Figure:
    """Give a figure the shared look, in place; what it says itself stands.

    Args:
        figure: any figure.
        height: in pixels, margins included.
    """
    return figure.update_layout(template="readout", height=height)


def area(colour: Colour) -> dict[str, Any]:
    """How an area in a voice's colour is filled, for a trace's marker: with the voice's pattern, where it has one."""
    pattern = {"shape": colour.pattern, "fillmode": "overlay", "fgcolor": "#ffffff", "fgopacity": 0.6, "size": 6}
    return {"color": colour.chart, "pattern": {**pattern, "solidity": 0.35} if colour.pattern else {}}


def words(text: str) -> str:
    """Words of an article for a figure, in which they mean only themselves.

    Plotly reads tags and entities in any text and `%{...}` in hover templates; a lone surrogate can't be sent.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("%{", "%\u200b{")
