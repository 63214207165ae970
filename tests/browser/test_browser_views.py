"""One view on four pages: the filter, the URL, the way from a finding to its sentence, and back."""

from __future__ import annotations

import itertools
import re

import pytest
from journeys import (
    PAGES,
    PATIENCE,
    Visit,
    article,
    back,
    cards,
    chips,
    click_bar,
    counter,
    drawn,
    expect_no_sideways_scroll,
    expect_path,
    expect_query,
    go,
    middle,
    query,
    search_box,
    sidebar,
    speaker,
)
from playwright.sync_api import Locator, Page, expect
from serving import settle

pytestmark = pytest.mark.browser
LAVROV = "Sergey Lavrov"
HOLDS = {
    "Timeline": "The chosen quotes refer to",
    "Tone": "Of 4 paragraphs",
    "Quotes": "all by Sergey Lavrov.",
}


def quotes_of(page: Page, name: str) -> int:
    """How many chips of the article are a speaker's."""
    expect(chips(page).first).to_be_visible(timeout=PATIENCE)
    return chips(page).and_(article(page).get_by_role("button", name=re.compile(f": {name}, "))).count()


def expect_at(page: Page) -> str:
    """Wait until the URL says at which character the view is; gives its number."""
    expect(page).to_have_url(re.compile(r"[?&]at=\d+(?:&|$)"), timeout=PATIENCE)
    return query(page)["at"][0]


def expect_text_at(page: Page, words: str) -> None:
    """The Article page is open, with these words on screen and marked as the place asked for."""
    expect_path(page, "/")
    expect_at(page)
    expect(article(page).get_by_text(words).first).to_be_in_viewport(timeout=PATIENCE)


def test_the_filter_holds_on_all_pages_and_on_the_way_back(visit: Visit) -> None:
    """Chosen once, the speaker rules every page, stands in every URL, and is there after Back."""
    page = visit()
    theirs = quotes_of(page, LAVROV)
    speaker(page, LAVROV).click()
    expect_query(page, who=LAVROV)
    for title, says in HOLDS.items():
        go(page, title)
        expect_query(page, who=LAVROV)
        expect(page.get_by_test_id("stMain")).to_contain_text(says, timeout=PATIENCE)
        expect(speaker(page, LAVROV)).to_have_attribute("aria-pressed", "true")
    expect(cards(page)).to_have_count(theirs)
    go(page, "Article")
    expect_query(page, who=LAVROV)
    expect(counter(page)).to_contain_text(f"{theirs} quotes")
    back(page, "/quotes")
    expect_query(page, who=LAVROV)
    expect(cards(page)).to_have_count(theirs)
    back(page, "/tone")
    expect_query(page, who=LAVROV)
    expect(page.get_by_test_id("stMain")).to_contain_text(HOLDS["Tone"], timeout=PATIENCE)


def test_a_deep_link_opens_the_same_view_in_a_new_browser(visit: Visit) -> None:
    """Speaker, kind, page, search and layout of a link are there for whoever gets it."""
    page = visit("/quotes?who=Sergey+Lavrov&kind=direct&q=ready&view=Table", "new")
    expect(search_box(page)).to_have_value("ready", timeout=PATIENCE)
    rows = page.locator(".st-key-list").get_by_role("row").filter(has_text="Lavrov")
    expect(rows).to_have_count(1)
    expect(rows.get_by_text("ready", exact=True)).to_be_visible()
    expect(speaker(page, LAVROV)).to_have_attribute("aria-pressed", "true")
    expect(sidebar(page).get_by_role("radio", name="direct", exact=True)).to_be_checked()
    assert {"who": [LAVROV], "kind": ["direct"], "q": ["ready"], "view": ["Table"]}.items() <= query(page).items()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_link_to_each_page_opens_that_page(visit: Visit, path: str) -> None:
    """A first visit by a link with a filter gets page, frame and filter, and no dialog of a page not found."""
    page = visit(f"{path}?who=Sergey+Lavrov&who=Vyacheslav+Volodin")
    pills = page.locator(".st-key-who button[aria-pressed=true]")  # out of sight in the library
    expect(pills).to_have_text([LAVROV, "Vyacheslav Volodin"], timeout=PATIENCE)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    for title in ("Article", "Timeline", "Tone", "Quotes"):
        expect(sidebar(page).get_by_role("link", name=title, exact=True)).to_be_visible()


def test_values_of_the_url_that_mean_nothing_are_dropped(visit: Visit) -> None:
    """A speaker who is not there leaves the URL, and all quotes are shown."""
    page = visit("/?who=Nobody&kind=shouted&at=x")
    expect(counter(page)).to_contain_text("17 quotes", timeout=PATIENCE)
    expect_query(page, who=None, kind=None)


def test_each_page_has_a_title_of_its_own(visit: Visit) -> None:
    """Tabs and histories tell the pages apart (WCAG 2.4.2)."""
    page = visit()
    for title in ("Article", "Timeline", "Tone", "Quotes"):
        go(page, title)
        expect(page).to_have_title(re.compile(rf"^{title}: Putin on Trump Victory.* · Readout$"))


