"""What a page says of itself: JSON-LD first, then OpenGraph and other meta elements, then what trafilatura finds."""

from __future__ import annotations

import contextlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import htmldate
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document

from readout.load.strings import bare

_ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report|Review|Recipe|CreativeWork)$")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NO_NAME = re.compile(r"https?://|^@|^(?:admin|administrator|editor|staff|author|unknown|none|null)$", re.IGNORECASE)
_SITE = re.compile(r"\s+[|–—-]\s+([^|–—-]{2,40})$")
_FIRST_YEAR = 1700
"""The year from which on a day is when an article was published; systems write the year 1 for "not known"."""
_AT_DAY = re.compile(
    r"[\s,|]+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}\b|published|updated).*$", re.I | re.S
)
_LONGEST = 400
"""Characters of the longest title and byline."""
_STUMBLES = (AssertionError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
_DEEPEST = 12
_MOST_THINGS = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of its article."""

    title: str = ""
    byline: str = ""
    publisher: str = ""
    published: date | None = None
    language: str = ""
    url: str = ""
    body: str = ""
    """The whole text, where the page carries it for machines."""
    free: bool = True
    """False where the page says that its text is for subscribers."""


def said_of(tree: Any, url: str | None) -> Said:  # noqa: ANN401  (lxml has no types)
    """What a page says of itself; what it does not say stays empty."""
    thing = _article(tree)
    meta = _metas(tree)
    found = _guessed(tree, url)
    address = _first(meta, "og:url") or found.url or ""
    title = _text(thing.get("headline")) or _first(meta, "og:title", "twitter:title", "dc.title") or found.title or ""
    publisher = _names(thing.get("publisher")) or _first(meta, "og:site_name", "application-name", "dc.publisher")
    if publisher.startswith("@"):
        publisher = ""
    return Said(
        title=_without_site(title, publisher),
        byline=_byline(thing, meta, found.author or ""),
        publisher=publisher,
        published=_published(thing, meta, tree, url or address),
        language=_language(thing, meta, tree),
        url=address,
        body=_text(thing.get("articleBody")),
        free=str(thing.get("isAccessibleForFree", "true")).lower() != "false",
    )


def _guessed(tree: Any, url: str | None) -> Document:  # noqa: ANN401
    """What trafilatura finds; where it stumbles over a page, the page keeps its text and what it says itself."""
    try:
        return extract_metadata(tree, url, {"original_date": True, "extensive_search": False})
    except _STUMBLES:
        return Document()


def _article(tree: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """The article among the things that a page describes in JSON-LD; an empty one if there is none."""
    best: Mapping[str, Any] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for thing in _things(_json(script.text or "")):
            kinds = thing.get("@type")
            named = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
            fits = any(isinstance(kind, str) and _ARTICLE.match(kind) for kind in named)
            if fits and len(thing) > len(best):
                best = thing
    return best


def _json(text: str) -> object:
    clean = (
        re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", "", text).strip().rstrip(";")
    )
    try:
        return json.loads(clean, strict=False)
    except (ValueError, RecursionError):
        return None


def _things(value: object) -> Iterator[Mapping[str, Any]]:
    waiting: list[tuple[object, int]] = [(value, 0)]
    for _ in range(_MOST_THINGS):
        if not waiting:
            return
        item, depth = waiting.pop(0)
        if isinstance(item, dict):
            yield item
            inner = [
                item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement") if key in item
            ]
        else:
            inner = item if isinstance(item, list) else []
        if depth < _DEEPEST:
            waiting += [(thing, depth + 1) for thing in inner]


def _metas(tree: Any) -> dict[str, str]:  # noqa: ANN401
    """The meta elements by name, the first of each."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = " ".join(html.unescape(element.get("content") or "").split())
        if key and content:
            found.setdefault(key, content)
    return found


def _first(meta: Mapping[str, str], *names: str) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _text(value: object) -> str:
    return html.unescape(value).strip() if isinstance(value, str) else ""


def _names(value: object) -> str:
    """The names of people or organisations, as JSON-LD has them: words, a thing, or a list of either."""
    items = value[:20] if isinstance(value, list) else [value]
    names = [_text(item.get("name")) if isinstance(item, dict) else _text(item) for item in items]
    return ", ".join(dict.fromkeys(" ".join(name.split()) for name in names if name and not _NO_NAME.search(name)))


def _byline(thing: Mapping[str, Any], meta: Mapping[str, str], found: str) -> str:
    written = _names(thing.get("author")) or _first(
        meta, "author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author"
    )
    if _NO_NAME.search(written):
        written = ""
    line = " ".join((written or found.replace(";", ",")).split())[:_LONGEST]
    return _AT_DAY.sub("", re.sub(r"^by\s+", "", line, flags=re.IGNORECASE))


def _published(thing: Mapping[str, Any], meta: Mapping[str, str], tree: Any, url: str) -> date | None:  # noqa: ANN401
    written = _text(thing.get("datePublished")) or _first(
        meta, "article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "dc.date", "pubdate"
    )
    day = _day(written)
    if day is None:
        # The tree goes in, never an address: given one, htmldate would fetch it.
        with contextlib.suppress(*_STUMBLES):
            day = _day(htmldate.find_date(tree, original_date=True, extensive_search=False, url=url or None) or "")
    return day


def _day(written: str) -> date | None:
    said = _DAY.match(written)
    try:
        return date(*map(int, said.groups())) if said and int(said[1]) >= _FIRST_YEAR else None
    except ValueError:
        return None


def _language(thing: Mapping[str, Any], meta: Mapping[str, str], tree: Any) -> str:  # noqa: ANN401
    root = tree.getroottree().getroot()
    return (
        _text(thing.get("inLanguage"))
        or root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or _first(meta, "og:locale", "content-language", "dc.language")
    ).replace("_", "-")


def _without_site(title: str, publisher: str) -> str:
    """The title without the site's name after a bar or a dash."""
    title = " ".join(title.split())[:_LONGEST]
    site = _SITE.search(title)
    return title[: site.start()] if site and publisher and bare(site[1]) in bare(publisher) else title
