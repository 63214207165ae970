"""Pages: the article's paragraphs as the page had them, nothing else, and what the page says of itself."""

from __future__ import annotations

import contextlib
import importlib
import json
from datetime import date
from typing import Any

import pytest
from loading import LEAD, PARAGRAPHS, SECOND, THIRD, TITLE, page

from readout import Article, load
from readout.errors import FileError

LONG = [f"{one} {two}" for one, two in ((LEAD, SECOND), (SECOND, THIRD), (THIRD, LEAD))]


def opened(**given: Any) -> Article:
    """The article of a page."""
    return load(page(**given).encode(), name="a.html")


def ld(**thing: object) -> str:
    """A description in JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **thing})}</script>'


def test_paragraphs_stay_as_the_page_had_them() -> None:
    """Each paragraph, heading and item is one; a pair of line breaks parts, a single one does not."""
    body = (
        f"<p>{LONG[0]}</p><h2>What is at stake</h2><p>{LONG[1]}<br>Line two.</p><ul><li>First item of the list.</li>"
        f"<li>Second item of the list.</li></ul><p>Then she left.<br><br>He stayed.</p>"
    )

    assert opened(body=body).text.split("\n\n") == [
        LONG[0],
        "What is at stake",
        f"{LONG[1]}\nLine two.",
        "First item of the list.",
        "Second item of the list.",
        "Then she left.",
        "He stayed.",
    ]


@pytest.mark.parametrize(
    "box",
    [
        "<p>Read more: <a href='/x'>Talks fail again in Geneva</a></p>",
        "<p><strong>RELATED:</strong> <a href='/x'>Talks fail again in Geneva</a></p>",
        "<p><a href='/x'>What the talks in Geneva are about</a></p>",
        "<p>DON’T MISS<br><a href='/x'>Talks fail again in Geneva</a> [REPORT]<br><a href='/y'>Who sits where at the"
        " table</a></p>",
        "<div class='newsletter'><p>Sign up for our newsletter and get the news delivered to your inbox.</p></div>",
        "<p>Subscribe to our newsletter for the day’s top headlines, delivered every morning.</p>",
        "<p>Follow us on Twitter and Facebook for more.</p>",
        "<p>Advertisement</p>",
        "<figure><img src='x.png'><figcaption>Delegates at the table, Geneva.</figcaption></figure>",
        "<p>Delegates at the table. Photo: Ada Byron / Agency</p>",
        "<aside><p>Read the whole story of the talks in our special.</p></aside>",
        "<script>document.write('words of a script')</script><style>p { color: red }</style>",
    ],
)
def test_what_stands_among_the_paragraphs_is_left_out(box: str) -> None:
    """Links to other articles, boxes, captions, scripts: none of it is the article."""
    body = f"<p>{LONG[0]}</p><p>{LONG[1]}</p>{box}<p>{LONG[2]}</p>"

    assert opened(body=body).text.split("\n\n") == LONG


@pytest.mark.parametrize(
    "words",
    [
        "The paper asked its readers to sign up for a newsletter, and 40,000 of them did so within a day of the vote.",
        "“Read more,” she told the students, “and you will be less afraid of what you read.”",
        "“Follow us,” the soldiers shouted, and the crowd went after them through the gate.",
        "Sources: two people who were in the room said that the text had been agreed on at noon and signed at nine.",
    ],
)
def test_a_sentence_that_sounds_like_a_box_stays(words: str) -> None:
    """An article that speaks of newsletters and sources keeps its sentences."""
    assert words in opened(paragraphs=[LONG[0], words, LONG[1], LONG[2], LEAD, SECOND]).text


def test_a_pull_quote_is_said_once() -> None:
    """A sentence set large beside the text stands in the text already."""
    quote = "Nobody has walked away from the table in all these days."
    body = f"<p>{LONG[0]}</p><blockquote>{quote}</blockquote><p>{quote} {LONG[1]}</p><p>{LONG[2]}</p>"

    assert opened(body=body).text.count("walked away from the table") == 1


def test_title_byline_and_credits_stand_outside_the_body() -> None:
    """What repeats the title above the text, names its author, or says below who owns it is left out."""
    body = [TITLE, "By Ada Byron", *LONG, "Reporting by Ada Byron; editing by Charles B.", "© 2016 The Paper"]

    assert opened(paragraphs=body).text.split("\n\n") == LONG


def test_an_article_that_advertisements_cut_is_whole_again() -> None:
    """Pieces of one look are one article."""
    pieces = [f"<p>{LONG[i]}</p><p>{LONG[i - 1]} Part {i}.</p>" for i in range(3)]
    cut = "</div><div class='ad'></div><div class='grid'><div class='article-body'>".join(pieces)

    text = opened(body=cut).text

    assert all(f"Part {i}." in text for i in range(3))


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        (
            ld(
                **{"@type": "NewsArticle"},
                headline="Talks &amp; more",
                author=[{"@type": "Person", "name": "Ada Byron"}, {"@type": "Person", "name": "C. Babbage"}],
                publisher={"@type": "Organization", "name": "The Paper"},
                datePublished="2016-11-09T23:30:00-05:00",
                inLanguage="en-GB",
            ),
            ("Talks & more", "Ada Byron, C. Babbage", "The Paper", date(2016, 11, 9), "en"),
        ),
        (
            ld(**{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["Article"], "headline": "In a graph"}]}),
            ("In a graph", "", "", None, "en"),
        ),
        (
            '<meta property="og:title" content="Talks | The Paper"><meta property="og:site_name" content="The Paper">'
            '<meta name="author" content="By Ada Byron">'
            '<meta property="article:published_time" content="2016-11-09">',
            ("Talks", "Ada Byron", "The Paper", date(2016, 11, 9), "en"),
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle", </script>', (TITLE, "", "", None, "en")),
        (
            ld(**{"@type": "NewsArticle"}, author=7, datePublished="0001-01-01", headline=[]),
            (TITLE, "", "", None, "en"),
        ),
    ],
)
def test_metadata_is_what_the_page_says(head: str, fields: tuple[object, ...]) -> None:
    """JSON-LD goes before OpenGraph and meta; what is broken or missing stays empty."""
    article = opened(head=head)

    assert fields == (article.title, article.byline, article.publisher, article.published, article.language)


def test_the_language_is_doubted_where_a_template_said_english() -> None:
    """A German text on a page that calls itself English has no known language; one that says so has it."""
    german = [
        "Die Ministerin sagte am Freitag, dass die Gespräche bis zum Ende des Jahres weitergehen würden und dass "
        "niemand den Tisch verlassen habe, seit sich beide Seiten am Montag getroffen hatten."
    ] * 2

    assert opened(paragraphs=german).language == ""
    assert opened(paragraphs=german, lang="de-DE").language == "de"


@pytest.mark.parametrize(
    "data",
    [
        page(paragraphs=LONG).encode("utf-16"),
        page(paragraphs=LONG).encode("utf-8-sig"),
        page(paragraphs=LONG).replace('charset="utf-8"', 'charset="windows-1252"').encode("cp1252"),
        page(paragraphs=LONG).replace('<meta charset="utf-8">', "").encode("cp1252"),
        ('<?xml version="1.0" encoding="utf-8"?>' + page(paragraphs=LONG)).encode(),
        page(paragraphs=LONG).replace('charset="utf-8"', 'charset="punycode"').encode(),
    ],
)
def test_a_page_is_read_in_its_encoding(data: bytes) -> None:
    """By its byte order mark, as UTF-8, as declared, else as Windows-1252."""
    assert load(data, name="a.html").text.split("\n\n") == LONG


def test_a_declared_encoding_of_another_script_holds() -> None:
    """Cyrillic letters in their old encoding are read as the page declares."""
    russian = "Министр сказала в пятницу, что переговоры продолжатся до конца года и что никто не ушёл. " * 3
    data = page(paragraphs=[russian] * 2, lang="ru").replace("utf-8", "windows-1251").encode("cp1251")

    article = load(data, name="a.html")

    assert russian.strip() in article.text
    assert article.language == "ru"


def test_a_short_page_gives_what_it_carries_for_machines() -> None:
    """Where scripts fill the page but JSON-LD has the text, that is read."""
    head = ld(**{"@type": "NewsArticle"}, articleBody="\n\n".join(PARAGRAPHS))

    assert opened(head=head, body="<div id=root></div>").text.split("\n\n") == list(PARAGRAPHS)


def test_a_short_report_is_a_report() -> None:
    """A page of two sentences opens."""
    assert opened(paragraphs=["The talks go on.", "Nobody left."]).text.split("\n\n") == [
        "The talks go on.",
        "Nobody left.",
    ]


def test_elements_within_elements_do_not_end_it() -> None:
    """A hundred elements around an article are nothing; ten thousand end in text or in a sentence."""

    def deep(levels: int) -> str:
        return "<div>" * levels + "".join(f"<p>{p}</p>" for p in LONG) + "</div>" * levels

    assert opened(body=deep(100)).text.split("\n\n") == LONG
    with contextlib.suppress(FileError):
        assert opened(body=deep(10_000)).text


def test_metadata_that_stumbles_costs_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a library fails over a page's metadata, the page still opens with what it says itself."""

    def fail(*_: Any, **__: Any) -> None:
        raise AssertionError

    metadata = importlib.import_module("readout.load.metadata")
    monkeypatch.setattr(metadata, "extract_metadata", fail)
    monkeypatch.setattr(metadata.htmldate, "find_date", fail)

    article = opened(paragraphs=LONG, head='<meta property="og:title" content="A title">')

    assert (article.title, article.published) == ("A title", None)
    assert article.text.split("\n\n") == LONG
