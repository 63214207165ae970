"""The tone toward a mention: obvious cases, names that make no difference, spans that hold, evidence."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from readout import toward
from readout.errors import ReadoutError
from readout.layout import lay_out, plain
from readout.records import Span, Toward
from readout.regard import session, towards
from readout.regard.sentence import ANYONE, LONGEST, encode, names

NAMES = Path(__file__).parent / "names.toml"
OBVIOUS = [
    ("Critics called Harlan Pike a corrupt liar who betrayed his own voters.", "Harlan Pike", "negative"),
    ("Prosecutors accused Dana Wells of stealing money from sick children.", "Dana Wells", "negative"),
    ("The disastrous rescue left Orlando Reyes humiliated, and angry voters blamed him.", "Orlando Reyes", "negative"),
    ("Everyone praised Maria Lund as a brave and brilliant leader.", "Maria Lund", "positive"),
    ("Her generosity has made Ruth Adler one of the most admired women in town.", "Ruth Adler", "positive"),
    ("Voters celebrated the great victory of Peter Hahn.", "Peter Hahn", "positive"),
    ("Tom Baker arrived in Lisbon on Tuesday.", "Tom Baker", "neutral"),
    ("Clara Voss will speak at the meeting on Friday, the office said.", "Clara Voss", "neutral"),
]


def of(text: str, mention: str, *, evidence: bool = False) -> Toward:
    """The tone toward the first place where these words stand."""
    start = text.index(mention)
    return toward(text, start, start + len(mention), evidence=evidence)


@pytest.mark.parametrize(("text", "mention", "label"), OBVIOUS)
def test_the_obvious_is_seen(text: str, mention: str, label: str) -> None:
    """Praise, blame and mere news are told apart."""
    found = of(text, mention)
    assert found.label == label, found
    assert text[found.start : found.end] == mention
    assert sum(found.probabilities) == pytest.approx(1, abs=2e-4)
    assert max(found.probabilities) == found.probabilities[("negative", "neutral", "positive").index(label)]


@pytest.mark.parametrize(
    ("text", "mention", "clear"),
    [
        ("Anna Berg has not been able to benefit from it.", "Anna Berg", False),
        ("Evelyn hadn’t been the key I’d been hoping for.", "Evelyn", False),
        ("Critics said Anna Berg was not a leader.", "Anna Berg", False),
        ("Critics called Harlan Pike a corrupt liar who would not pay.", "Harlan Pike", True),
        ("Brazil would not agree.", "Brazil", True),
    ],
)
def test_a_tone_that_hangs_on_a_denial_alone_is_not_clear(text: str, mention: str, clear: bool) -> None:
    """Without its "not" the tone is another: so the label stays as it is, but it is not shown as sure."""
    assert of(text, mention).clear is clear


def test_one_sentence_may_praise_one_and_blame_another() -> None:
    """The tone is toward the mention, not that of the sentence."""
    text = "Anna Berg won wide praise for her courage, while Viktor Stahl was condemned as a shameless liar."
    assert of(text, "Anna Berg").label == "positive"
    assert of(text, "Viktor Stahl").label == "negative"


def test_a_name_does_not_decide() -> None:
    """Forty names of other genders, origins, parties and countries: the same probabilities to the digit."""
    tables = tomllib.loads(NAMES.read_text("utf-8"))
    swapped = [name for table in tables.values() for group in table.values() for name in group]
    assert len(swapped) == len(set(swapped)) == 40
    for text, mention, label in OBVIOUS[:5]:
        found = {of(text.replace(mention, name), name).probabilities for name in swapped}
        assert found == {of(text, mention).probabilities}, label


def test_a_span_counts_characters_of_the_text_as_given() -> None:
    """Emoji, odd spaces and markup before a mention move nothing."""
    bare = OBVIOUS[0][0]
    text = f"A storm came. 🙂🙂\u00a0\n\n<b>News</b> of the day 👩‍👩‍👧.\n\n{bare}\n\nMore."
    found = of(text, "Harlan Pike", evidence=True)
    assert text[found.start : found.end] == "Harlan Pike"
    assert found.probabilities == of(bare, "Harlan Pike").probabilities
    assert {text[word.start : word.end] for word in found.evidence} <= set(bare.replace(".", "").split())


def test_many_at_once_are_as_each_alone() -> None:
    """A batch gives what single calls give, in the order of the spans, and twice the same."""
    text = "\n\n".join(sentence for sentence, _, _ in OBVIOUS)
    spans = [(text.index(mention), text.index(mention) + len(mention)) for _, mention, _ in OBVIOUS]
    spans += [(text.index("him"), text.index("him") + 3), (text.index("Lisbon"), text.index("Lisbon") + 6)]
    spans.reverse()
    sentences = lay_out(text).sentences
    together = towards(plain(text), sentences, spans)
    assert together == towards(plain(text), sentences, spans)
    for one, span in zip(together, spans, strict=True):
        alone = toward(text, *span, evidence=False)
        assert (one.start, one.end, one.label, one.clear) == (*span, alone.label, alone.clear)
        assert one.probabilities == pytest.approx(alone.probabilities, abs=2e-4)


def test_the_whole_text_may_be_one_sentence() -> None:
    """A text of one sentence, and one far longer than what is read at once, can be judged wherever they mention."""
    assert of("Maria Lund", "Maria Lund").label in ("neutral", "positive", "negative")
    long = "and so it went on and on " * 400
    text = f"{long}until everyone praised Maria Lund as a brave and brilliant leader {long}."
    assert of(text, "Maria Lund").label == "positive"
    (start,) = (text.index("Maria Lund"),)
    for encoded in encode(text, [(start, start + 10)]):
        assert len(encoded.pieces) <= LONGEST


def test_a_mention_over_a_full_stop_is_read_with_both_its_sentences() -> None:
    """Where the rules cut a sentence inside a name, nothing is lost."""
    text = "They praised Yahoo! Inc. warmly. It rained."
    found = of(text, "Yahoo! Inc.")
    assert text[found.start : found.end] == "Yahoo! Inc."


@pytest.mark.parametrize("span", [(0, 0), (5, 3), (-4, 2), (0, 999), (13, 14), (14, 15), (999, 1000)])
def test_a_span_without_a_word_is_refused_in_a_sentence(span: Span) -> None:
    """An empty span, one outside the text, and one of mere marks or spaces."""
    with pytest.raises(ReadoutError, match=r"^Characters .+ give the span of a name or a pronoun in it\.$"):
        toward("Peace is here. It rained.", *span)


def test_an_empty_text_has_no_mention() -> None:
    """Nothing can be asked of a text without words."""
    with pytest.raises(ReadoutError, match="which has 0 characters"):
        toward("", 0, 1)


def test_a_mention_outside_the_sentences_given_is_refused() -> None:
    """A batch over some sentences does not judge what stands elsewhere."""
    text = "It rained.\n\nAda Lovelace laughed."
    with pytest.raises(ReadoutError, match="in none of the article's sentences"):
        towards(text, lay_out(text).sentences[1:], [(0, 2)])


@pytest.mark.parametrize(
    "text", ["\ud800 Ada", "A\u0301da\u200b\ufeff", "ADA", "ada", "中文。Ada", "Ada's", "“Ada”", "Ada " * 3000]
)
def test_any_string_can_be_judged(text: str) -> None:
    """Odd strings have a tone like others."""
    place = next(at for at, letter in enumerate(text) if letter.isalnum())
    assert toward(text, place, place + 1, evidence=False).label


def test_evidence_is_what_it_hangs_on() -> None:
    """The words that weighed most come first, stand in the text, are not the mention, and are few."""
    text, mention, _ = OBVIOUS[0]
    found = of(text, mention, evidence=True)
    words = [text[word.start : word.end] for word in found.evidence]
    assert 1 <= len(words) <= 5
    assert {"corrupt", "liar", "betrayed", "Critics"} & set(words)
    assert not {"Harlan", "Pike"} & set(words)
    weights = [word.weight for word in found.evidence]
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight <= 1 for weight in weights)
    assert of(text, mention).evidence == ()


def test_names_are_found_by_their_capitals() -> None:
    """Titles belong to a name; an ordinary word that opens a sentence, a weekday and a headline's words are none."""
    text = "When Mr. Trump met Angela Merkel of Germany on Monday, Obama laughed."
    assert [text[a:b] for a, b in names(text)] == ["Mr. Trump", "Angela Merkel of Germany", "Obama"]
    headline = "Obama Says They Never Liked Their Very Good Plans"
    assert [headline[a:b] for a, b in names(headline)] == ["Obama"]


