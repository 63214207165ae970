"""Whatever lies on the shelf, every page opens and says plainly what is there and what is not."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from readout.library.store import read_article

from .visiting import META, PAGES, Shelf, component, markup, scene, told, visit

NEWS = """\
"The bridge is good," Ada Lovelace said on 3 May 2016.

Alan Turing said that the bridge was built in 2014.
"""
NO_DAY = "no day of publication"
NOTHING = "names no day and no event"
NO_WORDS = "None of its words is in the lexicon"
NOBODY = "Nobody is quoted in this article"
HOSTILE = [
    "<script>alert(1)</script>" * 20,
    '"' * 200,
    '"<script>alert(1)</script>" said <script>.\n\n<script>"',
    '"<img src=x onerror=alert(1)>," </style><script>alert(1)</script> Ada Lovelace said on Monday. "</p>"',
    "“<script>”" * 30 + '\n\n"</script><svg onload=alert(1)>," said Bad O\'Actor "onmouseover="alert(1)" in 2014.',
]


@dataclass(frozen=True)
class Bad:
    """An input, and the sentences that each page must have for it; the rest of the page may be empty."""

    name: str
    text: str
    meta: str | None = META
    says: dict[str, tuple[str, ...]] = field(default_factory=dict)
    quotes: int | None = None
    """How many quotes are in it, where that is certain."""


INPUTS = (
    Bad("no metadata", NEWS, None, {"article": ("There is no bridge.toml",), "timeline": (NO_DAY,)}, 2),
    Bad(
        "broken metadata",
        NEWS,
        'title = "The br\npublished',
        {"article": ("bridge.toml can't be read", "mend the file and reload"), "timeline": (NO_DAY,)},
        2,
    ),
    Bad(
        "metadata of wrong types",
        NEWS,
        'title = 7\npublisher = ["x"]\npublished = "May"\nlinks = "x"\nurl = "javascript:alert(1)"\n',
        {
            "article": (
                "“title” should be words",
                "“publisher” should be words",
                "“published” should be a day",
                "links",
            ),
            "timeline": (NO_DAY,),
        },
        2,
    ),
    Bad("no title", NEWS, 'publisher = "The Paper"\npublished = 2016-05-04\n', {"article": ("no “title”",)}, 2),
    Bad("no publisher", NEWS, 'title = "The bridge"\npublished = 2016-05-04\n', {"article": ("no “publisher”",)}, 2),
    Bad(
        "no date",
        NEWS,
        'title = "The bridge"\npublisher = "The Paper"\n',
        {"article": ("no “published”",), "timeline": (NO_DAY, "About this article")},
        2,
    ),
    Bad(
        "empty",
        "",
        META,
        {"timeline": ("has no text",), "tone": ("has no body",), **dict.fromkeys(("article", "quotes"), (NOBODY,))},
        0,
    ),
    Bad("blank", " \n\t\n\n ", META, {"timeline": ("has no text",), "tone": ("has no body",)}, 0),
    Bad("one line", "Rain fell.", META, {"article": (NOBODY,), "timeline": (NOTHING,), "tone": (NO_WORDS,)}, 0),
    Bad(
        "no quote",
        "The bridge was built in 2014 and it is good.\n\nPeople walked home.\n",
        META,
        {"article": (NOBODY,), "timeline": ("one time or event",), "tone": ("Of 2 paragraphs",), "quotes": (NOBODY,)},
        0,
    ),
    Bad(
        "Chinese", "这座桥很安全。\n\n桥建好了。昨天下雨了。\n", META, {"timeline": (NOTHING,), "tone": (NO_WORDS,)}, 0
    ),
    *(Bad(f"hostile {number}", text) for number, text in enumerate(HOSTILE)),
    Bad("hostile metadata", NEWS, f"title = '{HOSTILE[3].split(',')[0]}'\npublisher = '<script>alert(1)</script>'\n"),
    Bad("odd characters", '"\u202eIt\u0000 is\ufffe," Ada \u0301Lovelace said.\x0b\x0c\u2028"\n'.replace("\0", "\1")),
)


def assert_escaped(at: AppTest) -> None:
    """Nothing that a browser would take for a script is in what is sent as HTML or Markdown."""
    for body in markup(at):
        assert not re.search(r"<\s*(script|img|svg|iframe)|<[^>]*\son\w+\s*=", body, re.IGNORECASE), body


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("bad", INPUTS, ids=attrgetter("name"))
def test_every_page_opens_and_says_what_is_there(shelf: Shelf, bad: Bad, page: str) -> None:
    """No error, the sentences that the input calls for, and nothing unescaped."""
    shelf.put(bad.text, bad.meta)
    at = visit(page)
    for sentence in bad.says.get(page, ()):
        assert sentence in told(at)
    assert_escaped(at)
    assert told(at).strip() or page == "article"
    if bad.quotes is not None and page in ("article", "quotes"):
        data = component(at, "quotes")["quotes"] if page == "quotes" else scene(at)["quotes"]
        assert len(data) == bad.quotes


@pytest.mark.parametrize("page", PAGES)
def test_a_metadata_file_of_bytes_is_said_to_be_broken(shelf: Shelf, page: str) -> None:
    """Metadata that is not UTF-8 costs no text."""
    shelf.put(NEWS)
    (shelf.folder / "bridge.toml").write_bytes(b'title = "\xff\xfe"')
    at = visit(page)
    if page == "article":
        assert "bridge.toml can't be read" in told(at)
        assert scene(at)["paragraphs"]


def test_the_first_words_stand_in_for_a_title_and_stay_in_the_text(shelf: Shelf) -> None:
    """An article without a title loses none of its text: what heads the page is in the body too."""
    shelf.put(NEWS, 'publisher = "The Paper"\npublished = 2016-05-04\n')
    drawn = scene(visit("article"))
    assert drawn["head"]["title"].startswith('"The bridge is good,"')
    assert [paragraph["text"] for paragraph in drawn["paragraphs"]] == NEWS.strip().split("\n\n")


def test_a_link_that_is_no_web_address_is_left_out(shelf: Shelf) -> None:
    """No address of the metadata but http and https reaches the page."""
    links = '[[links]]\nlabel = "x"\nurl = "javascript:alert(1)"\n'
    shelf.put(NEWS, f'{META}url = "javascript:alert(1)"\n{links}')
    at = visit("article")
    assert "javascript:" not in json.dumps(scene(at))
    assert "http" in told(at)


@pytest.fixture(scope="module")
def long() -> str:
    """An article of 20,000 words; `tests/reading_speed.py` reads 100,000."""
    sentence = "The town waited for years and the rain fell on the good old road again until the day after. "
    paragraphs = [
        f'"It is bridge number {n} and it was built in {1900 + n % 120}," Ada Lovelace said on Monday. ' + sentence * 10
        for n in range(100)
    ]
    text = "\n\n".join(paragraphs)
    assert len(text.split()) >= 20_000
    return text


def test_twenty_thousand_words(shelf: Shelf, long: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page opens on a very long article, which is read once for all of them."""
    readings = []

    def once(*given: Any, **named: Any) -> Any:
        readings.append(given)
        return read_article(*given, **named)

    monkeypatch.setattr("readout.web.collection.read_article", once)
    shelf.put(long)
    assert len(scene(visit("article"))["paragraphs"]) == 100
    assert "times and events" in told(visit("timeline"))
    assert "Of 100 paragraphs" in told(visit("tone"))
    assert len(component(visit("quotes"), "quotes")["quotes"]) >= 100
    assert len(readings) == 1


def test_no_sentence_shows_a_path_of_the_code(shelf: Shelf) -> None:
    """Notices name the reader's files, not the program's."""
    shelf.put(NEWS, "title = ")
    for page in PAGES:
        assert not re.search(r"\.py\b|Traceback|line \d+, in", told(visit(page)))
