"""Where readers' notes stand: they are anchored as corrections are, and change no reading."""

from __future__ import annotations

from collections.abc import Iterable

from readout.corrections.anchors import Finder
from readout.corrections.records import Correction
from readout.records import Span


def placed(text: str, notes: Iterable[Correction]) -> dict[str, tuple[Span, ...]]:
    """The spans of a text that each note is on, by its id; none where its words are not found again.

    A note on several stretches is found where all of them are.
    """
    finder = Finder(text)
    found = {}
    for note in notes:
        spans = [finder.find(anchor) for anchor in note.target]
        found[note.id] = tuple(span for span in spans if span) if all(spans) else ()
    return found
