"""The Timeline page as Streamlit runs it, on articles of a shelf of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from . import visiting
from .visiting import TEXT, Shelf, charts, component, group, told

Visit = Callable[..., AppTest]


@pytest.fixture
def visit(shelf: Shelf) -> Visit:
    """Open the Timeline page on a text; a filter is given as the URL has it."""

    def page(text: str = TEXT, published: str = "2016-05-04", **query: Any) -> AppTest:
        day = f"published = {published}\n" if published else ""
        shelf.put(text, f'title = "The bridge"\npublisher = "The Paper"\n{day}')
        return visiting.visit("timeline", **query)

    return page


def chart(at: AppTest) -> Any:
    """The figure on the page."""
    (figure,) = charts(at)
    return figure


def names(at: AppTest) -> list[str]:
    """What the table lists."""
    names: list[str] = at.dataframe[0].value["What"].tolist()
    return names


def test_the_page_draws_each_reference_and_lists_it(visit: Visit) -> None:
    """The event of the catalogue, the day and the year stand on the chart and in the table."""
    at = visit()
    assert at.title[0].value == "When did that happen?"
    assert names(at)[0] == "Cold War"
    assert sorted(at.dataframe[0].value["When"]) == ["2014", "3 May 2016", "about 1947 to 1991"]
    drawn = [text for trace in chart(at)["data"] for text in trace.get("text", [])]
    assert "Cold War" in drawn
    assert chart(at)["layout"]["xaxis"]["ticktext"][0] == "today"


def test_the_sentence_above_counts_and_is_plain_text(visit: Visit) -> None:
    """One sentence says how many times there are, over which years."""
    shown = " ".join(element.proto.body for element in visit().get("html"))
    assert "The article refers to three times and events from 1947 to 2016" in shown
    assert "<script>" not in shown


def test_expressions_without_a_day_are_counted(visit: Visit) -> None:
    """A length of time is not dropped: an expander below says how many there are."""
    assert [expander.label for expander in visit().expander] == ["1 expression names no day"]


def test_the_calendar_is_one_click_away(visit: Visit) -> None:
    """The axis is a choice in the URL."""
    assert chart(visit(axis=["calendar"]))["layout"]["xaxis"]["type"] == "date"
    at = visit()
    group(at, "axis").set_value("calendar").run()
    assert chart(at)["layout"]["xaxis"]["type"] == "date"


def test_a_speaker_leaves_what_they_refer_to(visit: Visit) -> None:
    """The sidebar's filter restricts to references inside the chosen quotes."""
    at = visit(who=["Ada Lovelace"])
    assert names(at) == ["Cold War"]
    assert "The chosen quotes refer to one time or event" in " ".join(e.proto.body for e in at.get("html"))


def test_without_a_day_of_publication_the_page_says_what_to_do(visit: Visit) -> None:
    """Distance needs a day; the calendar is drawn, and a sentence names the field to add."""
    at = visit(published="")
    assert chart(at)["layout"]["xaxis"]["type"] == "date"
    assert any("About this article" in info.value for info in at.info)


@pytest.mark.parametrize(
    ("text", "query", "says"),
    [
        ("Nothing happens here at all.", {}, "names no day and no event"),
        ("", {}, "has no text"),
        (TEXT, {"kind": ["mixed"]}, "Clear the filter"),
    ],
)
def test_nothing_to_show_is_a_sentence_with_a_next_step(
    visit: Visit, text: str, query: dict[str, Any], says: str
) -> None:
    """No chart, and a sentence that says why and what to do."""
    at = visit(text, **query)
    assert not at.get("plotly_chart")
    assert says in at.info[-1].value


def test_a_link_to_a_mark_shows_its_sentences_and_leads_to_them(visit: Visit) -> None:
    """Its place in the URL chooses a mark: it stands out, and its sentence, escaped, has the way to the article."""
    place = TEXT.index("The Cold War")
    at = visit(at=[str(place)])
    assert chart(at)["data"][0]["selectedpoints"] == [0]
    shown = [element.proto.body for element in at.get("html")]
    assert any("<h2>Cold War</h2>" in body for body in shown)
    assert any("blockquote" in body and "&quot;The Cold War ended" in body for body in shown)
    button = next(button for button in at.button if button.label == "Open ¶ 1 in the article")
    button.click().run()
    assert not at.exception
    assert component(at, "scene")["at"] == place


