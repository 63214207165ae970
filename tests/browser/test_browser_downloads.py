"""What a reader takes away: pictures, pages and data of every chart, and the quotes in six formats."""

from __future__ import annotations

import io
import json
import re
import struct
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pandas as pd
import pytest
from journeys import (
    CHARTS,
    PATIENCE,
    SEED,
    Visit,
    cards,
    download,
    drawn,
    open_menu,
    search_box,
)
from playwright.sync_api import Browser, Locator, Page, expect

from readout import shelf
from readout.exports.csv import to_csv
from readout.exports.handed_on import FORMS
from readout.reading import read
from readout.records import Article, Reading
from readout.tables import quotes as quotes_tables
from readout.tables import timeline as timeline_tables
from readout.tables import tone as tone_tables

pytestmark = pytest.mark.browser
VIEWS = {"timeline": "timeline", "tone-units": "tone", "tone-voices": "voice", "words-by-kind": "speaker"}
"""A word of the view that the file's name carries."""
WORDS = {
    "timeline": "Cold War",
    "tone-units": "subjectivity",
    "tone-voices": "Lavrov",
    "words-by-kind": "Putin",
}
"""Words that a chart draws."""


@pytest.fixture(scope="module")
def seed() -> tuple[Article, Reading]:
    """The seed article as the engine reads it."""
    article = shelf.open_article(shelf.SHIPPED, SEED).article
    return article, read(article.text, published=article.published, title=article.title, body=article.body_span)


def table_of(key: str, article: Article, reading: Reading) -> pd.DataFrame:
    """The table that a chart is drawn from."""
    if key == "timeline":
        return timeline_tables.flat(timeline_tables.timeline(article, reading))
    if key == "tone-units":
        return tone_tables.with_toward(tone_tables.scores(reading), reading.toward).drop(columns=["number", "base"])
    if key == "tone-voices":
        return tone_tables.by_voice(tone_tables.heard(reading))
    return quotes_tables.words_by_kind(quotes_tables.quotes_table(article, reading, reading.quotes))


def parsed(csv: bytes) -> pd.DataFrame:
    """A CSV file as pandas reads it."""
    return pd.read_csv(io.BytesIO(csv), encoding="utf-8-sig")


def sentence(page: Page, key: str) -> str:
    """The sentence above a chart, without the hint after it."""
    says = page.locator(f".st-key-{key}-head p.says")
    hint = says.locator(".hint")
    return says.inner_text().removesuffix(hint.inner_text() if hint.count() else "").strip()


