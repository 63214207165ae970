"""The tone of a sentence toward what it mentions, by a small network that is not told any name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import get_args

import numpy as np

from readout.errors import ReadoutError
from readout.layout import lay_out, plain
from readout.records import Sentence, Span, Tendency, Toward, WeighedWord
from readout.regard.evidence import weigh
from readout.regard.sentence import Encoded, encode, without_denials
from readout.regard.session import CLEAR, Floats, probabilities

__all__ = ["CLEAR", "around", "evidence_of", "toward", "towards"]

LABELS: tuple[Tendency, ...] = get_args(Tendency)
_START = attrgetter("start")


def toward(text: str, start: int, end: int, *, evidence: bool = True) -> Toward:
    """The tone of the sentence around a mention toward what is mentioned.

    Args:
        text: the article as it stands; offsets count its characters.
        start: where the mention starts.
        end: where it ends, that character not included.
        evidence: say which words weighed most; it costs one reading of the sentence for each of its words.

    Returns:
        The tone. The same arguments always give the same, and names make no difference.

    Raises:
        ReadoutError: the span holds no letter or digit of the text.
    """
    clean = plain(text)
    sentences = lay_out(text, body=(0, len(text))).sentences
    (tone,) = towards(clean, sentences, [(start, end)])
    if not evidence:
        return tone
    return replace(tone, evidence=evidence_of(clean, sentences, (start, end), tone.label))


def towards(clean: str, sentences: Sequence[Sentence], spans: Sequence[Span]) -> list[Toward]:
    """The tone toward each of many mentions, without evidence; those of one sentence cost little more than one.

    Args:
        clean: the text after `layout.plain`.
        sentences: its sentences in order, as `layout.lay_out` finds them.
        spans: the mentions, in any order.

    Returns:
        One tone for each span, in the order of the spans; each is what `toward` gives for it alone.

    Raises:
        ReadoutError: a span holds no letter or digit of these sentences.
    """
    within: dict[Span, list[int]] = {}
    for number, (start, end) in enumerate(spans):
        if not (0 <= start < end <= len(clean)) or not any(map(str.isalnum, clean[start:end])):
            raise ReadoutError(
                f"Characters {start} to {end} hold no word of the text, which has {len(clean)} characters: give the "
                "span of a name or a pronoun in it."
            )
        within.setdefault(around(sentences, (start, end)), []).append(number)
    tones: dict[int, Toward] = {}
    known: dict[bytes, Floats] = {}
    for (first, last), numbers in within.items():
        mentions = [(max(spans[n][0], first) - first, spans[n][1] - first) for n in numbers]
        for encoded in encode(clean[first:last], mentions):
            # Without names, many a sentence of an article is the same as one before ("…, she said.").
            key = b"|".join((encoded.pieces.tobytes(), encoded.values.tobytes(), encoded.where.tobytes()))
            if key not in known:
                known[key] = probabilities(encoded)
            rows = known[key]
            doubted = _doubted(clean[first:last], encoded, rows)
            for row, place, doubt in zip(rows, encoded.mentions, doubted, strict=True):
                tones[numbers[place]] = _tone(spans[numbers[place]], row, doubted=doubt)
    return [tones[number] for number in range(len(spans))]


def evidence_of(clean: str, sentences: Sequence[Sentence], span: Span, label: Tendency) -> tuple[WeighedWord, ...]:
    """The words that weighed most toward the tone of a mention, the heaviest first.

    Args:
        clean: the text after `layout.plain`.
        sentences: its sentences in order.
        span: the mention.
        label: the tone that they are to explain.

    Raises:
        ReadoutError: the mention stands in none of these sentences.
    """
    first, last = around(sentences, span)
    return weigh(clean[first:last], (span[0] - first, span[1] - first), LABELS.index(label), first)


def _tone(span: Span, row: Floats, *, doubted: bool) -> Toward:
    likely = int(np.argmax(row))
    negative, neutral, positive = (round(float(p), 4) for p in row)
    return Toward(*span, LABELS[likely], (negative, neutral, positive), _is_clear(row) and not doubted)


def _is_clear(row: Floats) -> bool:
    return float(np.max(row)) >= CLEAR


def _doubted(sentence: str, encoded: Encoded, rows: Floats) -> list[bool]:
    """Which of the clear tones hang on a "not" or a denial alone, so that they are gone without it.

    The network is asked once more only where a sentence has such a word and a tone that is clear and not neutral.
    """
    sure = [_is_clear(row) and LABELS[int(np.argmax(row))] != "neutral" for row in rows]
    if not any(sure):
        return sure
    without = without_denials(sentence, encoded)
    if without is None:
        return [False] * len(sure)
    changed = np.argmax(probabilities(without), axis=1) != np.argmax(rows, axis=1)
    return [one and bool(other) for one, other in zip(sure, changed, strict=True)]


def around(sentences: Sequence[Sentence], span: Span) -> Span:
    """The sentence around a mention, or from its first to its last where a full stop stands in a name.

    Args:
        sentences: the sentences of a text in order.
        span: the mention.

    Raises:
        ReadoutError: it stands in none of them.
    """
    first = max(0, bisect_right(sentences, span[0], key=_START) - 1)
    last = bisect_left(sentences, span[1], key=_START) - 1
    if last < 0 or sentences[last].end <= span[0]:
        raise ReadoutError(
            f"Characters {span[0]} to {span[1]} stand in none of the article's sentences: give the span of a name or a "
            "pronoun in its body."
        )
    if sentences[first].end <= span[0]:
        first += 1
    return sentences[first].start, max(sentences[last].end, span[1])
