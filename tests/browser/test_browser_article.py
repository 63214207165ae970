"""Reading the article in the browser: marks, cards, stepping, the filter."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import pandas as pd
import pytest
from journeys import (
    CHORUS,
    PATIENCE,
    PHONE,
    SEED,
    Visit,
    article,
    card,
    chips,
    counter,
    download,
    expect_path,
    expect_query,
    go,
    later,
    query,
    sidebar,
    speaker,
    words,
)
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser
PUTIN, VOLODIN, LAVROV = "Vladimir Putin", "Vyacheslav Volodin", "Sergey Lavrov"


def voices(page: Page) -> Locator:
    """The bar of voices and what belongs to it."""
    return article(page).get_by_role("region", name=re.compile("^The voices"))


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


def test_a_card_by_keyboard_from_the_top_of_the_page(visit: Visit) -> None:
    """Who comes by Tab leaves the sidebar's box with its words selected: Enter and a click still open the card."""
    page = visit()
    total(page)
    chip = chips(page).nth(0)
    box = sidebar(page).get_by_role("combobox", name="Article")
    box.focus()
    box.evaluate("box => { box.readOnly = false; box.value ||= 'Putin'; box.select(); }")
    assert page.evaluate("String(getSelection())")
    chip.evaluate("chip => chip.focus()")
    assert page.evaluate("String(getSelection())")
    page.keyboard.press("Enter")
    expect(card(page).get_by_role("button").first).to_be_focused()
    page.keyboard.press("Escape")
    box.focus()
    box.evaluate("box => box.select()")
    words(page, 1).first.dispatch_event("click", {"detail": 1})
    expect(card(page)).to_contain_text(PUTIN)


def test_words_selected_in_the_text_open_no_card(visit: Visit) -> None:
    """Who selects words of a quote wants these, and not the quote's card over them."""
    page = visit()
    total(page)
    piece = words(page, 1).first
    box = piece.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 80, box["y"] + 14)
    page.mouse.down()
    page.mouse.move(box["x"] + 240, box["y"] + 14, steps=4)
    page.mouse.up()
    expect(article(page).get_by_role("button", name="Mark these words")).to_be_visible()
    expect(card(page).get_by_role("button", name="Close")).not_to_be_focused()


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


def test_stepping_goes_on_from_the_quote_clicked_or_focused(visit: Visit) -> None:
    """A click on a quote's words or chip, or the focus on its chip, makes it the current one, to step from."""
    page = visit()
    total(page)
    marked = article(page).locator('button[aria-current="true"]')
    words(page, 5).first.click()
    expect(counter(page)).to_contain_text("6 of 17")
    expect(marked).to_have_count(1)
    expect(chips(page).nth(5)).to_have_attribute("aria-current", "true")
    expect(words(page, 5).first).to_have_class(re.compile(r"\bring\b"))
    page.keyboard.press("j")
    expect(counter(page)).to_contain_text("7 of 17")
    expect(chips(page).nth(6)).to_be_focused()
    chips(page).nth(2).click()
    page.keyboard.press("Escape")
    expect(counter(page)).to_contain_text("3 of 17")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(counter(page)).to_contain_text("4 of 17")
    page.keyboard.press("k")
    expect(counter(page)).to_contain_text("3 of 17")


def test_stepping_with_a_filter_goes_on_from_a_quote_that_it_leaves_out(visit: Visit) -> None:
    """A faded quote can be clicked too: it is none of the matches, and the next step goes to the one after it."""
    page = visit(f"/?who={LAVROV}")
    total(page)
    matches = by(page, LAVROV)
    expect(counter(page)).to_contain_text(f"{len(matches)} quotes")
    chips(page).nth(matches[1] - 1 if matches[1] - 1 not in matches else 0).click()
    page.keyboard.press("Escape")
    expect(counter(page)).to_contain_text(f"{len(matches)} quotes")
    before = chips(page).nth(0)
    before.click()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(counter(page)).to_contain_text(f"1 of {len(matches)}")
    chips(page).nth(matches[-1] - 1).click()
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    passed = [number for number in matches if number < matches[-1] - 1]
    expect(counter(page)).to_contain_text(f"{len(passed)} of {len(matches)}")


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
    name = voices(page).get_by_role("button", name=re.compile(f"^{VOLODIN}, 11%"))
    name.click()
    expect_query(page, who=VOLODIN)
    expect(name).to_have_attribute("aria-pressed", "true")
    expect(counter(page)).to_contain_text(f"{len(by(page, VOLODIN))} quotes")
    name.click()
    expect_query(page, who=None)
    expect(counter(page)).to_contain_text(f"{count} quotes")
    voices(page).locator(f'.share[data-voice="{PUTIN}"]').click()
    expect_query(page, who=PUTIN)


