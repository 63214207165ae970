"""The Article page as Streamlit runs it: what its component is given, and where it leads."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from readout import shelf as shelves
from readout.reading import read
from readout.web import state

from .visiting import META, TEXT, Shelf, assert_whole, component, scene, told, visit


def test_the_component_gets_the_whole_article(shelf: Shelf) -> None:
    """Head, paragraphs as they stand, quotes with who and kind, and times reach the component."""
    shelf.put(TEXT)
    drawn = scene(visit("article"))
    assert drawn["head"] | {"time": ""} == {
        "title": "The bridge",
        "publisher": "The Paper",
        "date": "4 May 2016",
        "time": "",
        "byline": "",
        "republisher": "",
        "region": "",
        "by": "",
        "url": "",
    }
    assert [paragraph["text"] for paragraph in drawn["paragraphs"]] == TEXT.strip().split("\n\n")
    assert [(quote["speaker"], quote["kind"]) for quote in drawn["quotes"]] == [
        ("Ada Lovelace", "direct"),
        ("Alan Turing", "indirect"),
    ]
    assert [time["event"] or time["value"] for time in drawn["times"]][:2] == ["Cold War", "2016-05-03"]


def test_marks_point_at_their_words(shelf: Shelf) -> None:
    """Every mark cuts out of its paragraph what it names, counted as the browser counts."""
    shelf.put(f"People cheered 🌉. {TEXT}")
    drawn = scene(visit("article"))
    marked = [
        (paragraph["text"].encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le"), sort)
        for paragraph in drawn["paragraphs"]
        for start, end, sort, _ in paragraph["marks"]
    ]
    assert ("said", "c") in marked
    assert ("Ada Lovelace", "s") in marked
    assert ("3 May 2016", "t") in marked
    assert any(sort == "q" and words.strip('",') == "The Cold War ended long ago" for words, sort in marked)


@pytest.mark.usefixtures("seed")
def test_the_seed_article_is_drawn_as_it_is_read() -> None:
    """All quotes, speakers and paragraphs of the reading are there, with head, links and the publisher's foot."""
    article = shelves.open_article(shelves.SHIPPED, "putin-on-trump-victory").article
    reading = read(article.text, published=article.published, title=article.title, body=article.body_span)
    drawn = scene(visit("article"))
    assert [q["at"] for q in drawn["quotes"]] == [quote.start for quote in reading.quotes]
    assert len(drawn["paragraphs"]) == len(reading.layout.paragraphs) == 16
    named = {voice["name"] for voice in drawn["voices"]}
    assert {"Vladimir Putin", "Vyacheslav Volodin", "Sergey Lavrov"} < named
    assert drawn["head"]["publisher"] == "RT News"
    assert drawn["head"]["republisher"] == "Global Research"
    assert any(block.startswith("Disclaimer:") for block in drawn["foot"])
    assert not any("Disclaimer" in paragraph["text"] for paragraph in drawn["paragraphs"])
    assert {link["url"] for link in drawn["links"]} == {"https://www.rt.com/", "https://www.globalresearch.ca/"}


@pytest.mark.parametrize(
    ("asked", "given"),
    [("17", 17), ("", None), ("-1", None), ("here", None), ("1e3", None), ("<script>", None)],
)
def test_the_place_asked_for_is_a_number_or_nothing(shelf: Shelf, asked: str, given: int | None) -> None:
    """`at` of the URL reaches the component as a number; what is none is dropped."""
    shelf.put(TEXT)
    assert component(visit("article", at=asked), "scene")["at"] == given


@pytest.mark.parametrize("asked", ["9" * 5000, "²"])
def test_a_place_that_no_text_has_does_not_break_the_page(shelf: Shelf, asked: str) -> None:
    """However long or odd the number in the URL, the page opens."""
    shelf.put(TEXT)
    assert scene(visit("article", at=asked))["paragraphs"]


@pytest.mark.parametrize(
    ("result", "title"), [({"quotes": 1}, "Who said exactly what?"), ({"timeline": 5}, "When did that happen?")]
)
def test_a_card_leads_to_the_other_pages(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, result: dict[str, int], title: str
) -> None:
    """A quote's card opens Quotes at that quote, a time's card opens Timeline at that time."""
    shelf.put(TEXT)
    answer = SimpleNamespace(**{"quotes": None, "timeline": None, "method": None, **result})

    def draw(*_: Any) -> SimpleNamespace:
        return answer

    monkeypatch.setattr("readout.web.article.draw", draw)
    at = visit("article")
    assert at.title[0].value == title
    assert str(at.query_params["at"]) in {str(*result.values()), str([str(*result.values())])}


def test_only_this_speaker_from_a_card(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The card's button and the voices bar choose one speaker; the same again brings all back."""
    shelf.put(TEXT)
    at = visit("article")
    assert component(at, "scene")["who"] == []
    at = visit("article", who=["Ada Lovelace"])
    assert component(at, "scene")["who"] == ["Ada Lovelace"]
    chosen: dict[str, Any] = {"who": ["Ada Lovelace"]}
    monkeypatch.setattr("readout.web.state.st.session_state", chosen)
    state.only("Alan Turing")
    assert chosen["who"] == ["Alan Turing"]
    state.only("Alan Turing")
    assert chosen["who"] == []


def test_notices_stand_above_the_text(shelf: Shelf) -> None:
    """What the metadata lacks is said, and the text is there all the same."""
    shelf.put(TEXT, 'title = "The bridge"\nmood = "good"\n')
    at = visit("article")
    assert "no “publisher”" in told(at)
    assert "no “published”" in told(at)
    assert "“mood”" in told(at)
    assert len(scene(at)["paragraphs"]) == 2


def test_a_change_of_the_file_is_read_at_the_next_run(shelf: Shelf) -> None:
    """Mending a metadata file and reloading is enough."""
    shelf.put(TEXT, "title = ")
    at = visit("article")
    assert "can't be read" in told(at)
    shelf.put(TEXT, META)
    at.run()
    assert_whole(at)
    assert "can't be read" not in told(at)
    assert scene(at)["head"]["title"] == "The bridge"
