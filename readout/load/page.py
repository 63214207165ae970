"""Web pages: trafilatura finds the article, and ours keeps its paragraphs and leaves out what is none of it."""

from __future__ import annotations

import copy
import itertools
import logging
import re
from collections import defaultdict
from typing import Any

import lxml.html
import trafilatura
from trafilatura.utils import HTML_PARSER

from readout.errors import FileError
from readout.load.blocks import BLOCKS, PARTING, Block, blocks_of, joined
from readout.load.furniture import without_furniture
from readout.load.limits import MOST_ELEMENTS
from readout.load.lines import unwrapped
from readout.load.metadata import Said, said_of
from readout.load.strings import bare, tidy
from readout.load.text import decode
from readout.records import Article

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


class _Element(lxml.html.HtmlElement):  # type: ignore[misc]  # lxml has no types
    """An element of a page, which gives the text of paragraphs in one walk.

    trafilatura asks for `//p//text()` when it has taken the links and the formatting out of a tree, which leaves their
    texts side by side. lxml looks for the element of each such text past all those before it: 12,000 links in one
    paragraph took half a minute.
    """

    def xpath(self, path: str, **options: Any) -> Any:  # noqa: ANN401
        if path not in ("//p//text()", ".//p//text()"):
            return super().xpath(path, **options)
        tree = self.getroottree().getroot() if path.startswith("/") else self
        outer, texts = None, list[str]()
        for paragraph in tree.iterdescendants("p"):
            if outer is None or outer not in paragraph.iterancestors("p"):
                outer = paragraph
                texts += paragraph.itertext()
        return texts


class _Lookup(lxml.html.HtmlElementClassLookup):  # type: ignore[misc]
    def lookup(self, *node: str) -> type | None:
        found: type | None = super().lookup(*node)
        return _Element if found is lxml.html.HtmlElement else found


HTML_PARSER.set_element_class_lookup(_Lookup())

_FEWEST_WORDS = 25
"""Words of the shortest article; what is shorter gets a second look, and a sentence if that finds nothing."""
_TEASER = 60
"""Words up to which the text of a page for subscribers is the teaser alone."""
_MOST_COMPARED = 2_000
"""Paragraphs and the like from which on a page, of which ordinary ones have some hundreds, gets no second opinion from
justext: that compares each short one with its neighbours as far as the next long one."""
_CAPTIONS = (
    "//figcaption",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' wp-caption-text ')]",
    "//*[@itemprop='caption' or @itemprop='copyrightHolder']",
)
_CONTENT = re.compile(r"body|article|content|story|text|entry|post", re.IGNORECASE)
_LONG = 100
"""Characters of a paragraph of an article's body, and of none of what stands around it."""
_SENTENCE = re.compile(r"[.!?。！？][\"'”’»)\]]*$")
_PAYWALL = re.compile(
    r"paywall|subscribe\s+to\s+(?:continue|read|unlock)|(?:continue|keep)\s+reading\s+with\s+a\s+subscription"
    r"|(?:for|to)\s+subscribers\s+only|already\s+a\s+subscriber|subscriber-only|register\s+to\s+(?:continue|read)",
    re.IGNORECASE,
)
_SCRIPTED = re.compile(r"(?:enable|requires?|turn\s+on|activate|need)\s+(?:\w+\s+){0,3}java\s*script", re.IGNORECASE)


def read(data: bytes, *, name: str, url: str | None = None, charset: str = "") -> Article:
    """An article from a web page.

    Raises:
        FileError: if the page holds no article: for subscribers only, made by scripts, or a list of links.
    """
    html = tidy(decode(data, name=name, declared=charset))
    tree = trafilatura.load_html(html)
    if tree is None:
        raise FileError(f"{name} is not a page that can be read. Open it in a browser and paste the article's text.")
    if sum(1 for _ in itertools.islice(tree.iter(), MOST_ELEMENTS + 1)) > MOST_ELEMENTS:
        raise FileError(
            f"{name} is far larger than a page with an article. Open the article itself, or paste its text."
        )
    said = said_of(tree, url)
    blocks = without_furniture(_found(tree, url), titles=_titles(tree, said), links=_links(tree))
    text = joined(blocks)
    if len(blocks) <= 1 or _words(text) < _FEWEST_WORDS:
        text = _second_look(tree, said) or text
    _refuse(html, tree, said, text, name)
    return Article(
        text,
        title=said.title,
        byline=said.byline,
        publisher=said.publisher,
        published=said.published,
        language=said.language,
        url=url or said.url,
    )


