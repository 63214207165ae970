"""Time expressions: their values, the days they cover, and that any text can be read."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.layout import lay_out, plain
from readout.records import Timex
from readout.times import find_times
from readout.times.calendar import Calendar
from readout.times.holidays import holiday
from readout.times.patterns import lower, one_scan, pattern_of
from readout.times.rules import RULES, scanner

ARTICLE_DAY = date(2016, 11, 9)
WORDS = (
    "Monday March May 5 2016 2014 1990s the a last next this week month years ago two days earlier third "
    "quarter of in on by will said 10 a.m. p.m. noon now past few every ' - , . 1/2 half and $ 31 Feb. 29 "
    "century 9999 1,000,000"
)
OPENINGS = (
    "2016-11-09|10/17/89|noon|Friday night|May 5|5 May|October|every day|Mondays|daily|Friday|"
    "that evening|tonight|yesterday|Labor Day|third quarter|the latest quarter|the latest period|"
    "year-ago|year-end|winter|1990s|'80s|nineties|20th century|recent weeks|five years ago|"
    "ninety days from now|fifty days later|next few days|2014|this week|the same day|"
    "the year ended in May|the weekend|'98|two-day|forty years|half an hour|weeks|right now|"
    "recently|soon|sometime next year|up to ten days|close of 1969|dozens of years|several weeks|"
    "an hour|eighteen months"
)


def times(text: str, published: date | None = ARTICLE_DAY) -> list[tuple[str, Timex]]:
    """The time expressions of a text, each with its words."""
    return [(text[t.start : t.end], t) for t in find_times(plain(text), lay_out(text), published)]


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("He left on Monday.", "Monday", "DATE", "2016-11-07"),
        ("He left on Wednesday.", "Wednesday", "DATE", "2016-11-09"),
        ("She will speak on Monday.", "Monday", "DATE", "2016-11-14"),
        ("They met last Friday.", "last Friday", "DATE", "2016-11-04"),
        ("Earlier today, he wrote to her.", "Earlier today", "DATE", "2016-11-09"),
        ("It rained yesterday.", "yesterday", "DATE", "2016-11-08"),
        ("Tomorrow will be dry.", "Tomorrow", "DATE", "2016-11-10"),
        ("She said so last month.", "last month", "DATE", "2016-10"),
        ("She said so last week.", "last week", "DATE", "2016-W44"),
        ("Prices rose this year.", "this year", "DATE", "2016"),
        ("It began in October.", "October", "DATE", "2016-10"),
        ("The vote will be held in March.", "March", "DATE", "2017-03"),
        ("The war broke out in 2014.", "2014", "DATE", "2014"),
        ("He was born on 9 November 1961.", "9 November 1961", "DATE", "1961-11-09"),
        ("He was born on Nov. 9, 1961.", "Nov. 9, 1961", "DATE", "1961-11-09"),
        ("The deal of 2016-10-30 holds.", "2016-10-30", "DATE", "2016-10-30"),
        ("It was signed on 10/17/89.", "10/17/89", "DATE", "1989-10-17"),
        ("It fell in the third quarter.", "the third quarter", "DATE", "2016-Q3"),
        ("It fell in the first quarter of 2012.", "the first quarter of 2012", "DATE", "2012-Q1"),
        ("They met last summer.", "last summer", "DATE", "2016-SU"),
        ("Music of the 1990s is back.", "the 1990s", "DATE", "199"),
        ("A house of the 19th century.", "the 19th century", "DATE", "18"),
        ("They parted two years ago.", "two years ago", "DATE", "2014"),
        ("It opened three weeks ago.", "three weeks ago", "DATE", "2016-W42"),
        ("It was in nineteen ninety-one.", "nineteen ninety-one", "DATE", "1991"),
        ("We met on Halloween.", "Halloween", "DATE", "2016-10-31"),
        ("They spoke on Tuesday night.", "Tuesday night", "TIME", "2016-11-08TNI"),
        ("They spoke this morning.", "this morning", "TIME", "2016-11-09TMO"),
        ("It struck at 10:35 a.m. on Monday.", "10:35 a.m. on Monday", "TIME", "2016-11-07T10:35"),
        ("He waited for two and a half years.", "two and a half years", "DURATION", "P2Y6M"),
        ("He waited for 3.7 years.", "3.7 years", "DURATION", "P3.7Y"),
        ("He waited for 1,000,000 years.", "1,000,000 years", "DURATION", "P1000000Y"),
        ("He waited for more than four hours.", "more than four hours", "DURATION", "PT4H"),
        ("A two-day visit ended.", "two-day", "DURATION", "P2D"),
        ("Over the past two months it grew.", "the past two months", "DURATION", "P2M"),
        ("He waited for years.", "years", "DURATION", "PXY"),
        ("They meet every Thursday.", "every Thursday", "SET", "XXXX-WXX-4"),
        ("They meet daily.", "daily", "SET", "P1D"),
        ("We are ready now.", "now", "DATE", "PRESENT_REF"),
        ("It changed recently.", "recently", "DATE", "PAST_REF"),
        ("It will change soon.", "soon", "DATE", "FUTURE_REF"),
    ],
)
def test_an_expression_gets_its_span_type_and_value(text: str, words: str, kind: str, value: str) -> None:
    """Each kind of expression is found with the article's words, the TIMEX3 type and the value."""
    assert [(w, t.type, t.value) for w, t in times(text)] == [(words, kind, value)]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("last week", date(2016, 10, 31), date(2016, 11, 6)),
        ("last month", date(2016, 10, 1), date(2016, 10, 31)),
        ("yesterday", date(2016, 11, 8), date(2016, 11, 8)),
        ("the weekend", date(2016, 11, 5), date(2016, 11, 6)),
        ("the fourth quarter of 2015", date(2015, 10, 1), date(2015, 12, 31)),
        ("the winter of 2015", date(2015, 12, 1), date(2016, 2, 29)),
        ("in 2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("the 1980s", date(1980, 1, 1), date(1989, 12, 31)),
        ("the 20th century", date(1900, 1, 1), date(1999, 12, 31)),
        ("Monday night", date(2016, 11, 7), date(2016, 11, 7)),
    ],
)
def test_the_days_are_those_that_the_expression_may_cover(words: str, first: date, last: date) -> None:
    """`earliest` and `latest` are the first and last day of the unit that is named."""
    [(_, found)] = times(f"They had met {words}, he said.")
    assert (found.earliest, found.latest) == (first, last)


