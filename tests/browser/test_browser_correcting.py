"""Journeys of a reader who puts right what the engine got wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from journeys import Visit, article, card, cards, chips, counter, download, sidebar
from playwright.sync_api import Locator, Page, expect
from serving import settle

pytestmark = pytest.mark.browser
TEXT = """The {0} opens

"The {0} is safe 🌉," Ada Lovelace, the engineer, said on 3 May 2016. Kay Mellor, the mayor, was glad about {0} 👩‍👩‍👧.

"It was dear 🌉," she added. Alan Turing said that the {0} was built in 2014. People waited for the {0} all day.
"""


def add(page: Page, name: str, more: str = "") -> None:
    """Paste an article of this test's own, with more words at its end, and keep it."""
    page.get_by_role("button", name="Add an article").click()
    page.get_by_label("Paste its text").fill(TEXT.format(name) + more)
    page.get_by_label("Paste its text").blur()
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_label("Title")).to_have_value(f"The {name} opens")
    page.get_by_role("button", name="Keep it").click()
    expect(article(page).get_by_role("heading", level=1)).to_have_text(f"The {name} opens")
    settle(page)


def dialog(page: Page, name: str) -> Locator:
    """An open dialog of Streamlit's."""
    found = page.get_by_role("dialog", name=name)
    expect(found).to_be_visible()
    return found


def sign(box: Locator, name: str) -> None:
    """Give the reader's name."""
    field = box.get_by_role("textbox", name="Your name")
    field.fill(name)
    field.press("Tab")


def save(page: Page, box: Locator) -> None:
    """Save what the dialog says, and wait for the page."""
    box.get_by_role("button", name="Save the correction").click()
    expect(box).to_be_hidden()
    settle(page)


def select(page: Page, words: str) -> None:
    """Select words of the text as a hand does: press before them, release after them."""
    box = article(page).evaluate(
        """(host, words) => {
            const root = host.querySelector('[data-testid=stBidiComponentIsolated]')?.shadowRoot
              ?? [...host.querySelectorAll('*')].find((node) => node.shadowRoot)?.shadowRoot;
            const walk = document.createTreeWalker(root.querySelector('.text'), NodeFilter.SHOW_TEXT);
            for (let node = walk.nextNode(); node; node = walk.nextNode()) {
              const at = node.data.indexOf(words);
              if (at < 0) continue;
              node.parentElement.scrollIntoView({ block: 'center' });
              const range = document.createRange();
              range.setStart(node, at);
              range.setEnd(node, at + words.length);
              const { left, right, top, height } = range.getBoundingClientRect();
              return { left, right, y: top + height / 2 };
            }
            return null;
        }""",
        words,
    )
    assert box, f"“{words}” does not stand in one piece"
    page.mouse.move(box["left"] + 1, box["y"])
    page.mouse.down()
    page.mouse.move(box["right"] - 1, box["y"], steps=6)
    page.mouse.up()


def test_another_speaker_from_the_card_and_its_undo(visit: Visit) -> None:
    """A typed name becomes the speaker, marked on the text with who says so; the sidebar takes it back.

    The quote is the current one before and after.
    """
    page = visit("/", "new")
    add(page, "pier")
    chips(page).first.click()
    card(page).get_by_role("button", name="Correct this").click()
    box = dialog(page, "Correct this quote")
    who = box.get_by_role("combobox", name="Who says it?")
    who.fill("Grace Hopper")
    who.press("Enter")
    sign(box, "Mary")
    save(page, box)
    expect(chips(page).first).to_have_accessible_name(
        re.compile(r"^GH: Grace Hopper, corrected by Mary, direct quote 1 of")
    )
    expect(counter(page)).to_contain_text("1 of ")
    expect(sidebar(page).get_by_role("button", name=re.compile("^GH Grace Hopper|^Grace Hopper")).first).to_be_visible()
    sidebar(page).get_by_role("button", name="Undo the last correction").click()
    expect(chips(page).first).to_have_accessible_name(re.compile("^AL: Ada Lovelace"))
    settle(page)
    assert [c["value"] for c in page.context.cookies() if c.get("name") == "readout_reader"] == ["Mary"]


def test_selected_words_become_a_quote(visit: Visit) -> None:
    """Words after an emoji are selected with the mouse and marked; the new quote has exactly these words."""
    page = visit("/", "new")
    add(page, "weir")
    before = chips(page).count()
    select(page, "waited for the weir")
    article(page).get_by_role("button", name="Mark these words").click()
    box = dialog(page, "Mark these words")
    expect(box.get_by_role("textbox", name="The words, as they stand in the article")).to_have_value(
        "waited for the weir"
    )
    who = box.get_by_role("combobox", name="Who says it?")
    who.fill("Kay Mellor")
    who.press("Enter")
    save(page, box)
    expect(chips(page)).to_have_count(before + 1)
    page.goto(page.url.replace("/?", "/quotes?"))
    settle(page)
    mine = cards(page).filter(has_text="Corrected by a reader")
    expect(mine).to_have_count(1)
    expect(mine.locator("blockquote")).to_have_text("waited for the weir")


