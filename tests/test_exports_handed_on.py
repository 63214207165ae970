"""One article handed on with its reading: what stands in each form, and that hostile text stays text."""

from __future__ import annotations

import base64
import csv
import html
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pandas as pd
import pytest
from building import ARTICLE, READING
from building import TEXT as BRIDGE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from readout import Article, Reading, read
from readout.corrections import apply, making
from readout.corrections.annotations import to_annotations as corrections_to_annotations
from readout.exports.brief import to_brief
from readout.exports.csv import to_csv
from readout.exports.handed_on import FORMS
from readout.exports.page import to_page
from readout.exports.quotes import to_annotations, to_json
from readout.exports.references import to_bibtex, to_csl, to_ris
from readout.exports.tei import to_tei
from readout.exports.timeline import icalendar, timeline_js
from readout.records import REPORTER, Quote, Speaker, Spoken, Timex
from readout.tables.quotes import quotes_table, words_by_kind
from readout.tables.timeline import timeline
from readout.version import provenance

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
BY, WHEN = "Mary", "2024-05-01T12:00:00+00:00"
FORM = {form.ending: form.write for form in FORMS}

HOSTILE = (
    "</script><script>document.title='owned'</script><!-- <script> --><img src=x onerror=alert(1)>"
    "\x00\x07\x1b\x7f\ud800\udfff\ufffe\u2028\r]]>&amp;<!ENTITY x SYSTEM 'file:///'>&x;=HYPERLINK(1)"
)
HOSTILE_ARTICLE = Article(
    f'Head {HOSTILE}\n\n"All is well {HOSTILE} today," Ann {HOSTILE} said on Monday.\n\nBob said {HOSTILE} was over.',
    name="x", title=HOSTILE, byline=HOSTILE, publisher=HOSTILE, republisher=HOSTILE, region=HOSTILE, language=HOSTILE,
    url="javascript:alert(1)", licence=HOSTILE, published=date(2020, 3, 5),
)  # fmt: skip


def hostile_reading() -> Reading:
    """A reading in which every name is hostile too."""
    reading = read(HOSTILE_ARTICLE.text, published=HOSTILE_ARTICLE.published)
    quote = Quote(
        ((500, 520),), ((530, 534),), (), "direct", HOSTILE, 1, HOSTILE, reason=HOSTILE, via=HOSTILE, by=HOSTILE
    )
    return replace(
        reading,
        quotes=(*reading.quotes, quote),
        speakers=(*reading.speakers, Speaker(HOSTILE, HOSTILE, (HOSTILE,), ((540, 545),), by=HOSTILE)),
        times=(*reading.times, Timex(505, 515, "DATE", HOSTILE, rule=HOSTILE, event=HOSTILE, by=HOSTILE)),
        toward=(*reading.toward, Spoken(540, 545, HOSTILE, HOSTILE, "neutral", (0.1, 0.8, 0.1), clear=True)),
    )


def corrected() -> tuple[Article, Reading]:
    """The bridge, its second quote given to somebody else by a reader."""
    fix = making.another_speaker(ARTICLE, READING.quotes[1], "Grace Hopper", by=BY, when=WHEN)
    both = apply(ARTICLE, READING, [fix])
    return both.article, both.reading


def tei(article: Article, reading: Reading) -> ET.Element:
    """The TEI document, parsed."""
    return ET.fromstring(to_tei(article, reading))


def pdf_text(data: bytes) -> str:
    """The words of a PDF, each line break a blank."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


@pytest.mark.parametrize("form", FORMS, ids=[form.ending for form in FORMS])
def test_each_form_says_who_says_so(form: object) -> None:
    """Each has the reader's name, and an uncorrected reading has it nowhere."""
    write = form.write  # type: ignore[attr-defined]
    for (article, reading), found in ((corrected(), True), ((ARTICLE, READING), False)):
        data = write(article, reading)
        words = pdf_text(data) if data.startswith(b"%PDF") else data.decode("utf-8")
        assert (BY in words) is found


