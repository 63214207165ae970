"""The frame of every page as Streamlit runs it: navigation, sidebar, the filter in the URL, and what goes wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from building import crowd
from streamlit.testing.v1 import AppTest

from readout import shelf as shelves
from readout.web import state

from .visiting import META, PAGES, TEXT, Shelf, assert_whole, button, component, group, markup, scene, told, visit

TITLES = {
    "timeline": "When did that happen?",
    "tone": "In what tone?",
    "quotes": "Who said exactly what?",
}
SECRET = "a secret of the machine"


def pills(at: AppTest) -> list[str]:
    """The speakers that can be chosen."""
    return [option.content for option in group(at, "who").proto.options]


@pytest.mark.parametrize("page", PAGES)
def test_the_sidebar_is_the_same_on_every_page(shelf: Shelf, page: str) -> None:
    """Article, speakers by plain name, kinds and a way to clear them stand there on all pages."""
    shelf.put(TEXT)
    at = visit(page)
    assert at.selectbox(key="article").options == ["The bridge"]
    assert sorted(pills(at)) == ["Ada Lovelace", "Alan Turing"]
    assert [option.content for option in group(at, "kind").proto.options] == ["all", "direct", "mixed", "indirect"]
    assert button(at, "clear").disabled
    assert not at.title or at.title[0].value == TITLES[page]


@pytest.mark.parametrize("page", PAGES)
def test_the_filter_of_the_url_rules_every_page(shelf: Shelf, page: str) -> None:
    """`who` and `kind` of a link are chosen in the sidebar, and the page shows what they leave."""
    shelf.put(TEXT)
    at = visit(page, who=["Alan Turing"], kind=["indirect"])
    assert group(at, "who").value == ["Alan Turing"]
    assert group(at, "kind").value == "indirect"
    assert not button(at, "clear").disabled
    if page == "article":
        data = component(at, "scene")
        assert (data["who"], data["kind"]) == (["Alan Turing"], "indirect")
    elif page == "timeline":
        assert at.dataframe[0].value["When"].tolist() == ["2014"]
    elif page == "tone":
        assert "No paragraph has a word that the lexicon knows" in told(at)
    else:
        assert [quote["speaker"] for quote in component(at, "quotes")["quotes"]] == ["Alan Turing"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "query",
    [
        {"who": ["Nobody"]},
        {"who": ["<script>alert(1)</script>"]},
        {"who": ["Nobody", "Ada Lovelace"]},
        {"kind": ["shouted"]},
        {"kind": ["direct", "indirect"]},
        {"article": ["../../etc/passwd"]},
        {"axis": ["x"], "sort": ["x"], "view": ["x"], "voices": ["x"], "by": ["x"], "par": ["x"], "sen": ["x"]},
        {"q": ['"'], "at": ["0"], "unknown": ["1"]},
    ],
    ids=lambda query: "-".join(f"{k}={'+'.join(v)[:9]}" for k, v in query.items())[:40],
)
def test_values_that_the_url_can_not_mean_are_dropped(shelf: Shelf, page: str, query: dict[str, Any]) -> None:
    """A link with values that name nothing opens the page without them, and keeps none of them as markup."""
    shelf.put(TEXT)
    at = visit(page, **query)
    assert at.selectbox(key="article").value == "bridge"
    assert set(group(at, "who").value or []) <= {"Ada Lovelace"}
    assert group(at, "kind").value in {"all", "direct", "indirect"}
    assert not any("<script" in body for body in markup(at))


def test_clear_drops_speakers_and_kind(shelf: Shelf) -> None:
    """One click brings everything back."""
    shelf.put(TEXT)
    at = visit("quotes", who=["Alan Turing"], kind=["indirect"])
    button(at, "clear").click().run()
    assert_whole(at)
    assert not group(at, "who").value
    assert group(at, "kind").value == "all"
    assert len(component(at, "quotes")["quotes"]) == 2


def test_the_filter_holds_from_page_to_page(shelf: Shelf) -> None:
    """What is chosen on one page is chosen on the next."""
    shelf.put(TEXT)
    at = visit("article")
    group(at, "who").set_value(["Alan Turing"]).run()
    for page in (*PAGES[1:], "article"):
        at.switch_page(f"../../pages/{page}.py").run()
        assert_whole(at)
        assert group(at, "who").value == ["Alan Turing"]


def test_another_article_of_the_shelf(shelf: Shelf) -> None:
    """Choosing another article shows it; a speaker who is not in it is not kept."""
    shelf.put(TEXT)
    shelf.put('"Tea is ready," Grace Hopper said.\n', 'title = "A tea"\n', "tea")
    at = visit("article", who=["Alan Turing"])
    assert at.selectbox(key="article").options == ["The bridge", "A tea"]
    at.selectbox(key="article").set_value("tea").run()
    assert_whole(at)
    assert scene(at)["head"]["title"] == "A tea"
    assert pills(at) == ["Grace Hopper"]
    assert component(at, "scene")["who"] == []


def test_articles_of_one_title_are_told_apart(shelf: Shelf) -> None:
    """Where two titles are alike, the names of their files stand with them."""
    shelf.put(TEXT)
    shelf.put(TEXT, META, "copy")
    assert visit("article").selectbox(key="article").options == ["The bridge (bridge)", "The bridge (copy)"]


def test_a_title_is_no_markup_in_the_sidebar(shelf: Shelf) -> None:
    """Markdown, icons and tags in titles and names are shown plain or not at all."""
    shelf.put(TEXT, 'title = "**Bold** :red[x] <b>:material/close: $x$"\n')
    (option,) = visit("article").selectbox(key="article").options
    assert not re.search(r"[*<>\[\]$]", option)
    assert "Bold" in option


def test_the_legend_gives_initials_numbers_and_shares(shelf: Shelf) -> None:
    """For each speaker: initials, number of quotes, share, and of what it is one; never colour alone."""
    shelf.put(TEXT)
    at = visit("article")
    (legend,) = [body for body in markup(at) if "button:nth-of-type" in body]
    assert "'AL'" in legend
    assert "'AT'" in legend
    assert re.search(r"'1 · \d+%'/'1 quote, \d+% of the quoted words'", legend)
    assert "% of the quoted words" in group(at, "who").proto.label


@pytest.fixture
def crowded(shelf: Shelf) -> Shelf:
    """A shelf with an article of twenty voices."""
    shelf.put(crowd(20, 0))
    return shelf


def test_of_many_speakers_the_first_have_pills(crowded: Shelf) -> None:
    """The others are found by name; whoever is chosen so gets a pill, as does one whom a link asks for."""
    at = visit("article")
    assert len(pills(at)) == 12
    (found,) = [box for box in at.selectbox if box.key == "find-speaker"]
    assert found.placeholder == "8 more: type a name"
    assert len(found.options) == 20
    last = found.options[-1]
    assert last not in pills(at)
    found.set_value(last).run()
    assert_whole(at)
    assert pills(at)[12:] == [last]
    assert group(at, "who").value == [last]
    assert at.selectbox(key="find-speaker").value is None
    at = visit("quotes", who=[last])
    assert pills(at)[12:] == [last]
    assert {quote["speaker"] for quote in component(at, "quotes")["quotes"]} == {last}
    button(at, "clear").click().run()
    assert len(pills(at)) == 12


def test_a_few_speakers_have_pills_and_nothing_to_search(shelf: Shelf) -> None:
    """A search for two or three more would be more than they are."""
    shelf.put(crowd(15, 0))
    at = visit("article")
    assert len(pills(at)) == 15
    assert [box.key for box in at.selectbox] == ["article"]


@pytest.mark.parametrize("page", ["library", "corrections", "method"])
def test_the_filter_is_out_of_sight_where_it_does_nothing(shelf: Shelf, page: str) -> None:
    """It stays chosen there, for the way back."""
    shelf.put(TEXT)
    at = visit("article", who=["Alan Turing"])
    at.switch_page(f"../../pages/{page}.py").run()
    assert_whole(at)
    at.switch_page("../../pages/article.py").run()
    assert group(at, "who").value == ["Alan Turing"]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_quoted_is_said_in_the_sidebar(shelf: Shelf, page: str) -> None:
    """Where there is nothing to filter, the sidebar says why."""
    shelf.put("The bridge was built in 2014.\n")
    assert "Nobody is quoted in this article" in told(visit(page))


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_shelf_is_a_sentence_with_a_next_step(shelf: Shelf, page: str) -> None:
    """No article at all: where to put one, and nothing else."""
    at = visit(page)
    assert "There is no article" in told(at)
    assert str(shelf.folder) in told(at)
    assert ".txt" in told(at)


@pytest.mark.parametrize("page", PAGES)
def test_a_missing_shelf_is_a_sentence_with_a_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """A folder that is not there: which one, and what to set."""
    monkeypatch.setenv("READOUT_ARTICLES", str(tmp_path / "nowhere"))
    at = visit(page)
    assert "can't be opened" in told(at)
    assert "READOUT_ARTICLES" in told(at)


@pytest.mark.parametrize("page", PAGES)
def test_a_file_that_is_no_text_leaves_the_way_to_another(shelf: Shelf, page: str) -> None:
    """Bytes that are no text: a sentence, and the choice of another article still stands."""
    shelf.put(TEXT, META, "second")
    (shelf.folder / "bytes.txt").write_bytes(b"\x00\x01\x02PK")
    at = visit(page)
    assert "is not a text file" in told(at)
    at.selectbox(key="article").set_value("second").run()
    assert_whole(at)
    assert "is not a text file" not in told(at)


@pytest.mark.parametrize(
    ("page", "part"),
    [
        ("article", "readout.web.article.draw"),
        ("timeline", "readout.web.figure.show"),
        ("tone", "readout.web.figure.show"),
        ("quotes", "readout.web.quotes.show"),
    ],
)
def test_an_unforeseen_error_shows_no_trace(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, page: str, part: str
) -> None:
    """Nothing of an error's words or of the code's lines reaches the page, even without the application around it."""

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(part, fail)
    shelf.put(TEXT)
    at = visit(page, whole=False)
    (shown,) = at.exception
    assert not shown.proto.stack_trace
    assert SECRET not in shown.value
    assert SECRET not in told(at)


def apology() -> None:
    """A page that meets an error."""
    from readout.web.application import apologise

    assert apologise(RuntimeError("a secret of the machine"))


def test_the_apology_is_a_sentence_and_a_way_back(caplog: pytest.LogCaptureFixture) -> None:
    """A sentence on the page, the error in the log."""
    at = AppTest.from_function(apology, default_timeout=600).run()
    assert "Something went wrong on this page" in told(at)
    assert SECRET not in told(at)
    assert SECRET in caplog.text


def test_the_frame_names_its_pages() -> None:
    """Every page of these tests is a file in pages/, and an article is there to show."""
    assert {path.stem for path in state.PAGES.glob("*.py")} >= set(PAGES)
    assert shelves.names(shelves.SHIPPED)


@pytest.mark.parametrize(("query", "lost"), [({"article": "nope"}, "an article"), ({"who": ["Nobody"]}, "a speaker")])
def test_a_link_to_what_is_not_here_says_so(shelf: Shelf, query: dict[str, Any], lost: str) -> None:
    """What is here is shown, with a sentence that it is not what the link asked for."""
    shelf.put(TEXT)
    at = visit("article", **query)
    assert f"The link asks for {lost} that is not here" in told(at)
    at.run()
    assert "The link asks" not in told(at)
