"""Corrections on screen: made in a dialog, seen on every page, listed in one place, undone one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from readout import kept
from readout.corrections import Correction, making
from readout.days import FIRST_DAY
from readout.library import Wanted
from readout.library.store import read_article
from readout.records import Article, Reading
from readout.web import collection

from .visiting import TEXT, Shelf, assert_whole, button, component, group, markup, scene, told, visit

WHEN = "2026-11-24T12:00:00+00:00"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def opened(shelf: Shelf) -> tuple[Article, Reading]:
    """The article on the shelf and the engine's reading of it."""
    shelf.put(TEXT)
    article = collection.open_article("bridge").article
    return article, read_article(article)


def keep(article: Article, *corrections: Correction) -> None:
    """Keep corrections of the article on the shelf."""
    collection.correct("bridge", article, corrections)


def by_hand(article: Article, reading: Reading, speaker: str = "Grace Hopper", by: str = "Mary") -> Correction:
    """The first quote is another's."""
    return making.another_speaker(article, reading.quotes[0], speaker, by=by, when=WHEN)


def ask(monkeypatch: pytest.MonkeyPatch, request: dict[str, Any]) -> AppTest:
    """The Article page in the run in which its reader asks for something to be put right."""
    result = SimpleNamespace(quotes=None, timeline=None, method=None, correct=request, remark=None)
    monkeypatch.setattr("readout.web.article.draw", lambda *_: result)
    return visit("article")


def field(at: AppTest, kind: str, key: str) -> Any:
    """A widget of the dialog."""
    (found,) = [element for element in at.get(kind) if element.key == key]
    return found


def about(at: AppTest, kind: str, label: str) -> Any:
    """A field of what is known of the article."""
    (found,) = [element for element in at.get(kind) if getattr(element, "label", "") == label]
    return found


def save(at: AppTest) -> None:
    """Press the dialog's button."""
    button(at, "save-correction").click().run()
    assert_whole(at)


def test_nothing_corrected_says_how_to(opened: tuple[Article, Reading]) -> None:
    """The empty page tells where corrections are made, for one article and for all."""
    at = visit("corrections")
    assert "Correct this" in told(at)
    group(at, "of").set_value("All articles").run()
    assert "any article" in told(at)


def test_a_correction_shows_on_every_page(opened: tuple[Article, Reading]) -> None:
    """The text, the quotes and the sidebar have the new speaker and who says so; the list has one row."""
    keep(opened[0], by_hand(*opened))
    quote = scene(visit("article"))["quotes"][0]
    assert (quote["speaker"], quote["by"], quote["sure"]) == ("Grace Hopper", "Mary", "")
    card = component(visit("quotes"), "quotes")["quotes"][0]
    assert (card["speaker"], card["by"]) == ("Grace Hopper", "Mary")
    at = visit("corrections")
    assert "Grace Hopper says “The Cold War ended long ago”." in told(at)
    assert "by Mary · 24 November 2026" in told(at)


def test_corrections_are_undone_one_by_one_and_done_again(opened: tuple[Article, Reading]) -> None:
    """Undo takes one back and leaves the other; what was undone is shown when asked for, and can hold again."""
    article, _reading = opened
    keep(article, by_hand(*opened), making.a_fact("title", "The bridge stands", by="Kay", when=WHEN))
    at = visit("corrections")
    assert "The bridge stands" in told(at)
    first, second = collection.changes("bridge")
    button(at, f"turn-{first.id}").click().run()
    assert [one.id for one in collection.changes("bridge")] == [second.id]
    assert "Grace Hopper" not in told(at)
    assert scene(visit("article"))["quotes"][0]["speaker"] == "Ada Lovelace"
    at = visit("corrections", undone="true")
    assert "undone" in told(at)
    button(at, f"turn-{first.id}").click().run()
    assert [one.id for one in collection.changes("bridge")] == [first.id, second.id]


