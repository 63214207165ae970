"""Words as the search sees them: levelled text, queries for FTS5, and the snippets that show what was found.

Levelled text has no case, no accents and no markup, and is as long as the text it was made from, so that a place found
in one is the same place in the other.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from readout.layout import plain
from readout.library.records import Snippet
from readout.records import Span

BETWEEN = " \n "
"""Stands between two quotes, or two names, in what is searched; neither of them has a line break of its own."""

SHORTEST, LONGEST = 4, 40
"""Letters of a word that others can be near to: shorter ones are near to too many, longer ones are none."""
_WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(r'"([^"]*)("?)|([^\s"]+)')
_ACCENT = "[\u0300-\u036f]*"
_ENDS = r"(?![^\W_])"
"""The end of a word, as a pattern."""
_LONGEST_QUERY = 400
"""More characters than a person types; longer ones cost time and find nothing."""
_WIDTH = 220
"""Characters of a snippet: three lines of a card."""
_LEAD = 60
"""Characters of a snippet that come before its first match."""
_MANY = 60
"""So many matches are looked at when a snippet is chosen."""
_TAG = 440
"""Room for a tag that the edge of a snippet may cut."""
_IDENTITY = re.compile("[0-9a-f]{16}")
_SPACES = re.compile(r"\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|mc_[ce]id|cmpid|ref|smid", re.IGNORECASE)


class _Levels(dict[int, str]):
    """The levelled character for each code point, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.category(character) in ("Cc", "Cs"):
            level = character if character.isspace() else " "
        else:
            first, *rest = list(unicodedata.normalize("NFD", character))
            # A Korean syllable falls apart too, into letters; only what loses mere accents is levelled.
            level = (first if all(unicodedata.combining(mark) for mark in rest) else character).lower()[0]
        self[code] = level
        return level


_LEVELS = _Levels()


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase of a query, levelled; one that is only begun finds every word that begins so."""

    words: tuple[str, ...]
    begun: bool
    quoted: bool = False
    """Whether it stands in double marks."""
    near: tuple[str, ...] = ()
    """Words that are nearly it and found like it."""


def whole(text: str) -> str:
    """The text without halves of characters (lone surrogates), which no file can hold; each becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def level(text: str) -> str:
    """The text without case, accents, markup and control characters, each place where it was."""
    return plain(text).translate(_LEVELS)


def identity(text: str) -> str:
    """What an article is known by: a digest of its words, whatever their case, accents, marks and spaces."""
    known_by = " ".join(_WORD.findall(level(unicodedata.normalize("NFKC", text)))) or text.strip()
    return sha256(known_by.encode("utf-8", "replace")).hexdigest()[:16]


def is_identity(given: object) -> bool:
    """Whether something may be an article's id: other words could lead anywhere in an address or a file's name."""
    return isinstance(given, str) and _IDENTITY.fullmatch(given) is not None


def address(url: str) -> str:
    """A URL as far as it says which article is meant; empty where it names a site and no article."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    asked = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])))
    path = parts.path.rstrip("/")
    if parts.scheme not in ("http", "https") or not parts.netloc or not (path or asked):
        return ""
    return f"{parts.netloc.lower().removeprefix('www.')}{path}?{asked}".rstrip("?")


def vocabulary(*levelled: str) -> set[str]:
    """The words of levelled texts that others can be near to."""
    words = {word for text in levelled for word in _WORD.findall(text)}
    return {word for word in words if SHORTEST <= len(word) <= LONGEST and word.isalpha()}


def terms(query: str) -> list[Term]:
    """The terms of a query; one without a letter or a digit is none."""
    typed = unicodedata.normalize("NFC", whole(query[:_LONGEST_QUERY]))
    found = []
    for match in _TERM.finditer(typed):
        words = tuple(_WORD.findall(level(match[1] or match[3] or "")))
        begun = match.end() == len(typed) and not match[2]
        if words:
            found.append(Term(words, begun, quoted=match[1] is not None))
    return found


def expression(wanted: Sequence[Term], column: str = "") -> str:
    """The terms as FTS5 asks for them. All of the reader's words stand in quotation marks: none is an operator."""
    asked = " AND ".join(map(_alternatives, wanted))
    return f"{{{column}}} : ({asked})" if column else asked


