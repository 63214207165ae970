"""Journeys of a reader who asks who speaks how of whom."""

from __future__ import annotations

import re

import pytest
from journeys import (
    PATIENCE,
    Visit,
    article,
    cards,
    click_bar,
    download,
    drawn,
    expect_no_sideways_scroll,
    expect_path,
    expect_query,
    whole,
)
from playwright.sync_api import expect
from serving import settle

pytestmark = pytest.mark.browser


def test_a_click_on_a_cell_shows_its_sentences(visit: Visit) -> None:
    """The sentences have the words that weighed, stand in the URL, and lead to the article."""
    page = visit("/tone")
    chart = drawn(page, "regard")
    click_bar(page, chart.locator(".point path").first)
    expect(page.locator(".regard").first).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"[?&]pair="))
    expect(page.locator(".regard .words b").first).to_be_visible()
    page.get_by_role("button", name="Open it in the article").first.click()
    expect_path(page, "/")
    expect(article(page).locator(".ring").first).to_be_in_viewport(timeout=PATIENCE)


def test_a_cell_by_keyboard(visit: Visit) -> None:
    """The box under the matrix has every cell: typed, chosen, read."""
    page = visit("/tone")
    box = page.get_by_role("combobox", name=re.compile("^Read the sentences of a cell"))
    box.press_sequentially("Vladimir Putin → Russia")
    box.press("Enter")
    expect(page.locator(".regard").first).to_contain_text("Vladimir Putin on Russia", timeout=PATIENCE)
    expect_query(page, pair="Vladimir Putin %E2%86%92 Russia")


def test_the_matrix_downloads(visit: Visit) -> None:
    """As a table with a name that says what it is."""
    page = visit("/tone")
    drawn(page, "regard")
    page.locator(".st-key-regard-download").get_by_role("button").first.click()
    name, data = download(page, page.get_by_role("button", name="CSV, the data"))
    assert name.endswith("who-speaks-how-of-whom.csv")
    assert b"Voice" in data
    assert b"The reporter" in data


def test_the_margin_turns_to_one_person(visit: Visit) -> None:
    """Choosing a person marks the places that name them, and changes the margin and the URL; then back to the tone."""
    page = visit("/")
    button = article(page).get_by_role("button", name=re.compile("^In the margin"))
    choose = article(page).get_by_role("combobox", name="In the margin")
    expect(article(page).locator(".toned").first).to_be_visible(timeout=PATIENCE)
    before = article(page).locator(".toned").count()
    button.focus()
    choose.select_option("United States")
    expect(article(page).locator(".toward").first).to_be_visible(timeout=PATIENCE)
    expect_query(page, toward="United States")
    expect(article(page).locator(".toward.ends").first).to_have_attribute("title", re.compile(r": .*sure"))
    mark = article(page).locator(".toward.ends").first
    mark.focus()
    expect(mark).to_have_accessible_description(re.compile(r": .*sure"))
    assert "sure" in mark.evaluate("mark => getComputedStyle(mark, '::before').content")
    page.reload()
    settle(page)
    expect(article(page).locator(".toward").first).to_be_visible(timeout=PATIENCE)
    expect(button).to_have_accessible_name("In the margin: tone toward United States")
    button.focus()
    choose.select_option("")
    expect(article(page).locator(".toward")).to_have_count(0, timeout=PATIENCE)
    expect(article(page).locator(".toned")).to_have_count(before)
    expect_query(page, toward=None)


def test_quotes_about_somebody(visit: Visit) -> None:
    """The filter keeps the quotes whose words name them, and stands in the URL."""
    page = visit("/quotes")
    expect(cards(page).first).to_be_visible(timeout=PATIENCE)
    box = page.get_by_role("combobox", name="About")
    box.press_sequentially("Donald Trump")
    box.press("Enter")
    expect(page).to_have_url(re.compile("about-whom=Donald"), timeout=PATIENCE)
    expect(cards(page).filter(has_not=page.locator("blockquote", has_text="Trump"))).to_have_count(0, timeout=PATIENCE)
    expect(cards(page).first).to_be_visible()


@pytest.mark.parametrize(
    ("name", "link"), [("tone", "/tone"), ("article", "/?toward=Donald+Trump"), ("method", "/method?part=Toward")]
)
def test_it_fits_a_phone(visit: Visit, name: str, link: str) -> None:
    """Nothing is wider than the screen."""
    page = visit(link, "phone")
    whole(page, name)
    if name == "tone":
        drawn(page, "regard")
    expect_no_sideways_scroll(page)


def test_the_tone_toward_people_joins_the_chart_and_leads_to_the_matrix(visit: Visit) -> None:
    """The legend parts the two, and one link goes down to who speaks how of whom, which has a name."""
    page = visit("/tone")
    chart = drawn(page, "tone-units")
    for name in ("The words (word list)", "Of those spoken of (learned model)"):
        expect(chart.locator(".legendtext", has_text=name)).to_be_visible(timeout=PATIENCE)
    page.locator(".tone-sum a").click()
    expect(page.get_by_role("heading", name="Who speaks how of whom")).to_be_in_viewport(timeout=PATIENCE)
    expect(page.get_by_role("figure", name=re.compile("^Matrix of the tone"))).to_be_visible(timeout=PATIENCE)
