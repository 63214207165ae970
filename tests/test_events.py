"""Named events: a name finds its event, and where a name is shared the evidence does, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from growth import assert_in_proportion, steps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout import read
from readout.catalogue import catalogue
from readout.events import refer
from readout.layout import lay_out, plain
from readout.records import EventMention, Timex
from readout.shelf import SHIPPED
from readout.times import find_times

AFTER_TRUMP = date(2016, 11, 9)
CAMPAIGN = date(2016, 10, 1)
US_2016 = "2016 US presidential election"
BACKDROP = " Washington is the capital of the United States, where the White House stands."


def found(text: str, published: date | None) -> tuple[tuple[EventMention, ...], tuple[Timex, ...]]:
    """The mentions in a text, all of it body, and its times."""
    clean, layout = plain(text), lay_out(text, body=(0, len(text)))
    return refer(clean, layout, find_times(clean, layout, published), published)


def matches(text: str, published: date | None = AFTER_TRUMP) -> list[tuple[str, str]]:
    """The words of each mention with its event's name."""
    return [(text[m.start : m.end], m.event.name) for m in found(text, published)[0]]


@pytest.mark.parametrize(
    ("text", "published", "event"),
    [
        ("Donald Trump won the presidential election.", AFTER_TRUMP, US_2016),
        ("Trump's victory in the presidential election surprised Clinton.", AFTER_TRUMP, US_2016),
        ("He will run in the US presidential election.", date(2016, 3, 1), US_2016),
        (
            "Barack Obama beat Mitt Romney in the presidential election.",
            date(2012, 11, 7),
            "2012 US presidential election",
        ),
        (
            "Obama carried Ohio in the 2012 presidential election, Trump did too.",
            AFTER_TRUMP,
            "2012 US presidential election",
        ),
        (
            "Macron and Le Pen go on in the presidential election.",
            date(2017, 4, 24),
            "2017 French presidential election",
        ),
        (
            "Voters chose Macron in France's presidential election.",
            date(2017, 5, 8),
            "2017 French presidential election",
        ),
        (
            "Le Pen hopes for the presidential election in France.",
            date(2017, 3, 1),
            "2017 French presidential election",
        ),
        ("The U.S. presidential election of 2008 made history.", AFTER_TRUMP, "2008 US presidential election"),
        (
            "After the vote in June's referendum Cameron resigned over Brexit.",
            date(2016, 7, 20),
            "2016 Brexit referendum",
        ),
    ],
)
def test_an_election_is_told_by_its_evidence(text: str, published: date, event: str) -> None:
    """The day of publication, a year and the words around it say which election is meant."""
    assert [name for _, name in matches(text, published)] == [event]


@pytest.mark.parametrize(
    "text",
    [
        "Election officials counted, and Trump waited." + BACKDROP,
        "The election commission met Trump's lawyers." + BACKDROP,
        "Any election is a risk, said Trump." + BACKDROP,
        "Trump's America has elections every two years.",
        "Is this a new Cold War, Putin asked.",
        "They fear another Cold War with Russia and NATO.",
        "a war, a crisis, a shooting, an attack, a convention",
        "The North Atlantic Treaty Organization met.",
        "She works at the Holocaust Memorial Museum.",
        'They plan a "Barack Obama Election Day," Clinton said.' + BACKDROP,
        "The War on Drugs goes on.",
        "The Green New Deal is a plan.",
        "It was signed on 9/11/2016, a Sunday.",
        "Trump knows that U.S. elections are costly." + BACKDROP,
    ],
)
def test_what_only_looks_like_a_name_is_left_alone(text: str) -> None:
    """An office, another of its kind, an institution or a common noun is no event."""
    assert matches(text) == []


def test_a_name_in_another_year_is_another_event() -> None:
    """A year beside a name that its event did not touch speaks against it."""
    assert matches("The 2030 Cold War of the novel was cold.") == []
    assert matches("The Cold War of 2015 was a headline.") == []
    assert matches("In the 1962 Cuban Missile Crisis they talked.") == [
        ("the 1962 Cuban Missile Crisis", "Cuban Missile Crisis")
    ]


