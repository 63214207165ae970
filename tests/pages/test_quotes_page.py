"""The Quotes page as Streamlit runs it: what its list is given, and what can be taken away."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from building import crowd
from streamlit.testing.v1 import AppTest

from .visiting import TEXT, Shelf, assert_whole, component, group, scene, told, visit


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    """A shelf with an article of two quotes."""
    shelf.put(TEXT)
    return shelf


def listed(at: AppTest) -> list[str]:
    """Who says the quotes of the list, in its order."""
    return [quote["speaker"] for quote in component(at, "quotes")["quotes"]]


def test_the_list_gets_every_quote(shelf: Shelf) -> None:
    """Words, speaker, kind, place, source and cue of each, in reading order."""
    at = visit("quotes")
    assert at.title[0].value == "Who said exactly what?"
    first, second = component(at, "quotes")["quotes"]
    assert first["words"].strip('“”",') == "The Cold War ended long ago"
    assert (first["speaker"], first["kind"], first["paragraph"], first["cue"]) == ("Ada Lovelace", "direct", 1, "said")
    assert second["words"].startswith("the bridge was built in 2014") or second["words"].startswith("that the bridge")
    assert (second["speaker"], second["kind"], second["paragraph"]) == ("Alan Turing", "indirect", 2)
    assert "So many voices" not in told(at)  # a bare string on a page would be shown
    assert [len(quote["copies"]) for quote in (first, second)] == [3, 3]


def test_the_sentence_above_the_chart_says_of_what_its_share_is(shelf: Shelf) -> None:
    """One share, of the quoted words, or of the words of the quotes chosen; none where one voice has all."""
    said = told(visit("quotes"))
    assert re.search(r"2 voices have 2 quotes with \d+ words; \d+% of the quoted words are by \w+ \w+\.", said)
    shelf.put(f"{TEXT}\nAda Lovelace said that it was good.\n")
    assert "of the words of these quotes are by" in told(visit("quotes", kind=["indirect"]))
    assert re.search(r"One quote with \d+ words, all by Alan Turing\.", told(visit("quotes", who=["Alan Turing"])))


def drawn(at: AppTest) -> list[str]:
    """Whose bars are drawn."""
    (figure,) = at.get("plotly_chart")
    notes = json.loads(figure.proto.spec)["layout"]["annotations"]
    return [note["text"].split("</b>  ")[1] for note in notes]


def test_bars_of_a_crowd_are_drawn_page_by_page(shelf: Shelf) -> None:
    """No bar stands for all the others, next to which the rest are slivers; the data of all is in the file."""
    shelf.put(crowd(25, 0))
    at = visit("quotes")
    assert len(drawn(at)) == 10
    assert "25 voices have 25 quotes" in told(at)
    assert "Voices 1 to 10 are shown." in told(at)
    last = visit("quotes", bars=["3"])
    assert len(drawn(last)) == 5
    assert "Voices 21 to 25 are shown." in told(last)
    assert not set(drawn(at)) & set(drawn(last))
    assert len(drawn(visit("quotes", bars=["99"]))) in (5, 10)
    assert len(drawn(visit("quotes", bars=["3"], who=component(at, "quotes")["quotes"][0]["speaker"]))) == 1


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ({"who": ["Alan Turing"]}, ["Alan Turing"]),
        ({"kind": ["direct"]}, ["Ada Lovelace"]),
        ({"who": ["Alan Turing", "Ada Lovelace"]}, ["Ada Lovelace", "Alan Turing"]),
        ({"who": ["Alan Turing"], "kind": ["direct"]}, []),
    ],
)
def test_the_filter_rules_the_list(shelf: Shelf, query: dict[str, Any], who: list[str]) -> None:
    """Speaker and kind restrict it, together too."""
    assert listed(visit("quotes", **query)) == who


@pytest.mark.parametrize(
    ("order", "who"),
    [
        ("Order", ["Ada Lovelace", "Alan Turing"]),
        ("Length", ["Alan Turing", "Ada Lovelace"]),
        ("Tone", ["Alan Turing", "Ada Lovelace"]),
        ("Colour", ["Ada Lovelace", "Alan Turing"]),
    ],
)
def test_the_order_is_a_choice_in_the_url(shelf: Shelf, order: str, who: list[str]) -> None:
    """As they stand, the longest first, or the most positive first; an order that there is not is dropped."""
    shelf.put('"It is bad," Ada Lovelace said.\n\nAlan Turing said that the bridge was very good and is still.\n')
    assert listed(visit("quotes", sort=[order])) == who


def test_cards_or_table(shelf: Shelf) -> None:
    """The layout is a choice in the URL."""
    assert component(visit("quotes"), "quotes")["layout"] == "Cards"
    at = visit("quotes", view=["Table"])
    assert component(at, "quotes")["layout"] == "Table"
    group(at, "view").set_value("Cards").run()
    assert component(at, "quotes")["layout"] == "Cards"


def test_a_search_in_the_url_fills_the_box_and_restricts_the_exports(shelf: Shelf) -> None:
    """`q` reaches the list, and what is exported is what is shown."""
    at = visit("quotes", q="cold war")
    assert component(at, "quotes")["query"] == "cold war"
    assert "The quotes shown: 1 of 2" in told(at)
    assert "The quotes shown: all" in told(visit("quotes"))


def test_the_exports_are_there_and_named(shelf: Shelf) -> None:
    """Six formats, of which none is made before it is asked for."""
    labels = [element.proto.label for element in visit("quotes").get("download_button")]
    for word in ("CSV", "JSON", "Web Annotations", "BibTeX", "RIS", "CSL"):
        assert any(word in label for label in labels)


@pytest.mark.parametrize("place", ["x", "-4", "9" * 5000, "²", "999999"])
def test_a_place_that_no_quote_has_is_dropped(shelf: Shelf, place: str) -> None:
    """Whatever `at` says, the page opens with all its quotes."""
    assert len(listed(visit("quotes", at=place))) == 2


def test_a_quote_leads_to_its_sentence(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place that the list gives back opens the Article page there."""

    def show(*_: Any, **__: Any) -> tuple[int, None]:
        return TEXT.index("that the bridge"), None

    monkeypatch.setattr("readout.web.quotes.show", show)
    at = visit("quotes")
    assert component(at, "scene")["at"] == TEXT.index("that the bridge")


