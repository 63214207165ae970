"""Files of many articles, or of data, are refused in a sentence; articles with a table, commas or code are not."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loading import LEAD, PARAGRAPHS, SECOND, THIRD, page

import readout
from readout.errors import FileError

RECORDS = [
    {"title": f"Talks, day {day}", "date": f"2016-11-{day:02}", "text": f"{LEAD}\n\n{SECOND}"} for day in range(1, 6)
]
_ITEM = "<item><title>Talks</title><link>https://example.org/1</link><description>&lt;p&gt;Words&lt;/p&gt;</description></item>"
RSS = f"<rss version='2.0'><channel><title>News</title>{_ITEM * 3}</channel></rss>"
RSS1 = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    f"<channel><title>News</title></channel>{_ITEM}</rdf:RDF>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title><entry><title>Talks</title>"
    "<content type='html'><![CDATA[<html><body><p>Words</p><p>Words</p></body></html>]]></content></entry></feed>"
)
DECLARED = "<?xml version='1.0' encoding='utf-8'?>\n"
SITEMAP = (
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://example.org/</loc></url></urlset>"
)
CATALOG = "<catalog><book><title>Talks</title><p>Words</p></book></catalog>"


def table(rows: list[dict[str, str]], **how: Any) -> str:
    """A table with a header, as a program writes it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), **how)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def lines(*values: object) -> str:
    """JSON Lines."""
    return "\n".join(json.dumps(value) for value in values) + "\n"