@pytest.mark.parametrize("words", ["for two days", "recently", "every week", "10000 years ago", "3,000 years ago"])
def test_what_no_calendar_holds_has_no_days(words: str) -> None:
    """Durations, sets, vague references and years before the first have a value and no days."""
    [(_, found)] = times(f"He worked on it {words}.")
    assert found.value
    assert (found.earliest, found.latest) == (None, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("On 3 May 2012 they met. Two days later they wed.", "2012-05-05"),
        ("He won in 1998. A year earlier he had lost.", "1997"),
        ("On 3 May 2012 they met. That day it rained.", "2012-05-03"),
        ("On 3 May 2012 they met. The following day it rained.", "2012-05-04"),
        ("It earned $3 in the second quarter of 2015. A year earlier it lost money.", "2014-Q2"),
    ],
)
def test_words_refer_back_to_the_date_last_spoken_of(text: str, value: str) -> None:
    """ "A year earlier", "two days later" and "that day" count from the last date of the text."""
    assert times(text)[-1][1].value == value


@pytest.mark.parametrize(
    "text",
    [
        "There were 2014 people in the hall.",
        "He paid $1990 for it.",
        "Flight 1990 was late.",
        "See page 2014 for more.",
        "It sold 2014 copies.",
        "The bill came to 1990.50 in all.",
        "May I ask you? They march on.",
        "A 44-year-old man spoke.",
        "It costs $5 a year.",
        "He read USA Today aloud.",
        "John 3:16 was sung.",
    ],
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    """Counts, sums, labels, ages, rates and names are not taken for times."""
    assert times(text) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("last month", "XXXX-XX"),
        ("last week", "XXXX-WXX"),
        ("yesterday", "XXXX-XX-XX"),
        ("two years ago", "XXXX"),
        ("on Monday", "XXXX-WXX-1"),
        ("in October", "XXXX-10"),
        ("on Oct. 5", "XXXX-10-05"),
        ("in the third quarter", "XXXX-Q3"),
        ("last summer", "XXXX-SU"),
    ],
)
def test_without_a_day_of_publication_the_unknown_part_is_x(words: str, value: str) -> None:
    """A relative expression keeps its type; what cannot be known is X, and it has no days."""
    [(_, found)] = times(f"They had met {words}.", None)
    assert (found.value, found.earliest, found.latest) == (value, None, None)


def test_without_a_day_of_publication_an_absolute_date_stays() -> None:
    """A date with its year needs no day of publication."""
    [(_, found)] = times("It began on 24 February 2022.", None)
    assert (found.value, found.earliest) == ("2022-02-24", date(2022, 2, 24))


