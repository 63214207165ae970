"""The Tone page as Streamlit runs it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from readout.tables import tone as tables

from .visiting import Shelf, assert_whole, button, charts, component, group, markup, told, visit

TEXT = """\
"It is a wonderful bridge & road," Ada Lovelace said. The old one was terrible.

Alan Turing said that the view was very bad. People walked home.

Nothing else stood there at that hour.
"""


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    """A shelf with an article of praise and blame."""
    shelf.put(TEXT)
    return shelf


def marked(at: AppTest) -> list[str]:
    """The words marked in the text under the chart."""
    (text,) = [element.proto.body for element in at.get("html") if '"tone-text"' in element.proto.body]
    return re.findall(r"<mark[^>]*>(.*?)<small>", text)


def test_the_page_says_what_the_chart_shows(shelf: Shelf) -> None:
    """One sentence counts the paragraphs, a chart draws them, the strongest is taken apart below it."""
    at = visit("tone")
    assert at.title[0].value == "In what tone?"
    assert "Of 3 paragraphs" in told(at)
    assert "1 without a scored word" in told(at)
    assert len(charts(at)) == 3
    assert marked(at)


def test_every_word_of_a_score_is_shown_with_its_weight(shelf: Shelf) -> None:
    """The words of paragraph 1, escaped, with their weights and the sum that makes the score."""
    at = visit("tone")
    at.selectbox(key="par").select_index(0).run()
    assert_whole(at)
    assert {"wonderful", "terrible"} <= {word.lower() for word in marked(at)}
    (text,) = [element.proto.body for element in at.get("html") if '"tone-text"' in element.proto.body]
    assert "+1.00" in text
    assert "−1.00" in text
    assert "bridge &amp; road" in text
    assert re.search(r"\d+ scored words, together .*polarity", told(at))


def test_either_voice_can_be_looked_at_alone(shelf: Shelf) -> None:
    """The reporter's words leave the quoted ones out, and the other way round; the choice stands in the URL."""
    assert "wonderful" not in marked(visit("tone", voices=["Reporter"]))
    at = visit("tone", voices=["Quoted"])
    assert "terrible" not in marked(at)
    group(at, "voices").set_value("Reporter").run()
    assert_whole(at)
    assert "wonderful" not in marked(at)


def test_sentences_on_demand(shelf: Shelf) -> None:
    """By sentence, the chart has as many bars as the article has sentences."""
    at = visit("tone", by=["Sentence"])
    assert "Of 5 sentences" in told(at)


def test_the_filter_leaves_the_chosen_words(shelf: Shelf) -> None:
    """With a speaker chosen, only what they say is weighed."""
    at = visit("tone", who=["Alan Turing"])
    assert "Of 1 paragraph" in told(at) or "1 of" in told(at)
    assert set(marked(at)) <= {"bad", "very bad", "very"}


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"who": ["Alan Turing"], "kind": ["direct"]}, "no quote passes"),
        ({"who": ["Alan Turing"], "voices": ["Reporter"]}, "the reporter's own words are left out"),
    ],
)
def test_nobody_left_is_a_sentence_and_a_way_back(shelf: Shelf, query: dict[str, Any], says: str) -> None:
    """A filter that leaves no words says so, and a button clears it."""
    at = visit("tone", **query)
    assert says in told(at)
    assert not charts(at)
    button(at, "tone-clear").click().run()
    assert_whole(at)
    assert says not in told(at)


def test_an_article_without_quotes_offers_the_reporter(shelf: Shelf) -> None:
    """Quoted voices alone, where nobody is quoted: a sentence says so."""
    shelf.put("It was a good day.\n\nPeople walked home happy.\n")
    assert "Nobody is quoted" in told(visit("tone", voices=["Quoted"]))


def test_few_sentences_carry_a_warning(shelf: Shelf) -> None:
    """A voice with too few scored sentences is not compared."""
    assert "too few to compare" in told(visit("tone"))


def test_the_honest_note_stands_below(shelf: Shelf) -> None:
    """What a word list can't see, and how often it was right on news."""
    assert "no irony" in re.sub(r"\s+", " ", told(visit("tone")))
    assert "NewsMTSC" in told(visit("tone"))


def test_the_text_taken_apart_leads_to_the_article(shelf: Shelf) -> None:
    """A button opens the Article page at the chosen paragraph."""
    at = visit("tone")
    at.selectbox(key="par").select_index(1).run()
    button(at, "tone-open").click().run()
    assert_whole(at)
    assert component(at, "scene")["at"] == TEXT.index("Alan Turing")


def test_how_often_it_is_right_stands_beside_the_name(shelf: Shelf) -> None:
    """With what is left out, and one link to who speaks how of whom."""
    at = visit("tone")
    said = told(at)
    assert "right about a sentence 44 times in 100" in said
    assert "words inside a name" in said
    assert sum('href="#who-of-whom"' in body for body in markup(at)) == 1


def test_what_is_said_of_people_joins_the_chart_once_it_is_known(shelf: Shelf) -> None:
    """The first chart has none of it; what the page shows at last, and its table, have."""
    shelf.put('"Alan Turing is a brilliant, generous man," Ada Lovelace said. It was a good day.\n')
    at = visit("tone")
    assert any("learned model" in str(trace.get("name")) for chart in charts(at) for trace in chart["data"])
    (table,) = [body for body in markup(at) if 'class="tone-units" aria-label="Tone by paragraph"' in body]
    assert re.search(r"<td>\+0\.\d\d<small> of \d</small></td>", table)


def test_a_long_table_has_pages(shelf: Shelf) -> None:
    """The number of pages is said, and a page can be jumped to."""
    shelf.put("\n\n".join(f"It was a good day number {place}." for place in range(60)))
    at = visit("tone")
    assert "Page 1 of 3: paragraphs 1 to 25 of 60 paragraphs." in told(at)
    (table,) = [body for body in markup(at) if 'class="tone-units"' in body]
    assert table.count("<tr>") == 26
    assert at.get("pagination")


@pytest.mark.usefixtures("seed")
def test_the_seed_article() -> None:
    """All sixteen paragraphs are weighed, and every speaker with quotes has a row."""
    at = visit("tone")
    assert "Of 16 paragraphs" in told(at)
    for name in (tables.THE_REPORTER, "Vladimir Putin", "Vyacheslav Volodin", "Sergey Lavrov"):
        assert name in told(at)
