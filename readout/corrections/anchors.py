"""Places that can be found again in a text that has changed, after the selectors of W3C's Web Annotation Data Model.

A place is found by these rules, the first that answers:

1. At its position stand its words, between the surroundings that it had.
2. Its words stand elsewhere, once, with the surroundings that they had on one side at least, to the last character.
   How quotation marks, hyphens and white space are written makes no difference.

Words alone are never enough: the same sentence may stand in two places, and one of them may be gone. So a side of 32
characters or more always tells its place from every other of the text that it was made in, and may decide alone; a
shorter one does not tell, or the text ends there, and the other has to agree too. Nor are words enough that are nearly
the same, for "able" is not "unable".
"""

from __future__ import annotations

from functools import cached_property

from readout.corrections.records import Anchor
from readout.errors import CorrectionError
from readout.layout import plain
from readout.records import Span

_AROUND = 32
"""Characters of a side that tells its place, at least; browsers' text fragments commonly have as many."""
_LENGTHS = (_AROUND, 64, 128, 256, 512)
"""The lengths that are tried until the words with this side alone stand in the text once."""
_MOST_PLACES = 20_000
"""Places that are looked at. Words that stand in a text more often are no place."""
_WRITTEN_ALIKE = str.maketrans(
    {**dict.fromkeys("“”„‟«»＂", '"'), **dict.fromkeys("‘’‚‛′", "'"), **dict.fromkeys("‐‑‒–—―−", "-")}
)


def describe(text: str, span: Span) -> Anchor:
    """A place in a text as an anchor, without the white space at its edges.

    Raises:
        CorrectionError: if there are no words in the span.
    """
    clean = plain(text)
    start, end = max(span[0], 0), min(span[1], len(clean))
    piece = clean[start:end]
    if not piece.strip():
        raise CorrectionError("There are no words in what was selected. Select some words of the text and try again.")
    start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
    exact = clean[start:end]
    before = next((n for n in _LENGTHS if not _repeated(clean, clean[max(start - n, 0) : end])), _AROUND - 1)
    after = next((n for n in _LENGTHS if not _repeated(clean, clean[start : end + n])), _AROUND - 1)
    return Anchor(start, end, exact, clean[max(start - before, 0) : start], clean[end : end + after])


class Finder:
    """Finds anchors in one text."""

    def __init__(self, text: str) -> None:
        """Look at a text; what is costly waits until an anchor's position fails it."""
        self._clean = plain(text)

    def find(self, anchor: Anchor) -> Span | None:
        """Where the words that were anchored stand now, or None if nowhere for certain."""
        return self._where_it_was(anchor) or self._elsewhere(anchor)

    def _where_it_was(self, anchor: Anchor) -> Span | None:
        start, end, clean = anchor.start, anchor.end, self._clean
        same = (
            clean[start:end] == anchor.exact
            and clean[max(start - len(anchor.prefix), 0) : start] == anchor.prefix
            and clean[end : end + len(anchor.suffix)] == anchor.suffix
        )
        return (start, end) if same else None

    def _elsewhere(self, anchor: Anchor) -> Span | None:
        folded, places = self._folded
        exact = fold(anchor.exact)[0].strip()
        prefix, suffix = fold(anchor.prefix)[0], fold(anchor.suffix)[0]
        decides = (len(anchor.prefix) >= _AROUND, len(anchor.suffix) >= _AROUND)
        best: list[tuple[float, int]] = []
        at = folded.find(exact)
        seen = 0
        while at >= 0:
            seen += 1
            if seen > _MOST_PLACES:
                return None
            agreement = _agreement(folded, at, at + len(exact), prefix, suffix, decides)
            if agreement:
                best.append((agreement, at))
            at = folded.find(exact, at + 1)
        best.sort(reverse=True)
        if not best or (len(best) > 1 and best[0][0] == best[1][0]):
            return None
        first = best[0][1]
        return places[first], places[first + len(exact) - 1] + 1

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        return fold(self._clean)


def _repeated(clean: str, words: str) -> bool:
    return clean.find(words, clean.find(words) + 1) >= 0


def _agreement(folded: str, start: int, end: int, prefix: str, suffix: str, decides: tuple[bool, bool]) -> float:
    """How far the surroundings of a place are those of the anchor, from 0, not enough, to 2, wholly."""
    if _cut_into(folded, start, prefix[-1:]) or _cut_into(folded, end, suffix[:1]):
        return 0.0
    before = _common(prefix[::-1], folded[max(start - len(prefix), 0) : start][::-1])
    after = _common(suffix, folded[end : end + len(suffix)])
    whole_before = before == len(prefix) if prefix else start == 0
    whole_after = after == len(suffix) if suffix else end == len(folded)
    if not ((whole_before and (whole_after or decides[0])) or (whole_after and decides[1])):
        return 0.0
    return (1.0 if whole_before else before / (len(prefix) or 1)) + (1.0 if whole_after else after / (len(suffix) or 1))


def _cut_into(folded: str, at: int, neighbour: str) -> bool:
    """Whether an edge cuts into a word ("unable") that it did not cut into where the anchor was made ("able")."""
    inside = 0 < at < len(folded) and folded[at - 1].isalnum() and folded[at].isalnum()
    return inside and not neighbour.isalnum()


def _common(one: str, other: str) -> int:
    """How many characters are the same from the start."""
    for number, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return number
    return min(len(one), len(other))


def fold(words: str) -> tuple[str, list[int]]:
    """Words in one way of writing, each white space one blank, and where each of its characters stands."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(words.translate(_WRITTEN_ALIKE)):
        blank = character.isspace()
        if not (blank and kept and kept[-1] == " "):
            kept.append(" " if blank else character)
            places.append(place)
    return "".join(kept), places