def test_what_comes_after_publication_is_not_meant() -> None:
    """Nobody writes of a war or an attack before it; elections and games are announced."""
    later = "They spoke of the Syrian civil war and the September 11 attacks."
    assert matches(later, date(1999, 1, 1)) == []
    assert [name for _, name in matches(later, date(2012, 1, 1))] == ["Syrian civil war", "September 11 attacks"]
    assert [name for _, name in matches("They train for the Rio Olympics.", date(2015, 5, 1))] == [
        "2016 Summer Olympics"
    ]


def test_a_bare_proper_name_is_near_or_nothing() -> None:
    """ "Election Day" a year before an election is that of another one."""
    text = "Trump tweeted before Election Day." + BACKDROP
    assert [name for _, name in matches(text, CAMPAIGN)] == [US_2016]
    assert matches(text, date(2015, 11, 10)) == []


def test_without_a_day_of_publication_a_shared_name_is_not_matched() -> None:
    """A shared name needs a day to be near to; a name of one event does not."""
    assert matches("Donald Trump won the presidential election.", None) == []
    assert [name for _, name in matches("Trump won the 2016 presidential election.", None)] == [US_2016]
    assert [name for _, name in matches("The Cold War ended.", None)] == ["Cold War"]


def test_a_year_told_before_a_name_is_that_of_the_name() -> None:
    """Where the sentence has just spoken of another year, "the election" is that year's, or it may be either."""
    told = "Mitt Romney led among them in 2012, but still lost the election." + BACKDROP
    assert [name for _, name in matches(told, CAMPAIGN)] == ["2012 US presidential election"]
    both = "Obama won in 2012, and now Clinton campaigns for the election." + BACKDROP
    assert matches(both, CAMPAIGN) == []
    this = "Obama won in 2012, and now Clinton campaigns in this election." + BACKDROP
    assert [name for _, name in matches(this, CAMPAIGN)] == [US_2016]


def test_the_stop_of_an_abbreviation_is_no_end_of_a_name() -> None:
    """ "Roe v. Wade" and "Sept. 11" are whole names, two sentences are not."""
    assert matches("It was settled in Roe v. Wade long ago.") == [("Roe v. Wade", "Roe v. Wade")]
    assert matches("Since the Sept. 11 attacks it is so.") == [("the Sept. 11 attacks", "September 11 attacks")]
    assert matches("He hated the cold. War came.") == []


def test_a_date_that_dates_an_event_is_one_mark() -> None:
    """ "The Ukrainian crisis broke out in 2014" is one event, and its year carries the event's name."""
    text = "Problems began long before the Ukrainian crisis broke out in 2014."
    mentions, times = found(text, AFTER_TRUMP)
    assert [m.event.name for m in mentions] == ["Ukraine crisis of 2014"]
    assert [(text[t.start : t.end], t.value, t.event) for t in times] == [("2014", "2014", "Ukraine crisis of 2014")]
    assert times[0].rule == "the year as written; it dates the Ukrainian crisis"


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Long before the Ukrainian crisis broke out in 2014, they met.", "the Ukrainian crisis broke out in 2014"),
        ("In 1962 the Cuban Missile Crisis began.", "1962 the Cuban Missile Crisis"),
        ("They met after the Cuban Missile Crisis.", "the Cuban Missile Crisis"),
        ("The Cold War ended, and in 2014 they met.", "The Cold War"),
    ],
)
def test_a_mention_covers_the_name_and_the_time_that_dates_it(text: str, covered: str) -> None:
    """In one clause, name, verb and date are one mention; a date of something else is none of it."""
    assert [text[m.start : m.end] for m in found(text, AFTER_TRUMP)[0]] == [covered]


