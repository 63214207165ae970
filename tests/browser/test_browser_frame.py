"""What frames every page: the browser's history, the sidebar on a phone, the search of a crowd's speakers."""

from __future__ import annotations

import re

import pytest
from journeys import (
    PATIENCE,
    Visit,
    article,
    back,
    cards,
    chips,
    counter,
    drawn,
    expect_folded,
    expect_no_sideways_scroll,
    expect_path,
    expect_query,
    go,
    query,
    sidebar,
    speaker,
    unfold,
)
from playwright.sync_api import Page, expect
from serving import settle

pytestmark = pytest.mark.browser
LAVROV, PUTIN = "Sergey Lavrov", "Vladimir Putin"


def expect_filter(page: Page, *who: str, kind: str | None = None) -> None:
    """The address, the pills and the counter of the article all say this filter."""
    expect_query(page, kind=kind, who=None if not who else who[-1])
    for name in (LAVROV, PUTIN):
        expect(speaker(page, name)).to_have_attribute("aria-pressed", str(name in who).lower(), timeout=PATIENCE)
    settle(page)
    assert query(page).get("who", []) == list(who)


def forward(page: Page) -> None:
    """Press Forward, once the page is at rest."""
    settle(page)
    page.wait_for_timeout(500)
    page.go_forward()


def choose_kind(page: Page, kind: str) -> None:
    """Choose a kind of quote in the sidebar."""
    sidebar(page).get_by_text(kind, exact=True).click()


def choose_article(page: Page, title: str) -> None:
    """Choose an article in the sidebar, by typing its title."""
    box = sidebar(page).get_by_role("combobox", name="Article")
    box.fill(title)
    page.get_by_role("option", name=title).click()


def test_each_filter_is_a_step_back_and_forward(visit: Visit) -> None:
    """Filter A, filter B; Back is A, then none, then the page before; Forward leads back, and a reload stays."""
    page = visit("/tone")
    go(page, "Article")
    expect(chips(page).first).to_be_visible(timeout=PATIENCE)
    speaker(page, LAVROV).click()
    expect_filter(page, LAVROV)
    speaker(page, PUTIN).click()
    expect_filter(page, LAVROV, PUTIN)
    back(page, "/")
    expect_filter(page, LAVROV)
    expect(counter(page)).to_contain_text("4 quotes")
    back(page, "/")
    expect_filter(page)
    expect(counter(page)).to_contain_text("17 quotes")
    back(page, "/tone")
    forward(page)
    expect_path(page, "/")
    expect_filter(page)
    forward(page)
    expect_filter(page, LAVROV)
    page.reload()
    settle(page)
    expect_filter(page, LAVROV)
    forward(page)
    expect_filter(page, LAVROV, PUTIN)


def test_whatever_sets_the_filter_is_one_step(visit: Visit) -> None:
    """A voice's part of the bar, the kind, the button that clears both, another article: one Back undoes each."""
    page = visit()
    article(page).locator(f'.share[data-voice="{PUTIN}"]').click()
    expect_filter(page, PUTIN)
    choose_kind(page, "direct")
    expect_filter(page, PUTIN, kind="direct")
    sidebar(page).get_by_role("button", name="Clear the filter").click()
    expect_filter(page)
    back(page, "/")
    expect_filter(page, PUTIN, kind="direct")
    choose_article(page, "X Emoji")
    expect_query(page, article="X Emoji", who=None, kind=None)
    expect(speaker(page, "Ada Lovelace")).to_have_attribute("aria-pressed", "false", timeout=PATIENCE)
    back(page, "/")
    expect_query(page, article=None)
    expect_filter(page, PUTIN, kind="direct")
    back(page, "/")
    expect_filter(page, PUTIN)
    back(page, "/")
    expect_filter(page)


def test_a_way_to_another_page_is_one_step_with_a_filter_too(visit: Visit) -> None:
    """From a quote to its sentence, then a filter there: two presses of Back lead to the quotes as they were."""
    page = visit(f"/quotes?who={LAVROV.replace(' ', '+')}")
    expect(cards(page)).to_have_count(4, timeout=PATIENCE)
    cards(page).nth(2).get_by_role("link", name="In the text").click()
    expect_path(page, "/")
    at = query(page)["at"][0]
    expect_filter(page, LAVROV)
    speaker(page, PUTIN).click()
    expect_filter(page, LAVROV, PUTIN)
    back(page, "/")
    expect_filter(page, LAVROV)
    expect_query(page, at=at)
    back(page, "/quotes")
    expect_filter(page, LAVROV)
    expect(cards(page)).to_have_count(4, timeout=PATIENCE)


