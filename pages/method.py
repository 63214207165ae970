"""Method: how each finding is made, how often it is right, and what it cannot do."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Final

import streamlit as st

from readout.accuracy import certainty, figures
from readout.quoted import said, wording
from readout.regard import CLEAR
from readout.web import heading, regard
from readout.web.labels import safe
from readout.web.state import METHODS, View, current, open_text
from readout.wording import days, less_certain, signed


def quotes(view: View) -> None:
    """How quotes are found."""
    st.markdown(
        "**Rules read first.** Quotation marks of every style are paired paragraph by paragraph; a paragraph's end "
        "closes what is open, and an apostrophe is no mark. Around them and in the sentences without marks, the rules "
        "look for a **cue** such as *said*, *according to* or *in a statement*, and beside it a **source**.\n\n"
        "**Then a small learned model reads**: a network of four layers, trained on 760 articles of news in which "
        "people had marked who says what. It proposes what is said, cue and source, and weighs what the rules found. "
        "Of two answers that overlap, the likelier one stands; marks decide where direct words begin and end. What "
        "stands between marks is *direct*; a paraphrase with a quoted part is *mixed*; a paraphrase alone *indirect*."
    )
    quote = next((q for q in view.reading.quotes if q.cue and q.kind != "direct"), None)
    quote = quote or next(iter(view.reading.quotes), None)
    if quote:
        words = said(view.article.text, quote)
        source = " … ".join(wording(view.article.text, span) for span in quote.source)
        cue = " … ".join(wording(view.article.text, span) for span in quote.cue)
        _example(
            view, f"“{_shortened(words)}”", quote.start,
            (("kind", quote.kind), ("source", source), ("cue", cue), ("found by", quote.evidence)),
        )  # fmt: skip
    _measured(
        (
            ("direct quotes found, whole and from the right source", "direct", "end_to_end_f1"),
            ("words of direct quotes told from the others", "direct", "token_f1"),
            ("all that is said, paraphrases too, whole and from the right source", "all", "end_to_end_f1"),
            ("the source, where what is said was found", "all", "source_acc"),
        ),
        "Each is an F1 score (the mean of how much is found and how much of what is found is right) or a share, on 84 "
        "articles of news from 2016 in which people marked 2,192 things said (PolNeAR, development part). Two people "
        "who mark such a text agree on 92 of 100.",
    )
    st.markdown(
        "**What is held back.** A paraphrase has no marks that say where it begins and ends, and a model that reads "
        "“the company plans to” finds more of them than people do. So each is weighed once more: how sure the model "
        "is, on what ground its speaker rests, how often its cue is one of saying, whether the words have a verb of "
        "their own, whether the author speaks. Below a line it is *less certain* and left out: it makes no speaker, "
        "has no colour and counts in no bar and no share, until the switch in the sidebar asks for it. Data files "
        "(CSV, JSON, W3C, TEI) hold it, marked, with its likelihood. What stands between quotation marks is never held "
        "back."
    )
    _told_apart(view)
    _limits(
        "PolNeAR also counts beliefs, plans and surprise (“expected”, “wanted”) as something said. Readout shows what "
        "somebody is reported to say, think or want; of reports within reports it shows both, each with its own "
        "source.",
        "A paraphrase is missed in about one of four cases, and the end of a long one is sometimes misplaced.",
        "It was trained on political news of seven American publishers in 2015 and 2016; elsewhere expect a little "
        "less.",
    )


def _told_apart(view: View) -> None:
    """How often what is shown, and what is held back, is right."""
    known = certainty()
    if {"direct", "shown", "held"} <= known.keys():
        names = (("direct", "direct quotes"), ("shown", "paraphrases shown"), ("held", "paraphrases held back"))
        items = "".join(
            f"<li><b>{known[key]['right']:.0%}</b> of {known[key]['quotes']:,.0f} {name}</li>" for key, name in names
        )
        st.html(f'<div class="measured"><p><strong>How many of them are right</strong></p><ul>{items}</ul></div>')
        good = {key: known[key]["right"] * known[key]["quotes"] for key in ("shown", "held")}
        lost = good["held"] / (sum(good.values()) or 1)
        st.markdown(
            "Read one by one on news pages of many kinds: right means that somebody does say, think or want it, that "
            "the words’ bounds are about right, and that the speaker is theirs. The price: of all the paraphrases that "
            f"are right, {lost:.0%} wait behind the switch. The likelihood is fitted on "
            "such readings by `training/paraphrases.py`."
        )
    if view.doubted:
        st.markdown(f"In this article: {less_certain(view.doubted, shown=view.unsure)}")


def speakers(view: View) -> None:
    """How sources become speakers."""
    st.markdown(
        "A source is followed to **the fullest name that the article gives**: *Putin*, *the Russian leader*, *he* and "
        "*the minister* become one person each. Roles come from the text itself (“Russian Foreign Minister Sergey "
        "Lavrov”); whether a name can be *he* or *she* from titles, from the pronouns around it, then from a list of "
        "given names. A pronoun goes to the last fitting person spoken of before it; a quote without a source carries "
        "on from the one before. A source that is never named keeps its description and is marked as unnamed, where "
        "its noun can speak: a person, a group, an organisation, an office, a document or a survey. *You*, *everyone* "
        "or *no one* is no speaker, nor is what the verb does not let speak; such words stay unattributed."
    )
    quote = next((q for q in view.reading.quotes if q.source and "'" in q.reason and q.named), None)
    if quote:
        _example(
            view, f"“{_shortened(said(view.article.text, quote))}”", quote.start,
            (
                ("source", " … ".join(wording(view.article.text, span) for span in quote.source)),
                ("speaker", quote.speaker), ("because", quote.reason), ("sure", f"{quote.confidence:.0%}"),
            ),
        )  # fmt: skip
    _measured(
        (("the right person, by the fullest name", "speakers", "named_acc"),),
        "On 175 direct quotes in 24 articles whose speakers were resolved by reading; a quote that was not found "
        "counts as wrong.",
    )
    _limits(
        "Two people with one last name are told apart by first names, titles and pronouns; where none of these is "
        "near, by who was spoken of last, which can be wrong. Such a speaker is marked as doubtful.",
        "It knows nobody: who is meant comes from this article alone.",
    )


def times(view: View) -> None:
    """How times are read."""
    st.markdown(
        "Time expressions are found by patterns and given a **value after TIMEX3** (ISO-TimeML), the standard of the "
        "field: *last month* in an article of 9 November 2016 is `2016-10`. From the value come the first and the last "
        "day that it may cover. A day of the week hangs on the tense of its sentence, *a year earlier* on the date "
        "last spoken of, *last week* on the day of publication: without that, such times stay without days."
    )
    time = next((t for t in view.reading.times if t.earliest and t.latest and not t.event and len(t.value) < 9), None)
    time = time or next((t for t in view.reading.times if t.earliest and t.latest), None)
    if time and time.earliest and time.latest:
        _example(
            view, f"“{wording(view.article.text, (time.start, time.end))}”", time.start,
            (("value", time.value), ("days", days(time.earliest, time.latest)), ("because", time.rule)),
        )  # fmt: skip
    _measured(
        (
            ("expressions found", "times", "relaxed_f1"),
            ("found, with the right value", "times", "value_f1"),
            ("those with a place on the calendar, with the right value", "times", "placeable_f1"),
        ),
        "F1 scores on 1,822 expressions in 256 articles (TimeBank and AQUAINT), counted as TempEval-3 counts them. "
        "Some of these articles were read while the rules were made.",
    )
    _limits(
        "“Now”, “recently” and lengths of time have no days, so they stand under the timeline and not on it.",
        "Where the author means another calendar (a fiscal year, a school year), the days are those of the common one.",
    )


def events(view: View) -> None:
    """How named events are recognised."""
    st.markdown(
        "Named events come from a list that anyone can edit, `data/events.toml`. A name that belongs to one event "
        "alone (*the Cold War*) is enough. A name that many share (*the presidential election*) needs evidence: the "
        "year or date beside it, the place and the people that the text speaks of, the day of publication. Where the "
        "evidence does not decide, nothing is matched, and the date stands on the timeline by itself."
    )
    mention = next((m for m in view.reading.events if "alone" not in m.reason), None)
    mention = mention or next(iter(view.reading.events), None)
    if mention:
        _example(
            view, f"“{wording(view.article.text, (mention.start, mention.end))}”", mention.start,
            (
                ("event", mention.event.name), ("days", days(mention.event.first, mention.event.last)),
                ("because", mention.reason),
            ),
        )  # fmt: skip
    st.markdown(
        "**How often it is right.** Of 110 matches in 84 articles (PolNeAR, development part), read one by one, 91 in "
        "98 were right before the rules were mended after that reading, and all after it; on 60 other pages 7 of 9 "
        "before. The verdicts are in `training/events-dev-matches.tsv`."
    )
    _limits("It does not see an event that the list does not have.", "A law stands at the day it was signed.")


def tone(view: View) -> None:
    """How tone is weighed."""
    st.markdown(
        "**TextBlob** looks up each word in a list of some 2,900, most of them adjectives, and takes the mean: "
        "polarity from −1 to 1, subjectivity from 0 to 1. Readout scores each paragraph as TextBlob does, without "
        "names and quantifiers, and each voice's part of each sentence by itself, so that the reporter's words are not "
        "held against the speaker. "
        "**VADER**, a second list that knows verbs and nouns too, is mentioned where it sees the opposite sign."
    )
    loudest = max((t for t in view.reading.tone if t.words), key=lambda t: abs(t.polarity), default=None)
    if loudest:
        paragraph = view.reading.layout.paragraphs[loudest.paragraph]
        words = ", ".join(
            f"{wording(view.article.text, (w.start, w.end))} {signed(w.polarity)}" for w in loudest.words[:6]
        )
        _example(
            view, f"Paragraph {loudest.paragraph + 1}", paragraph.start,
            (("words", words), ("mean", signed(loudest.polarity)), ("VADER says", signed(loudest.second))),
        )  # fmt: skip
    st.markdown(
        "**How often it is right.** On 7,739 sentences of news in which people judged what is said of one person or "
        "thing (NewsMTSC, training part), the list tells positive, neutral and negative right in 44 of 100 cases, "
        "VADER in 53; always naming the commonest would be right in 36. The command is `python "
        "training/tone_on_news.py`."
    )
    _limits(
        "It sees no irony, and not what a word is about: “Clinton attacked Trump” is one number.",
        "A denial counts only right before a word: “cannot be called friendly” is friendly to it. The Tone page names "
        "such places.",
    )


def toward(view: View) -> None:
    """How it is told who speaks how of whom."""
    st.markdown(
        "**A second learned model** reads one sentence and says of each person, group or country named in it whether "
        "the sentence speaks of them negatively, neutrally or positively. **It is told no name**: every name becomes "
        "the same one before it reads, so that whoever stands in a place, the tone is the same. Words inside a quote "
        "count for whoever says them; where the reporter speaks, what others say in the sentence is left out first. "
        "The words that weighed are found by leaving each out and asking again. Where it is less than "
        f"{CLEAR:.0%} sure, the page says *unclear* and counts the mention apart."
    )
    clear = [one for one in regard.spoken(view.stamp, view) if one.clear and one.label != "neutral"]
    one = max(clear, key=lambda mention: abs(mention.value), default=None)
    if one:
        _example(
            view, f"“{wording(view.article.text, (one.start, one.end))}”", one.start,
            (
                ("who", one.speaker or "the reporter"), ("of whom", one.whom), ("tone", one.label),
                ("sure", f"{max(one.probabilities):.0%}"),
            ),
        )  # fmt: skip
    st.markdown(TOWARD)
    _limits(
        "**Irony**: “Get ready Comey, because they will be coming, nice and new and ‘smart!’” counted as praise; "
        "people who read it saw blame.",
        "**Reported accusations**: in “He also echoed past Saudi accusations that Houthis have been receiving arms "
        "from Iran …” he counted as spoken ill of too; people saw nothing said against him.",
        "**Denials**: “Nelson said Cruz had ‘impugned the patriotism’ of Hagel, a claim Cruz denied” counted as blame "
        "of Hagel; people saw none. All three are failures of the measurement above.",
        "It sees one sentence, and learnt from news of US politics.",
    )


PARTS: Final[dict[str, Callable[[View], None]]] = dict(
    zip(METHODS, (quotes, speakers, times, events, tone, toward), strict=True)
)
TOWARD: Final = (
    "**How often it is right.** On 8,739 mentions in news that people judged (NewsMTSC, training part), each by a "
    "model that had not seen its article: 80 in 100 right, macro F1 .797 (TextBlob .428, VADER .527 on the same). Of "
    "those it calls clear, two in three, nine in ten are right. With 40 other names in the place of the one spoken "
    "of, of either gender and of many origins and parties, 3 labels in 1,000 change, as many for each group."
)


def _example(view: View, what: str, at: int, facts: tuple[tuple[str, str], ...]) -> None:
    """A finding of the open article, with what it was made of and the way to it."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{safe(value)}</dd>" for name, value in facts if value)
    st.html(f'<div class="example"><p>In this article: <strong>{safe(what)}</strong></p><dl>{rows}</dl></div>')
    if st.button("See it in the article", icon=":material/article:", type="tertiary", key=f"method-{at}"):
        open_text(at)


