"""Mails and pages saved as mails (.eml, .mht): the standard library opens them, the other rooms read their parts."""

from __future__ import annotations

import contextlib
import re
from datetime import date
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Compat32
from email.utils import getaddresses, parsedate_to_datetime

from readout.errors import ArticleError, FileError
from readout.load.limits import MOST_NESTED
from readout.load.lines import unwrapped
from readout.load.strings import tidy
from readout.load.text import decode
from readout.records import Article

_SIGNATURE = re.compile(r"\n-- ?\n.*\Z", re.DOTALL)
_QUOTED = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
_PREFIX = re.compile(r"^(?:(?:re|fw|fwd|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)
_FOOTER = re.compile(
    r"\n[ \t]*(?:to\s+)?(?:unsubscribe\b|manage\s+your\s+(?:preferences|subscription)|you(?:['’]re|\s+are|\s+have)?\s+"
    r"(?:receiv|subscrib)\w+\s+(?:this|to)\b|view\s+(?:this\s+(?:e-?mail|newsletter)\s+)?in\s+(?:your\s+)?browser)[^\n]*",
    re.IGNORECASE,
)
_LOW = 0.6
"""How far down a text a footer begins; the same words at the top are a line to leave out."""
_LONGEST_HEADER = 2000
_ENOUGH = 200
"""Characters of plain text from which on a mail's page is not needed: many write "see the HTML version" there."""
_FROM_SPOOL = re.compile(rb"\A\s*>?From [^\n]*\n")


class _Policy(Compat32):
    """The library's own way, but that a header without end says nothing: to take one apart takes the square of it."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value if len(value) <= _LONGEST_HEADER else ""


_POLICY = _Policy()


def read(data: bytes, *, name: str, url: str | None = None, depth: int = 0) -> Article:
    """An article from a mail: its text, else its page, else what is attached.

    Raises:
        FileError: if none of them holds an article.
    """
    mail = message_from_bytes(_FROM_SPOOL.sub(b"", data.lstrip()), policy=_POLICY)
    article = _text_of(mail, name) or _page_of(mail, name) or _attached(mail, name, depth)
    if article is None:
        raise FileError(f"{name} is a mail without text. Open what is attached to it, or paste the article's text.")
    subject = _PREFIX.sub("", _header(mail, "Subject"))
    sender = next((who for who, _ in getaddresses([_header(mail, "From")]) if who), "")
    saved_page = mail.get_content_type() == "multipart/related" and bool(_header(mail, "Snapshot-Content-Location"))
    return Article(
        article.text,
        title=(article.title if saved_page else "") or subject or article.title,
        byline=article.byline or ("" if saved_page else sender),
        publisher=article.publisher,
        published=article.published if saved_page else _day(mail) or article.published,
        language=article.language or _header(mail, "Content-Language"),
        url=_header(mail, "Snapshot-Content-Location") or article.url,
    )


def _header(mail: Message, field: str) -> str:
    """A header's words, decoded; nothing where it is broken."""
    raw = next((str(value) for name, value in mail.raw_items() if name.lower() == field.lower()), "")
    # Headers should be ASCII; many programs write UTF-8, which the parser keeps as surrogates.
    plain = raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return " ".join(str(make_header(decode_header(plain))).split())
    except (ValueError, LookupError, HeaderParseError):
        return " ".join(plain.split())


def _day(mail: Message) -> date | None:
    """The day on which it was sent, where its sender was."""
    try:
        return parsedate_to_datetime(_header(mail, "Date")).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _parts(mail: Message, kind: str) -> list[Message]:
    return [
        part
        for part in mail.walk()
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment"
    ]


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text_of(mail: Message, name: str) -> Article | None:
    """The mail's plain text, if it is long enough to be the article or there is no page beside it."""
    texts = [
        tidy(decode(data, name=name, declared=str(part.get_content_charset() or "")))
        for part in _parts(mail, "text/plain")
        if (data := _bytes(part)).strip()
    ]
    text = _plain("\n\n".join(texts))
    if len(text) >= _ENOUGH or (text and not _parts(mail, "text/html")):
        return Article(text)
    return None


def _plain(text: str) -> str:
    text = _QUOTED.sub("", f"\n{text}")
    text = _SIGNATURE.sub("", text)
    low = next((found.start() for found in _FOOTER.finditer(text) if found.start() > _LOW * len(text)), len(text))
    return unwrapped(_FOOTER.sub("", text[:low]).strip())


def _page_of(mail: Message, name: str) -> Article | None:
    # The room of pages is costly to enter, and most mails do not need it.
    from readout.load import page

    for part in _parts(mail, "text/html"):
        data = _bytes(part)
        if data.strip():
            return page.read(data, name=name, charset=str(part.get_content_charset() or ""))
    return None


def _attached(mail: Message, name: str, depth: int) -> Article | None:
    """The first attachment that is an article."""
    from readout.load import load

    if depth >= MOST_NESTED:
        return None
    for part in mail.walk():
        if part is mail or part.is_multipart():
            continue
        data = _bytes(part)
        if data and part.get_content_maintype() != "image":
            with contextlib.suppress(ArticleError):
                return load(data, name=part.get_filename() or name)
    return None
