"""Tables of tone: by paragraph or sentence and voice, by voice, and a unit's text cut at its scored words.

Wherever fewer than all voices are looked at, and by sentence, scores are means over the words of each stretch scored
by itself; the scores of whole paragraphs are TextBlob's own.
"""

from __future__ import annotations

import statistics
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum
from typing import Literal

import pandas as pd

from readout.records import REPORTER, Quote, Reading, Span, Spoken, ToneSpan, ToneWord
from readout.tone import disagree, mean

Voices = Literal["all", "reporter", "quoted"]
Unit = Literal["paragraph", "sentence"]

THE_REPORTER = "The reporter"
ENOUGH = 5
"""With fewer scored sentences than this, a voice's mean says little."""
TOWARD = ("toward", "toward_clear", "toward_unclear")
"""The columns of `with_toward`."""


def voice_name(speaker: str) -> str:
    """A voice as tables and figures call it."""
    return speaker or THE_REPORTER


def heard(reading: Reading, *, voices: Voices = "all", quotes: Sequence[Quote] | None = None) -> tuple[ToneSpan, ...]:
    """The stretches of the voices asked for, in reading order.

    Args:
        reading: the reading.
        voices: all of them, the reporter's or the quoted ones.
        quotes: the quotes that pass a filter, whose words alone are kept; None where there is no filter.
    """
    spans = reading.voices
    if voices != "all":
        spans = tuple(span for span in spans if (span.speaker == REPORTER) == (voices == "reporter"))
    if quotes is None:
        return spans
    said: dict[str, list[Span]] = defaultdict(list)
    for start, end, speaker in sorted((*span, quote.speaker) for quote in quotes for span in quote.content):
        joined = said[speaker]
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(span for span in spans if _meets(span, said.get(span.speaker, [])))


def scores(
    reading: Reading, *, by: Unit = "paragraph", voices: Voices = "all", quotes: Sequence[Quote] | None = None
) -> pd.DataFrame:
    """The tone of every paragraph or sentence, parted by voice: one row per unit and voice, in reading order.

    Columns: `number` (from 1, by unit), `label` ("3", or "3.2" for a sentence), `paragraph` and `sentence` (from 1; 0
    for a whole paragraph), `start` and `end` (characters of the text), `voice` (empty where a filter leaves nobody),
    `scored_words`, `voice_polarity` and `voice_subjectivity` (means over the voice's own words), `part` (what the voice
    adds to the unit's polarity; the parts add up to it) and `base` (where that part begins when parts of one sign are
    stacked), `polarity` and `subjectivity` of the unit, and `second`, VADER's opinion on its polarity. What is not
    scored is not a number.
    """
    spans = heard(reading, voices=voices, quotes=quotes)
    whole = by == "paragraph" and voices == "all" and quotes is None
    words = _words(reading, spans, by, whole=whole)
    opinions = _opinions(reading, spans, by, whole=whole)
    rows = []
    for number, (paragraph, sentence, start, end) in enumerate(_units(reading, by), 1):
        said = words.get(number - 1, {"": []})
        every = [word for part in said.values() for word in part]
        polarity, subjectivity = _scored(every)
        stacked = {True: 0.0, False: 0.0}
        for voice, part in said.items():
            added = fsum(word.polarity for word in part) / (len(every) or 1)
            label = f"{paragraph}.{sentence}" if sentence else str(paragraph)
            place = (number, label, paragraph, sentence, start, end)
            own = (voice, len(part), *_scored(part), added, stacked[added > 0])
            rows.append((*place, *own, polarity, subjectivity, opinions.get(number - 1)))
            stacked[added > 0] += added
    columns = ["number", "label", "paragraph", "sentence", "start", "end", "voice", "scored_words"]
    measures = ["voice_polarity", "voice_subjectivity", "part", "base", "polarity", "subjectivity", "second"]
    return pd.DataFrame(rows, columns=[*columns, *measures]).astype(dict.fromkeys(measures, "float64"))


def with_toward(scored: pd.DataFrame, spoken: Iterable[Spoken]) -> pd.DataFrame:
    """The table of `scores` with what is said of those spoken of in each unit.

    Args:
        scored: the table.
        spoken: how the voices looked at speak of whom.

    Returns:
        The same with the columns `toward` (the mean over the mentions whose tone is clear, each from -1, surely
        negative, to 1, surely positive; not a number where there is none), `toward_clear` and `toward_unclear` (how
        many mentions there are of each).
    """
    places = sorted(scored[["number", "start", "end"]].drop_duplicates().itertuples(index=False, name=None))
    starts = [start for _, start, _ in places]
    clear: dict[int, list[float]] = {number: [] for number, _, _ in places}
    unclear = dict.fromkeys(clear, 0)
    for one in spoken:
        at = bisect_right(starts, one.start) - 1
        if at < 0 or places[at][2] <= one.start:
            continue
        if one.clear:
            clear[places[at][0]].append(one.value)
        else:
            unclear[places[at][0]] += 1
    means = {number: statistics.fmean(values) if values else None for number, values in clear.items()}
    return scored.assign(
        toward=scored["number"].map(means).astype("float64"),
        toward_clear=scored["number"].map({number: len(values) for number, values in clear.items()}).astype("int64"),
        toward_unclear=scored["number"].map(unclear).astype("int64"),
    )