def _measured(rows: tuple[tuple[str, str, str], ...], how: str) -> None:
    """How often it is right, from the gate's own file."""
    known = [(what, figures()[part][measure]) for what, part, measure in rows if measure in figures().get(part, {})]
    if known:
        items = "".join(f"<li><b>{value:.0%}</b> {escape(what)}</li>" for what, value in known)
        st.html(f'<div class="measured"><p><strong>How often it is right</strong></p><ul>{items}</ul></div>')
    st.markdown(how)


def _limits(*limits: str) -> None:
    st.markdown("**What it cannot do**\n\n" + "\n".join(f"- {limit}" for limit in limits))


def _shortened(words: str, most: int = 160) -> str:
    words = words.strip("\"“”'‘’ ")
    return words if len(words) <= most else f"{words[: most - 1].rsplit(' ', 1)[0]} …"


STYLE: Final = """
<style>
[data-testid="stMarkdownContainer"]:has(> p, > ul) { max-width: 42rem; }
.example { max-width: 42rem; padding: .75rem 1rem; border-left: 3px solid light-dark(#d9d2c5, #3a3f46);
  background: light-dark(#f6f1e9, #1c1f23); overflow-wrap: anywhere; }
.example p { margin: 0 0 .5rem; font: 1.0625rem/1.5 Literata, Georgia, serif; }
.example dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .2rem .9rem; margin: 0;
  font-size: .875rem; }
.example dt { color: light-dark(#66625b, #a3a7ad); }
.example dd { margin: 0; }
.measured p { margin: 0 0 .35rem; }
.measured ul { list-style: none; margin: 0; padding: 0; max-width: 42rem; }
.measured li { display: grid; grid-template-columns: 3rem 1fr; margin: 0; padding: .2rem 0; }
.measured b { font-variant-numeric: tabular-nums; }
</style>
"""

view = current()
heading.draw("How do you know?", view)
st.html(STYLE)
part = st.segmented_control(
    "Finding", METHODS, default=METHODS[0], required=True, key="part", bind="query-params", label_visibility="collapsed"
)
PARTS[part](view)