def quotes_in(write: Callable[[Article, Reading, Sequence[Quote]], bytes]) -> Callable[[Article, Reading], bytes]:
    """Something that writes some quotes, as something that writes all of a reading's."""
    return lambda article, reading: write(article, reading, reading.quotes)


MARKS = timeline(ARTICLE, READING)
EVERY_EXPORT: dict[str, Callable[[Article, Reading], bytes]] = {
    **FORM,
    "json": quotes_in(to_json),
    "quotes.jsonld": quotes_in(to_annotations),
    "bib": quotes_in(to_bibtex),
    "ris": quotes_in(to_ris),
    "csl.json": quotes_in(to_csl),
    "timeline.json": lambda article, _: timeline_js(MARKS, article),
    "ics": lambda article, _: icalendar(MARKS, article),
    "chart.csv": lambda article, reading: to_csv(words_by_kind(quotes_table(article, reading, reading.quotes))),
    "corrections.jsonld": lambda article, _: corrections_to_annotations(
        article, [making.a_fact("title", "The bridge", by=BY, when=WHEN)]
    ),
}


@pytest.mark.parametrize("name", EVERY_EXPORT)
def test_every_export_says_what_read_the_article(name: str) -> None:
    """The engine's version, and the model with the digest of its weights."""
    data = EVERY_EXPORT[name](ARTICLE, READING)
    words = pdf_text(data) if data.startswith(b"%PDF") else data.decode("utf-8").replace("\r\n ", "")
    read_by = provenance()
    assert re.fullmatch(r"encoder [0-9a-f]{8}", read_by.model)
    assert read_by.model in words
    if name.endswith("csv"):
        rows = list(csv.DictReader(io.StringIO(words.removeprefix("\ufeff"))))
        assert {(row["Engine"], row["Model"]) for row in rows} == {(str(read_by.engine), read_by.model)}
    else:
        assert re.search(rf"engine\W+{read_by.engine}\b", words, re.IGNORECASE)


def test_an_export_names_the_second_model_where_it_was_asked() -> None:
    """How somebody is spoken of is read by a model of its own, which what does not say it leaves unnamed."""
    spoken = Spoken(0, 3, "Ann", REPORTER, "neutral", (0.1, 0.8, 0.1), clear=True)
    both = provenance(toward=True).model
    assert re.fullmatch(r"encoder [0-9a-f]{8}, regard [0-9a-f]{8}", both)
    made = json.loads(FORM["jsonld"](ARTICLE, replace(READING, toward=(spoken,))))
    assert made["generator"]["schema:softwareVersion"].endswith(both)
    said = {item["generator"]["schema:softwareVersion"].endswith(both) for item in made["first"]["items"]}
    assert said == {True, False}
    assert both.encode() in to_csv(pd.DataFrame({"A": [1]}), toward=True)


@pytest.mark.parametrize("form", FORMS, ids=[form.ending for form in FORMS])
def test_the_same_reading_makes_the_same_file(form: object) -> None:
    """No clock and no chance: byte for byte the same, under a name that says whose reading it is."""
    assert form.write(ARTICLE, READING) == form.write(ARTICLE, READING)  # type: ignore[attr-defined]
    assert re.fullmatch(r"bridge-reading\.\w+", form.file(ARTICLE))  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", FORMS, ids=[form.ending for form in FORMS])
def test_an_empty_article_makes_a_whole_file(form: object) -> None:
    """Without a word, a title or a date each form is still what it says it is."""
    data = form.write(Article(""), read(""))  # type: ignore[attr-defined]
    assert data


# ---- W3C Web Annotations


def test_a_reading_is_a_collection_of_annotations() -> None:
    """Quotes and times in reading order; a reader is the creator of what they corrected, and nobody else is one."""
    article, reading = corrected()
    reading = replace(reading, times=(Timex(0, 5, "DATE", "2020", date(2020, 1, 1), date(2020, 12, 31)),))
    made = json.loads(FORM["jsonld"](article, reading))
    items = made["first"]["items"]
    assert made["total"] == len(items) == 5
    assert [item["creator"]["name"] for item in items if "creator" in item] == [BY]
    values = [body["value"] for item in items for body in item["body"] if "value" in body]
    assert "Grace Hopper" in values
    assert "2020-01-01/2020-12-31" in values
    assert len({item["id"] for item in items}) == 5


