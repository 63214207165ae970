"""A colour and initials for every voice of an article.

The first four were chosen so that people with any colour vision can tell them apart (tests/test_palette.py
measures it), and every one so that words in it, and white or black words on it, reach WCAG AA (4.5:1). The chart
shades stand 3:1 off both pages, since a figure can't follow a switch of theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, cycle

from readout.records import REPORTER, UNKNOWN, Reading

LIGHT_PAGE = "#fdfbf7"
DARK_PAGE = "#16181b"


@dataclass(frozen=True, slots=True)
class Colour:
    """What a voice looks like: initials, and its colour for a light page, a dark page and a chart on either."""

    initials: str
    light: str
    dark: str
    chart: str


_SMALL = frozenset({"the", "a", "an", "of", "de", "van", "von", "for", "and"})
_GREY = ("#5d5f63", "#a9acb2", "#85888d")
_HUES = (
    ("#0b5fa5", "#7cc0f4", "#2f83c9"),
    ("#8f4a00", "#f0a34a", "#b9701c"),
    ("#881d83", "#d678d4", "#a840a2"),
    ("#0c5a40", "#9be8cb", "#128a63"),
    ("#a8123c", "#ff8a98", "#cf3f5b"),
    ("#3f45b5", "#a5adff", "#6a76e0"),
    ("#6d5a08", "#d9c25a", "#927c1c"),
    ("#6f4a33", "#d3ab8e", "#a0735a"),
)


def palette(reading: Reading) -> Mapping[str, Colour]:
    """The colours of a reading's voices by name, the most quoted first; `REPORTER` and `UNKNOWN` are always grey.

    With more voices than hues the hues come round again; initials stay unique.
    """
    taken: set[str] = set()
    colours = {REPORTER: Colour("", *_GREY)}
    hues = cycle(_HUES)
    for speaker in reading.speakers:
        initials = next(i for i in _initials(speaker.name) if i not in taken)
        taken.add(initials)
        colours[speaker.name] = Colour(initials, *(_GREY if speaker.name == UNKNOWN else next(hues)))
    return colours


def _initials(name: str) -> Iterator[str]:
    """Initials for a name, the likeliest first, without end."""
    words = [w for w in re.findall(r"[^\W\d_]+", name) if w.lower() not in _SMALL] or re.findall(r"\w+", name) or ["?"]
    first, last = words[0], words[-1]
    if len(words) == 1:
        yield first[:2].upper()
    else:
        yield (first[0] + last[0]).upper()
        yield from (f"{first[0]}{last[0]}".upper() + letter.lower() for letter in last[1:])
    yield from (f"{first[0].upper()}{n}" for n in count(2))
