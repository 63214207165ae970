"""The Library page in the browser: search as one types, open, remove and bring back, take away and bring in, keys."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from journeys import (
    HOSTILE,
    PATIENCE,
    Visit,
    Watch,
    article,
    back,
    download,
    expect_no_sideways_scroll,
    expect_path,
    expect_query,
    query,
    sidebar,
    stock,
)
from playwright.sync_api import Browser, Locator, Page, expect
from serving import serve, settle
from test_browser_access import Findings

from readout.library import Library
from readout.library.place import FILE
from readout.records import Article

pytestmark = pytest.mark.browser
COUNT = 62
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the library."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def server(browser: Browser, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app with 62 articles in its library, a hostile one among them."""
    shelf = tmp_path_factory.mktemp("shelf")
    stock(shelf)
    with Library.open(home) as library:
        for number in range(COUNT - 2):
            text = (
                f"People cheered 🌉 at gate {number}. “The pier {number} is safe,” Rosalind Franklin, the surveyor, "
                f"said last month.\n\nShe added that boats would call again. Mayor Björn Ångström was glad of "
                f"café {number}."
            )
            published = date(2016, 1, 1) + timedelta(days=number)
            one = Article(text, title=f"Pier {number} reopens", publisher="The Coast", published=published)
            library.add(one, None, NOW + timedelta(minutes=number))
        library.add(Article("“We wait for the tide,” Grace Hopper said.", title="A tide table"), None, NOW)
        library.add(
            Article(HOSTILE, title="<script>window.ran=1</script><b>Bold</b>", publisher="<img src=x onerror=ran=1>"),
            None,
            NOW + timedelta(days=1),
        )
    with serve(READOUT_ARTICLES=str(shelf), READOUT_HOME=str(home)) as address:
        yield address


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    """The address of an app with nothing on its shelf and nothing in its library."""
    (tmp_path / "shelf").mkdir()
    with serve(READOUT_ARTICLES=str(tmp_path / "shelf"), READOUT_HOME=str(tmp_path / "home")) as address:
        yield address


def listing(page: Page) -> Locator:
    """The list with its search."""
    return page.locator(".st-key-library-list")


def count(page: Page) -> Locator:
    """The sentence that says how many articles are listed."""
    return listing(page).get_by_role("status").first


def box(page: Page) -> Locator:
    """The search box."""
    return page.get_by_role("searchbox", name="Search the library")


def titles(page: Page) -> Locator:
    """The links that open the articles."""
    return listing(page).locator("a.go")


def test_search_as_you_type(visit: Visit) -> None:
    """Letters narrow the list, matches are marked, the URL holds the words, and the box keeps focus and letters."""
    page = visit("/library")
    expect(count(page)).to_have_text("62 articles, 1 to 50 shown", timeout=PATIENCE)
    box(page).press_sequentially("cafe 17", delay=90)
    expect(count(page)).to_have_text("1 of 62 articles")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("cafe 17")
    expect_query(page, q="cafe 17")
    expect(titles(page)).to_have_text(["Pier 17 reopens"])
    assert set(listing(page).locator("mark").all_inner_texts()) == {"café", "17"}
    page.keyboard.type("9")
    expect(listing(page).get_by_text("Nothing matches “cafe 179”")).to_be_visible()
    page.get_by_role("button", name="Clear the search").click()
    expect(count(page)).to_have_text("62 articles, 1 to 50 shown")
    expect(box(page)).to_be_focused()
    expect_query(page, q=None)
    box(page).fill("pier 5")
    expect(titles(page).first.locator("mark")).to_have_text(["Pier", "5"])
    page.keyboard.press("Escape")
    expect(count(page)).to_have_text("62 articles, 1 to 50 shown")


def test_quick_typing_loses_no_letter_and_ends_at_the_last_query(visit: Visit) -> None:
    """Typed faster and slower than answers come, the box holds what was typed, and the list answers that."""
    page = visit("/library")
    expect(count(page)).to_contain_text("62 articles", timeout=PATIENCE)
    for delay, words, found, title in (
        (1, "rosalind franklin pier 3", 11, "Pier 3"),
        (170, "tide table", 1, "tide table"),
        (60, "ångström 8", 1, "Pier 8"),
    ):
        box(page).fill("")
        box(page).press_sequentially(words, delay=delay)
        assert box(page).input_value() == words
        page.wait_for_function("words => new URLSearchParams(location.search).get('q') === words", arg=words)
        expect(titles(page)).to_have_count(found)
        expect(titles(page).first).to_contain_text(title)
        assert box(page).input_value() == words
        expect(box(page)).to_be_focused()
    expect(titles(page)).to_have_text(["Pier 8 reopens"])


