"""The engine against its readers: how much of what it saw they left as it was, and how much it missed.

A reader who corrects a whole article makes a small gold standard of it. What nobody looked at counts as right, so
these figures flatter the engine on articles that were corrected in part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from readout.corrections.overlap import SAME, share, touch
from readout.records import Quote, Reading, Timex


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the engine's findings are right, how many it has, and how many there are."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Of what the engine found, how much is right; 1 where it found nothing."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Of what there is, how much the engine found; 1 where there is nothing."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one article or of many."""

    articles: int = 0
    quotes: Tally = field(default=Tally())
    """Quotes whose words are, by more than half, those of a quote of the readers'."""
    bounds: Tally = field(default=Tally())
    """Quotes whose words are the same to the character."""
    speakers: Tally = field(default=Tally())
    """Of the quotes that both see, those with the same speaker; `found` and `wanted` are the same number."""
    times: Tally = field(default=Tally())
    """Time expressions at the same place with the same days and event."""

    def __add__(self, other: Score) -> Score:
        """The figures of all articles of both."""
        return Score(
            self.articles + other.articles,
            self.quotes + other.quotes,
            self.bounds + other.bounds,
            self.speakers + other.speakers,
            self.times + other.times,
        )


def score(text: str, engine: Reading, corrected: Reading) -> Score:
    """The engine's reading of a text against the same reading as its readers corrected it."""
    pairs = _matched(text, engine.all_quotes, corrected.all_quotes)
    found, wanted = len(engine.all_quotes), len(corrected.all_quotes)
    exact = sum(a.content == b.content for a, b in pairs)
    named = sum(a.speaker == b.speaker for a, b in pairs)
    times = {_known(t) for t in corrected.times}
    return Score(
        1,
        Tally(len(pairs), found, wanted),
        Tally(exact, found, wanted),
        Tally(named, len(pairs), len(pairs)),
        Tally(sum(_known(t) in times for t in engine.times), len(engine.times), len(corrected.times)),
    )


def scores(readings: Iterable[tuple[str, Reading, Reading]]) -> Score:
    """The figures over several articles, each with its text, the engine's reading and the corrected one."""
    total = Score()
    for text, engine, corrected in readings:
        total += score(text, engine, corrected)
    return total


def _matched(text: str, engine: Sequence[Quote], corrected: Sequence[Quote]) -> list[tuple[Quote, Quote]]:
    """Quotes that are the same, each with one other at most, the likest first."""
    rated = [
        (share(text, one.content, other.content), -i, -j)
        for i, one in enumerate(engine)
        for j, other in enumerate(corrected)
        if touch(one.content, other.content)
    ]
    left, right = set[int](), set[int]()
    pairs = []
    for shared, i, j in sorted(rated, reverse=True):
        if shared > SAME and i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((engine[-i], corrected[-j]))
    return pairs


def _known(timex: Timex) -> tuple[object, ...]:
    return timex.start, timex.end, timex.earliest, timex.latest, timex.event
