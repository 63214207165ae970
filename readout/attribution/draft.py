"""An attribution in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from readout.records import Span


@dataclass(slots=True)
class Draft:
    """An attribution in the making."""

    content: list[Span]
    cue: list[Span]
    source: list[Span]
    rule: str
    woven: bool = False
    """Whether the reporter's own clause goes on into the quoted words."""
    via: str = ""
    quotes: set[int] = field(default_factory=set)
    """The numbers of the quotations in it."""
