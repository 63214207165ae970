"""Hostile files: whatever the bytes, an article or a sentence comes of them, and soon."""

from __future__ import annotations

import contextlib
import json
import random
from collections.abc import Callable

import pytest
from growth import assert_in_proportion
from hostile import hostile, mutated, outcome
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loading import column, docx, epub, mail, page, pdf, samples

from readout import load
from readout.errors import ArticleError, FileError
from readout.load.kinds import kind_of

GOOD = samples()


def test_mutated_files_open_or_are_refused() -> None:
    """Three hundred mutations: nothing else comes of them."""
    assert {outcome(seed) for seed in range(300)} <= {"opened", "refused", "damaged"}
    assert hostile(7) == hostile(7)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(GOOD)), seed=st.integers(0, 2**32))
def test_a_mutated_file_never_raises_anything_else(name: str, seed: int) -> None:
    """As hypothesis finds them, the smallest one first."""
    with contextlib.suppress(ArticleError):
        load(mutated(GOOD[name], random.Random(seed)), name=name)


@settings(max_examples=100, deadline=None)
@given(
    data=st.binary(max_size=400), suffix=st.sampled_from(["txt", "md", "html", "pdf", "docx", "eml", "epub", "", "x"])
)
def test_any_bytes_open_or_are_refused(data: bytes, suffix: str) -> None:
    """What comes out is text that JSON and UTF-8 can hold."""
    with contextlib.suppress(ArticleError):
        article = load(data, name=f"a.{suffix}")
        json.dumps(article.text).encode()
        article.text.encode()
        article.title.encode()


@settings(max_examples=100, deadline=None)
@given(text=st.text(min_size=1, max_size=300))
def test_any_words_survive_every_room(text: str) -> None:
    """The same words in a text, a mail and an e-book are refused or read, and never raise anything else."""
    for name, data in (
        ("a.txt", text.encode()),
        ("a.md", text.encode("utf-16")),
        ("a.eml", mail(text)),
        ("a.html", page(paragraphs=[text], title=text).encode()),
    ):
        with contextlib.suppress(ArticleError):
            load(data, name=name)


@pytest.mark.parametrize(
    ("name", "made", "small"),
    [
        ("a.html", lambda n: b"<div>" * n, 10_000),
        ("a.html", lambda n: b"<p>a" * n, 450),
        ("a.html", lambda n: b"<table><tr><td>" * n, 1_000),
        ("a.html", lambda n: b"<a href=x>" * n + b"word", 3_000),
        ("a.html", lambda n: page(body="<p>word " + "<br>" * n).encode(), 450),
        ("a.html", lambda n: page(head=f"<script type='application/ld+json'>{'[' * n}</script>").encode(), 6_000),
        ("a.html", lambda n: page(title=" " * n + "| x").encode(), 12_000),
        ("a.md", lambda n: b"[" * n, 25_000),
        ("a.md", lambda n: b"`" * n, 25_000),
        ("a.md", lambda n: b"*a" * n, 12_000),
        ("a.md", lambda n: b"# " + b" " * n + b"x", 25_000),
        ("a.md", lambda n: b"_" * n, 25_000),
        ("a.txt", lambda n: b"\n" * n + b"x", 25_000),
        ("a.txt", lambda n: (b" " * 400 + b"\n") * n + b"x", 60),
        ("a.eml", lambda n: mail("\n" * n + "x"), 25_000),
        (
            "a.eml",
            lambda n: b"MIME-Version: 1.0\nSubject: x\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * n,
            1_250,
        ),
        ("a.eml", lambda n: b"MIME-Version: 1.0\nSubject: " + b"=?utf-8?q?a?= " * n + b"\n\nwords", 300),
        ("a.eml", lambda n: b"MIME-Version: 1.0\nFrom: " + b"(" * n + b"\n\nwords", 300),
        ("a.docx", lambda n: docx(body="<w:p>" * n + "</w:p>" * n), 300),
        ("a.docx", lambda n: docx(["word"] * n), 150),
        ("a.epub", lambda n: epub([["word " * 20]] * n), 25),
        ("a.pdf", lambda n: pdf([[]] * n), 20),
        *[
            ("a.html", lambda n, run=run: page(body=f"<p>{run * n}word word.</p>").encode(), 600)
            for run in ("<a href=x>w</a> ", "<span>w</span> ")
        ],
        ("a.html", lambda n: page(body="<h2>w</h2>" * n).encode(), 300),
        ("a.html", lambda n: page(body="<article>word</article>" * n).encode(), 300),
        ("a.html", lambda n: page(title=". " * n).encode(), 1_000),
        ("a.html", lambda n: page(head=f'<meta property="og:title" content="{"<!--" * n}">').encode(), 300),
        ("a.html", lambda n: page(head=f"<script type='application/ld+json'>{'<' * n}</script>").encode(), 2_000),
        ("a.html", lambda n: page(head=f'<meta property="og:url" content="http://{"a" * n}.com/">').encode(), 2_000),
        ("a.txt", lambda n: b"word word word word word word word word word word word wor\n" * n, 1_000),
        ("a.txt", lambda n: (b"w" * 50 + b"-\n") * n, 1_000),
        ("a.csv", lambda n: b"1" * n + b"x;1;1\n2;2;2\n3;3;3\n", 1_500),
        ("a.md", lambda n: b"![](a" * n, 2_000),
        ("a.md", lambda n: b"<http:" * n, 2_000),
        (
            "a.eml",
            lambda n: b"MIME-Version: 1.0\nContent-Type: text/plain" + b";" * n + b"\nSubject: x\n\nword",
            40_000,
        ),
        ("a.epub", lambda n: _with_spine(n), 1_500),
        ("a.docx", lambda n: docx(["word"], more={f"word/x{number}.xml": "<a/>" for number in range(n)}), 200),
        ("a.docx", lambda n: _by("1" * n + "!"), 2_000),
        ("a.pdf", lambda n: pdf([column(["word " * 15] * 60)] * n), 2),
    ],
    ids=range(40),
)
def test_what_makes_readers_slow_takes_work_in_proportion(name: str, made: Callable[[int], bytes], small: int) -> None:
    """Depth, repetition and long runs of one character cost as much more as there is more of them, not the square."""

    def work(size: int) -> Callable[[], object]:
        data = made(size)

        def opened() -> None:
            with contextlib.suppress(ArticleError):
                load(data, name=name)

        return opened

    assert_in_proportion(work, small)


