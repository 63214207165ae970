"""Articles, libraries and random texts for the tests of the library."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from readout.records import Article, Link

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def article(number: int, **facts: object) -> Article:
    """An article with two quotes, its number in its words."""
    text = (
        f'"The bridge number {number} is safe," Ada Lovelace, the engineer, said on Monday.\n\n'
        f"She added that it would open next week. Mayor Björn Ångström was glad about café number {number}."
    )
    known: dict[str, object] = {
        "title": f"Bridge {number} reopens",
        "publisher": "The Gazette",
        "published": date(2020, 1, 1) + timedelta(days=number),
        "url": f"https://example.org/bridge/{number}",
        "language": "en",
    }
    return Article(text, **(known | facts))  # type: ignore[arg-type]


ANY_TEXT = st.text(max_size=200)
"""Any characters at all, but for halves of characters."""
_SENTENCES = st.sampled_from(
    [
        '"We are ready," Ada Lovelace said.',
        "“It isn’t over,” said Alan Turing on 3 March 2020.",
        "She added that last week was better.",
        "\n\n",
        "🌉 Traffic <b>stopped</b>.\r\n",
        "\0\x1b",
        "\ud800",
    ]
)
TEXTS = st.lists(_SENTENCES | ANY_TEXT, min_size=1, max_size=8).map(" ".join).filter(lambda text: text.strip())
ARTICLES = st.builds(
    Article,
    TEXTS,
    name=st.text(string.ascii_lowercase, max_size=5),
    title=ANY_TEXT,
    byline=ANY_TEXT,
    publisher=st.sampled_from(["", "The Gazette", "Der Bote"]),
    published=st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    language=st.sampled_from(["", "en"]),
    links=st.lists(st.builds(Link, ANY_TEXT, st.just("https://example.org/x")), max_size=2).map(tuple),
    licence=ANY_TEXT,
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(ANY_TEXT, JSON, max_size=3)
