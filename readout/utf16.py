"""Offsets at the border to the browser: Python counts code points, JavaScript counts UTF-16 code units.

A character outside the Basic Multilingual Plane (an emoji, say) is one code point and two units, so every
offset after it differs by one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def to_utf16(text: str, offsets: Iterable[int]) -> list[int]:
    """Offsets in code points as offsets in UTF-16 code units, in the order given.

    The text is walked once, however many offsets there are and however they are ordered.
    """
    astral = [character.start() for character in _ASTRAL.finditer(text)]
    return [offset + bisect_left(astral, offset) for offset in offsets]
