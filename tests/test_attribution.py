"""Who says what: the rules one by one, the seed article as read by hand, and any string at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from growth import assert_in_proportion
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.attribution import attribute
from readout.layout import lay_out, plain
from readout.marks import quotations
from readout.records import Attribution, Span

SEED = Path(__file__).parent.parent / "data" / "articles" / "putin-on-trump-victory.txt"


def find(text: str) -> tuple[Attribution, ...]:
    """The attributions of a text."""
    clean, layout = plain(text), lay_out(text)
    return attribute(clean, layout, quotations(clean, layout))


def said(text: str) -> list[tuple[str, str, str, str]]:
    """Kind, source, cue and content of each attribution, spans joined by a bar."""

    def words(spans: tuple[Span, ...]) -> str:
        return "|".join(text[start:end] for start, end in spans)

    return [(a.kind, words(a.source), words(a.cue), words(a.content)) for a in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It rains a lot,” Ada Lovelace said.", ("direct", "Ada Lovelace", "said", "“It rains a lot,”")),
        ("“It rains a lot,” said Ada Lovelace.", ("direct", "Ada Lovelace", "said", "“It rains a lot,”")),
        ("“It rains?” Ada Lovelace asked.", ("direct", "Ada Lovelace", "asked", "“It rains?”")),
        ("“It rains a lot.” — Ada Lovelace", ("direct", "Ada Lovelace", "—", "“It rains a lot.”")),
        ("“It rains,” Lovelace shot back.", ("direct", "Lovelace", "shot", "“It rains,”")),
        ("Lovelace said: “It rains a lot.”", ("direct", "Lovelace", "said", "“It rains a lot.”")),
        ("Lovelace: “It rains a lot.”", ("direct", "Lovelace", ":", "“It rains a lot.”")),
        (
            "“It rains,” she said in a speech. “It pours.”",
            ("direct", "she", "said", "“It rains,”|“It pours.”"),
        ),
        (
            "In a statement, the minister said that it “rains a lot here” now.",
            ("mixed", "the minister", "said", "it “rains a lot here” now"),
        ),
        (
            "Lovelace, the minister of rain, told reporters on Monday that it rains.",
            ("indirect", "Lovelace", "told", "it rains"),
        ),
        ("Lovelace, who denied that it rains, left.", ("indirect", "Lovelace", "denied", "it rains")),
        ("It rains a lot, Lovelace said last week.", ("indirect", "Lovelace", "said", "It rains a lot")),
        ("According to the minister, it rains.", ("indirect", "the minister", "According to", "it rains")),
        ("It rains a lot, according to Lovelace.", ("indirect", "Lovelace", "according to", "It rains a lot")),
        (
            "Lovelace has also expressed hope that it rains.",
            ("indirect", "Lovelace", "has also expressed hope", "it rains"),
        ),
        (
            "It rains, Lovelace said last week, adding that it pours.",
            ("indirect", "Lovelace", "said|adding", "It rains|it pours"),
        ),
        ("The weather, Lovelace said, is bad.", ("indirect", "Lovelace", "said", "The weather|is bad")),
        ("They laughed at Lovelace's claim that it rains.", ("indirect", "Lovelace", "claim", "it rains")),
        ("When Lovelace says that it rains, people laugh.", ("indirect", "Lovelace", "says", "it rains")),
        ("She declined to say whether it rains.", ("indirect", "She", "declined", "to say whether it rains")),
    ],
)
def test_one_attribution(text: str, expected: tuple[str, str, str, str]) -> None:
    """Each way of attributing gives its kind, source, cue and content."""
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "They watched “Saturday Night Live” and went to bed.",
        "The so-called “rain tax” rose by two percent.",
        "Joe “the Duke” Smith walked in the rain.",
        "It rains in the city on most days.",
        "The claims were filed in court on Monday.",
    ],
)
def test_nothing_said(text: str) -> None:
    """Titles, nicknames, scare quotes and plain narration are no attribution."""
    assert said(text) == []


def test_two_cues_of_one_subject() -> None:
    """A second cue after "and" makes a second attribution with the same source."""
    assert [(s, c) for _, s, _, c in said("Lovelace says it rains and warned that it pours.")] == [
        ("Lovelace", "it rains"),
        ("Lovelace", "it pours"),
    ]


def test_via() -> None:
    """Who passes words on is no second source."""
    (found,) = find("The minister noted that it “rains a lot here,” the Daily Post reported.")
    assert found.via == "the Daily Post"


def test_carried_on_without_a_cue() -> None:
    """A wholly quoted paragraph has no cue and no source of its own, and says so."""
    text = "“It rains,” Lovelace said.\n\n“It also pours a lot.”"
    found = find(text)[1]
    assert (found.kind, found.cue, found.source, found.paragraph) == ("direct", (), (), 1)
    assert "without a cue" in found.evidence


def test_announced_by_a_colon() -> None:
    """A paragraph that ends in a colon names who speaks in the next."""
    text = "Then Lovelace continued:\n\n“It rains and pours.”"
    assert said(text) == [("direct", "Lovelace", "continued", "“It rains and pours.”")]


def test_the_seed_article() -> None:
    """The seed article gives what a careful reader finds in it, and nothing else."""
    text = SEED.read_text("utf-8")
    begins = [
        ("indirect", "Russian President Vladimir Putin", "Russia is ready and looks forward"),
        ("direct", "President Putin", "\"We heard [Trump's] campaign rhetoric"),
        ("direct", "he", '"We understand and are aware'),
        ("mixed", "the president", '"it is not our fault'),
        ("indirect", "the Russian President", "the dialogue between Moscow and Washington"),
        ("mixed", "The Russian leader", 'he hopes to address some "burning issues'),
        ("mixed", "Putin", '"building a constructive dialogue'),
        ("indirect", "Russian State Duma Speaker Vyacheslav Volodin", "Trump's victory in the presidential election"),
        ("direct", "he", '"The current US-Russian relations cannot be called friendly.'),
        ("direct", "Volodin", '"The Russian Parliament will welcome'),
        ("indirect", "Russian Foreign Minister Sergey Lavrov", "Russia will judge the new US administration"),
        ("direct", "the minister", '"We are ready to work with any US leader'),
        ("direct", "", "\"I can't say that all the previous US leaders"),
        ("indirect", "many observers", "US-Russia relations are now at their lowest point"),
        ("mixed", "Putin", 'the worsening of Russia\'s relations with the US" was not our choice,"'),
        ("indirect", "Putin", "For things to improve"),
        ("indirect", "Russian Foreign Minister Sergey Lavrov", "The US will have to negotiate with Russia"),
    ]
    found = said(text)
    assert [(kind, source) for kind, source, _, _ in found] == [(kind, source) for kind, source, _ in begins]
    assert all(content.startswith(start) for (_, _, _, content), (_, _, start) in zip(found, begins, strict=True))


PIECES = ["said", "“", "”", '"', "'", ",", ".", ":", "and", "that", "according", "to", "Ada", "who", "the rain", "\n\n"]
PIECES += ["saying", "is", "(", ")", "—", "中文", "\ud800", "<script>", "''", "told", "3.5", "expressed hope that"]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["", " "]))
def test_any_text(pieces: list[str], gap: str) -> None:
    """Spans of any text are in bounds and in order, each attribution has content, and twice gives the same."""
    text = gap.join(pieces)
    found = find(text)
    for one in found:
        assert one.content
        assert one.evidence
        for spans in (one.content, one.cue, one.source):
            assert list(spans) == sorted(spans)
            assert all(0 <= start < end <= len(text) for start, end in spans)
    assert found == find(text)


@pytest.mark.parametrize(
    "piece", ["He said that “it rains” and said ", "Ada, who said, ", "'a ", "“a ", "A: ", "and said "]
)
def test_linear_time(piece: str) -> None:
    """The work grows with the text and not with its square, even without a full stop."""
    assert_in_proportion(lambda times: lambda: find(piece * times), 300)
