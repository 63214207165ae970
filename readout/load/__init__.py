"""Open what people have: a web page, a PDF, a Word document, a mail, an e-book, a text. Nothing is ever fetched.

One room per format. What a file is, its first bytes say, not its suffix alone (`kinds.py`). A room takes bytes and
gives an `Article`; what it can't open it says in a sentence (`FileError`). `load` works in this process, with limits
on sizes; `readout.load.guarded` opens a stranger's file in a process of its own, with limits of memory and time.

A room's libraries are imported when its first file comes: a text needs none, and the dashboard starts without them.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from dataclasses import replace
from pathlib import PurePath

from readout.days import if_taken
from readout.errors import ArticleError, FileError
from readout.language import is_english
from readout.load.head import with_head
from readout.load.kinds import kind_of
from readout.load.limits import MOST_BYTES, MOST_CHARACTERS
from readout.load.strings import tidy
from readout.records import Article

__all__ = ["load"]

_SHOWN = 80
_WITH_HEAD = ("text", "docx", "pdf")
"""Kinds of files that have the head of an article in their text, where they have one."""


def load(data: bytes, *, name: str, url: str | None = None) -> Article:
    """Open a file as an article.

    Args:
        data: the file's bytes.
        name: the file's name, for messages and, where the bytes leave it open, for what kind of file it is.
        url: where the page was, if it is known.

    Returns:
        The article: its text in paragraphs parted by blank lines, and of its title, byline, publisher, day of
        publication, language and address what the file itself says.

    Raises:
        ArticleError: if no article can be read from it; the message says why, and what to do.
    """
    shown = _shown(name)
    try:
        _admit(data, shown)
        kind = kind_of(data, shown)
        room = importlib.import_module(f"readout.load.{kind}")
        article: Article = room.read(data, name=shown, url=url)
    except ArticleError:
        raise
    except MemoryError as trouble:
        raise FileError(
            f"{shown} needs more memory than a file may take. Paste the article's text instead."
        ) from trouble
    except Exception as trouble:
        # The rooms lean on libraries that meet broken files with errors of every kind; a person can do the same
        # about all of them.
        raise FileError(
            f"{shown} is damaged or is not what it seems, and can't be read. "
            "Save it again where it came from, or paste the article's text."
        ) from trouble
    article = _finished(article, name, url, shown)
    return with_head(article) if kind in _WITH_HEAD else article


def _admit(data: bytes, shown: str) -> None:
    if not data.strip(b"\0 \t\r\n"):
        raise FileError(f"{shown} is empty. Choose another file, or paste the article's text.")
    if len(data) > MOST_BYTES:
        raise FileError(
            f"{shown} is larger than {MOST_BYTES // 1_000_000} MB. Take the article out of it, or paste its text."
        )


def _finished(article: Article, name: str, url: str | None, shown: str) -> Article:
    text = tidy(article.text).strip()
    if not re.search(r"\w", text):
        raise FileError(f"{shown} has no text in it. Choose another file, or paste the article's text.")
    if len(text) > MOST_CHARACTERS:
        raise FileError(
            f"{shown} has {len(text):,} characters, more than Readout reads at once. "
            "Take the part that you want to read, and open it or paste it."
        )
    address = url or article.url
    return replace(
        article,
        text=text,
        name=_handle(name),
        title=_line(article.title),
        byline=_line(article.byline),
        publisher=_line(article.publisher),
        published=if_taken(article.published),
        language=_language(article.language, text),
        url=address if re.match(r"https?://[^\s/]\S*$", address) else "",
    )


def _language(said: str, text: str) -> str:
    """The language as the file says; many say English of what is not, since their template did."""
    code = said[:2].lower() if re.match(r"[A-Za-z]{2}(?![A-Za-z])", said) else ""
    return "" if code == "en" and not is_english(text) else code


def _line(words: str) -> str:
    """One line of metadata: no breaks, no end of a novel."""
    return " ".join(tidy(words).split())[:300]


def _shown(name: str) -> str:
    """The name as a message shows it: the last part, on one line, and short."""
    last = " ".join(tidy(re.split(r"[/\\]", name)[-1]).split()) or "The file"
    return last if len(last) <= _SHOWN else f"{last[: _SHOWN - 20]}…{last[-19:]}"


def _handle(name: str) -> str:
    """A handle for a URL and a file name: letters a to z, digits and hyphens."""
    stem = PurePath(re.split(r"[/\\]", tidy(name))[-1]).stem
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
