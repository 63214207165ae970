"""Who speaks how of whom, on the pages: the matrix, the article's margin, the quotes about somebody, the method."""

from __future__ import annotations

import json
from typing import Any

import pytest

from readout.web.article import MOST_NAMED

from .visiting import Shelf, assert_whole, button, charts, component, markup, scene, told, visit

TEXT = """\
"Alan Turing 🌉 is a brilliant, generous man," Ada Lovelace said. "He betrayed us all," Grace Hopper said of Turing.

Hopper said that "Lovelace is a liar and a fraud." Turing walked home. <b>"Turing is wonderful,"</b> Lovelace said.
"""


@pytest.fixture
def praised(shelf: Shelf) -> Shelf:
    """An article in which people are praised and blamed."""
    shelf.put(TEXT)
    return shelf


def field(at: Any, kind: str, key: str) -> Any:
    """A widget by its key."""
    (found,) = [element for element in at.get(kind) if element.key == key]
    return found


def test_the_matrix_says_what_it_shows(praised: Shelf) -> None:
    """A chart more, a sentence with the counts, and every cell can be chosen without the chart."""
    at = visit("tone")
    assert "Who speaks how of whom" in told(at)
    assert "voices on" in told(at)
    (table,) = [body for body in markup(at) if 'class="cells"' in body]
    assert "Alan Turing" in table
    assert "too few to say much" in table
    options = field(at, "selectbox", "pair").options
    assert any("Ada Lovelace → Alan Turing" in option for option in options)
    (matrix,) = [chart for chart in charts(at) if "Alan Turing" in json.dumps(chart) and chart["data"][0].get("width")]
    assert len(matrix["data"][0]["y"]) == len(options)


def test_the_matrix_and_its_table_have_a_name(praised: Shelf) -> None:
    """Whoever has the page read aloud hears what each of them is."""
    at = visit("tone")
    assert any('<table class="cells" aria-label="Who speaks how of whom">' in body for body in markup(at))
    names = [chart.proto.alt for chart in at.get("plotly_chart")]
    assert all(names)
    assert any(name.startswith("Matrix of the tone of each voice") for name in names)


def test_a_denial_alone_is_said_to_be_unclear(shelf: Shelf) -> None:
    """The sentence says why its tone does not count."""
    shelf.put('"Alan Turing has not been able to benefit from it," Ada Lovelace said on Monday.\n')
    at = visit("tone", pair="Ada Lovelace → Alan Turing")
    assert "unclear: negative only by a “not” or a denial" in told(at)


def test_a_cell_shows_its_sentences_and_the_words_that_weighed(praised: Shelf) -> None:
    """Chosen by the URL: the sentence with the one spoken of, the weighing words marked, and the way to it."""
    at = visit("tone", pair="Ada Lovelace → Alan Turing")
    (words, *_) = [body for body in markup(at) if 'class="regard positive"' in body]
    assert "<mark>" in words
    assert "<b>Alan Turing</b>" in words or "<b>Turing</b>" in words
    assert "positive (+" in words
    start = TEXT.index("Alan Turing")
    button(at, f"regard-{start}").click().run()
    assert_whole(at)
    assert component(at, "scene")["at"] == start


def test_a_pair_that_is_not_there_chooses_none(praised: Shelf) -> None:
    """A link to a cell that the article does not have shows the matrix and no sentence."""
    at = visit("tone", pair="Nobody → Anybody")
    assert not any("class=regard" in body or 'class="regard' in body for body in markup(at))


def test_an_emptied_box_shows_no_sentence(praised: Shelf) -> None:
    """The link that opened a cell no longer counts once its box was emptied, though the URL follows only later."""
    at = visit("tone", pair="Ada Lovelace → Alan Turing")
    field(at, "selectbox", "pair").set_value(None).run()
    assert_whole(at)
    assert not any('class="regard' in body for body in markup(at))


