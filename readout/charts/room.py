"""Words of a figure that are left out where it is too narrow for them.

A figure is made without knowing how wide it will be. So what a narrow one has no room for says which width it needs,
and style leaves it out below that; a picture, which is wide, has all of it.
"""

from __future__ import annotations

import re
from typing import Final

WIDEST: Final = 960
"""Pixels that a figure has at the most, in the app as in a file."""
NARROWEST: Final = 340
"""Pixels that a figure has at least, on a phone."""
_STEP = 20
IN_FILES: Final = "in files"
"""A trace's `meta` where it stands in the legend of files only: on screen the sidebar is the legend of the voices."""

ON_SCREEN: Final = "on screen"
"""A trace's `meta`, or a shape's `name`, where no file has it: what shows which mark a reader has chosen."""
_HINT: Final = '<span style="--hint:1">'


def hint(words: str) -> str:
    """Words for a hover label, on a line of their own, that say what a click does: no file has them."""
    return f"<br>{_HINT}{words}</span>"


def without_hints(template: str) -> str:
    """A hover template as a file has it."""
    return re.sub(rf"<br>{re.escape(_HINT)}[^<]*</span>", "", template)


def from_width(text: str, width: float) -> str:
    """The text, ready for plotly, shown only where the figure is so many pixels wide; none where it never is."""
    if width <= NARROWEST:
        return text
    return f'<span style="--from:{_level(width)}px">{text}</span>' if width <= WIDEST else ""


def rules(scope: str) -> str:
    """The style that does it, for figures inside what a selector selects."""
    leave_out = "".join(
        f'@container(max-width:{level - 1}px){{{scope} text:has([style*="--from:{level}px"]){{display:none}}}}'
        for level in range(_level(NARROWEST + 1), WIDEST + 1, _STEP)
    )
    return f"{scope}{{container-type:inline-size}}{leave_out}"


def _level(width: float) -> int:
    return -int(-width // _STEP) * _STEP
