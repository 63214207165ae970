"""A colour, a pattern and initials for every voice of an article.

The first four were chosen so that people with any colour vision can tell them apart (tests/test_palette.py
measures it), and every one so that words in it, and white or black words on it, reach WCAG AA (4.5:1). The chart
shades stand 3:1 off both pages, since a figure can't follow a switch of theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

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
    pattern: str = ""
    """What an area in its colour carries, as Plotly names it; empty for a plain one."""

    @property
    def weave(self) -> str:
        """The pattern as a layer of a CSS background, to be set before the colour: `background: var(--weave,) #123`.

        It is drawn in `--thread`, and ends in a comma; empty for a plain colour.
        """
        return _WEAVES[self.pattern]


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
_LINES = "repeating-linear-gradient({}deg, var(--thread) 0 {}px, transparent 0 {}px)"
_WEAVES = {
    "": "",
    "/": _LINES.format(135, 2, 6) + ",",
    ".": "radial-gradient(circle, var(--thread) 1.5px, transparent 1.9px) 0 0 / 6px 6px,",
    "x": f"{_LINES.format(45, 1.5, 7)}, {_LINES.format(135, 1.5, 7)},",
    "-": _LINES.format(0, 2, 6) + ",",
    "|": _LINES.format(90, 2, 6) + ",",
    "\\": _LINES.format(45, 2, 6) + ",",
    "+": f"{_LINES.format(0, 1.5, 7)}, {_LINES.format(90, 1.5, 7)},",
}
"""The patterns by Plotly's names, in the order in which rounds of colours take them."""
LOOKS = len(_HUES) * len(_WEAVES)
"""So many voices look different from each other; with more, colours and patterns come round again."""


def palette(reading: Reading) -> Mapping[str, Colour]:
    """The colours of a reading's voices by name, the most quoted first; `REPORTER` and `UNKNOWN` are always grey.

    With more voices than hues the hues come round again, each time with another pattern; initials stay unique.
    """
    patterns = list(_WEAVES)
    taken: set[str] = set()
    colours = {REPORTER: Colour("", *_GREY)}
    place = 0
    for speaker in reading.speakers:
        initials = next(i for i in _initials(speaker.name) if i not in taken)
        taken.add(initials)
        if speaker.name == UNKNOWN:
            colours[speaker.name] = Colour(initials, *_GREY)
        else:
            colours[speaker.name] = Colour(
                initials, *_HUES[place % len(_HUES)], patterns[place // len(_HUES) % len(patterns)]
            )
            place += 1
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
