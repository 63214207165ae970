"""Words that a reader typed or copied, found where they stand in the text."""

from __future__ import annotations

from readout.corrections.anchors import fold
from readout.errors import CorrectionError
from readout.layout import plain
from readout.marks import quotations
from readout.quoted import GAP
from readout.records import Kind, Layout, Span

_GAPS = (GAP.strip(), "[...]", "[…]")


def locate(text: str, layout: Layout, words: str, near: int = 0) -> tuple[Span, ...]:
    """Where words stand in an article's body, however their spaces, quotation marks and hyphens are written.

    Args:
        text: the article's text.
        layout: its layout.
        words: what to find; an ellipsis parts stretches that stand apart.
        near: a character of the text; where the words stand more than once, those nearest to it are meant.

    Returns:
        A span for each stretch, in reading order. A paragraph's end cuts a stretch in two.

    Raises:
        CorrectionError: if they don't stand there in this order.
    """
    begin, end = layout.body
    clean, places = fold(plain(text)[begin:end])
    stretches = [fold(stretch)[0].strip() for stretch in _parted(words, clean)]
    stretches = [stretch for stretch in stretches if stretch]
    if not stretches:
        raise CorrectionError("There are no words to mark. Copy them from the article and paste them here.")
    found: list[Span] = []
    after = 0
    for number, stretch in enumerate(stretches):
        starts = _all(clean, stretch, after)
        if not starts:
            raise CorrectionError(
                f"“{_short(stretch)}” does not stand in the article like that"
                f"{' after the words before it' if number else ''}. Copy the words from the article."
            )
        start = starts[0] if number else min(starts, key=lambda s: abs(begin + places[s] - near))
        after = start + len(stretch)
        found.append((begin + places[start], begin + places[after - 1] + 1))
    return tuple(piece for span in found for piece in by_paragraph(layout, span))


def kind_of(text: str, layout: Layout, words: tuple[Span, ...]) -> Kind:
    """Which kind of quote these words are, by the quotation marks around and in them."""
    marks = [quoted.words for quoted in quotations(plain(text), layout)]
    marks = [span for span in marks if any(span[0] < end and start < span[1] for start, end in words)]
    if not marks:
        return "indirect"
    inside = all(any(a - 1 <= start and end <= b + 1 for a, b in marks) for start, end in words)
    return "direct" if inside else "mixed"


def _parted(words: str, clean: str) -> list[str]:
    """The stretches of what was typed; an ellipsis that is the article's own parts nothing."""
    if fold(words)[0].strip() in clean:
        return [words]
    for gap in _GAPS:
        words = words.replace(gap, "\0")
    return words.split("\0")


def _all(clean: str, words: str, after: int) -> list[int]:
    starts = []
    at = clean.find(words, after)
    while at >= 0:
        starts.append(at)
        at = clean.find(words, at + 1)
    return starts


def by_paragraph(layout: Layout, span: Span) -> list[Span]:
    """The parts of a span that lie in a paragraph each; none for what lies between them."""
    inside = [(max(span[0], p.start), min(span[1], p.end)) for p in layout.paragraphs]
    return [(start, end) for start, end in inside if start < end]


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"