def test_another_article_is_one_choice_away(visit: Visit) -> None:
    """Choosing an article in the sidebar shows it and puts it in the URL; Back and links bring it again."""
    page = visit()
    box = sidebar(page).get_by_role("combobox", name="Article")
    box.click()
    page.get_by_role("option", name="X Emoji").click()
    expect_query(page, article="X Emoji")
    expect(article(page).get_by_role("heading", level=1)).to_have_text("X Emoji", timeout=PATIENCE)
    go(page, "Quotes")
    expect(cards(page)).to_have_count(2)


def test_from_a_bar_of_tone_to_its_sentence(visit: Visit) -> None:
    """A click on a bar shows the words behind it; the button below opens the article there."""
    page = visit("/tone")
    chart = drawn(page, "tone-units")
    before = query(page).get("par")
    click_bar(page, chart.locator(".barlayer .point").nth(1))
    choice = page.get_by_role("combobox", name=re.compile("or click a bar"))
    expect(choice).not_to_have_value("10", timeout=PATIENCE)
    settle(page)
    assert before is None
    number = int(choice.input_value())
    text = page.locator("p.tone-text").inner_text()
    page.get_by_role("button", name="Read it in the article").click()
    expect_path(page, "/")
    paragraph = article(page).locator("p[data-at]").nth(number - 1)
    expect(paragraph).to_be_in_viewport(timeout=PATIENCE)
    assert re.sub(r"\W+", " ", text)[-20:].strip() in re.sub(r"\W+", " ", paragraph.inner_text())
    expect_query(page, at=paragraph.get_attribute("data-at"))


def test_from_a_sentence_of_a_voice_to_the_article(visit: Visit) -> None:
    """A click on a stroke of the second chart of Tone opens the article at that sentence."""
    page = visit("/tone")
    chart = drawn(page, "tone-voices")
    click_bar(page, chart.locator(".scatterlayer .point").nth(1))
    expect_path(page, "/")
    expect_at(page)
    expect(article(page).locator("p[data-at]").first).to_be_attached(timeout=PATIENCE)


def test_from_a_mark_of_the_timeline_to_its_sentence(visit: Visit) -> None:
    """A click on a mark shows its sentences, whose button opens the article there."""
    page = visit("/timeline?who=many+observers")
    chart = drawn(page, "timeline")
    click_bar(page, chart.locator(".barlayer .point").first)
    sentences = page.locator(".st-key-sentences")
    expect(sentences).to_contain_text("According to many observers", timeout=PATIENCE)
    expect_at(page)
    sentences.get_by_role("button", name=re.compile("^Open ¶ 14")).click()
    expect_text_at(page, "the Cold War")
    expect_query(page, who="many observers")


def test_from_the_year_of_an_event_to_its_mark(visit: Visit) -> None:
    """The article marks "2014" in "the Ukrainian crisis broke out in 2014": the link from there opens the crisis."""
    page = visit("/timeline?at=3473")
    drawn(page, "timeline")
    sentences = page.locator(".st-key-sentences")
    expect(sentences.get_by_role("heading", name="Ukraine crisis of 2014")).to_be_visible(timeout=PATIENCE)
    expect(sentences).to_contain_text("it dates the Ukrainian crisis")


def tap(page: Page, mark: Locator) -> None:
    """Tap the middle of a mark, over which lies the layer that plotly listens on."""
    page.touchscreen.tap(*middle(page, mark))


def test_one_tap_on_a_mark_shows_its_sentence(visit: Visit) -> None:
    """On a phone nothing hovers: the first tap chooses, on the timeline as on a bar and a stroke of Tone."""
    page = visit("/timeline", "phone")
    tap(page, drawn(page, "timeline").locator(".barlayer .point").first)
    sentences = page.locator(".st-key-sentences")
    expect(sentences.locator("blockquote").first).to_be_in_viewport(timeout=PATIENCE)
    expect_at(page)
    expect(page.locator("#hoverlayer .hovertext, .hoverlayer .hovertext")).to_have_count(0)
    page = visit("/tone", "phone")
    tap(page, drawn(page, "tone-units").locator(".barlayer .point").nth(1))
    expect(page).to_have_url(re.compile(r"[?&]par="), timeout=PATIENCE)
    settle(page)
    tap(page, drawn(page, "tone-voices").locator(".scatterlayer .point").nth(1))
    expect_path(page, "/")


def test_the_list_of_the_timeline_on_a_phone(visit: Visit) -> None:
    """Instead of the table, too wide for it, a phone has a list whose items show their sentences, and hide them."""
    page = visit("/timeline", "phone")
    drawn(page, "timeline")
    expect(page.locator(".st-key-marks")).to_be_hidden()
    item = page.locator(".st-key-marks-list").get_by_role("button", name=re.compile("^Cold War"))
    item.tap()
    expect(page.locator(".st-key-row-sentences")).to_contain_text("According to many observers", timeout=PATIENCE)
    expect(page.locator(".st-key-row-sentences blockquote").first).to_be_in_viewport()
    expect(item).to_have_attribute("aria-pressed", "true")
    expect_no_sideways_scroll(page)
    item.tap()
    expect_query(page, at=None)


