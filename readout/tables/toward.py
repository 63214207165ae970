"""Who speaks how of whom, as tables: mention by mention, voice by person, and who is kindest and harshest."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from math import fsum
from operator import attrgetter

import pandas as pd

from readout.powers import power_of
from readout.quoted import wording
from readout.records import REPORTER, Article, Mention, Quote, Reading, Spoken
from readout.regard import around
from readout.tables.tone import voice_name
from readout.wording import agree, signed

ENOUGH = 3
"""With fewer mentions whose tone is clear, a cell says little."""
MENTIONS = (
    "Voice", "Of", "Tone", "Value", "Negative", "Neutral", "Positive", "Themselves", "Paragraph", "Sentence", "Start",
    "End",
)  # fmt: skip
CELLS = ("Voice", "Of", "Mean", "Clear", "Unclear", "Negative", "Neutral", "Positive", "Enough", "Themselves")


def kept(spoken: Iterable[Spoken], quotes: Collection[Quote] | None = None) -> tuple[Spoken, ...]:
    """What is left where a filter keeps some quotes only: what is spoken of inside them; all without a filter."""
    if quotes is None:
        return tuple(spoken)
    spans = [(start, end, quote.speaker) for quote in quotes for start, end in quote.content]
    return tuple(one for one in spoken if any(s <= one.start < e and one.speaker == speaker for s, e, speaker in spans))


def mentions(article: Article, reading: Reading, spoken: Sequence[Spoken]) -> pd.DataFrame:
    """One mention a row, in reading order.

    Value runs from -1 to 1; Negative, Neutral and Positive are probabilities; Paragraph counts from 1; Start and End
    are characters of the article's text.
    """
    sentences = reading.layout.sentences
    rows = []
    for one in spoken:
        start, end = around(sentences, (one.start, one.end))
        rows.append(
            (
                voice_name(one.speaker),
                one.whom,
                one.shown,
                round(one.value, 3),
                *(round(p, 3) for p in one.probabilities),
                one.speaker == one.whom,
                sentences[bisect_right(sentences, start, key=attrgetter("start")) - 1].paragraph + 1,
                wording(article.text, (start, end)),
                one.start,
                one.end,
            )
        )
    return pd.DataFrame(rows, columns=list(MENTIONS))


def voice_of(speaker: str, whom: Collection[str]) -> str:
    """The voice whose row in the matrix a speaker's words count in: a seat of government speaks for its country.

    Args:
        speaker: the speaker's name, or `REPORTER`.
        whom: the names of those spoken of.
    """
    return voice_name(power_of(speaker, whom))


def most_named(mentioned: Iterable[Mention | Spoken], most: int | None = None) -> list[str]:
    """Those spoken of, most mentions first, what is equal in reading order."""
    return [name for name, _ in Counter(one.whom for one in mentioned).most_common(most)]


def about(quotes: Iterable[Quote], mentioned: Iterable[Mention], whom: str) -> list[Quote]:
    """The quotes whose words speak of somebody."""
    places = [one.start for one in mentioned if one.whom == whom]
    return [quote for quote in quotes if any(start <= at < end for start, end in quote.content for at in places)]


def cells(spoken: Sequence[Spoken], voices: Sequence[str], most: int = 8) -> pd.DataFrame:
    """The matrix, one cell a row: the voices in the order given, the reporter first, and those spoken of most.

    Args:
        spoken: what is said of whom.
        voices: the speakers in order.
        most: how many of those spoken of have a column.

    Returns:
        Mean (of the mentions whose tone is clear, -1 to 1; missing where there is none), Clear and Unclear (how many),
        how many of the clear ones are Negative, Neutral, Positive, whether they are Enough, and whether the voice
        speaks of Themselves. A voice or a person without a cell is left out.
    """
    columns = most_named(spoken, most)
    by_cell: dict[tuple[str, str], list[Spoken]] = defaultdict(list)
    known = {one.whom for one in spoken}
    names = {speaker: voice_of(speaker, known) for speaker in (REPORTER, *voices)}
    for one in spoken:
        if one.speaker in names:
            by_cell[names[one.speaker], one.whom].append(one)
    rows = []
    for voice in dict.fromkeys(names.values()):
        for whom in columns:
            own = by_cell.get((voice, whom))
            if not own:
                continue
            clear = [one for one in own if one.clear]
            labels = Counter(one.label for one in clear)
            rows.append(
                (
                    voice,
                    whom,
                    fsum(one.value for one in clear) / len(clear) if clear else None,
                    len(clear),
                    len(own) - len(clear),
                    *(labels[label] for label in ("negative", "neutral", "positive")),
                    len(clear) >= ENOUGH,
                    voice == whom,
                )
            )
    return pd.DataFrame(rows, columns=list(CELLS)).astype({"Mean": float})


def extremes(table: pd.DataFrame) -> list[tuple[str, str]]:
    """For each of those spoken of, who speaks best and who worst of them, in a sentence, where enough is clear."""
    told = []
    for whom in dict.fromkeys(table["Of"]):
        own = table[(table["Of"] == whom) & table["Enough"] & ~table["Themselves"]].sort_values("Mean", kind="stable")
        if len(own) < 2 or signed(own["Mean"].iloc[0]) == signed(own["Mean"].iloc[-1]):
            continue
        worst, best = own.iloc[0], own.iloc[-1]
        told.append(
            (
                whom,
                f"{best['Voice']} {agree(best['Voice'], 'speaks')} best of {whom} ({signed(best['Mean'])}), "
                f"{_small(worst['Voice'])} worst ({signed(worst['Mean'])}).",
            )
        )
    return told


def _small(voice: str) -> str:
    return "the reporter" if voice == voice_name(REPORTER) else voice