def test_a_date_dates_one_event_at_most() -> None:
    """Between two names a year is told of the one it fits, and the mentions stay apart."""
    text = "After the Cuban Missile Crisis of 1962 the Cold War went on."
    mentions, _ = found(text, AFTER_TRUMP)
    assert [text[m.start : m.end] for m in mentions] == ["the Cuban Missile Crisis of 1962", "the Cold War"]


def test_an_event_that_no_date_dates_is_a_time_of_its_own() -> None:
    """A name without a date beside it stands on the timeline with the event's days."""
    text = "It was the worst since the Cuban Missile Crisis."
    _, times = found(text, AFTER_TRUMP)
    assert [(text[t.start : t.end], t.value, t.earliest, t.latest) for t in times] == [
        ("the Cuban Missile Crisis", "1962-10-16/1962-10-28", date(1962, 10, 16), date(1962, 10, 28))
    ]


def test_a_reason_is_given_in_words() -> None:
    """A mention says what it was matched by, so that a reader can check it."""
    (mention,), _ = found("Trump won the presidential election.", AFTER_TRUMP)
    assert mention.reason == "'the presidential election': published one day after it; the text names Trump"
    (mention,), _ = found("The Cold War ended.", AFTER_TRUMP)
    assert mention.reason == "'The Cold War': the name belongs to it alone"


def test_the_seed_article_names_its_three_events() -> None:
    """The election in its three paragraphs, the Cold War and the Ukraine crisis, and nothing else."""
    text = (Path(SHIPPED) / "putin-on-trump-victory.txt").read_text("utf-8")
    reading = read(
        text, published=AFTER_TRUMP, title="Putin on Trump Victory: Russia is Ready to Restore Relations with US"
    )
    paragraphs = reading.layout.paragraphs
    told = [(next(p.index + 1 for p in paragraphs if p.start <= m.start < p.end), m.event.name) for m in reading.events]
    assert told == [(1, US_2016), (8, US_2016), (11, US_2016), (14, "Cold War"), (16, "Ukraine crisis of 2014")]
    assert {t.event for t in reading.times if t.event} == {US_2016, "Cold War", "Ukraine crisis of 2014"}


PIECES = st.sampled_from(
    [
        *" \n.,'’\"“”-–/()",
        ". ",
        "\n\n",
        "the",
        "a new",
        "2012",
        "in 2016",
        "Nov. 8",
        "last week",
        "election",
        "elections",
        "presidential election",
        "Election Day",
        "officials",
        "Trump",
        "Macron",
        "France",
        "U.S.",
        "Cold War",
        "9/11",
        "Sept. 11",
        "attacks",
        "broke out in 2014",
        "Ukrainian crisis",
        "İ",
        "ß",
        "俄",
        "\ud800",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES).map("".join)),
    st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1))),
)
def test_any_text_can_be_searched(text: str, published: date | None) -> None:
    """No text is an error; spans lie within it, in order, apart, and each time's days are in order."""
    mentions, times = found(text, published)
    known = {event.name for event in catalogue().events}
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert mention.reason
        end = mention.end
    for time in times:
        assert 0 <= time.start < time.end <= len(text)
        assert time.event is None or time.event in known
        assert not (time.earliest and time.latest) or time.earliest <= time.latest
    assert [t.start for t in times] == sorted(t.start for t in times)


def test_a_long_text_of_names_takes_work_in_proportion() -> None:
    """Every mention of a shared name looks at its own sentence, not at the whole text."""
    sentence = "Donald Trump won the election. Clinton lost the presidential election in the United States. "

    def work(times: int) -> Callable[[], object]:
        text = sentence * times
        clean, layout = plain(text), lay_out(text, body=(0, len(text)))
        timexes = find_times(clean, layout, AFTER_TRUMP)
        return lambda: refer(clean, layout, timexes, AFTER_TRUMP)

    assert steps(work(160)) < 4.5 * steps(work(40))
    assert_in_proportion(work, 50)
