"""When did that happen? What the article says happened, day by day, each leading back to its sentences."""

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
from readout.newsroom.rules import Right
from readout.palette import Colour
from readout.tables.timeline import by_voice, flat, mark_at, timeline, undated, voice, weightiest
from readout.web import access, correcting, figure, heading, marks_list
from readout.web.labels import literal
from readout.web.state import View, current, open_method, open_text
from readout.wording import day

# More marks than these make a chart that few read to its end: the rest is there on demand, and in the table.
MOST = 40
UNDATED = "Say it under “About this article” in the sidebar."
AXES: tuple[Axis, ...] = ("distance", "calendar")
IN_TIME, BY_VOICE = "order of time", "by voice"

# Where the reader has chosen last, the chart or the table.
_BY = "timeline-chosen-by"

# On a phone the sentences of a chosen mark come up from the foot of the screen: the chart is taller than the screen.
STYLE = """
<style>
.st-key-sentences { position: sticky; top: 4.5rem; max-height: calc(100vh - 6rem); overflow-y: auto; gap: .5rem; }
.st-key-row-sentences { max-height: 45vh; overflow-y: auto; gap: .5rem; padding-bottom: 1rem; }
[class*="-sentences"] h2, h2.small { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .25rem; padding: 0; }
[class*="-sentences"] p { margin: 0 0 .5rem; font-size: .9375rem; overflow-wrap: anywhere; }
[class*="-sentences"] p.when { color: light-dark(#5c5a55, #aeb1b6); }
[class*="-sentences"] blockquote { margin: .25rem 0 0; padding: 0 0 0 .75rem; border-left: 3px solid; opacity: 1;
  font: 1.0625rem/1.55 Literata, Georgia, serif; color: inherit; overflow-wrap: anywhere; }
.st-key-marks-list { display: none; }
@media (max-width: 640px) {
  .st-key-marks { display: none; }
  .st-key-marks-list { display: block; }
  [class*="-sentences"]:has(blockquote) { position: fixed; inset: auto 0 0 0; z-index: 90; max-height: 45vh;
    width: 100vw; padding: 1rem; background: light-dark(#fdfbf7, #16181b);
    border-top: 1px solid light-dark(#d9d2c5, #3a3f46); box-shadow: 0 -6px 24px rgb(0 0 0 / .14); }
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
        if view.article.published is None:
            st.info(
                "This article has no day of publication, so only the calendar can be drawn, and times such as "
                f"“last week” have no days. {UNDATED}",
                icon=":material/event:",
            )
        with st.container(horizontal=True, gap="medium"):
            axis = _axis(view)
            lanes = _lanes(marks)
        if lanes:
            marks = by_voice(marks)
        colours = {voice(name): colour for name, colour in view.palette.items()}
        number = mark_at(marks, view.at)
        if "marks" not in st.session_state:
            # The page has just been opened, so the reader is at its head, whatever was chosen on the last visit.
            st.session_state.pop(_BY, None)
        text, side = st.columns([0.68, 0.32], gap="large")
        with text:
            _chart(view, marks, number, colours, axis, lanes=lanes)
        with st.container(key="below"):
            st.html('<h2 class="small">The same as a table</h2><p>Choose a row to read its sentences.</p>')
            over = st.container()
            _table(marks, number)
        by_row = number is not None and st.session_state.get(_BY) == "rows"
        with side, st.container(key="sentences"):
            _sentences(view, marks, None if by_row else number, colours)
        if by_row:
            with over, st.container(key="row-sentences"):
                _sentences(view, marks, number, colours)
    if not loose.empty:
        _undated(view, loose)


def _choose(by: str, offsets: list[int], number: int | None) -> None:
    """Put what was clicked into the URL, so that links and Back show it; what is clicked twice is closed again.

    Args:
        by: "marks" of the chart, or "rows" of the table.
        offsets: where each of them is first mentioned.
        number: the one that is chosen now; none after a click on the one that was chosen there last.
    """
    last = f"timeline-last-{by}"
    at = str(offsets[number] if number is not None else st.session_state.get(last, ""))
    if not at or (number is None and st.query_params.get("at") == at):
        _close()
        return
    st.session_state.update({_BY: by, last: at})
    st.query_params["at"] = at


def _close() -> None:
    st.query_params.pop("at", None)


def _first(marks: pd.DataFrame) -> list[int]:
    return [int(offsets[0]) for offsets in marks["Offsets"]]


def _lanes(marks: pd.DataFrame) -> bool:
    """Whether each voice has a lane of its own, which only several voices can have."""
    if marks["Who"].nunique() < 2:
        return False
    chosen = st.segmented_control(
        "Rows",
        (IN_TIME, BY_VOICE),
        default=IN_TIME,
        required=True,
        key="rows",
        bind="query-params",
        label_visibility="collapsed",
    )
    return chosen == BY_VOICE


def _axis(view: View) -> Axis:
    if view.article.published is None:
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


def _chart(
    view: View, marks: pd.DataFrame, chosen: int | None, colours: dict[str, Colour], axis: Axis, *, lanes: bool
) -> None:
    article = view.article
    rows = list(range(len(marks)))
    if len(marks) > MOST and not st.toggle(f"Show all {len(marks)} in the chart", key="all", bind="query-params"):
        rows = weightiest(marks, MOST, chosen)
    shown = marks.iloc[rows].reset_index(drop=True)
    firsts = _first(shown)
    name = file_stem(article, "timeline", *view.who, *([view.kind] if view.kind != "all" else []))
    figure.show(
        draw(
            shown,
            {who: colour.chart for who, colour in colours.items()},
            published=article.published,
            axis=axis,
            chosen=rows.index(chosen) if chosen in rows else None,
            lanes=lanes,
        ),
        flat(marks),
        key="timeline",
        name=name,
        says=_says(view, marks, shown),
        alt=_alt(shown),
        select=lambda: _choose("marks", firsts, figure.picked("timeline")),
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
    some = f" {len(shown)} of {len(marks)} shown: those referred to most." if len(shown) < len(marks) else ""
    return f"{who} to {times} {reach}{near}.{some}"


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


def _table(marks: pd.DataFrame, number: int | None) -> None:
    """The marks once more, for the keyboard and for reading aloud; on a phone, too narrow for it, as a list."""
    firsts = _first(marks)

    def row() -> int | None:
        state: Any = st.session_state["marks"]
        return next(iter(state["selection"]["rows"]), None)

    def press(pressed: int) -> None:
        if pressed == number:
            _close()
        else:
            _choose("rows", firsts, pressed)

    st.dataframe(
        marks[["What", "When", "Distance", "Who", "Mentions"]],
        hide_index=True,
        on_select=lambda: _choose("rows", firsts, row()),
        selection_mode="single-row",
        key="marks",
        alt="The marks of the timeline, one a row",
        column_config={
            "What": st.column_config.TextColumn("What happened", width=310),
            "When": st.column_config.TextColumn(width=205),
            "Distance": st.column_config.TextColumn(width=145),
            "Who": st.column_config.TextColumn(width=120),
            "Mentions": st.column_config.NumberColumn(width=80),
        },
    )
    marks_list.draw(marks, number, press, key="marks-list")


def _sentences(view: View, marks: pd.DataFrame, number: int | None, colours: dict[str, Colour]) -> None:
    """The sentences of the chosen mark, each with the way to it."""
    if number is None:
        st.html("<h2>In the text</h2><p>Choose a mark, or a row of the table: its sentences will stand here.</p>")
        return
    mark = marks.iloc[number].to_dict()
    when = " · ".join(part for part in (mark["When"], mark["Length"], mark["Distance"]) if part)
    note = f"<p>{escape(mark['Note'])}</p>" if mark["Note"] else ""
    st.html(f"<h2>{escape(mark['What'])}</h2><p class=when>{escape(when)}</p>{note}")
    voice = colours[mark["Who"]]
    told = zip(mark["Sentences"], mark["Reasons"], mark["Offsets"], mark["Paragraphs"], strict=True)
    for sentence, reason, offset, paragraph in told:
        edge = f"border-color: light-dark({voice.light}, {voice.dark})"
        by = _by(view, offset)
        said = f'<p class="when">✎ Corrected by {escape(by)}</p>' if by else ""
        why = f'<p class="when">{escape(reason)}</p>' if reason else ""
        st.html(f'<blockquote style="{edge}">{escape(sentence)}</blockquote>{why}{said}')
        with st.container(horizontal=True, gap="medium"):
            if st.button(
                f"Open ¶ {paragraph} in the article",
                key=f"open-{offset}",
                icon=":material/arrow_forward:",
                type="tertiary",
            ):
                open_text(offset)
            if access.may(Right.CORRECT) and st.button(
                "Correct", key=f"correct-{offset}", icon=":material/edit:", type="tertiary"
            ):
                correcting.time(view, offset)
    st.button("Close", key="put-away", icon=":material/close:", type="tertiary", on_click=_close)


def _by(view: View, offset: int) -> str:
    """The reader who said what the words that begin here mean, if one did."""
    times = [(time.start, time.by) for time in view.reading.times]
    return dict(times + [(event.start, event.by) for event in view.reading.events if event.by]).get(offset, "")


def _nothing(view: View, loose: int) -> str:
    if view.filtered:
        return (
            "The chosen quotes refer to no day and no event. Clear the filter in the sidebar to see all of the article."
        )
    if not view.reading.layout.paragraphs:
        return "This article has no text, so there is nothing to place in time. Choose another one in the sidebar."
    if loose and view.article.published is None:
        return f"The times in this article hang on its day of publication, which is unknown. {UNDATED}"
    return "This article names no day and no event that Readout knows. Choose another article in the sidebar."


def _undated(view: View, loose: pd.DataFrame) -> None:
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
                if access.may(Right.CORRECT) and st.button("Correct", key="correct-undated", icon=":material/edit:"):
                    correcting.time(view, int(loose["Offset"].iloc[row]))


page(current())
