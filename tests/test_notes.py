"""Notes, stars, and facts said of several articles: their records, their files, and what the library makes of them."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from building import ARTICLE, READING, spans

from readout import kept
from readout.corrections import Correction, apply, making
from readout.corrections.annotations import from_annotations, to_annotations
from readout.corrections.remarks import placed
from readout.corrections.wording import told
from readout.errors import CorrectionError
from readout.exports.handed_on import FORMS
from readout.library import Wanted, archive
from readout.records import Article

BY, WHEN = "Mary", "2024-05-01T12:00:00+00:00"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORDS = ARTICLE.text.split(".")[0][-12:]


def note(remark: str = "Ask the engineer.\nTwice.") -> Correction:
    """A note on some words of the bridge."""
    return making.a_note(ARTICLE, spans(ARTICLE.text, WORDS), remark, by=BY, when=WHEN)


def star() -> Correction:
    """A star on the bridge."""
    return making.a_star(by="", when=WHEN)


def test_a_note_and_a_star_change_no_reading() -> None:
    """The reading is the same object, and neither counts among the corrections that hold or are lost."""
    seen = apply(ARTICLE, READING, [note(), star()])
    assert (seen.article, seen.applied, seen.lost) == (ARTICLE, (), ())
    assert seen.reading is READING
    assert not note().corrects
    assert told(note()).startswith(f"Note on “{WORDS.strip()}”: Ask")


def test_they_are_comments_and_bookmarks_and_come_back() -> None:
    """As the Web Annotation Data Model has them, with both selectors, the creator where one gave a name."""
    given = [note(), star()]
    data = to_annotations(ARTICLE, given)
    assert from_annotations(data) == tuple(given)
    comment, bookmark = json.loads(data)["first"]["items"]
    assert (comment["motivation"], bookmark["motivation"]) == ("commenting", "bookmarking")
    assert [body["value"] for body in comment["body"]] == ["Ask the engineer.\nTwice."]
    assert [one["type"] for one in comment["target"][0]["selector"]] == ["TextQuoteSelector", "TextPositionSelector"]
    assert (comment["creator"], "creator" in bookmark) == ({"type": "Person", "name": BY}, False)
    assert (bookmark["body"], bookmark["target"]["id"]) == ([], ARTICLE.url)


def test_they_go_along_with_the_article() -> None:
    """What is saved of an article as annotations ends with them, after all that the engine found."""
    (form,) = [form for form in FORMS if form.with_remarks]
    assert form.with_remarks is not None
    made = json.loads(form.with_remarks(ARTICLE, READING, [note(), star()]))
    items = made["first"]["items"]
    assert [item["motivation"] for item in items[-2:]] == ["commenting", "bookmarking"]
    assert made["total"] == len(items) == len(json.loads(form.write(ARTICLE, READING))["first"]["items"]) + 2


def test_the_place_where_a_reader_stopped_is_a_bookmark_of_words(tmp_path: Path) -> None:
    """The library keeps the last of each reader; it comes back from a file, and changes nothing listed or found."""
    places = [making.a_place(ARTICLE, (start, start + 9), by=BY, when=WHEN) for start in (0, 30)]
    assert from_annotations(to_annotations(ARTICLE, [places[0], star()])) == (places[0], star())
    (item,) = json.loads(to_annotations(ARTICLE, places[:1]))["first"]["items"]
    assert (item["motivation"], item["body"]) == ("bookmarking", [])
    assert item["target"][0]["selector"][0]["exact"] == ARTICLE.text[:9]
    assert told(places[0]) == f"Stopped reading at “{ARTICLE.text[1:9]}”."
    with kept.open_library(tmp_path) as library:
        name = library.add(ARTICLE, None, NOW).id
        before = library.rows()
        kept.stop(library, name, making.a_place(ARTICLE, (5, 9), by="Ann", when=WHEN), by="Ann")
        for place in places:
            kept.stop(library, name, place, by=BY)
        assert [(one.correction.by, one.correction.target) for one in kept.changes(library, name)] == [
            ("Ann", making.a_place(ARTICLE, (5, 9), by="Ann", when=WHEN).target),
            (BY, places[1].target),
        ]
        assert {row[0] for row in set(library.rows()) ^ set(before)} == {"correction"}
        kept.stop(library, name, None, by=BY)
        assert [one.correction.by for one in kept.changes(library, name)] == ["Ann"]


def test_a_note_is_found_where_its_words_went() -> None:
    """After words were put before them, a note stands on the same words; without its words it stands nowhere."""
    one = note()
    text = "A line that was added.\n\n" + ARTICLE.text
    ((start, end),) = placed(text, [one])[one.id]
    assert text[start:end] == WORDS.strip()
    assert placed(ARTICLE.text.replace(WORDS, "???"), [one]) == {one.id: ()}


@pytest.mark.parametrize("remark", ["", " \n", "x" * 10_001])
def test_a_note_needs_words_and_has_an_end(remark: str) -> None:
    """An empty one and an endless one are refused in a sentence."""
    with pytest.raises(CorrectionError, match=r"\w.*\."):
        note(remark)


def test_the_library_keeps_them_and_hands_them_on(tmp_path: Path) -> None:
    """They stand beside the article, are undone and done again, and are in a library that was taken elsewhere."""
    with kept.open_library(tmp_path / "one") as library, kept.open_library(tmp_path / "other") as other:
        name = library.add(ARTICLE, None, NOW).id
        before = library.rows()
        made = [kept.correct(library, name, one) for one in (note(), star())]
        assert [(one.correction.sort, one.correction.value) for one in kept.changes(library, name)] == [
            ("note", note().value),
            ("star", None),
        ]
        assert {row[0] for row in set(library.rows()) ^ set(before)} == {"correction"}
        library.undo(made[0].id, NOW)
        assert [one.correction.sort for one in kept.changes(library, name)] == ["star"]
        library.redo(made[0].id)
        zipped = io.BytesIO()
        archive.write(library.items(), zipped)
        assert archive.bring_in(other, zipped).new == 1
        assert kept.changes(other, name) == kept.changes(library, name)


def test_starred_articles_are_found(tmp_path: Path) -> None:
    """The list says which have a star and can leave the others out, with a search and without."""
    with kept.open_library(tmp_path) as library:
        names = [library.add(Article(f"Bridge {number} stands."), None, NOW).id for number in range(3)]
        made = kept.correct(library, names[1], star())
        for wanted in (Wanted(), Wanted("bridge")):
            assert {one.id: one.starred for one in library.entries(wanted).entries} == {
                name: name == names[1] for name in names
            }
            (only,) = library.entries(replace(wanted, starred=True)).entries
            assert only.id == names[1]
        library.undo(made.id, NOW)
        assert not library.entries(Wanted(starred=True)).total


def test_a_publisher_that_is_said_is_listed_found_and_filtered(tmp_path: Path) -> None:
    """A correction of the publisher holds in the article, the list, the search and the filter, and can be undone."""
    with kept.open_library(tmp_path) as library:
        name = library.add(replace(ARTICLE, publisher="Somewhere"), None, NOW).id
        made = kept.correct(library, name, making.a_fact("publisher", " The  Gazette ", by=BY, when=WHEN))
        kept.correct(library, name, making.a_fact("published", date(2020, 3, 6), by=BY, when=WHEN))
        assert kept.corrected(library, name).article.publisher == "The Gazette"
        assert library.article(name).publisher == "Somewhere"
        (entry,) = library.entries(Wanted("gazette", publisher="The Gazette")).entries
        assert (entry.publisher, entry.published) == ("The Gazette", date(2020, 3, 6))
        assert [one.name for one in library.publishers()] == ["The Gazette"]
        library.undo(made.id, NOW)
        assert library.entries(Wanted(publisher="Somewhere")).total == 1
