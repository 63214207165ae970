"""Tone: in what tone is it written, and whose tone is it?"""

from __future__ import annotations

from math import fsum
from typing import Any, Final

import pandas as pd
import streamlit as st

from readout.charts import tone as charts
from readout.exports.names import file_stem
from readout.layout import plain
from readout.records import REPORTER, Quote, Spoken
from readout.tables import tone as tables
from readout.tables.tone import Unit, Voices, signed
from readout.tone import disagree, mean, missed_negations
from readout.web import figure, heading, regard
from readout.web.labels import safe
from readout.web.paged import paged
from readout.web.state import View, clear, current, open_method, open_text

# By `training/tone_on_news.py` on NewsMTSC's training part: every second sentence chose the band taken for neutral, the
# others were measured, without names and quantifiers: accuracy .443, macro F1 .438 (the commonest class alone: .363
# right; TextBlob as it is: .434, .429); of 2,825 not neutral the sign was right in .400, wrong in .228, missing in
# .372; of the negative ones .324 were called positive. VADER in the same run: accuracy .526, macro F1 .524.
RIGHT: Final = "right about a sentence 44 times in 100"
MEASURED: Final = (
    "Measured on 7,739 sentences of news whose polarity toward a person or thing people had judged (NewsMTSC, "
    "training part): the list tells positive, neutral and negative right in **44 of 100** cases (always naming the "
    "commonest: 36; macro F1 .44). Where people saw praise or blame it has the right sign in 40 of 100, the wrong one "
    "in 23 and none in 37, and **32 of 100 blames pass for praise**. VADER, the second list, is right in 53 of 100 "
    "(macro F1 .52); it is asked only where it sees the opposite sign."
)
RINGS: Final = (
    "A bar is the mean weight of the words; a ring, by a learned model, says how those named there are spoken of: how "
    "likely it is praise less how likely it is blame."
)
VOICES: Final[dict[str, Voices]] = {"All": "all", "Reporter": "reporter", "Quoted": "quoted"}
UNITS: Final[dict[str, Unit]] = {"Paragraph": "paragraph", "Sentence": "sentence"}

STYLE: Final = """
<style>
.tone-text { font: 1.125rem/1.9 Literata, Georgia, serif; max-width: 62ch; margin: 0; overflow-wrap: anywhere; }
.tone-text mark { background: none; color: inherit; padding-bottom: .1em;
  border-bottom: 2px dotted light-dark(#6b6d70, #a9acb2); }
.tone-text mark.up { color: light-dark(#1b6b35, #8ed39b); border-bottom: 2px solid; }
.tone-text mark.down { color: light-dark(#9c1f5c, #f59cc4); border-bottom: 2px dashed; }
.tone-text mark.up, .tone-text mark.down { font-weight: 600; }
.tone-text small { font: 500 .72em Inter, system-ui, sans-serif; margin-left: .25em; vertical-align: .25em;
  white-space: nowrap;
  color: light-dark(#5c5a55, #aeb1b6); }
.tone-text mark.up small, .tone-text mark.down small { color: inherit; }
.tone-text .other { color: light-dark(#6b6963, #9a9da2); }
.tone-text b { font: 700 .68em Inter, system-ui, sans-serif; letter-spacing: .03em; vertical-align: .2em;
  margin-right: .3em; }
.tone-sum { margin: .6rem 0 0; font-size: .9375rem; font-variant-numeric: tabular-nums;
  color: light-dark(#5c5a55, #aeb1b6); }
.tone-sum strong { color: light-dark(#1d1c1a, #ece9e2); }
.tone-head { font: 600 1.75rem/1.2 Literata, Georgia, serif; margin: 0; padding: 0; }
.tone-head span { font: 400 .9375rem Inter, system-ui, sans-serif; white-space: nowrap;
  color: light-dark(#8a4a00, #e5b26a); }
.tone-head + .tone-sum { margin-top: .25rem; }
.tone-sum a { color: inherit; text-decoration: underline; text-underline-offset: .15em; }
.tone-units { border-collapse: collapse; width: 100%; font-size: .9375rem; font-variant-numeric: tabular-nums; }
.tone-units th, .tone-units td { text-align: right; padding: .3rem 0 .3rem .75rem; border: 0; font-weight: 400;
  border-bottom: 1px solid light-dark(#e6dfd3, #2b2f35); vertical-align: top; }
.tone-units :is(th:first-child, th:last-child, td:last-child) { text-align: left; }
.tone-units th:first-child { padding-left: 0; }
.tone-units td:last-child { overflow-wrap: anywhere; }
.tone-units thead th { font-size: .8125rem; color: light-dark(#5c5a55, #aeb1b6); vertical-align: bottom; }
.tone-units small { color: light-dark(#5c5a55, #aeb1b6); }
.st-key-tone-words h2 { font-size: 1.25rem; line-height: 1.3; margin: .4rem 0 0; padding: 0; }
.tone-voices { border-collapse: collapse; table-layout: fixed; width: 100%; max-width: 46rem; font-size: .9375rem;
  font-variant-numeric: tabular-nums; }
.tone-voices th, .tone-voices td { text-align: right; padding: .45rem 0 .45rem .75rem; border: 0;
  border-bottom: 1px solid light-dark(#e6dfd3, #2b2f35); vertical-align: top; }
.tone-voices thead th { font-weight: 500; font-size: .8125rem; color: light-dark(#5c5a55, #aeb1b6);
  vertical-align: bottom; }
.tone-voices thead th + th { width: 6.25rem; }
.tone-voices th:first-child { text-align: left; font-weight: 500; padding-left: 0; overflow-wrap: break-word; }
.tone-voices em { display: block; font-style: normal; font-weight: 400; font-size: .8125rem;
  color: light-dark(#8a4a00, #e5b26a); }
@media (max-width: 640px) {
  .tone-voices :is(th, td):nth-child(n+4) { display: none; }
  .tone-voices thead th + th { width: 5.5rem; }
  .tone-units :is(th, td):nth-child(n+4) { display: none; }
}
</style>
"""


