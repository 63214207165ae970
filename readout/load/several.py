"""Files of many articles, or of data: tables, JSON, feeds and other XML. Readout reads one article a file, and says so.

What a file is, its text says; the ending of its name decides only where the text leaves it open. An article that holds
a table, a sample of code or many commas is prose with something in it, and stays an article: here the whole text has
to be data.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter

from readout.errors import FileError

_TABLES = {"csv": "CSV", "tsv": "TSV", "tab": "TSV", "psv": "CSV"}
_JSON = {"json": "JSON", "jsonl": "JSON Lines", "ndjson": "JSON Lines", "geojson": "JSON", "ipynb": "JSON"}
_XML = frozenset(("xml", "rss", "atom", "rdf", "opml"))

_SPACE = re.compile(r"\s*")
_INSTRUCTION = re.compile(r"<\?[^<]*?\?>|<\?[^>]*>")
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^<>\[]{0,1000}+(?:\[[^\]]{0,4000}+\])?\s*+>")
_ROOT = re.compile(r"<(?:[\w.-]{1,60}:)?([A-Za-z_][\w.-]{0,60})(\s[^<>]{0,8000})?(/?)>")
_FEEDS = {"rss": "RSS", "rdf": "RSS", "feed": "Atom", "entry": "Atom"}
_LISTS = {"opml": "a list of feeds (OPML)", "urlset": "a sitemap", "sitemapindex": "a sitemap"}
_OF_FEEDS = re.compile(r"purl\.org/rss|my\.netscape\.com/rdf|www\.w3\.org/2005/Atom|purl\.org/atom|<(?:\w+:)?item\b")

_TOKEN = re.compile(
    r'[\s{}\[\],:]+|"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:\d[\d.eE+-]*|Infinity\b)|(?:true|false|null|NaN)\b', re.S
)
_FIELD = re.compile(r'"[^"\n]{0,200}"\s*:')
_LEAST = 0.9
"""The share of a text that has to be JSON for the whole to be taken for it; in an article, code is a part of it."""
_MOST_READ = 400_000
"""Characters that are looked at."""

_DELIMITERS = (",", ";", "\t", "|")
_MOST_ROWS = 400
_EVEN = 0.8
"""The share of rows that have as many columns as most."""
_SPACED = 0.1
"""The share of cells that begin with a space, at the most: after the commas of prose comes a space, in a table none."""
_PROSE = 12
"""Words of a row of one cell that is a paragraph."""
_NAME = re.compile(r"[^\W\d][\w .:/()#%&@'-]{0,39}")
_FIELD_NAME = re.compile(r"[a-z][a-z0-9]*(?:[_.-][a-z0-9]+)*|[a-z]+(?:[A-Z][a-z0-9]+)+")
_TYPED = re.compile(r"[.:/ +TZ%-]*+\d[\d.:/ +TZ%-]*+|[!-~]{1,200}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_KNOWN = frozenset((
    "abstract", "address", "article", "articletext", "author", "authors", "body", "byline", "category",
    "channel", "city", "content", "copy", "country", "created", "creator", "date", "datetime", "day",
    "description", "domain", "email", "fulltext", "guid", "headline", "hed", "html", "id", "image", "index",
    "key", "keywords", "label", "lang", "language", "lead", "link", "location", "maintext", "medium", "month",
    "name", "newspaper", "outlet", "paragraph", "pubdate", "publication", "published", "publisher", "quote",
    "section", "sentence", "sentiment", "site", "snippet", "source", "speaker", "story", "subject", "subtitle",
    "summary", "tags", "text", "time", "timestamp", "title", "topic", "topics", "type", "uri", "url", "value",
    "words", "year",
))  # fmt: skip
"""Names of columns, as collections of articles have them."""


def refuse(text: str, suffix: str, name: str) -> None:
    """Refuse a text that is no article but many of them, or data.

    Args:
        text: the whole text.
        suffix: the ending of the file's name, without its dot, in small letters.
        name: the file's name, for the message.

    Raises:
        FileError: if it is; the message says what it is and what to do.
    """
    start = text[:_MOST_READ]
    _refuse_xml(start, suffix, name)
    if what := json_of(start) or _JSON.get(suffix):
        raise FileError(f"{name} is data for programs ({what}). {_EACH}")
    if what := table_of(start) or _TABLES.get(suffix):
        raise FileError(f"{name} is a table ({what}). {_EACH}")


_EACH = (
    "Readout does not read many articles from one file yet: save each article as its own text or page and add those."
)


def _refuse_xml(text: str, suffix: str, name: str) -> None:
    at = past_comments(text, 0)
    while declared_type := _DOCTYPE.match(text, at):
        at = past_comments(text, declared_type.end())
    root = _ROOT.match(text, at)
    if root is None:
        if suffix in _XML and text.lstrip().startswith("<"):
            raise FileError(f"{name} is XML, and not of an article. Open the article's own page and save that.")
        return
    tag, said = root[1].lower(), root[2] or ""
    if tag == "html":
        return
    declared = text[:at].lstrip().startswith("<?xml") or "xmlns" in said or suffix in _XML
    # After its root a document goes on with another element; prose that speaks of an element goes on with words.
    nests = bool(root[3]) or text.startswith("<", past_comments(text, root.end()))
    if not nests and not declared:
        return
    if tag in _LISTS and nests:
        raise FileError(f"{name} is {_LISTS[tag]}, not an article. Open the articles that it leads to and add those.")
    if tag in _FEEDS and nests and (tag == "rss" or _OF_FEEDS.search(text[:20_000])):
        raise FileError(
            f"{name} is a feed ({_FEEDS[tag]}), a list of articles. "
            "Open the articles that it lists and add their addresses, or save their pages and add those."
        )
    if declared and tag not in _OF_PAGES:
        raise FileError(
            f"{name} is XML for programs (“{root[1]}”), not a page. Open the article's own page and save that."
        )


def past_comments(text: str, at: int) -> int:
    """Where a document goes on behind the spaces, comments and processing instructions that stand at a place."""
    while True:
        space = _SPACE.match(text, at)
        at = space.end() if space else at
        if text.startswith("<!--", at):
            end = text.find("-->", at + len("<!--"))
            if end < 0:
                return at
            at = end + len("-->")
        elif instruction := _INSTRUCTION.match(text, at):
            at = instruction.end()
        else:
            return at


_OF_PAGES = frozenset((
    "a", "article", "b", "blockquote", "body", "center", "div", "em", "h1", "h2", "h3", "head", "header", "i", "main",
    "p", "pre", "section", "span", "strong", "table", "title", "ul",
))  # fmt: skip
"""Elements of HTML that a piece of a page may begin with."""


def json_of(text: str) -> str:
    """“JSON” or “JSON Lines” where a text is nothing else, broken or cut off as it may be; else nothing."""
    bare = text.lstrip("\ufeff \t\r\n")
    if bare[:1] not in ("{", "["):
        return ""
    at = 0
    while at < len(bare) and (token := _TOKEN.match(bare, at)):
        at = token.end()
    # The last string of a file that was cut off has no end.
    read = len(bare) if bare[at : at + 1] == '"' else at
    if read < _LEAST * len(bare) or not (_FIELD.search(bare) or re.match(r'\[\s*[\[{"]', bare)):
        return ""
    lines = [line.strip() for line in bare.splitlines() if line.strip()]
    whole = [line for line in lines if line[0] in "{[" and line[-1] in "}]" and len(line) > 2]
    return "JSON Lines" if len(lines) > 1 and len(whole) >= len(lines) - 1 else "JSON"


def table_of(text: str) -> str:
    """“CSV” or “TSV” where a text is a table from its first row to its last; else nothing."""
    every = iter(text.lstrip("\ufeff").splitlines(keepends=True))
    lines = list(itertools.dropwhile(lambda line: not line.strip() or re.match(r"#|sep=.$", line.strip()), every))
    for delimiter in _DELIMITERS:
        if lines and delimiter in lines[0] and _is_table(lines, delimiter):
            return "TSV" if delimiter == "\t" else "CSV"
    return ""


def _is_table(lines: list[str], delimiter: str) -> bool:
    rows = _rows(lines, delimiter)
    if len(rows) < 2:
        return False
    header, records = rows[0], rows[1:]
    widths = Counter(map(len, rows))
    width = len(header)
    if width < 2 or widths[width] < _EVEN * len(rows):
        return False
    if any(len(row) == 1 and len(row[0].split()) >= _PROSE for row in rows):
        return False
    named = _are_names(header)
    known = sum(re.sub(r"[\W_]+", "", cell.casefold()) in _KNOWN for cell in header)
    if named and known > 1:
        return True
    inner = [cell for row in rows for cell in row[1:] if cell.strip()]
    if sum(cell[0] == " " for cell in inner) > _SPACED * len(inner):
        return False
    if named and known and all(_FIELD_NAME.fullmatch(cell) for cell in header):
        return True
    return width >= 3 and (named or (len(records) > 1 and _is_typed(lines, delimiter, width)))


def _is_typed(lines: list[str], delimiter: str, width: int) -> bool:
    """Whether rows without names above them are no accident of prose: a column has a number, a day, a word of ASCII or
    an address in nearly every row, and no comma is one within a number.
    """
    if delimiter == ",":
        lines = [_THOUSANDS.sub("", line) for line in lines]
    rows = [row for row in _rows(lines, delimiter) if len(row) == width]
    if len(rows) < _EVEN * len(_rows(lines, delimiter)):
        return False
    return any(
        sum(_TYPED.fullmatch(row[at].strip()) is not None for row in rows) >= _EVEN * len(rows) for at in range(width)
    )


def _rows(lines: list[str], delimiter: str) -> list[list[str]]:
    """The first rows, without empty ones; a tab before the first cell is an indent."""
    try:
        found = list(itertools.islice(csv.reader(lines, delimiter=delimiter), _MOST_ROWS))
    except csv.Error:
        found = [line.rstrip("\r\n").split(delimiter) for line in lines[:_MOST_ROWS]]
    found = [row for row in found if any(cell.strip() for cell in row)]
    if delimiter == "\t" and found and not found[0][0].strip():
        found = [list(itertools.dropwhile(lambda cell: not cell.strip(), row)) for row in found]
    return found


def _are_names(header: list[str]) -> bool:
    """Whether a row holds names of columns: short, all different, and no sentences; a number of its own may lead."""
    cells = [cell.strip() for cell in header]
    filled = [cell for cell in cells[1:] if cell] + [cell for cell in cells[:1] if cell]
    return (
        len(filled) >= len(cells) - 1
        and len(set(filled)) == len(filled)
        and all(_NAME.fullmatch(cell) and len(cell.split()) <= 4 for cell in filled)
    )
