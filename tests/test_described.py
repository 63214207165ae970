"""Who is a speaker: a person, a group, an organisation, a document or a source described as one; nobody else."""

from __future__ import annotations

import pytest

from readout import read
from readout.cast.descriptions import speaks
from readout.records import UNKNOWN

BEFORE = "The bridge over the river was closed to all traffic at noon. "


def speakers(sentence: str) -> list[str]:
    """The speakers of the quotes in a sentence, held or not."""
    return [quote.speaker for quote in read(BEFORE + sentence, toward=False).all_quotes]


@pytest.mark.parametrize(
    "sentence",
    [
        "You know that the ice will melt by March.",
        "One might say that the ice will melt by March.",
        "Everyone says the ice will melt by March.",
        "Some say the ice will melt by March.",
        "People say the ice will melt by March.",
        "Most of us say the ice will melt by March.",
        "No one said the ice would melt by March.",
        "Nothing indicated that the ice would melt by March.",
        "They’ll say that the ice will melt by March.",
        "Mr. Trump's heart disease suggests that he may retire, doctors fear.",
        "Mr. Trump's Oct. said the ice would melt by March.",
        "The duvet showed that the lungs were inflamed.",
        "who runs the town's largest haulage said the road was closed.",
    ],
)
def test_who_is_nobody_stays_unattributed(sentence: str) -> None:
    """Pronouns that mean nobody, quantifiers, things, cut dates and leftovers of clauses are no speakers."""
    assert set(speakers(sentence)) <= {UNKNOWN}


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The police chief said the bridge was unsafe.", "the police chief"),
        ("Police said the bridge was unsafe.", "police"),
        ("Others said the bridge was unsafe.", "others"),
        ("Many observers said the bridge was unsafe.", "many observers"),
        ("Some of his rivals said the bridge was unsafe.", "some of his rivals"),
        ("People familiar with the matter said the bridge was unsafe.", "people familiar with the matter"),
        ("54 percent of voters said the bridge was unsafe.", "54 percent of voters"),
        ("The airline said flights would resume on Friday.", "the airline"),
        ("The document said the bridge was unsafe.", "the document"),
        ("A survey found that most voters were tired.", "a survey"),
        ("A man who runs the town's largest haulage firm said the road was closed.", "a man"),
        ("The harbour company said it would buy two ferries.", "the harbour company"),
        ("Authorities in western Mongolia said the road was closed.", "authorities in western Mongolia"),
        ("“I am tired,” said the “Pose” actor.", "the “Pose” actor"),
        ("Walt Disney Co. executive Kevin Mayer said the launch went well.", "Kevin Mayer"),
        ("The outbreak is over, according to the WHO.", "WHO"),
        ("WHO says the outbreak is over.", "WHO"),
        ("The World Health Organization met. “It is over,” says WHO.", "World Health Organization"),
        ("In the words of the patient, “I was unable to stand for more than a minute.”", "the patient"),
        ("I'd say that the bridge is unsafe.", "the author"),
    ],
)
def test_whoever_can_speak_keeps_their_words(sentence: str, speaker: str) -> None:
    """Descriptions by people, bodies, documents and surveys stay as the text has them, whole where they were cut."""
    assert speakers(sentence) == [speaker]


def test_a_dateline_speaks_not() -> None:
    """Where and by whom a report was filed is no source, and no pronoun means it."""
    text = "LONDON (AP) — Britain was accused of lying. It posted that “voters are right to be angry about this.”"
    assert "LONDON" not in {quote.speaker for quote in read(text, toward=False).all_quotes}


def test_unattributed_words_in_marks_are_shown_without_a_colour() -> None:
    """What stands between quotation marks is said by somebody, whoever that is; it takes the reporter's grey."""
    from readout.palette import palette

    reading = read("The road was wet. “We can not go on like this any longer,” it says.", toward=False)
    assert [(q.speaker, q.held) for q in reading.quotes] == [(UNKNOWN, False)]
    assert palette(reading)[UNKNOWN].light == palette(reading)[""].light


@pytest.mark.parametrize("noun", ["analysts", "ecologist", "carmaker", "committees", "women", "businesses", "study"])
def test_nouns_that_speak(noun: str) -> None:
    """People, bodies and documents, in the plural or made like others, are known."""
    assert speaks(noun)


@pytest.mark.parametrize("noun", ["duvet", "disease", "oct", "game", "controller", "weeks", "ocean"])
def test_nouns_that_do_not_speak(noun: str) -> None:
    """Things, months and lengths of time are not."""
    assert not speaks(noun)
