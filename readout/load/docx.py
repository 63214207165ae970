"""Word documents: mammoth makes a page of the document, without pictures, styles and what was deleted."""

from __future__ import annotations

import io
import re
from typing import Any

import lxml.html
import mammoth
from lxml import etree

from readout.load.archive import Archive
from readout.load.blocks import Block, blocks_of, joined
from readout.load.strings import author, bare
from readout.records import Article

_NO_TITLE = re.compile(r"^(?:untitled|document\d*|word document|microsoft word\b.*|.*\.docx?)$", re.IGNORECASE)
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_CORE = "docProps/core.xml"
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"


def read(data: bytes, *, name: str, url: str | None = None) -> Article:
    """An article from a Word document.

    Raises:
        FileError: if the document is broken, locked, or reaches outside itself.
    """
    archive = Archive(data, name)
    archive.refuse_declarations()
    found = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=_STYLES,
        include_embedded_style_map=False,
        convert_image=mammoth.images.img_element(lambda _: {}),
    )
    blocks = blocks_of(_without_notes(found.value)) if found.value.strip() else []
    said = _core(archive)
    title, rest = _title(blocks, said.get("title", ""))
    return Article(joined(rest), title=title, byline=author(said.get("creator", "")), language=said.get("language", ""))


def _without_notes(html: str) -> Any:  # noqa: ANN401  (lxml has no types)
    """The page without footnotes, comments and the marks that lead to them."""
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    for mark in list(tree.iter("sup")):
        if mark.find(".//a[@href]") is not None and not re.sub(r"[\[\]\d\s*]", "", mark.text_content()):
            mark.drop_tree()
    for item in list(tree.iter("li", "dt", "dd")):
        if (item.get("id") or "").startswith(("footnote-", "endnote-", "comment-")):
            item.drop_tree()
    return tree


def _core(archive: Archive) -> dict[str, str]:
    """What the document says of itself, by the local name of the property."""
    if _CORE not in archive.names:
        return {}
    try:
        root = etree.fromstring(archive.read(_CORE), _SAFE)
    except etree.XMLSyntaxError:
        return {}
    return {
        etree.QName(element).localname: (element.text or "").strip() for element in root.iterchildren(etree.Element)
    }


def _title(blocks: list[Block], said: str) -> tuple[str, list[Block]]:
    """The title, as its first heading or its properties say, and the paragraphs below it."""
    if _NO_TITLE.match(said):
        said = ""
    if blocks and (blocks[0].kind == "h1" or (said and bare(blocks[0].text) == bare(said))) and len(blocks) > 1:
        return blocks[0].text, blocks[1:]
    return said, blocks