def test_only_the_body_is_read() -> None:
    """The byline's date and the foot's copyright year are no times of the article."""
    text = (
        "By Ada Lovelace, 9 November 2016\n\nThe first paragraph of the body was written yesterday.\n\n"
        "The second one has no time.\n\nCopyright © The Paper, 2016"
    )
    assert [words for words, _ in times(text)] == ["yesterday"]


def test_every_time_says_why() -> None:
    """The rule names the tense or the distance that made the value."""
    rules = [t.rule for _, t in times("He came on Monday. She will come on Friday. They left last month.")]
    assert "speaks of the past" in rules[0]
    assert "speaks of the future" in rules[1]
    assert rules[2] == "the month before publication"


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("Easter", 2016, date(2016, 3, 27)),
        ("Good Friday", 2024, date(2024, 3, 29)),
        ("Thanksgiving", 2016, date(2016, 11, 24)),
        ("Election Day", 2016, date(2016, 11, 8)),
        ("Memorial Day", 2016, date(2016, 5, 30)),
        ("New Year’s Eve", 2016, date(2016, 12, 31)),
        ("Black Friday", 2019, date(2019, 11, 29)),
    ],
)
def test_holidays_fall_on_their_days(name: str, year: int, day: date) -> None:
    """Fixed, nth-weekday and Easter-bound holidays are those of the calendar."""
    assert holiday(name, year) == day


@pytest.mark.parametrize(
    "words",
    OPENINGS.split("|"),
)
def test_the_openers_let_every_rule_through(words: str) -> None:
    """The quick look at how an expression may begin passes over nothing that a rule would find."""
    assert any(rule.regex.match(words) for rule in RULES)
    found = scanner().match(lower(words))
    slow = next(rule for rule in RULES if rule.regex.match(words))
    assert found is not None
    assert RULES[int(str(found.lastgroup)[1:])] == slow


def test_a_scan_for_one_pattern_finds_what_the_pattern_finds() -> None:
    """The joint expression on lower case and the single one on the text as it stands agree."""
    pattern = r"(?P<side>last|next) week"
    text = "Last week and NEXT  WEEK, not nextweek."
    assert [m.span() for m in one_scan([pattern]).finditer(lower(text))] == [
        m.span() for m in pattern_of(pattern).finditer(text)
    ]


@given(st.dates(), st.sampled_from(["day", "week", "weekend", "month", "quarter", "season", "half", "year", "decade"]))
def test_a_unit_holds_the_day_that_it_was_made_of(day: date, unit: str) -> None:
    """A calendar unit's first and last day are in order and enclose its day, save a weekend's."""
    made = Calendar.of(unit, day)  # type: ignore[arg-type]
    if made.first and made.last:
        assert made.first <= made.last
        assert unit == "weekend" or made.first <= day <= made.last


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from(WORDS.split(" ")), max_size=40).map(" ".join), st.none() | st.dates())
def test_any_text_of_any_day_can_be_read(text: str, published: date | None) -> None:
    """Spans are in bounds and in order, days too, and the same text gives the same times."""
    found = find_times(plain(text), lay_out(text), published)
    end = 0
    for timex in found:
        assert end <= timex.start < timex.end <= len(text)
        assert timex.value
        assert timex.rule
        if timex.earliest and timex.latest:
            assert timex.earliest <= timex.latest
        end = timex.end
    assert found == find_times(plain(text), lay_out(text), published)


@pytest.mark.parametrize(
    "words", ["the ", "1 ", "a ", "nineteen ", "two and a half ", "last ", "1/1/", "Monday ", " ", "will ed ", "000,"]
)
def test_reading_takes_linear_time(words: str) -> None:
    """Ten times the words take no more than about ten times as long, however unlucky the words."""

    def seconds(count: int) -> float:
        text = words * count
        clean, layout = plain(text), lay_out(text)
        begun = time.perf_counter()
        find_times(clean, layout, ARTICLE_DAY)
        return time.perf_counter() - begun

    assert min(seconds(3000) for _ in range(2)) < 30 * min(seconds(300) for _ in range(3)) + 0.05


def test_the_seed_article() -> None:
    """The six times that a careful reader finds stand in the article with their values."""
    folder = Path(__file__).parent.parent / "data" / "articles"
    text = (folder / "putin-on-trump-victory.txt").read_text("utf-8")
    placed = [(words, t.value) for words, t in times(text) if t.earliest]
    assert placed == [
        ("Earlier today", "2016-11-09"),
        ("Wednesday", "2016-11-09"),
        ("Wednesday", "2016-11-09"),
        ("last month", "2016-10"),
        ("last week", "2016-W44"),
        ("2014", "2014"),
    ]
