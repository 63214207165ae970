"""Tone by TextBlob's lexicon: by sentence, paragraph and voice, with the words behind each score.

TextBlob's default analyser is that of the Pattern library (De Smedt and Daelemans 2012, JMLR 13): some 2,900 words,
most of them adjectives, each with a polarity, a subjectivity and an intensity. A word before it may intensify it
("very good") or turn it (no, not, never: times -0.5); a score is the mean over the words that the lexicon knows.

Two sorts of words that it scores say nothing of tone and are left out: words inside a name ("Cold War" had -0.60),
and quantifiers ("many" had 0.50).

VADER (Hutto and Gilbert 2014, ICWSM) gives a second opinion: another list, made of short messages, with verbs and
nouns in it and denials up to three words before.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import fsum
from operator import itemgetter

from textblob.en import sentiment, tokenize
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from readout.lists import words as listed
from readout.records import (
    REPORTER,
    EventMention,
    Layout,
    ParagraphTone,
    Quote,
    Sentence,
    Span,
    ToneSpan,
    ToneWord,
)
from readout.regard.sentence import names, opens
from readout.spans import apart

# TextBlob's tokenizer takes marks off a word one by one and copies the rest each time: a long row costs its square.
_ROW_OF_MARKS = re.compile(r"(?:[^\w\s]|_){40,}")
# What TextBlob puts in for a blank line and drops again, even where it is an article's own word.
_DROPPED = "END-OF-SENTENCE"

_NEGATOR = re.compile(
    r"(?:\b(?:can|could|may|might|must|shall|should|will|would|is|are|was|were|be|been|do|does|did|has|have|had)\s+)?"
    r"(?<![\w'’])(?:not|never|cannot|no\s+longer|nothing|hardly|scarcely"
    r"|(?:ca|could|wo|would|should|is|are|was|were|do|does|did|has|have|had)n['’]t)"
    r"(?!\s+(?:only|just|merely|simply|least)\b)"
    r"(?:\s+(?!more\b|but\b|help\b)[\w'’-]+){0,3}\s+$",
    re.IGNORECASE,
)
_NEGATOR_REACH = 60
_CAPITAL = re.compile(r"\b[^\W\d_a-z][\w'’-]* \Z")
_LONGEST_WORD = 30
_NAME = "somebody"
"""What stands for each word of a name: a word that the lexicon lacks, and long enough to end a denial before it."""
_TURNING = frozenset({"no", "not", "n't", "never", "!"})
_POSITIVE = 0.1
_CLEAR = 0.05
_RUN = 100
_DIGITS = 9
"""Places to which a word's scores are kept: TextBlob takes the mean of a word's senses with `sum`, whose last digit
changed with Python 3.12."""


@dataclass(frozen=True, slots=True)
class MissedNegation:
    """A word counted as positive although what stands before it denies it; the span begins at the denial."""

    start: int
    end: int
    word: ToneWord


def weigh(
    clean: str, layout: Layout, quotes: tuple[Quote, ...], events: Sequence[EventMention] = ()
) -> tuple[tuple[ParagraphTone, ...], tuple[ToneSpan, ...]]:
    """The tone of each paragraph, and of each stretch of one voice within a sentence.

    A paragraph's scores are those of `TextBlob(paragraph).sentiment`, less its names and quantifiers. A stretch is
    scored by itself, so that no voice's "not" turns another's word; where one quote lies in another the shortest has
    the word, and what nobody is quoted with is the reporter's. A stretch without a letter is left out.

    Args:
        clean: the text as `layout.plain` gives it.
        layout: its layout.
        quotes: what is said, and by whom.
        events: what is named after the catalogue.

    Returns:
        The paragraphs' tones and the stretches, both in reading order.
    """
    named = apart([*named_in(clean, layout.sentences), *((event.start, event.end) for event in events)])
    tokenized = [_words(clean, (paragraph.start, paragraph.end), named) for paragraph in layout.paragraphs]
    tones = []
    for paragraph, tokens in zip(layout.paragraphs, tokenized, strict=True):
        scored = _score(tokens)
        second = second_opinion(clean[paragraph.start : paragraph.end])
        tones.append(ParagraphTone(paragraph.index, *mean(scored), scored, second))
    tokens = [token for paragraph in tokenized for token in paragraph]
    starts = [token.start for token in tokens]
    voices = []
    for number, start, end, speaker in _stretches(layout.sentences, quotes):
        if any(map(str.isalpha, clean[start:end])):
            inside = tokens[bisect_left(starts, start) : bisect_left(starts, end)]
            scored = _score(token for token in inside if token.end <= end)
            paragraph_number = layout.sentences[number].paragraph
            second = second_opinion(clean[start:end])
            voices.append(ToneSpan(start, end, paragraph_number, number, speaker, *mean(scored), scored, second))
    return tuple(tones), tuple(voices)


def named_in(clean: str, sentences: Iterable[Sentence]) -> list[Span]:
    """The names in some sentences, in order, as far as capitals tell.

    A capital that opens a sentence tells nothing, so an ordinary word there is a name's only where the same name stands
    inside a sentence too ("Cold War tensions grew"). Words that are shouted ("a GREAT deal") are no names.
    """
    found = [
        (sentence.start + start, sentence.start + end)
        for sentence in sentences
        for start, end in names(clean[sentence.start : sentence.end])
        if not _ordinary(clean[sentence.start : sentence.end], start, end)
    ]
    whole = {clean[start:end] for start, end in found}
    for place, (start, end) in enumerate(found):
        before = _CAPITAL.search(clean, max(0, start - _LONGEST_WORD), start)
        if before and clean[before.start() : end] in whole:
            found[place] = before.start(), end
    return found


def _ordinary(sentence: str, start: int, end: int) -> bool:
    """Whether what may be a name is an ordinary word that opens a sentence, or words in capitals."""
    word = sentence[start:end]
    return word.isupper() or (opens(sentence, start) and word.isalpha() and word.lower() in sentiment)


def mean(words: Sequence[ToneWord]) -> tuple[float, float]:
    """Polarity and subjectivity of words taken together: their means, 0 where there is no word, as TextBlob has it."""
    count = len(words) or 1
    return fsum(word.polarity for word in words) / count, fsum(word.subjectivity for word in words) / count


def second_opinion(text: str) -> float:
    """VADER's compound score of some words, from -1 to 1: the sum of its words' valences, squeezed.

    VADER is made for short messages, and its time grows with the square of their length: longer stretches are cut
    into runs of words, whose scores are averaged by length.
    """
    words = text.split()
    runs = [words[i : i + _RUN] for i in range(0, len(words), _RUN)]
    scored = fsum(len(run) * float(_vader().polarity_scores(" ".join(run))["compound"]) for run in runs)
    return scored / (len(words) or 1)


def disagree(polarity: float, second: float) -> bool:
    """Whether the two lists see opposite signs, both clearly: VADER's authors begin to count at 0.05 from zero."""
    return polarity * second < 0 and min(abs(polarity), abs(second)) >= _CLEAR


