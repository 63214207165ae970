"""The Quotes page in the browser: search as one types, context, copies, sorting."""

from __future__ import annotations

import pytest
from journeys import PATIENCE, Visit, cards, expect_path, expect_query, go, search_box
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def shown(page: Page) -> int:
    """How many cards are shown."""
    return sum(card.is_visible() for card in cards(page).all())


def test_search_as_you_type(visit: Visit) -> None:
    """Letters filter at once, matches are marked, the number is said, the URL holds the words, the focus stays."""
    page = visit("/quotes")
    expect(cards(page)).to_have_count(17, timeout=PATIENCE)
    search_box(page).press_sequentially("dialogue", delay=20)
    status = page.locator(".st-key-list").get_by_role("status").first
    expect(status).to_contain_text("of 17 quotes")
    found = shown(page)
    assert 1 < found < 17
    marks = page.locator(".st-key-list mark:visible")
    assert marks.count() >= found
    assert {mark.lower() for mark in marks.all_inner_texts()} == {"dialogue"}
    expect_query(page, q="dialogue")
    expect(search_box(page)).to_be_focused()
    page.keyboard.type(" friendly")
    expect(status).to_contain_text("1 of 17 quotes")
    expect_query(page, q="dialogue friendly")
    expect(search_box(page)).to_have_value("dialogue friendly")
    page.keyboard.press("Escape")
    expect(search_box(page)).to_have_value("")
    expect_query(page, q=None)
    expect(status).to_contain_text("17 quotes")


def test_typing_waits_for_no_server(visit: Visit) -> None:
    """The list is filtered even where nothing that the page says reaches the server."""
    page = visit("/quotes")
    expect(cards(page)).to_have_count(17, timeout=PATIENCE)
    page.evaluate("() => { WebSocket.prototype.send = () => {} }")
    search_box(page).fill("ukrainian")
    expect(page.locator(".st-key-list").get_by_role("status").first).to_contain_text("1 of 17")


def test_search_knows_speakers_and_curly_marks(visit: Visit) -> None:
    """A name, an accent or another apostrophe finds what is meant."""
    page = visit("/quotes")
    status = page.locator(".st-key-list").get_by_role("status").first
    expect(cards(page)).to_have_count(17, timeout=PATIENCE)
    search_box(page).fill("volodin")
    expect(status).to_contain_text("3 of 17")
    search_box(page).fill("can’t say")
    expect(status).to_contain_text("1 of 17")
    search_box(page).fill('"lowest point"')
    expect(status).to_contain_text("1 of 17")


def test_a_search_without_a_match_says_so(visit: Visit) -> None:
    """A sentence, and a button that clears the search."""
    page = visit("/quotes")
    expect(cards(page)).to_have_count(17, timeout=PATIENCE)
    search_box(page).fill("zebra")
    expect(page.get_by_text("Nothing here matches “zebra”")).to_be_visible()
    page.get_by_role("button", name="Clear the search").click()
    expect(cards(page).first).to_be_visible()


def test_a_filter_without_a_match_says_so(visit: Visit) -> None:
    """A sentence, and a button that clears the filter."""
    page = visit("/quotes?who=many+observers&kind=direct")
    expect(page.get_by_text("passes the filter in the sidebar")).to_be_visible(timeout=PATIENCE)
    page.locator(".st-key-list").get_by_role("button", name="Clear the filter").click()
    expect(cards(page)).to_have_count(17, timeout=PATIENCE)
    expect_query(page, who=None, kind=None)


def test_the_slash_key_goes_to_the_search(visit: Visit) -> None:
    """On this page alone, and not as a letter of the search."""
    page = visit("/quotes")
    expect(cards(page)).to_have_count(17, timeout=PATIENCE)
    page.keyboard.press("/")
    expect(search_box(page)).to_be_focused()
    expect(search_box(page)).to_have_value("")


def test_a_quote_in_its_context(visit: Visit) -> None:
    """The sentences around a quote open in its card, and the button says whether they are."""
    page = visit("/quotes")
    card = cards(page).nth(11)
    button = card.get_by_role("button", name="In context")
    expect(button).to_have_attribute("aria-expanded", "false", timeout=PATIENCE)
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(card.get_by_text("the minister said on Wednesday")).to_be_visible()
    button.click()
    expect(card.get_by_text("the minister said on Wednesday")).to_be_hidden()


@pytest.mark.parametrize(
    ("form", "has"),
    [("text", "We are ready to work"), ("Markdown", "> "), ("citation", "RT News")],
)
def test_copies_of_one_quote(visit: Visit, form: str, has: str) -> None:
    """As text, as Markdown, as a citation: each with the words and who said them."""
    page = visit("/quotes")
    cards(page).nth(11).get_by_role("button", name=f"Copy as {form}").click()
    expect(page.locator(".st-key-list").get_by_text(f"Copied as {form}")).to_be_attached()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert has in copied
    assert "We are ready to work with any US leader" in copied
    assert "Lavrov" in copied


def test_sorting_by_length(visit: Visit) -> None:
    """The longest first; the URL holds the order, and the search survives it."""
    page = visit("/quotes")
    expect(cards(page)).to_have_count(17, timeout=PATIENCE)
    quotes = page.locator(".st-key-list blockquote")
    before = quotes.all_text_contents()
    lengths = [len(words.split()) for words in before]
    page.get_by_role("radio", name="Length").click()
    expect_query(page, sort="Length")
    expect(quotes.first).not_to_have_text(before[0])
    after = [len(words.split()) for words in quotes.all_text_contents()]
    assert sorted(after) == sorted(lengths)
    assert after[0] > 0.9 * max(lengths)
    assert after[-1] < 1.2 * min(lengths)


def test_cards_or_table(visit: Visit) -> None:
    """The table has a row for each quote, whose words lead to the article."""
    page = visit("/quotes")
    expect(cards(page)).to_have_count(17, timeout=PATIENCE)
    page.get_by_role("radio", name="Table").click()
    expect_query(page, view="Table")
    table = page.locator(".st-key-list").get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(18)
    expect(table.get_by_role("columnheader").nth(2)).to_have_text("Speaker")
    table.get_by_role("link").nth(12).click()
    expect_path(page, "/")


def test_the_search_stays_on_its_page(visit: Visit) -> None:
    """Other pages neither show nor need the search; going there leaves a clean URL."""
    page = visit("/quotes?q=ready")
    expect(search_box(page)).to_have_value("ready", timeout=PATIENCE)
    go(page, "Article")
    expect(search_box(page)).to_have_count(0)
    expect_query(page, q=None)