def test_annotations_assess_how_each_voice_speaks_of_whom() -> None:
    """Whom the words are about, how and in whose words; what is not clear says so, and no reader is its creator."""
    clear = Spoken(60, 63, "Ada Lovelace", "Björn Ångström", "positive", (0.02, 0.08, 0.9), clear=True)
    unclear = Spoken(160, 163, "Ada Lovelace", REPORTER, "negative", (0.5, 0.4, 0.1), clear=False)
    made = json.loads(FORM["jsonld"](ARTICLE, replace(READING, toward=(clear, unclear))))
    first, second = (item for item in made["first"]["items"] if item["motivation"] == "assessing")
    assert [body["value"] for body in first["body"]] == [
        "Ada Lovelace", "positive", "in the words of: Björn Ångström", "negative 0.02, neutral 0.08, positive 0.90",
    ]  # fmt: skip
    assert [body["value"] for body in second["body"]][1:3] == ["unclear", "in the words of: The reporter"]
    assert first["target"]["selector"][1] == {"type": "TextPositionSelector", "start": 60, "end": 63}
    assert "creator" not in first
    assert first["id"] != second["id"]
    assert not [i for i in json.loads(FORM["jsonld"](ARTICLE, READING))["first"]["items"] if "assessing" in i.values()]


# ---- TEI


def test_tei_says_who_says_what() -> None:
    """Each quote is a `said` whose speaker is a listed person, and whose `resp` is the engine or a reader."""
    root = tei(*corrected())
    people = {p.get(XML_ID): p.findtext("t:persName", namespaces=TEI) for p in root.iterfind(".//t:person", TEI)}
    assert set(people.values()) == {"Ada Lovelace", "Grace Hopper", "Björn Ångström"}
    said = root.findall(".//t:body//t:said", TEI)
    assert [people[(one.get("who") or "")[1:]] for one in said] == [
        "Ada Lovelace", "Grace Hopper", "Ada Lovelace", "Ada Lovelace", "Björn Ångström",
    ]  # fmt: skip
    assert [one.get("resp") for one in said] == ["#engine", "#r1", "#engine", "#engine", "#engine"]
    assert root.findtext(".//t:respStmt[2]/t:name", namespaces=TEI) == BY
    assert "".join(said[0].itertext()) == '"The bridge 🌉 is safe, and I can\'t praise it enough,"'


def test_tei_holds_the_text_as_it_is_and_points_nowhere_else() -> None:
    """The paragraphs are the article's, every pointer has its target, every identifier is there once."""
    root = tei(ARTICLE, READING)
    paragraphs = ["".join(p.itertext()) for p in root.iterfind(".//t:body/t:p", TEI)]
    assert [" ".join(p.split()) for p in paragraphs] == [
        " ".join(re.sub("<.?u>", " ", block).split()) for block in BRIDGE.strip().split("\n\n")
    ]
    ids = [element.get(XML_ID) for element in root.iter() if element.get(XML_ID)]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        for name in ("who", "ref", "resp", "ana", "corresp", "next", "prev"):
            assert element.get(name) is None or (element.get(name) or "")[1:] in ids


def test_tei_chains_the_parts_of_a_quote() -> None:
    """A quote in two stretches, or cut by a time that begins in it and ends after it, is a chain."""
    end = READING.quotes[0].end
    crossing = Timex(end - 8, end + 4, "DATE", "2020-03", date(2020, 3, 1), date(2020, 3, 31))
    root = tei(ARTICLE, replace(READING, times=(crossing,)))
    said = root.findall(".//t:said", TEI)
    assert [(s.get(XML_ID), s.get("prev"), s.get("next")) for s in said if (s.get(XML_ID) or "").startswith("q3")] == [
        ("q3.1", None, "#q3.2"),
        ("q3.2", "#q3.1", None),
    ]
    dates = root.findall(".//t:body//t:date", TEI)
    assert "".join("".join(d.itertext()) for d in dates) == BRIDGE[crossing.start : crossing.end]
    assert {(d.get("from"), d.get("to")) for d in dates} == {("2020-03-01", "2020-03-31")}


