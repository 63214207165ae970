"""Characters: what a text from a file may hold."""

from __future__ import annotations

import re

_UNFIT = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
"""Control characters, halves of characters, byte order marks: nobody sees them, and JSON, XML and UTF-8 refuse some."""
_NO_AUTHOR = re.compile(
    r"(?:\w*\d\w*|[a-z][a-z._-]*|(?i:.*\b(?:user|admin\w*|owner|unknown|anonymous|office|acrobat|latex|indesign|word)\b.*))$"
)
_LONGEST = 400
"""Characters of the longest name of an author, or of several."""
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}


def tidy(text: str) -> str:
    """The text with one kind of line break and without characters that no reader sees."""
    text = re.sub(r"\r\n?|[\x0c\x85\u2028\u2029]", "\n", text)
    return _UNFIT.sub("", text)


def unligatured(text: str) -> str:
    """The text with the letters in place of the joined shapes that typesetting put there ("ﬁ")."""
    return text.translate(_LIGATURES)


def bare(text: str) -> str:
    """The words alone, in small letters: for telling whether two lines say the same."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def author(noted: str) -> str:
    """Who wrote it, as a document's properties note it: nothing where a program put its own name or a login there."""
    name = noted.strip()[:_LONGEST].strip()
    return "" if _NO_AUTHOR.match(name) else name