def _alternatives(term: Term) -> str:
    itself = f'"{" ".join(term.words)}"{"*" if term.begun else ""}'
    near = [f'"{word}"' for word in term.near]
    return f"({' OR '.join((itself, *near))})" if near else itself


def marks(levelled: str, wanted: Sequence[Term]) -> list[tuple[int, int, int]]:
    """Where the terms stand in levelled text, the first few dozen in order: start, end, and which term it is."""
    if not wanted:
        return []
    matches = islice(_pattern(tuple(wanted)).finditer(levelled), _MANY)
    return [(*match.span(), match.lastindex or 0) for match in matches]


def snippet(text: str, levelled: str, wanted: Sequence[Term], speaker: str = "") -> Snippet | None:
    """The stretch of a text with most of the terms in it, the first of equals; None where none stands in it."""
    found = marks(levelled, wanted)
    if not found:
        return None
    best = leading(found, wanted)
    first = found[best][0]
    start = _word_start(levelled, first - _LEAD, first)
    end = _word_end(levelled, start + _WIDTH, max(found[best][1], start + 1))
    inside = [(max(a, start), min(b, end)) for a, b, _ in found if a < end and b > start]
    # Markup is blanked in the stretch and around it, where a tag may be cut, and not in all of a long text.
    begins = max(start - _TAG, 0)
    around = plain(text[begins : end + _TAG])
    return _one_line(around, begins, (start, end), inside, (start > 0, end < len(text)), speaker)


def leading(found: Sequence[tuple[int, int, int]], wanted: Sequence[Term]) -> int:
    """Which of the matches that `marks` found has the most terms behind it, the first of equals; it leads a snippet."""
    return 0 if len(wanted) == 1 else max(range(len(found)), key=lambda at: (len(_within(found, at)), -at))


def opening(text: str) -> str:
    """The first words of a text, on one line."""
    words = " ".join(plain(text[: 4 * _WIDTH]).split())
    return words if len(words) <= _WIDTH else words[: _word_end(words, _WIDTH, 1)] + " …"


@functools.lru_cache(64)
def _pattern(wanted: tuple[Term, ...]) -> re.Pattern[str]:
    forms = []
    for term in wanted:
        itself = r"[\W_]+".join(map(_spelt, term.words)) + (r"[^\W_]*" if term.begun else _ENDS)
        near = [_spelt(word) + _ENDS for word in term.near]
        forms.append(f"({'|'.join((itself, *near))})")
    return re.compile(r"(?<![^\W_])(?:" + "|".join(forms) + ")")


def _spelt(word: str) -> str:
    """A word as a pattern, whatever accents stand apart from their letters."""
    return _ACCENT.join(map(re.escape, word)) + _ACCENT


def _within(found: Sequence[tuple[int, int, int]], at: int) -> set[int]:
    """Which terms a snippet shows that is led by this match."""
    limit = found[at][0] + _WIDTH - _LEAD
    return {term for start, end, term in found[at : at + 40] if end <= limit and start >= found[at][0]}


def _word_start(text: str, start: int, before: int) -> int:
    """The first start of a word at or after a place, and before another."""
    if start <= 0:
        return 0
    gap = text.find(" ", start, before)
    return gap + 1 if gap >= 0 else start


def _word_end(text: str, end: int, after: int) -> int:
    """The last end of a word at or before a place, and after another."""
    if end >= len(text):
        return len(text)
    gap = text.rfind(" ", after, end + 1)
    return gap if gap > after else end


def _one_line(
    around: str, offset: int, span: Span, inside: Sequence[Span], cut: tuple[bool, bool], speaker: str
) -> Snippet:
    """A stretch with one space between words, dots where it was cut, and its marks moved along.

    No mark begins or ends with a space, so what stands between them can be spaced piece by piece.
    """
    line, at = "… " if cut[0] else "", span[0]
    moved = []
    for start, end in inside:
        line += _SPACES.sub(" ", around[at - offset : start - offset])
        word = _SPACES.sub(" ", around[start - offset : end - offset])
        moved.append((len(line), len(line) + len(word)))
        line, at = line + word, end
    line += _SPACES.sub(" ", around[at - offset : span[1] - offset])
    return Snippet(line.rstrip() + (" …" if cut[1] else ""), tuple(moved), speaker)
