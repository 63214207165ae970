"""Reading the article in the browser: marks, cards, stepping, the filter."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from journeys import (
    PATIENCE,
    PHONE,
    Visit,
    article,
    card,
    chips,
    counter,
    expect_path,
    expect_query,
    later,
    query,
    sidebar,
    speaker,
    words,
)
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PUTIN, VOLODIN, LAVROV = "Vladimir Putin", "Vyacheslav Volodin", "Sergey Lavrov"


def total(page: Page) -> int:
    """How many quotes the article has."""
    expect(chips(page).first).to_be_visible(timeout=PATIENCE)
    return chips(page).count()


def by(page: Page, name: str) -> list[int]:
    """The numbers of a speaker's quotes, from 0."""
    labels = chips(page).evaluate_all("chips => chips.map(chip => chip.getAttribute('aria-label'))")
    return [number for number, label in enumerate(labels) if f": {name}," in label]


def top(page: Page, number: int) -> float:
    """Where the chip of a quote stands, from the top of the article."""
    chip = chips(page).nth(number).bounding_box()
    whole = article(page).bounding_box()
    assert chip is not None
    assert whole is not None
    return chip["y"] - whole["y"]


def test_the_article_stands_there_with_its_marks(visit: Visit) -> None:
    """Head, sixteen paragraphs, a chip for each of the seventeen quotes, times as buttons, the publisher's foot."""
    page = visit()
    expect(article(page).get_by_role("heading", level=1)).to_have_text(re.compile("^Putin on Trump Victory"))
    expect(article(page).get_by_text("RT News", exact=True).first).to_be_visible()
    expect(article(page).get_by_text("9 November 2016").first).to_be_visible()
    expect(article(page).get_by_role("link", name="Global Research").first).to_have_attribute(
        "href", re.compile("^http")
    )
    text = article(page).get_by_role("region", name="The article's text")
    expect(text.get_by_role("paragraph")).to_have_count(16)
    assert total(page) >= 17
    assert len(by(page, PUTIN)) >= 9
    expect(article(page).get_by_role("button", name="the Cold War")).to_be_visible()
    expect(article(page).get_by_text(re.compile("^Disclaimer:"))).to_be_attached()
    expect(text).not_to_contain_text("Disclaimer")


def test_the_text_is_the_publishers_word_for_word(visit: Visit) -> None:
    """With chips and margin taken away, each paragraph reads as it was published."""
    page = visit()
    total(page)
    second = article(page).locator("p[data-at]").nth(1)
    said = second.evaluate("p => { const c = p.cloneNode(true); c.querySelectorAll('button').forEach(b => b.remove()); "
                           "return c.textContent }")  # fmt: skip
    assert said.startswith("\"We heard [Trump's] campaign rhetoric while still a candidate")
    assert said.endswith("letters of credentials in Moscow.")


def test_a_card_opens_on_hover_and_shuts_behind_the_pointer(visit: Visit) -> None:
    """A pointer resting on a quote's words shows who says them and how; leaving, it goes."""
    page = visit()
    total(page)
    expect(card(page)).to_have_count(0)
    words(page, 1).first.hover()
    expect(card(page)).to_be_visible()
    expect(card(page)).to_contain_text(PUTIN)
    expect(card(page)).to_contain_text("direct")
    expect(card(page)).to_contain_text("said")
    article(page).get_by_role("heading", level=1).hover()
    expect(card(page)).to_have_count(0)


def test_the_pointer_reaches_the_card(visit: Visit) -> None:
    """Going from the words to the card's buttons does not shut it, and the card does not cover its words."""
    page = visit()
    total(page)
    words(page, 1).first.hover()
    box, said = card(page).bounding_box(), words(page, 1).first.bounding_box()
    assert box is not None
    assert said is not None
    assert box["x"] >= said["x"] + said["width"] or box["y"] >= said["y"] + said["height"] / 2
    card(page).get_by_role("button", name="Only this speaker").hover()
    later(page, 600)
    expect(card(page)).to_be_visible()