def test_a_time_by_keyboard(visit: Visit) -> None:
    """From the marked time to the dialog and back without a mouse: Enter, Tab, type, Enter."""
    page = visit("/", "new")
    add(page, "lock")
    time = article(page).locator(".time", has_text="2014")
    time.focus()
    page.keyboard.press("Enter")
    correct = card(page).get_by_role("button", name="Correct this")
    correct.focus()
    page.keyboard.press("Enter")
    box = dialog(page, "Correct this time")
    box.get_by_text("An event", exact=True).click()
    event = box.get_by_role("combobox", name="Which event?")
    event.fill("Brexit")
    event.press("Enter")
    save(page, box)
    expect(article(page).locator(".time.by")).to_have_count(1)


def test_from_the_quotes_page_to_the_list_of_corrections(visit: Visit) -> None:
    """“Nobody says this” takes a card away; the list names it, and undoing there brings it back."""
    page = visit("/", "new")
    add(page, "quay")
    page.goto(page.url.replace("/?", "/quotes?"))
    settle(page)
    expect(cards(page).first).to_be_visible()
    number = cards(page).count()
    cards(page).first.get_by_role("button", name="Correct").click()
    box = dialog(page, "Correct this quote")
    box.get_by_text("Nobody says this", exact=True).click()
    settle(page)
    save(page, box)
    expect(cards(page)).to_have_count(number - 1)
    sidebar(page).get_by_role("link", name="Corrections").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What have readers put right?")
    expect(page.locator(".says", has_text="Nobody says “The quay is safe 🌉”.")).to_be_visible()
    page.get_by_test_id("stMain").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Nobody has corrected this article yet")).to_be_visible()


def test_corrections_travel_as_a_file(visit: Visit, tmp_path: Path) -> None:
    """Saved as W3C annotations, undone, and taken in again for an article of the same words elsewhere."""
    page = visit("/", "new")
    add(page, "dock")
    chips(page).first.click()
    card(page).get_by_role("button", name="Correct this").click()
    box = dialog(page, "Correct this quote")
    who = box.get_by_role("combobox", name="Who says it?")
    who.fill("Alan Turing")
    who.press("Enter")
    sign(box, "Mary")
    save(page, box)
    sidebar(page).get_by_role("link", name="Corrections").click()
    name, data = download(page, page.get_by_role("button", name="Save them"))
    assert name.endswith("corrections.jsonld")
    given = json.loads(data)
    assert given["first"]["items"][0]["creator"]["name"] == "Mary"
    file = tmp_path / name
    file.write_bytes(data)
    page.get_by_test_id("stMain").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Nobody has corrected this article yet")).to_be_visible()
    page.get_by_role("button", name="Take in a file").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_text("1 correction that had been undone holds again.")).to_be_visible()
    expect(page.locator(".says", has_text="Alan Turing says")).to_be_visible()
    # The file was given back; it is chosen once more.
    expect(page.get_by_role("button", name="Take them in")).to_have_count(0)
    if not page.locator("input[type=file]").count():
        page.get_by_role("button", name="Take in a file").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_text("0 corrections taken in; 1 it had already.")).to_be_visible()


def test_another_reader_sees_a_correction_whole(visit: Visit) -> None:
    """Two windows on one article: what one corrects, the other has at its next click, and neither shows half."""
    first = visit("/", "new")
    add(first, "sluice")
    second = visit("/", "new")
    second.goto(first.url)
    settle(second)
    expect(chips(second).first).to_have_accessible_name(re.compile("^AL: Ada Lovelace"))
    chips(first).first.click()
    card(first).get_by_role("button", name="Correct this").click()
    box = dialog(first, "Correct this quote")
    who = box.get_by_role("combobox", name="Who says it?")
    who.fill("Alan Turing")
    who.press("Enter")
    save(first, box)
    second.locator(".st-key-kind").get_by_text("direct", exact=True).click()
    expect(chips(second).first).to_have_accessible_name(re.compile("^AT: Alan Turing, corrected by"))


def test_the_dialog_fits_a_phone(visit: Visit) -> None:
    """The dialog and the list of corrections are no wider than a phone."""
    page = visit("/corrections", "phone")
    page.get_by_role("button", name="Mark what was missed").click()
    box = dialog(page, "Mark what was missed")
    size = box.bounding_box()
    assert size is not None
    assert size["x"] >= 0
    assert size["x"] + size["width"] <= 390
