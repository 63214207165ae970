"""Sentences like those that people judged, some of their words exchanged for others, for the teacher to judge.

After what TinyBERT did for single tasks (Jiao et al. 2020). Words of VADER's list give way to others of the list, so
that the network meets many an opinion in every place; of the rest one now and then.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from readout.attribution.tokens import usual_tag
from readout.records import Span

_LISTED, _OTHER = 0.5, 0.15
"""How often a word of the list is exchanged, and how often another."""
_WORD = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])")
_OPEN = ("JJ", "NN", "RB", "VB")
_HELPING = frozenset({
    "are", "been", "being", "did", "does", "doing", "done", "had", "has", "have", "having", "not", "was", "were",
})  # fmt: skip


class Variants:
    """Exchanges words for others that are most often the same part of speech."""

    def __init__(self, texts: Iterable[str]) -> None:
        """`texts` are where the words that are not in the list come from, each as often as it is there."""
        lexicon: Mapping[str, float] = SentimentIntensityAnalyzer().lexicon
        self._listed = _by_tag(word for word in lexicon if _WORD.fullmatch(word))
        self._others = _by_tag(word for text in texts for word in _WORD.findall(text) if word not in lexicon)
        self._lexicon = lexicon
        self._random = random.Random(7)  # noqa: S311

    def of(self, text: str, mentions: Sequence[Span]) -> tuple[str, list[Span]]:
        """Another sentence, with the places of what is mentioned in it, none of which is changed."""
        parts, moved, at, added = [], [0] * (len(text) + 1), 0, 0
        for word in _WORD.finditer(text):
            new = self._instead(word[0])
            if not new or any(start < word.end() and word.start() < end for start, end in mentions):
                continue
            moved[at : word.end()] = [added] * (word.end() - at)
            parts += [text[at : word.start()], new]
            at, added = word.end(), added + len(new) - len(word[0])
        moved[at:] = [added] * (len(moved) - at)
        return "".join([*parts, text[at:]]), [(start + moved[start], end + moved[end]) for start, end in mentions]

    def _instead(self, word: str) -> str:
        """The word to stand instead of one, or nothing."""
        often, words = (_LISTED, self._listed) if word in self._lexicon else (_OTHER, self._others)
        tag = usual_tag(word)
        if word in _HELPING or tag not in words or self._random.random() >= often:
            return ""
        return self._random.choice(words[tag])


def _by_tag(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        tag = usual_tag(word)
        if tag.startswith(_OPEN) and word not in _HELPING:
            found.setdefault(tag, []).append(word)
    return found
