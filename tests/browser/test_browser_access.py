"""No serious violation that axe-core can find: every page, light and dark, wide and phone, with what opens on it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Literal

import pytest
from journeys import (
    CHARTS,
    PATIENCE,
    Visit,
    article,
    card,
    cards,
    chips,
    drawn,
    expect_folded,
    open_menu,
    unfold,
)
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
OF_COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
"""What the dark can break that was whole in the light; all else is the same page."""
GROUND = {"light": "rgb(253, 251, 247)", "dark": "rgb(22, 24, 27)"}
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, Theme] = ("light", "dark")


class Findings:
    """The serious and critical violations on a page, by where they were found."""

    def __init__(self, page: Page) -> None:
        """Look at a page."""
        self.page = page
        self.found: dict[str, list[str]] = {}

    def look(self, where: str) -> None:
        """Look at the page as it is now, in the light and in the dark."""
        for theme in THEMES:
            self.page.emulate_media(color_scheme=theme)
            expect(self.page.get_by_test_id("stApp")).to_have_css("background-color", GROUND[theme])
            lines = violations(self.page, OPTIONS if theme == "light" else OF_COLOURS)
            if lines:
                self.found[f"{where}, {theme}"] = lines


def violations(page: Page, options: dict[str, Any] = OPTIONS) -> list[str]:
    """A line for each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    result: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    return [
        f"{rule['impact']} {rule['id']}: {node['target']} {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for rule in result["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("window", ["wide", "phone"])
def test_the_article_and_its_cards(visit: Visit, window: str) -> None:
    """The article as it opens, with the card of a quote and with that of a time."""
    page = visit("/", window)
    findings = Findings(page)
    expect(chips(page).first).to_be_visible(timeout=PATIENCE)
    findings.look("article")
    chips(page).nth(1).click()
    expect(card(page)).to_be_visible()
    findings.look("card of a quote")
    page.keyboard.press("Escape")
    article(page).get_by_role("button", name="the Cold War").click()
    expect(card(page)).to_be_visible()
    findings.look("card of a time")
    assert not findings.found


def test_the_dialogs_of_corrections(visit: Visit) -> None:
    """What a reader can put right of a quote, in each of its forms."""
    page = visit("/")
    findings = Findings(page)
    chips(page).nth(1).click()
    card(page).get_by_role("button", name="Correct this").click()
    dialog = page.get_by_role("dialog", name="Correct this quote")
    expect(dialog.get_by_role("combobox", name="Who says it?")).to_be_visible()
    findings.look("speaker")
    dialog.get_by_text("The words", exact=True).click()
    expect(dialog.get_by_role("textbox", name="The words, as they stand in the article")).to_be_visible()
    findings.look("words")
    assert not findings.found


@pytest.mark.parametrize("window", ["wide", "phone"])
def test_the_list_of_corrections(visit: Visit, window: str) -> None:
    """The page of corrections, empty and with what its menu opens."""
    page = visit("/corrections", window)
    findings = Findings(page)
    expect(page.get_by_text("Nobody has corrected this article yet")).to_be_visible()
    findings.look("empty")
    page.get_by_role("button", name="Take in a file").click()
    expect(page.get_by_text("Corrections of this article, as")).to_be_visible()
    findings.look("taking in")
    assert not findings.found


@pytest.mark.parametrize("window", ["wide", "phone"])
@pytest.mark.parametrize("key", ["timeline", "tone-units", "words-by-kind"])
def test_pages_of_charts_and_their_menus(visit: Visit, window: str, key: str) -> None:
    """The page of a chart as it opens, and with the chart's download menu."""
    page = visit(CHARTS[key], window)
    findings = Findings(page)
    drawn(page, key)
    findings.look("page")
    open_menu(page, key)
    findings.look("menu")
    assert not findings.found


def test_faded_voices_can_be_read(visit: Visit) -> None:
    """With a filter on, what is left out fades, yet not into the ground."""
    page = visit("/?who=Sergey+Lavrov&kind=direct")
    findings = Findings(page)
    expect(chips(page).first).to_be_visible(timeout=PATIENCE)
    findings.look("filtered")
    assert not findings.found


@pytest.mark.parametrize("layout", ["Cards", "Table"])
def test_matches_of_a_search_can_be_read(visit: Visit, layout: str) -> None:
    """The marks on what was searched for, in words and in roles."""
    page = visit(f"/quotes?view={layout}&q=us")
    findings = Findings(page)
    expect(page.locator(".st-key-list mark:visible").first).to_be_visible(timeout=PATIENCE)
    if layout == "Cards":
        cards(page).first.get_by_role("button", name="In context").click()
    findings.look("search")
    assert not findings.found


def test_the_sidebar_on_a_phone(visit: Visit) -> None:
    """The sidebar, open over the text."""
    page = visit("/", "phone")
    findings = Findings(page)
    expect_folded(page)
    unfold(page)
    findings.look("sidebar")
    assert not findings.found


def test_an_article_with_nothing_to_show(visit: Visit) -> None:
    """The sentences that stand where an empty article has nothing."""
    page = visit("/?article=X+Empty")
    findings = Findings(page)
    expect(article(page)).to_contain_text("There is no text", timeout=PATIENCE)
    findings.look("empty")
    assert not findings.found
