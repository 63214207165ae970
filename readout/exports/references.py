"""The article as an item for a reference manager, its quotes as notes on it: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from readout.citations import quotation, web_address
from readout.records import Article, Quote, Reading
from readout.version import provenance
from readout.wording import less_certain, origin

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A brace is named, not escaped: BibTeX counts braces even behind a backslash.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "$&%#_"},
    }
)


def to_bibtex(article: Article, reading: Reading, quotes: Sequence[Quote]) -> bytes:
    """The article as one BibTeX entry, its quotes in `annote`, a paragraph each; UTF-8."""
    notes = "\n\n".join(_tex(note) for note in _notes(article, reading, quotes))
    fields = {
        "author": f"{{{_tex(article.byline)}}}" if article.byline else "",
        "title": f"{{{_tex(article.title)}}}" if article.title else "",
        "howpublished": _tex(article.publisher),
        "publisher": _tex(article.republisher),
        "year": str(article.published.year) if article.published else "",
        "url": web_address(article),
        "language": _tex(article.language),
        "annote": notes,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if article.published:
        lines.append(f'  month = "{article.published.day}~" # {_MONTHS[article.published.month - 1]},')
    return _bytes("@misc{" + _key(article) + ",\n" + "\n".join(lines) + "\n}\n")


def to_ris(article: Article, reading: Reading, quotes: Sequence[Quote]) -> bytes:
    """The article as one RIS record, its quotes in `N1` lines; UTF-8 with CRLF line ends, as RIS asks."""
    when = article.published
    lines = [
        ("TY", "NEWS"),
        ("AU", article.byline.replace("*", "")),
        ("TI", article.title),
        ("T2", article.publisher.replace("*", "")),
        ("PB", article.republisher),
        ("PY", f"{when.year:04}" if when else ""),
        ("DA", f"{when:%Y/%m/%d}/" if when else ""),
        ("LA", article.language),
        ("UR", web_address(article)),
        *(("N1", note) for note in _notes(article, reading, quotes)),
    ]
    record = [f"{tag}  - {_line(value)}\r\n" for tag, value in lines if value]
    return _bytes("".join(record) + "ER  - \r\n")


def to_csl(article: Article, reading: Reading, quotes: Sequence[Quote]) -> bytes:
    """The article as CSL-JSON (a list of one item), its quotes in `note`, a line each."""
    item: dict[str, Any] = {
        "id": _key(article),
        "type": "article-newspaper",
        "title": article.title,
        "author": [{"literal": article.byline}] if article.byline else [],
        "container-title": article.publisher,
        "publisher": article.republisher,
        "URL": web_address(article),
        "language": article.language,
        "note": "\n".join(_notes(article, reading, quotes)),
    }
    if when := article.published:
        item["issued"] = {"date-parts": [[when.year, when.month, when.day]]}
    return _bytes(json.dumps([{k: v for k, v in item.items() if v}], ensure_ascii=False, indent=2) + "\n")


def _notes(article: Article, reading: Reading, quotes: Sequence[Quote]) -> list[str]:
    """The quotes, a line each, and last what read the article."""
    roles = {speaker.name: speaker.role for speaker in reading.speakers}
    notes = []
    for number, quote in enumerate(quotes, 1):
        who = ", ".join(filter(None, (quote.speaker, roles.get(quote.speaker))))
        where = f"{quote.kind}, para. {quote.paragraph + 1}, says {origin(quote.by)}"
        notes.append(f"{number}. {quotation(article.text, quote)} — {who} ({where})")
    if reading.held:
        notes.append(less_certain(len(reading.held)))
    return [*notes, provenance().sentence]


def _key(article: Article) -> str:
    """A citation key of plain letters and digits ("rtnews2016putin")."""
    year = str(article.published.year) if article.published else ""
    first = next((w for w in _ascii(article.title).split() if len(w) > 3), "")
    return re.sub(r"\W", "", _ascii(article.publisher or article.byline))[:24] + year + first or "article"


def _ascii(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", plain)


def _tex(words: str) -> str:
    return _line(words).translate(_TEX)


def _line(words: str) -> str:
    """In one line, so that nothing in it can pass for a field or the end of a record."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="replace")
