"""Opening what people have: a file is what its bytes say, and what can't be opened gets a sentence and a way on."""

from __future__ import annotations

import importlib
import re
import socket
import struct
import zlib
from datetime import date
from typing import Any

import pytest
from loading import LEAD, PARAGRAPHS, SECOND, THIRD, docx, epub, mail, page, pdf, samples, zipped

import readout
from readout.errors import ArticleError, FileError
from readout.load.limits import MOST_BYTES


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.docx", "a.eml", "a.epub"])
def test_every_kind_gives_the_same_paragraphs(name: str) -> None:
    """The same three paragraphs come out of every kind of file, parted by blank lines."""
    article = readout.load(samples()[name], name=name)

    assert article.body.split("\n\n") == list(PARAGRAPHS)


@pytest.mark.parametrize("name", samples())
def test_the_bytes_decide_and_not_the_suffix(name: str) -> None:
    """Under a wrong suffix a file opens as what it is."""
    data = samples()[name]

    assert readout.load(data, name="a.pdf" if name == "a.docx" else "a.docx" if name != "a.txt" else "b.html").text


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file, whatever it points to, and no address makes a connection."""

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = '<link rel="canonical" href="http://example.org/x"><link rel="stylesheet" href="http://example.org/x.css">'
    readout.load(page(head=head).encode(), name="a.html", url="http://example.org/2016/11/09/talks")

    for name, data in samples().items():
        readout.load(data, name=name, url="http://example.org/")


def test_the_name_becomes_a_handle_and_the_address_stays() -> None:
    """The handle is safe in a URL and in a file name; an address that is none of the web is left out."""
    article = readout.load(b"Words.", name="../Où va l'Europe?.txt", url="https://example.org/a")

    assert (article.name, article.url) == ("ou-va-l-europe", "https://example.org/a")
    assert readout.load(b"Words.", name="a.txt", url="javascript:alert(1)").url == ""


def _png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_LOCKED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> /P -44 >> /ID [<41><41>]"
)
_EXTERNAL = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
_ENCRYPTION = (
    "<encryption xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><EncryptedData>"
    "<EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes128-cbc'/></EncryptedData></encryption>"
)

REFUSED: dict[str, tuple[str, bytes, str, str]] = {
    "empty": ("a.txt", b"", "is empty", "Choose another file"),
    "only zeros": ("a.txt", bytes(500), "is empty", "Choose another file"),
    "only spaces": ("a.txt", b" \n\n ", "is empty", "Choose another file"),
    "no words": ("a.txt", b"--- ... ---", "has no text in it", "paste the article's text"),
    "binary": ("a.txt", bytes(range(256)) * 9, "is not a text file", "paste its text"),
    "a program": ("a.html", b"\x7fELF\2\1\1" + bytes(90) + b"\1\2\3" * 90, "is not a text file", "paste its text"),
    "too large": ("a.txt", b"a " * (MOST_BYTES // 2 + 1), "is larger than 10 MB", "Take the article out of it"),
    "too long": ("a.txt", b"word " * 300_000, "has 1,499,999 characters", "Take the part that you want to read"),
    "a picture of 50,000 pixels": ("a.png", _png(50_000, 50_000), "is a picture", "Have its text recognised"),
    "a picture as a PDF": ("a.pdf", _png(5, 5), "is a picture", "Have its text recognised"),
    "an old Word document": ("a.doc", _OLE, "is a document of an old Office version", "Save it as .docx or PDF"),
    "a locked Word document": ("a.docx", _OLE + "EncryptedPackage".encode("utf-16-le"), "is locked with a password",
                               "Save a copy without one"),
    "rich text": ("a.rtf", b"{\\rtf1 words}", "is a rich text file", "Save it as .docx or plain text"),
    "packed": ("a.gz", b"\x1f\x8b\x08\0" + bytes(20), "is packed (gzip)", "Unpack it"),
    "a recording": ("a.mp3", b"ID3\x04" + bytes(20), "is a recording", "open a transcript"),
    "a zip": ("a.zip", zipped({"a.txt": "Words."}), "is a zip archive", "Unpack it"),
    "a spreadsheet": ("a.xlsx", zipped({"xl/workbook.xml": "<x/>"}), "is a spreadsheet", "Paste the article's text"),
    "slides": ("a.pptx", zipped({"ppt/presentation.xml": "<x/>"}), "is a set of slides", "Save it as PDF"),
    "OpenDocument": ("a.odt", zipped({"content.xml": "<x/>"}), "is an OpenDocument text", "Save it as Word"),
    "a broken zip": ("a.docx", docx()[:-40], "is broken or not complete", "Save it again where it came from"),
    "half a zip": ("a.epub", epub()[: len(epub()) // 2], "is broken or not complete", "Save it again"),
    "text named docx": ("a.docx", b"\x00\x01\x02\x03" * 99, "is broken", "Save it again"),
    "a zip bomb": ("a.docx", docx(more={"word/more.xml": bytes(30_000_000)}), "unpacks to far more", "paste its text"),
    "a zip of many parts": ("a.docx", docx(more={f"p{i}": b"" for i in range(6000)}), "unpacks to far more", "paste"),
    "outside entities": ("a.docx", docx(["&x;"], declared=_EXTERNAL), "asks for content from outside", "paste"),
    "entities of its own": ("a.docx", docx(["&b;"], declared=_LAUGHS), "asks for content from outside", "paste"),
    "an empty document": ("a.docx", docx([]), "has no text in it", "Choose another file"),
    "a locked PDF": ("a.pdf", pdf([[]], trailer=_LOCKED), "is locked with a password", "Save a copy without one"),
    "a scan": ("a.pdf", pdf([[], []]), "has no text in it, only pictures", "(OCR)"),
    "10,000 empty pages": ("a.pdf", pdf([[]] * 10_000), "has 10,000 pages", "PDF of their own"),
    "a broken PDF": ("a.pdf", b"%PDF-1.7\nnothing more", "is a broken PDF", "Save it again"),
    "a locked book": ("a.epub", epub(more={"META-INF/encryption.xml": _ENCRYPTION}), "is locked by whoever sold it",
                      "its own reading app"),
    "a book without parts": ("a.epub", zipped({"META-INF/container.xml": "<container/>"}), "is broken", "Get it again"),
    "a mail without text": ("a.eml", mail(""), "is a mail without text", "Open what is attached"),
    "for subscribers": ("a.html", page(
        head='<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>',
        paragraphs=["The talks go on."]).encode(), "for subscribers", "Sign in where it was published"),
    "a wall": ("a.html", page(paragraphs=["Subscribe to continue reading"]).encode(), "for subscribers", "Sign in"),
    "made by scripts": ("a.html", b"<html><head><script>" + b"var a = 1;" * 900 + b"</script></head><body>"
                        b"<div id=root></div></body></html>", "scripts fill in the browser", "Print the page to a PDF"),
    "asks for scripts": ("a.html", b"<html><body><noscript>You need to enable JavaScript to run this app."
                         b"</noscript></body></html>", "scripts fill in the browser", "Print the page to a PDF"),
    "a page without end": ("a.html", page(body="<br>" * 40_000).encode(), "is far larger than a page with an article",
                           "Open the article itself"),
    "a page without text": ("a.html", b"<html><head><title>A</title></head><body></body></html>",
                            "without an article", "Open the article itself"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_opened_gets_a_sentence_and_a_way_on(case: str) -> None:
    """The message names the file, says what is wrong with it, and what to do."""
    name, data, wrong, way_on = REFUSED[case]

    with pytest.raises(FileError) as refused:
        readout.load(data, name=name)

    message = str(refused.value)
    assert message.startswith(name)
    assert wrong in message
    assert way_on in message
    assert re.fullmatch(r"[^\n]{20,260}\.", message)


def test_a_long_name_is_shortened_in_the_message() -> None:
    """A name of many lines and characters does not take over the message."""
    with pytest.raises(ArticleError) as refused:
        readout.load(b"", name="../../" + "x\n" * 900 + "end.txt")

    assert len(str(refused.value)) < 200
    assert "end.txt is empty" in str(refused.value)


def test_a_library_that_stumbles_costs_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of a kind that nobody foresaw becomes a sentence; so does memory that ran out."""
    for trouble, says in ((RecursionError(), "is damaged"), (MemoryError(), "more memory"), (KeyError("x"), "damaged")):

        def fail(*_: Any, trouble: Exception = trouble, **__: Any) -> None:
            raise trouble

        monkeypatch.setattr(importlib.import_module("readout.load.text"), "read", fail)
        with pytest.raises(FileError, match=says):
            readout.load(b"Words.", name="a.txt")