def test_the_network_is_told_no_name() -> None:
    """A name's pieces are one, the same for every name, wherever it stands in the sentence."""
    text = "Trump said Trump would win."
    (encoded,) = encode(text, [(0, 5), (11, 16)])
    assert list(encoded.pieces).count(ANYONE) == 2
    assert [list(row).index(1) for row in encoded.where] == [1, 3]


def test_a_name_half_told_by_its_capitals_is_hidden_whole() -> None:
    """In a headline an ordinary word may be half of a name."""
    text = "Top Luther Strange Strategist Is Donald Trump’s Best Ally"
    spans = [text[a:b] for a, b in names(text)]
    assert "Luther" in spans
    assert "Luther Strange" not in spans
    (encoded,) = encode(text, [(4, 18)])
    assert [text[a:b] for a, b in encoded.spans[1:3]] == ["Top", "Luther Strange"]
    assert list(encoded.where[0]).index(1) == 2


def test_missing_weights_are_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever installs without the weights learns what to do."""
    monkeypatch.setattr(session, "files", lambda _: tmp_path)
    session._shipped.cache_clear()
    with pytest.raises(ReadoutError, match=r"are missing .+ install Readout again"):
        of(*OBVIOUS[0][:2])
    monkeypatch.undo()
    session._shipped.cache_clear()
