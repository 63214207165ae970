"""Opening articles: what is there is kept to the byte, what is missing or broken costs a sentence and no more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from readout.errors import ArticleError
from readout.shelf import SHIPPED, decode, names, open_article

GOOD = """
title = "A title"
publisher = "The Paper"
published = 2016-11-09
"""


def put(shelf: Path, text: str | bytes = "Words.", meta: str | None = GOOD) -> Path:
    """Put an article named "a" on a shelf."""
    (shelf / "a.txt").write_bytes(text.encode() if isinstance(text, str) else text)
    if meta is not None:
        (shelf / "a.toml").write_text(meta, "utf-8")
    return shelf


def test_the_text_is_kept_to_the_byte() -> None:
    """The shipped article's text is its file's bytes, from the first line break to the last word."""
    article = open_article(SHIPPED, "putin-on-trump-victory").article

    assert (SHIPPED / "putin-on-trump-victory.txt").read_bytes() == article.text.encode()
    assert article.published == date(2016, 11, 9)
    assert (article.publisher, article.republisher) == ("RT News", "Global Research")


@pytest.mark.parametrize(
    ("meta", "says"),
    [
        (None, "There is no a.toml beside the text"),
        ("title = ", "a.toml can't be read"),
        ('title = "A"\npublisher = "P"\n', "no “published”"),
        ('publisher = "P"\npublished = 2016-11-09', "no “title”"),
        ('title = 3\npublisher = "P"\npublished = 2016-11-09', "“title” should be words"),
        ('title = "A"\npublisher = "P"\npublished = "yesterday"', "should be a day such as 2016-11-09"),
        (
            'title = "A"\npublisher = "P"\npublished = 0001-01-01',
            "“published” is left out: Readout takes days from 1000",
        ),
        (GOOD + 'colour = "red"', "“colour”"),
        (GOOD + 'url = "javascript:alert(1)"', "“url” should begin with http"),
        (
            GOOD + '[[links]]\nlabel = "x"\nurl = "javascript:alert(1)"',
            "“links” needs a label and an http or https url",
        ),
        (GOOD + 'body_begins = "nowhere"', "do not stand in the text"),
    ],
)
def test_a_broken_metadata_file_costs_a_sentence(tmp_path: Path, meta: str | None, says: str) -> None:
    """Whatever is wrong with the metadata, the text opens, and one notice says what is wrong."""
    opened = open_article(put(tmp_path, meta=meta), "a")

    assert opened.article.text == "Words."
    assert any(says in notice for notice in opened.notices)


def test_a_good_metadata_file_costs_nothing(tmp_path: Path) -> None:
    """An article that lacks nothing has no notice."""
    opened = open_article(put(tmp_path), "a")

    assert opened.notices == ()


def test_metadata_overrules_the_body(tmp_path: Path) -> None:
    """`body_begins` and `body_ends` give the body's first and last words."""
    shelf = put(tmp_path, "Head. Body one. Body two. Foot.", GOOD + 'body_begins = "Body one"\nbody_ends = "two."')

    assert open_article(shelf, "a").article.body == "Body one. Body two."


def test_an_article_without_a_title_is_called_by_its_first_words(tmp_path: Path) -> None:
    """The first line stands in for a missing title, without its markup."""
    opened = open_article(put(tmp_path, "\n\n<b>First</b> words\n\nMore.", None), "a")

    assert opened.article.title.split() == ["First", "words"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("naïve “marks”".encode(), "naïve “marks”"),
        ("naïve".encode("utf-16"), "naïve"),
        ("na\u00efve".encode("cp1252"), "naïve"),
        (b"", ""),
        (b"a\r\nb", "a\r\nb"),
    ],
)
def test_decode(data: bytes, text: str) -> None:
    """UTF-8, UTF-16 and Windows-1252 are told apart, and line breaks stay as they are."""
    assert text == decode(data, name="a.txt")


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    """A picture under the name of a text gets a sentence."""
    with pytest.raises(ArticleError, match="is not a text file"):
        open_article(put(tmp_path, b"\x89PNG\r\n\x1a\n\0\0\0"), "a")


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    """A missing article and a missing shelf get a sentence each."""
    with pytest.raises(ArticleError, match="no article “b”"):
        open_article(tmp_path, "b")
    with pytest.raises(ArticleError, match="READOUT_ARTICLES"):
        names(tmp_path / "nowhere")
