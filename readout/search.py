"""Search over quotes, the same here and in the browser, so that a file holds what the page shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from readout.quoted import said, wording
from readout.records import Article, Quote

_TERM = re.compile(r'"([^"]+)"|(\S+)')
_ALIKE = str.maketrans("‘’‚‛“”„‟«»–—", '\'\'\'\'""""""--')


def terms(query: str) -> list[str]:
    """The folded terms of a query: words, and "phrases in double marks"."""
    return [phrase or word for phrase, word in _TERM.findall(" ".join(fold(query).split()))]


def found(query: str, *fields: str) -> bool:
    """Whether every term of the query stands in one of the fields; so does no term at all."""
    folded = [fold(field) for field in fields]
    return all(any(term in field for field in folded) for term in terms(query))


def fold(text: str) -> str:
    """Text for comparison: no case, no accents, straight quotation marks."""
    bare = (c.lower() for c in unicodedata.normalize("NFD", text) if not unicodedata.category(c).startswith("M"))
    return "".join(bare).translate(_ALIKE)


def matching(article: Article, quotes: Sequence[Quote], query: str) -> list[Quote]:
    """The quotes in whose words, speaker or source every term of the query stands, in the order given."""
    if not terms(query):
        return list(quotes)
    return [
        quote
        for quote in quotes
        if found(
            query,
            said(article.text, quote),
            quote.speaker,
            " … ".join(wording(article.text, span) for span in quote.source),
        )
    ]
