"""Corrections as files: W3C annotations that come back as they were, and the engine scored against them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from building import ARTICLE, READING
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.corrections import Correction, apply, making
from readout.corrections.annotations import from_annotations, from_dict, to_annotations, to_dict
from readout.corrections.score import Score, Tally, score, scores
from readout.errors import CorrectionError
from readout.records import Event, Timex

BY, WHEN = "Mary", "2024-05-01T12:00:00+00:00"
EVENT = Event("Cod Wars", date(1958, 9, 1), date(1976, 6, 1), "month", ("cod war",), place="Iceland", wikidata="Q1")


def one_of_each() -> list[Correction]:
    """A correction of every kind."""
    by: dict[str, Any] = {"by": BY, "when": WHEN}
    first, second = READING.speakers
    quotes = READING.quotes
    return [
        making.not_a_quote(ARTICLE, quotes[0], **by),
        making.a_quote(ARTICLE, [(110, 120), (90, 105)], "Zoe", "mixed", **by),
        making.bounds(ARTICLE, quotes[2], [quotes[2].content[0]], kind="indirect", **by),
        making.another_speaker(ARTICLE, quotes[2], "Zoe", **by),
        making.same_speaker(ARTICLE, READING, first, second, **by),
        making.a_time(ARTICLE, (3, 9), date(2020, 1, 1), date(2020, 12, 31), **by),
        making.an_event(ARTICLE, (3, 9), EVENT, **by),
        making.an_event(ARTICLE, (3, 9), None, by="", when=WHEN),
        making.a_fact("title", "A bridge", **by),
        making.a_fact("published", date(2020, 3, 6), **by),
        making.a_fact("published", None, **by),
        *making.facts(ARTICLE, replace(ARTICLE, byline="By Ada", publisher="", language="fr"), **by),
    ]


def test_every_kind_comes_back_as_it_was() -> None:
    """Written and read again, the corrections are the same records in the same order."""
    fixes = one_of_each()
    assert from_annotations(to_annotations(ARTICLE, fixes)) == tuple(fixes)
    assert from_annotations(to_annotations(ARTICLE, [])) == ()
    assert [from_dict(json.loads(json.dumps(to_dict(ARTICLE, fix)))) for fix in fixes] == fixes


def test_a_correction_is_a_web_annotation() -> None:
    """It has a context, an id, a target with both selectors, a creator and a time, as the data model asks."""
    made = json.loads(to_annotations(ARTICLE, one_of_each()))
    assert made["type"] == "AnnotationCollection"
    item = made["first"]["items"][0]
    assert item["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (item["type"], item["motivation"]) == ("Annotation", "editing")
    assert (item["creator"], item["created"]) == ({"type": "Person", "name": BY}, WHEN)
    words, place = item["target"][0]["selector"]
    assert words["exact"] == ARTICLE.text[place["start"] : place["end"]]
    assert "creator" not in made["first"]["items"][7]
    assert made["first"]["items"][8]["target"]["id"] == ARTICLE.url


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None), min_size=1, max_size=40), st.text(st.characters(codec=None), max_size=10))
def test_any_words_come_back(name: str, by: str) -> None:
    """Control characters and lone surrogates in a speaker's or a reader's name survive."""
    if not name.strip():
        return
    fix = making.a_quote(ARTICLE, [(90, 105)], name, "direct", by=by, when=WHEN)
    assert from_annotations(to_annotations(ARTICLE, [fix])) == (fix,)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'{"total": 1}',
        b'{"total": 1, "first": {"items": 5}}',
        b"\xff\xfe",
        b"[" * 9000,
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(data: bytes) -> None:
    """Each says that it is no file of corrections, and what to do."""
    with pytest.raises(CorrectionError, match=r"no file of corrections.*Choose another"):
        from_annotations(data)


@pytest.mark.parametrize("broken", ["id", "body", "target", "created"])
@pytest.mark.parametrize("by", [None, 5, [], {}, "", [None]])
def test_an_annotation_that_is_not_whole_is_refused_in_a_sentence(broken: str, by: object) -> None:
    """Whatever stands in one of its fields, the message names the annotation."""
    made = json.loads(to_annotations(ARTICLE, one_of_each()))
    made["first"]["items"][1][broken] = by
    with pytest.raises(CorrectionError, match="annotation 2 is not whole"):
        from_annotations(json.dumps(made).encode())


_LEAVES = st.none() | st.integers() | st.text(max_size=5)
_JSON = st.recursive(_LEAVES, lambda x: st.lists(x) | st.dictionaries(st.text(max_size=5), x), max_leaves=12)


@settings(max_examples=80, deadline=None)
@given(_JSON, st.sampled_from(range(len(one_of_each()))), st.booleans())
def test_hostile_values_raise_nothing_else(value: object, number: int, inner: bool) -> None:
    """Any JSON in place of what a reader says, or of a target, is refused or is a correction that can be applied."""
    made = to_dict(ARTICLE, one_of_each()[number])
    if inner:
        made["body"][1]["value"] = json.dumps(value)
    else:
        made["target"] = value
    try:
        fix = from_dict(made)
    except CorrectionError:
        return
    apply(ARTICLE, READING, [fix])


def test_an_uncorrected_reading_scores_full_marks() -> None:
    """What nobody corrected counts as right."""
    figures = score(ARTICLE.text, READING, READING)
    assert figures.quotes == figures.bounds == figures.speakers == Tally(4, 4, 4)
    assert figures.times == Tally()
    assert figures.times.f1 == 1.0


def test_each_kind_of_mistake_costs_its_own_figure() -> None:
    """One quote is none, one was missed, one has another speaker, one other bounds, one time other days."""
    article, quotes = ARTICLE, READING.quotes
    reading = replace(READING, times=(Timex(0, 5, "DATE", "2020", date(2020, 1, 1), date(2020, 12, 31)),))
    by: dict[str, Any] = {"by": BY, "when": WHEN}
    start, end = quotes[3].content[0]
    fixes = [
        making.not_a_quote(article, quotes[0], **by),
        making.a_quote(article, [(90, 105)], "Zoe", "indirect", **by),
        making.another_speaker(article, quotes[2], "Zoe", **by),
        making.bounds(article, quotes[3], [(start + 4, end)], **by),
        making.a_time(article, (0, 5), date(2020, 1, 1), **by),
    ]
    figures = score(article.text, reading, apply(article, reading, fixes).reading)
    assert figures.quotes == Tally(3, 4, 4)
    assert figures.bounds == Tally(2, 4, 4)
    assert figures.speakers == Tally(2, 3, 3)
    assert figures.times == Tally(0, 1, 1)
    assert figures.quotes.precision == figures.quotes.recall == figures.quotes.f1 == 0.75


def test_articles_are_counted_together() -> None:
    """The figures of several articles are those of all their findings, not the mean of their figures."""
    total = scores([(ARTICLE.text, READING, READING)] * 3)
    assert (total.articles, total.quotes) == (3, Tally(12, 12, 12))
    assert scores([]) == Score()
