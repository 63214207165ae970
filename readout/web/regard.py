"""Who speaks how of whom on the Tone page: the matrix, its table, and the sentences of a chosen cell."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from readout.charts import toward as charts
from readout.exports.csv import to_csv
from readout.exports.names import file_stem
from readout.quoted import spaced, wording
from readout.records import Mention, Span, Spoken, WeighedWord
from readout.regard import CLEAR, around
from readout.spoken import evidence_for, mentions_of, spoken_of
from readout.tables import toward as tables
from readout.tables.tone import voice_name
from readout.web import figure
from readout.web.labels import safe
from readout.web.paged import paged
from readout.web.state import View, open_method, open_text
from readout.wording import signed

MOST = 5
"""Sentences of a cell that are shown at first: each asks for the words that weighed, a tenth of a second of work."""
ANCHOR = "who-of-whom"
"""The part of the Tone page that a link leads to."""
_PAIR = "pair"
_SEEN = "_regard_seen"

STYLE = """
<style>
.regard p { margin: 0; }
.regard .words { font: 1.0625rem/1.6 Literata, Georgia, serif; max-width: 62ch; overflow-wrap: anywhere; }
.regard .words b { border-bottom: 2px solid light-dark(#6b6d70, #a9acb2); }
.regard .words mark { background: none; color: inherit; font-weight: 600; }
.regard.positive .words mark { color: light-dark(#1b6b35, #8ed39b); border-bottom: 2px solid; }
.regard.negative .words mark { color: light-dark(#9c1f5c, #f59cc4); border-bottom: 2px dashed; }
.regard.neutral .words mark { border-bottom: 2px dotted light-dark(#6b6d70, #a9acb2); }
.regard .how { margin-top: .25rem; font-size: .875rem; color: light-dark(#5c5a55, #aeb1b6); }
.cells { border-collapse: collapse; width: 100%; font-size: .9375rem; font-variant-numeric: tabular-nums; }
.cells th, .cells td { padding: .35rem .5rem .35rem 0; text-align: right; font-weight: 400; border: 0;
  border-bottom: 1px solid light-dark(#e6dfd3, #2b2f35); vertical-align: top; overflow-wrap: anywhere; }
.cells tbody th, .cells thead th:nth-child(-n+2) { text-align: left; }
.cells thead th { font-size: .8125rem; color: light-dark(#5c5a55, #aeb1b6); }
.cells em { display: block; font-style: normal; font-size: .8125rem; color: light-dark(#8a4a00, #e5b26a); }
@media (max-width: 640px) { .cells :is(th, td):nth-child(n+4) { display: none; } }
.extremes { margin: 0; padding-left: 1.1rem; font-size: .9375rem; }
.extremes li { margin: 0 0 .15rem; }
</style>
"""


def spoken(stamp: tuple[str, ...], view: View) -> tuple[Spoken, ...]:
    """How each voice of the article speaks of whom, worked out once until the article or a correction changes."""
    found = _spoken(stamp, view)
    _worked_out(stamp)[:] = [found]
    return found


def known(view: View) -> tuple[Spoken, ...] | None:
    """What `spoken` gives, of the words that pass the filter; None where nobody has asked yet, for it takes a while."""
    found = _worked_out(view.stamp)
    return tables.kept(found[0], view.quotes if view.filtered else None) if found else None


@st.cache_resource(max_entries=16, show_spinner="Weighing who speaks how of whom …")
def _spoken(stamp: tuple[str, ...], _view: View) -> tuple[Spoken, ...]:
    return spoken_of(_view.article.text, _view.reading)


@st.cache_resource(max_entries=64, show_spinner=False)
def _worked_out(stamp: tuple[str, ...]) -> list[tuple[Spoken, ...]]:
    """A place for what was worked out for an article, since Streamlit's cache can't be asked whether it has a value."""
    return []


@st.cache_resource(max_entries=32, show_spinner=False)
def mentioned(stamp: tuple[str, ...], _view: View) -> tuple[Mention, ...]:
    """Who is spoken of in the article, found once until the article or a correction changes."""
    return mentions_of(_view.article.text, _view.reading)


@st.cache_data(max_entries=512, show_spinner=False)
def _weighed(stamp: tuple[str, ...], at: Span, _view: View, _one: Spoken) -> tuple[WeighedWord, ...]:
    return evidence_for(_view.article.text, _view.reading, mentioned(stamp, _view), _one)


def draw(view: View) -> None:
    """Draw the section."""
    st.subheader("Who speaks how of whom", anchor=ANCHOR)
    st.html(STYLE)
    said = tables.kept(spoken(view.stamp, view), view.quotes if view.filtered else None)
    cells = tables.cells(said, [speaker.name for speaker in view.reading.speakers])
    if cells.empty:
        st.info(
            "Nobody is spoken of by name in what is shown here."
            if view.filtered
            else "This article names no person, group or country, so there is nobody to speak well or ill of."
        )
        return
    pairs = {f"{voice} → {whom}": (voice, whom) for voice, whom in zip(cells["Voice"], cells["Of"], strict=True)}
    chosen = pairs.get(_chosen(list(pairs)))
    filters = (*view.who, *([view.kind] if view.kind != "all" else []))
    whoms = {one.whom for one in said}
    colours = {tables.voice_of(name, whoms): colour for name, colour in reversed(list(view.palette.items()))}
    figure.show(
        charts.matrix(charts.first_voices(cells), colours, chosen),
        cells,
        key="regard",
        name=file_stem(view.article, "who-speaks-how-of-whom", *filters),
        says=charts.headline(cells),
        alt=charts.description(cells),
        select=True,
        title=view.article.title,
        source=view.article.publisher,
        toward=True,
    )
    with st.expander("The same as a table", icon=":material/table:"):
        st.html(_table(paged(cells, "regard-pages", "cell")))
        st.download_button(
            "Every mention, as CSV",
            lambda: to_csv(tables.mentions(view.article, view.reading, said), toward=True),
            f"{file_stem(view.article, 'mentions', *filters)}.csv",
            "text/csv",
            key="regard-mentions",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )
    if told := tables.extremes(cells):
        items = "".join(f"<li>{safe(sentence)}</li>" for _, sentence in told)
        st.html(f'<ul class="extremes">{items}</ul>')
    _pick(list(pairs))
    if chosen:
        voice, whom = chosen
        speakers = {name for name in {one.speaker for one in said} if tables.voice_of(name, whoms) == voice}
        own = [one for one in said if one.speaker in speakers and one.whom == whom]
        _sentences(view, own)
    if st.button("How do you know?", icon=":material/help:", type="tertiary", key="regard-method"):
        open_method("Toward")


def _table(cells: pd.DataFrame) -> str:
    """The matrix, a row a cell."""
    heads = ("Voice", "Of", "Mean", "Positive", "Neutral", "Negative", "Unclear")
    rows = []
    for cell in cells.to_dict("records"):
        own = "<em>on themselves</em>" if cell["Themselves"] else ""
        thin = "" if cell["Enough"] else "<em>too few to say much</em>"
        mean = signed(cell["Mean"]) if cell["Clear"] else "–"
        counts = "".join(f"<td>{cell[name]}</td>" for name in heads[3:])
        rows.append(
            f'<tr><th scope="row">{safe(cell["Voice"])}{own}</th><th scope="row">{safe(cell["Of"])}{thin}</th>'
            f"<td>{mean}</td>{counts}</tr>"
        )
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return (
        f'<table class="cells" aria-label="Who speaks how of whom"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _chosen(pairs: list[str]) -> str:
    """The cell to look into, or nothing: as clicked in the matrix or chosen in the box, at first as the URL says."""
    clicked = figure.picked("regard")
    if clicked != st.session_state.get(_SEEN):
        st.session_state[_SEEN] = clicked
        if isinstance(clicked, int) and clicked < len(pairs):
            st.session_state[_PAIR] = pairs[clicked]
    # A box that was emptied reports so before the URL follows.
    held = st.session_state[_PAIR] if _PAIR in st.session_state else st.query_params.get(_PAIR)
    return held or ""


def _pick(pairs: list[str]) -> None:
    """The cells once more, for the keyboard and for reading aloud."""
    if st.session_state.get(_PAIR) not in pairs:
        st.session_state.pop(_PAIR, None)
    st.selectbox(
        "Read the sentences of a cell, or click it",
        pairs,
        index=None,
        key=_PAIR,
        bind="query-params",
        placeholder="Choose who speaks of whom",
    )


def _sentences(view: View, own: list[Spoken]) -> None:
    """The sentences of a cell, the clearest first, each with the words that weighed."""
    ranked = sorted(own, key=lambda one: (not one.clear, -abs(one.value), one.start))
    more = "regard-more"
    shown = ranked if st.session_state.get(more) == st.session_state.get(_PAIR) else ranked[:MOST]
    for one in shown:
        st.html(_sentence(view, one))
        if st.button("Open it in the article", key=f"regard-{one.start}", icon=":material/article:", type="tertiary"):
            open_text(one.start)
    if len(shown) < len(ranked) and st.button(f"Show all {len(ranked)}", key="regard-all"):
        st.session_state[more] = st.session_state.get(_PAIR)
        st.rerun()


def _sentence(view: View, one: Spoken) -> str:
    weighed = _weighed(view.stamp, (one.start, one.end), view, one)
    text = view.article.text
    start, end = around(view.reading.layout.sentences, (one.start, one.end))
    marks: list[tuple[Span, str]] = [((one.start, one.end), "b")]
    marks += [((w.start, w.end), "mark") for w in weighed if not (w.start < one.end and one.start < w.end)]
    pieces, at = [], start
    for (first, last), tag in sorted(marks):
        if first < at or last > end:
            continue
        pieces += [safe(spaced(text, (at, first))), f"<{tag}>{safe(wording(text, (first, last)))}</{tag}>"]
        at = last
    pieces.append(safe(spaced(text, (at, end))))
    sure = f"{max(one.probabilities):.0%} sure"
    tone = f"{one.label} ({signed(one.value)}), {sure}" if one.clear else f"unclear: perhaps {one.label}, {sure}"
    if not one.clear and max(one.probabilities) >= CLEAR:
        tone = f"unclear: {one.label} only by a “not” or a denial"
    own = ", on themselves" if one.speaker == one.whom else ""
    return (
        f'<div class="regard {one.shown}"><p class="words">{"".join(pieces)}</p>'
        f'<p class="how">{safe(voice_name(one.speaker))} on {safe(one.whom)}{own}: {tone}</p></div>'
    )