def test_a_bar_leads_to_the_first_quote_in_it(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """A click on a bar of the chart opens the Article page at the first of its quotes."""
    at = visit("quotes")
    (figure,) = at.get("plotly_chart")
    assert "Alan Turing" in figure.proto.spec

    def show(*_: Any, **__: Any) -> list[list[int]]:
        return [[0, 0, 0, 17]]

    monkeypatch.setattr("readout.web.figure.show", show)
    at = visit("quotes")
    assert component(at, "scene")["at"] == 17


def test_nobody_quoted_draws_no_chart(shelf: Shelf) -> None:
    """Without quotes there is neither chart nor export, and the list is told that there is nothing."""
    shelf.put("Nothing happens here.\n")
    at = visit("quotes")
    assert not at.get("plotly_chart")
    assert not [button for button in at.get("download_button") if not str(button.key).startswith("hand-on")]
    assert component(at, "quotes")["total"] == 0


@pytest.mark.usefixtures("seed")
def test_the_seed_article() -> None:
    """The same quotes as on the Article page, in the same order."""
    at = visit("quotes")
    starts = [quote["start"] for quote in component(at, "quotes")["quotes"]]
    assert len(starts) >= 17
    at.switch_page("../../pages/article.py").run()
    assert_whole(at)
    assert sorted(starts) == sorted(quote["at"] for quote in scene(at)["quotes"])


def test_a_page_of_bars_that_a_filter_has_emptied_is_left(shelf: Shelf) -> None:
    """With fewer voices there are fewer pages: one that is there is drawn."""
    names = [f"{given} Abbott" for given in ("Ada", "Alan", "Grace", "Edsger", "Barbara", "Donald", "Frances")]
    names += [f"{given} Brook" for given in ("Ada", "Alan", "Grace", "Edsger", "Barbara", "Donald")]
    shelf.put(crowd(25, 0) + "".join(f"\n{name} said that the bridge was safe.\n" for name in names))
    at = visit("quotes", bars=["3"])
    assert len(drawn(at)) == 5
    group(at, "kind").set_value("indirect").run()
    assert_whole(at)
    assert len(drawn(at)) in (3, 10)