@pytest.mark.parametrize("words", ["War ended", "long ago", "Ada Lovelace said"])
def test_any_place_that_belongs_to_a_mark_chooses_it(visit: Visit, words: str) -> None:
    """Inside the name as beside it in its sentence: the link from the article need not hit its first letter."""
    at = visit(at=[str(TEXT.index(words))])
    assert chart(at)["data"][0]["selectedpoints"] == [0]
    assert component(at, "chosen")["chosen"] == 0


def test_a_link_to_the_year_of_an_event_chooses_the_event(visit: Visit) -> None:
    """ "The Ukrainian crisis broke out in 2014": the article marks its year, too, and says which event that dates."""
    text = "Problems began long before the Ukrainian crisis broke out in 2014."
    at = visit(text, published="2016-11-09", at=[str(text.index("2014"))])
    assert names(at) == ["Ukraine crisis of 2014"]
    assert component(at, "chosen")["chosen"] == 0
    shown = " ".join(element.proto.body for element in at.get("html"))
    assert "the name belongs to it alone; 2014: the year as written; it dates the Ukrainian crisis" in shown


def test_lanes_by_voice_are_a_switch_in_the_url(visit: Visit) -> None:
    """All marks stand in one order of time; by voice each has a lane with its name over it."""
    at = visit()
    assert not chart(at)["layout"].get("annotations")
    group(at, "rows").set_value("by voice").run()
    assert len(chart(at)["layout"]["annotations"]) == at.dataframe[0].value["Who"].nunique()
    assert len(chart(visit(rows=["by voice"]))["layout"]["annotations"]) > 1


def test_a_long_article_says_what_it_leaves_out_and_shows_it_on_demand(visit: Visit) -> None:
    """The chart has the marks referred to most, a sentence says so, and a switch in the URL shows all."""
    text = "\n\n".join(f"Mill {number} burnt down in {1900 + number}." for number in range(60))
    at = visit(text + " The bridge fell in 1890. The Cold War and the Cold War ended.")
    shown = " ".join(element.proto.body for element in at.get("html"))
    assert "40 of 62 shown: those referred to most." in shown
    assert len(chart(at)["data"][0]["y"]) == 40
    assert len(names(at)) == 62
    (toggle,) = [toggle for toggle in at.toggle if "Show all 62" in toggle.label]
    toggle.set_value(True).run()
    assert len(chart(at)["data"][0]["y"]) == 62
    assert "shown:" not in " ".join(element.proto.body for element in at.get("html"))
    assert len(chart(visit(text, all=["true"]))["data"][0]["y"]) == 60


def test_a_mark_that_a_link_asks_for_is_drawn_though_others_are_left_out(visit: Visit) -> None:
    """The last of sixty is referred to no more than the others, yet it is the one that is asked for."""
    text = "\n\n".join(f"Mill {number} burnt down in {1900 + number}." for number in range(60))
    drawn = chart(visit(text, at=[str(text.index("1959"))]))
    assert drawn["data"][0]["selectedpoints"] == [39]
    assert len(drawn["data"][0]["y"]) == 40


def test_closed_sentences_leave_the_url(visit: Visit) -> None:
    """Close hides the chosen mark's sentences, and a link to the page shows none any more."""
    at = visit(at=[str(TEXT.index("The Cold War"))])
    next(button for button in at.button if button.label == "Close").click().run()
    assert not [button for button in at.button if button.label.startswith("Open")]
    assert "at" not in at.query_params
    assert "selectedpoints" not in chart(at)["data"][0]


@pytest.mark.parametrize("place", ["", str(TEXT.index("People waited")), "x", "99999999"])
def test_a_place_that_no_mark_has_chooses_none(visit: Visit, place: str) -> None:
    """A stale link opens the page as it is without it."""
    at = visit(at=[place])
    assert "Choose a mark, or a row of the table" in told(at)
    assert component(at, "chosen")["chosen"] is None


def test_the_list_for_phones_has_what_the_table_has(visit: Visit) -> None:
    """What, when and who of each mark, and which one is chosen."""
    at = visit(at=[str(TEXT.index("The Cold War"))])
    listed = component(at, "chosen")
    assert [what for what, _, _ in listed["rows"]] == names(at)
    assert listed["rows"][0][1].startswith("about 1947 to 1991 · ")
    assert listed["rows"][0][2] == at.dataframe[0].value["Who"][0]
    assert listed["chosen"] == 0
