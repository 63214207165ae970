"""Journeys of a reader who notes something: on words of an article, a star on it, and the place where they stopped."""

from __future__ import annotations

import json
import re

import pytest
from journeys import SEED, Visit, article, card, chips, download, go, sidebar
from playwright.sync_api import Locator, Page, expect
from serving import settle
from test_browser_correcting import add, dialog, select, sign

pytestmark = pytest.mark.browser


def note(page: Page, words: str, remark: str) -> None:
    """Write a note on words of the text: select them, press n, type, save."""
    select(page, words)
    page.keyboard.press("n")
    box = dialog(page, "Note on these words")
    box.get_by_label("The note").fill(remark)
    sign(box, "Mary")
    box.get_by_role("button", name="Save the note").click()
    expect(box).to_be_hidden()
    settle(page)


def signs(page: Page) -> Locator:
    """The signs of notes in the text."""
    return article(page).locator(".note-sign")


def test_a_note_is_written_read_changed_deleted_and_brought_back(visit: Visit) -> None:
    """Its words keep their place and their marks; the card shows the remark as it was typed, whatever is in it."""
    page = visit("/", "new")
    add(page, "jetty")
    before = [chip.get_attribute("aria-label") for chip in chips(page).all()]
    remark = "Ask <b>who</b> waited 🌉.\nAnd how long?"
    note(page, "waited for the jetty", remark)
    expect(article(page).locator(".noted")).to_have_text("waited for the jetty")
    assert [chip.get_attribute("aria-label") for chip in chips(page).all()] == before
    signs(page).hover()
    expect(card(page).locator(".remark")).to_have_text(remark, use_inner_text=True)
    expect(card(page)).to_contain_text("Mary")
    page.keyboard.press("Escape")
    signs(page).focus()
    page.keyboard.press("Enter")
    card(page).get_by_role("button", name="Edit").press("Enter")
    box = dialog(page, "Edit the note")
    expect(box.get_by_label("The note")).to_have_value(remark)
    box.get_by_label("The note").fill("Ask the mayor.")
    box.get_by_role("button", name="Save the note").click()
    expect(box).to_be_hidden()
    expect(signs(page)).to_have_accessible_name("Note 1 of 1: Ask the mayor.")
    sidebar(page).get_by_role("button", name="Undo the change of the note").click()
    expect(signs(page)).to_have_accessible_name(re.compile("Ask <b>who"))
    signs(page).click()
    card(page).get_by_role("button", name="Delete").click()
    expect(signs(page)).to_have_count(0)
    sidebar(page).get_by_role("button", name="Bring back the note").click()
    expect(signs(page)).to_have_count(1)
    page.reload()
    expect(signs(page)).to_have_count(1)


def test_notes_are_listed_and_handed_on(visit: Visit) -> None:
    """A note inside a quote leaves the quote's card alone; Corrections lists it, and the saved article has it."""
    page = visit("/", "new")
    add(page, "quay")
    note(page, "The quay is safe", "By whose word?")
    article(page).locator(".noted").click()
    expect(card(page)).to_contain_text("Ada Lovelace")
    page.keyboard.press("Escape")
    sidebar(page).get_by_role("button", name="Save the article").click()
    _, data = download(page, page.get_by_role("button", name="W3C Web Annotations"))
    (comment,) = [one for one in json.loads(data)["first"]["items"] if one["motivation"] == "commenting"]
    assert (comment["body"][0]["value"], comment["creator"]["name"]) == ("By whose word?", "Mary")
    assert comment["target"][0]["selector"][0]["exact"] == "The quay is safe"
    page.keyboard.press("Escape")
    sidebar(page).get_by_role("link", name="Corrections", exact=True).click()
    expect(page.get_by_role("heading", name="Notes")).to_be_visible()
    row = page.locator(".fix.noted")
    expect(row).to_contain_text("“The quay is safe”")
    expect(row).to_contain_text("By whose word?")
    page.get_by_role("button", name="See it in the text").click()
    expect(article(page).locator(".noted")).to_be_in_viewport()


def test_a_star_by_key_and_in_the_library(visit: Visit) -> None:
    """S gives a star, the library shows it, filters by it and takes it away; the focus stays on the star."""
    page = visit("/", "new")
    add(page, "crane")
    star = article(page).locator(".star")
    expect(star).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("s")
    expect(star).to_have_text("★ Starred")
    settle(page)
    page.goto(page.url.split("?")[0] + "library?starred=true")
    rows = page.locator("article.card")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("The crane opens")
    drop = page.get_by_role("button", name="Drop the filter “with a star”")
    drop.click()
    expect(drop).to_have_count(0)
    mine = page.locator("article.card", has_text="The crane opens").locator(".star")
    expect(mine).to_have_attribute("aria-pressed", "true")
    mine.focus()
    page.keyboard.press("Enter")
    expect(mine).to_have_attribute("aria-pressed", "false")
    expect(mine).to_be_focused()


