"""Tone: TextBlob's scores, placed on the text and parted by voice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import assert_in_proportion
from hypothesis import given, settings
from hypothesis import strategies as st
from textblob import TextBlob

from readout.layout import lay_out, plain
from readout.records import REPORTER, ParagraphTone, Quote, Span, ToneSpan
from readout.tone import mean, missed_negations, weigh

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
    for tone, paragraph in zip(tones, layout.paragraphs, strict=True):
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
