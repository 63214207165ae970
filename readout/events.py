"""The named events a text refers to."""

from __future__ import annotations

from datetime import date

from readout.records import EventMention, Layout, Timex


def refer(
    clean: str, layout: Layout, times: tuple[Timex, ...], published: date | None
) -> tuple[tuple[EventMention, ...], tuple[Timex, ...]]:
    """The mentions of catalogued events, and the times with the events that they date."""
    return (), times