def _found(tree: Any, url: str | None) -> list[Block]:  # noqa: ANN401  (lxml has no types)
    """The paragraphs of the article, as trafilatura finds it when it is to be strict, else when it is not."""
    whole = _rejoined(_marked(copy.deepcopy(tree)))
    many = sum(1 for _ in itertools.islice(tree.iter(*BLOCKS), _MOST_COMPARED + 1)) > _MOST_COMPARED
    for strict in (True, False):
        found = trafilatura.bare_extraction(
            whole,
            url=url,
            favor_precision=strict,
            fast=many,
            include_comments=False,
            prune_xpath=list(_CAPTIONS),
        )
        body = getattr(found, "body", None)
        blocks = [] if body is None else blocks_of(body)
        if _words(joined(blocks)) >= _FEWEST_WORDS:
            return blocks
    return blocks


def _titles(tree: Any, said: Said) -> list[str]:  # noqa: ANN401
    """What the article may be called: as the page describes itself, and as its first headings say."""
    return [said.title, *(heading.text_content() for heading in list(tree.iter("h1"))[:3])]


def _links(tree: Any) -> frozenset[str]:  # noqa: ANN401
    """The words of the page's links."""
    return frozenset(bare(link.text_content()) for link in tree.iter("a"))


def _marked(tree: Any) -> Any:  # noqa: ANN401
    """The tree with a mark between line breaks in a row, of which trafilatura keeps one."""
    for element in tree.iter("br"):
        following = element.getnext()
        if following is not None and following.tag == "br" and not (element.tail or "").strip():
            element.tail = PARTING
    return tree


def _rejoined(tree: Any) -> Any:  # noqa: ANN401
    """The tree with the pieces of an article put together that advertisements had cut apart.

    Pieces are elements of one tag and class within one article, each with long paragraphs right in it; the later
    ones' content moves to the end of the first.
    """
    groups: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for element in tree.iter("div", "section"):
        look = element.get("class") or ""
        if _CONTENT.search(look) and any(len(p.text_content().strip()) >= _LONG for p in element.iterchildren("p")):
            within = next(element.iterancestors("article", "main", "body"), None)
            groups[element.tag, look, id(within)].append(element)
    for first, *others in groups.values():
        for other in others:
            if first not in other.iterancestors():
                first.extend(list(other))
    return tree


def _second_look(tree: Any, said: Said) -> str:  # noqa: ANN401
    """What a short page has: the text it carries for machines, or the paragraphs of its main part with a sentence."""
    text = unwrapped(tidy(re.sub(r"<[^<>]{0,400}>", " ", said.body)))
    if _words(text) >= _FEWEST_WORDS:
        return text
    titles, links = _titles(tree, said), _links(tree)
    for place in (*tree.iter("article"), *tree.iter("main"), *tree.iter("body")):
        blocks = without_furniture(
            blocks_of(place, without=frozenset(("nav", "header", "footer", "aside", "form", "figcaption"))),
            titles=titles,
            links=links,
        )
        if any(_SENTENCE.search(block.text) for block in blocks):
            return joined(blocks)
    return text


def _refuse(html: str, tree: Any, said: Said, text: str, name: str) -> None:  # noqa: ANN401
    """Say why a page has no article, where it has none."""
    words = _words(text)
    if words < _TEASER and (not said.free or (words < _FEWEST_WORDS and _PAYWALL.search(html))):
        raise FileError(
            f"{name} holds only the beginning of an article for subscribers. "
            "Sign in where it was published and save the page again, or paste the article's text."
        )
    if words >= _FEWEST_WORDS or (text and not _is_scripted(html, tree)):
        return
    if _is_scripted(html, tree):
        raise FileError(
            f"{name} is a page that scripts fill in the browser, and its text is not in the file. "
            "Print the page to a PDF and open that, or paste the article's text."
        )
    raise FileError(f"{name} is a page without an article in it. Open the article itself, or paste its text.")


def _is_scripted(html: str, tree: Any) -> bool:  # noqa: ANN401
    if _SCRIPTED.search(html):
        return True
    scripts = sum(len(script.text or "") + 200 * bool(script.get("src")) for script in tree.iter("script"))
    return scripts > 2 * sum(len(block.text) for block in blocks_of(tree))


def _words(text: str) -> int:
    """How many words a text has; a script without spaces between words counts one for two characters."""
    return len(re.findall(r"\w+", text)) + len(re.findall("[\u3040-\u30ff\u4e00-\u9fff]", text)) // 2
