"""The head of a pasted text, a Word document or a PDF: read where it is clearly one, and none of the body."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loading import LEAD, PARAGRAPHS, SECOND, THIRD, column, docx, pdf

import readout
from readout.library.store import read_article
from readout.load.guarded import load as load_guarded
from readout.records import Article

TITLE = "Council approves a bridge that nobody thought would ever be built in the town, and then closes the old one"
BY, PAPER = "By Hannah Okafor and Tom Reilly", "Marlow Chronicle, 14 March 2023"
WHOLE = (TITLE, "Hannah Okafor, Tom Reilly", "Marlow Chronicle", date(2023, 3, 14))
BODY = "\n\n".join(PARAGRAPHS)


def facts(article: Article) -> tuple[object, ...]:
    """What is known of an article."""
    return article.title, article.byline, article.publisher, article.published


def opened(text: str, name: str = "pasted text.txt") -> Article:
    """A text, opened."""
    return readout.load(text.encode(), name=name)


@pytest.mark.parametrize(
    "head",
    [
        f"{TITLE}\n\n{BY}\n\n{PAPER}\n\n",
        f"{TITLE}\n{BY}\n{PAPER}\n\n",
        f"{TITLE}\n{BY}\n{PAPER}\n",
        f"{TITLE}\n\n{BY}, {PAPER}\n\n",
        f"{TITLE}\n\n{BY} | Marlow Chronicle | March 14, 2023 6:30 PM\n\n",
        f"{TITLE}\n\n{BY}\n\nMarlow Chronicle\n\nPublished: Tuesday, 14 March 2023, 18:30 GMT\n\n",
        f"Marlow Chronicle\n{TITLE}\n{BY.upper()}\n2023-03-14\n\n",
        f"{TITLE}\n\nA new crossing for Marlow\n\n{BY}, Staff Writers\n{PAPER}\n\n",
        f"{PAPER}\n\n{TITLE}\n\n{BY}\n\n",
    ],
)
def test_the_head_of_a_pasted_text_is_read(head: str) -> None:
    """Title, byline, publisher and day, however they are parted; the body begins below them and holds none of them."""
    article = opened(head + BODY)
    assert facts(article) == WHOLE
    assert article.body == BODY
    assert read_article(replace(article, title="Another")).layout.paragraphs[0].start == article.text.index(LEAD)


def test_the_head_of_a_document_is_read() -> None:
    """A Word document has it in one paragraph or in three, a PDF on lines; whoever typed it wrote no byline."""
    broken = "</w:t><w:br/><w:t>".join((TITLE, BY, PAPER))
    core = "<c xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>Olga Typist</dc:creator></c>"
    for paragraphs in ((TITLE, BY, PAPER, *PARAGRAPHS), (broken, *PARAGRAPHS)):
        article = readout.load(docx(paragraphs, more={"docProps/core.xml": core}), name="a.docx")
        assert facts(article) == WHOLE
        assert article.body == BODY
    lines = [part for one in ("A bridge", BY, PAPER, *PARAGRAPHS) for part in (*textwrap.wrap(one, 70), "")]
    article = readout.load(pdf([column([line.replace("“", '"').replace("”", '"') for line in lines])]), name="a.pdf")
    assert facts(article) == ("A bridge", *WHOLE[1:])
    assert article.body.startswith("The minister said")


def test_a_head_comes_through_the_wall() -> None:
    """Opened in a process of its own, the article says where its body is all the same."""
    article = opened(f"{TITLE}\n{BY}\n\n{BODY}")
    assert load_guarded(f"{TITLE}\n{BY}\n\n{BODY}".encode(), name="pasted text.txt") == article
    assert isinstance(article.body_span, tuple)


def test_a_title_alone_is_the_title_and_no_paragraph() -> None:
    """However long it is, and whatever a reader calls the article then."""
    article = opened(f"{TITLE}\n\n{BODY}")
    assert (article.title, article.body) == (TITLE, BODY)
    assert opened(f"Is the bridge safe?\n\n{BODY}").title == "Is the bridge safe?"


def test_the_foot_is_still_no_body() -> None:
    """Copyright below the text stands outside the body as it does without a head."""
    article = opened(f"{TITLE}\n{BY}\n\n{BODY}\n\nCopyright 2023 Marlow Chronicle")
    assert article.body == BODY


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"MARLOW, March 14 (Reuters) - {LEAD}\n\n{SECOND}",
        f"On 14 March 2023 the council met in the old town hall.\n\n{BODY}",
        f"{LEAD}\n\nBy Hannah Okafor\n\n{SECOND}",
        f"One\n\nTwo\n\nThree\n\n{BODY}",
        f"“No,” he said.\n\n{BODY}",
        f"“Never again”: {LEAD}\n\n{SECOND}",
        f"and so it went on\n\n{BODY}",
        "By Hannah Okafor",
        "A title\n\nAnother line\n\n14 March 2023",
        "Words",
    ],
)
def test_what_is_no_clear_head_stays_body(text: str) -> None:
    """Prose, a dateline, a list, a text of nothing else: nothing is made up of it, and nothing left out."""
    article = opened(text)
    assert facts(article) == ("", "", "", None)
    assert article.body_span is None


@pytest.mark.parametrize(
    "line", ["By land and by sea", "By Tuesday the council will have approved it", "Minutes of 1 May 2020"]
)
def test_a_title_that_looks_like_a_byline_is_a_title(line: str) -> None:
    """A headline may begin with "By" or hold a day."""
    assert facts(opened(f"{line}\n\n{BODY}"))[:3] == (line, "", "")


def test_what_the_file_says_holds_where_the_head_says_nothing() -> None:
    """Front matter keeps its title, and a heading of the body below it stays body."""
    article = opened(f"---\ntitle: The bridge\nauthor: Ada Byron\n---\n\nThe vote\n\n{BODY}", "a.md")
    assert facts(article) == ("The bridge", "Ada Byron", "", None)
    assert article.body.startswith("The vote")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([LEAD, SECOND, THIRD, "In May 2020, 300 came.", "Why?", "He left."]), min_size=1, max_size=8
    )
)
def test_sentences_are_never_taken_for_a_head(sentences: list[str]) -> None:
    """Whatever order they come in, a text of sentences is all body."""
    article = opened("\n\n".join(sentences))
    assert article.byline == article.publisher == ""
    assert all(sentence in article.body for sentence in sentences if len(sentence.split()) > 3)