_MARKS = st.lists(st.tuples(st.integers(0, len(BRIDGE)), st.integers(1, 80)), max_size=12)


@settings(max_examples=60, deadline=None)
@given(_MARKS, _MARKS)
def test_tei_is_a_tree_however_findings_cross(quotes: list[tuple[int, int]], times: list[tuple[int, int]]) -> None:
    """Any spans make a well-formed document that holds the whole text, once."""
    reading = replace(
        READING,
        quotes=tuple(
            Quote(((s, min(s + n, len(BRIDGE))),), (), (), "direct", "Ada Lovelace", 0, "x")
            for s, n in quotes
            if s < len(BRIDGE)
        ),
        times=tuple(Timex(s, min(s + n, len(BRIDGE)), "DATE", "2020") for s, n in times if s < len(BRIDGE)),
    )
    found = " ".join("".join(tei(ARTICLE, reading).find(".//t:body", TEI).itertext()).split())  # type: ignore[union-attr]
    assert found == " ".join(re.sub("<.?u>", " ", BRIDGE).split())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec=None), max_size=200))
def test_tei_is_well_formed_on_any_text(text: str) -> None:
    """Control characters, lone surrogates and markup: an XML parser reads it."""
    article = Article(text, title=text, byline=text, licence=text, language=text, published=date(1, 1, 1))
    assert tei(article, read(text)).tag.endswith("TEI")


def test_tei_keeps_hostile_text_as_text() -> None:
    """No entity, no element and no attribute comes from the article."""
    root = tei(HOSTILE_ARTICLE, hostile_reading())
    assert {element.tag for element in root.iter()} >= {f"{{{TEI['t']}}}said"}
    assert not [element for element in root.iter() if element.tag.rpartition("}")[2] in ("script", "img")]
    assert "&x;" in "".join(root.itertext())
    assert "javascript" not in to_tei(HOSTILE_ARTICLE, hostile_reading()).decode()


# ---- the page


def test_the_page_allows_only_what_it_brought() -> None:
    """The policy names the page's own script and styles by hash, and lets nothing be fetched."""
    page = to_page(ARTICLE, READING).decode()
    policy = html.unescape(re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[0])
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    scripts = re.findall(r'<script type="module">(.*?)</script>', page, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert (len(scripts), len(styles)) == (1, 2)
    for part in (*scripts, *styles):
        assert f"'sha256-{base64.b64encode(sha256(part.encode()).digest()).decode()}'" in policy
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", page)


def test_nothing_in_the_article_ends_the_pages_script() -> None:
    """The data hold no angle bracket, and come back whole; outside of them all words are escaped."""
    page = to_page(HOSTILE_ARTICLE, hostile_reading()).decode()
    assert page.count("<script") == page.count("</script>") == 2
    assert "<img" not in page
    data = re.findall(r'<script id="scene" type="application/json">(.*?)</script>', page, re.DOTALL)[0]
    assert not re.search("[<>&]", data)
    scene = json.loads(data)
    assert scene["head"]["title"].startswith("</script><script>document.title")
    assert all(ord(c) >= 32 or c in "\n\r\t" for c in page)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec=None), max_size=150))
def test_any_text_makes_a_page_and_a_brief(text: str) -> None:
    """Whatever stands in the article, the page has its two scripts and the brief its one page or two."""
    article = Article(text, title=text, byline=text, publisher=text, region=text, url=text)
    reading = read(text)
    assert to_page(article, reading).decode().count("<script") == 2
    assert len(PdfReader(io.BytesIO(to_brief(article, reading))).pages) in (1, 2)


