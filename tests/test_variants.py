"""Sentences whose words are exchanged, by which the network of the tone toward somebody is taught."""

from training.toward.variants import Variants

TEXT = "The cruel mayor praised Ann Lee, who hated the lovely old bridge, and a happy crowd cheered for Ann."
MENTIONS = [(4, 15), (24, 31), (96, 99)]


def test_what_is_mentioned_stays_and_is_found_again() -> None:
    """Whatever is exchanged before, between and after the mentions, their places hold the same words."""
    variants = Variants([TEXT])
    said = [TEXT[start:end] for start, end in MENTIONS]
    made = [variants.of(TEXT, MENTIONS) for _ in range(50)]
    assert [[text[start:end] for start, end in spans] for text, spans in made] == [said] * 50
    assert len({text for text, _ in made} - {TEXT}) > 25


def test_words_that_help_and_names_are_not_exchanged() -> None:
    """Not, forms of have, be and do, and words with capitals stand in every variant."""
    text = "Ann was not cruel and has been happy."
    variants = Variants([text])
    kept = ("Ann", "was", "not", "has", "been")
    assert all(word in variants.of(text, [])[0].split() for _ in range(50) for word in kept)
