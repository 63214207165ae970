"""Who is spoken of, where, and in whose words."""

from __future__ import annotations

from itertools import pairwise

import pytest

from readout import read
from readout.cast.names import find_names
from readout.layout import plain
from readout.mentions import find_mentions, whose
from readout.records import REPORTER, Mention

TEXT = """\
President Ada Lovelace visited the Treasury Department. "Alan Turing 🌉 did well," Lovelace said. "He is kind."

Turing, who lives in Paris, said that Russia and the FBI had failed. Russia denies it. She added that he lied.
"""


def mentions(text: str) -> tuple[Mention, ...]:
    """The mentions of a text."""
    reading = read(text)
    return find_mentions(find_names(plain(text), reading.layout), reading.speakers, reading.quotes, reading.events)


def test_one_name_through_all_mentions() -> None:
    """Full name, last name and the pronouns that stand as sources are one; offsets are the text's own."""
    found = mentions(TEXT)
    said = [(TEXT[m.start : m.end], m.whom) for m in found]
    assert ("Ada Lovelace", "Ada Lovelace") in said
    assert ("Lovelace", "Ada Lovelace") in said
    assert ("Turing", "Alan Turing") in said
    assert all(TEXT[m.start : m.end].strip() for m in found)


def test_groups_and_countries_count_and_towns_where_they_act() -> None:
    """An organisation, a country and initials are spoken of; a town that somebody lives in is not."""
    whom = {m.whom for m in mentions(TEXT)}
    assert {"Treasury Department", "Russia", "FBI"} <= whom
    assert "Paris" not in whom
    assert "Russia" in {m.whom for m in mentions("Moscow rejected the plan. Moscow said that it was late.\n")}


def test_a_place_is_not_short_for_what_is_named_after_it() -> None:
    """A country, a region or initials with stops stand for themselves; a person's last name may be a place's too."""
    text = (
        "Poor Mexico, people used to say. Mexico has changed, and Northern Europe with it. The U.N. Charter binds "
        "Mexico. Europe and the U.N. praised Mexico, and Mexico praised Europe.\n\n"
        "Michael Jordan spoke to Paris Hilton. Mexico, Jordan said, was wonderful. Europe cheered.\n"
    )
    by_words = {(text[m.start : m.end], m.whom) for m in mentions(text)}
    assert {("Mexico", "Mexico"), ("Europe", "Europe"), ("Jordan", "Michael Jordan")} <= by_words
    assert not {("Mexico", "Poor Mexico"), ("Europe", "Northern Europe"), ("U.N.", "U.N. Charter")} & by_words


def test_words_are_whose_they_are() -> None:
    """Inside a quote they are the speaker's, outside the reporter's, of nested quotes the inner speaker's."""
    by = {(TEXT[m.start : m.end], m.speaker) for m in mentions(TEXT)}
    assert ("Alan Turing", "Ada Lovelace") in by
    assert ("Treasury Department", REPORTER) in by
    assert ("FBI", "Alan Turing") in by


def test_whose_with_nested_and_adjacent_quotes() -> None:
    """The shortest quote around a place decides; between quotes it is the reporter."""
    reading = read(TEXT)
    places = sorted({0, *(q.start for q in reading.quotes), *(q.end for q in reading.quotes)})
    assert list(whose((), places)) == [REPORTER] * len(places)
    assert next(iter(whose(reading.quotes, [reading.quotes[0].start]))) == reading.quotes[0].speaker


def test_no_event_is_somebody() -> None:
    """The name of an event of the catalogue is nobody's."""
    assert "Cold War" not in {
        m.whom for m in mentions("The Cold War ended. The Cold War was long, Ada Lovelace said.\n")
    }


def test_mentions_never_overlap_and_stand_in_order() -> None:
    """Whatever the text, the spans are in order and apart."""
    for text in (TEXT, TEXT * 3, "", "the", '"' * 40, "Ada Ada Ada Lovelace Lovelace said Ada."):
        spans = [(m.start, m.end) for m in mentions(text)]
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


POWERS = [
    ("Moscow rejected the plan. Russia was late.", ["Russia", "Russia"]),
    ("Moscow has repeatedly denied it.", ["Russia"]),
    ("The dialogue between Moscow and Washington is hard.", ["Russia", "United States"]),
    ("The US knew it. Ties with Washington are bad.", ["US", "US"]),
    ("They accused Beijing of theft.", ["China"]),
    ("He explained Moscow's position.", ["Russia"]),
    ("The Kremlin said it was ready.", ["Russia"]),
    ("He lives in Moscow. Moscow's streets are wide, and Moscow is cold.", []),
    ("MOSCOW (Reuters) - It rained.", []),
    ("They met in Washington on Monday and flew from Paris to Berlin.", []),
    ("The crowd at Wembley Stadium cheered. Downing Street was closed. Wembley Stadium is old.", []),
    ("Chicago beat Boston in Denver.", ["Chicago"]),
    ("They walked in Gladwick. In Gladwick it rained, near Gladwick it snowed.", []),
    ("George Washington spoke. Washington said no.", ["George Washington", "Washington"]),
]


@pytest.mark.parametrize(("text", "whom"), POWERS)
def test_a_seat_is_its_country_where_it_acts_and_a_town_is_nobody(text: str, whom: list[str]) -> None:
    """Moscow denies for Russia and lies on a river; streets and stadiums are nobody."""
    assert [m.whom for m in mentions(f"{text}\n")] == whom