def test_the_bar_says_what_the_sidebar_does_not(visit: Visit) -> None:
    """Beside the sidebar the bar has no list of names of its own; on a phone, where that is folded, it has."""
    page = visit()
    total(page)
    expect(voices(page)).to_contain_text(
        re.compile("Vladimir Putin has 40% of the article’s words.*, the reporter 29%")
    )
    expect(voices(page).locator(".name").first).to_be_hidden()
    expect(voices(page).locator(".label").first).to_have_text("40%Vladimir Putin")
    phone = visit("/", "phone")
    total(phone)
    expect(voices(phone).get_by_role("button", name=re.compile(VOLODIN))).to_have_count(1)
    voices(phone).get_by_role("button", name=re.compile(VOLODIN)).tap()
    expect_query(phone, who=VOLODIN)


def test_small_voices_fold_in_the_bar(visit: Visit) -> None:
    """Voices under 3 % are one part, which opens their list by keyboard; a name in it filters; Escape leads back."""
    page = visit("/?article=X+Chorus")
    total(page)
    others = voices(page).get_by_role("button", name=re.compile(r"^10 others, \d+%"))
    listed = voices(page).get_by_role("group", name="10 other voices")
    expect(listed).to_be_hidden()
    others.focus()
    page.keyboard.press("Enter")
    expect(listed.get_by_role("button")).to_have_count(10)
    expect(listed.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    expect(others).to_be_focused()
    others.click()
    listed.get_by_role("button", name=re.compile(CHORUS[-1])).click()
    expect_query(page, who=CHORUS[-1])


def test_a_colour_that_returns_carries_a_pattern(visit: Visit) -> None:
    """The first eight voices are plain; the ninth has the first one's colour and a pattern: on chip, quote and pill."""
    page = visit("/?article=X+Chorus")
    assert total(page) == len(CHORUS)
    look = "node => { const s = getComputedStyle(node); return [s.backgroundColor, s.backgroundImage] }"
    looks = [chips(page).nth(number).evaluate(look) for number in range(len(CHORUS))]
    assert len({tuple(one) for one in looks}) == len(CHORUS)
    assert [image == "none" for _, image in looks] == [True] * 8 + [False] * 4
    assert looks[8][0] == looks[0][0]
    assert words(page, 8).first.evaluate(look)[1] != "none"
    pill = "button => getComputedStyle(button, '::before').backgroundImage"
    assert speaker(page, CHORUS[0]).evaluate(pill) == "none"
    assert speaker(page, CHORUS[8]).evaluate(pill) != "none"


def test_the_bar_of_voices_in_four_formats(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    """PNG at twice the size, SVG, a page that opens offline, and the table; the menu by keyboard."""
    page = visit()
    total(page)
    opener = voices(page).get_by_role("button", name="Download")
    opener.focus()
    page.keyboard.press("Enter")
    menu = voices(page).get_by_role("dialog", name="Download")
    expect(menu.get_by_role("button").first).to_be_focused()
    made = {}
    for label, ending in (("PNG", "png"), ("SVG", "svg"), ("HTML", "html"), ("CSV", "csv")):
        name, made[ending] = download(page, menu.get_by_role("button", name=re.compile(f"^{label}")))
        assert name == f"{SEED}-article-voices.{ending}"
    width, height = struct.unpack(">II", made["png"][16:24])
    assert width == 2000
    assert height > 200
    root = ElementTree.fromstring(made["svg"])
    said = " ".join("".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text"))
    for part in ("Vladimir Putin has 40% of the article’s words", f"{LAVROV}  19%", "RT News"):
        assert part in said
    assert b"font/woff2;base64" in made["svg"]
    table = pd.read_csv(io.BytesIO(made["csv"]), encoding="utf-8-sig")
    assert list(table.columns) == ["Voice", "Role", "Words", "Share", "Quotes", "Engine", "Model"]
    assert list(table["Voice"])[:2] == [PUTIN, "The reporter"]
    file = tmp_path / "voices.html"
    file.write_bytes(made["html"])
    context = browser.new_context(offline=True)
    alone = context.new_page()
    alone.goto(file.as_uri())
    expect(alone.get_by_role("figure").locator("svg rect").first).to_be_visible()
    expect(alone.get_by_role("row", name=re.compile(PUTIN))).to_be_visible()
    context.close()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_an_outline_beside_the_text(visit: Visit) -> None:
    """Where the screen is wide, a strip has each paragraph in its voices' colours: it leads there and moves no line."""
    page = visit()
    page.set_viewport_size({"width": 1920, "height": 1080})
    total(page)
    strip = article(page).get_by_role("navigation", name=re.compile("^Outline"))
    expect(strip).to_be_visible()
    stops = strip.get_by_role("button")
    expect(stops).to_have_count(16)
    expect(stops.nth(0)).to_have_attribute("aria-label", f"Paragraph 1: {PUTIN}, the reporter")
    text = article(page).locator("p[data-at]").first.bounding_box()
    main = page.get_by_test_id("stMain").bounding_box()
    assert text is not None
    assert main is not None
    chips(page).nth(0).click()
    assert article(page).locator("p[data-at]").first.bounding_box() == text
    box, small = card(page).bounding_box(), strip.bounding_box()
    assert box is not None
    assert small is not None
    assert text["x"] + text["width"] <= small["x"]
    assert small["x"] + small["width"] <= box["x"]
    left, right = text["x"] - main["x"], main["x"] + main["width"] - box["x"] - box["width"]
    assert abs(left - right) < 120
    page.keyboard.press("Escape")
    stops.nth(0).focus()
    page.keyboard.press("End")
    expect(stops.nth(15)).to_be_focused()
    page.keyboard.press("Enter")
    expect(article(page).locator("p[data-at]").last).to_be_in_viewport()
    expect(stops.nth(15)).to_have_class(re.compile(r"\bseen\b"))
    page.set_viewport_size({"width": 700, "height": 900})
    expect(strip).to_be_hidden()


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


def test_an_event_is_one_mark_that_leads_to_the_timeline(visit: Visit) -> None:
    """A named event and the year beside it are one button; its card says which event and why, the timeline opens it."""
    page = visit()
    total(page)
    crisis = article(page).get_by_role("button", name=re.compile("the Ukrainian crisis"))
    expect(crisis).to_have_text("the Ukrainian crisis broke out in 2014")
    crisis.focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text("Ukraine crisis of 2014")
    expect(card(page)).to_contain_text("the name belongs to it alone")
    card(page).get_by_role("button", name="Show on the timeline").click()
    expect_path(page, "/timeline")
    expect(page.locator(".st-key-sentences")).to_contain_text("Ukrainian crisis")


@pytest.mark.parametrize("at", [3439, 3450, 3473])
def test_every_place_of_a_mark_shows_it(visit: Visit, at: int) -> None:
    """A link to any character of the event's mark brings it on the screen and shows it."""
    page = visit(f"/?at={at}")
    total(page)
    crisis = article(page).get_by_role("button", name=re.compile("the Ukrainian crisis"))
    expect(crisis).to_be_in_viewport()
    expect(crisis).to_have_class(re.compile(r"\bring\b"))


def test_a_link_to_a_filtered_view_shows_a_match(visit: Visit) -> None:
    """Where the first screen shows nothing that the filter keeps, the first match is scrolled to, once."""
    page = visit("/?who=many+observers", "new")
    total(page)
    own = chips(page).nth(by(page, "many observers")[0])
    expect(own).to_be_in_viewport()
    expect(counter(page)).to_contain_text("1 quote")
    main = page.get_by_test_id("stMain")
    main.evaluate("main => main.scrollTop = 0")
    expect(own).not_to_be_in_viewport()
    go(page, "Tone")
    go(page, "Article")
    total(page)
    expect(own).not_to_be_in_viewport()
    asked = visit("/?who=many+observers&at=0", "new")
    total(asked)
    expect(article(asked).get_by_role("heading", level=1)).to_be_in_viewport()


def test_no_card_reaches_under_the_stepper(visit: Visit) -> None:
    """However far the page is scrolled, a card in the margin ends above the counter."""
    page = visit()
    total(page)
    chips(page).nth(4).click()
    main = page.get_by_test_id("stMain")
    floor = counter(page).bounding_box()
    assert floor is not None
    for back in (0, 150, 150, 150):
        main.evaluate(f"main => main.scrollTop -= {back}")
        page.wait_for_function(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
        )
        box = card(page).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= floor["y"]


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