def test_the_chosen_mark_is_there_on_the_way_back(visit: Visit) -> None:
    """It stands in the URL: Back and links show it, Close puts it away."""
    page = visit("/timeline?who=many+observers")
    click_bar(page, drawn(page, "timeline").locator(".barlayer .point").first)
    sentences = page.locator(".st-key-sentences")
    expect(sentences).to_contain_text("Cold War", timeout=PATIENCE)
    at = expect_at(page)
    sentences.get_by_role("button", name=re.compile("^Open ¶")).first.click()
    expect_path(page, "/")
    back(page, "/timeline")
    expect_query(page, at=at, who="many observers")
    expect(sentences).to_contain_text("According to many observers", timeout=PATIENCE)
    again = visit(f"/timeline?at={at}", "new")
    expect(again.locator(".st-key-sentences")).to_contain_text("According to many observers", timeout=PATIENCE)
    again.get_by_role("button", name="Close").click()
    expect_query(again, at=None)


def test_from_a_row_of_the_timelines_table_to_its_sentence(visit: Visit) -> None:
    """What the chart's marks do for a mouse, the rows of the table under it do as well."""
    page = visit("/timeline")
    drawn(page, "timeline")
    table = page.locator(".st-key-marks").get_by_test_id("stDataFrame")
    expect(table.locator("canvas").first).to_be_visible()
    middle(page, table)
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 15, box["y"] + 35 + 17)
    sentences = page.locator(".st-key-row-sentences")
    expect(sentences).to_contain_text("Cold War", timeout=PATIENCE)
    expect(sentences.locator("blockquote").first).to_be_in_viewport()
    expect(sentences.get_by_role("button", name=re.compile("^Open ¶ 14"))).to_be_visible()


def test_from_a_bar_of_quotes_to_its_sentence(visit: Visit) -> None:
    """A click on a bar opens the article at the first quote in it."""
    page = visit("/quotes?who=many+observers")
    chart = drawn(page, "words-by-kind")
    bars = chart.locator(".barlayer .point")
    wide = [bar for bar in bars.all() if (box := bar.bounding_box()) and box["width"] > 4]
    click_bar(page, wide[0])
    expect_text_at(page, "at their lowest point since")


def test_from_a_quote_to_its_sentence(visit: Visit) -> None:
    """The link of a card opens the article at that quote, keeping the filter; it is a real link, for a new tab."""
    page = visit("/quotes?who=Sergey+Lavrov")
    expect(cards(page)).to_have_count(4, timeout=PATIENCE)
    link = cards(page).nth(2).get_by_role("link", name="In the text")
    link.hover()
    expect(link).to_have_attribute("href", re.compile(r"^/\?.*who=Sergey(\+|%20)Lavrov.*at=\d+"))
    link.click()
    expect_text_at(page, "always predictable")
    expect_query(page, who=LAVROV)


def test_back_from_a_quotes_sentence_leads_to_the_quotes_with_their_filter(visit: Visit) -> None:
    """One press of Back undoes one click, and the speaker chosen is still chosen."""
    page = visit("/quotes?who=Sergey+Lavrov")
    expect(cards(page)).to_have_count(4, timeout=PATIENCE)
    cards(page).nth(2).get_by_role("link", name="In the text").click()
    expect_text_at(page, "always predictable")
    back(page, "/quotes")
    expect_query(page, who=LAVROV)
    expect(cards(page)).to_have_count(4, timeout=PATIENCE)


def test_the_calendar_axis_is_one_click_away(visit: Visit) -> None:
    """A click draws the calendar, and the URL holds it."""
    page = visit("/timeline")
    ticks = drawn(page, "timeline").locator(".xtick text")
    expect(ticks.filter(has_text="today")).to_have_count(1)
    page.get_by_role("radio", name="calendar").click()
    expect_query(page, axis="calendar")
    expect(ticks.filter(has_text="today")).to_have_count(0, timeout=PATIENCE)
    expect(ticks.filter(has_text=re.compile(r"^(19|20)\d\d$")).first).to_be_attached()


@pytest.mark.parametrize("device", ["wide", "phone"])
def test_labels_of_the_timeline_keep_apart_and_in_the_picture(visit: Visit, device: str) -> None:
    """At no width two marks' words meet, nor do they run out of the chart."""
    page = visit("/timeline", device)
    chart = drawn(page, "timeline")
    page.evaluate("document.fonts.ready.then(() => true)")
    boxes = [box for text in chart.locator(".textpoint text").all() if (box := text.bounding_box()) and box["width"]]
    whole = chart.locator(".main-svg").first.bounding_box()
    assert whole is not None
    assert len(boxes) > 6
    for box in boxes:
        assert whole["x"] <= box["x"]
        assert box["x"] + box["width"] <= whole["x"] + whole["width"]
    for one, other in itertools.combinations(boxes, 2):
        # A box is as high as its line, of which the letters fill two thirds.
        apart = one["y"] + one["height"] <= other["y"] + 8 or other["y"] + other["height"] <= one["y"] + 8
        beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
        assert apart or beside
