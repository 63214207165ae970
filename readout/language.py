"""Whether a text is in the language that the rules are made for."""

from __future__ import annotations

import re

from readout.lists import words as listed

_FEWEST_WORDS = 8
_SMALLEST_SHARE = 0.12
"""English news has .30 to .45 of these words; French, German and Spanish news have less than .06."""


def is_english(text: str) -> bool:
    """Whether a text reads like English, by the share of its commonest words; one too short to tell counts as such.

    Letters of another script count as words too, one for every three, since some scripts put no space between words.
    """
    words = re.findall(r"[a-z]+", text.lower())
    others = sum(1 for c in text if c.isalpha() and ord(c) > 0x24F) / 3
    common = listed("function_words")
    total = len(words) + others
    if total < _FEWEST_WORDS:
        return True
    return sum(word in common for word in words) / total >= _SMALLEST_SHARE
