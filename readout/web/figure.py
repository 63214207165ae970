"""A chart with the sentence above it that says what it shows, and its download menu.

PNG and SVG are made in the reader's browser, in its theme and with the app's own font; HTML and CSV are made
here, when asked for.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, cast

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from readout.charts import room
from readout.charts.style import HALO, THEMED
from readout.exports.csv import to_csv
from readout.palette import DARK_PAGE, LIGHT_PAGE
from readout.version import provenance
from readout.web.labels import sendable

_HERE = Path(__file__).parent
_ABREAST, _ENTRY, _LEGEND_LINE = 4, 180, 19
"""A file's legend: entries on a line, the pixels of an entry's words, and those of a line."""
_HALO = ":is(.textpoint text,.annotation-text){paint-order:stroke;stroke:%s;stroke-width:4px;stroke-linejoin:round}"
"""Style that keeps grid lines from striking through the words in a plot."""
_FONTS = {
    "inter-latin-wght-normal.woff2": "U+0000-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2000-206F, "
    "U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215",
    "inter-latin-ext-wght-normal.woff2": "U+0100-02BA, U+1E00-1E9F, U+2020, U+20A0-20AB, U+20AD-20C0",
}


def show(
    figure: go.Figure,
    table: pd.DataFrame,
    *,
    key: str,
    name: str,
    says: str,
    alt: str,
    hint: str = "",
    select: bool | Callable[[], None] = False,
    height: int | None = None,
    title: str = "",
    source: str = "",
    toward: bool = False,
) -> list[Any]:
    """Draw a figure and its download menu.

    Args:
        figure: what to draw, dressed by `readout.charts.style.dress`.
        table: the figure's data, as CSV gives it.
        key: unique on the page: letters, digits, hyphens.
        name: the stem of the files' names.
        says: one sentence on what the figure shows, taken as plain text.
        alt: the text alternative.
        hint: what to do with the figure, said after `says`; files, with which nothing can be done, are without it.
        select: whether marks can be chosen; or what to call, before the page is drawn anew, when the choice changes.
        height: in pixels, instead of the figure's own.
        title: heads the HTML file, and stands under `says` in pictures; the article's title.
        source: who published what the figure shows, for the foot of the files.
        toward: whether it shows how somebody is spoken of; the files say which models read that.

    Returns:
        The customdata of the chosen marks; none where nothing is chosen or nothing can be.
    """
    if height is not None:
        figure.update_layout(height=height)
    says, hint = sendable(says), sendable(hint)
    foot = " · ".join(part for part in (source, provenance(toward=toward).sentence) if part)
    credit = sendable(" · ".join(part for part in (title, foot) if part))
    halo = figure.layout.meta == HALO
    st.html(_repaint(key, halo=halo))
    with st.container(key=f"{key}-figure"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-head", gap="small"):
            asked = f' <span class="hint">{html.escape(hint)}</span>' if hint else ""
            st.html(f'<p class="says">{html.escape(says)}{asked}</p>', width="stretch")
            with st.popover("Download", icon=":material/download:", type="tertiary", key=f"{key}-download"):
                _pictures()(
                    key=f"{key}-pictures",
                    data={
                        "key": key,
                        "name": name,
                        "says": says,
                        "credit": credit,
                        "themed": THEMED,
                        "fonts": _FONTS,
                        "halo": _HALO if halo else "",
                        "filed": _filing(figure),
                    },
                )
                st.download_button(
                    "HTML, opens offline",
                    partial(page, figure, says=says, alt=alt, title=title, credit=foot),
                    f"{name}.html",
                    "text/html",
                    key=f"{key}-html",
                    on_click="ignore",
                    width="stretch",
                )
                st.download_button(
                    "CSV, the data",
                    partial(to_csv, table, toward=toward),
                    f"{name}.csv",
                    "text/csv",
                    key=f"{key}-csv",
                    on_click="ignore",
                    width="stretch",
                )
        chart = st.plotly_chart(
            figure,
            key=key,
            theme=None,
            on_select=select if callable(select) else "rerun" if select else "ignore",
            selection_mode="points",
            config={"displayModeBar": False, "doubleClick": False, "responsive": True},
            alt=sendable(alt),
        )
        _tap()(key=f"{key}-tap", data={})
    return _chosen(cast(dict[str, Any], chart)) if select else []


def picked(key: str) -> Any:  # noqa: ANN401
    """The customdata, one value, of the mark that is chosen in a figure which this run has not drawn yet, if one is."""
    data = next(iter(_chosen(st.session_state.get(key, {}))), None)
    return data[0] if isinstance(data, list) and data else data


def _chosen(state: Mapping[str, Any]) -> list[Any]:
    points = [point.get("customdata") for point in state.get("selection", {}).get("points", [])]
    return [point for point in points if point is not None]


def page(figure: go.Figure, *, says: str, alt: str, title: str = "", credit: str = "") -> bytes:
    """A figure as a web page in one file, which opens without a network."""
    plot = _filed(figure).to_html(
        full_html=False,
        include_plotlyjs=True,
        include_mathjax=False,
        config={"displayModeBar": False, "responsive": True},
        default_height=f"{figure.layout.height or 450}px",
    )
    for grey, (light, _) in THEMED.items():
        plot = plot.replace(f'"{grey}"', f'"{light}"')
    heading, sentence, foot = (html.escape(words) for words in (title or says, says, credit))
    document = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; \
style-src 'unsafe-inline'; font-src data:; img-src data: blob:">
<title>{heading}</title>
<style>
{_faces()}
body {{ margin: 0 auto; max-width: 60rem; padding: 2rem 1rem; background: {LIGHT_PAGE}; color: #1d1c1a;
       font: 1rem/1.5 Inter, system-ui, sans-serif; }}
h1 {{ margin: 0 0 .5rem; font-size: 1.375rem; line-height: 1.3; }}
p {{ margin: 0 0 1.5rem; }}
{_HALO % LIGHT_PAGE if figure.layout.meta == HALO else ""}
{room.rules("figure")}
footer {{ margin-top: 1.5rem; color: #5c5a55; font-size: .8125rem; }}
</style>
</head>
<body>
<h1>{heading}</h1>
<p>{sentence}</p>
<figure role="figure" aria-label="{html.escape(alt)}" style="margin: 0">{plot}</figure>
<footer>{foot}</footer>
</body>
</html>
"""
    return document.encode("utf-8", "replace")


