"""Why a tone is what it is: the words without which it would be less likely."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from readout.lists import words
from readout.records import Span, WeighedWord
from readout.regard.sentence import ANYONE, Encoded, encode
from readout.regard.session import probabilities

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SMALL = words("function_words") - {"not", "but"}
_MOST = 5
_LEAST = 0.005
"""A word that takes less than this off the tone's probability is not worth a reader's time."""
_LEAST_OF_DOUBT = 0.05
"""Where a tone is nearly sure, a word counts that is worth this share of the doubt that is left."""


def weigh(sentence: str, mention: Span, label: int, offset: int) -> tuple[WeighedWord, ...]:
    """The words that weighed most toward a label, the heaviest first.

    Args:
        sentence: the sentence, by itself.
        mention: the span of the mention in it.
        label: the place of the label among negative, neutral and positive.
        offset: where the sentence starts in the text, which the spans of the words count in.
    """
    encoded = next(encode(sentence, [mention]))
    likely = float(probabilities(encoded)[0, label])
    least = min(_LEAST, _LEAST_OF_DOUBT * (1 - likely))
    found = []
    for start, end, without in _each_left_out(sentence, encoded):
        weight = round(likely - float(probabilities(without)[0, label]), 4)
        if weight >= least:
            found.append(WeighedWord(offset + start, offset + end, weight))
    return tuple(sorted(found, key=lambda word: (-word.weight, word.start))[:_MOST])


def _each_left_out(sentence: str, encoded: Encoded) -> Iterator[tuple[int, int, Encoded]]:
    """Each word of what is read, names, the mention and words like "the" aside, and the reading without its pieces."""
    spans = encoded.spans
    at = 1
    for word in _WORD.finditer(sentence):
        while at < len(spans) - 1 and spans[at][1] <= word.start():
            at += 1
        last = at
        while last < len(spans) - 1 and spans[last][0] < word.end():
            last += 1
        small = word[0].lower() in _SMALL
        if small or at == last or encoded.pieces[at] == ANYONE or encoded.where[0, at:last].any():
            continue
        kept = np.r_[:at, last : len(spans)]
        yield (
            word.start(), word.end(),
            Encoded(
                encoded.pieces[kept], encoded.values[kept], encoded.where[:, kept],
                spans[:at] + spans[last:], encoded.mentions,
            ),
        )  # fmt: skip
