"""The whole engine: its contract, and what holds for any text at all."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from growth import steps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout import Reading, read
from readout.shelf import SHIPPED, names, open_article

SCHEMA = json.loads((Path(__file__).parent / "reading.schema.json").read_text("utf-8"))

_PIECES = st.sampled_from(
    [
        *"\"“”‘’'«»„…—()[]<>\n\t .,:;!?",
        "\n\n",
        "''",
        "``",
        "said",
        "he",
        "she",
        "added that",
        "According to",
        "many observers",
        "President Ada Lovelace",
        "Lovelace",
        "Mr. Babbage",
        "the minister",
        "told reporters",
        "on Wednesday",
        "last month",
        "two years earlier",
        "in 2014",
        "the Cold War",
        "the presidential election",
        "not very good",
        "terrible",
        "<script>alert(1)</script>",
        "<u>",
        "</u>",
        "俄罗斯准备好了。",
        "😀",
        "\u00a0",
        "\u200b",
        "\ud800",
        "Copyright ©",
        "By Jane Doe",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=60).map(" ".join), st.lists(_PIECES).map("".join))


def spans(reading: Reading) -> list[tuple[int, int]]:
    """Every span of a reading."""
    found = [s for q in reading.quotes for part in (q.content, q.cue, q.source) for s in part]
    found += [(t.start, t.end) for t in reading.times]
    found += [(e.start, e.end) for e in reading.events]
    found += [s for speaker in reading.speakers for s in speaker.mentions]
    words = [w for t in reading.tone for w in t.words] + [w for v in reading.voices for w in v.words]
    found += [(w.start, w.end) for w in words]
    found += [(v.start, v.end) for v in reading.voices]
    found += [(p.start, p.end) for p in reading.layout.paragraphs]
    found += [(s.start, s.end) for s in reading.layout.sentences]
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, published=st.one_of(st.none(), st.dates()))
def test_any_text_reads(text: str, published: date | None) -> None:
    """Any string reads without an error, with every span inside it, in order, and the same reading each time."""
    reading = read(text, published=published)

    assert all(0 <= start < end <= len(text) for start, end in spans(reading))
    for quote in reading.quotes:
        for part in (quote.content, quote.cue, quote.source):
            assert list(part) == sorted(part)
    assert [q.start for q in reading.quotes] == sorted(q.start for q in reading.quotes)
    assert [t.start for t in reading.times] == sorted(t.start for t in reading.times)
    assert all(t.earliest <= t.latest for t in reading.times if t.earliest and t.latest)
    assert {q.speaker for q in reading.quotes} == {s.name for s in reading.speakers}
    assert read(text, published=published) == reading


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_any_reading_keeps_the_contract(text: str) -> None:
    """What `to_dict` gives is JSON after the schema, whatever was read."""
    given = read(text, published=date(2016, 11, 9)).to_dict()

    jsonschema.validate(json.loads(json.dumps(given)), SCHEMA)


@pytest.mark.parametrize("name", names(SHIPPED))
def test_shipped_articles_keep_the_contract(name: str) -> None:
    """Every article that ships opens without a notice and reads after the schema."""
    opened = open_article(SHIPPED, name)
    given = read(opened.article.text, published=opened.article.published, title=opened.article.title).to_dict()

    assert opened.notices == ()
    assert given["quotes"]
    jsonschema.validate(json.loads(json.dumps(given)), SCHEMA)


@pytest.fixture(scope="module")
def seed() -> tuple[str, Reading]:
    """The article that Readout was asked for, and its reading."""
    article = open_article(SHIPPED, "putin-on-trump-victory").article
    return article.text, read(article.text, published=article.published, title=article.title)


BY_HAND: list[tuple[int, str, str, str, str]] = [
    (1, "Vladimir Putin", "indirect", "Russia is ready and looks forward", "said"),
    (2, "Vladimir Putin", "direct", "We heard [Trump's] campaign rhetoric", "said"),
    (3, "Vladimir Putin", "direct", "We understand and are aware", "added"),
    (4, "Vladimir Putin", "mixed", "it is not our fault", "stressed"),
    (5, "Vladimir Putin", "indirect", "the dialogue between Moscow and Washington", "expressed confidence"),
    (6, "Vladimir Putin", "mixed", 'he hopes to address some "burning issues', "noted"),
    (7, "Vladimir Putin", "mixed", "building a constructive dialogue", "has expressed confidence"),
    (8, "Vyacheslav Volodin", "indirect", "Trump's victory in the presidential election will help", "expressed hope"),
    (9, "Vyacheslav Volodin", "direct", "The current US-Russian relations cannot be called friendly.", "said"),
    (10, "Vyacheslav Volodin", "direct", "The Russian Parliament will welcome", "added"),
    (11, "Sergey Lavrov", "indirect", "Russia will judge the new US administration", "said"),
    (12, "Sergey Lavrov", "direct", "We are ready to work with any US leader", "said"),
    (13, "Sergey Lavrov", "direct", "I can't say that all the previous US leaders", ""),
    (14, "many observers", "indirect", "US-Russia relations are now at their lowest point", "According to"),
    (14, "Vladimir Putin", "mixed", 'the worsening of Russia\'s relations with the US" was not our choice,"', "noted"),
    (15, "Vladimir Putin", "indirect", "For things to improve", "said"),
    (16, "Sergey Lavrov", "indirect", "The US will have to negotiate with Russia", "said"),
]
"""The seed article as a careful reader reads it: paragraph, speaker, kind, first words, cue."""


def _matching(text: str, reading: Reading, row: tuple[int, str, str, str, str]) -> list[Any]:
    paragraph, speaker, _, begins, cue = row
    return [
        q
        for q in reading.quotes
        if q.paragraph + 1 == paragraph
        and q.speaker == speaker
        and text[q.start : q.end].lstrip('"').startswith(begins)
        and (cue in " ".join(text[s:e] for s, e in q.cue) if cue else not q.cue)
    ]


@pytest.mark.parametrize("row", BY_HAND, ids=lambda row: f"{row[0]}-{row[3][:20]}")
def test_seed_quotes(seed: tuple[str, Reading], row: tuple[int, str, str, str, str]) -> None:
    """Each quote that a careful reader finds is found once, with its speaker and cue."""
    text, reading = seed

    assert len(_matching(text, reading, row)) == 1


def test_seed_kinds_and_nothing_beside(seed: tuple[str, Reading]) -> None:
    """At least 16 of the 17 kinds are right, and at most one quote stands beside the seventeen."""
    text, reading = seed
    right = [row for row in BY_HAND if any(q.kind == row[2] for q in _matching(text, reading, row))]

    assert len(right) >= 16
    assert len(reading.quotes) <= 18


def test_seed_speakers(seed: tuple[str, Reading]) -> None:
    """Three people and one unnamed source speak, with the roles that the text gives them."""
    _, reading = seed
    roles = {s.name: s.role for s in reading.speakers}

    assert set(roles) == {"Vladimir Putin", "Sergey Lavrov", "Vyacheslav Volodin", "many observers"}
    assert reading.speakers[0].name == "Vladimir Putin"
    assert "President" in roles["Vladimir Putin"]
    assert "Foreign Minister" in roles["Sergey Lavrov"]
    assert "Speaker" in roles["Vyacheslav Volodin"]
    assert [s.name for s in reading.speakers if not s.named] == ["many observers"]


def test_seed_times_and_events(seed: tuple[str, Reading]) -> None:
    """The six times fall on their days, and the three events have their names."""
    text, reading = seed
    days = {
        (text[t.start : t.end].lower().removeprefix("on "), str(t.earliest), str(t.latest))
        for t in reading.times
        if t.event is None or t.value == "2014"
    }

    assert {
        ("earlier today", "2016-11-09", "2016-11-09"),
        ("wednesday", "2016-11-09", "2016-11-09"),
        ("last month", "2016-10-01", "2016-10-31"),
        ("last week", "2016-10-31", "2016-11-06"),
        ("2014", "2014-01-01", "2014-12-31"),
    } <= days
    assert sum(text[t.start : t.end].lower().endswith("wednesday") for t in reading.times) == 2
    found = {m.event.name: (m.event.first.year, m.event.last.year) for m in reading.events}
    assert len(found) == 3
    assert {(1947, 1991), (2016, 2016)} < set(found.values())
    assert any("Ukrain" in name and first == 2014 for name, (first, _) in found.items())
    assert sum(m.event.first == date(2016, 11, 8) for m in reading.events) == 3


def test_without_a_date_relative_times_stay_open() -> None:
    """Without a day of publication "last week" has a value but no days; an absolute date keeps its own."""
    reading = read("Ada Lovelace said last week that the engine worked on 10 December 1815.")

    assert {(t.value == "1815-12-10", t.earliest is None) for t in reading.times} == {(True, False), (False, True)}


def test_work_grows_no_faster_than_the_text() -> None:
    """Four times the words take some four times the steps: nothing in the engine looks at the whole text each time."""
    article = open_article(SHIPPED, "putin-on-trump-victory").article
    body = "\n\n".join(article.text.split("\n\n")[2:18])

    def counted(copies: int) -> int:
        text = "\n\n".join([body] * copies)
        return steps(lambda: read(text, published=article.published))

    read(f"{body}\n\n{body}", published=article.published)  # fills what is kept from reading to reading
    assert counted(4) < 4.5 * counted(1)
