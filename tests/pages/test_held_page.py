"""The switch for doubtful paraphrases, on every page and in the URL."""

from __future__ import annotations

import pytest
from test_held import READING, TEXT

from .visiting import PAGES, Shelf, component, group, scene, told, visit
from .visiting import TEXT as SURE

META = 'title = "The bridge"\npublished = 2024-05-01\n'
HELD = READING.held[0]


@pytest.mark.parametrize("page", PAGES)
def test_what_is_held_is_left_out_until_it_is_asked_for(shelf: Shelf, page: str) -> None:
    """The switch says how many there are, a sentence how often such are right; a link may ask for them."""
    shelf.put(TEXT, META)
    at = visit(page)
    switch = at.toggle(key="unsure")
    assert (switch.label, switch.value) == ("4 less certain", False)
    assert "4 paraphrases that are right about" in told(at)
    assert "are left out." in told(at)
    assert len(group(at, "who").proto.options) == 2
    if page == "article":
        assert len(scene(at)["quotes"]) == 3
    if page == "quotes":
        assert len(component(at, "quotes")["quotes"]) == 3
        assert "The first three hold 4 less certain ones as well" in told(at)
        assert "files for programs" not in told(at).lower()  # a string alone on a line is printed
    at = visit(page, unsure="true")
    assert at.toggle(key="unsure").value
    assert "are shown too" in told(at)
    assert len(group(at, "who").proto.options) == 2 + len(READING.hidden)
    if page == "article":
        drawn = scene(at)
        assert [one["doubtful"] for one in drawn["quotes"]].count(True) == 4
        assert sum(voice["quotes"] for voice in drawn["voices"]) == 7
    if page == "quotes":
        shown = component(at, "quotes")["quotes"]
        assert [bool(one["held"]) for one in shown].count(True) == 4
        assert component(at, "quotes")["total"] == 7


def test_the_switch_is_turned_in_place(shelf: Shelf) -> None:
    """Turned on and off again, the page is what it was, and no voice has changed its colour."""
    shelf.put(TEXT, META)
    at = visit("article")
    before = scene(at)
    at.toggle(key="unsure").set_value(True).run()
    colours = {voice["name"]: voice["light"] for voice in scene(at)["voices"]}
    assert {voice["name"]: colours[voice["name"]] for voice in before["voices"]} == {
        voice["name"]: voice["light"] for voice in before["voices"]
    }
    at.toggle(key="unsure").set_value(False).run()
    assert scene(at) == before


def test_an_article_without_doubt_has_no_switch(shelf: Shelf) -> None:
    """Where nothing is held, nothing is said of it."""
    shelf.put(SURE)
    at = visit("article")
    assert not at.toggle
    assert "left out" not in told(at)


def test_a_link_to_a_held_quote_shows_it_and_lets_it_be_put_away(shelf: Shelf) -> None:
    """Its place in the address turns the switch, once."""
    shelf.put(TEXT, META)
    at = visit("article", at=str(HELD.start))
    assert at.toggle(key="unsure").value
    assert HELD.start in [one["at"] for one in scene(at)["quotes"]]
    at.toggle(key="unsure").set_value(False).run()
    assert not at.toggle(key="unsure").value
    assert not visit("article", at=str(READING.quotes[0].start)).toggle(key="unsure").value


def test_a_link_to_a_speaker_of_held_quotes_shows_them(shelf: Shelf) -> None:
    """Whoever is known from such alone is no lost speaker."""
    shelf.put(TEXT, META)
    at = visit("quotes", who=["critics of the mayor"])
    assert at.toggle(key="unsure").value
    assert group(at, "who").value == ["critics of the mayor"]
    assert "The link asks for" not in told(at)
    assert len(component(at, "quotes")["quotes"]) == 1


def test_the_method_page_says_what_is_held_back(shelf: Shelf) -> None:
    """With how many of each are right, and how many there are in this article."""
    shelf.put(TEXT, META)
    at = visit("method")
    assert "What is held back." in told(at)
    assert "paraphrases held back" in told(at)
    assert "wait behind the switch" in told(at)
    assert "In this article: 4 paraphrases" in told(at)
