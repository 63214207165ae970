"""What happened then: the clause that a time dates, in the text's own words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout import read
from readout.headlines import LONGEST, Headlines, shorten, words_of
from readout.layout import lay_out, plain
from readout.records import Reading, Timex

PUBLISHED = date(2019, 11, 20)


def told(text: str) -> list[tuple[str, bool]]:
    """The headline of each dated time in a text, and whether it is only that of a report."""
    reading = read(text, published=PUBLISHED, toward=False)
    headlines = Headlines(plain(text), reading)
    found = [headlines.of((t.start, t.end)) for t in reading.times if t.earliest]
    return [(words_of(text, headline), headline.report) for headline in found if headline]


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("The bridge reopened on Tuesday.", "The bridge reopened"),
        ("On Tuesday, the bridge reopened after a repair.", "The bridge reopened after a repair"),
        ("The council on Monday voted to mend the bridge.", "The council voted to mend the bridge"),
        ("The bridge, which collapsed in 2008, is closed.", "The bridge collapsed"),
        ("The Phase 1 deal was announced in October, and prices fell.", "The Phase 1 deal was announced"),
        ("Nobody came to Wednesday’s debate in Atlanta.", "Wednesday’s debate in Atlanta"),
        ("They built it under the 2014 agreement with the city.", "The 2014 agreement with the city"),
        ("Court papers obtained by our reporter on Monday showed a plan.",
         "Court papers obtained by our reporter showed a plan"),
        ("They like the old keyboard that Apple released in 2014.", "The old keyboard that Apple released"),
        ("It lost in a state Trump won by 30 points in 2016.", "Trump won by 30 points"),
        ("The launch day is Tuesday.", "The launch day is Tuesday"),
        ("No one has crossed it since 2014.", "No one has crossed it since 2014"),
        ("The odds of getting full funding in 2020 were dwindling.", "The odds of getting full funding were dwindling"),
        ("On one of those nights — April 26, 2016 — they got a strong signal.", "They got a strong signal"),
        ("VISIT the fair, Oct. 11–21, in the harbour.", "VISIT the fair, Oct. 11–21, in the harbour"),
        ("The hosts won it 2-1 and kept their first cup since 2011.",
         "The hosts kept their first cup since 2011"),
        ("Ties have been at their lowest point since 2014.", "Ties have been at their lowest point since 2014"),
        ("The agency’s request is for $22.6bn and a new moon flight in 2024.",
         "The agency’s request is for $22.6bn and a new moon flight"),
    ],
)  # fmt: skip
def test_a_time_is_told_by_the_clause_that_it_dates(text: str, headline: str) -> None:
    """The finite verb that it hangs on with its subject, without the time; or the phrase that it is a part of."""
    assert told(text) == [(headline, False)]


def test_each_time_of_a_sentence_has_its_own_clause() -> None:
    """Where one clause ends, the next one's headline begins."""
    text = "The smaller model was updated in July, while the larger models were replaced in May."
    assert told(text) == [("The smaller model was updated", False), ("The larger models were replaced", False)]


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ('"We are ready to work with any leader," the minister said on Wednesday.', "The minister said …"),
        ("Ada Lovelace said on Tuesday that the bridge was open.", "Ada Lovelace said …"),
        ("In a statement released on Monday, the firm had few words.", "A statement released …"),
    ],
)
def test_a_day_on_which_something_was_only_said_is_that_of_a_report(text: str, headline: str) -> None:
    """Source and cue are what is told; what is said is left out."""
    assert [(words.replace("\u00a0", " "), report) for words, report in told(text)] == [(headline, True)]


def test_a_clause_that_breaks_off_says_so() -> None:
    """What is told only in part, past an aside, ends in an ellipsis."""
    text = "Court papers obtained on Monday showed that the suit, with the number 3, was filed."
    assert told(text) == [("Court papers obtained showed\u00a0…", False)]


def test_acts_of_words_are_what_a_day_is_remembered_for() -> None:
    """Who announces or rules does something; and what is reported in passing is not speech."""
    assert told("The firm announced on Monday a plan to close.") == [("The firm announced a plan to close", False)]
    assert told("A case of plague was reported in June.") == [("A case of plague was reported", False)]


def test_what_somebody_says_happened_is_told_without_them() -> None:
    """Inside a quote, source and cue are cut out; words in quotation marks keep them."""
    assert told("“The bridge reopened on Tuesday,” Ada Lovelace said.") == [("“The bridge reopened”", False)]
    assert told("Ada Lovelace said that the bridge reopened on Tuesday.") == [("The bridge reopened", False)]


def test_a_long_clause_is_cut_at_a_word() -> None:
    """No word is cut in two, none of the little ones stands last, and an ellipsis says that more follows."""
    assert shorten("The bridge over the river reopened", 20) == ("The bridge", True)
    assert shorten("The bridge", 20) == ("The bridge", False)
    text = "The council voted on Monday to mend " + "the old iron bridge " * 9 + "at once."
    ((words, _),) = told(text)
    assert words.endswith("\u00a0…")
    assert len(words) <= LONGEST + 2
    assert words.removesuffix("\u00a0…").split()[-1] in text.split()


@settings(deadline=None, max_examples=60)
@given(
    st.text(max_size=120)
    | st.lists(
        st.sampled_from(["The", "council,", "which", "(was)", "voted", "on", "Tuesday;", "that", "’s", "“of”", "."]),
        max_size=25,
    ).map(" ".join),
    st.data(),
)
def test_every_word_is_the_texts(text: str, data: st.DataObject) -> None:
    """Whatever the text and the time, a headline is made of spans of its sentence, in order but for a report's."""
    layout = lay_out(text)
    if not layout.sentences:
        return
    sentence = data.draw(st.sampled_from(layout.sentences))
    start = data.draw(st.integers(sentence.start, sentence.end - 1))
    end = data.draw(st.integers(start + 1, sentence.end))
    reading = Reading(layout, times=(Timex(start, end, "DATE", "X"),))
    headline = Headlines(plain(text), reading).of((start, end))
    if headline is None:
        return
    at = sentence.start
    for first, last in headline.spans:
        assert at <= first < last <= sentence.end
        at = last
    words_of(plain(text), headline)
