"""Who it is: one speaker through full name, last name, role and pronoun."""

from __future__ import annotations

from readout.records import Attribution, Layout, Quote, Speaker


def resolve(
    clean: str, layout: Layout, attributions: tuple[Attribution, ...]
) -> tuple[tuple[Quote, ...], tuple[Speaker, ...]]:
    """The attributions with their speakers, and the speakers by words quoted, most first."""
    return (), ()