def test_in_quotes_the_speaker_is_named_and_the_article_opens_there(visit: Visit) -> None:
    """In quotes only, the snippet says who speaks; a click opens the article at the quote, Back returns."""
    page = visit("/library?q=safe+41")
    expect(titles(page)).to_have_text(["Pier 41 reopens"], timeout=PATIENCE)
    page.get_by_label("In quotes only").check()
    expect_query(page, **{"in": "quotes"})
    expect(listing(page).locator(".says")).to_have_text("Rosalind Franklin")
    titles(page).first.click()
    expect_path(page, "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pier 41 reopens", timeout=PATIENCE)
    expect_query(page, article="Pier 41 reopens", at=query(page)["at"][0])
    expect(article(page).get_by_text("is safe").first).to_be_in_viewport(timeout=PATIENCE)
    back(page, "/library")
    expect(titles(page)).to_have_text(["Pier 41 reopens"], timeout=PATIENCE)
    expect(box(page)).to_have_value("safe 41")
    box(page).fill("safe 42")
    expect(titles(page)).to_have_text(["Pier 42 reopens"])
    titles(page).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pier 42 reopens", timeout=PATIENCE)
    back(page, "/library")
    expect(box(page)).to_have_value("safe 42")


def test_pages_of_the_list(visit: Visit) -> None:
    """Next shows the rest and says so in the URL; a search begins at the first page again."""
    page = visit("/library?order=Title")
    expect(titles(page)).to_have_count(50, timeout=PATIENCE)
    page.get_by_role("button", name="Next").click()
    expect(titles(page)).to_have_count(12)
    expect(count(page)).to_have_text("62 articles, 51 to 62 shown")
    expect_query(page, page="2")
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    box(page).fill("pier")
    expect(count(page)).to_have_text("60 of 62 articles, 1 to 50 shown")
    expect_query(page, page=None)


def test_filters_from_the_list_and_back(visit: Visit) -> None:
    """A speaker's name on a card filters by them; the filter is said, and dropped with one click."""
    page = visit("/library?q=tide")
    listing(page).get_by_role("button", name="Only articles that quote Grace Hopper").click()
    expect_query(page, speaker="Grace Hopper", q="tide")
    page.get_by_role("searchbox").fill("")
    expect(count(page)).to_have_text("1 of 62 articles")
    listing(page).get_by_role("button", name="Drop the filter “Grace Hopper is quoted”").click()
    expect_query(page, speaker=None)
    expect(count(page)).to_have_text("62 articles, 1 to 50 shown")
    page.locator(".st-key-filters").get_by_role("button").first.click()
    speaker = page.get_by_role("combobox", name="Speaker")
    speaker.fill("hopper")
    speaker.press("Enter")
    expect(count(page)).to_have_text("1 of 62 articles")


def test_removed_and_brought_back(visit: Visit) -> None:
    """Selected on two pages, removed together, brought back together; the URL and the box stay."""
    page = visit("/library?order=Title")
    expect(titles(page)).to_have_count(50, timeout=PATIENCE)
    page.get_by_label("Select “Pier 10 reopens”").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Select “Pier 9 reopens”").check()
    expect(listing(page).get_by_text("2 selected")).to_be_visible()
    page.get_by_role("button", name="Remove 2 articles").click()
    expect(count(page)).to_have_text("60 articles, 51 to 60 shown")
    expect(page.get_by_text("2 articles are removed")).to_be_visible()
    page.reload()
    settle(page)
    page.get_by_role("button", name="Removed lately").click()
    expect(
        page.get_by_text("Pier 9 reopens, Pier 10 reopens").or_(page.get_by_text("Pier 10 reopens, Pier 9"))
    ).to_have_count(1)
    page.get_by_role("button", name="Bring back 2 articles").click()
    expect(count(page)).to_have_text(re.compile("^62 articles"))
    expect(page.get_by_role("button", name="Removed lately")).to_have_count(0)


def test_select_all_shown_and_undo_at_once(visit: Visit) -> None:
    """All that is shown is selected with one click; the way back is there at once and goes when it is used."""
    page = visit("/library?q=pier+2")
    page.get_by_label("Select “Pier 2 reopens”").check()
    page.get_by_role("button", name=re.compile("Select all .* shown")).click()
    picked = listing(page).locator(".chosen").inner_text().split()[0]
    assert int(picked) == titles(page).count() > 1
    page.get_by_role("button", name=f"Remove {picked} articles").click()
    expect(listing(page).get_by_text("Nothing matches “pier 2”")).to_be_visible()
    page.get_by_role("button", name=f"Bring back {picked} articles").first.click()
    expect(count(page)).to_have_text(f"{picked} of 62 articles")
    expect(page.get_by_text("are removed")).to_have_count(0)


