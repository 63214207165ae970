"""PDFs: lines become paragraphs again, and what every page repeats is none of them."""

from __future__ import annotations

import pytest
from loading import Line, column, pdf

from readout import load
from readout.load.lines import join, words_of

ONE = [
    "The minister said on Friday that the talks would go on until the end",
    'of the year. "Nobody has walked away," she told reporters in Geneva.',
    '"We are here."',
]
TWO = [
    "Her colleague, who arrived last week, called the mood better than in",
    "years and left without more words, as he had done after each meeting",
    "since the summer.",
]
TEXT = [" ".join(ONE), " ".join(TWO)]


def test_lines_are_joined_and_paragraphs_parted_by_their_distance() -> None:
    """Lines close to one another are a paragraph, a larger distance parts two; quotation marks stay apart."""
    article = load(pdf([column([*ONE, "", *TWO])]), name="a.pdf")

    assert article.text.split("\n\n") == TEXT


def test_paragraphs_are_parted_by_their_first_line() -> None:
    """Where nothing but a line set in parts them, paragraphs are found as well."""
    lines = column([*ONE, *TWO])
    set_in = [Line(line.text, line.y, 86 if line.text in (ONE[0], TWO[0]) else 72) for line in lines]

    assert load(pdf([set_in]), name="a.pdf").text.split("\n\n") == TEXT


def test_a_paragraph_goes_on_over_columns_and_pages() -> None:
    """Two columns are read one after the other, and a page's end is no paragraph's."""
    left = column(["The minister said on Friday that the", "talks would go on until the end of the"], size=8)
    right = column(["year, and that nobody had walked", "away, whatever the papers of the"], x=300, size=8)
    following = column(["other side had printed. She smiled."], size=8)

    assert load(pdf([left + right, following]), name="a.pdf").text == (
        "The minister said on Friday that the talks would go on until the end of the year, and that nobody had walked "
        "away, whatever the papers of the other side had printed. She smiled."
    )


def test_what_every_page_repeats_is_left_out() -> None:
    """Running heads, addresses below, page numbers and captions in small letters are no text."""
    pages = [
        [
            Line("The Daily Paper, 9 November 2016", 805, size=9),
            *column([*words, ""]),
            Line("Delegates at the table", 500, size=7),
            Line(f"https://example.org/talks {i}/2", 30, size=9),
            Line(f"Page {i} of 2", 20, size=9),
        ]
        for i, words in enumerate((ONE, TWO), 1)
    ]

    assert load(pdf(pages), name="a.pdf").text.split("\n\n") == TEXT


@pytest.mark.parametrize(
    ("info", "title", "byline"),
    [
        ("/Title (Talks go on in Geneva) /Author (Ada Byron)", "Talks go on in Geneva", "Ada Byron"),
        ("/Title (Microsoft Word - talks.docx) /Author (ab123)", "Talks go on in Geneva", ""),
        ("/Title (about:blank)", "Talks go on in Geneva", ""),
        ("", "Talks go on in Geneva", ""),
    ],
)
def test_the_title_is_what_stands_large_above_the_text(info: str, title: str, byline: str) -> None:
    """The title of the page goes before what a program noted, and the text begins below it."""
    lines = [Line("Talks go on in", 770, size=20), Line("Geneva", 748, size=20), *column([*ONE, "", *TWO])]
    article = load(pdf([lines], info=info), name="a.pdf")

    assert (article.title, article.byline) == (title, byline)
    assert article.text.split("\n\n") == TEXT


def test_a_day_of_making_is_no_day_of_publication() -> None:
    """When a PDF was made says nothing about when its article appeared."""
    assert load(pdf([column(ONE)], info="/CreationDate (D:20161109)"), name="a.pdf").published is None


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("They ate vege-", "tables.", "They ate vegetables."),
        ("the US-", "Russian talks", "the US-Russian talks"),
        ("a long-", "delayed talk", "a long-delayed talk"),
        ("a state-of-the-", "art table", "a state-of-the-art table"),
        ("the co-", "operation", "the cooperation"),
        ("the news-", "paper", "the newspaper"),
        ("he said.", "“We stay.”", "he said. “We stay.”"),
        ("“We stay,”", "he said", "“We stay,” he said"),
        ("the years 1990-", "1994", "the years 1990-1994"),
        ("he left—", "and came back", "he left—and came back"),
        ("he left –", "and came back", "he left – and came back"),
        ("第一行", "第二行", "第一行第二行"),
    ],
)
def test_hyphens_are_mended_and_quotes_not_glued(before: str, after: str, joined: str) -> None:
    """A hyphen that broke a word goes, one that joins words stays, and everything else gets a space."""
    assert join(before, after, words_of(f"{before}\n{after}")) == joined


def test_how_the_text_writes_a_word_elsewhere_decides() -> None:
    """A hyphen stays where the same word has one in the middle of a line."""
    assert join("the co-", "operation", words_of("Their co-operation grew.")) == "the co-operation"