def test_the_filter_goes_where_it_does_nothing_and_is_kept(visit: Visit) -> None:
    """On Library, Corrections and Method nothing stands there to be pressed; back at the article it holds."""
    page = visit(f"/?who={LAVROV.replace(' ', '+')}")
    expect_filter(page, LAVROV)
    for title in ("Library", "Corrections", "Method"):
        sidebar(page).get_by_role("link", name=title, exact=True).click()
        expect_path(page, f"/{title.lower()}")
        expect(speaker(page, LAVROV)).to_have_count(0, timeout=PATIENCE)
        expect(sidebar(page).get_by_role("button", name="Clear the filter")).to_have_count(0)
        expect(sidebar(page).get_by_text("Kind of quote")).to_be_hidden()
    go(page, "Article")
    expect_filter(page, LAVROV)
    expect(counter(page)).to_contain_text("4 quotes")


def test_on_a_phone_the_sidebar_folds_whenever_something_else_is_shown(visit: Visit) -> None:
    """After each page switch, after another article, and again after the sidebar was opened again."""
    page = visit("/", "phone")
    for title in ("Tone", "Quotes", "Article", "Tone"):
        unfold(page)
        sidebar(page).get_by_role("link", name=title, exact=True).tap()
        expect_folded(page)
    unfold(page)
    choose_article(page, "X Emoji")
    expect_query(page, article="X Emoji")
    expect_folded(page)
    unfold(page)
    choose_article(page, "X Nobody")
    expect_folded(page)
    unfold(page)
    page.reload()
    settle(page)
    if sidebar(page).get_by_role("link", name="Quotes", exact=True).is_visible():
        sidebar(page).get_by_role("link", name="Quotes", exact=True).tap()
        expect_folded(page)


def test_the_focus_in_the_navigation_is_seen(visit: Visit) -> None:
    """A ring of two pixels that stands out from what is around it, in the light and in the dark (WCAG 2.4.13)."""
    page = visit()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        link = sidebar(page).get_by_role("link", name="Tone", exact=True)
        link.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        expect(link).to_be_focused()
        ring, ground = link.evaluate(
            """link => {
                const own = getComputedStyle(link);
                const side = getComputedStyle(document.querySelector('[data-testid=stSidebar]'));
                return [`${own.outlineStyle} ${own.outlineWidth} ${own.outlineColor}`, side.backgroundColor];
            }"""
        )
        assert ring.startswith("solid 2px")
        assert contrast(ring, ground) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG has it; each is the last rgb() of its words."""

    def luminance(words: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", words[words.rindex("rgb") :])[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


CROWD = "/quotes?article=X+Crowd"


def test_a_speaker_of_a_crowd_is_found_by_name(visit: Visit) -> None:
    """Of 170 voices twelve have pills; a name and Enter choose another, whom the address names and Back drops."""
    page = visit(CROWD)
    pills = page.locator(".st-key-who").get_by_role("button")
    expect(pills).to_have_count(12, timeout=3 * PATIENCE)
    box = sidebar(page).get_by_role("combobox", name="Find a speaker")
    expect(box).to_have_attribute("placeholder", re.compile("^158 more"))
    settle(page)  # what is typed before the run is over goes with the box that it replaces
    box.press_sequentially("jean jar")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect_query(page, who="Jean Jarvis")
    expect(pills).to_have_count(13)
    expect(speaker(page, "Jean Jarvis")).to_have_attribute("aria-pressed", "true")
    expect(cards(page)).to_have_count(1)
    expect(box).to_have_value("")
    back(page, "/quotes")
    expect_query(page, who=None)
    expect(pills).to_have_count(12)
    page = visit(f"{CROWD}&who=Jean+Jarvis", "new")
    expect(speaker(page, "Jean Jarvis")).to_have_attribute("aria-pressed", "true", timeout=3 * PATIENCE)


def test_the_bars_of_a_crowd_keep_their_length(visit: Visit) -> None:
    """No bar stands for the others and squashes the rest; the others are drawn on demand."""
    page = visit(CROWD)
    drawn(page, "words-by-kind")
    says = page.locator(".st-key-words-by-kind-head p.says")
    expect(says).to_contain_text("Voices 1 to 10 are shown.")
    expect(page.locator(".st-key-words-by-kind")).not_to_contain_text("others")
    widths = [box["width"] for bar in page.locator(".barlayer .point").all() if (box := bar.bounding_box())]
    assert sorted(widths)[-10] > 100
    page.locator(".st-key-bars").get_by_text("2", exact=True).click()
    expect(says).to_contain_text("Voices 11 to 20 are shown.", timeout=PATIENCE)
    expect_query(page, bars="2")
    page = visit(CROWD, "phone")
    drawn(page, "words-by-kind")
    expect_no_sideways_scroll(page)