def main() -> None:
    """The page."""
    view = current()
    heading.draw("In what tone?", view)
    if not view.reading.layout.paragraphs:
        st.info("This article has no body to weigh. Choose another one in the sidebar.")
        return
    if not any(tone.words for tone in view.reading.tone):
        st.info(
            "None of its words is in the lexicon, which knows English only, so there is no polarity to show. "
            "The Article page still has the whole text."
        )
        regard.draw(view)
        return
    st.html(STYLE)
    said = regard.known(view)
    _by_lexicon(view, said)
    regard.draw(view)
    _note(view)
    if said is None and regard.known(view) is not None:
        # The first time, what is said of people is worked out after the word list's chart stands; then it joins it.
        st.rerun()


def _by_lexicon(view: View, said: tuple[Spoken, ...] | None) -> None:
    """The polarity of its parts and of its voices, as the word list has it.

    Args:
        view: the view.
        said: what is said of those spoken of, as far as it is known yet.
    """
    st.html(
        f'<h2 class="tone-head">Sentiment of the words <span>{RIGHT}</span></h2>'
        f'<p class="tone-sum">By a list of words. <a href="#{regard.ANCHOR}" target="_self">Who speaks how of whom</a> '
        "is told by a learned model, further down.</p>"
    )
    with st.container(horizontal=True, key="tone-choice"):
        voices = VOICES[
            st.segmented_control(
                "Whose words", list(VOICES), default="All", required=True, key="voices", bind="query-params"
            )
        ]
        unit = UNITS[
            st.segmented_control("By", list(UNITS), default="Paragraph", required=True, key="by", bind="query-params")
        ]
    quotes = view.quotes if view.filtered else None
    scored = tables.scores(view.reading, by=unit, voices=voices, quotes=quotes)
    if said is not None:
        scored = tables.with_toward(
            scored, (one for one in said if voices == "all" or (one.speaker == REPORTER) == (voices == "reporter"))
        )
    audible = tables.units(scored)
    if audible.empty:
        _nobody(view, voices)
        return
    _curve(view, scored, audible, voices, unit, quotes)
    _speakers(view, voices, quotes)


def _nobody(view: View, voices: Voices) -> None:
    if voices == "reporter" and view.filtered:
        said = "The sidebar keeps quotes only, so the reporter's own words are left out."
    elif view.filtered:
        said = "Nobody is left: no quote passes the sidebar's filter."
    elif voices == "quoted":
        said = "Nobody is quoted in this article. Choose “All” or “Reporter” above."
    else:
        said = "All of this article is quoted, and nothing is the reporter's own. Choose “All” or “Quoted” above."
    st.info(said)
    if view.filtered:
        st.button("Clear the filter", on_click=clear, key="tone-clear", icon=":material/close:")


