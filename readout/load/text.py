"""Plain text and Markdown, and how bytes become text."""

from __future__ import annotations

import codecs
import re
from datetime import date

from readout.errors import FileError
from readout.load.limits import MOST_CHARACTERS
from readout.load.lines import unwrapped
from readout.load.strings import tidy
from readout.records import Article

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
_WRITTEN = re.compile(
    r"(?:utf-?8|utf-?16|iso-?8859|latin|windows-|cp\d|koi8|euc|shift|sjis|gb|big5|mac|ks_c|tis|us-ascii|ascii|iso-2022)",
    re.IGNORECASE,
)
"""Encodings that pages and mails are written in; Python knows others, some of them slow on purpose ("punycode")."""
_CONTROLS = re.compile("[\0-\x08\x0e-\x1f]")
_MOST_CONTROLS = 0.01
"""The share of control characters from which on bytes are no text: a stray one is a slip, many are a program."""
_COMMON = re.compile("[\\s!-~\u00c0-\u00ff\u2010-\u2026]")
_LEAST_PLAIN = 0.7
"""The share of common characters, at the least, of UTF-16 without a mark; the wrong order of bytes has next to none."""


def read(data: bytes, *, name: str, url: str | None = None) -> Article:
    """An article from plain text or Markdown."""
    text = tidy(decode(data, name=name))
    if len(text) > 2 * MOST_CHARACTERS:
        return Article(text)
    if name.lower().endswith((".md", ".markdown")):
        return _from_markdown(text)
    return Article(unwrapped(text))


def decode(data: bytes, *, name: str, declared: str = "") -> str:
    """The text of bytes: by their byte order mark, as UTF-16 without one, as UTF-8, as declared, else Windows-1252.

    UTF-8 goes before what is declared: bytes that are UTF-8 by chance hardly exist, wrong declarations do.

    Raises:
        FileError: if the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\0" in data[:4096]:
        return _without_mark(data, name)
    text = _decoded(data, declared or _declared_in(data))
    if len(_CONTROLS.findall(text[:100_000])) > _MOST_CONTROLS * len(text[:100_000]):
        raise _no_text(name)
    return text


def _declared_in(data: bytes) -> str:
    said = _XML.search(data[:400]) or _CHARSET.search(data[:8192])
    return said[1].decode("ascii") if said else ""


def _decoded(data: bytes, declared: str) -> str:
    for encoding in ("utf-8", declared, "cp1252"):
        try:
            if _WRITTEN.match(encoding):
                return data.decode(_wider(encoding))
        except (LookupError, ValueError):
            continue
    if _WRITTEN.match(declared) and _one_in_a_thousand_wrong(data, declared):
        return data.decode(_wider(declared), errors="replace")
    if _one_in_a_thousand_wrong(data, "utf-8"):
        return data.decode("utf-8", errors="replace")
    return data.decode("cp1252", errors="replace")


def _wider(encoding: str) -> str:
    """The encoding that browsers use under a declared name: what calls itself Latin-1 is Windows-1252."""
    name = codecs.lookup(encoding).name
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030"}.get(
        name, name
    )


def _one_in_a_thousand_wrong(data: bytes, encoding: str) -> bool:
    """Whether bytes are in an encoding but for slips: a page put together from two sources has some."""
    try:
        text = data.decode(_wider(encoding), errors="replace")
    except (LookupError, ValueError):
        return False
    return text.count("\ufffd") * 1000 < len(text)


def _without_mark(data: bytes, name: str) -> str:
    """Text in UTF-16 without a byte order mark."""
    even = data[: len(data) // 2 * 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = even.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:4000]
        if len(_COMMON.findall(sample)) >= _LEAST_PLAIN * len(sample) and "\0" not in sample:
            return text
    raise _no_text(name)


def _no_text(name: str) -> FileError:
    return FileError(
        f"{name} is not a text file. Open the article as a page, a PDF or a Word document, or paste its text."
    )


_FRONT = re.compile(r"\s*---[ \t]*\n(.{0,5000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?(?:^\1[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,300}\](?:\([^)\[\n]{0,2000}\)|\[[^\]\n]{0,100}\])")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\](?:\([^)\[\n]{0,2000}\)|\[[^\]\n]{0,100}\])")
_DEFINED = re.compile(r"^ {0,3}\[[^\]\n]{1,100}\]:[ \t]*\S[^\n]*$", re.MULTILINE)
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^\s<>]{1,2000})>")
_STRONG = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*\\])\1(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_\\])(_{1,3})(?=[^\s_])([^_\n]{1,1000}?)(?<=[^\s_\\])\1(?![\w_])")
_CODE = re.compile(r"(?<!`)(`{1,3})([^`\n]{1,500})\1")
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$", re.MULTILINE)
_UNDERLINE = re.compile(r"^([^\n]+)\n(?:=+|-{2,})[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(\S.*)$", re.MULTILINE)
_BEGINS = re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def _from_markdown(text: str) -> Article:
    said: dict[str, str] = {}
    front = _FRONT.match(text)
    if front:
        said = {
            key.strip().lower(): value.strip().strip("\"'")
            for key, _, value in (line.partition(":") for line in front[1].splitlines())
        }
        text = text[front.end() :]
    first = next((_inline(_heading(found)) for found in _HEADING.finditer(text) if found[1] == "#"), "")
    title = said.get("title") or first
    body = _plain(text)
    if first and body.startswith(first + "\n"):
        body = body[len(first) :]
    return Article(
        unwrapped(body),
        title=title,
        byline=said.get("author") or said.get("byline", ""),
        publisher=said.get("publisher", ""),
        published=_day(said.get("date") or said.get("published", "")),
        language=said.get("lang") or said.get("language", ""),
        url=said.get("url") or said.get("source", ""),
    )


def _heading(found: re.Match[str]) -> str:
    return found[2].rstrip(" \t#")


def _plain(text: str) -> str:
    """Markdown without its marks; every heading and item is a paragraph."""
    text = _DEFINED.sub("", _FENCE.sub("", text))
    text = _UNDERLINE.sub(r"\1\n", text)
    text = _RULE.sub("", _BEGINS.sub("", text))
    text = _ITEM.sub("\n", _HEADING.sub(lambda found: f"\n{_heading(found)}\n", text))
    return _inline(text).strip()


def _inline(text: str) -> str:
    text = _LINK.sub(r"\1", _AUTOLINK.sub(r"\1", _PICTURE.sub("", text)))
    text = _STRONG.sub(r"\2", text)
    text = _UNDERLINED.sub(r"\2", text)
    return _ESCAPED.sub(r"\1", _CODE.sub(r"\2", text))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None
