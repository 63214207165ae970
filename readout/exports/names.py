"""Names for files that tell which article and which view they hold."""

from __future__ import annotations

import re
import unicodedata

from readout.records import Article

_LONGEST = 120


def file_stem(article: Article, page: str, *filters: str) -> str:
    """A file's name without its ending ("summit-quotes-ada-lovelace-direct"): plain letters, digits and hyphens."""
    parts = [_slug(part) for part in (article.name or article.title or "article", page, *filters)]
    return "-".join(part for part in parts if part)[:_LONGEST].strip("-")


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
