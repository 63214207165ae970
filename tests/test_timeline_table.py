"""The timeline's table: readings made by hand, so that each figure can be checked against the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.layout import lay_out
from readout.records import Article, Event, EventMention, Quote, Reading, Span, Timex, TimexType
from readout.tables.timeline import THE_REPORTER, by_voice, distance, flat, length, mark_at, timeline, undated

PUBLISHED = date(2016, 11, 9)
WAR = Event("Cold War", date(1947, 3, 12), date(1991, 12, 26), "approximate", note="A long rivalry.")
VOTE = Event("2016 US presidential election", date(2016, 11, 8), date(2016, 11, 8))
TEXT = """\
The election was on Tuesday, Ada Lovelace said. "This election ends the Cold War, and in 2014 nobody knew," she added.

"The election changed us last month," Alan Turing said on Wednesday. Earlier today he slept for years.

On Wednesday the <u>Cold War</u> was over.
"""


def place(words: str, after: int = 0) -> Span:
    """Where words stand in the text, the first time after an offset."""
    start = TEXT.index(words, after)
    return start, start + len(words)


def time(words: str, days: tuple[date, date] | None, after: int = 0, event: str | None = None) -> Timex:
    """A time expression of the text by its words."""
    kind: TimexType = "DATE" if days else "DURATION"
    start, end = place(words, after)
    earliest, latest = days or (None, None)
    return Timex(start, end, kind, "X", earliest, latest, event)


def mentions(event: Event, pattern: str) -> list[EventMention]:
    """Every place in the text that refers to an event."""
    return [EventMention(event, m.start(), m.end(), "by hand") for m in re.finditer(pattern, TEXT)]


def quote(begin: str, end: str, speaker: str) -> Quote:
    """A direct quote of the text."""
    return Quote(((place(begin)[0], place(end)[1]),), (), (), "direct", speaker, 0, "by hand")


ADA = quote('"This', 'knew,"', "Ada Lovelace")
ALAN = quote('"The election changed', 'month,"', "Alan Turing")


def reading(quotes: Iterable[Quote] = (ADA, ALAN)) -> Reading:
    """A reading of the text by hand."""
    wednesday = (PUBLISHED, PUBLISHED)
    times = [
        time("on Tuesday", (date(2016, 11, 8),) * 2, event=VOTE.name),
        time("2014", (date(2014, 1, 1), date(2014, 12, 31))),
        time("last month", (date(2016, 10, 1), date(2016, 10, 31))),
        time("on Wednesday", wednesday),
        time("Earlier today", wednesday),
        time("for years", None),
        time("On Wednesday", wednesday),
    ]
    events = mentions(VOTE, r"[Tt]h(e|is) election") + mentions(WAR, "Cold War")
    events.sort(key=lambda mention: mention.start)
    return Reading(lay_out(TEXT), tuple(quotes), (), tuple(times), tuple(events))


ARTICLE = Article(TEXT, "summit", published=PUBLISHED)


def test_mentions_of_an_event_are_one_mark() -> None:
    """Three mentions by three voices make one mark, the date that dates one of them adds none."""
    table = timeline(ARTICLE, reading()).set_index("What")
    vote = table.loc[VOTE.name]
    assert vote["Mentions"] == 3
    assert vote["Voices"] == (THE_REPORTER, "Ada Lovelace", "Alan Turing")
    assert vote["Who"] == THE_REPORTER
    assert vote["Paragraphs"] == (1, 1, 2)
    assert vote["Offsets"] == (0, TEXT.index("This election"), TEXT.index("The election changed"))
    assert vote["Sentences"][0] == "The election was on Tuesday, Ada Lovelace said."
    assert (vote["Earliest"], vote["Latest"]) == (VOTE.first, VOTE.last)
    assert vote["Distance"] == "1 day before"


def test_a_time_is_named_by_what_it_dates() -> None:
    """Each clause of one day is a mark of its own, in the text's words; who only said something is a report."""
    table = timeline(ARTICLE, reading())
    today = table[table["When"] == "9 November 2016"]
    assert today["What"].tolist() == ["Alan Turing said …", "He slept for years", "The Cold War was over"]
    assert today["Kind"].tolist() == ["report", "time", "time"]
    assert today["Written"].tolist() == [("on Wednesday",), ("Earlier today",), ("On Wednesday",)]
    assert table.set_index("What").loc[VOTE.name, "Kind"] == "event"


def test_reports_of_one_day_are_one_mark() -> None:
    """What only dates words is merged within a voice, however often."""
    text = "Ada Lovelace said on Wednesday that it rains. On Wednesday, Alan Turing added that it pours."
    wednesdays = [m.span() for m in re.finditer("[Oo]n Wednesday", text)]
    times = tuple(Timex(*span, "DATE", "2016-11-09", PUBLISHED, PUBLISHED) for span in wednesdays)
    table = timeline(Article(text, published=PUBLISHED), Reading(lay_out(text), times=times))
    assert table["What"].tolist() == ["Ada Lovelace said … · Alan Turing added …"]
    assert table["Mentions"].tolist() == [2]