def assert_png(data: bytes) -> None:
    """A picture of twice the drawing's size (1000 wide), that is not of one colour."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    assert width == 2000
    assert height > 500
    assert height % 2 == 0
    assert len(data) > 20_000


def assert_svg(data: bytes, says: str, has: str) -> None:
    """A drawing that parses, with its sentence, its words, its font, and no script or foreign address."""
    root = ElementTree.fromstring(data)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    texts = " ".join("".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text"))
    flat = re.sub(r"\s+", "", texts)
    assert re.sub(r"\s+", "", says)[:60] in flat
    assert re.sub(r"\s+", "", has) in flat
    assert "RTNews" in flat
    assert b"font/woff2;base64" in data
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    assert not re.search(rb"(href|src)=.https?:", data)


def assert_opens_offline(browser: Browser, file: Path, says: str, has: str) -> None:
    """A page that draws its chart with the network cut, and asks for nothing."""
    context = browser.new_context(offline=True)
    asked: list[str] = []
    trouble: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.goto(file.as_uri())
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".js-plotly-plot")).to_contain_text(has)
    expect(page.get_by_role("paragraph").first).to_have_text(says)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("figure")).to_have_attribute("aria-label", re.compile(r"\w{4}"))
    assert [unquote(url) for url in asked if not url.startswith(("data:", "blob:"))] == [unquote(file.as_uri())]
    assert not trouble
    context.close()


@pytest.mark.parametrize("key", CHARTS)
def test_every_chart_in_four_formats(
    visit: Visit, browser: Browser, seed: tuple[Article, Reading], tmp_path: Path, key: str
) -> None:
    """PNG at twice the size, SVG, a page that opens offline, and the table; named by article and view."""
    page = visit(CHARTS[key])
    if key == "tone-units":
        # What is said of people joins the chart and its data after the first paint.
        expect(page.locator(".legendtext", has_text="learned model")).to_be_visible(timeout=PATIENCE)
    menu = open_menu(page, key)
    says = sentence(page, key)
    names = []
    made = {}
    for label, ending in (("PNG", "png"), ("SVG", "svg"), ("HTML", "html"), ("CSV", "csv")):
        name, made[ending] = download(page, menu.get_by_role("button", name=re.compile(f"^{label}")))
        assert name.endswith(f".{ending}")
        names.append(name.removesuffix(f".{ending}"))
    assert len(set(names)) == 1
    assert names[0].startswith(SEED)
    assert VIEWS[key] in names[0]
    assert_png(made["png"])
    assert_svg(made["svg"], says, WORDS[key])
    assert b"Click" not in made["svg"]
    assert b"Click a " not in made["html"]
    file = tmp_path / f"{names[0]}.html"
    file.write_bytes(made["html"])
    assert_opens_offline(browser, file, says, WORDS[key])
    pd.testing.assert_frame_equal(parsed(made["csv"]), parsed(to_csv(table_of(key, *seed))))


@pytest.mark.parametrize("key", ["timeline", "words-by-kind", "tone-units"])
def test_names_of_files_carry_the_filter(visit: Visit, key: str) -> None:
    """What is filtered is named so, and the data is what is left."""
    page = visit(f"{CHARTS[key]}?who=Sergey+Lavrov")
    menu = open_menu(page, key)
    name, csv = download(page, menu.get_by_role("button", name=re.compile("^CSV")))
    assert "lavrov" in name
    assert "Putin" not in csv.decode("utf-8-sig").replace("Putin on Trump", "")


def test_a_picture_shows_no_choice(visit: Visit) -> None:
    """The band round the paragraph that is chosen is on the screen, and in no file."""
    page = visit("/tone?par=3")
    chart = drawn(page, "tone-units")
    expect(chart.locator(".shapelayer path").first).to_be_attached()
    shown = chart.locator(".shapelayer path[style*='opacity: 0.12']").count()
    assert shown == 2
    menu = open_menu(page, "tone-units")
    _, svg = download(page, menu.get_by_role("button", name=re.compile("^SVG")))
    assert b"opacity: 0.12" not in svg
    _, document = download(page, menu.get_by_role("button", name=re.compile("^HTML")))
    assert b'"opacity":0.12' not in document.split(b"Plotly.newPlot(")[-1]


def test_pictures_in_the_dark(visit: Visit) -> None:
    """A drawing made in the dark theme has its dark ground, and its words in a light colour."""
    page = visit("/quotes")
    page.emulate_media(color_scheme="dark")
    page.reload()
    menu = open_menu(page, "words-by-kind")
    _, svg = download(page, menu.get_by_role("button", name=re.compile("^SVG")))
    assert b"rgb(22, 24, 27)" in svg or b"#16181b" in svg


def test_the_menu_by_keyboard(visit: Visit) -> None:
    """Enter opens the menu, focus is in it, Enter saves, Escape closes it and leads back."""
    page = visit("/quotes")
    drawn(page, "words-by-kind")
    opener = page.locator(".st-key-words-by-kind-download").get_by_role("button").first
    opener.focus()
    page.keyboard.press("Enter")
    menu = page.get_by_role("dialog", name="Download")
    expect(menu.get_by_role("button", name=re.compile("^PNG"))).to_be_focused()
    page.keyboard.press("Tab")
    expect(menu.get_by_role("button", name=re.compile("^SVG"))).to_be_focused()
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(".svg")
    expect(menu.get_by_role("status")).to_contain_text("Saved")
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(opener).to_be_focused()


def test_the_timeline_for_other_programs(visit: Visit) -> None:
    """TimelineJS reads the JSON, calendars read the ics: one entry for each mark, with the named events."""
    page = visit("/timeline")
    drawn(page, "timeline")
    name, data = download(page, page.get_by_role("button", name=re.compile("^TimelineJS")))
    assert name == f"{SEED}-timeline.json"
    slides = json.loads(data)
    heads = [slide["text"]["headline"] for slide in slides["events"]]
    assert {"Cold War", "2016 US presidential election", "Ukraine crisis of 2014"} <= set(heads)
    assert all({"year", "month", "day"} <= slide["start_date"].keys() for slide in slides["events"])
    name, data = download(page, page.get_by_role("button", name=re.compile("^iCalendar")))
    assert name == f"{SEED}-timeline.ics"
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(heads)
    assert sum(re.fullmatch(r"DTSTART;VALUE=DATE:\d{8}", line) is not None for line in lines) == len(heads)
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def csv_is_whole(data: bytes, count: int) -> None:
    """The table has a row for each quote."""
    table = parsed(data)
    assert len(table) == count
    assert table.apply(lambda column: column.astype(str).str.contains("Lavrov").any()).any()


def json_is_whole(data: bytes, count: int) -> None:
    """Each quote with its words, speaker, kind and offsets."""
    found = json.loads(data)["quotes"]
    assert len(found) == count
    assert all({"words", "speaker", "kind", "content", "paragraph"} <= quote.keys() for quote in found)


def annotations_are_whole(data: bytes, count: int) -> None:
    """A W3C Annotation Collection with an annotation for each quote."""
    found = json.loads(data)
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert found["total"] == len(found["first"]["items"]) == count
    assert all(item["type"] == "Annotation" and item["target"] for item in found["first"]["items"])


def bibtex_is_whole(data: bytes, count: int) -> None:
    """One entry whose braces balance, with author, title, year and a note for each quote."""
    entry = data.decode()
    assert re.match(r"@\w+\{\w+,\n", entry)
    assert entry.count("{") == entry.count("}")
    fields = dict(re.findall(r"^  (\w+) = (.*)", entry, re.MULTILINE))
    assert {"author", "title", "year", "annote"} <= fields.keys()
    assert "2016" in fields["year"]
    assert entry.count("para. ") == count


def ris_is_whole(data: bytes, count: int) -> None:
    """One record of lines with tags, with a note for each quote and one that says what read them."""
    lines = data.decode().split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("TY  - NEWS", "ER  - ", "")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert sum(line.startswith("N1  - ") for line in lines) == count + 1


def csl_is_whole(data: bytes, count: int) -> None:
    """A list of one item, issued on its day, with a note for each quote and one that says what read them."""
    (item,) = json.loads(data)
    assert item["type"] == "article-newspaper"
    assert item["issued"] == {"date-parts": [[2016, 11, 9]]}
    assert len(item["note"].splitlines()) == count + 1


EXPORTS: tuple[tuple[str, str, Callable[[bytes, int], None]], ...] = (
    ("CSV", "csv", csv_is_whole),
    ("JSON", "json", json_is_whole),
    ("W3C", "jsonld", annotations_are_whole),
    ("BibTeX", "bib", bibtex_is_whole),
    ("RIS", "ris", ris_is_whole),
    ("CSL", "csl.json", csl_is_whole),
)


def test_the_quotes_in_six_formats(visit: Visit) -> None:
    """What is filtered and searched is what each file holds, and its name says so."""
    page = visit("/quotes?who=Sergey+Lavrov&q=us")
    expect(search_box(page)).to_have_value("us", timeout=PATIENCE)
    count = sum(card.is_visible() for card in cards(page).all())
    assert count > 0
    page.locator(".st-key-arrange").get_by_role("button", name="Export").click()
    menu = page.get_by_role("dialog", name="Export")
    expect(menu).to_contain_text(f"{count} of 17")
    for label, ending, is_whole in EXPORTS:
        button: Locator = menu.get_by_role("button", name=re.compile(f"^{label}"))
        name, data = download(page, button)
        assert name == f"{SEED}-quotes-sergey-lavrov-us.{ending}"
        is_whole(data, count)


def test_the_article_handed_on(visit: Visit) -> None:
    """Each form of the whole article is saved under its name; the annotations say how each voice speaks of whom."""
    page = visit("/quotes")
    cards(page).first.wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Save the article").click()
    menu = page.locator("[data-testid=stPopoverBody]")
    saved = {}
    for form in FORMS:
        name, data = download(page, menu.get_by_role("button", name=form.label))
        assert name == f"{SEED}-reading.{form.ending}"
        saved[form.ending] = data
    assert saved["html"].startswith(b"<!doctype html>")
    assert saved["pdf"].startswith(b"%PDF")
    assert len(parsed(saved["csv"])) == 17
    assert b"<TEI " in saved["xml"]
    items = json.loads(saved["jsonld"])["first"]["items"]
    assessed = [[body["value"] for body in item["body"]] for item in items if item["motivation"] == "assessing"]
    assert {"negative", "unclear"} <= {how for _, how, *_ in assessed}
    assert "in the words of: Sergey Lavrov" in {voice for _, _, voice, *_ in assessed}
