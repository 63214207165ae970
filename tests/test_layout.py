"""Head, body and foot; paragraphs; sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.layout import lay_out, plain

PAGE = """A Title: Of Something

By <u>Some News</u> Another Site, November 09, 2016

The first paragraph says that it rains in the city.

The second one says a little more about that.

The third one ends the report on the rain.

The original source of this article is <u>Some News</u>

Copyright © Some News, 2016
"""


def paragraphs(text: str, title: str = "") -> list[str]:
    """The paragraphs of a text's body."""
    return [text[p.start : p.end] for p in lay_out(text, title=title).paragraphs]


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[s.start : s.end] for s in lay_out(text).sentences]


def test_head_and_foot_are_left_out() -> None:
    """Title, byline, source and copyright are no part of the body."""
    body = paragraphs(PAGE, "A Title: Of Something")
    assert [words.split()[1] for words in body] == ["first", "second", "third"]


def test_a_said_body_overrules() -> None:
    """A body that somebody marked out is taken as it is."""
    start = PAGE.index("The second")
    layout = lay_out(PAGE, body=(start, start + 10))
    assert [(p.start, p.end) for p in layout.paragraphs] == [(start, start + 10)]


def test_wrapped_lines_are_one_paragraph() -> None:
    """Lines wrapped at a width belong together where blank lines part the paragraphs."""
    assert paragraphs("One line\nand the next.\n\nAnother one.") == ["One line\nand the next.", "Another one."]


def test_long_lines_are_paragraphs() -> None:
    """Where lines are not wrapped, each line break parts paragraphs, blank lines or not."""
    long = "It rains. " * 20
    assert len(paragraphs(f"{long}\nAnother line.\n\nA third.")) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Smith met Gen. Jones at 5 p.m. in St. Louis.",
        "J. R. Smith lives in the U.S. with his dog.",
        "It rose by 3.5 percent, e.g. in Ohio.",
    ],
)
def test_one_sentence(text: str) -> None:
    """Abbreviations, initials and figures do not end a sentence."""
    assert sentences(text) == [text]


def test_closing_marks_stay_with_their_sentence() -> None:
    """A mark after the full stop belongs to the sentence before it."""
    assert sentences("“It rains.” He left. (So did I.) Then all went.") == [
        "“It rains.”",
        "He left.",
        "(So did I.)",
        "Then all went.",
    ]


def test_plain_keeps_offsets() -> None:
    """Markup and special spaces are blanked, one for one."""
    text = "a <u>b</u>\u00a0c"
    assert plain(text) == "a    b     c"
    assert len(plain(text)) == len(text)


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    """Paragraphs and sentences of any text are in order, within the text, and hold what they should."""
    layout = lay_out(text)
    last = 0
    for paragraph in layout.paragraphs:
        assert last <= paragraph.start < paragraph.end <= len(text)
        last = paragraph.end
    for sentence in layout.sentences:
        home = layout.paragraphs[sentence.paragraph]
        assert home.start <= sentence.start < sentence.end <= home.end


def test_a_first_sentence_that_lends_the_title_stays_in_the_body() -> None:
    """A title made of the first words costs the body nothing; a headline that repeats the title is left out."""
    sentence = "“We are ready.”\n\nIt was so."
    headline = "We are ready\n\nIt was so."

    assert len(lay_out(sentence, title="“We are ready.”").paragraphs) == 2
    assert len(lay_out(headline, title="We are ready").paragraphs) == 1


def test_a_word_is_no_abbreviation_for_having_its_letters() -> None:
    """ "Ill." may stand for Illinois; "ill." ends a sentence."""
    assert len(lay_out("He was ill. Nobody knew why.").sentences) == 2
    assert len(lay_out("He moved to Peoria, Ill. Nobody knew why.").sentences) == 1
