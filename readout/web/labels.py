"""Words of an article where Streamlit would read markup in them."""

from __future__ import annotations

import re


def plain_label(words: str) -> str:
    """Words as a widget's label shows them: without the characters that Streamlit would take for markup."""
    return re.sub(r"\s+", " ", re.sub(r"[*_`~$\[\]<>\\|#]|:(?=[\w/-]+:)", " ", words)).strip()


def literal(words: str) -> str:
    """Words as they stand, for an element that reads Markdown."""
    return re.sub(r"([\\`*_\[\]<>#!|$~:&])", r"\\\1", words.encode("utf-8", "replace").decode("utf-8"))
