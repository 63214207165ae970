"""Words that a reader typed, found in the text; corrections in words."""

from __future__ import annotations

from datetime import date

import pytest
from building import ARTICLE, READING
from hypothesis import given
from hypothesis import strategies as st
from test_corrections_kept import one_of_each

from readout.corrections.places import kind_of, locate
from readout.corrections.wording import told
from readout.errors import CorrectionError
from readout.layout import lay_out

TEXT = ARTICLE.text
LAYOUT = READING.layout


def words(typed: str, near: int = 0) -> list[str]:
    """The text's own words at the places that are found."""
    return [TEXT[start:end] for start, end in locate(TEXT, LAYOUT, typed, near)]


def test_words_are_found_however_they_are_written() -> None:
    """Other quotation marks, other spaces and a line break make no difference."""
    assert words("She added that “bad  signs”\nwere to blame") == ['She added that "bad signs" were to blame']
    assert words("  Traffic was terrible. ") == ["Traffic was terrible."]


def test_an_ellipsis_parts_stretches() -> None:
    """Each stretch is found after the one before; one that is not there after it is said."""
    assert words('"They are gone," … "for good."') == ['"They are gone,"', '"for good."']
    with pytest.raises(CorrectionError, match="after the words before it"):
        words('"for good." … "They are gone,"')


def test_an_ellipsis_of_the_article_parts_nothing() -> None:
    """Words that stand in the article with their ellipsis are one stretch."""
    text = "Ada said “It was … a bridge” and left.\n"
    assert locate(text, lay_out(text), "It was … a bridge") == ((10, 27),)


def test_the_nearest_of_two_is_meant() -> None:
    """Words that stand twice are found where the reader was."""
    text = "The rain fell.\n\nAda walked. The rain fell.\n"
    layout = lay_out(text)
    assert locate(text, layout, "The rain fell", near=0) == ((0, 13),)
    assert locate(text, layout, "The rain fell", near=40) == ((28, 41),)


def test_a_paragraphs_end_cuts_a_stretch() -> None:
    """Words over two paragraphs are two spans."""
    assert len(locate(TEXT, LAYOUT, "People cheered. Traffic was terrible.")) == 2


@pytest.mark.parametrize("typed", ["", "  ", "…", " … … "])
def test_no_words_are_said(typed: str) -> None:
    """Nothing to find costs a sentence that says what to do."""
    with pytest.raises(CorrectionError, match="Copy them"):
        words(typed)


@given(st.text(max_size=60))
def test_whatever_is_typed(typed: str) -> None:
    """It is found inside the body, or a sentence says that it is not there."""
    try:
        spans = locate(TEXT, LAYOUT, typed)
    except CorrectionError:
        return
    assert all(LAYOUT.body[0] <= start < end <= LAYOUT.body[1] for start, end in spans)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("The bridge 🌉 is safe, and I can't praise it enough,", "direct"),
        ('"The bridge 🌉 is safe, and I can\'t praise it enough,"', "direct"),
        ('"bad signs" were to blame', "mixed"),
        ("the toll would fall", "indirect"),
    ],
)
def test_the_kind_is_seen_from_the_marks(typed: str, kind: str) -> None:
    """Inside marks is direct, partly inside is mixed, without marks is a paraphrase."""
    assert kind_of(TEXT, LAYOUT, locate(TEXT, LAYOUT, typed)) == kind


def test_every_correction_is_a_sentence() -> None:
    """Each kind says what it says, and names what it is about."""
    said = [told(one) for one in one_of_each()]
    assert len(set(said)) == len(said)
    assert all(sentence.endswith(".") for sentence in said)
    assert said[0].startswith("Nobody says “The bridge")
    assert said[3].startswith("Zoe says “")
    assert "1958" in said[6]
    assert f"Published on {date(2020, 3, 6).day} March 2020." in said