def test_two_times_of_one_clause_are_one_mark() -> None:
    """ "From 3 p.m. to 4 p.m." tells of one thing on one day."""
    text = "The bridge was closed from 3 p.m. to 4 p.m. on Wednesday."
    spans = [m.span() for m in re.finditer(r"\d p\.m\.", text)]
    times = tuple(Timex(*span, "TIME", "X", PUBLISHED, PUBLISHED) for span in spans)
    table = timeline(Article(text, published=PUBLISHED), Reading(lay_out(text), times=times))
    assert table["Mentions"].tolist() == [2]
    assert table["Written"].tolist() == [("3 p.m.", "4 p.m.")]
    assert table["What"].iloc[0].count("The bridge was closed") == 1


@pytest.mark.parametrize(
    ("text", "words", "when"),
    [
        ("He was born around 2003.", "2003", "about 2003"),
        ("It opened in early May.", "early May", "about 1 to 15 May 2003"),
        ("It opened almost five years ago.", "almost five years ago", "about 2003"),
        ("He was born in 2003.", "2003", "2003"),
    ],
)
def test_rough_days_say_about(text: str, words: str, when: str) -> None:
    """What the text calls rough is so in the table, as are events of the catalogue that are approximate."""
    start = text.index(words)
    days = (date(2003, 5, 1), date(2003, 5, 15)) if "May" in when else (date(2003, 1, 1), date(2003, 12, 31))
    times = (Timex(start, start + len(words), "DATE", "X", *days),)
    table = timeline(Article(text, published=PUBLISHED), Reading(lay_out(text), times=times))
    assert table["When"].tolist() == [when]
    assert table["Approximate"].tolist() == [when.startswith("about")]
    assert timeline(ARTICLE, reading()).set_index("What").loc[WAR.name, "Approximate"]


def test_every_place_of_a_mark_leads_to_it() -> None:
    """A character in a mention, in the time that dates it, or beside these in the sentence chooses the mark."""
    table = timeline(ARTICLE, reading())
    vote = table["What"].tolist().index(VOTE.name)
    assert {mark_at(table, at) for at in (0, 5, place("on Tuesday")[0] + 3, place("Ada Lovelace said")[0])} == {vote}
    war = table["What"].tolist().index(WAR.name)
    assert mark_at(table, place("Cold War")[0] + 4) == war
    assert mark_at(table, place("2014")[1] - 1) == table["What"].tolist().index("“Nobody knew”")
    assert mark_at(table, None) is mark_at(table, 99_999) is None


def test_a_mark_belongs_to_the_innermost_voice() -> None:
    """What stands in a quote within a quote is the inner speaker's."""
    whole = Quote(((0, len(TEXT)),), (), (), "indirect", "A reader", 0, "by hand")
    table = timeline(ARTICLE, reading((whole, ADA))).set_index("What")
    assert table.loc["“Nobody knew”", "Who"] == "Ada Lovelace"
    assert table.loc["The election changed us", "Who"] == "A reader"


def test_marks_stand_in_one_order_of_time() -> None:
    """Whoever speaks of them, the earliest mark comes first."""
    table = timeline(ARTICLE, reading())
    assert table["Earliest"].is_monotonic_increasing
    assert table["Earliest"].iloc[0] == WAR.first


def test_lanes_stand_together_and_in_time() -> None:
    """Rows of one voice follow each other, in time; the voice with the earliest mark comes first."""
    table = by_voice(timeline(ARTICLE, reading()))
    lanes = table["Who"].tolist()
    assert len([who for i, who in enumerate(lanes) if i == 0 or lanes[i - 1] != who]) == len(set(lanes))
    for _, lane in table.groupby("Who"):
        assert lane["Earliest"].is_monotonic_increasing
    assert table["Earliest"].iloc[0] == WAR.first


def test_the_choice_of_quotes_restricts_to_what_they_refer_to() -> None:
    """With Turing's quote alone, only its election and last month are left, and both are his."""
    table = timeline(ARTICLE, reading(), [ALAN])
    assert table["What"].tolist() == ["“The election changed us”", VOTE.name]
    assert set(table["Who"]) == {"Alan Turing"}
    assert table["Mentions"].tolist() == [1, 1]
    assert timeline(ARTICLE, reading(), []).empty