def test_taken_away_and_brought_in(visit: Visit, empty: str, watch: Watch, tmp_path: Path) -> None:
    """The zip that one library makes fills an empty one, whose page says before what to do; twice changes nothing."""
    page = visit("/library")
    page.get_by_role("button", name="Export").click()
    page.get_by_role("button", name="Make the zip of 62 articles").click()
    name, data = download(page, page.get_by_role("button", name=re.compile("^Download readout-library")))
    assert re.fullmatch(r"readout-library-\d{4}-\d\d-\d\d\.zip", name)
    (tmp_path / name).write_bytes(data)

    watch.origin = empty
    page.goto(f"{empty}/library")
    settle(page)
    expect(listing(page)).to_contain_text("Nothing is kept yet.", timeout=PATIENCE)
    expect(sidebar(page).get_by_role("button", name="Add an article")).to_be_visible()
    for says in ("62 articles brought in.", "62 articles were here already and stay as they are."):
        page.get_by_role("button", name="Import", exact=True).click()
        page.locator("input[type=file]").set_input_files(tmp_path / name)
        page.get_by_role("button", name="Bring it in").click()
        expect(page.get_by_text(says, exact=True)).to_be_visible(timeout=PATIENCE)
        expect(count(page)).to_have_text("62 articles, 1 to 50 shown")

    (tmp_path / "broken.zip").write_bytes(data[: len(data) // 2])
    page.get_by_role("button", name="Import", exact=True).click()
    page.locator("input[type=file]").set_input_files(tmp_path / "broken.zip")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("This zip was not brought in")


def test_by_keyboard(visit: Visit) -> None:
    """ "/" goes to the search, arrows from there through the titles, Enter opens."""
    page = visit("/library?q=pier&order=Title")
    expect(titles(page)).to_have_count(50, timeout=PATIENCE)
    page.get_by_role("button", name="Export").focus()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(titles(page).nth(0)).to_be_focused()
    assert titles(page).nth(0).evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(titles(page).nth(1)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Select “Pier 1 reopens”")).to_be_checked()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pier 0 reopens", timeout=PATIENCE)


def test_a_hostile_article_is_text(visit: Visit) -> None:
    """Markup in title, publisher, speakers and words is shown as it stands; the page's watch sees that none runs."""
    for link in ("/library?q=hara", "/library?q=mallory&view=Table", "/library?q=bold"):
        page = visit(link)
        expect(titles(page).first).to_have_text("<script>window.ran=1</script><b>Bold</b>", timeout=PATIENCE)
        assert page.evaluate("window.ran") is None
    page.get_by_label(re.compile("^Select")).first.check()
    page.get_by_role("button", name="Remove 1 article").click()
    expect(page.get_by_text("is removed.")).to_contain_text("“<script>window.ran=1</script>")
    page.get_by_role("button", name="Bring back 1 article").first.click()
    expect(titles(page)).to_have_count(1)


@pytest.mark.parametrize("view", ["Cards", "Table"])
def test_on_a_phone(visit: Visit, view: str) -> None:
    """Nothing is wider than the screen, and a tap opens an article."""
    page = visit(f"/library?view={view}&q=pier", "phone")
    expect(titles(page)).to_have_count(50, timeout=PATIENCE)
    expect_no_sideways_scroll(page)
    page.get_by_label(re.compile("^Select")).first.tap()
    expect_no_sideways_scroll(page)
    titles(page).nth(1).tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pier", timeout=PATIENCE)


@pytest.mark.parametrize("window", ["wide", "phone"])
@pytest.mark.parametrize("view", ["Cards", "Table"])
def test_axe_finds_nothing(visit: Visit, window: str, view: str) -> None:
    """Search, selection, filters, an empty answer and the dialogs, light and dark."""
    page = visit(f"/library?q=pier&view={view}&speaker=Rosalind+Franklin&since=2016-01-02", window)
    findings = Findings(page)
    expect(listing(page).locator("mark:visible").first).to_be_visible(timeout=PATIENCE)
    page.get_by_label(re.compile("^Select")).first.check()
    findings.look("list")
    box(page).fill("zebra")
    expect(page.get_by_role("button", name="Clear the search")).to_be_visible()
    findings.look("nothing")
    page.locator(".st-key-filters").get_by_role("button").first.click()
    expect(page.get_by_role("combobox", name="Speaker")).to_be_visible()
    findings.look("filters")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    findings.look("import")
    assert not findings.found


def test_table_has_heads(visit: Visit) -> None:
    """Each column and each row says what it is about."""
    page = visit("/library?view=Table")
    expect(listing(page).get_by_role("columnheader")).to_have_text(
        ["Select", "Title", "Publisher", "Published", "Added", "Words", "Quotes", "Star"], timeout=PATIENCE
    )
    expect(listing(page).get_by_role("rowheader")).to_have_count(50)


def test_old_readings_are_made_anew_while_the_page_is_used(visit: Visit, server: str, home: Path) -> None:
    """The page says how many there are and works through them, while one searches; in the end it has nothing to say."""
    with sqlite3.connect(home / FILE) as connection:
        connection.execute("UPDATE reading SET engine = 0")
    connection.close()
    page = visit("/library")
    expect(page.get_by_text("62 articles wait to be read by this Readout")).to_be_visible()
    page.get_by_role("button", name="Read all 62 anew now").click()
    expect(page.get_by_text(re.compile(r"Read anew: \d+ of 62"))).to_be_visible()
    box(page).press_sequentially("pier 17", delay=60)
    expect(count(page)).to_have_text("1 of 62 articles")
    expect(box(page)).to_have_value("pier 17")
    expect(page.get_by_text("Read anew")).to_have_count(0, timeout=3 * PATIENCE)
    expect(page.get_by_text("wait to be read")).to_have_count(0)
