"""What a page says of itself: JSON-LD first, then OpenGraph and other meta elements, then what trafilatura finds."""

from __future__ import annotations

import contextlib
import html
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import htmldate
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document

from readout.load import days
from readout.load.bylines import authors
from readout.load.publishers import host_of, publisher_of
from readout.load.strings import bare

_ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report|Review|Recipe|CreativeWork)$")
_NO_NAME = re.compile(r"https?://|^@|^(?:admin|administrator|editor|staff|author|unknown|none|null)$", re.IGNORECASE)
_SITE = re.compile(r"\s+[|–—-]\s+([^|–—-]{2,40})$")
_SITES = re.compile(r"\s+[|–—»·-]+\s+|\s*\|\s*|(?<=\w):\s+")
_HOUSE = re.compile(r"(?:\w*Organization|WebSite)$")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|\bcopyright\b)[\s©\d,–-]{0,60}+(?:by\s+)?([^\W\d][^|.\n]{1,60})", re.IGNORECASE)
_OF_PUBLISHER = re.compile(r"(?:^|\s)(?:publisher|copyrightHolder|sourceOrganization)(?:\s|$)")
_OF_DAY = re.compile(r"(?:^|\s)datePublished(?:\s|$)")
_OF_AUTHOR = re.compile(r"byline|author", re.IGNORECASE)
_OF_DATE = re.compile(r"byline|date|time|publi|posted|stamp", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"comment|related|recommend|sidebar|widget|trending|today|latest|promo|teaser|card", re.IGNORECASE
)
"""Elements of comments and of other articles, and of the day on which the page was looked at."""
_BY = re.compile(r"\W*(?:(?:written|reported|posted|story|text)\s+)?by\b", re.IGNORECASE)
_DESK = re.compile(r"\b(?:staff|desk|newsroom|team|bureau|editors|admin)\b", re.IGNORECASE)
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author", "sailthru.author")
_DAYS = (
    "article:published_time", "datepublished", "og:published_time", "og:article:published_time", "article:published",
    "article.published", "parsely-pub-date", "dcterms.created", "dc.date.issued", "dc.date", "pubdate", "publish-date",
    "published", "sailthru.date", "cxenseparse:recs:publishtime", "citation_publication_date", "pub_date", "date",
)  # fmt: skip
_CHANGES = ("article:modified_time", "og:updated_time", "datemodified", "og:article:modified_time", "article.updated")
_SHOWN = 200
"""Characters of the longest element that shows a date or an author and not a whole article."""
_MOST_SHOWN = 60
_CUT = 60
"""Characters from which on a title may be one that was cut off."""
_LONGEST = 400
"""Characters of the longest title and byline."""
_LONGEST_META = 2_000
"""Characters of what a meta element or the title may say."""
_LONGEST_JSON = 10_000
"""Characters of the JSON-LD that is shown to trafilatura too, after it was read here."""
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
    """What a page says of itself; what it does not say stays empty. What has no end in its head is cut in the tree."""
    things = _described(tree)
    thing = _article(things)
    _shorten(tree)
    meta = _metas(tree)
    found = _guessed(tree, url)
    address = _first(meta, "og:url") or found.url or ""
    handle = _first(meta, "twitter:site").lstrip("@")
    publisher = publisher_of(
        _stated(thing, things, meta), _shown(tree, thing, things, meta), handle, host_of(url or address)
    )
    written = (
        _text(thing.get("headline"))
        or _first(meta, "og:title", "twitter:title", "dc.title")
        or _guess(tree, found.title or "")
    )
    return Said(
        title=_title(tree, written, publisher),
        byline=_byline(tree, thing, things, meta, found.author or "", publisher),
        publisher=publisher,
        published=_published(thing, meta, tree, url or address),
        language=_language(thing, meta, tree),
        url=address,
        body=_text(thing.get("articleBody")),
        free=str(thing.get("isAccessibleForFree", "true")).lower() != "false",
    )


def _shorten(tree: Any) -> None:  # noqa: ANN401
    """Cut what is longer than a page's head has it: trafilatura's patterns take the square of it."""
    for element in tree.iter("meta"):
        if len(content := element.get("content") or "") > _LONGEST_META:
            element.set("content", content[:_LONGEST_META])
    for element in tree.iter("title"):
        element.text = (element.text or "")[:_LONGEST_META]
    for script in tree.iter("script"):
        if len(script.text or "") > _LONGEST_JSON and "json" in (script.get("type") or "").lower():
            script.text = ""