def _curve(
    view: View,
    scored: pd.DataFrame,
    audible: pd.DataFrame,
    voices: Voices,
    unit: Unit,
    quotes: tuple[Quote, ...] | None,
) -> None:
    """The chart, and beside it the unit chosen in it."""
    chart, words = st.columns([0.64, 0.36], gap="large")
    with words, st.container(key="tone-words"):
        st.html(f"<h2>The words behind a {unit}’s score</h2>")
        chosen = _choice(audible, unit)
        _taken_apart(view, audible[audible["label"] == chosen].iloc[0], voices, unit, quotes)
    with chart:
        figure.show(
            charts.by_unit(scored, _colours(view), chosen=chosen, noun=unit),
            scored.drop(columns=["number", "base"]),
            key="tone-units",
            name=_name(view, f"tone-by-{unit}", "" if voices == "all" else voices),
            says=f"{tables.headline(audible, unit)} {RINGS}",
            alt=f"Polarity of every {unit} as bars up or down from zero in reading order, the tone toward those spoken "
            f"of as rings, and subjectivity as dots beneath. {tables.headline(audible, unit)} The table has all.",
            select=True,
            title=view.article.title,
            source=view.article.publisher,
        )
        with st.expander("The same as a table", icon=":material/table:"):
            st.html(_unit_table(paged(audible, f"tone-{unit}-pages", unit), unit))


