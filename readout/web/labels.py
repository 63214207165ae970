"""Words of an article on their way to a browser, where something would read markup in them or could not send them."""

from __future__ import annotations

import re
from html import escape


def plain_label(words: str) -> str:
    """Words as a widget's label shows them: without the characters that Streamlit would take for markup."""
    return re.sub(r"\s+", " ", re.sub(r"[*_`~$\[\]<>\\|#]|:(?=[\w/-]+:)", " ", words)).strip()


def literal(words: str) -> str:
    """Words as they stand, for an element that reads Markdown."""
    return re.sub(r"([\\`*_\[\]<>#!|$~:&])", r"\\\1", sendable(words))


def sendable(words: str) -> str:
    """Words with lone surrogates replaced, which can't be sent to a browser."""
    return words.encode("utf-8", "replace").decode("utf-8")


def safe(words: str) -> str:
    """Words as they stand, for HTML."""
    return escape(sendable(words))
