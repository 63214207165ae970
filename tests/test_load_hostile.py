"""Hostile files: whatever the bytes, an article or a sentence comes of them, and soon."""

from __future__ import annotations

import contextlib
import json
import random
import time

import pytest
from hostile import batch, hostile, mutated
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loading import docx, epub, mail, page, pdf, samples

from readout import load
from readout.errors import ArticleError

GOOD = samples()


def test_mutated_files_open_or_are_refused() -> None:
    """Three hundred mutations: nothing else comes of them, and none takes its five seconds."""
    assert {what for _, what, _ in batch(range(300))} <= {"opened", "refused", "damaged"}
    assert hostile(7) == hostile(7)


@settings(max_examples=100, deadline=5000, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(GOOD)), seed=st.integers(0, 2**32))
def test_a_mutated_file_never_raises_anything_else(name: str, seed: int) -> None:
    """As hypothesis finds them, the smallest one first."""
    with contextlib.suppress(ArticleError):
        load(mutated(GOOD[name], random.Random(seed)), name=name)


@settings(max_examples=100, deadline=5000)
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


@settings(max_examples=100, deadline=5000)
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
    ("name", "data"),
    [
        ("a.html", b"<div>" * 300_000),
        ("a.html", b"<p>a" * 100_000),
        ("a.html", b"<p>a" * 29_000),
        ("a.html", b"<table><tr><td>" * 20_000),
        ("a.html", b"<a href=x>" * 50_000 + b"word"),
        ("a.html", page(body="<p>word " + "<br>" * 29_000).encode()),
        ("a.html", page(head=f"<script type='application/ld+json'>{'[' * 100_000}</script>").encode()),
        ("a.html", page(title=" " * 200_000 + "| x").encode()),
        ("a.md", b"[" * 400_000),
        ("a.md", b"`" * 400_000),
        ("a.md", b"*a" * 200_000),
        ("a.md", b"# " + b" " * 400_000 + b"x"),
        ("a.md", b"_" * 400_000),
        ("a.txt", b"\n" * 400_000 + b"x"),
        ("a.txt", (b" " * 400 + b"\n") * 1000 + b"x"),
        ("a.eml", mail("\n" * 400_000 + "x")),
        ("a.eml", b"MIME-Version: 1.0\nSubject: x\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * 20_000),
        ("a.eml", b"MIME-Version: 1.0\nSubject: " + b"=?utf-8?q?a?= " * 5_000 + b"\n\nwords"),
        ("a.eml", b"MIME-Version: 1.0\nFrom: " + b"(" * 5_000 + b"\n\nwords"),
        ("a.docx", docx(body="<w:p>" * 5_000 + "</w:p>" * 5_000)),
        ("a.docx", docx(["word"] * 5_000)),
        ("a.epub", epub([["word " * 20]] * 400)),
        ("a.pdf", pdf([[]], trailer="/Prev 9 /XRefStm 9")),
        ("a.pdf", pdf([[]] * 300)),
    ],
    ids=range(24),
)
def test_what_makes_readers_slow_is_soon_over(name: str, data: bytes) -> None:
    """Depth, repetition and long runs of one character take seconds of the processor at the most."""
    began = time.process_time()

    with contextlib.suppress(ArticleError):
        load(data, name=name)

    assert time.process_time() - began < 10