def test_a_card_by_keyboard(visit: Visit) -> None:
    """Tab reaches a chip, Enter goes into its card, Tab stays in it, Escape leads back to the chip."""
    page = visit()
    total(page)
    chip = chips(page).nth(0)
    article(page).get_by_role("button", name=re.compile("^In the margin")).focus()
    page.keyboard.press("Tab")
    expect(chip).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(page).get_by_role("button").first).to_be_focused()
    stops = card(page).get_by_role("button").count()
    for _ in range(stops):
        page.keyboard.press("Tab")
    expect(card(page).get_by_role("button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    expect(chip).to_be_focused()


def test_a_card_opens_on_focus(visit: Visit) -> None:
    """Tab to a chip shows its card as hovering does, without taking the focus; Escape shuts it."""
    page = visit()
    total(page)
    chip = chips(page).nth(0)
    article(page).get_by_role("button", name=re.compile("^In the margin")).focus()
    page.keyboard.press("Tab")
    expect(card(page)).to_be_visible()
    expect(chip).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    expect(chip).to_be_focused()


def test_a_time_by_keyboard(visit: Visit) -> None:
    """A time expression is a button of its own; its card gives the days that are meant, and Escape leads back."""
    page = visit()
    total(page)
    war = article(page).get_by_role("button", name="the Cold War")
    war.focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text("1947")
    expect(card(page)).to_contain_text("1991")
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    expect(war).to_be_focused()


def test_a_card_by_touch(visit: Visit) -> None:
    """On a phone a tap opens the card inside the screen, its button is large enough, and a tap beside shuts it."""
    page = visit("/", "phone")
    total(page)
    chips(page).nth(1).tap()
    expect(card(page)).to_be_visible()
    expect(card(page)).to_contain_text(PUTIN)
    box = card(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert box["y"] + box["height"] <= PHONE["height"]
    for button in card(page).get_by_role("button").all():
        size = button.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 24
    article(page).get_by_role("heading", level=1).tap(position={"x": 5, "y": 5})
    expect(card(page)).to_have_count(0)


def test_the_card_of_he_says_who(visit: Visit) -> None:
    """Where the text says "he", the card says who that is, and why."""
    page = visit()
    total(page)
    chips(page).nth(2).click()
    expect(card(page)).to_contain_text(PUTIN)
    expect(card(page)).to_contain_text("added")
    source = card(page).get_by_role("definition").filter(has_text=re.compile(r"^he$"))
    expect(source).to_have_count(1)
    why = card(page).get_by_role("definition").filter(has_text=re.compile("last|man|named|before", re.IGNORECASE))
    expect(why.first).to_be_visible()


def test_reading_takes_no_rerun(visit: Visit) -> None:
    """Hover, cards and stepping happen in the browser: not one message goes to the server."""
    page = visit()
    total(page)
    page.evaluate("() => { window.sent = 0; WebSocket.prototype.send = () => { window.sent += 1 } }")
    for number in (0, 1, 2):
        words(page, number).first.hover()
        expect(card(page)).to_be_visible()
    chips(page).nth(3).click()
    page.keyboard.press("Escape")
    for key in "jjkj":
        page.keyboard.press(key)
    counter(page).get_by_role("button", name=re.compile("Next")).click()
    article(page).get_by_role("button", name="the Cold War").click()
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    later(page, 1000)
    assert page.evaluate("window.sent") == 0
    speaker(page, LAVROV).click()
    page.wait_for_function("window.sent > 0")


def test_stepping_by_keys_and_buttons(visit: Visit) -> None:
    """J and k and the counter's buttons go from match to match, round at the ends, and bring it on screen."""
    page = visit(f"/?who={PUTIN}")
    total(page)
    matches = by(page, PUTIN)
    expect(counter(page)).to_contain_text(f"{len(matches)} quotes")
    for step in (1, 2, 3):
        page.keyboard.press("j")
        expect(counter(page)).to_contain_text(f"{step} of {len(matches)}")
        expect(chips(page).nth(matches[step - 1])).to_be_in_viewport()
    page.keyboard.press("k")
    expect(counter(page)).to_contain_text(f"2 of {len(matches)}")
    counter(page).get_by_role("button", name=re.compile("Next")).click()
    expect(counter(page)).to_contain_text(f"3 of {len(matches)}")
    for _ in range(3):
        counter(page).get_by_role("button", name=re.compile("Previous")).click()
    expect(counter(page)).to_contain_text(f"{len(matches)} of {len(matches)}")
    expect(chips(page).nth(matches[-1])).to_be_in_viewport()


def test_letters_typed_in_a_box_do_not_step(visit: Visit) -> None:
    """J in the sidebar's article box is a letter."""
    page = visit()
    total(page)
    sidebar(page).get_by_role("combobox", name="Article").focus()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(counter(page)).to_contain_text("17 quotes")
    expect(counter(page)).not_to_contain_text(" of ")


def test_filter_by_a_speaker_in_the_sidebar(visit: Visit) -> None:
    """A click filters at once, is in the URL by plain name, moves no line, and a second speaker adds to it."""
    page = visit()
    count = total(page)
    before = top(page, count - 1)
    speaker(page, LAVROV).click()
    expect_query(page, who=LAVROV)
    lavrov, volodin = len(by(page, LAVROV)), len(by(page, VOLODIN))
    expect(counter(page)).to_contain_text(f"{lavrov} quotes")
    assert abs(top(page, count - 1) - before) < 1
    speaker(page, VOLODIN).click()
    expect(counter(page)).to_contain_text(f"{lavrov + volodin} quotes")
    expect_query(page, who=VOLODIN)
    assert query(page)["who"] == [LAVROV, VOLODIN]
    sidebar(page).get_by_role("button", name="Clear the filter").click()
    expect_query(page, who=None)
    expect(counter(page)).to_contain_text(f"{count} quotes")


def test_filter_by_kind_in_the_sidebar(visit: Visit) -> None:
    """The kind of quote filters, and stands in the URL."""
    page = visit()
    total(page)
    sidebar(page).get_by_role("radio", name="indirect", exact=True).click()
    expect_query(page, kind="indirect")
    labels = chips(page).evaluate_all("chips => chips.map(chip => chip.getAttribute('aria-label'))")
    expect(counter(page)).to_contain_text(f"{sum(', indirect quote' in label for label in labels)} quotes")


def test_filter_by_the_voices_bar(visit: Visit) -> None:
    """A click on a name, or on its stretch of the bar, leaves that speaker; the same again brings all back."""
    page = visit()
    count = total(page)
    voices = article(page).get_by_role("region", name=re.compile("^The voices"))
    name = voices.get_by_role("button", name=re.compile(f"^{VOLODIN}"))
    name.click()
    expect_query(page, who=VOLODIN)
    expect(name).to_have_attribute("aria-pressed", "true")
    expect(counter(page)).to_contain_text(f"{len(by(page, VOLODIN))} quotes")
    name.click()
    expect_query(page, who=None)
    expect(counter(page)).to_contain_text(f"{count} quotes")
    voices.locator(f'div[data-voice="{PUTIN}"]').click()
    expect_query(page, who=PUTIN)


def test_filter_from_a_card(visit: Visit) -> None:
    """Only this speaker: the card closes, focus is back on its chip, the filter is on in text and sidebar."""
    page = visit()
    total(page)
    number = by(page, LAVROV)[0]
    chip = chips(page).nth(number)
    chip.click()
    card(page).get_by_role("button", name="Only this speaker").click()
    expect_query(page, who=LAVROV)
    expect(card(page)).to_have_count(0)
    expect(chip).to_be_focused()
    expect(speaker(page, LAVROV)).to_have_attribute("aria-pressed", "true")
    chip.click()
    card(page).get_by_role("button", name="All speakers").click()
    expect_query(page, who=None)


def test_next_by_them_from_a_card(visit: Visit) -> None:
    """The card leads on to the speaker's next quote."""
    page = visit()
    total(page)
    first, second = by(page, LAVROV)[:2]
    chips(page).nth(first).click()
    card(page).get_by_role("button", name="Next by them").click()
    expect(chips(page).nth(second)).to_be_in_viewport()
    expect(chips(page).nth(second)).to_be_focused()


def test_copy_with_citation_from_a_card(visit: Visit) -> None:
    """The words, the speaker and the publisher are on the clipboard."""
    page = visit()
    total(page)
    chips(page).nth(1).click()
    card(page).get_by_role("button", name="Copy with citation").click()
    expect(card(page).get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "campaign rhetoric" in copied
    assert "Putin" in copied
    assert "RT News" in copied


def test_a_card_leads_to_quotes(visit: Visit) -> None:
    """Open in Quotes: that page, at that quote."""
    page = visit()
    total(page)
    chips(page).nth(9).click()
    card(page).get_by_role("button", name="Open in Quotes").click()
    expect_path(page, "/quotes")
    expect(page.locator(".st-key-list").get_by_role("article").nth(9)).to_be_in_viewport(timeout=PATIENCE)
    expect(page.locator(".st-key-list").get_by_role("article").nth(9)).to_be_focused()


def test_a_time_leads_to_the_timeline(visit: Visit) -> None:
    """Show on the timeline: that page, with the sentence of that time open."""
    page = visit()
    total(page)
    article(page).get_by_role("button", name="the Cold War").click()
    card(page).get_by_role("button", name="Show on the timeline").click()
    expect_path(page, "/timeline")
    expect(page.locator(".st-key-sentences")).to_contain_text("Cold War", timeout=PATIENCE)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_motion_is_the_readers_choice(visit: Visit, motion: Literal["reduce", "no-preference"]) -> None:
    """Stepping ends at the quote with or without motion; without it, at once."""
    page = visit()
    page.emulate_media(reduced_motion=motion)
    count = total(page)
    page.keyboard.press("k")
    if motion == "reduce":  # the press is over once the page has dealt with it
        assert (
            chips(page)
            .nth(count - 1)
            .evaluate("chip => { const y = chip.getBoundingClientRect().y; return y > 0 && y < innerHeight }")
        )
    expect(counter(page)).to_contain_text(f"{count} of {count}")
    expect(chips(page).nth(count - 1)).to_be_in_viewport()


def test_marked_words_are_right_after_an_emoji(visit: Visit) -> None:
    """Characters that a browser counts twice shift no mark."""
    page = visit("/?article=X+Emoji")
    assert total(page) == 2
    said = [" ".join(words(page, number).all_inner_texts()) for number in (0, 1)]
    assert said[0].strip('"“”,') == "The bridge 🌉 is open"
    assert "the road 🛣️ was built in" in said[1]
    expect(article(page).get_by_role("button", name="3 May 2016")).to_have_text("3 May 2016")
    expect(article(page).get_by_role("button", name="2014")).to_have_text(re.compile(r"^(in )?2014$"))
