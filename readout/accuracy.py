"""How often the engine is right: the figures that the accuracy gate measured last, for whoever shows them."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping

from readout.shipped import DATA


@functools.cache
def certainty() -> Mapping[str, Mapping[str, float]]:
    """What share is right of the "direct" quotes, of the paraphrases "shown" and of those "held", and of how many.

    Each has "quotes" and "right"; empty where the figures do not ship.
    """
    path = DATA / "accuracy.json"
    if not path.exists():
        return {}
    found: Mapping[str, Mapping[str, float]] = json.loads(path.read_text("utf-8")).get("certainty", {})
    return found


@functools.cache
def figures() -> Mapping[str, Mapping[str, float]]:
    """The figures by part ("direct", "all", "speakers", "times") and measure; empty where they do not ship."""
    path = DATA / "accuracy.json"
    if not path.exists():
        return {}
    found: Mapping[str, Mapping[str, float]] = json.loads(path.read_text("utf-8"))["figures"]
    return found
