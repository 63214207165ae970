"""Quotation marks of every style, paired paragraph by paragraph.

Marks pair by kind. A paragraph's end closes what is open, as the next paragraph opens anew where a quotation
carries on. Marks inside an open quotation belong to it, so only the outermost stretches are given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from readout.records import Layout, Paragraph, QuotedSpan

_MARK = re.compile(r"''|``|‘‘|’’|,,(?=\w)|[\"“”„‟«»「」『』＂‘’'‚‹›]")
_CLOSERS = {
    "“": ("”", '"', "“", "''"),
    "„": ("“", "”", '"'),
    "‟": ("”", "“", '"'),
    "”": ("”", '"'),
    '"': ('"', "”", "＂"),
    "＂": ("＂", '"'),
    "«": ("»",),
    "»": ("«", "»"),
    "‹": ("›",),
    "「": ("」",),
    "『": ("』",),
    "``": ("''", '"', "``"),
    "''": ("''", "’’", '"'),
    "‘‘": ("’’", "''", "‘‘"),
    ",,": ("''", "”", "“", '"'),
    "‘": ("’", "'"),
    "‚": ("‘", "’"),
    "'": ("'", "’"),
}
"""What may close a quotation, by what opened it."""
_SINGLE = frozenset("‘'‚")
_ELISION = re.compile(r"(?:em|til|tis|twas|cause|bout|round|n|n’|nuff|s|re|ll|ve|d|t|m|\d0s|\d\d)\b", re.IGNORECASE)
_SINGLE_CLOSE = re.compile(r"(?<=[.,!?…])['’](?!\w)|(?<=[^\s.,!?…sS])['’](?!\w)")
_LONGEST_SINGLE = 1500


def quotations(clean: str, layout: Layout) -> tuple[QuotedSpan, ...]:
    """The outermost stretches between quotation marks, in order.

    Args:
        clean: the text after `layout.plain`.
        layout: its layout; each paragraph of the body is read on its own.

    Returns:
        The spans with their marks; one that the paragraph's end closed ends there and is not `closed`.
    """
    return tuple(span for paragraph in layout.paragraphs for span in _pair(clean, paragraph))


def _pair(clean: str, paragraph: Paragraph) -> list[QuotedSpan]:
    found = _MARK.finditer(clean, paragraph.start, paragraph.end)
    marks = [mark for mark in found if not _is_apostrophe(clean, mark, paragraph)]
    left = Counter(mark[0] for mark in marks)
    closers = [m.start() for m in _SINGLE_CLOSE.finditer(clean, paragraph.start, paragraph.end)]
    spans: list[QuotedSpan] = []
    opened: re.Match[str] | None = None
    depth, inner = 0, False
    for mark in marks:
        kind = mark[0]
        left[kind] -= 1
        if opened is None:
            if _may_open(clean, mark, closers):
                opened, depth, inner = mark, 1, False
            continue
        if _other_style(opened[0], kind) and (inner or _opens(clean, mark)):
            inner = not inner
        elif kind == opened[0] == "“" and _opens(clean, mark):
            if left["”"] > depth:
                depth += 1
            else:
                end = _trim(clean, mark.start())
                spans.append(QuotedSpan(opened.start(), end, (opened.end(), end), False))
                opened, depth = mark, 1
        elif _closes(clean, opened, mark, left):
            depth -= 1
            if depth == 0:
                spans.append(QuotedSpan(opened.start(), mark.end(), (opened.end(), mark.start())))
                opened = None
    if opened is not None and opened[0] not in _SINGLE:
        spans.append(QuotedSpan(opened.start(), paragraph.end, (opened.end(), paragraph.end), False))
    return [span for span in spans if any(c.isalnum() for c in clean[span.words[0] : span.words[1]])]


def _trim(clean: str, end: int) -> int:
    while clean[end - 1].isspace():
        end -= 1
    return end


def _around(clean: str, mark: re.Match[str]) -> tuple[str, str]:
    before = clean[mark.start() - 1] if mark.start() else " "
    after = clean[mark.end()] if mark.end() < len(clean) else " "
    return before, after


def _opens(clean: str, mark: re.Match[str]) -> bool:
    """Whether the spaces round a mark say that a quotation begins here."""
    before, after = _around(clean, mark)
    return not before.isalnum() and not after.isspace()


def _is_apostrophe(clean: str, mark: re.Match[str], paragraph: Paragraph) -> bool:
    """Whether a single mark stands inside a word, or for letters left out before or after one."""
    if mark[0] not in ("'", "’", "‘", "‚"):
        return False
    before, after = _around(clean, mark)
    if before.isalnum() and after.isalnum():
        return True
    return not before.isalnum() and _ELISION.match(clean, mark.end(), paragraph.end) is not None


def _may_open(clean: str, mark: re.Match[str], closers: Sequence[int]) -> bool:
    """Whether a mark may begin a quotation; `closers` are the single marks that could end one, in order."""
    kind = mark[0]
    before, after = _around(clean, mark)
    if kind in ("‘", "'", "‚"):
        return _opens(clean, mark) and (after.isalnum() or after in "[…$") and _has_close(mark, closers)
    if kind in ("’", "’’", "›", "」", "』"):
        return False
    if kind in ("”", "»"):
        return _opens(clean, mark)
    return not (kind in ('"', "''") and before.isdigit() and not after.isalnum())


def _has_close(mark: re.Match[str], closers: Sequence[int]) -> bool:
    """Whether a single mark is closed by one that is no possessive, soon enough to belong to it."""
    following = bisect_left(closers, mark.end())
    return following < len(closers) and closers[following] <= mark.end() + _LONGEST_SINGLE


def _other_style(opened: str, kind: str) -> bool:
    """Whether one mark is straight and the other curly: a quotation inside, or the closing mark in a mixed text."""
    return (opened == "“" and kind == '"') or (opened == '"' and kind in ("“", "”"))


def _closes(clean: str, opened: re.Match[str], mark: re.Match[str], left: Counter[str]) -> bool:
    kind = mark[0]
    ways = _CLOSERS[opened[0]]
    if kind not in ways:
        return False
    before, after = _around(clean, mark)
    if opened[0] in _SINGLE:
        possessive = before in "sS" and after == " "
        return not before.isspace() and not after.isalnum() and not (possessive and left[kind])
    return kind == ways[0] or _other_style(opened[0], kind) or (left[ways[0]] == 0 and not _opens(clean, mark))
