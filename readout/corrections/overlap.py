"""Which finding a place means: the one that has the same words, or by far most of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from readout.records import Span

SAME = 0.5
"""Two findings are one where they share more than half of all the letters that they have together. No two findings
that lie apart can both be that near to a third."""


def share(clean: str, one: Iterable[Span], other: Iterable[Span]) -> float:
    """The letters and digits that two findings share, of all that they have together: 0 to 1."""
    one, other = tuple(one), tuple(other)
    if not touch(one, other):
        return 0.0
    one, other = _apart(one), _apart(other)
    common = sum(_letters(clean, max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) < min(b, d))
    if not common:
        return 1.0 if one == other else 0.0
    total = sum(_letters(clean, a, b) for a, b in (*one, *other)) - common
    return common / total


def nearest(clean: str, place: Sequence[Span], findings: Sequence[Sequence[Span]]) -> int | None:
    """The number of the finding that is the same as the place; None where none is, or two are alike."""
    exact = tuple(place)
    for number, finding in enumerate(findings):
        if tuple(finding) == exact:
            return number
    rated = sorted(((share(clean, place, finding), -number) for number, finding in enumerate(findings)), reverse=True)
    if not rated or rated[0][0] <= SAME or (len(rated) > 1 and rated[1][0] == rated[0][0]):
        return None
    return -rated[0][1]


def touch(one: Iterable[Span], other: Iterable[Span]) -> bool:
    """Whether they have a character in common."""
    other = tuple(other)
    return any(a < d and c < b for a, b in one for c, d in other)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _letters(clean: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, clean[start:end]))
