"""When did that happen? The days the article refers to, each leading back to its sentences."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from readout.charts.timeline import Axis
from readout.charts.timeline import timeline as draw
from readout.exports.names import file_stem
from readout.exports.timeline import icalendar, timeline_js
from readout.palette import Colour
from readout.tables.timeline import flat, timeline, undated, voice
from readout.web import figure, heading
from readout.web.state import View, current, literal, open_method, open_text
from readout.wording import day

# More marks than these make a chart that nobody reads; the table has all.
MOST = 40
AXES: tuple[Axis, ...] = ("distance", "calendar")

# Which marks' sentences the reader has closed; a chart's own selection can't be changed from here.
_PUT_AWAY = "timeline-put-away"

# On a phone the sentences of a chosen mark come up from the foot of the screen: the chart is taller than the screen.
STYLE = """
<style>
.st-key-sentences { position: sticky; top: 4.5rem; max-height: calc(100vh - 6rem); overflow-y: auto; gap: .5rem; }
.st-key-sentences h2, h2.small { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .25rem; padding: 0; }
.st-key-sentences p { margin: 0 0 .5rem; font-size: .9375rem; overflow-wrap: anywhere; }
.st-key-sentences p.when { color: light-dark(#5c5a55, #aeb1b6); }
.st-key-sentences blockquote { margin: .25rem 0 0; padding: 0 0 0 .75rem; border-left: 3px solid; opacity: 1;
  font: 1.0625rem/1.55 Literata, Georgia, serif; color: inherit; overflow-wrap: anywhere; }
@media (max-width: 640px) {
  .st-key-sentences:has(blockquote) { position: fixed; inset: auto 0 0 0; z-index: 90; max-height: 45vh; width: 100vw;
    padding: 1rem; background: light-dark(#fdfbf7, #16181b); border-top: 1px solid light-dark(#d9d2c5, #3a3f46);
    box-shadow: 0 -6px 24px rgb(0 0 0 / .14); }
}
</style>
"""


def page(view: View) -> None:
    """Draw the page."""
    heading.draw("When did that happen?", view)
    st.html(STYLE)
    quotes = view.quotes if view.filtered else None
    marks = timeline(view.article, view.reading, quotes)
    loose = undated(view.article, view.reading, quotes)
    if marks.empty:
        st.info(literal(_nothing(view, len(loose))), icon=":material/event_busy:")
    else:
        axis = _axis(view)
        shown = _weightiest(marks)
        colours = {voice(name): colour for name, colour in view.palette.items()}
        text, side = st.columns([0.68, 0.32], gap="large")
        with text:
            chosen = _chart(view, marks, shown, colours, axis)
            rows = _table(marks)
            if not chosen and not rows and view.at is not None:
                rows = [row for row, offsets in enumerate(marks["Offsets"]) if view.at in offsets]
        with side, st.container(key="sentences"):
            _sentences(pd.concat([shown.loc[chosen], marks.loc[rows]]).drop_duplicates("Offsets"), colours)
    if not loose.empty:
        _undated(loose)


def _weightiest(marks: pd.DataFrame) -> pd.DataFrame:
    """The marks that a chart has room for: those mentioned most, and among equals first."""
    if len(marks) <= MOST:
        return marks
    order = sorted(zip(-marks["Mentions"], marks["Offsets"], range(len(marks)), strict=True))
    return marks.iloc[sorted(place for *_, place in order[:MOST])].reset_index(drop=True)


def _axis(view: View) -> Axis:
    if view.article.published is None:
        st.info(
            "This article has no day of publication, so only the calendar can be drawn, and times such as "
            "“last week” have no days. Add a line such as published = 2016-11-09 to "
            f"{literal(view.article.name)}.toml, "
            "then reload this page.",
            icon=":material/event:",
        )
        return "calendar"
    chosen = st.segmented_control(
        "Axis",
        AXES,
        default="distance",
        required=True,
        key="axis",
        bind="query-params",
        label_visibility="collapsed",
    )
    return chosen or "distance"


def _chart(view: View, marks: pd.DataFrame, shown: pd.DataFrame, colours: dict[str, Colour], axis: Axis) -> list[int]:
    article = view.article
    name = file_stem(article, "timeline", *view.who, *([view.kind] if view.kind != "all" else []))
    chosen = figure.show(
        draw(shown, {who: c.chart for who, c in colours.items()}, published=article.published, axis=axis),
        flat(marks),
        key="timeline",
        name=name,
        says=_says(view, marks, shown),
        alt=_alt(shown),
        select=True,
        title=article.title,
        source=", ".join(filter(None, (article.publisher, day(article.published) if article.published else ""))),
    )
    with st.container(horizontal=True, gap="medium"):
        for label, make, ending, kind, icon in (
            ("TimelineJS", timeline_js, "json", "application/json", ":material/view_timeline:"),
            ("iCalendar", icalendar, "ics", "text/calendar", ":material/calendar_month:"),
        ):
            st.download_button(
                f"{label} (.{ending})",
                partial(make, marks, article),
                f"{name}.{ending}",
                kind,
                icon=icon,
                on_click="ignore",
                type="tertiary",
            )
        if st.button("How do you know?", icon=":material/help:", type="tertiary", key="timeline-method"):
            open_method("Times")
    return [place for place in map(int, chosen) if place < len(shown)]


def _says(view: View, marks: pd.DataFrame, shown: pd.DataFrame) -> str:
    first, last = marks["Earliest"].min().year, marks["Latest"].max().year
    reach = f"in {first}" if first == last else f"from {first} to {last}"
    who = "The chosen quotes refer" if view.filtered else "The article refers"
    times = "one time or event" if len(marks) == 1 else f"{_number(len(marks))} times and events"
    near = ""
    if (published := view.article.published) and len(marks) > 1:
        week = timedelta(days=7)
        close = sum(abs(day - published) <= week for day in marks["Latest"])
        near = f", {_number(close)} of them within a week of publication" if close else ""
    some = f"; the {len(shown)} mentioned most or first are drawn, the table has all" if len(shown) < len(marks) else ""
    return f"{who} to {times} {reach}{near}{some}."


def _number(number: int) -> str:
    return (
        ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")[number]
        if number < 10
        else str(number)
    )


def _alt(shown: pd.DataFrame) -> str:
    marks = [f"{mark['What']}: {mark['When']}, by {mark['Who']}" for mark in shown.head(12).to_dict("records")]
    more = f"; and {len(shown) - 12} more" if len(shown) > 12 else ""
    return f"Timeline. {'; '.join(marks)}{more}. The table below has the same and can be used with the keyboard."


def _table(marks: pd.DataFrame) -> list[int]:
    st.html('<h2 class="small">The same as a table</h2><p>Choose a row to read its sentences.</p>')
    columns = ["What", "When", "Distance", "Who", "Mentions"]
    state: Any = st.dataframe(
        marks[columns],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="marks",
        alt="The marks of the timeline, one a row",
    )
    return [row for row in state["selection"]["rows"] if row < len(marks)]


def _sentences(marks: pd.DataFrame, colours: dict[str, Colour]) -> None:
    """The sentences of the chosen marks, each with the way to it."""
    put_away = str(marks["Offsets"].tolist())
    if marks.empty or st.session_state.get(_PUT_AWAY) == put_away:
        if marks.empty:
            st.session_state.pop(_PUT_AWAY, None)
        st.html("<h2>In the text</h2><p>Choose a mark, or a row of the table: its sentences will stand here.</p>")
        return
    for mark in marks.to_dict("records"):
        when = " · ".join(part for part in (mark["When"], mark["Length"], mark["Distance"]) if part)
        note = f"<p>{escape(mark['Note'])}</p>" if mark["Note"] else ""
        st.html(f"<h2>{escape(mark['What'])}</h2><p class=when>{escape(when)}</p>{note}")
        voice = colours[mark["Who"]]
        for sentence, offset, paragraph in zip(mark["Sentences"], mark["Offsets"], mark["Paragraphs"], strict=True):
            edge = f"border-color: light-dark({voice.light}, {voice.dark})"
            st.html(f'<blockquote style="{edge}">{escape(sentence)}</blockquote>')
            if st.button(
                f"Open ¶ {paragraph} in the article",
                key=f"open-{offset}",
                icon=":material/arrow_forward:",
                type="tertiary",
            ):
                open_text(offset)
    st.button(
        "Close",
        key="put-away",
        icon=":material/close:",
        type="tertiary",
        on_click=st.session_state.update,
        args=({_PUT_AWAY: put_away},),
    )


def _nothing(view: View, loose: int) -> str:
    if view.filtered:
        return (
            "The chosen quotes refer to no day and no event. Clear the filter in the sidebar to see all of the article."
        )
    if not view.reading.layout.paragraphs:
        return "This article has no text, so there is nothing to place in time. Choose another one in the sidebar."
    if loose and view.article.published is None:
        return (
            "The times in this article hang on its day of publication, which is unknown. Add a line such as "
            f"published = 2016-11-09 to {view.article.name}.toml, then reload this page."
        )
    return "This article names no day and no event that Readout knows. Choose another article in the sidebar."


def _undated(loose: pd.DataFrame) -> None:
    """The expressions that have no place on a timeline."""
    number = len(loose)
    with st.expander(f"{number} expression{' names' if number == 1 else 's name'} no day", icon=":material/schedule:"):
        st.markdown(
            "Lengths of time, repeated times and vague ones have no place on a timeline. Choose one to read it."
        )
        state: Any = st.dataframe(
            loose[["Expression", "Type", "Value", "Who", "Paragraph"]],
            hide_index=True,
            on_select="rerun",
            selection_mode="single-row",
            key="undated",
            alt="The time expressions that name no day, one a row",
        )
        for row in state["selection"]["rows"]:
            if row < number:
                st.text(loose["Sentence"].iloc[row])
                if st.button("Open in the article", key="open-undated", icon=":material/arrow_forward:"):
                    open_text(int(loose["Offset"].iloc[row]))


page(current())
