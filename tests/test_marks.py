"""Quotation marks: every style pairs by kind, paragraph by paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.layout import lay_out, plain
from readout.marks import quotations
from readout.records import QuotedSpan


def spans(text: str) -> tuple[QuotedSpan, ...]:
    """The quotations of a text laid out by rule."""
    return quotations(plain(text), lay_out(text))


def quoted(text: str) -> list[str]:
    """The quotations of a text, with their marks."""
    return [text[span.start : span.end] for span in spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will,” she said.", ["“We will,”"]),
        ('"We will," she said.', ['"We will,"']),
        ("‘‘We will,’’ she said.", ["‘‘We will,’’"]),
        ("''We will,'' she said.", ["''We will,''"]),
        ("``We will,'' she said.", ["``We will,''"]),
        ("«We will», she said.", ["«We will»"]),
        ("„We will“, she said.", ["„We will“"]),
        ("‘We will,’ she said.", ["‘We will,’"]),
        ("'We will,' she said.", ["'We will,'"]),
        ("他说：「我们会」。", ["「我们会」"]),
    ],
)
def test_every_style(text: str, expected: list[str]) -> None:
    """Each style of marks gives its quotation, marks included."""
    assert quoted(text) == expected


def test_apostrophes_are_no_marks() -> None:
    """Neither contractions, possessives nor letters left out open a quotation."""
    assert quoted("The workers' rights aren't Ada's, rock 'n' roll of the '90s, said the boys' mother.") == []


def test_possessive_inside_single_marks() -> None:
    """A possessive plural does not close a quotation in single marks."""
    assert quoted("‘It is the workers’ day,’ she said.") == ["‘It is the workers’ day,’"]


def test_badly_spaced_marks() -> None:
    """A mark on the wrong side of its space, or with none, pairs all the same."""
    assert quoted('that our ties with the US" was not our choice," however.') == ['" was not our choice,"']
    assert quoted('"We like the people,"the minister said. "All of them."') == [
        '"We like the people,"',
        '"All of them."',
    ]


def test_paragraph_end_closes() -> None:
    """An open quotation ends with its paragraph, and the next one opens anew."""
    text = "“First of all, we met.\n\n“Then we left,” she said."
    found = spans(text)
    assert [text[s.start : s.end] for s in found] == ["“First of all, we met.", "“Then we left,”"]
    assert [s.closed for s in found] == [False, True]


def test_an_odd_mark_stays_in_its_paragraph() -> None:
    """A mark too many spoils nothing outside its paragraph."""
    assert quoted('An odd " mark.\n\n"All well," she said.')[-1] == '"All well,"'


def test_outermost_only() -> None:
    """A quotation within a quotation belongs to it, whatever its marks."""
    assert quoted("“He said ‘no’ and “never” to us,” she said.") == ["“He said ‘no’ and “never” to us,”"]
    assert quoted('“It is a "thing" now,” she said.') == ['“It is a "thing" now,”']


def test_mixed_styles_close_each_other() -> None:
    """A curly mark closed by a straight one does not swallow what follows."""
    assert quoted('“We will," he said. "We must.”') == ['“We will,"', '"We must.”']


def test_inches_are_no_marks() -> None:
    """A mark after a figure measures something."""
    assert quoted('A 6" pipe and a 12" one.') == []


@given(st.text(alphabet=st.sampled_from(list("ab. \n\"'“”‘’«»„`,<>中\ud800")), max_size=120))
def test_any_text(text: str) -> None:
    """Quotations of any text are in order, apart, within a paragraph, and hold a letter."""
    found = spans(text)
    paragraphs = lay_out(text).paragraphs
    last = 0
    for span in found:
        assert last <= span.start < span.words[0] <= span.words[1] <= span.end
        assert any(p.start <= span.start and span.end <= p.end for p in paragraphs)
        assert any(c.isalnum() for c in text[span.words[0] : span.words[1]])
        last = span.end