def missed_negations(clean: str, layout: Layout, tones: Iterable[ParagraphTone]) -> tuple[MissedNegation, ...]:
    """Words that were counted as positive although a denial stands at most three words before them.

    TextBlob turns a word only where "no", "not" or "never" stands right before it, so "cannot be called friendly" is
    friendly to it. The denial and the word stand in one sentence, without a mark between them.
    """
    starts = [sentence.start for sentence in layout.sentences]
    missed = []
    for tone in tones:
        for word in tone.words:
            if word.polarity < _POSITIVE:
                continue
            sentence = layout.sentences[bisect_left(starts, word.start + 1) - 1]
            before = clean[max(sentence.start, word.start - _NEGATOR_REACH) : word.start]
            denial = _NEGATOR.search(before)
            if denial:
                missed.append(MissedNegation(word.start - len(before) + denial.start(), word.end, word))
    return tuple(missed)


@cache
def _vader() -> SentimentIntensityAnalyzer:
    analyser = SentimentIntensityAnalyzer()
    # It would write each emoji out in words, at a cost that grows with the square of a row of them.
    analyser.emojis = {}
    return analyser


class _Token(str):
    """A token in lower case, as the lexicon has it, that knows where it stands."""

    __slots__ = ("end", "start")
    start: int
    end: int


