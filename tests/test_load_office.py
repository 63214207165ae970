"""Word documents, e-books and mails: the text in its order, without notes, covers, signatures and quoting marks."""

from __future__ import annotations

import base64
from datetime import date
from email.message import EmailMessage

import pytest
from loading import LEAD, PARAGRAPHS, SECOND, THIRD, TITLE, docx, epub, mail, page, pdf, samples

from readout import load
from readout.load.mail import read as read_mail
from readout.load.strings import author

_CORE = (
    "<cp:coreProperties xmlns:cp='c' xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{title}</dc:title>"
    "<dc:creator>Ada Byron</dc:creator></cp:coreProperties>"
)


def run(text: str, style: str = "") -> str:
    """A paragraph of a Word document."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_document_gives_its_title_and_its_author() -> None:
    """A heading on top that the properties repeat is the title and none of the text."""
    article = load(docx([TITLE, *PARAGRAPHS], more={"docProps/core.xml": _CORE.format(title=TITLE)}), name="a.docx")

    assert (article.title, article.byline) == (TITLE, "Ada Byron")
    assert article.text.split("\n\n") == list(PARAGRAPHS)


def test_a_document_that_a_program_named_has_no_title() -> None:
    """ "Document1" is what a program called it, and a broken properties file says nothing."""
    for core in (_CORE.format(title="Document1"), "<broken"):
        assert load(docx(more={"docProps/core.xml": core}), name="a.docx").title == ""


def test_what_was_deleted_from_a_document_stays_deleted() -> None:
    """Tracked deletions are not read, insertions are; tabs and breaks are spaces and lines."""
    body = (
        f"{run(LEAD)}<w:p><w:del><w:r><w:delText>Secret.</w:delText></w:r></w:del><w:ins><w:r><w:t>Added.</w:t></w:r>"
        "</w:ins></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell one</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>"
        "Cell two</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )

    assert load(docx(body=body), name="a.docx").text.split("\n\n") == [LEAD, "Added.", "Cell one", "Cell two"]


def test_a_book_gives_its_chapters_in_order_and_what_it_says_of_itself() -> None:
    """Chapters follow the spine, covers and contents are passed over, metadata is read."""
    said = (
        f"<dc:title>{TITLE}</dc:title><dc:creator>Ada Byron</dc:creator><dc:creator>C. B.</dc:creator>"
        "<dc:publisher>The Paper</dc:publisher><dc:date>2016-11-09T00:00:00Z</dc:date><dc:language>en-GB</dc:language>"
    )
    article = load(epub([[LEAD, SECOND], [], [THIRD]], said=said), name="a.epub")

    assert article.text.split("\n\n") == list(PARAGRAPHS)
    assert (article.title, article.byline, article.publisher) == (TITLE, "Ada Byron, C. B.", "The Paper")
    assert (article.published, article.language) == (date(2016, 11, 9), "en")


def test_a_mail_gives_its_subject_its_sender_and_its_day() -> None:
    """The day is the sender's own; signature, footer and quoting marks are left out."""
    body = f"> {LEAD}\n> \n> {SECOND}\n\n{THIRD}\n\nUnsubscribe here.\n\n-- \nAda\n+1 23\n"
    article = load(mail(body), name="a.eml")

    assert article.text.split("\n\n") == list(PARAGRAPHS)
    assert (article.title, article.byline, article.published) == (TITLE, "Ada Byron", date(2016, 11, 9))


def test_a_line_on_top_does_not_end_a_newsletter() -> None:
    """ "View in your browser" above the text is left out alone."""
    body = f"View this newsletter in your browser\n\n{LEAD}\n\n{SECOND}"

    assert load(mail(body), name="a.eml").text.split("\n\n") == [LEAD, SECOND]


def test_a_forwarded_mail_has_the_subject_without_its_marks() -> None:
    """ "Fwd: Re:" is no title."""
    data = mail(LEAD).replace(b"Subject: ", b"Subject: Fwd: RE: ")

    assert load(data, name="a.eml").title == TITLE


