"""Tone: TextBlob's scores, placed on the text and parted by voice."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from growth import assert_in_proportion
from hypothesis import given, settings
from hypothesis import strategies as st
from textblob import TextBlob
from textblob.en import sentiment

from readout import lists
from readout.layout import lay_out, plain
from readout.reading import read
from readout.records import REPORTER, ParagraphTone, Quote, Span, ToneSpan, ToneWord
from readout.tone import mean, missed_negations, named_in, weigh

NEWS = (
    "The minister praised a really good plan, and said it was not very popular. Critics called it a terrible idea!\n\n"
    "“The talks were never easy,” she said, “but I’m extremely happy with this wonderful outcome.”\n\n"
    "No date was given for the vote."
)
PIECES = st.sampled_from([
    "good", "not", "very", "never", "bad", "“", "”", '"', "'", "n't", ".", "!", "(!)", ":)", "<script>", "\n\n", " ",
    "really", "İ", "中文。", "END-OF-SENTENCE", "\x1c", "…", "no", "1.5", "U.S.", "\u00a0", "♥", "-", "\n", "\ud800",
])  # fmt: skip


def quote(content: Span, speaker: str) -> Quote:
    """A quote of one span."""
    return Quote((content,), (), (), "direct", speaker, 0, "")


def scored(text: str) -> dict[str, float]:
    """The words of a text that the engine scores, with their weights."""
    return {text[w.start : w.end]: w.polarity for tone in read(text, toward=False).tone for w in tone.words}


def spans_of(text: str, *quotes: tuple[str, str]) -> list[tuple[str, str]]:
    """The voices of a text in which these words are these speakers', as (speaker, words)."""
    made = tuple(quote((text.index(words), text.index(words) + len(words)), speaker) for words, speaker in quotes)
    _, voices = weigh(text, lay_out(text, body=(0, len(text))), made)
    return [(voice.speaker, text[voice.start : voice.end]) for voice in voices]


def test_a_paragraph_scores_as_textblob_does() -> None:
    """Polarity and subjectivity of every paragraph are TextBlob's own."""
    layout = lay_out(NEWS)
    tones, _ = weigh(NEWS, layout, ())
    assert len(tones) == 3
    for paragraph, tone in zip(layout.paragraphs, tones, strict=True):
        expected = TextBlob(NEWS[paragraph.start : paragraph.end]).sentiment
        assert tone.polarity == pytest.approx(expected.polarity, abs=1e-9)
        assert tone.subjectivity == pytest.approx(expected.subjectivity, abs=1e-9)
    assert tones[0].polarity != 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He fears a new Cold War with a nasty end.", ["new", "nasty"]),
        ("A Cold War is bad. Cold War tensions grew.", ["bad"]),
        ("Cold War tensions are bad.", ["bad"]),
        ("They read it later in the small print of the Happy Valley Times on Good Friday.", ["later", "small"]),
        ("In New York they were happy.", ["happy"]),
        ("Happy people cheered, and Good Samaritans came.", ["Happy"]),
        ("“Great,” he said. “Good news.”", ["Great", "Good"]),
        ("He called it a GREAT day.", ["GREAT"]),
        ("GREAT NEWS FROM THE HAPPY TOWN", ["GREAT", "HAPPY"]),
        ("She is not Happy Gilmore but good.", ["good"]),
    ],
)
def test_words_inside_a_name_carry_no_tone(text: str, words: list[str]) -> None:
    """Of names TextBlob would score "Cold" or "Happy"; a capital that only opens a sentence or shouts is no name."""
    assert [word.rpartition(" ")[2] for word in scored(text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Many people and most towns saw more rain than half of the others.", {}),
        ("Not many came, and very few stayed.", {}),
        ("It was much better.", {"much better": 0.5}),
        ("It has its own terrible smell.", {"terrible": -1.0}),
    ],
)
def test_quantifiers_carry_no_tone(text: str, words: dict[str, float]) -> None:
    """ "Many" would count as half a praise; before a word that has a tone it stays with it."""
    assert scored(text) == words


def test_the_quantifiers_are_textblobs() -> None:
    """No entry of the list is idle: each is a word that its lexicon scores."""
    sentiment.load()
    assert [word for word in lists.lines("quantifiers") if word not in sentiment] == []


def test_words_stand_where_they_stand() -> None:
    """Each scored group covers its word with what turns or intensifies it."""
    tones, _ = weigh(NEWS, lay_out(NEWS), ())
    words = [NEWS[word.start : word.end] for tone in tones for word in tone.words]
    assert words == ["really good", "not very popular", "terrible", "never easy", "extremely happy", "wonderful"]
    weights = {NEWS[word.start : word.end]: word.polarity for tone in tones for word in tone.words}
    assert weights["not very popular"] < 0 < weights["really good"]


def test_a_sentence_is_cut_by_voice() -> None:
    """What is quoted is the speaker's, the rest the reporter's, and a rest without letters is nobody's."""
    text = '"We had a good day," she said, "a great day."'
    assert spans_of(text, ("We had a good day,", "Ada"), ("a great day.", "Ada")) == [
        ("Ada", "We had a good day,"),
        (REPORTER, '" she said, "'),
        ("Ada", "a great day."),
    ]


