"""Voices: whoever speaks, and what a rule answers when asked who it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from readout.cast.figures import Figure
from readout.records import UNKNOWN, Attribution
from readout.speakers.confidence import Ground


@dataclass(slots=True, eq=False)
class Voice:
    """Whoever speaks: a figure, several together, or a description."""

    name: str
    figures: tuple[Figure, ...] = ()
    named: bool = True
    plural: bool = False
    head: str = ""
    """The word a description turns on."""


class Answer(NamedTuple):
    """Whose words they are, why, and on what ground."""

    voice: Voice
    reason: str
    ground: Ground
    before: float | None = None
    """For words with which a quotation goes on: how sure it is whose the paragraph before is."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An attribution that has its voice."""

    attribution: Attribution
    voice: Voice
    sentence: int
    last_sentence: int
    """The number of the sentence that the words end in."""
    confidence: float = 1.0
    """How sure it is whose voice it is."""


class Voices:
    """All voices so far; a name is one voice, and so is a description."""

    def __init__(self) -> None:
        """Nobody has spoken yet."""
        self._by_name: dict[str, Voice] = {}
        self._by_figures: dict[tuple[Figure, ...], Voice] = {}
        self._by_words: dict[str, Voice] = {}

    def of(self, *figures: Figure) -> Voice:
        """The voice of a figure, or of several who speak together."""
        if figures not in self._by_figures:
            *names, last = (f.name for f in figures)
            name = f"{', '.join(names)} and {last}" if names else last
            plural = bool(names) or figures[0].kind == "group"
            self._by_figures[figures] = self._new(Voice(name, figures, plural=plural))
        return self._by_figures[figures]

    def described(self, text: str, head: str) -> Voice:
        """The voice that a description stands for, whatever its article and its capitals."""
        key = re.sub(r"^(?:the|an?) ", "", text.casefold())
        if key not in self._by_words:
            self._by_words[key] = self._new(Voice(text, named=False, plural=head.endswith("s"), head=head))
        return self._by_words[key]

    def unknown(self) -> Voice:
        """The voice of words that the text gives to nobody."""
        return self.described(UNKNOWN, "")

    def _new(self, voice: Voice) -> Voice:
        return self._by_name.setdefault(voice.name, voice)
