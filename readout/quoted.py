"""What a quote is in the eyes of its reader: its words, the sentences around it, its tone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from readout.layout import plain
from readout.records import Layout, Quote, Reading, Span

OPENING = "\"“„‟«'‘‚‹「『"
CLOSING = "\"”»'’›」』"
GAP = " … "
"""Stands between two spans of one quote."""
DOUBT = 0.7
"""Below this confidence the speaker of words in quotation marks is shown as doubtful."""


@dataclass(frozen=True, slots=True)
class Context:
    """The sentences that a quote stands in, and the one before and the one after, where there is one."""

    before: Span | None
    own: Span
    after: Span | None


@dataclass(frozen=True, slots=True)
class Tone:
    """Polarity and subjectivity of a quote's own words, and how many of them the lexicon knows."""

    polarity: float
    subjectivity: float
    scored: int


def wording(text: str, span: Span) -> str:
    """The words of a span as a person reads them: no markup, no invisible characters, one space between words."""
    return " ".join(unmarked(text, span).split())


def unmarked(text: str, span: Span) -> str:
    """The characters of a span without markup and invisible ones, every white space as it stands."""
    given = text[span[0] : span[1]]
    return "".join(a for a, b in zip(given, plain(given), strict=True) if a == b or a.isspace())


def spaced(text: str, span: Span) -> str:
    """As `wording`, with a space at either end where the text has white space there."""
    words = wording(text, span)
    given = text[span[0] : span[1]]
    return f"{' ' if given[:1].isspace() else ''}{words}{' ' if words and given[-1:].isspace() else ''}"


def marked(text: str, span: Span) -> Span:
    """The span with the quotation mark that touches it on either side, if it has none of its own there."""
    start, end = span
    if start >= end:
        return span
    if start and text[start - 1] in OPENING and text[start] not in OPENING and not text[max(start - 2, 0)].isalnum():
        start -= 1
    if end < len(text) and text[end] in CLOSING and text[end - 1] not in CLOSING and not _inside_word(text, end):
        end += 1
    return start, end


def _inside_word(text: str, at: int) -> bool:
    """Whether the character is an apostrophe ("Trump's")."""
    return text[at] in "'’" and text[at - 1].isalnum()


def doubtful(quote: Quote) -> bool:
    """Whether it is less than sure: a held paraphrase, or words in quotation marks whose speaker may be another."""
    return quote.held or (quote.kind == "direct" and quote.confidence < DOUBT)


def said(text: str, quote: Quote) -> str:
    """All that a quote says, with its quotation marks as they stand in the text."""
    return GAP.join(wording(text, marked(text, span)) for span in quote.content)


def word_count(text: str, quote: Quote) -> int:
    """How many words a quote has."""
    return sum(len(wording(text, span).split()) for span in quote.content)


def contexts(layout: Layout, quotes: Iterable[Quote]) -> list[Context]:
    """The sentences around each quote, in the order of the quotes."""
    sentences = layout.sentences
    starts = [sentence.start for sentence in sentences]
    found = []
    for quote in quotes:
        first = max(bisect_right(starts, quote.start) - 1, 0)
        last = max(bisect_left(starts, quote.end) - 1, first)
        if not sentences:
            found.append(Context(None, (quote.start, quote.end), None))
            continue
        before = (sentences[first - 1].start, sentences[first - 1].end) if first else None
        after = (sentences[last + 1].start, sentences[last + 1].end) if last + 1 < len(sentences) else None
        own = (min(sentences[first].start, quote.start), max(sentences[last].end, quote.end))
        found.append(Context(before, own, after))
    return found


def tones(reading: Reading, quotes: Sequence[Quote]) -> list[Tone | None]:
    """The tone of each quote, in the order of the quotes; None where the lexicon knows none of its words.

    As TextBlob does for a sentence, it is the mean over the words that the lexicon knows.
    """
    words = sorted((word for span in reading.voices for word in span.words), key=lambda word: word.start)
    starts = [word.start for word in words]
    found: list[Tone | None] = []
    for quote in quotes:
        own = [w for start, end in quote.content for w in words[bisect_left(starts, start) : bisect_left(starts, end)]]
        found.append(
            Tone(fmean(w.polarity for w in own), fmean(w.subjectivity for w in own), len(own)) if own else None
        )
    return found


ORDERS = ("Order", "Length", "Tone")


def arranged(text: str, reading: Reading, quotes: Sequence[Quote], order: str) -> list[Quote]:
    """The quotes in reading order, or the longest first, or from the most positive to the most negative tone.

    What is equal stays in reading order; quotes without a tone come last.
    """
    in_order = sorted(quotes, key=lambda quote: quote.content)
    if order == "Length":
        return sorted(in_order, key=lambda quote: -word_count(text, quote))
    if order == "Tone":
        scored = zip(in_order, tones(reading, in_order), strict=True)
        return [quote for quote, _ in sorted(scored, key=lambda pair: (pair[1] is None, -_polarity(pair[1])))]
    return in_order


def _polarity(tone: Tone | None) -> float:
    return tone.polarity if tone else 0.0