def units(scored: pd.DataFrame) -> pd.DataFrame:
    """One row per unit out of `scores` or `with_toward`, its voices joined, for the units where somebody is heard."""
    audible = scored[scored["voice"] != ""]
    grouped = audible.groupby("number", sort=True)
    kept = ["label", "paragraph", "sentence", "start", "end", "polarity", "subjectivity", "second"]
    single = grouped.first()[[*kept, *(column for column in TOWARD if column in scored)]]
    single["scored_words"] = grouped["scored_words"].sum()
    single["voices"] = grouped["voice"].agg(", ".join)
    return single.reset_index()


def headline(audible: pd.DataFrame, noun: str) -> str:
    """What the table `units` gives says, in a sentence or two.

    Args:
        audible: the table.
        noun: what a unit is, in the singular.
    """
    rated = audible.dropna(subset=["polarity"])
    if rated.empty:
        return f"No {noun} has a word that the lexicon knows."
    up, down = int((rated["polarity"] > 0).sum()), int((rated["polarity"] < 0).sum())
    level, silent = len(rated) - up - down, len(audible) - len(rated)
    counts = [f"{up} positive" * (up > 0), f"{down} negative" * (down > 0), f"{level} at zero" * (level > 0)]
    counts.append(f"{silent} without a scored word" * (silent > 0))
    said = f"Of {len(audible)} {noun}s, " + _listed([count for count in counts if count]) + "."
    if len(audible) == 1:
        said = f"One {noun}, {next(count for count in counts if count).split(' ', 1)[1]}."
    if up and down:
        ranked = rated.sort_values("polarity", kind="stable")[["label", "polarity"]].to_dict("records")
        worst, best = ranked[0], ranked[-1]
        said += (
            f" The most positive is {noun} {best['label']} ({signed(best['polarity'])}), the most negative "
            f"{noun} {worst['label']} ({signed(worst['polarity'])})."
        )
    doubted = sum(disagree(row["polarity"], row["second"]) for row in rated.to_dict("records"))
    if doubted:
        said += f" A second word list sees the opposite in {doubted} of them."
    return said


def signed(value: float, digits: int = 2) -> str:
    """A polarity as people read it: always with its sign, and a true minus."""
    text = f"{value:+.{digits}f}".replace("-", "−")
    return text[1:] if float(text[1:]) == 0 else text


def sentences(reading: Reading, spans: Iterable[ToneSpan]) -> pd.DataFrame:
    """The scored sentences of each voice: `voice`, `paragraph` (from 1), `start`, `end`, `polarity`, `subjectivity`."""
    said = _by_sentence(spans)
    rows = [
        (voice_name(speaker), reading.layout.sentences[sentence].paragraph + 1, start, end, *mean(words))
        for (sentence, speaker), (start, end, words) in said.items()
        if words
    ]
    return pd.DataFrame(rows, columns=["voice", "paragraph", "start", "end", "polarity", "subjectivity"])