def test_the_dialog_of_a_quote(opened: tuple[Article, Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    """Another name is the new speaker, kept with the name that the reader gave."""
    _article, reading = opened
    at = ask(monkeypatch, {"what": "quote", "at": reading.quotes[0].start})
    field(at, "selectbox", "who-says").set_value("Alan Turing")
    field(at, "text_input", "reader-name").set_value("Mary")
    save(at)
    (change,) = collection.changes("bridge")
    assert (change.correction.sort, change.correction.by) == ("speaker", "Mary")
    assert kept.corrected(collection.library(), change.article).reading.quotes[0].speaker == "Alan Turing"


def test_the_words_of_a_quote(opened: tuple[Article, Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter words are its new bounds; words that are not in the article cost a sentence and keep the field."""
    article, reading = opened
    at = ask(monkeypatch, {"what": "quote", "at": reading.quotes[0].start})
    group(at, "wrong").set_value("The words").run()
    field(at, "text_area", "typed").set_value("The Cold Peace ended")
    save(at)
    assert "does not stand in the article" in told(at)
    field(at, "text_area", "typed").set_value("The Cold War ended")
    save(at)
    (change,) = collection.changes("bridge")
    seen = kept.corrected(collection.library(), change.article).reading.quotes[0]
    assert [article.text[s:e] for s, e in seen.content] == ["The Cold War ended"]
    assert seen.speaker == "Ada Lovelace"


def test_two_are_one(opened: tuple[Article, Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    """From a speaker's card: the other's quotes become theirs."""
    at = ask(monkeypatch, {"what": "speaker", "name": "Ada Lovelace"})
    choice = field(at, "selectbox", "same-as")
    choice.set_value(choice.options[0]).run()
    group(at, "kept").set_value("Ada Lovelace")
    save(at)
    assert {quote["speaker"] for quote in component(visit("quotes"), "quotes")["quotes"]} == {"Ada Lovelace"}


def test_the_dialog_of_a_time(opened: tuple[Article, Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    """A year is another day; without a day the dialog says what is missing."""
    _article, reading = opened
    time = next(t for t in reading.times if t.value == "2014")
    at = ask(monkeypatch, {"what": "time", "at": time.start})
    field(at, "date_input", "first-day").set_value(None)
    field(at, "date_input", "last-day").set_value(None)
    save(at)
    assert "Choose the day" in told(at)
    field(at, "date_input", "first-day").set_value(date(2015, 6, 1))
    save(at)
    (change,) = collection.changes("bridge")
    assert {t.earliest for t in kept.corrected(collection.library(), change.article).reading.times if t.by} == {
        date(2015, 6, 1)
    }


def test_the_dialog_of_a_time_before_all_days(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the engine dates to days that a reader can't give has empty fields."""
    shelf.put("The bridge was built in the 2nd century, it is said.")
    time = next(iter(read_article(collection.open_article("bridge").article).times))
    at = ask(monkeypatch, {"what": "time", "at": time.start})
    assert field(at, "date_input", "first-day").value is None
    field(at, "date_input", "first-day").set_value(FIRST_DAY)
    save(at)
    assert [change.correction.sort for change in collection.changes("bridge")] == ["time"]


def test_words_that_were_missed(opened: tuple[Article, Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    """Selected words, widened to whole ones, become a quote of whoever is chosen."""
    start = TEXT.index("eople waited")
    at = ask(monkeypatch, {"what": "words", "start": start, "end": start + 9})
    assert field(at, "text_area", "typed").value == "People waited"
    save(at)
    assert "Choose who says it" in told(at)
    field(at, "selectbox", "who-says").set_value("Alan Turing")
    save(at)
    quotes = component(visit("quotes"), "quotes")["quotes"]
    assert ("Alan Turing", "People waited") in {(one["speaker"], one["words"]) for one in quotes}


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"what": "quote"},
        {"what": "quote", "at": 10**9},
        {"what": "quote", "at": "1"},
        {"what": "time", "at": -1},
        {"what": "speaker", "name": "nobody"},
        {"what": "speaker", "name": {}},
        {"what": "words", "start": 5},
        {"what": "words", "start": 10**9, "end": -(10**9)},
        {"what": "words", "start": -5, "end": 10**9},
    ],
)
def test_a_request_that_makes_no_sense(
    opened: tuple[Article, Reading], monkeypatch: pytest.MonkeyPatch, request_: dict[str, Any]
) -> None:
    """What a browser may send opens no dialog, or one that can be saved or says what is wrong."""
    ask(monkeypatch, request_)
    assert collection.changes("bridge") == ()


def test_the_last_correction_is_undone_from_the_sidebar(
    opened: tuple[Article, Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a correction every page offers its undo, and no longer once it was used."""
    at = ask(monkeypatch, {"what": "quote", "at": opened[1].quotes[0].start})
    group(at, "wrong").set_value("Nobody says this").run()
    save(at)
    assert len(collection.changes("bridge")) == 1
    at.run()
    button(at, "undo-correction").click().run()
    assert collection.changes("bridge") == ()
    assert not [one for one in at.button if one.key == "undo-correction"]


def test_title_and_day_of_a_shelf_article(opened: tuple[Article, Reading]) -> None:
    """They are corrections like others: seen everywhere, listed, and in the library's list."""
    at = visit("article")
    about(at, "text_input", "Title").set_value("The bridge stands")
    about(at, "date_input", "Day of publication").set_value(date(2016, 5, 11))
    next(one for one in at.button if one.label == "Save").click().run()
    assert_whole(at)
    assert scene(at)["head"]["title"] == "The bridge stands"
    assert scene(at)["head"]["by"] == "Title corrected by a reader; day of publication corrected by a reader"
    assert [one.correction.sort for one in collection.changes("bridge")] == ["title", "published"]
    (entry,) = collection.library().entries(Wanted("stands")).entries
    assert entry.published == date(2016, 5, 11)
    assert len(collection.titles()) == 1


def test_the_form_shows_what_holds(opened: tuple[Article, Reading]) -> None:
    """After a correction is undone, the form says what it did before, so that another "Save" does not bring it back."""
    at = visit("article")
    before = about(at, "text_input", "Title").value
    about(at, "text_input", "Title").set_value("The bridge stands")
    next(one for one in at.button if one.label == "Save").click().run()
    assert about(at, "text_input", "Title").value == "The bridge stands"
    button(at, "undo-correction").click().run()
    assert about(at, "text_input", "Title").value == before
    about(at, "text_input", "Byline").set_value("Ada Byron")
    next(one for one in at.button if one.label == "Save").click().run()
    assert [one.correction.sort for one in collection.changes("bridge")] == ["byline"]
    assert scene(at)["head"]["byline"] == "Ada Byron"


def test_a_title_needs_words(opened: tuple[Article, Reading]) -> None:
    """An empty title is refused in a sentence."""
    at = visit("article")
    about(at, "text_input", "Title").set_value(" ")
    next(one for one in at.button if one.label == "Save").click().run()
    assert "A title needs words" in told(at)


def test_a_lost_correction_is_listed_as_lost(opened: tuple[Article, Reading], shelf: Shelf) -> None:
    """Where the article has changed and the words are gone, the row says so and nothing else is touched."""
    keep(opened[0], by_hand(*opened))
    entry = collection.library().entries().entries[0]
    collection.library().correct(
        entry.id,
        "not a quote",
        {"target": [_selector("words that never were here at all")]},
        {"body": _body("not a quote", "null")},
        when=datetime(2026, 11, 24, 13, tzinfo=UTC),
        by="Kay",
    )
    at = visit("corrections")
    assert "is not found in the text any more" in told(at)
    assert len(scene(visit("article"))["quotes"]) == len(opened[1].quotes)


def test_hostile_words_stay_words(opened: tuple[Article, Reading]) -> None:
    """A name that is markup is shown as it was typed, and never as markup."""
    keep(
        opened[0], by_hand(*opened, speaker=HOSTILE, by=HOSTILE), making.a_fact("title", HOSTILE, by=HOSTILE, when=WHEN)
    )
    for page in ("corrections", "article", "quotes", "tone", "timeline"):
        at = visit(page)
        assert all(HOSTILE not in body for body in markup(at))


def test_corrections_of_all_articles(opened: tuple[Article, Reading], shelf: Shelf) -> None:
    """With two articles corrected, the wider list has both and names them; each opens from there."""
    shelf.put("Nobody said a word.\n", 'title = "The weir"\npublisher = "P"\npublished = 2016-05-04\n', "weir")
    other = collection.open_article("weir").article
    keep(opened[0], by_hand(*opened))
    collection.correct("weir", other, [making.a_fact("title", "The old weir", by="", when=WHEN)])
    at = visit("corrections", of="All articles")
    assert "The bridge · by Mary" in told(at)
    assert "The weir · by a reader" in told(at)
    (change,) = collection.changes("weir")
    button(at, f"see-{change.id}").click().run()
    assert_whole(at)
    assert scene(at)["head"]["title"] == "The old weir"


def test_a_library_that_cannot_be_opened_costs_one_sentence(
    opened: tuple[Article, Reading], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a library the article opens all the same, and a correction says why it can't be kept."""
    (home / "library.sqlite3").write_bytes(b"not a database at all" * 100)
    at = ask(monkeypatch, {"what": "quote", "at": opened[1].quotes[0].start})
    group(at, "wrong").set_value("Nobody says this").run()
    save(at)
    assert any("library" in warning.value for warning in at.warning)


def _selector(words: str) -> dict[str, Any]:
    return {
        "selector": [
            {"type": "TextQuoteSelector", "exact": words, "prefix": "x" * 40, "suffix": "y" * 40},
            {"type": "TextPositionSelector", "start": 3, "end": 3 + len(words)},
        ]
    }


def _body(sort: str, value: str) -> list[dict[str, str]]:
    return [{"purpose": "classifying", "value": sort}, {"purpose": "editing", "value": value}]