def test_publisher_and_day_of_several_at_once(visit: Visit) -> None:
    """Two rows are chosen, both get the publisher and the day, and one press takes it back from both."""
    page = visit("/", "new")
    for name in ("mole", "spit"):
        add(page, name)
    page.goto(page.url.split("?")[0] + "library")
    for name in ("mole", "spit"):
        page.get_by_label(f"Select “The {name} opens”").check()
    page.get_by_role("button", name="Set publisher or day").click()
    box = dialog(page, "Set publisher or day")
    box.get_by_label("Publisher").fill("The Harbour Gazette")
    box.get_by_label("Publisher").press("Enter")
    box.get_by_role("button", name="Set it for 2 articles").click()
    expect(box).to_be_hidden()
    rows = page.locator("article.card", has_text="The Harbour Gazette")
    expect(rows).to_have_count(2)
    sidebar(page).get_by_role("button", name="Undo the publisher of 2 articles").click()
    expect(rows).to_have_count(0)


def test_the_place_where_one_stopped_is_offered_and_never_jumped_to(visit: Visit) -> None:
    """Another opening in the same browser offers the paragraph at the top of the screen; a link to a place does not."""
    page = visit("/", "new")
    main = page.get_by_test_id("stMain")
    expect(article(page).locator(".go-on")).to_have_count(0)
    article(page).locator(".row").nth(7).evaluate("(row) => row.scrollIntoView({ block: 'start' })")
    page.wait_for_function("key => key in JSON.parse(localStorage.getItem('readout stopped') ?? '{}')", arg=SEED)
    again = page.context.new_page()
    again.goto(page.url)
    settle(again)
    offer = article(again).locator(".go-on")
    expect(offer).to_have_text(re.compile(r"^Go on at paragraph [78] ↓$"))
    assert again.get_by_test_id("stMain").evaluate("(main) => main.scrollTop") == 0
    offer.click()
    expect(article(again).locator(".row").nth(7)).to_be_in_viewport()
    expect(offer).to_have_count(0)
    linked = page.context.new_page()
    linked.goto(page.url + ("&" if "?" in page.url else "?") + "at=600")
    settle(linked)
    expect(article(linked).locator(".go-on")).to_have_count(0)
    main.evaluate("(main) => main.scrollTo(0, main.scrollHeight)")
    page.wait_for_function("key => !(key in JSON.parse(localStorage.getItem('readout stopped')))", arg=SEED)


def test_the_place_where_one_stopped_is_kept_in_the_library(visit: Visit) -> None:
    """Another browser of the same reader offers it, what is saved of the article has it, and the end takes it away."""
    page = visit("/", "new")
    add(page, "weir", "\nRain fell on the weir for days, and the river rose.\n" * 40)
    main = page.get_by_test_id("stMain")
    article(page).locator(".row").nth(20).evaluate("(row) => row.scrollIntoView({ block: 'start' })")
    page.wait_for_function("() => localStorage.getItem('readout stopped')")
    with page.expect_response("**/readout/stopped") as sent:
        go(page, "Timeline")
    assert sent.value.status == 204
    go(page, "Article")
    elsewhere = visit(page.url.removeprefix(page.url.split("/?")[0]), "new")
    expect(article(elsewhere).locator(".go-on")).to_have_text(re.compile(r"^Go on at paragraph 2\d ↓$"))
    sidebar(elsewhere).get_by_role("button", name="Save the article").click()
    _, data = download(elsewhere, elsewhere.get_by_role("button", name="W3C Web Annotations"))
    (place,) = [one for one in json.loads(data)["first"]["items"] if one["motivation"] == "bookmarking"]
    assert place["target"][0]["selector"][0]["exact"].startswith("Rain fell on the weir")
    main.evaluate("(main) => main.scrollTo(0, main.scrollHeight)")
    page.wait_for_function("() => localStorage.getItem('readout stopped') === '{}'")
    with page.expect_response("**/readout/stopped") as sent:
        go(page, "Timeline")
    assert sent.value.status == 204
    elsewhere.reload()
    settle(elsewhere)
    expect(article(elsewhere).locator(".go-on")).to_have_count(0)