@pytest.mark.parametrize(
    "data",
    [
        f"{LEAD}\n\n{SECOND}".encode(),
        f"{LEAD}\n\n{SECOND}".encode("utf-8-sig"),
        f"{LEAD}\r\n\r\n{SECOND}".encode("utf-16"),
        f"{LEAD}\n\n{SECOND}".encode("utf-16-le"),
        f"{LEAD}\n\n{SECOND}".encode("utf-16-be"),
        f"{LEAD}\n\n{SECOND}".encode("utf-32"),
        f"{LEAD}\n\n{SECOND}".encode("cp1252"),
    ],
)
def test_encodings_are_told_apart(data: bytes) -> None:
    """UTF-8 and UTF-16 with and without a byte order mark, UTF-32 and Windows-1252 give the same text."""
    assert readout.load(data, name="a.txt").text == f"{LEAD}\n\n{SECOND}"


def test_lines_wrapped_at_a_width_are_joined() -> None:
    """A paragraph that was wrapped is one line again; a list of short lines stays a list."""
    wrapped = (
        "The minister said on Friday that the talks would go on until the\nend of the year. “We stay,” she said, and "
        "the others nod-\nded.\n\nSecond paragraph.\n"
    )

    assert readout.load(wrapped.encode(), name="a.txt").text == (
        "The minister said on Friday that the talks would go on until the end of the year. “We stay,” she said, and "
        "the others nodded.\n\nSecond paragraph."
    )
    assert readout.load(b"One.\nTwo.\nThree.", name="a.txt").text == "One.\n\nTwo.\n\nThree."