def _filing(figure: go.Figure) -> dict[str, Any]:
    """What a file has and the screen has not: the traces that join the legend, how it is set, and how much it rises."""
    joining = [place for place, trace in enumerate(figure.data) if trace.meta == room.IN_FILES]
    if not joining:
        return {"traces": [], "legend": {}, "rise": 0, "without": room.ON_SCREEN}
    there = sum(trace.showlegend is not False and trace.meta != room.IN_FILES for trace in figure.data)
    lines = -(-(len(joining) + there) // _ABREAST)
    rise = (lines - 1) * _LEGEND_LINE
    return {"traces": joining, "legend": {"entrywidth": _ENTRY}, "rise": rise, "without": room.ON_SCREEN}


def _filed(figure: go.Figure) -> go.Figure:
    """The figure as a file has it, with no mark chosen."""
    figure, filing = go.Figure(figure), _filing(figure)
    for place in filing["traces"]:
        figure.data[place].showlegend = True
    for trace in figure.data:
        if trace.type in ("bar", "scatter"):
            trace.selectedpoints = None
            if isinstance(trace.hovertemplate, str):
                trace.hovertemplate = room.without_hints(trace.hovertemplate)
    figure.data = [trace for trace in figure.data if trace.meta != room.ON_SCREEN]
    figure.layout.shapes = [shape for shape in figure.layout.shapes if shape.name != room.ON_SCREEN]
    if rise := filing["rise"]:
        margin = figure.layout.margin.t or 0
        figure.update_layout(height=figure.layout.height + rise, margin={"t": margin + rise}, legend=filing["legend"])
    return figure


@st.cache_resource(show_spinner=False)
def _tap() -> Any:  # noqa: ANN401
    return st.components.v2.component(
        "readout_tap", html="<i></i>\n", js=(_HERE / "tap.js").read_text("utf-8"), isolate_styles=False
    )


@st.cache_resource(show_spinner=False)
def _pictures() -> Any:  # noqa: ANN401
    return st.components.v2.component(
        "readout_pictures",
        html='<div class="menu"></div>',
        css=(_HERE / "figure.css").read_text("utf-8"),
        js="".join((_HERE / script).read_text("utf-8") for script in ("download.js", "figure.js")),
    )


@cache
def _faces() -> str:
    faces = []
    for file, letters in _FONTS.items():
        data = base64.b64encode((_HERE / "static" / file).read_bytes()).decode()
        faces.append(
            "@font-face{font-family:Inter;font-weight:100 900;"
            f"src:url(data:font/woff2;base64,{data}) format('woff2');unicode-range:{letters}}}"
        )
    return "\n".join(faces)


def _repaint(key: str, *, halo: bool) -> str:
    """Style that paints a figure's greys for the theme on screen, and follows when it is switched."""
    rules = []
    for grey, (light, dark) in THEMED.items():
        red, green, blue = (int(grey[i : i + 2], 16) for i in (1, 3, 5))
        rules += [
            f'.st-key-{key} .js-plotly-plot [style*="{what}: rgb({red}, {green}, {blue})"]'
            f"{{{what}:light-dark({light},{dark})!important}}"
            for what in ("fill", "stroke")
        ]
    if halo:
        rules.append(f".st-key-{key} {_HALO % f'light-dark({LIGHT_PAGE},{DARK_PAGE})'}")
    head = f".st-key-{key}-head"
    rules.append(f"{head}{{flex-wrap:nowrap;align-items:flex-start}}{head} .says{{margin:.4rem 0 0;line-height:1.45}}")
    rules.append(f".st-key-{key}-tap{{display:none}}{room.rules(f'.st-key-{key}-figure')}")
    rules.append(f"@media(max-width:640px){{{head}{{flex-wrap:wrap}}{head}>:first-child{{min-width:100%}}}}")
    return f"<style>{''.join(rules)}</style>"