def _guessed(tree: Any, url: str | None) -> Document:  # noqa: ANN401
    """What trafilatura finds; where it stumbles over a page, the page keeps its text and what it says itself."""
    try:
        return extract_metadata(tree, url, {"original_date": True, "extensive_search": False})
    except _STUMBLES:
        return Document()


def _described(tree: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401
    """The things that a page describes in JSON-LD."""
    scripts = [script for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()]
    return [thing for script in scripts for thing in _things(_json(script.text or ""))]


def _article(things: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The article among the things that a page describes; an empty one if there is none."""
    best: Mapping[str, Any] = {}
    for thing in things:
        if _is_a(thing, _ARTICLE) and len(thing) > len(best):
            best = thing
    return best


def _is_a(thing: Mapping[str, Any], kind: re.Pattern[str]) -> bool:
    kinds = thing.get("@type")
    named = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    return any(isinstance(one, str) and kind.match(one) for one in named)


def _json(text: str) -> object:
    clean = (
        re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", "", text).strip().rstrip(";")
    )
    try:
        return json.loads(clean, strict=False)
    except (ValueError, RecursionError):
        return None


def _things(value: object) -> Iterator[Mapping[str, Any]]:
    waiting: deque[tuple[object, int]] = deque([(value, 0)])
    for _ in range(_MOST_THINGS):
        if not waiting:
            return
        item, depth = waiting.popleft()
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


def _names(value: object, things: Iterable[Mapping[str, Any]] = ()) -> str:
    """The names of people or organisations, as JSON-LD has them: words, a thing, or a list of either.

    A thing may be described elsewhere on the page, and only be pointed to by its "@id".
    """
    items = value[:20] if isinstance(value, list) else [value]
    names = []
    for item in items:
        named = item.get("name") if isinstance(item, dict) else item
        name = ", ".join(map(_text, named[:20])) if isinstance(named, list) else _text(named)
        if not name and isinstance(item, dict) and (known := item.get("@id")):
            name = next((_text(one.get("name")) for one in things if one.get("@id") == known and one.get("name")), "")
        names.append(name)
    return ", ".join(dict.fromkeys(" ".join(name.split()) for name in names if name and not _NO_NAME.search(name)))


def _stated(thing: Mapping[str, Any], things: Sequence[Mapping[str, Any]], meta: Mapping[str, str]) -> Iterator[str]:
    """What a page states as its publisher, the one to believe first."""
    yield _names(thing.get("publisher"), things)
    for keys in (("og:site_name",), ("application-name",), ("dc.publisher", "dcterms.publisher", "publisher")):
        yield _first(meta, *keys)
    yield from (_names(thing.get(key), things) for key in ("sourceOrganization", "provider", "copyrightHolder"))


def _shown(
    tree: Any,  # noqa: ANN401
    thing: Mapping[str, Any],
    things: Sequence[Mapping[str, Any]],
    meta: Mapping[str, str],
) -> Iterator[str]:
    """What else on a page may be its publisher's name."""
    yield from (_names(one) for one in things if _is_a(one, _HOUSE))
    yield _names(thing.get("author"), things)
    yield from (" ".join(element.text_content().split()) for element in _marked(tree, _OF_PUBLISHER))
    yield _first(meta, "apple-mobile-web-app-title")
    # A page's title names its site, but an article may be called anything.
    title = next((element.text_content() for element in tree.iter("title")), "")
    yield from _SITES.split(" ".join(title.split()))[::-1]
    yield _first(meta, "copyright", "dcterms.rightsholder")
    for text in tree.itertext():
        if isinstance(text, str) and (said := _COPYRIGHT.search(text[:2000])):
            yield said[1]


def _marked(tree: Any, which: re.Pattern[str]) -> list[Any]:  # noqa: ANN401
    """The first elements whose itemprop says what they are."""
    return [element for element in tree.iter() if which.search(element.get("itemprop") or "")][:20]


def _byline(
    tree: Any,  # noqa: ANN401
    thing: Mapping[str, Any],
    things: Sequence[Mapping[str, Any]],
    meta: Mapping[str, str],
    found: str,
    publisher: str,
) -> str:
    """Who wrote it: as the page says for machines, else as it shows; a desk goes behind people who are shown."""
    said = (
        _names(thing.get("author"), things),
        _names(thing.get("creator"), things),
        *(meta.get(key, "") for key in _AUTHORS),
    )
    written = next((names for one in said if not _NO_NAME.search(one) and (names := authors(one, publisher))), "")
    if not written or _DESK.search(written):
        shown = (" ".join(" ".join(element.itertext()).split()) for element in _classed(tree, _OF_AUTHOR))
        named = (authors(one, publisher) for one in shown if _BY.match(one) and len(one) < _SHOWN)
        written = next((one for one in named if one), written)
    return written or authors(found.replace(";", ","), publisher) or _below_heading(tree, publisher)


def _below_heading(tree: Any, publisher: str) -> str:  # noqa: ANN401
    """The names in a short line below the first heading that begins with "By"."""
    heading = next(iter(tree.iter("h1")), None)
    below = (
        [] if heading is None else heading.xpath("following::*[self::p or self::div or self::span or self::address]")
    )
    for element in below[:_MOST_SHOWN]:
        words = " ".join(" ".join(element.itertext()).split())
        if len(words) < _SHOWN and _BY.match(words) and (names := authors(words, publisher)):
            return names
    return ""


def _classed(tree: Any, which: re.Pattern[str]) -> list[Any]:  # noqa: ANN401
    """The first elements whose class, id or itemprop says what they are."""
    found = []
    for element in tree.iter("time", "span", "div", "p", "a", "address", "li", "h6", "small", "strong", "em"):
        said = " ".join(filter(None, map(element.get, ("class", "id", "itemprop"))))
        if (element.tag == "time" or which.search(said)) and not _OF_OTHERS.search(said):
            found.append(element)
        if len(found) >= _MOST_SHOWN:
            break
    return found


def _published(thing: Mapping[str, Any], meta: Mapping[str, str], tree: Any, url: str) -> date | None:  # noqa: ANN401
    """The day of publication at its place."""
    marked = [element.get("content") or element.get("datetime") or "" for element in _marked(tree, _OF_DAY)]
    first = [_text(thing.get("datePublished")), *(meta.get(key, "") for key in _DAYS), *marked]
    stated = [one for written in first if (one := days.moment(written))]
    times = [element.get("datetime") or "" for element in tree.iter("time")][:_MOST_SHOWN]
    # The day of a change or of a comment is none of publication, and yet it tells the site's clock.
    clock = [_text(thing.get(key)) for key in ("dateCreated", "dateModified")] + [meta.get(key, "") for key in _CHANGES]
    shown = [
        one
        for element in _classed(tree, _OF_DATE)
        if len(words := " ".join(" ".join(element.itertext()).split())) < _SHOWN
        for one in days.moments(words)
    ]
    if stated:
        stated += [one for written in (*clock, *times) if (one := days.moment(written)) and one.timed]
    day = days.day_of(stated, shown, days.in_address(url))
    if day is None:
        # The tree goes in, never an address: given one, htmldate would fetch it.
        with contextlib.suppress(*_STUMBLES):
            guess = htmldate.find_date(tree, original_date=True, extensive_search=False, url=url or None) or ""
            day = found.wall.date() if (found := days.moment(guess)) else None
    return day


def _language(thing: Mapping[str, Any], meta: Mapping[str, str], tree: Any) -> str:  # noqa: ANN401
    root = tree.getroottree().getroot()
    return (
        _text(thing.get("inLanguage"))
        or root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or _first(meta, "og:locale", "content-language", "dc.language")
    ).replace("_", "-")


def _guess(tree: Any, found: str) -> str:  # noqa: ANN401
    """The title that was found among the headings, unless the page's own title knows nothing of it."""
    own = next((" ".join(element.text_content().split()) for element in tree.iter("title")), "")
    return found if not own or bare(found) in bare(own) or bare(own) in bare(found) else _SITE.sub("", own)


def _title(tree: Any, written: str, publisher: str) -> str:  # noqa: ANN401
    """The title as the page's first heading has it, where what is written for machines is that and more, or less.

    Written for machines, a title may have the site's name behind it or a column's before it, and may be cut off.
    """
    title = " ".join(written.split())[:_LONGEST]
    parts = sorted(map(bare, _SITES.split(title)), key=len)
    for heading in list(tree.iter("h1"))[:3]:
        words = " ".join(heading.text_content().split())
        cut_off = len(title) >= _CUT and bare(words).startswith(bare(title.rstrip(" .…")))
        if bare(words) and len(words) < _LONGEST and (bare(words) == parts[-1] or cut_off):
            return words
    site = _SITE.search(title)
    return title[: site.start()] if site and publisher and bare(site[1]) in bare(publisher) else title
