"""Doubtful paraphrases: what is held back, what it leaves untouched, and how it is had all the same."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from readout import read
from readout.corrections import apply, making
from readout.corrections.score import score
from readout.exports.annotations import reading_annotations
from readout.exports.handed_on import FORMS
from readout.exports.quotes import to_annotations, to_json
from readout.exports.references import to_bibtex, to_csl, to_ris
from readout.library.codec import decode_json, decode_reading, encode_reading
from readout.palette import palette
from readout.quoted import doubtful
from readout.reading import with_held
from readout.records import Article, Quote, Reading
from readout.scene import scene
from readout.tables.quotes import quotes_table
from readout.tone import weigh

TEXT = """\
“We open the bridge on Monday,” Ada Lovelace said in Leeds.

Grace Hopper said the river was too high for ships this spring. The harbour company plans to buy two new ferries for \
the northern route. You might think that the town would rather keep the old ferries.

Critics of the mayor believe the ferries cost too much. Lovelace wanted to see the good plans of the bridge.

“It is a fine bridge,” Hopper added.
"""
ARTICLE = Article(TEXT, title="The bridge", published=date(2024, 5, 1))
READING = read(TEXT, published=ARTICLE.published)
BY, WHEN = "Mary", "2024-05-01T12:00:00"


def the(words: str, quotes: tuple[Quote, ...]) -> Quote:
    """The quote with these words."""
    return next(quote for quote in quotes if words in TEXT[quote.start : quote.end])


def test_a_doubtful_paraphrase_is_held_and_words_in_marks_are_not() -> None:
    """What a model sees in “plans to buy” is apart from what somebody said; kinds and order stay."""
    shown, held = ([TEXT[q.start : q.end] for q in quotes] for quotes in (READING.quotes, READING.held))
    assert shown == [
        "“We open the bridge on Monday,”",
        "the river was too high for ships this spring",
        "“It is a fine bridge,”",
    ]
    assert "to buy two new ferries for the northern route" in held
    assert len(held) == 4
    assert {q.kind for q in READING.held} == {"indirect"}
    assert all(q.held and doubtful(q) for q in READING.held)
    assert not any(q.held or doubtful(q) for q in READING.quotes)


def test_held_quotes_count_nowhere() -> None:
    """They mint no speaker, take no colour and no words from the reporter, and draw no mark."""
    assert [s.name for s in READING.speakers] == ["Grace Hopper", "Ada Lovelace"]
    assert {s.name for s in READING.hidden}.isdisjoint({"Grace Hopper", "Ada Lovelace"})
    assert set(palette(READING)) == {"", "Grace Hopper", "Ada Lovelace"}
    assert (READING.tone, READING.voices) == weigh(TEXT, READING.layout, READING.quotes)
    assert {one.speaker for one in READING.toward} <= {"", "Grace Hopper", "Ada Lovelace"}
    assert len(scene(ARTICLE, READING, palette(READING))["quotes"]) == len(READING.quotes)


def test_the_plain_form_has_all_quotes_with_what_is_held() -> None:
    """`to_dict` gives every quote in reading order, the held ones marked, and of the speakers the sure ones alone."""
    given = READING.to_dict()
    assert [q["held"] for q in given["quotes"]].count(True) == len(READING.held)
    starts = [q["content"][0][0] for q in given["quotes"]]
    assert starts == sorted(starts)
    assert [s["name"] for s in given["speakers"]] == [s.name for s in READING.speakers]
    assert max(q["confidence"] for q in given["quotes"] if q["held"]) < 0.65


def test_with_held_all_count_alike() -> None:
    """Asked for, held quotes are speakers, voices and tones like any others, and keep their mark."""
    together = with_held(TEXT, READING)
    assert together.quotes == READING.all_quotes
    assert not together.held
    assert not together.hidden
    assert {s.name for s in together.speakers} == {q.speaker for q in together.quotes}
    assert (together.tone, together.voices) == weigh(TEXT, together.layout, together.quotes)
    assert sum(one["doubtful"] for one in scene(ARTICLE, together, palette(together))["quotes"]) == len(READING.held)
    sure = next(one["sure"] for one in scene(ARTICLE, together, palette(together))["quotes"] if one["doubtful"])
    assert sure.startswith("less certain: right in ")
    assert with_held(TEXT, together) is together


def test_the_seed_hides_nothing(seed: tuple[str, Reading]) -> None:
    """All seventeen quotes of the article that ships are shown."""
    _, reading = seed
    assert (len(reading.quotes), reading.held, reading.hidden) == (17, (), ())


@pytest.fixture
def seed() -> tuple[str, Reading]:
    """The shipped article and its reading."""
    from readout.shelf import SHIPPED, open_article

    article = open_article(SHIPPED, "putin-on-trump-victory").article
    return article.text, read(article.text, published=article.published, title=article.title, toward=False)


# ---- corrections


def test_a_reader_who_confirms_a_held_quote_makes_it_a_sure_one() -> None:
    """It counts from then on as theirs, and its speaker with it."""
    quote = the("buy two new ferries", READING.held)
    fix = making.another_speaker(ARTICLE, quote, quote.speaker, by=BY, when=WHEN)
    fixed = apply(ARTICLE, READING, [fix]).reading
    now = the("buy two new ferries", fixed.quotes)
    assert (now.by, now.held, now.confidence) == (BY, False, 1.0)
    assert quote.speaker in {s.name for s in fixed.speakers}
    assert len(fixed.held) == len(READING.held) - 1
    assert (fixed.tone, fixed.voices) == weigh(TEXT, fixed.layout, fixed.quotes)


def test_corrected_bounds_and_marked_words_make_a_held_quote_sure() -> None:
    """Whoever says where the words end, or marks them, says that they are a quote."""
    quote = the("cost too much", READING.held)
    words = ((quote.start, quote.end - len(" too much")),)
    for fix in (
        making.bounds(ARTICLE, quote, words, by=BY, when=WHEN),
        making.a_quote(ARTICLE, quote.content, "Zoe", "indirect", by=BY, when=WHEN),
    ):
        fixed = apply(ARTICLE, READING, [fix]).reading
        assert the("the ferries cost", fixed.quotes).by == BY
        assert len(fixed.held) == len(READING.held) - 1


def test_a_held_quote_is_struck_out_and_what_else_is_held_stays_so() -> None:
    """A correction elsewhere leaves held quotes held; one that says it is none takes it away."""
    quote = the("cost too much", READING.held)
    fixed = apply(ARTICLE, READING, [making.not_a_quote(ARTICLE, quote, by=BY, when=WHEN)]).reading
    assert fixed.held == tuple(q for q in READING.held if q != quote)
    assert (fixed.quotes, fixed.speakers) == (READING.quotes, READING.speakers)
    other = making.another_speaker(ARTICLE, READING.quotes[0], "Zoe", by=BY, when=WHEN)
    assert apply(ARTICLE, READING, [other]).reading.held == READING.held


def test_one_speaker_for_two_confirms_no_held_quote() -> None:
    """That two names are one person says nothing of whether a doubtful paraphrase is right."""
    together = with_held(TEXT, READING)
    kept, other = (
        next(s for s in together.speakers if s.name == name) for name in ("Grace Hopper", "critics of the mayor")
    )
    fix = making.same_speaker(ARTICLE, together, kept, other, by=BY, when=WHEN)
    fixed = apply(ARTICLE, READING, [fix]).reading
    assert the("cost too much", fixed.held).speaker == "Grace Hopper"
    assert [s.name for s in fixed.speakers] == ["Grace Hopper", "Ada Lovelace"]


def test_the_score_sees_held_quotes() -> None:
    """A held quote that a reader took out was found, and wrong."""
    fix = making.not_a_quote(ARTICLE, READING.held[0], by=BY, when=WHEN)
    tally = score(TEXT, READING, apply(ARTICLE, READING, [fix]).reading).quotes
    assert (tally.right, tally.found, tally.wanted) == (6, 7, 6)


# ---- kept and handed on


def test_the_library_keeps_what_is_held() -> None:
    """JSON loses nothing of it, and a reading of an older engine, which held nothing, is read as one."""
    plain = decode_json(encode_reading(READING))
    assert decode_reading(plain, len(TEXT)) == replace(READING, toward=())
    older = {name: value for name, value in plain.items() if name not in ("held", "hidden")}
    for quote in older["quotes"]:
        del quote["held"]
    assert decode_reading(older, len(TEXT)) == replace(READING, toward=(), held=(), hidden=())
    with pytest.raises(ValueError, match="outside"):
        decode_reading(plain, READING.held[-1].start)


def test_data_files_hold_what_is_held_marked() -> None:
    """CSV, JSON, W3C and TEI have every quote, and say which are less certain and how likely they are."""
    write = {form.ending: form.write for form in FORMS}
    rows = list(csv.DictReader(io.StringIO(write["csv"](ARTICLE, READING).decode("utf-8-sig"))))
    assert [row["Held back"] for row in rows].count("yes") == len(READING.held)
    found = json.loads(to_json(ARTICLE, READING, READING.all_quotes))["quotes"]
    assert [one["held"] for one in found] == [one.held for one in READING.all_quotes]
    for given in (to_annotations(ARTICLE, READING, READING.all_quotes), reading_annotations(ARTICLE, READING)):
        bodies = [body.get("value", "") for item in json.loads(given)["first"]["items"] for body in item["body"]]
        assert bodies.count("less certain") == len(READING.held)
    tree = ElementTree.fromstring(write["xml"](ARTICLE, READING))
    said = tree.findall(".//{http://www.tei-c.org/ns/1.0}said")
    assert [one.get("cert") for one in said].count("low") == len(READING.held)
    assert quotes_table(ARTICLE, READING, READING.quotes)["Held back"].tolist() == ["no"] * 3


def test_what_is_made_to_be_read_holds_what_is_shown_and_says_what_is_left_out() -> None:
    """The offline page and references list the sure quotes, with one sentence on the others."""
    write = {form.ending: form.write for form in FORMS}
    page = write["html"](ARTICLE, READING).decode()
    assert "4 paraphrases that are right about" in page
    assert "are left out." in page
    assert "less certain: right" not in page
    for refer in (to_bibtex, to_ris, to_csl):
        notes = refer(ARTICLE, READING, READING.quotes).decode()
        assert "4 paraphrases" in notes
        assert "two new ferries" not in notes
    nothing = replace(READING, held=(), hidden=())
    assert "left out" not in write["html"](ARTICLE, nothing).decode()