def _words(clean: str, span: Span, named: Sequence[Span]) -> list[_Token]:
    """TextBlob's tokens of a paragraph, those inside names made one that means nothing.

    TextBlob moves nothing but white space, so the tokens are placed by counting the rest.
    """
    start, end = span
    text = _ROW_OF_MARKS.sub(lambda row: " " * len(row[0]), clean[start:end])
    solid = "".join(text.split())
    places = [place for place, character in enumerate(text, start) if not character.isspace()]
    tokens = []
    at = 0
    name = bisect_left(named, start, key=itemgetter(1))
    for sentence in tokenize(text):
        for word in sentence.split():
            while solid.startswith(_DROPPED, at) and not word.startswith(_DROPPED):
                at += len(_DROPPED)
            first, last = places[at], places[at + len(word) - 1] + 1
            while name < len(named) and named[name][1] <= first:
                name += 1
            inside = name < len(named) and named[name][0] < last and word[0].isalnum()
            token = _Token(_NAME if inside else word.lower())
            token.start, token.end = first, last
            at += len(word)
            tokens.append(token)
    return tokens


def _score(tokens: Iterable[_Token]) -> tuple[ToneWord, ...]:
    """The words that the lexicon knows, each with what intensifies or turns it; none for a quantifier alone."""
    scored: list[ToneWord] = []
    quantifiers = listed("quantifiers")
    for group, polarity, subjectivity, _label in sentiment.assessments((token, None) for token in tokens):
        if next((word for word in reversed(group) if word not in _TURNING), "") in quantifiers:
            continue
        placed = [token for token in group if isinstance(token, _Token)]
        start = min(token.start for token in placed)
        if scored:
            start = max(start, scored[-1].end)
        end = max(token.end for token in placed)
        scored.append(ToneWord(start, end, round(float(polarity), _DIGITS), round(float(subjectivity), _DIGITS)))
    return tuple(scored)


def _stretches(sentences: Sequence[Sentence], quotes: Sequence[Quote]) -> Iterator[tuple[int, int, int, str]]:
    """The number of the sentence, start, end and speaker of every stretch of one voice, in order."""
    quoted = _voices(quotes)
    at = 0
    for number, sentence in enumerate(sentences):
        while at < len(quoted) and quoted[at][1] <= sentence.start:
            at += 1
        place, ahead = sentence.start, at
        while ahead < len(quoted) and quoted[ahead][0] < sentence.end:
            start, end, speaker = quoted[ahead]
            start, end = max(start, sentence.start), min(end, sentence.end)
            if place < start:
                yield number, place, start, REPORTER
            yield number, start, end, speaker
            place = end
            ahead += 1
        if place < sentence.end:
            yield number, place, sentence.end, REPORTER


def _voices(quotes: Sequence[Quote]) -> list[tuple[int, int, str]]:
    """Who is quoted where: disjoint spans in order, the shortest content having the word where contents overlap."""
    spans = sorted((start, end, quote.speaker) for quote in quotes for start, end in quote.content if start < end)
    edges = sorted({edge for start, end, _ in spans for edge in (start, end)})
    voices: list[tuple[int, int, str]] = []
    open_spans: list[tuple[int, int, str]] = []
    at = 0
    for here, there in pairwise(edges):
        while at < len(spans) and spans[at][0] == here:
            start, end, speaker = spans[at]
            heapq.heappush(open_spans, (end - start, end, speaker))
            at += 1
        while open_spans and open_spans[0][1] <= here:
            heapq.heappop(open_spans)
        if not open_spans:
            continue
        speaker = open_spans[0][2]
        if voices and voices[-1][1] == here and voices[-1][2] == speaker:
            voices[-1] = (voices[-1][0], there, speaker)
        else:
            voices.append((here, there, speaker))
    return voices