REFUSED = {
    "a table": ("a.csv", table(RECORDS), "is a table (CSV)"),
    "a table by another name": ("a.txt", table(RECORDS), "is a table (CSV)"),
    "a table as a page": ("a.html", table(RECORDS), "is a table (CSV)"),
    "a table of one article": ("a.txt", table(RECORDS[:1]), "is a table (CSV)"),
    "a table with a mark": ("a.txt", "\ufeff" + table(RECORDS, delimiter=";"), "is a table (CSV)"),
    "a table that says its mark": ("a.txt", "sep=;\n" + table(RECORDS, delimiter=";"), "is a table (CSV)"),
    "a table with spaces": ("a.txt", "title, date, text\nTalks, 2016-11-09, They go on.\n", "is a table (CSV)"),
    "a table without names": ("a.txt", "1,2016-11-09,Talks go on\n2,2016-11-10,They end\n3,2016-11-11,Rain\n", "(CSV)"),
    "a table with tabs": ("a.tsv", table(RECORDS, delimiter="\t"), "is a table (TSV)"),
    "tabs by another name": ("a.md", table(RECORDS, delimiter="\t"), "is a table (TSV)"),
    "prose that is called a table": ("a.csv", "\n\n".join(PARAGRAPHS), "is a table (CSV)"),
    "a broken table": ("a.csv", 'title,text\n"Talks', "is a table (CSV)"),
    "JSON": ("a.json", json.dumps(RECORDS), "is data for programs (JSON)"),
    "JSON by another name": ("a.txt", json.dumps({"articles": RECORDS}, indent=2), "is data for programs (JSON)"),
    "JSON that was cut off": ("a.txt", json.dumps(RECORDS)[:-90], "is data for programs (JSON)"),
    "JSON with a comma too many": ("a.html", json.dumps(RECORDS)[:-1] + ",]", "is data for programs (JSON)"),
    "JSON Lines": ("a.jsonl", lines(*RECORDS), "is data for programs (JSON Lines)"),
    "JSON Lines by another name": ("a.txt", lines(*RECORDS), "is data for programs (JSON Lines)"),
    "arrays on lines": ("a", lines(["title", "text"], ["Talks", LEAD]), "is data for programs (JSON Lines)"),
    "broken JSON Lines": ("a.jsonl", "words\n", "is data for programs (JSON Lines)"),
    "RSS": ("a.rss", DECLARED + RSS, "is a feed (RSS)"),
    "RSS as a page": ("a.html", RSS, "is a feed (RSS)"),
    "RSS as a text": ("a.txt", f"\n<!-- made by x -->\n{RSS}", "is a feed (RSS)"),
    "RSS that was cut off": ("feed", (DECLARED + RSS)[:150], "is a feed (RSS)"),
    "RSS 1.0": ("a.xml", f"{DECLARED}<?xml-stylesheet href='x'?><!DOCTYPE rdf:RDF [<!ENTITY x 'y'>]>{RSS1}", "(RSS)"),
    "Atom": ("a.atom", DECLARED + ATOM, "is a feed (Atom)"),
    "Atom with pages in it": ("a.xhtml", ATOM, "is a feed (Atom)"),
    "a sitemap": ("sitemap.xml", DECLARED + SITEMAP, "is a sitemap"),
    "feeds": ("a.opml", "<opml version='2.0'><body><outline text='x'/></body></opml>", "is a list of feeds"),
    "other XML": ("a.xml", CATALOG, "is XML for programs (“catalog”)"),
    "other XML as a text": ("a.txt", DECLARED + CATALOG, "is XML for programs (“catalog”)"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_holds_many_articles_is_refused(case: str) -> None:
    """The sentence says what the file is and what to do, whatever it is called."""
    name, text, what = REFUSED[case]
    with pytest.raises(FileError) as refused:
        readout.load(text.encode(), name=name)
    message = str(refused.value)
    assert message.startswith(f"{name} is ")
    assert what in message
    assert re.search(r"(?:add|save) (?:those|that|their addresses)", message)
    assert re.fullmatch(r"[^\n]{20,260}\.", message)


SPORTS = "Team\tWon\tLost\nPanthers\t3\t1\nKings\t2\t2\nWings\t1\t3"
CODE = json.dumps({"title": "Talks", "by": ["Ada", "Alan"]}, indent=2)
STORIES = {
    "a table in it": (LEAD, SPORTS, SECOND, THIRD),
    "a table at its end": (LEAD, SECOND, SPORTS * 6),
    "a table at its beginning": (SPORTS, LEAD, SECOND, THIRD),
    "rows of commas": (LEAD, "name,age,town\nAda,36,London\nAlan,41,Wilmslow", SECOND),
    "a sample of JSON": (LEAD, CODE, SECOND),
    "a sample of JSON before all": (CODE, LEAD, SECOND, THIRD),
    "a sample of a feed": (LEAD, RSS[:200], SECOND),
    "a feed as its subject": ("<rss> is the element that a feed begins with, as they all do.", LEAD, SECOND),
    "an element as its subject": ("<feed> came later, and has entries where RSS has items.", LEAD, SECOND),
    "a note in brackets": ("[Photo: AP]", LEAD, SECOND),
    "a quote in brackets": ('["Nobody walked away"]', LEAD, SECOND),
    "lists in sentences": ("Ada, Alan, and Grace came.", "Ada, Alan, and Kurt went.", "Ada, Alan, and Mary stayed."),
    "lists as lines": ("Ada Lovelace, London\nAlan Turing, Wilmslow\nGrace Hopper, New York\nMary Anning, Lyme Regis",),
    "numbers with commas": ("Spain 1,200,000 people", "Italy 2,300,000 people", "France 3,400,000 people"),
    "an interview": ("Q:\tWho came?", "A:\tAda Lovelace came.", "Q:\tAnd who went?", "A:\tAlan Turing went."),
    "tabs before paragraphs": tuple(f"\t{paragraph}" for paragraph in PARAGRAPHS),
    "semicolons": ("He came; he saw; he went.", "She came; she saw; she stayed.", "They came; they saw; they won."),
    "a headline of field names": ("Date, time, place: what we know", LEAD, SECOND),
    "Chinese with small commas": (
        "他说,这座桥很安全,没有问题",
        "她说,昨天下雨了,今天没有",
        "大家,都很高兴,回家了",
        LEAD,
    ),
    "a table in Markdown": (LEAD, "| team | won |\n|---|---|\n| Kings | 2 |", SECOND),
    "a quote all through": ("“Nobody has walked away.”",),
}


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "pasted text.txt", "a"])
def test_an_article_with_data_in_it_is_an_article(story: str, name: str) -> None:
    """Tables, commas and code are part of it, before, between and after its paragraphs."""
    text = "\n\n".join(STORIES[story])
    assert readout.load(text.encode(), name=name).text


