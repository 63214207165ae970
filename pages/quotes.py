"""Who said exactly what? Every quote, filtered, searched, copied with its citation, exported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from readout.charts import quotes as charts
from readout.exports.csv import to_csv
from readout.exports.names import file_stem
from readout.exports.quotes import to_annotations, to_json
from readout.exports.references import to_bibtex, to_csl, to_ris
from readout.quoted import ORDERS, arranged
from readout.records import Article, Quote, Reading
from readout.search import matching
from readout.tables.quotes import quotes_table, words_by_kind
from readout.tables.toward import about as about_of
from readout.tables.toward import most_named
from readout.web import correcting, figure, heading, quotes, state
from readout.web.labels import plain_label
from readout.web.regard import mentioned
from readout.wording import counted


def export_csv(article: Article, reading: Reading, chosen: Sequence[Quote]) -> bytes:
    """The table of quotes as CSV."""
    return to_csv(quotes_table(article, reading, chosen))


# Files for programs hold what is held back as well, marked as such.
DATA = ("csv", "json", "jsonld")
# So many voices are drawn together; of more, so many at a time, the most quoted first.
MOST, PAGE = 12, 10
EXPORTS: tuple[tuple[str, str, str, Callable[[Article, Reading, Sequence[Quote]], bytes]], ...] = (
    ("CSV, for spreadsheets", "csv", "text/csv", export_csv),
    ("JSON, for programs", "json", "application/json", to_json),
    ("W3C Web Annotations", "jsonld", "application/ld+json", to_annotations),
    ("BibTeX", "bib", "application/x-bibtex", to_bibtex),
    ("RIS, for Zotero and EndNote", "ris", "application/x-research-info-systems", to_ris),
    ("CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json", to_csl),
)


def keep_query() -> None:
    """Put what the reader searches for into the URL."""
    query = st.session_state["list"].query or ""
    if query:
        st.query_params["q"] = query
    else:
        st.query_params.pop("q", None)


def _about(view: state.View) -> str | None:
    """Of whom the quotes shown have to speak, if that was asked."""
    quoted = [one for one in mentioned(view.stamp, view) if one.speaker]
    names = {plain_label(name): name for name in most_named(quoted) if about_of(view.quotes, quoted, name)}
    chosen = st.selectbox(
        "About", list(names), index=None, key="about-whom", bind="query-params", placeholder="anybody", width=190
    )
    return names.get(chosen) if chosen else None


def _drawn(bars: pd.DataFrame) -> tuple[pd.DataFrame, int, str]:
    """The bars of the page that is asked for, its number from 1, and whose bars they are, where there are several."""
    speakers = list(dict.fromkeys(bars["Speaker"]))
    if len(speakers) <= MOST:
        return bars, 1, ""
    page = st.pagination(-(-len(speakers) // PAGE), key="bars", bind="query-params", max_visible_pages=5)
    first = (page - 1) * PAGE
    own = speakers[first : first + PAGE]
    return bars[bars["Speaker"].isin(own)], page, f"Voices {first + 1} to {first + len(own)} are shown."


view = state.current()
article, reading = view.article, view.reading
query = st.query_params.get("q", "")

heading.draw("Who said exactly what?", view)

if view.quotes:
    filters = (*view.who, view.kind if view.kind != "all" else "")
    bars = words_by_kind(quotes_table(article, reading, view.quotes))
    chart = st.container()
    drawn, page, whose = _drawn(bars)
    with chart:
        chosen = figure.show(
            charts.words_by_kind(drawn, view.palette),
            bars,
            key="words-by-kind",
            name=file_stem(article, "words-by-speaker", *filters, f"page {page}" if page > 1 else ""),
            says=" ".join(filter(None, (charts.summary(bars, filtered=view.filtered), whose))),
            alt=charts.description(drawn),
            select=True,
            title=article.title,
            source=article.publisher,
        )
    if chosen:
        state.open_text(chosen[0][3])

    with st.container(horizontal=True, vertical_alignment="bottom", key="arrange"):
        order = st.segmented_control("Sort by", ORDERS, default="Order", required=True, key="sort", bind="query-params")
        layout = st.segmented_control(
            "Show as", ("Cards", "Table"), default="Cards", required=True, key="view", bind="query-params"
        )
        about = _about(view)
        kept = view.quotes if about is None else about_of(view.quotes, mentioned(view.stamp, view), about)
        shown = arranged(article.text, reading, kept, order)
        filtered = matching(article, shown, query)
        aside = view.aside if about is None else about_of(view.aside, mentioned(view.stamp, view), about)
        aside = matching(article, aside, query)
        whole = arranged(article.text, reading, [*filtered, *aside], order) if aside else filtered
        with st.popover("Export", icon=":material/download:", type="tertiary", disabled=not filtered):
            count = f"{len(filtered)} of {len(reading.quotes)}" if len(filtered) < len(reading.quotes) else "all"
            st.markdown(f"The quotes shown: {count}")
            if aside:
                st.caption(f"The first three hold {counted(len(aside), 'less certain one')} as well, marked as such.")
            for label, ending, mime, make in EXPORTS:
                st.download_button(
                    label,
                    partial(make, article, reading, whole if ending in DATA else filtered),
                    f"{file_stem(article, 'quotes', *filters, f'about {about}' if about else '', query)}.{ending}",
                    mime,
                    key=f"export-{ending}",
                    on_click="ignore",
                    width="stretch",
                )
        if st.button("How do you know?", icon=":material/help:", type="tertiary", key="quotes-method"):
            state.open_method("Quotes")
else:
    layout, shown = "Cards", []

goal, wrong = quotes.show(
    view,
    shown,
    layout=layout,
    query=query,
    at=view.at,
    on_query=keep_query,
    on_clear=state.clear,
    key="list",
)
if goal is not None:
    state.open_text(goal)
if wrong is not None:
    correcting.asked(view, wrong)