@pytest.mark.parametrize(
    "what", ["<!-- x -->", "<!---->", "<!-- - -- x -->\n", "<?x?>", "<?xml version='1.0'>", "<!--"]
)
@pytest.mark.parametrize("after", ["word", "<rss><item>", "<p>", "<"])
def test_what_a_file_begins_with_is_passed_over_in_proportion(what: str, after: str) -> None:
    """Comments before what a file is: a pattern that could read them in two ways took twice as long for each more."""

    def work(size: int) -> Callable[[], object]:
        data = (what * (size * 9 // 8) + after).encode()

        def told() -> None:
            with contextlib.suppress(ArticleError):
                kind_of(data, "a.html")

        return told

    assert_in_proportion(work, 1)
    assert_in_proportion(work, 2_000)


def test_a_page_stands_behind_any_number_of_comments() -> None:
    """As the exports of a site and saved pages have them; an export is a feed, and said to be one."""
    comments = "<?xml version='1.0'?>\n" + "<!-- This is a file of many articles -- see the notes -->\n" * 40
    assert kind_of(f"{comments}<!DOCTYPE html><p>Words.".encode(), "a") == "page"
    assert kind_of(f"{'<!--' + 'x' * 30_000 + '-->'}<html>".encode(), "a.txt") == "page"
    with pytest.raises(FileError, match="is a feed"):
        kind_of(f"{comments}<rss version='2.0'><channel><item>".encode(), "a.xml")


def _within(depth: int) -> bytes:
    """Parts of a mail within parts."""
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(depth))


def _with_spine(length: int) -> bytes:
    """An e-book with so many chapters in its list, and one in it."""
    items = "".join(f"<item id='c{at}' href='c{at}.xhtml' media-type='text/html'/>" for at in range(length))
    spine = "".join(f"<itemref idref='c{at}'/>" for at in range(length))
    return epub(more={"OPS/book.opf": f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>"})


def _by(creator: str) -> bytes:
    """A Word document by somebody."""
    return docx(more={"docProps/core.xml": f"<core><creator>{creator}</creator></core>"})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<div>" * 300_000),
        ("a.html", b"<p>a" * 100_000),
        ("a.eml", b"MIME-Version: 1.0\nSubject: x\n" + _within(5_000) + b"words"),
        ("a.pdf", pdf([[]], trailer="/Prev 9 /XRefStm 9")),
    ],
    ids=range(4),
)
def test_what_is_too_much_for_readers_is_opened_or_refused(name: str, data: bytes) -> None:
    """More elements than a page may have, parts within parts of a mail, and a chain of tables that bites its tail."""
    with contextlib.suppress(ArticleError):
        assert load(data, name=name).text