def test_the_page_of_a_mail_is_read_where_the_text_is_short() -> None:
    """Many mails say "see the HTML version" in their plain text."""
    message = EmailMessage()
    message["Subject"], message["From"] = TITLE, "Ada Byron <a@example.org>"
    message.set_content("See the HTML version.")
    message.add_alternative(page(paragraphs=[LEAD + SECOND, SECOND + THIRD]), subtype="html")

    assert load(message.as_bytes(), name="a.eml").text.split("\n\n") == [LEAD + SECOND, SECOND + THIRD]


def test_what_is_attached_is_read_where_the_mail_is_empty() -> None:
    """An empty mail with a document is that document; mails within mails end somewhere."""
    message = EmailMessage()
    message["Subject"] = TITLE
    message.add_attachment(docx(), maintype="application", subtype="octet-stream", filename="a.docx")
    assert load(message.as_bytes(), name="a.eml").text.split("\n\n") == list(PARAGRAPHS)

    inner = samples()["a.docx"]
    for _ in range(5):
        outer = EmailMessage()
        outer["Subject"] = "x"
        outer.add_attachment(inner, maintype="application", subtype="octet-stream", filename="a.eml")
        inner = outer.as_bytes()
    assert load(inner, name="a.eml").text


def test_encodings_of_mails_are_undone() -> None:
    """Base64, quoted-printable, encoded subjects and declared charsets give the same words."""
    words = f"{LEAD} Élysée."
    message = EmailMessage()
    message["Subject"] = "Élysée"
    message.set_content(words, charset="iso-8859-1", cte="quoted-printable")
    coded = base64.b64encode(words.encode()).decode()
    by_hand = mail(coded).replace(b"Content-Transfer-Encoding: 8bit", b"Content-Transfer-Encoding: base64")

    assert load(message.as_bytes(), name="a.eml").text == words
    assert load(message.as_bytes(), name="a.eml").title == "Élysée"
    assert load(by_hand, name="a.eml").text == words


def test_a_page_saved_as_one_file_keeps_its_address() -> None:
    """A page as browsers save it (.mhtml) gives the page's title and address."""
    data = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/talks\nSubject: x\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="B"\n\n--B\nContent-Type: text/html\n'
        f"Content-Transfer-Encoding: 8bit\n\n{page(paragraphs=[LEAD + SECOND, THIRD + LEAD])}\n--B--\n"
    ).encode()
    article = load(data, name="a.mhtml")

    assert (article.title, article.url, article.byline) == (TITLE, "https://example.org/talks", "")
    assert article.text.split("\n\n") == [LEAD + SECOND, THIRD + LEAD]


def test_broken_headers_cost_no_text() -> None:
    """A day that is none and an address without an end leave their fields empty."""
    data = b'From: "Ada <\nDate: Some day\nSubject: =?x?Q?=FF?=\nMIME-Version: 1.0\n\n' + LEAD.encode()

    article = read_mail(data, name="a.eml")

    assert article.text == LEAD
    assert article.published is None


def test_a_pdf_in_a_mail_is_read() -> None:
    """The attachment's own kind is found by its bytes."""
    from loading import column

    message = EmailMessage()
    message["Subject"] = TITLE
    message.add_attachment(pdf([column([LEAD])]), maintype="application", subtype="octet-stream", filename="noname")

    assert load(message.as_bytes(), name="a.eml").text == LEAD


def test_a_chapter_that_cannot_be_read_costs_no_others() -> None:
    """An empty chapter and one of zeros are passed over; a declared encoding does not stop a chapter."""
    broken = {"OPS/c1.xhtml": b"", "OPS/c2.xhtml": bytes(range(32))}
    declared = {"OPS/c1.xhtml": f"\n<?xml version='1.0' encoding='latin-1'?><html><body><p>{SECOND}</p></body></html>"}

    assert load(epub([[LEAD], [SECOND], [THIRD]], more=broken), name="a.epub").text == LEAD
    assert load(epub([[LEAD], [SECOND]], more=declared), name="a.epub").text.split("\n\n") == [LEAD, SECOND]


@pytest.mark.parametrize(
    ("noted", "byline"),
    [
        ("Ada Byron", "Ada Byron"),
        ("Reuters", "Reuters"),
        ("python-docx", ""),
        ("ab1234", ""),
        ("Microsoft Office User", ""),
    ],
)
def test_a_program_and_a_login_are_no_author(noted: str, byline: str) -> None:
    """What a program wrote into the properties is no byline."""
    assert author(noted) == byline
