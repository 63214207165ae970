"""The annotated article as data: one mark for what is one, and numbers that lead where they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from readout import Article, Reading, read
from readout.palette import palette
from readout.records import Timex
from readout.scene import scene
from readout.tables.voices import by_words

PUBLISHED = date(2016, 11, 9)
CRISIS = "Problems began to mount long before the Ukrainian crisis broke out in 2014, on Wednesday they said."
FAR = "In the Cold War it was safe. Ten years later, in 2014, the Ukrainian crisis came."


def drawn(text: str, reading: Reading | None = None) -> dict[str, Any]:
    """The scene of a text."""
    reading = reading or read(text, published=PUBLISHED)
    return scene(Article(text, published=PUBLISHED), reading, palette(reading))


def marked(text: str, reading: Reading | None = None) -> list[str]:
    """The words under each mark of a time or an event, cut as the browser cuts them."""
    return [
        paragraph["text"][start:end]
        for paragraph in drawn(text, reading)["paragraphs"]
        for start, end, sort, _ in paragraph["marks"]
        if sort == "t"
    ]


def test_an_event_and_the_time_beside_it_are_one_mark() -> None:
    """The mark covers name and year; its card says which event, why, and what dated it; other times keep theirs."""
    assert marked(CRISIS) == ["the Ukrainian crisis broke out in 2014", "Wednesday"]
    event, day = drawn(CRISIS)["times"]
    assert event["event"] == "Ukraine crisis of 2014"
    assert "'the Ukrainian crisis': the name belongs to it alone" in event["rule"]
    assert "2014" in event["dated"]
    assert CRISIS[event["at"] : event["end"]] == event["words"] == marked(CRISIS)[0]
    assert day["event"] == ""
    assert day["own"] == day["at"]


def test_an_event_is_marked_where_no_time_stands_for_it() -> None:
    """A mention without any time of its own is a mark all the same, with the words that date it."""
    reading = read(CRISIS, published=PUBLISHED)
    assert marked(CRISIS, replace(reading, times=())) == ["the Ukrainian crisis broke out in 2014"]


def test_a_stop_between_parts_an_event_from_a_time() -> None:
    """A time of the event that stands in another sentence, or past a stop, is a mark of its own."""
    reading = read(CRISIS, published=PUBLISHED)
    name = reading.events[0].event.name
    later = f"The Ukrainian crisis came. It was 2014. {CRISIS}"
    at = later.index("2014")
    again = read(later, published=PUBLISHED)
    times = (*again.times, Timex(at, at + 4, "DATE", "2014", event=name))
    unique = {(t.start, t.end): t for t in times}
    words = marked(later, replace(again, times=tuple(unique[key] for key in sorted(unique))))
    assert words[:2] == ["The Ukrainian crisis", "2014"]


def test_links_ask_for_the_name_of_the_event() -> None:
    """The other pages know an event by where its name begins, whatever stands before it in the mark."""
    text = "It was the 2014 Ukrainian crisis. " + FAR
    reading = read(text, published=PUBLISHED)
    for time in drawn(text, reading)["times"]:
        if time["event"]:
            assert any(mention.start == time["own"] for mention in reading.events)
            assert time["at"] <= time["own"] < time["end"]


def test_what_a_reader_says_of_days_stands_before_an_event() -> None:
    """Where a reader says that the words mean days, no event is marked there."""
    reading = read(CRISIS, published=PUBLISHED)
    mention = reading.events[0]
    days = Timex(mention.start, mention.end, "DATE", "2015", date(2015, 1, 1), date(2015, 12, 31), by="Ada")
    [time, *_] = drawn(CRISIS, replace(reading, times=(days,)))["times"]
    assert (time["event"], time["by"], time["days"]) == ("", "Ada", "2015")


def test_the_shares_are_said_in_a_sentence() -> None:
    """What the bar of voices shows, whoever it is, and where nobody is quoted."""
    text = '"It is safe and it will stand for a hundred years," critics said. Nobody else spoke.'
    assert drawn(text)["shares"].startswith("critics have ")
    assert drawn(text)["shares"].endswith("%.")
    assert drawn("Rain fell for days.")["shares"] == "All of the article’s words are the reporter’s."
    assert drawn("")["shares"] == ""


def test_the_table_of_the_bar_has_every_voice() -> None:
    """One row a voice, the most words first, whose shares are all of the article's words."""
    text = '"It is safe," Ada Lovelace said. "It is not safe at all, whatever Ada says," said Alan Turing.'
    table = by_words(drawn(text)["voices"])
    assert list(table["Voice"]) == ["Alan Turing", "The reporter", "Ada Lovelace"]
    assert table["Share"].sum() == pytest.approx(1, abs=0.001)
    assert table["Words"].is_monotonic_decreasing
