"""The voices of an article by their share of its words, as the bar on the Article page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from readout.tables.tone import voice_name


def by_words(voices: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """One row a voice that is heard, most words first: Voice, Role, Words, Share (0 to 1), Quotes.

    Args:
        voices: those of the scene that `readout.scene.scene` makes.
    """
    heard = sorted((voice for voice in voices if voice["words"]), key=lambda voice: -voice["words"])
    total = sum(voice["words"] for voice in heard)
    rows = [
        (voice_name(voice["name"]), voice["role"], voice["words"], round(voice["words"] / total, 4), voice["quotes"])
        for voice in heard
    ]
    return pd.DataFrame(rows, columns=["Voice", "Role", "Words", "Share", "Quotes"])
