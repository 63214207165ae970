"""Days and tones in words."""

from __future__ import annotations

from datetime import date

import pytest

from readout import wording
from readout.corrections.records import Anchor, Correction, Said
from readout.corrections.wording import told


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2016-11-09", "2016-11-09", "9 November 2016"),
        ("2016-10-01", "2016-10-31", "October 2016"),
        ("2016-10-31", "2016-11-06", "31 October to 6 November 2016"),
        ("2016-11-07", "2016-11-13", "7 to 13 November 2016"),
        ("2014-01-01", "2014-12-31", "2014"),
        ("1990-01-01", "1999-12-31", "1990 to 1999"),
        ("2016-07-01", "2016-09-30", "July to September 2016"),
        ("2016-12-01", "2017-02-28", "December 2016 to February 2017"),
        ("1947-03-12", "1991-12-26", "12 March 1947 to 26 December 1991"),
        ("9999-12-01", "9999-12-31", "December 9999"),
    ],
)
def test_days(earliest: str, latest: str, words: str) -> None:
    """A stretch of days is said as briefly as it can be."""
    assert words == wording.days(date.fromisoformat(earliest), date.fromisoformat(latest))


@pytest.mark.parametrize(
    ("polarity", "number", "words"),
    [
        (0.0, "0", "neutral"),
        (0.14, "+0.14", "slightly positive"),
        (-0.3, "−0.30", "fairly negative"),
        (1.0, "+1.00", "clearly positive"),
        (-0.001, "0", "neutral"),
    ],
)
def test_tone(polarity: float, number: str, words: str) -> None:
    """A polarity has a sign and a word for its strength."""
    assert (number, words) == (wording.signed(polarity), wording.tone(polarity))


@pytest.mark.parametrize(
    "name",
    [
        "critics", "many observers", "the town's critics", "Democrats", "House Democrats", "US lawmakers", "Officials",
        "police", "44 percent of Americans", "a number of experts", "Dale Ford and Martha Fry",
        "executives of both firms",
        "Sierra Nevada Corporation and SpaceX", "analysts surveyed by Refinitiv", "some", "we",
        "NASA’s scientists",
        "people I spoke to", "state officials in Texas", "Ada, Bob and Carl", "users and critics alike",
        "a few residents",
    ],
)  # fmt: skip
def test_a_verb_agrees_with_voices(name: str) -> None:
    """Several people, and a group by a common noun, "say"."""
    assert [wording.agree(name, verb) for verb in ("says", "is", "has", "speaks", "goes")] == [
        "say", "are", "have", "speak", "go",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "Vladimir Putin", "Reuters", "the United States", "Steve Jobs", "Ada Masters", "Tim Waters", "the Times",
        "NASA",
        "Food and Drug Administration", "the committee of experts", "every one of his colleagues",
        "the White House",
        "a spokesman for the families", "the boss", "Department of Health and Human Services", "",
        "an unnamed source", "a new ABC News poll", "the company", "the leader of the Democrats", "one of the critics",
        "Condé Nast", "Xinhua News", "俄罗斯",
    ],
)  # fmt: skip
def test_a_verb_agrees_with_a_voice(name: str) -> None:
    """One person, a body and a described source "says", whatever their name ends in."""
    assert wording.agree(name, "says") == "says"


def test_a_sentence_about_voices_agrees_with_them() -> None:
    """The sentences of corrections, charts and tables say what critics say."""
    said = Said("critics", "indirect")
    fixed = Correction("1", "quote", (Anchor(0, 4, "Fine"),), said, "2024-05-01T12:00:00+00:00")
    assert told(fixed) == "critics say “Fine”, a paraphrase."


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 0, "0%"), (0, 9, "0%"), (1, 900, "<1%"), (5, 9, "56%"), (899, 900, ">99%"), (9, 9, "100%")],
)
def test_share(part: int, whole: int, words: str) -> None:
    """A share is a whole number of hundredths, and neither none nor all where it is not quite."""
    assert wording.share(part, whole) == words
