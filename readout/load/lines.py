"""Lines that were broken at a width, joined again: of wrapped text, of mails and of PDFs."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from importlib import resources

_WIDEST = 100
"""Characters of the longest line of text wrapped at a width, as mail programs and editors wrap."""
_NARROWEST = 40
_FULL = 0.75
"""The share of the width from which on a line may have been broken rather than ended."""
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_REACH = 200
"""Characters at the end of a line that say how the next one is joined to it: more than the longest word."""
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad\x02\ufffe]$")
_WITHOUT_SPACES = re.compile("[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def unwrapped(text: str) -> str:
    """The paragraphs of a text, parted by blank lines, each on one line where it had been wrapped at a width."""
    blocks = [block for block in re.split(r"\n[ \t]*\n\s*", text.strip("\n")) if block.strip()]
    lines = [line.rstrip() for block in blocks for line in block.split("\n")]
    width = max(map(len, lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return "\n\n".join(line.strip() for line in lines if line.strip())
    known = words_of(text)
    return "\n\n".join(
        part for block in blocks for part in _paragraphs(block.split("\n"), width, known, len(blocks) > 1)
    )


def _paragraphs(lines: list[str], width: int, known: frozenset[str], parted: bool) -> list[str]:
    """The paragraphs of lines that follow one another without a blank line."""
    found: list[list[str]] = []
    before, above = "", True
    for line in lines:
        bare = line.strip()
        if not bare:
            continue
        short = len(before) < _FULL * width
        # Above the first line that is full stand a title and a byline, which end without a full stop.
        above = above and short
        ended = short if parted or above else short and _ENDS.search(before) is not None
        if not found or ended:
            found.append([bare])
        else:
            found[-1].append(bare)
        before = line.rstrip()
    return [joined(group, known) for group in found]


def words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters, those with hyphens in them whole too: what `join` may make of a hyphen."""
    return frozenset(word.lower() for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text))


def joined(lines: Iterable[str], known: frozenset[str]) -> str:
    """Lines as one, each joined to those before it as `join` does it."""
    done: list[str] = []
    last = ""
    for number, line in enumerate(lines):
        last = join(last, line, known) if number else line
        # What `join` looks at is the end of what stands before: to carry all of it on would take the square of it.
        if len(last) > 2 * _REACH:
            done.append(last[:-_REACH])
            last = last[-_REACH:]
    return "".join(done) + last


def join(before: str, after: str, known: frozenset[str]) -> str:
    """Two lines as one: a word broken at a hyphen is mended, anything else gets a space.

    A hyphen stays where the word is written with one elsewhere in the text, where its halves are words and the whole
    is none, or where what follows is no small letter ("US-Russian"). A quotation mark never sticks to the word
    before it.
    """
    hyphen, following = _HYPHEN.search(before), _FIRST_WORD.match(after)
    if hyphen and following:
        stem = before[: hyphen.start()]
        return f"{stem}-{after}" if _keeps_hyphen(stem, following[0], known) else stem + after
    if before.endswith(("—", "-", "/")) and not before.endswith((" —", " -", " /")):
        return before + after
    if _WITHOUT_SPACES.match(before[-1:]) and _WITHOUT_SPACES.match(after[:1]):
        return before + after
    return f"{before} {after}"


def _keeps_hyphen(stem: str, following: str, known: frozenset[str]) -> bool:
    last = _LAST_WORD.search(stem)
    first, second = (last[0].lower() if last else ""), following.lower()
    if following[0].isupper() or stem[: -len(first) or None].endswith("-"):
        return True
    if first + second in known or f"{first}-{second}" in known:
        return first + second not in known
    # "long-delayed" is two words and no longer one, "vege-tables" is none.
    return first + second not in _common_words() and {first, second} <= _common_words()


@functools.cache
def _common_words() -> frozenset[str]:
    """The words of English that TextBlob knows how to spell, but for scraps of two letters."""
    listed = resources.files("textblob").joinpath("en", "en-spelling.txt").read_text("utf-8")
    words = (line.partition(" ")[0].lower() for line in listed.splitlines())
    return frozenset(word for word in words if len(word) > 2 and word.isalpha())
