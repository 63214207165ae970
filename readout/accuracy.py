"""How often the engine is right: the figures that were measured last, for whoever shows them."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping

from readout.shipped import DATA

Part = Mapping[str, Mapping[str, float]]


def certainty() -> Part:
    """What share is right of the "direct" quotes, of the paraphrases "shown" and of those "held", and of how many.

    Each has "quotes" and "right"; empty where the figures do not ship.
    """
    return _measured().get("certainty", {})


def figures() -> Part:
    """The figures by part ("direct", "all", "speakers", "times") and measure; empty where they do not ship."""
    return _measured().get("figures", {})


@functools.cache
def _measured() -> Mapping[str, Part]:
    path = DATA / "accuracy.json"
    found: Mapping[str, Part] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found