def test_markdown_loses_its_marks_and_gives_its_front_matter() -> None:
    """Headings, emphasis, links, pictures, code and quotes are plain words; front matter is metadata."""
    text = (
        '---\ntitle: "Talks: a report"\nauthor: Ada Byron\ndate: 2016-11-09\nlang: en\n---\n# Talks #\n\n'
        "![A picture](x.png)\n**Bold** words and *slanted* ones, a [link](http://x.org/a_b), snake_case_words, "
        "2 * 3 * 4.\n\nUnder\n-----\n\n> “Quoted words,” he said.\n\n```\ncode\n```\n\n1. First\n2. Second\n"
    )
    article = readout.load(text.encode(), name="a.md")

    assert (article.title, article.byline, article.published) == ("Talks: a report", "Ada Byron", date(2016, 11, 9))
    assert article.text.split("\n\n") == [
        "Bold words and slanted ones, a link, snake_case_words, 2 * 3 * 4.",
        "Under",
        "“Quoted words,” he said.",
        "First",
        "Second",
    ]


def test_a_text_that_mentions_tags_is_a_text() -> None:
    """A text about HTML, or one that begins like a mail, is not taken for either."""
    assert readout.load(b"Use <p> and <div> and <span>.", name="a.txt").text == "Use <p> and <div> and <span>."
    assert readout.load(b"From: here to there\nWe went.", name="a.txt").text.startswith("From: here")
    assert readout.load(b"BM is a company. It grew.", name="a.txt").text == "BM is a company. It grew."


def test_a_text_with_a_title_elsewhere_keeps_it_empty() -> None:
    """What a file does not say stays empty; nothing is made up."""
    article = readout.load(f"{LEAD}\n\n{THIRD}".encode(), name="a.txt")

    assert (article.title, article.byline, article.publisher, article.published) == ("", "", "", None)
