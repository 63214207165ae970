"""The scene: the text with its names, and who has spoken so far."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from readout.cast.descriptions import DEMONSTRATIVES
from readout.cast.figures import Figure
from readout.cast.names import Cast, Mention, find_names
from readout.cast.vocabulary import fold
from readout.records import UNKNOWN, Attribution, Layout, Quote, Span
from readout.spans import apart
from readout.speakers.voices import Answer, Turn, Voice, Voices

_LEADS = frozenset({"according", "from", "by", "to", "both", "as"})
_LONGEST_SOURCE = 80
_SENTENCES_BACK = 12
_MENTIONS_BACK = 40
_ROLES_BACK = 150
_ROLES_AHEAD = 40
_CLEAR = 1.0
"""By how much the likeliest figure has to lead for the others not to count."""
_LONGEST_CUE = 40
_OPENING = {"He": "m", "She": "f"}
_DATELINE = re.compile(r"[A-Z][A-Z .'’-]{2,30}(?:,[\w .]{2,25})?\s?\([\w .]{2,25}\)\s?[—–-]")
"""Where and by whom a report was filed ("LONDON (AP) —"), at the head of a paragraph."""
_CLOSING = re.compile(r"[\"”]")


class Pick(NamedTuple):
    """The likeliest figure, and whether another one came close."""

    figure: Figure
    close: bool


class Scene:
    """What has been read so far, and who has spoken."""

    def __init__(self, clean: str, layout: Layout, attributions: tuple[Attribution, ...]) -> None:
        """Nobody has spoken yet."""
        self.clean = clean
        self.cast: Cast = find_names(clean, layout)
        self.voices = Voices()
        self.turns: list[Turn] = []
        self.spoke: set[Figure] = set()
        self.sentence_starts = [s.start for s in layout.sentences]
        self._paragraphs = [p.start for p in layout.paragraphs]
        filed = ((start, _DATELINE.match(clean, start)) for start in self._paragraphs)
        self._datelines = {start: line.end() for start, line in filed if line}
        direct = [(a.content[0][0], a.content[-1][1]) for a in attributions if a.kind == "direct" and a.content]
        self._quoted = apart(direct)
        self._quoted_starts = [start for start, _ in self._quoted]
        self.namesakes: defaultdict[str, list[Figure]] = defaultdict(list)
        for figure in self.cast.figures:
            if figure.kind == "person" and " " in figure.name:
                self.namesakes[figure.last].append(figure)

        self._taken_up = self._subjects_taken_up()

    def _subjects_taken_up(self) -> dict[int, Figure]:
        """By sentence that opens with "He" or "She", the subject of the sentence or two before, who is meant."""
        subjects: dict[int, Figure] = {}
        for mention in self.cast.mentions:
            person = mention.figure.kind == "person" and not self.inside_quote(mention.start)
            if person and (mention.says or (mention.subject and mention.sentence not in subjects)):
                subjects[mention.sentence] = mention.figure
        found: dict[int, Figure] = {}
        for token in self.cast.tokens:
            gender = _OPENING.get(token.text)
            if not gender or not token.opens or self.inside_quote(token.start):
                continue
            before = subjects.get(token.sentence - 1) or subjects.get(token.sentence - 2)
            if before is not None and before.gender in ("", gender):
                found[token.sentence] = subjects[token.sentence] = before
        return found

    # Places in the text.

    def form(self, start: int, end: int) -> str:
        """The words of a span, with single spaces."""
        return " ".join(self.clean[start:end].split())

    def sentence(self, at: int) -> int:
        """The number of the sentence that a place is in."""
        return max(0, bisect_right(self.sentence_starts, at) - 1)

    def sentence_start(self, at: int) -> int:
        """Where the sentence of a place starts."""
        return self.sentence_starts[self.sentence(at)] if self.sentence_starts else 0

    def sentence_end(self, at: int) -> int:
        """Where the sentence after that of a place starts, or the text ends."""
        k = self.sentence(at) + 1
        return self.sentence_starts[k] if k < len(self.sentence_starts) else len(self.clean)

    def paragraph_start(self, at: int) -> int:
        """Where the paragraph of a place starts."""
        k = bisect_right(self._paragraphs, at) - 1
        return self._paragraphs[k] if k >= 0 else 0

    def inside_quote(self, at: int) -> bool:
        """Whether a place is inside words quoted directly."""
        k = bisect_right(self._quoted_starts, at) - 1
        return k >= 0 and at < self._quoted[k][1]

    def closing(self, attribution: Attribution) -> int:
        """Where the first run of quoted words ends, behind its mark."""
        start, end = attribution.content[0]
        mark = _CLOSING.search(self.clean, start + 1, end)
        return mark.end() if mark else end

    def source_span(self, said: Attribution | Quote) -> Span | None:
        """The source without quotation marks, prepositions and brackets at its head and clutter at its end."""
        if not said.source:
            return None
        start, end = max(said.source, key=lambda span: span[1] - span[0])
        if end <= self._datelines.get(self.paragraph_start(start), 0):
            return None
        words = self.cast.words(start, end)[:_LONGEST_SOURCE]
        first, last = 0, len(words) - 1
        while first < last and (not words[first].text[0].isalnum() or fold(words[first].text) in _LEADS):
            first += 1
        while last > first and not words[last].text[-1].isalnum() and words[last].text[-1] not in ".)":
            last -= 1
        if words and first == last and fold(words[first].text) in DEMONSTRATIVES:
            return None
        if words:
            start = words[first].start
            around = self.before(start)[-1:]
            start = around[0].start if around and around[0].start < start < around[0].end else start
            return start, words[last].end
        return (start, end) if self.clean[start:end].strip() else None

    def before(self, at: int) -> tuple[Mention, ...]:
        """The names shortly before a place."""
        k = bisect_right(self.cast.starts, at)
        return self.cast.mentions[max(0, k - _MENTIONS_BACK) : k]

    def around(self, at: int) -> Iterable[Mention]:
        """The names before a place, nearest first, then those after it."""
        k = bisect_right(self.cast.starts, at)
        yield from reversed(self.cast.mentions[max(0, k - _ROLES_BACK) : k])
        yield from self.cast.mentions[k : k + _ROLES_AHEAD]

    def lead(self, at: int) -> Figure | None:
        """The subject of the sentence, where it is a person and stands before the place."""
        for mention in self.cast.between(self.sentence_start(at), at):
            if mention.subject and mention.figure.kind == "person" and not self.inside_quote(mention.start):
                return mention.figure
        return None

    def hearers(self, attribution: Attribution, at: int) -> set[Figure]:
        """Whom the source speaks to or of, right behind the cue: "he told X", "she said of Y"."""
        cue = next((end for start, end in attribution.cue if start >= at and end - at < _LONGEST_CUE), None)
        if cue is None:
            return set()
        near = self.cast.between(cue, cue + _LONGEST_CUE)
        return {m.figure for m in near if self.clean[cue : m.outer].strip() in ("", "of", "to", "about")}

    # Who is likeliest.

    def last(
        self, attribution: Attribution, at: int, fits: Callable[[Figure], bool], back: int = _SENTENCES_BACK
    ) -> Pick | None:
        """The likeliest figure before a place: near, the subject of its sentence, or the last to speak."""
        here = self.sentence(at)
        scores: dict[Figure, float] = {}
        own = (attribution.content[0][0], attribution.content[-1][1]) if attribution.content else (0, 0)
        for mention in reversed(self.before(at)):
            if here - mention.sentence > back or mention.start >= at or not fits(mention.figure):
                continue
            if self._datelines and mention.end <= self._datelines.get(self.paragraph_start(mention.start), 0):
                continue
            score = _prominence(mention) - (here - mention.sentence) - 2.5 * self.inside_quote(mention.start)
            if attribution.kind == "direct" and own[0] <= mention.start < own[1]:
                score -= 2.0
            scores[mention.figure] = max(scores.get(mention.figure, score), score)
        for sentence in range(max(0, here - back), here + 1):
            carried = self._taken_up.get(sentence)
            if carried is not None and fits(carried) and self.sentence_starts[sentence] < at:
                score = 1.5 - (here - sentence) + 0.5 * bool(carried.gender)
                scores[carried] = max(scores.get(carried, score), score)
        for turns, turn in enumerate(reversed(self.turns[-3:])):
            for figure in turn.voice.figures if len(turn.voice.figures) == 1 else ():
                if fits(figure) and here - turn.sentence <= back + 3:
                    score = 2.0 - turns - 0.8 * max(0, here - max(turn.sentence, turn.last_sentence))
                    scores[figure] = max(scores.get(figure, score), score)
        if not scores:
            return None
        best = max(scores, key=lambda f: scores[f])
        return Pick(best, any(scores[best] - s < _CLEAR for f, s in scores.items() if f is not best))

    def last_voice(self, at: int, fits: Callable[[Voice], bool]) -> Voice | None:
        """The last of the voices just before a place that fits."""
        here = self.sentence(at)
        for turn in reversed(self.turns[-4:]):
            near = here - turn.sentence <= _SENTENCES_BACK and turn.voice.name != UNKNOWN
            if near and fits(turn.voice):
                return turn.voice
        return None

    # Answers that several rules give.

    def unknown(self, reason: str) -> Answer:
        """Words that the text gives to nobody."""
        return Answer(self.voices.unknown(), reason, "unknown")


def _prominence(mention: Mention) -> float:
    """How much a name stands out where it is: as the one who says something, as the subject, as one made known."""
    figure = mention.figure
    score = 2.0 if mention.says else 1.5 if mention.subject else 0.75 if mention.debut else 0.0
    return score - 1.5 * mention.aside - 1.5 * (figure.kind == "maybe") + 0.5 * bool(figure.gender)