def test_expressions_without_days_are_kept_apart() -> None:
    """What names no day is listed with its sentence, and follows the choice of quotes."""
    loose = undated(ARTICLE, reading())
    assert loose["Expression"].tolist() == ["for years"]
    assert loose["Paragraph"].tolist() == [2]
    assert loose["Sentence"].tolist() == ["Earlier today he slept for years."]
    assert undated(ARTICLE, reading(), [ALAN]).empty


def test_markup_and_lone_surrogates_do_not_reach_the_table() -> None:
    """Tags in the text are blanked in sentences, and what can't be encoded is replaced."""
    table = timeline(ARTICLE, reading()).set_index("What")
    assert dict(table["Sentences"])[WAR.name][-1] == "On Wednesday the Cold War was over."
    broken = Article("In \ud800 2014.", published=PUBLISHED)
    times = (Timex(3, 9, "DATE", "2014", date(2014, 1, 1), date(2014, 12, 31)),)
    rows = flat(timeline(broken, Reading(lay_out(broken.text), times=times)))
    assert rows.to_csv().encode("utf-8")
    assert rows["What"].tolist() == ["In ? 2014"]


def test_nothing_to_place_is_an_empty_table_with_its_columns() -> None:
    """An article without times has no rows and all columns."""
    table = timeline(Article(""), Reading(lay_out("")))
    assert table.empty
    assert {"What", "Earliest", "Sentences"} <= set(table.columns)
    assert flat(table).empty
    assert undated(Article(""), Reading(lay_out(""))).empty


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2016, 11, 8), date(2016, 11, 8), "1 day"),
        (date(2016, 10, 31), date(2016, 11, 6), "7 days"),
        (date(2016, 10, 1), date(2016, 10, 31), "31 days"),
        (date(2014, 2, 20), date(2014, 7, 20), "5 months"),
        (date(2014, 1, 1), date(2014, 12, 31), "1 year"),
        (date(2013, 7, 1), date(2014, 12, 31), "18 months"),
        (date(1990, 1, 1), date(1999, 12, 31), "10 years"),
        (date(1947, 3, 12), date(1991, 12, 26), "44 years"),
        (date.min, date.max, "9,999 years"),
    ],
)
def test_length_says_days_months_and_years(first: date, last: date, words: str) -> None:
    """Both ends count; the unit is the one people would use."""
    assert length(first, last) == words


def test_length_by_year_counts_from_year_to_year() -> None:
    """Where only the years are known, 1947 to 1991 makes 44."""
    assert length(date(1947, 1, 1), date(1991, 12, 31), by_year=True) == "44 years"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2016, 11, 9), date(2016, 11, 9), "the day of publication"),
        (date(2016, 11, 8), date(2016, 11, 8), "1 day before"),
        (date(2016, 11, 10), date(2016, 11, 10), "1 day after"),
        (date(2016, 10, 1), date(2016, 10, 31), "39 to 9 days before"),
        (date(2016, 11, 2), date(2016, 11, 9), "7 days before to the day of publication"),
        (date(2016, 1, 1), date(2016, 12, 31), "10 months before to 52 days after"),
        (date(1947, 3, 12), date(1991, 12, 26), "69 to 25 years before"),
        (date(2011, 1, 1), date(2014, 12, 31), "5 years to 22 months before"),
    ],
)
def test_distance_counts_from_publication(first: date, last: date, words: str) -> None:
    """The far end comes first, the sides are before and after."""
    assert distance(first, last, PUBLISHED) == words
    assert distance(first, last, None) == ""


days = st.dates()


@given(days, days, days)
def test_any_days_have_words(one: date, other: date, published: date) -> None:
    """Any stretch of the calendar has a length and a distance."""
    first, last = min(one, other), max(one, other)
    assert re.fullmatch(r"[\d,]+ (day|month|year)s?", length(first, last))
    assert distance(first, last, published)


@settings(deadline=None)
@given(st.text(max_size=80), st.data())
def test_any_text_and_times_make_a_table_without_losing_any(text: str, data: st.DataObject) -> None:
    """Every time of a non-empty sentence is counted in exactly one mark or listed apart."""
    layout = lay_out(text)
    if not layout.sentences:
        return
    times = []
    for sentence in layout.sentences:
        one, other = data.draw(st.none() | days), data.draw(days)
        known = (None, None) if one is None else (min(one, other), max(one, other))
        times.append(Timex(sentence.start, sentence.end, "DATE", "X", *known))
    read = Reading(layout, times=tuple(times))
    article = Article(text, published=data.draw(st.none() | days))
    table, loose = timeline(article, read), undated(article, read)
    assert table["Mentions"].sum() + len(loose) == len(times)
    for mark in table.to_dict("records"):
        assert len(mark["Sentences"]) == len(mark["Offsets"]) == len(mark["Paragraphs"])
        assert all(0 <= offset < len(text) for offset in mark["Offsets"])
