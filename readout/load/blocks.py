"""From a tree of elements to paragraphs: each paragraph, item, heading and cell of the tree is one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from readout.load.limits import MOST_DEPTH

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "cell", "center", "dd", "details", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hr", "html", "item", "li", "list", "main", "menu", "nav", "ol", "p", "pre", "quote",
    "row", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
"""Elements that begin a line of their own, in HTML and in the trees that trafilatura makes of it."""
_BREAKS = frozenset(("br", "lb"))
_SILENT = frozenset((
    "audio", "button", "canvas", "datalist", "embed", "graphic", "iframe", "img", "input", "map", "math",
    "noscript", "object", "option", "script", "select", "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip
_HEADINGS = re.compile(r"h[1-6]$|head$")
PARTING = "\ue000"
"""A character of no script, for where a tree that will lose it has two line breaks in a row: they part paragraphs."""
_PARTED = re.compile(rf" ?\v(?: ?\v)+ ?|[ \v]*{PARTING}[ \v{PARTING}]*")
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class Block:
    """A paragraph of a tree: its text, and the element it stands in."""

    text: str
    kind: str = "p"

    @property
    def is_heading(self) -> bool:
        """Whether the page has it as a heading."""
        return _HEADINGS.match(self.kind) is not None


@dataclass(slots=True)
class _Line:
    """What has been read of the paragraph at hand."""

    pieces: list[str] = field(default_factory=list)
    kind: str = "p"


class _Walk:
    """One walk through a tree, in reading order."""

    def __init__(self, silent: frozenset[str]) -> None:
        self.blocks: list[Block] = []
        self._line = _Line()
        self._silent = _SILENT | silent

    def through(self, element: Any, depth: int = 0) -> None:  # noqa: ANN401  (lxml has no types)
        tag = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
        if tag and tag not in self._silent and depth < MOST_DEPTH:
            self._element(element, tag, depth)
        self._say(element.tail if depth else None)

    def _element(self, element: Any, tag: str, depth: int) -> None:  # noqa: ANN401
        is_block = tag in BLOCKS
        if is_block:
            self.end(tag)
        elif tag in _BREAKS:
            self._line.pieces.append("\v")
        self._say(element.text)
        for child in element:
            self.through(child, depth + 1)
        if is_block:
            self.end()

    def _say(self, text: str | None) -> None:
        if text:
            self._line.pieces.append(text)

    def end(self, kind: str = "p") -> None:
        """End the paragraph at hand; the next one stands in an element of this kind."""
        text = _SPACE.sub(" ", "".join(self._line.pieces))
        for piece in _PARTED.split(text):
            clean = re.sub(r" ?\v ?", "\n", piece).strip()
            if re.search(r"\w", clean):
                self.blocks.append(Block(clean, self._line.kind))
        self._line = _Line(kind=kind)


def blocks_of(tree: Any, *, without: frozenset[str] = frozenset()) -> list[Block]:  # noqa: ANN401
    """The paragraphs of a tree in order; a break within one stays a line break, two part it.

    Args:
        tree: an element of lxml.
        without: names of elements to pass over.
    """
    walk = _Walk(without)
    walk.through(tree)
    walk.end()
    return walk.blocks


def joined(blocks: list[Block]) -> str:
    """The text of the paragraphs, parted by blank lines."""
    return "\n\n".join(block.text for block in blocks)