def by_voice(spans: Iterable[ToneSpan]) -> pd.DataFrame:
    """Every voice's tone over its sentences, the one with most scored sentences first.

    Columns: `voice`, `sentences`, `scored_sentences` (those with a word of the lexicon; the others say nothing),
    `mean_polarity`, `spread` (standard deviation of polarity, of two scored sentences or more), `mean_subjectivity`,
    `enough` (whether there are sentences enough to compare).
    """
    total: dict[str, int] = defaultdict(int)
    said: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for (_, speaker), (_, _, words) in _by_sentence(spans).items():
        total[speaker] += 1
        if words:
            said[speaker].append(mean(words))
    rows = []
    for speaker, count in total.items():
        polarities = [polarity for polarity, _ in said[speaker]]
        rows.append(
            (
                voice_name(speaker),
                count,
                len(polarities),
                statistics.fmean(polarities) if polarities else None,
                statistics.stdev(polarities) if len(polarities) > 1 else None,
                statistics.fmean(subjectivity for _, subjectivity in said[speaker]) if polarities else None,
                len(polarities) >= ENOUGH,
            )
        )
    rows.sort(key=lambda row: (-row[2], -row[1]))
    columns = ["voice", "sentences", "scored_sentences", "mean_polarity", "spread", "mean_subjectivity", "enough"]
    table = pd.DataFrame(rows, columns=columns)
    measures = ["mean_polarity", "spread", "mean_subjectivity"]
    return table.astype(dict.fromkeys(measures, "float64"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a unit's text: whose it is, whether that voice is looked at, and its weight if it is a scored word."""

    start: int
    end: int
    speaker: str
    audible: bool
    word: ToneWord | None = None


def pieces(
    reading: Reading,
    within: Span,
    *,
    voices: Voices = "all",
    quotes: Sequence[Quote] | None = None,
    whole: bool = False,
) -> tuple[Piece, ...]:
    """A unit's text cut wherever the voice changes or a scored word begins or ends; the pieces cover it.

    `whole` takes the words as the whole paragraph is scored, which may stand across two voices; such a word is the
    voice's in which it ends.
    """
    start, end = within
    audible = {(span.start, span.end) for span in heard(reading, voices=voices, quotes=quotes)}
    spans = [span for span in reading.voices if span.start < end and span.end > start]
    if whole:
        words = [word for tone in reading.tone for word in tone.words if start <= word.start and word.end <= end]
    else:
        words = [word for span in spans if (span.start, span.end) in audible for word in span.words]
    edges = {start, end}
    edges.update(edge for span in spans for edge in (span.start, span.end))
    edges = {edge for edge in edges if not any(word.start < edge < word.end for word in words)}
    edges.update(edge for word in words for edge in (word.start, word.end))
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    known = {word.start: word for word in words}
    made = []
    for here, there in pairwise(cuts):
        holder = next((span for span in spans if span.start < there <= span.end), None)
        heard_here = whole or (holder is not None and (holder.start, holder.end) in audible)
        made.append(Piece(here, there, holder.speaker if holder else REPORTER, heard_here, known.get(here)))
    return tuple(made)


def _listed(parts: Sequence[str]) -> str:
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else parts[0]


def _meets(span: ToneSpan, spans: Sequence[Span]) -> bool:
    at = bisect_right(spans, (span.end, 0)) - 1
    return at >= 0 and spans[at][1] > span.start and spans[at][0] < span.end


def _units(reading: Reading, by: Unit) -> list[tuple[int, int, int, int]]:
    """Paragraph, sentence within it (0 for a whole paragraph), start and end of every unit, in order."""
    if by == "paragraph":
        return [(paragraph.index + 1, 0, paragraph.start, paragraph.end) for paragraph in reading.layout.paragraphs]
    made = []
    paragraph, within = -1, 0
    for sentence in reading.layout.sentences:
        within = within + 1 if sentence.paragraph == paragraph else 1
        paragraph = sentence.paragraph
        made.append((paragraph + 1, within, sentence.start, sentence.end))
    return made


def _words(
    reading: Reading, spans: Iterable[ToneSpan], by: Unit, *, whole: bool
) -> dict[int, dict[str, list[ToneWord]]]:
    """The scored words by the unit's number from 0 and by voice; a voice without scored words is there too."""
    words: dict[int, dict[str, list[ToneWord]]] = {}
    for span in spans:
        unit = span.paragraph if by == "paragraph" else span.sentence
        said = words.setdefault(unit, {}).setdefault(voice_name(span.speaker), [])
        if not whole:
            said.extend(span.words)
    if whole:
        starts = [span.start for span in reading.voices]
        for tone in reading.tone:
            for word in tone.words:
                at = bisect_right(starts, word.end - 1) - 1
                inside = at >= 0 and word.end <= reading.voices[at].end
                voice = voice_name(reading.voices[at].speaker if inside else REPORTER)
                words.setdefault(tone.paragraph, {}).setdefault(voice, []).append(word)
    return words


def _opinions(reading: Reading, spans: Iterable[ToneSpan], by: Unit, *, whole: bool) -> dict[int, float]:
    """VADER's opinion on each unit, by its number from 0: the mean over what is heard of it, by length."""
    if whole:
        return {tone.paragraph: tone.second for tone in reading.tone}
    total: dict[int, float] = defaultdict(float)
    length: dict[int, int] = defaultdict(int)
    for span in spans:
        unit = span.paragraph if by == "paragraph" else span.sentence
        total[unit] += span.second * (span.end - span.start)
        length[unit] += span.end - span.start
    return {unit: total[unit] / length[unit] for unit in total}


def _by_sentence(spans: Iterable[ToneSpan]) -> dict[tuple[int, str], tuple[int, int, list[ToneWord]]]:
    """Each voice's part of each sentence: where it begins and ends, and its scored words."""
    said: dict[tuple[int, str], tuple[int, int, list[ToneWord]]] = {}
    for span in spans:
        start, _, words = said.get((span.sentence, span.speaker), (span.start, span.end, []))
        said[span.sentence, span.speaker] = (start, span.end, [*words, *span.words])
    return said


def _scored(words: Sequence[ToneWord]) -> tuple[float | None, float | None]:
    return mean(words) if words else (None, None)