def test_extended_letters_bring_their_font() -> None:
    """A page in plain Latin letters is the smaller one."""
    plain = Article("Ann left.", title="A title")
    assert (
        len(to_page(replace(plain, title="Łódź"), read("Ann left."))) > len(to_page(plain, read("Ann left."))) + 100_000
    )


# ---- the brief


def test_the_brief_has_voices_times_and_quotes_with_citations() -> None:
    """Who, when, what, each quote with its speaker, its paragraph and who says so, and how to cite the article."""
    article, reading = corrected()
    reading = replace(reading, times=(Timex(0, 5, "DATE", "2020", date(2020, 3, 1), date(2020, 3, 31)),))
    words = pdf_text(to_brief(article, reading))
    for part in (
        "Voices", "Ada Lovelace", "city engineer", "When", "March 2020", "Quotes",
        "“They are gone … for good.”", "Grace Hopper, partly quoted in para. 2 (says reader: Mary)",
        "Björn Ångström, Mayor, paraphrased in para. 3 (says the engine)", "Cite as: Grace Hopper", "5 March 2020",
    ):  # fmt: skip
        assert part.replace(" … ", "” … “") in words or part in words


def test_a_long_article_makes_two_pages_that_say_what_they_leave_out() -> None:
    """A hundred quotes do not fit; the brief counts those left."""
    text = "\n\n".join(f'"This is what number {n} has to say about it all," Ann Number{n} said.' for n in range(100))
    reading = read(text)
    data = to_brief(Article(text), reading)
    assert len(PdfReader(io.BytesIO(data)).pages) == 2
    left = re.search(r"(\d+) more quotes in the article", pdf_text(data))
    assert left is not None
    assert int(left[1]) + len(re.findall(r"quoted in para\.", pdf_text(data))) == len(reading.quotes)


def test_letters_that_the_brief_lacks_are_said_to_be_lacking() -> None:
    """Cyrillic and Greek are there; an emoji stands as [?], and the foot explains it."""
    words = pdf_text(to_brief(replace(ARTICLE, title="Мост Γέφυρα"), READING))
    assert "Мост Γέφυρα" in words
    assert "The bridge [?] is safe" in words
    assert "fonts lack stand as [?]" in words


def test_a_brief_of_hostile_names_links_nowhere() -> None:
    """An address that is none of the web is no link."""
    reader = PdfReader(io.BytesIO(to_brief(HOSTILE_ARTICLE, hostile_reading())))
    assert all("/Annots" not in page for page in reader.pages)
    assert any("/Annots" in page for page in PdfReader(io.BytesIO(to_brief(ARTICLE, READING))).pages)


# ---- CSV


def test_the_table_says_who_says_so() -> None:
    """A column of its own, and no cell that a spreadsheet would take for a formula."""
    table = FORM["csv"](*corrected()).decode("utf-8-sig")
    assert "Said so by" in table.splitlines()[0]
    assert table.count("reader: Mary") == 1
    assert table.count("the engine") == 3
    assert not re.search(r"(?m)^[=+@]", FORM["csv"](HOSTILE_ARTICLE, hostile_reading()).decode("utf-8-sig"))


# ---- what was there before


def test_the_quotes_files_say_who_says_so() -> None:
    """JSON, W3C annotations of the quotes, and the notes for reference managers tell whose quote it is."""
    article, reading = corrected()
    found = json.loads(to_json(article, reading, reading.quotes))["quotes"]
    assert [quote["said_by"] for quote in found] == ["the engine", "reader: Mary", "the engine", "the engine"]
    items = json.loads(to_annotations(article, reading, reading.quotes))["first"]["items"]
    assert [item.get("creator", {}).get("name") for item in items] == [None, BY, None, None]
    for write in (to_bibtex, to_ris, to_csl):
        notes = write(article, reading, reading.quotes).decode()
        assert notes.count("says reader: Mary") == 1
        assert notes.count("says the engine") == 3
