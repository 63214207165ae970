"""How what the rules find and what the encoder proposes become one answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readout.attribution import attribute
from readout.attribution.join import join
from readout.encoder import Proposal, propose
from readout.layout import lay_out, plain
from readout.marks import quotations
from readout.records import Attribution, Span

RAIN = "Ada Lovelace doubts it. It rains a lot, she believes. “It rains,” Ada Lovelace said."


def where(text: str, words: str) -> tuple[Span, ...]:
    """The span of some words, as a list of one."""
    start = text.index(words)
    return ((start, start + len(words)),)


def proposal(
    text: str, content: str, source: str = "she", *, sure: float = 0.99, sourced: float = 0.9, rule: int | None = None
) -> Proposal:
    """A proposal of the encoder, with a cue that it is sure of."""
    return Proposal(
        where(text, content), where(text, "said"), where(text, source), sure, sure, sure, sourced, sure, rule, sure
    )


def joined(text: str, proposals: list[Proposal]) -> tuple[Attribution, ...]:
    """The answer to a text whose rules find what they find."""
    clean, layout = plain(text), lay_out(text)
    marks = quotations(clean, layout)
    return join(clean, layout, marks, attribute(clean, layout, marks), proposals)


def test_a_sure_proposal_is_found_and_a_doubtful_one_is_not() -> None:
    """The encoder alone decides on what no rule sees."""
    sure, doubtful = (joined(RAIN, [proposal(RAIN, "It rains a lot", sure=s)]) for s in (0.99, 0.1))
    assert [(a.content, a.source, a.kind) for a in sure] == [
        (where(RAIN, "It rains a lot"), where(RAIN, "she"), "indirect")
    ]
    assert sure[0].evidence
    assert doubtful == ()


def test_of_two_that_overlap_the_surer_holds() -> None:
    """No word is said twice."""
    both = [proposal(RAIN, "It rains a lot", sure=0.99), proposal(RAIN, "rains a lot", sure=0.9)]
    assert [a.content for a in joined(RAIN, both)] == [where(RAIN, "It rains a lot")]


@pytest.mark.parametrize(("whole", "first"), [(0.93, "It rains a lot"), (0.6, "the snow fell early")])
def test_of_a_whole_and_its_later_part_the_whole_holds_where_they_are_level(whole: float, first: str) -> None:
    """A difference as small as processors make does not cut a quote in two; a clear one does."""
    text = "It rains a lot, she said last week, adding the snow fell early."
    later = proposal(text, "the snow fell early", sure=0.98)
    both = replace(proposal(text, "It rains a lot", sure=whole), content=where(text, "It rains a lot") + later.content)
    found = joined(text, [later, both])
    assert where(text, first)[0] in found[0].content
    assert (len(found[0].content) == 2) == (whole > 0.9)


def test_marks_settle_where_direct_words_end() -> None:
    """Direct words keep the rules' content; a source that the encoder doubts is the rules'."""
    text = "“It rains,” Ada Lovelace said."
    found = joined(text, [proposal(text, "It", "It", sourced=0.2, rule=0)])
    assert [(a.content, a.source, a.kind) for a in found] == [
        (where(text, "“It rains,”"), where(text, "Ada Lovelace"), "direct")
    ]


def test_what_is_sure_is_said_with_its_confidence() -> None:
    """Every attribution carries how sure it is."""
    for found in joined(RAIN, [proposal(RAIN, "It rains a lot")]):
        assert 0 < found.confidence <= 1


@pytest.mark.parametrize("text", ["", "\n", "One.", "\ud800 “\udfff”", "“" * 50, "a " * 2000])
def test_any_string_can_be_read(text: str) -> None:
    """Odd strings have proposals inside the text, or none."""
    clean, layout = plain(text), lay_out(text)
    marks = quotations(clean, layout)
    for found in propose(clean, layout, marks, attribute(clean, layout, marks)):
        assert all(0 <= a < b <= len(text) for a, b in (*found.content, *found.cue, *found.source))


def test_a_pronoun_alone_is_nothing_to_show() -> None:
    """However sure the encoder is, "it" tells a reader nothing."""
    text = "Ada Lovelace was there. She said it, and nothing else."
    assert joined(text, [proposal(text, "it", "She")]) == ()


def test_what_asks_for_anonymity_belongs_to_the_source() -> None:
    """A relative clause in which a source asks not to be named is the source's, not what it says."""
    clause = "who asked not to be named because he was not authorised to speak"
    text = f"An official, {clause}, said it rains."
    alone = proposal(text, clause, "An official")
    begun = proposal(text, f"{clause}, said it rains", "An official")
    (found,) = joined(text, [begun])
    assert joined(text, [alone]) == ()
    assert text[found.source[0][0] : found.source[0][1]] == f"An official, {clause}"
