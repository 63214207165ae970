"""The shelf: a folder of articles, each a text file with a small metadata file of the same name beside it.

`NAME.txt` is the text, byte for byte as it was published; `NAME.toml` says what the text does not: title,
byline, publisher, republisher, published, region, language, url, licence, links, and, where the rules for the
body go wrong, `body_begins` and `body_ends` with its first and last words.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from readout.days import is_taken, refusal
from readout.errors import ArticleError
from readout.records import Article, Link, Span
from readout.shipped import DATA

SHIPPED = DATA / "articles"
"""The articles that come with Readout."""

_WORDS = ("title", "byline", "publisher", "republisher", "region", "language", "url", "licence")
_FIELDS = {*_WORDS, "published", "links", "body_begins", "body_ends"}
_ASKED_FOR = {
    "title": "its first words stand in for it",
    "publisher": "the head and the citations leave it out",
    "published": "times such as “last week” can't be placed on a calendar",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """An article and what its reader should know about how it was opened, a sentence each."""

    article: Article
    notices: tuple[str, ...] = ()


def folder() -> Path:
    """The folder of articles: what READOUT_ARTICLES names, else the one that ships."""
    return Path(os.environ.get("READOUT_ARTICLES") or SHIPPED)


def names(shelf: Path) -> list[str]:
    """The articles on a shelf, by name.

    Raises:
        ArticleError: if the folder can't be listed.
    """
    try:
        return sorted(path.stem for path in shelf.iterdir() if path.suffix == ".txt")
    except OSError as trouble:
        raise ArticleError(
            f"The folder of articles, {shelf}, can't be opened ({trouble.strerror}). "
            "Set READOUT_ARTICLES to a folder of .txt files, or leave it unset for the articles that ship."
        ) from trouble


def stamp(shelf: Path, name: str) -> tuple[float, ...]:
    """When the text and its metadata last changed: a key for caches."""
    paths = (shelf / f"{name}.txt", shelf / f"{name}.toml")
    return tuple(path.stat().st_mtime if path.exists() else 0.0 for path in paths)


def open_article(shelf: Path, name: str) -> Opened:
    """Open one article of the shelf.

    A metadata file that is missing, broken or short of a field costs no text: the article opens without what it
    would have said, and a notice says so.

    Raises:
        ArticleError: if there is no such text, or if it is not text.
    """
    path = shelf / f"{name}.txt"
    try:
        data = path.read_bytes()
    except OSError as trouble:
        raise ArticleError(
            f"There is no article “{name}” to open ({trouble.strerror}). Choose another one in the sidebar."
        ) from trouble
    text = decode(data, name=path.name)
    article = Article(text=text, name=name)
    source = shelf / f"{name}.toml"
    if not source.exists():
        return Opened(
            titled(article),
            (
                f"There is no {source.name} beside the text, so its title, date and publisher are not known. Make one "
                'with lines such as title = "…", publisher = "…" and published = 2016-11-09, then reload.',
            ),
        )
    try:
        given = tomllib.loads(source.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as trouble:
        return Opened(
            titled(article),
            (
                f"{source.name} can't be read: {str(trouble).rstrip('.')}. "
                "The text stands below without title, date and publisher; mend the file and reload.",
            ),
        )
    return _described(article, given, source.name)


def decode(data: bytes, *, name: str) -> str:
    """The text of a file, without changing a character of it.

    UTF-8 and UTF-16 with a byte order mark are recognised; what is neither is read as Windows-1252.

    Raises:
        ArticleError: if the bytes are no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            pass
    if b"\0" in data:
        raise ArticleError(f"{name} is not a text file. Save the article as plain text (UTF-8) and open it again.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _described(article: Article, given: dict[str, Any], source: str) -> Opened:
    notices = [
        f"{source} has a field “{field}” that Readout does not know." for field in sorted(given.keys() - _FIELDS)
    ]
    words: dict[str, str] = {}
    for field in _WORDS:
        value = given.get(field, "")
        if isinstance(value, str):
            words[field] = value.strip()
        else:
            notices.append(f"In {source}, “{field}” should be words in quotation marks; it is left out.")
    published = given.get("published")
    if isinstance(published, datetime):
        published = published.date()
    if published is not None and not isinstance(published, date):
        notices.append(f"In {source}, “published” should be a day such as 2016-11-09, without quotation marks.")
        published = None
    elif published is not None and not is_taken(published):
        notices.append(f"In {source}, “published” is left out: {refusal(published)}")
        published = None
    elif published is None:
        notices.append(f"{source} has no “published”: {_ASKED_FOR['published']}. Add published = YYYY-MM-DD.")
    notices += [
        f"{source} has no “{field}”: {_ASKED_FOR[field]}." for field in ("title", "publisher") if not words.get(field)
    ]
    links, bad = _links(given.get("links", []))
    if bad:
        notices.append(f"In {source}, each of “links” needs a label and an http or https url; the others are left out.")
    if words.get("url") and not _is_web(words["url"]):
        notices.append(f"In {source}, “url” should begin with http:// or https://; it is left out.")
        words["url"] = ""
    span, doubt = _body(article.text, given, source)
    notices += doubt
    article = replace(article, **words, published=published, links=links, body_span=span)
    return Opened(titled(article), tuple(notices))


def titled(article: Article) -> Article:
    """The article with a title: the first words of its text where it has none of its own."""
    if article.title:
        return article
    first = re.sub(r"<[^<>]{0,400}>", " ", article.text[:2000]).strip().partition("\n")[0].split()
    short = " ".join(first[:14]) + (" …" if len(first) > 14 else "")
    return replace(article, title=short[:140])


def _links(given: object) -> tuple[tuple[Link, ...], bool]:
    rows = given if isinstance(given, list) else [given]
    links = tuple(
        Link(row["label"].strip(), row["url"].strip())
        for row in rows
        if isinstance(row, dict)
        and isinstance(row.get("label"), str)
        and isinstance(row.get("url"), str)
        and _is_web(row["url"].strip())
    )
    return links, len(links) != len(rows)


def _is_web(url: str) -> bool:
    return re.match(r"https?://[^\s/]", url) is not None


def _body(text: str, given: dict[str, Any], source: str) -> tuple[Span | None, list[str]]:
    begins, ends = given.get("body_begins", ""), given.get("body_ends", "")
    if not begins and not ends:
        return None, []
    start = text.find(begins) if isinstance(begins, str) else -1
    last = text.rfind(ends) if isinstance(ends, str) else -1
    if start < 0 or last < 0 or (ends and last + len(ends) <= start):
        return None, [
            f"In {source}, the words of “body_begins” or “body_ends” do not stand in the text in this order, "
            "so the rules decide where the body is."
        ]
    return (start, last + len(ends) if ends else len(text)), []
