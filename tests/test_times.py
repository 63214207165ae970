"""Time expressions: their values, the days they cover, and that any text can be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from growth import assert_in_proportion
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
VALUE = re.compile(
    r"(?:[0-9]{2,4}|X{2,4})"
    r"|(?:[0-9]{4}|XXXX)-(?:(?:[0-9]{2}|XX)(?:-(?:[0-9]{2}|XX))?|Q[1-4X]|H[12X]|SP|SU|FA|WI|W(?:[0-9]{2}|XX)(?:-(?:[1-7]|WE))?)"
    r"(?:T(?:MO|MI|AF|EV|NI|[0-9]{2}:[0-9]{2}))?"
    r"|P(?:[0-9.]+|X)(?:[YMWDQEC]|WE)(?:[0-9]+[MD]|T[0-9]+H)?|PT(?:[0-9.]+|X)[HMS](?:[0-9]+[MS])?|(?:PAST|PRESENT|FUTURE)_REF"
)
"""What a TIMEX3 value may look like."""
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
    "an hour|eighteen months|Q3 2016|H1 2015|FY2015|the 1988 period|the fiscal year|the week of May 5|"
    "twice a week|once a month|weeklong|decades-old|years ago|the day before|the next morning|9/11"
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
        ("They met the day before yesterday.", "the day before yesterday", "DATE", "2016-11-07"),
        ("They will meet the day after tomorrow.", "the day after tomorrow", "DATE", "2016-11-11"),
        ("It was in the week of Oct. 24.", "the week of Oct. 24", "DATE", "2016-W43"),
        ("For the week, shares rose.", "the week", "DATE", "2016-W45"),
        ("Sales rose in Q3 2015.", "Q3 2015", "DATE", "2015-Q3"),
        ("Sales rose in Q3.", "Q3", "DATE", "2016-Q3"),
        ("Sales rose in H1 2015.", "H1 2015", "DATE", "2015-H1"),
        ("Sales rose in FY2015.", "FY2015", "DATE", "2015"),
        ("Sales rose in the latest fiscal year.", "the latest fiscal year", "DATE", "2015"),
        ("It was the first half of the 1980s.", "the first half of the 1980s", "DATE", "198"),
        ("The 9/11 attacks shook it.", "9/11", "DATE", "2001-09-11"),
        ("The Sept. 11 attacks shook it.", "Sept. 11", "DATE", "2001-09-11"),
        ("The March vote went well.", "March", "DATE", "2016-03"),
        ("It began years ago.", "years ago", "DATE", "PAST_REF"),
        ("They parted in the early hours of Monday.", "the early hours of Monday", "DATE", "2016-11-07"),
        ("It closed on 30 June.", "30 June", "DATE", "2016-06-30"),
        ("He waited for two or three weeks.", "two or three weeks", "DURATION", "PXW"),
        ("He was jailed for 10-15 years.", "10-15 years", "DURATION", "PXY"),
        ("He will stay for a year or two.", "a year or two", "DURATION", "PXY"),
        ("A weeklong strike ended.", "weeklong", "DURATION", "P1W"),
        ("A year-long strike ended.", "year-long", "DURATION", "P1Y"),
        ("A decades-old feud ended.", "decades-old", "DURATION", "PXE"),
        ("A few days later he left.", "A few days later", "DURATION", "PXD"),
        ("He left days before the vote.", "days", "DURATION", "PXD"),
        ("It has grown in the years since.", "years", "DURATION", "PXY"),
        ("It has grown over the years.", "years", "DURATION", "PXY"),
        ("He fell one year after he rose.", "one year", "DURATION", "P1Y"),
        ("They march each July.", "each July", "SET", "XXXX-07"),
        ("They march every summer.", "every summer", "SET", "XXXX-SU"),
        ("They meet twice a month.", "twice a month", "SET", "P1M"),
        ("They meet three times a year.", "three times a year", "SET", "P1Y"),
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
        ("in late 2014", date(2014, 7, 1), date(2014, 12, 31)),
        ("in early 2015", date(2015, 1, 1), date(2015, 6, 30)),
        ("in mid-2013", date(2013, 4, 1), date(2013, 9, 30)),
        ("in the mid-1990s", date(1992, 7, 1), date(1997, 6, 30)),
        ("at the end of March", date(2016, 3, 16), date(2016, 3, 31)),
        ("late last week", date(2016, 11, 3), date(2016, 11, 6)),
        ("earlier this month", date(2016, 11, 1), date(2016, 11, 9)),
        ("later this year", date(2016, 11, 9), date(2016, 12, 31)),
        ("earlier last year", date(2015, 1, 1), date(2015, 12, 31)),
        ("next spring", date(2017, 3, 1), date(2017, 5, 31)),
        ("in the third quarter", date(2016, 7, 1), date(2016, 9, 30)),
        ("Monday night", date(2016, 11, 7), date(2016, 11, 7)),
    ],
)
def test_the_days_are_those_that_the_expression_may_cover(words: str, first: date, last: date) -> None:
    """`earliest` and `latest` are the first and last day of the unit that is named, or of the part that is meant."""
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
        ("Net rose in the second quarter, compared with the year-ago period.", "2015-Q2"),
        ("Net rose in the second quarter, compared with the same period last year.", "2015-Q2"),
        ("Net rose in the second quarter. In the first nine months it was $3, from $2 a year earlier.", "2015"),
        ("Net rose in the second quarter. It will fall in the fourth quarter. It was lower a year ago.", "2015-Q2"),
        ("On 3 May 2012 they met. The next morning they wed.", "2012-05-04TMO"),
        ("On 3 May 2012 they met. They had quarrelled the day before.", "2012-05-02"),
        ("On 3 May 2012 they met. At noon they wed.", "2012-05-03T12:00"),
        ("On 3 May 2012 they met.\n\n7 p.m.\n\nThey are in the hall.", "2016-11-09T19:00"),
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
        "She has won six of the past nine contests.",
        "The march on Rome was long.",
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


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The trial begins Monday.", "2016-11-14"),
        ("The vote is on Tuesday.", "2016-11-15"),
        ("They meet in Paris on Tuesday.", "2016-11-15"),
        ("He was said to meet the man who came on Monday.", "2016-11-07"),
        ("The rules are new, effective Feb. 1.", "2017-02-01"),
        ("Until Monday, they must wait.", "2016-11-14"),
        ("Until Monday, they had hoped.", "2016-11-07"),
        ("The offer had been due to expire Monday.", "2016-11-07"),
        ("On Monday, when she set aside her plans, they wept.", "2016-11-07"),
        ("Prices are going to start getting beat up in the spring.", "2017-SP"),
        ("He expects her to win Friday's debate.", "2016-11-11"),
        ("He will answer for Tuesday's debate.", "2016-11-08"),
    ],
)
def test_the_tense_next_to_a_time_decides_which_one_is_meant(text: str, value: str) -> None:
    """The present of what is fixed, "until", "effective" and a plan that failed have their tense too."""
    assert [t.value for _, t in times(text)] == [value]


@pytest.mark.parametrize(
    ("published", "value"),
    [(date(2017, 1, 15), "2016-WI"), (date(2016, 11, 9), "2016-WI"), (date(2016, 3, 9), "2016-WI")],
)
def test_this_winter_is_the_one_that_runs_or_comes(published: date, value: str) -> None:
    """In January, "this winter" is the one that began in December."""
    assert [t.value for _, t in times("It is cold this winter.", published)] == [value]


@pytest.mark.parametrize(("end", "value"), [("Sept. 27", "2016-Q3"), ("July 31", "2016-Q2"), ("Oct. 2", "2016-Q3")])
def test_a_quarter_said_to_end_on_a_day_is_the_one_that_ends_nearest(end: str, value: str) -> None:
    """Businesses whose quarters are a few weeks off the calendar's still mean one of the calendar's."""
    assert times(f"Sales rose in the quarter ended {end}.")[0][1].value == value


def test_the_attacks_of_2001_are_not_known_before() -> None:
    """An article from before September 2001 means another 11 September."""
    assert times("They met on 9/11.", date(1999, 1, 1)) == []


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
        assert VALUE.fullmatch(timex.value), timex
        assert timex.rule
        if timex.earliest and timex.latest:
            assert timex.earliest <= timex.latest
        end = timex.end
    assert found == find_times(plain(text), lay_out(text), published)


def test_a_time_takes_in_no_half_of_a_pair_of_brackets() -> None:
    """An hour in brackets ends in them, and a zone in brackets takes both."""
    found = times("It began at 8 p.m. (0100 GMT) on Wednesday, and ended at 9 p.m. (EST) on Wednesday.")
    assert [words for words, _ in found] == ["8 p.m.", "0100 GMT", "Wednesday", "9 p.m. (EST) on Wednesday"]


EDGES = st.dates(max_value=date(130, 1, 1)) | st.dates(min_value=date(9870, 1, 1))
FAR = (
    "3,000 years ago", "in 9000 years", "99999999999 years ago", "9,999,999 centuries from now",
    "1,000,000 days ago", "tomorrow", "yesterday", "last week", "next week", "this weekend", "next weekend",
    "last month", "next month", "last year", "next year", "the next decade", "the 2nd century", "next century",
    "last century", "early last century", "last summer", "next winter", "the next quarter", "next Monday",
    "last Sunday", "Monday of next week", "late December", "early January", "Dec. 31 next year", "Christmas",
    "last Easter", "New Year's Day", "the end of the year", "the rest of the century", "a year earlier",
    "the following week", "the day before",
)  # fmt: skip


@settings(deadline=None)
@given(EDGES, st.lists(st.sampled_from(FAR), min_size=1, max_size=4), st.sampled_from(["was", "will be"]))
def test_at_the_ends_of_the_calendar_a_time_has_days_or_none(published: date, words: list[str], verb: str) -> None:
    """Before the first day that a date can hold and after the last one there are none, and the text is read."""
    for _, time in times(f"It {verb} {f', and it {verb} '.join(words)}.", published):
        assert (time.earliest is None) == (time.latest is None)
        if time.earliest and time.latest:
            assert time.earliest <= time.latest


@pytest.mark.parametrize(
    "words", ["the ", "1 ", "a ", "nineteen ", "two and a half ", "last ", "1/1/", "Monday ", " ", "will ed ", "000,"]
)
def test_reading_takes_linear_time(words: str) -> None:
    """The work grows with the words and not with their square, however unlucky they are."""

    def work(count: int) -> Callable[[], object]:
        text = words * count
        clean, layout = plain(text), lay_out(text)
        return lambda: find_times(clean, layout, ARTICLE_DAY)

    assert_in_proportion(work, 200)


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