def test_the_shortest_quote_has_the_word() -> None:
    """Where one quote lies in another, the inner speaker is heard there and the outer one around it."""
    text = "He recalled that she called it a good day before he left."
    outer, inner = "that she called it a good day before he left", "a good day"
    assert spans_of(text, (outer, "Bo"), (inner, "Ada"))[1:4] == [
        ("Bo", "that she called it "),
        ("Ada", "a good day"),
        ("Bo", " before he left"),
    ]


def test_no_voice_turns_another() -> None:
    """A "not" of the reporter's does not turn the first word quoted."""
    text = "It was not “good enough” for him."
    start = text.index("good")
    _, voices = weigh(text, lay_out(text, body=(0, len(text))), (quote((start, start + 11), "Ada"),))
    assert {voice.speaker: voice.polarity > 0 for voice in voices if voice.words} == {"Ada": True}


def test_a_denied_praise_is_found() -> None:
    """A denial a few words before a positive word is reported; a denial that TextBlob saw, or none, is not."""
    text = "The talks cannot be called friendly. It was not good. It was not only long but good. It isn’t a success."
    layout = lay_out(text, body=(0, len(text)))
    found = missed_negations(text, layout, weigh(text, layout, ())[0])
    assert [text[missed.start : missed.end] for missed in found] == ["cannot be called friendly", "isn’t a success"]


def test_chinese_scores_nothing() -> None:
    """A text without a word of the lexicon has voices and paragraphs, all at 0 and without words."""
    text = "他说：“很好。”谢谢。"
    tones, voices = weigh(text, lay_out(text, body=(0, len(text))), ())
    assert tones
    assert voices
    assert not any(tone.words for tone in tones)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)), st.data())
def test_any_text_is_weighed(text: str, data: st.DataObject) -> None:
    """Any string with any quotes: spans in order, inside and disjoint; scores in range and the means of their words."""
    place = st.integers(0, len(text))
    contents = data.draw(st.lists(st.tuples(place, place, st.sampled_from(["Ada", "Bo"])), max_size=5))
    quotes = tuple(quote((start, end), speaker) for start, end, speaker in contents)
    clean = plain(text)
    layout = lay_out(text, body=(0, len(text)))
    tones, voices = weigh(clean, layout, quotes)
    assert [tone.paragraph for tone in tones] == [paragraph.index for paragraph in layout.paragraphs]
    assert (tones, voices) == weigh(clean, layout, quotes)
    plainly = not named_in(clean, layout.sentences)
    plainly &= lists.words("quantifiers").isdisjoint(re.findall(r"[a-z]+", clean.lower()))
    for tone, paragraph in zip(tones, layout.paragraphs, strict=True):
        assert (tone.polarity, tone.subjectivity) == mean(tone.words)
        if plainly:
            expected = TextBlob(clean[paragraph.start : paragraph.end]).sentiment
            assert tone.polarity == pytest.approx(expected.polarity, abs=1e-9)
            assert tone.subjectivity == pytest.approx(expected.subjectivity, abs=1e-9)
    at = 0
    for voice in voices:
        sentence = layout.sentences[voice.sentence]
        assert max(at, sentence.start) <= voice.start < voice.end <= sentence.end
        assert (voice.polarity, voice.subjectivity) == mean(voice.words)
        at = voice.end
    holders: list[ParagraphTone | ToneSpan] = [*tones, *voices]
    for holder in holders:
        bounds = (holder.start, holder.end) if isinstance(holder, ToneSpan) else (0, len(text))
        edges = [bounds[0], *(edge for word in holder.words for edge in (word.start, word.end)), bounds[1]]
        assert edges == sorted(edges)
        assert all(-1 <= word.polarity <= 1 and 0 <= word.subjectivity <= 1 for word in holder.words)
    missed_negations(clean, layout, tones)


@pytest.mark.parametrize("row", ["(", "not very ", '. " ', "n't", "_'"])
def test_work_is_linear(row: str) -> None:
    """The work grows with the text and not with its square, even where nothing is written but marks."""

    def work(count: int) -> Callable[[], object]:
        text = row * count
        layout = lay_out(text, body=(0, len(text)))
        return lambda: weigh(text, layout, ())

    assert_in_proportion(work, 500)


def test_a_mean_is_exact() -> None:
    """`sum` makes 0.9999999999999999 of ten tenths in Python 3.11 and 1.0 in 3.12, and loses the two ones below."""
    tenths = [ToneWord(0, 1, 0.1, 0.1)] * 10
    assert mean(tenths) == (0.1, 0.1)
    far = [ToneWord(0, 1, value, 0.0) for value in (1.0, 1e100, 1e-100, 1.0, -1e100, -1e-100)]
    assert mean(far)[0] == 2 / 6


@given(st.lists(st.floats(-1, 1), max_size=30), st.randoms())
def test_a_mean_does_not_hang_on_the_order(values: list[float], chance: random.Random) -> None:
    """The same words in another order have the same tone, to the bit."""
    words = [ToneWord(0, 1, value, -value) for value in values]
    assert mean(words) == mean(chance.sample(words, len(words)))


def test_a_word_has_no_digits_that_hang_on_how_its_senses_were_added() -> None:
    """TextBlob takes the mean of a word's senses with `sum`; a score has no more digits than it has in the lexicon."""
    text = "\n\n".join(f"It was {word}." for word in sorted(sentiment)[::20])
    scores = [
        score
        for tone in read(text, toward=False).tone
        for word in tone.words
        for score in (word.polarity, word.subjectivity)
    ]
    assert scores
    assert all(score == round(score, 9) for score in scores)
