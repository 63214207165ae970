"""Time expressions after TIMEX3 (ISO-TimeML), with the calendar days they may cover."""

from __future__ import annotations

from datetime import date

from readout.records import Layout, Timex


def find_times(clean: str, layout: Layout, published: date | None) -> tuple[Timex, ...]:
    """The time expressions of the body, in order."""
    return ()