def test_a_voice_without_a_name_has_its_row(shelf: Shelf) -> None:
    """Somebody whom the article only describes speaks of others too."""
    shelf.put('"Alan Turing is a fraud and a liar," a tall official said on Monday.\n')
    (who,) = {option.split(" → ")[0] for option in field(visit("tone"), "selectbox", "pair").options}
    assert "official" in who
    assert field(visit("tone", who=[who]), "selectbox", "pair").options == [f"{who} → Alan Turing"]


def test_the_matrix_does_not_hang_on_the_word_list(shelf: Shelf) -> None:
    """Where no word is in the lexicon, or the reporter's words or the quoted ones are asked for and there are none."""
    shelf.put("Alan Turing walked to Ada Lovelace.\n")
    at = visit("tone")
    assert "None of its words is in the lexicon" in told(at)
    assert field(at, "selectbox", "pair").options
    shelf.put("The wonderful Alan Turing walked to Ada Lovelace.\n")
    at = visit("tone", voices=["Quoted"])
    assert "Nobody is quoted" in told(at)
    assert field(at, "selectbox", "pair").options


def test_the_speaker_filter_rules_the_matrix(praised: Shelf) -> None:
    """With one speaker chosen the only voice left is theirs."""
    at = visit("tone", who=["Grace Hopper"])
    options = field(at, "selectbox", "pair").options
    assert options
    assert all(option.startswith("Grace Hopper") for option in options)


def test_nobody_named_says_so(shelf: Shelf) -> None:
    """Where nobody is spoken of there is a sentence instead of an empty chart."""
    shelf.put("it was a good day, and the rain was bad.\n")
    assert "nobody to speak well or ill of" in told(visit("tone"))


def test_the_margin_offers_those_named_and_shows_the_one_chosen(praised: Shelf) -> None:
    """Without a choice no tone is worked out; with one, mentions have label, strength and words, paragraphs a mean."""
    data = component(visit("article"), "scene")["toward"]
    assert data["names"][0] == "Alan Turing"
    assert len(data["names"]) <= MOST_NAMED
    assert (data["chosen"], "marks" in data) == ("", False)
    data = component(visit("article", toward="Alan Turing"), "scene")["toward"]
    assert data["chosen"] == "Alan Turing"
    assert "positive" in {label for *_, label, _, _ in data["marks"]}
    assert all(-1 <= value <= 1 and ":" in said for *_, value, said in data["marks"])
    assert set(data["rows"]) <= {"0", "1"}


def test_the_marks_of_the_margin_have_a_place_in_the_text(praised: Shelf) -> None:
    """Counted in UTF-16 units from the start of their paragraph, the words there name whom they should."""
    at = visit("article", toward="Alan Turing")
    paragraphs = scene(at)["paragraphs"]
    for number, start, end, *_ in component(at, "scene")["toward"]["marks"]:
        words = paragraphs[number]["text"].encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
        assert words in ("Alan Turing", "Turing")


@pytest.mark.parametrize("asked", ["", "Nobody", "<script>", "🌉"])
def test_a_link_to_the_tone_toward_nobody(praised: Shelf, asked: str) -> None:
    """The page opens as it does without."""
    assert component(visit("article", toward=asked), "scene")["toward"]["chosen"] == ""


def test_quotes_about_somebody(praised: Shelf) -> None:
    """The filter keeps the quotes that name them, and the export says so in its name."""
    at = visit("quotes")
    choice = field(at, "selectbox", "about-whom")
    assert "Alan Turing" in choice.options
    choice.set_value("Alan Turing").run()
    assert_whole(at)
    shown = component(at, "quotes")["quotes"]
    assert shown
    assert all("Turing" in quote["words"] for quote in shown)
    assert len(shown) < component(at, "quotes")["total"]


def test_the_method_tells_how_right_it_is_and_where_it_fails(praised: Shelf) -> None:
    """Figures beside those of the word lists, an example of the article, irony, accusations, denials."""
    at = visit("method", part="Toward")
    for words in ("macro F1", "TextBlob", "Irony", "Reported accusations", "Denials", "In this article"):
        assert words in told(at)
