"""The catalogue of events: what ships is sound, and what is wrong in it is said in a sentence."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.catalogue import build, catalogue, in_series, key, parse, place_of, words
from readout.errors import CatalogueError
from readout.records import Event

EVENTS = catalogue().events
ENTRY = '[[event]]\nname = "Moon feast"\nfirst = 1969-07-20\nlast = 1969-07-21\n'


def named(name: str) -> Event:
    """The shipped event of this name."""
    return next(event for event in EVENTS if event.name == name)


def test_there_are_many_events_of_the_century_of_news() -> None:
    """The catalogue is large enough to be of use, and stays within the years that it promises."""
    assert len(EVENTS) >= 80
    assert min(event.first for event in EVENTS) >= date(1914, 1, 1)
    assert max(event.last for event in EVENTS) <= date(2024, 12, 31)


def test_a_name_stands_once() -> None:
    """No two events share the name that is shown."""
    counted = Counter(key(event.name) for event in EVENTS)
    assert [name for name, count in counted.items() if count > 1] == []


def test_first_days_are_not_after_last_days() -> None:
    """Every event begins before it ends."""
    assert [event.name for event in EVENTS if event.first > event.last] == []


def test_every_place_is_in_the_table() -> None:
    """A place that has no words of its own could never support a match."""
    places = catalogue().places
    assert {event.place for event in EVENTS if place_of(event, places) not in places} == set()


def test_wikidata_ids_are_well_formed_and_unique() -> None:
    """An id is Q and a number, and belongs to one event."""
    ids = [event.wikidata for event in EVENTS if event.wikidata]
    assert [one for one in ids if not re.fullmatch(r"Q[1-9]\d*", one)] == []
    assert [one for one, count in Counter(ids).items() if count > 1] == []


def test_every_event_has_a_note_of_one_sentence() -> None:
    """The note begins with a capital and ends with its only full stop, abbreviations apart."""
    for event in EVENTS:
        assert event.note.endswith("."), event.name
        assert event.note[0].isupper() or event.note[0].isdigit(), event.name
        assert "\n" not in event.note, event.name


def test_a_day_is_a_day_only_where_the_event_was_short() -> None:
    """A beginning known to the month has no single day, and what went on for years by degrees is approximate."""
    assert named("Great Recession").precision == "month"
    assert named("Cold War").precision == "approximate"
    assert named("2016 US presidential election").precision == "day"


def test_names_that_events_own_alone_say_which_is_meant() -> None:
    """A name without capital and figure is never one that needs no evidence."""
    for names in catalogue().names.values():
        for name in names:
            said = " ".join(name.words)
            assert name.kind == "generic" or said != said.lower() or any(c.isdigit() for c in said), said


def test_one_word_is_a_name_of_its_own_only_where_an_entry_says_so() -> None:
    """Taking the year and the place from "1982 Lebanon War" leaves a word that means nothing by itself."""
    given_names = {key(name) for event in EVENTS for name in (event.name, *event.aliases)}
    alone = {
        phrase for phrase, names in catalogue().names.items() if len(phrase) == 1 for n in names if n.kind == "own"
    }
    assert alone - given_names == set()


def test_an_election_has_its_names_without_the_year() -> None:
    """A name that begins with its year is also found without it, with other words for its place and without it."""
    for phrase in ["US presidential election", "American presidential election", "presidential elections", "election"]:
        assert "2016 US presidential election" in [
            event.name for name in catalogue().names[key(phrase)] for event in name.events
        ], phrase


def test_elections_named_together_are_found_one_by_one() -> None:
    """Where two votes of a year are one event, either is found in the singular too."""
    found = [event.name for name in catalogue().names[key("Israeli election")] for event in name.events]
    assert "2019 Israeli legislative elections" in found


def test_what_is_planned_ahead_is_a_series() -> None:
    """Elections, games, conventions and debates come again; wars and attacks do not."""
    assert in_series(named("2016 Summer Olympics"))
    assert in_series(named("2016 Brexit referendum"))
    assert in_series(named("2016 Republican National Convention"))
    assert not in_series(named("2008 financial crisis"))
    assert not in_series(named("September 11 attacks"))


def test_abbreviations_lose_their_dots() -> None:
    """ "U.S." and "US" are one word."""
    assert words("the U.S. election") == ("the", "US", "election")
    assert key("the U.S. election") == key("The US Election")


def test_an_entry_has_its_defaults() -> None:
    """Only a name and two days are asked for."""
    (event,) = parse(ENTRY)
    assert event == Event("Moon feast", date(1969, 7, 20), date(1969, 7, 21))


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[[event]\nname = 1", "is not valid TOML"),
        ('event = "Moon feast"', "does not stand in a table of its own"),
        ("[[event]]\nfirst = 1969-07-20\nlast = 1969-07-20", "Event number 1 of the catalogue has no name"),
        (ENTRY.replace('"Moon feast"', '"…"'), "has no name"),
        (ENTRY + ENTRY, '"Moon feast" stands in the catalogue of events twice'),
        (ENTRY + "when = 3", "has a field that is not known, when"),
        (ENTRY + "note = 3", "note must be a text in quotation marks"),
        (ENTRY + 'aliases = "feast"', "aliases must be a list of words"),
        (ENTRY + 'context = ["…"]', "context must be a list of words"),
        (ENTRY.replace("1969-07-20", '"1969-07-20"'), "needs its first day as a date without quotation marks"),
        (ENTRY.replace("1969-07-21", "1969-07-21T10:00:00"), "needs its last day as a date"),
        (ENTRY.replace("last = 1969-07-21\n", ""), "needs its last day as a date"),
        (ENTRY.replace("1969-07-21", "1968-07-21"), "ends on 1968-07-21, before its first day 1969-07-20"),
        (ENTRY + 'precision = "hour"', "precision must be one of day, month, year, approximate"),
        (ENTRY + 'wikidata = "699872"', '"699872" is no Wikidata id'),
        ('places = ["France"]\n' + ENTRY, "must be a table: [places]"),
        ('[places]\nFrance = "French"\n' + ENTRY, 'words for the place "France" must be a list of words'),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(toml: str, said: str) -> None:
    """The message names the entry and what to do, and ends as a sentence does."""
    with pytest.raises(CatalogueError) as error:
        build(toml)
    assert said in str(error.value)
    assert str(error.value).endswith(".")


def test_a_missing_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    """A file that is not there or is no text is named, with what to do."""
    with pytest.raises(CatalogueError, match=r"none\.toml, cannot be read .* Put the file back"):
        catalogue(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CatalogueError, match=r"saved as UTF-8 text\."):
        catalogue(tmp_path / "bytes.toml")


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(toml: str) -> None:
    """No text raises anything but the catalogue's own error."""
    with contextlib.suppress(CatalogueError):
        build(toml)