@pytest.mark.parametrize("name", ["a.xhtml", "a.xml", "a.html", "article"])
@pytest.mark.parametrize(
    "doctype", ["", "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'xhtml1-strict.dtd'>\n"]
)
def test_a_page_in_xml_is_a_page(name: str, doctype: str) -> None:
    """XHTML is read as the page that it is, whatever it is called and served as."""
    html = page().replace("<!DOCTYPE html>", "").replace("<html ", "<html xmlns='http://www.w3.org/1999/xhtml' ")
    article = readout.load((DECLARED + doctype + html).encode(), name=name)
    assert article.text.split("\n\n") == list(PARAGRAPHS)


def test_a_page_that_is_called_data_is_a_page() -> None:
    """The bytes of a page decide against the ending of its name."""
    for name in ("a.json", "a.csv", "a.rss"):
        assert readout.load(page().encode(), name=name).title == "Talks go on in Geneva"


_WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=60)
_NAMES = st.lists(
    st.sampled_from(["title", "Headline", "date", "url", "text", "body", "author", "Publisher", "id", "score"]),
    min_size=2, max_size=6, unique=True,
).filter(lambda names: len({*names} - {"score"}) > 1)  # fmt: skip


@st.composite
def _tables(draw: st.DrawFn) -> str:
    names = draw(_NAMES)
    rows = draw(st.lists(st.fixed_dictionaries(dict.fromkeys(names, _WORDS)), min_size=1, max_size=8))
    rows[0] = dict.fromkeys(names, "Words")
    how = {
        "delimiter": draw(st.sampled_from(",;\t|")),
        "quoting": draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])),
        "lineterminator": draw(st.sampled_from(["\n", "\r\n"])),
    }
    return draw(st.sampled_from(["", "\ufeff", "\n"])) + table(rows, **how)


@settings(max_examples=80, deadline=None)
@given(_tables())
def test_tables_of_any_shape_are_refused(text: str) -> None:
    """Whatever stands in its cells and parts them, a table with names of columns is a table."""
    with pytest.raises(FileError, match=r"is a table \([CT]SV\)"):
        readout.load(text.encode(), name="a.txt")


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=8,
)
_THINGS = st.dictionaries(_WORDS, _VALUES, min_size=1, max_size=5)


@settings(max_examples=80, deadline=None)
@given(st.lists(_THINGS, min_size=1, max_size=5), st.sampled_from([None, 1, 4]), st.booleans(), st.booleans())
def test_data_of_any_shape_is_refused(
    things: list[dict[str, Any]], indent: int | None, ascii_: bool, one: bool
) -> None:
    """JSON of any content and layout is data, as one value or one a line."""
    if one:
        text = json.dumps(things, indent=indent, ensure_ascii=ascii_)
    else:
        text = "\n".join(json.dumps(thing, ensure_ascii=ascii_) for thing in things)
    with pytest.raises(FileError, match=r"is data for programs \(JSON"):
        readout.load(text.encode(), name="a.txt")


_SENTENCES = st.lists(
    st.sampled_from([
        LEAD, SECOND, THIRD, "In 2016, 1,200 came; 300 stayed.", "Ada, Alan, and Grace came.", "He said: {nothing}.",
        '"Title, date, text," she said, "are all it takes."', "“No,” he said.", "It cost $1,000,000, or €900,000.",
    ]), min_size=1, max_size=3,
).map(" ".join)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    st.lists(_SENTENCES, min_size=1, max_size=6),
    st.sampled_from(["", SPORTS, CODE, RSS[:150], "a,b,c\n1,2,3", "Words, words, words", "| a | b |\n| c | d |"]),
    st.sampled_from(["\n\n", "\n"]),
    st.integers(0, 6),
)
def test_prose_of_any_shape_is_an_article(paragraphs: list[str], other: str, gap: str, at: int) -> None:
    """Paragraphs of sentences are an article, with data between them or without."""
    text = gap.join([*paragraphs[:at], other, *paragraphs[at:]])
    if at or other != RSS[:150]:  # what begins like a feed may be one that was cut off
        assert readout.load(text.encode(), name="a.txt").text