def _unit_table(audible: pd.DataFrame, unit: Unit) -> str:
    """The chart's bars, dots and rings in figures, a row a unit."""
    rows = []
    for row in audible.to_dict("records"):
        clear = int(row.get("toward_clear", 0))
        toward = f"{signed(row['toward'])}<small> of {clear}</small>" if clear else "–"
        rows.append(
            f'<tr><th scope="row">{row["label"]}</th><td>{_number(row["polarity"], sign=True)}</td><td>{toward}</td>'
            f"<td>{_number(row['subjectivity'])}</td><td>{row['scored_words']}</td>"
            f"<td>{safe(str(row['voices']))}</td></tr>"
        )
    heads = (unit.capitalize(), "Polarity", "Toward those spoken of", "Subjectivity", "Scored words", "Voices")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return (
        f'<table class="tone-units" aria-label="Tone by {unit}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _taken_apart(view: View, row: pd.Series[Any], voices: Voices, unit: Unit, quotes: tuple[Quote, ...] | None) -> None:
    """The text of a unit with the words that make its score."""
    start, end = int(row["start"]), int(row["end"])
    whole = unit == "paragraph" and voices == "all" and quotes is None
    pieces = tables.pieces(view.reading, (start, end), voices=voices, quotes=quotes, whole=whole)
    st.html(_marked(view, pieces) + _sum(pieces) + _doubt(float(row["polarity"]), float(row["second"])))
    if st.button("Read it in the article", icon=":material/article:", key="tone-open"):
        open_text(start)


def _choice(audible: pd.DataFrame, unit: Unit) -> str:
    """The unit to look into: as clicked in the chart, as chosen in the box, or else the strongest."""
    key = unit[:3]
    labels: list[str] = audible["label"].tolist()
    clicked = figure.picked("tone-units")
    if clicked != st.session_state.get("_tone_clicked"):
        st.session_state["_tone_clicked"] = clicked
        if clicked in labels:
            st.session_state[key] = clicked
    strongest = int(audible["polarity"].abs().fillna(-1).to_numpy().argmax())
    chosen: str = st.selectbox(
        f"{unit.capitalize()}, or click a bar", labels, index=strongest, key=key, bind="query-params", width=220
    )
    return chosen if chosen in labels else labels[strongest]


def _marked(view: View, pieces: tuple[tables.Piece, ...]) -> str:
    made = []
    speaker = REPORTER
    for piece in pieces:
        if piece.speaker != speaker and view.article.text[piece.start : piece.end].strip():
            speaker = piece.speaker
            if speaker != REPORTER:
                colour = view.palette[speaker]
                made.append(f'<b style="color:light-dark({colour.light},{colour.dark})">{safe(colour.initials)}</b>')
        words = safe(plain(view.article.text[piece.start : piece.end]))
        if piece.word:
            sign = "up" if piece.word.polarity > 0 else "down" if piece.word.polarity < 0 else "level"
            made.append(f'<mark class="{sign}">{words}<small>{signed(piece.word.polarity)}</small></mark>')
        else:
            made.append(words if piece.audible else f'<span class="other">{words}</span>')
    return f'<p class="tone-text">{"".join(made)}</p>'


def _sum(pieces: tuple[tables.Piece, ...]) -> str:
    words = [piece.word for piece in pieces if piece.word]
    if not words:
        return '<p class="tone-sum">No word here is in the lexicon, so there is nothing to add up.</p>'
    polarity, subjectivity = mean(words)
    total = signed(fsum(word.polarity for word in words))
    return (
        f'<p class="tone-sum">{len(words)} scored word{"s" * (len(words) != 1)}, together {total}; '
        f"divided by {len(words)}: <strong>polarity {signed(polarity)}</strong>, subjectivity {subjectivity:.2f}.</p>"
    )


def _doubt(polarity: float, second: float) -> str:
    if not disagree(polarity, second):
        return ""
    return (
        f'<p class="tone-sum">VADER, a second word list that knows verbs and nouns too, disagrees: it says '
        f"<strong>{signed(second)}</strong> here. Where the two differ in sign, trust neither before "
        "you have read it.</p>"
    )


def _speakers(view: View, voices: Voices, quotes: tuple[Quote, ...] | None) -> None:
    st.subheader("Voice by voice", anchor=False)
    spans = tables.heard(view.reading, voices=voices, quotes=quotes)
    by_voice, sentences = tables.by_voice(spans), tables.sentences(view.reading, spans)
    if len(sentences):
        says = (
            "Each stroke is a sentence, a dot the mean of a voice, the line one standard deviation to each side; "
            f"voices with fewer than {tables.ENOUGH} scored sentences have no mean to compare."
        )
        start = figure.show(
            charts.by_voice(sentences, by_voice, _colours(view)),
            by_voice,
            key="tone-voices",
            name=_name(view, "tone-by-voice", "" if voices == "all" else voices),
            says=says,
            hint="Click a stroke to read it.",
            alt="A strip of sentences by polarity for each voice. The table beneath has the means.",
            select=True,
            title=view.article.title,
            source=view.article.publisher,
        )
        if start:
            open_text(int(start[0][0] if isinstance(start[0], list) else start[0]))
    st.html(_voice_table(paged(by_voice, "tone-voice-pages", "voice")))


def _number(value: float, *, sign: bool = False) -> str:
    return "–" if pd.isna(value) else signed(value) if sign else f"{value:.2f}"


def _voice_table(by_voice: pd.DataFrame) -> str:
    rows = []
    for voice in by_voice.to_dict("records"):
        warning = "" if voice["enough"] else "<em>too few to compare</em>"
        rows.append(
            f'<tr><th scope="row">{safe(voice["voice"])}{warning}</th>'
            f"<td>{voice['scored_sentences']} of {voice['sentences']}</td>"
            f"<td>{_number(voice['mean_polarity'], sign=True)}</td><td>{_number(voice['spread'])}</td>"
            f"<td>{_number(voice['mean_subjectivity'])}</td></tr>"
        )
    return (
        '<table class="tone-voices" aria-label="Tone by voice"><thead><tr>'
        '<th scope="col">Voice</th><th scope="col">Sentences scored</th>'
        '<th scope="col">Mean polarity</th><th scope="col">Spread</th><th scope="col">Subjec&shy;tivity</th>'
        "</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _note(view: View) -> None:
    st.subheader("What a word list can and cannot see", anchor=False)
    st.markdown(
        "TextBlob looks words up in a list of some 2,900, most of them adjectives, and takes the mean. It sees no "
        "irony, not what a word is about, and a “not” only right before the word. Left out here are words inside "
        "a name (“Cold War” would count as −0.60) and quantifiers (“many” as +0.50), which say nothing of tone. Take a "
        "score as a pointer to words worth reading, never as a verdict on a speaker: −0.25 is a mean of weights, not a "
        "share."
    )
    missed = missed_negations(plain(view.article.text), view.reading.layout, view.reading.tone)
    if missed:
        words = safe(plain(view.article.text[missed[0].start : missed[0].end]))
        more = f" ({len(missed) - 1} more like it in this article.)" if len(missed) > 1 else ""
        st.html(
            f"<p>In this article “<strong>{words}</strong>” counts as {signed(missed[0].word.polarity)}, "
            f"as if nothing were denied.{more}</p>"
        )
        if st.button("See it in the article", icon=":material/article:", key="tone-missed", type="tertiary"):
            open_text(missed[0].start)
    st.markdown(MEASURED)
    if st.button("How do you know?", icon=":material/help:", type="tertiary", key="tone-method"):
        open_method("Tone")


def _name(view: View, *what: str) -> str:
    kind = "" if view.kind == "all" else view.kind
    return file_stem(view.article, *filter(None, (*what, *view.who, kind)))


def _colours(view: View) -> dict[str, Any]:
    return {tables.voice_name(name): colour for name, colour in view.palette.items()}


main()
