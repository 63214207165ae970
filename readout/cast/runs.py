"""Capitalised runs: where a name stands, and the title or role before it.

One pass over the tokens; a run is bounded, and so is the way back over the role before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from readout.cast.vocabulary import (
    COURTESIES,
    OFFICES,
    POSSESSIVE,
    adjectives,
    countries,
    demonyms,
    fold,
    given_names,
    group_types,
    is_role,
    mended,
    roles,
    singular,
    words_of,
)
from readout.records import Layout

_MARKED = r"(?:[\u0300-\u036f]|(?<=[ÃÂ\u0302\u0303])[\x80-\x9f\xa1-\xbf])"
"""Part of a letter: an accent that stands alone, or a byte of one that somebody decoded wrongly."""
_WORD = rf"\w+(?:{_MARKED}+\w*)*"
_AL = frozenset({"al", "an", "ar", "as", "el"})
_TOKEN = re.compile(
    r"\((?:D|R|I|DFL|[A-Z]{1,4}-[^()\s]{1,14}|[DR],? [A-Z][^()\n]{1,14})\)"
    r"|(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=\s+[^\W\d_])|" + _WORD + rf"(?:[-'’]{_WORD})*|\S"
)
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}")
_CONTRACTION = re.compile(r"(?:'(?:ve|ll|re|m|d)|n't)$")
_OPENERS = "\"“”‘'«:;—–-([!?"
_CLOSERS = "\"”’'"
_LONGEST_RUN = 12
_LONGEST_ROLE = 8
_SHOUTED = 3
_CROWDS = frozenset({"police", "authorities", "minority", "half", "part", "people"})
_LINKS = frozenset({"of", "for"})
_LINKED = frozenset({"secretary", "speaker"})
_BEFORE_A_TITLE = frozenset({"former", "retired", "late", "then", "acting", "outgoing", "incoming", "longtime"})


class Token(NamedTuple):
    """A word or a mark, with the number of its sentence."""

    text: str
    start: int
    end: int
    sentence: int
    opens: bool
    """Whether it opens its sentence or a quotation."""
    capital: bool
    """Whether it starts with a capital letter."""


@dataclass(slots=True, eq=False)
class Run:
    """A capitalised run: the words of a name, and the title and role before it."""

    first: int
    last: int
    words: list[str]
    role: list[str]
    outer: int
    kind: str
    """What a figure's kind may be, or known: words of a headline, which name nobody that the text does not."""

    @property
    def full(self) -> bool:
        """Whether it has more than one word."""
        return len(self.words) > 1


def tokenize(clean: str, layout: Layout) -> Iterator[Token]:
    """The words and marks of the body, in order; "(D-Mo.)" is one mark."""
    for number, sentence in enumerate(layout.sentences):
        opens = True
        for match in _TOKEN.finditer(clean, sentence.start, sentence.end):
            word = match[0]
            capital = word[0].isupper() or (word[2:3] == "-" and word[:2] in _AL and word[3:4].isupper())
            yield Token(word, match.start(), match.end(), number, opens, capital)
            opens = word in _OPENERS or (opens and not word[0].isalnum())


def find_runs(clean: str, tokens: tuple[Token, ...]) -> Iterator[Run]:
    """The names that stand in the text, in order."""
    ordinary = Counter(t.text.casefold() for t in tokens if not t.capital)
    headline = _title_case(tokens)
    surnames = _surnames(tokens)
    i = 0
    while i < len(tokens):
        if not _name_like(tokens[i], ordinary):
            i += 1
            continue
        last = _run_end(tokens, i, ordinary)
        titled = tokens[i].sentence in headline or _shouted(tokens, i, last)
        yield from _headline(tokens, i, last) if titled else _split(clean, tokens, i, last, surnames)
        i = last + 1


def _surnames(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Demonyms that follow a given name somewhere, and so may be surnames here ("Mark Cuban")."""
    return frozenset(
        fold(after.text)
        for before, after in pairwise(tokens)
        if before.capital and after.capital and fold(after.text) in demonyms() and fold(before.text) in given_names()
    )


def _title_case(tokens: tuple[Token, ...]) -> frozenset[int]:
    """Sentences set as headlines: all but the small words have a capital."""
    small = words_of("not_names") | words_of("prepositions")
    capitals: Counter[int] = Counter()
    lower: Counter[int] = Counter()
    ended: dict[int, bool] = {}
    for token in tokens:
        if len(token.text) > 2 and token.text[0].isalpha():
            lower[token.sentence] += not token.capital and fold(token.text) not in small
            capitals[token.sentence] += token.capital and len(token.text) > 3
        if token.text not in _CLOSERS:
            ended[token.sentence] = token.text in ".!?"
    return frozenset(s for s, n in capitals.items() if n > 3 + 2 * ended[s] and lower[s] <= n / 10)


def _shouted(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Whether a run is a headline in capitals inside a line of text, rather than a name."""
    words = [tokens[i].text for i in range(first, last + 1)]
    return len(words) >= _SHOUTED and all(word.isupper() and len(word) > 1 and "." not in word for word in words)


def _name_like(token: Token, ordinary: Counter[str]) -> bool:
    if not token.capital or len(token.text) == 1:
        return False
    word = _CONTRACTION.sub("", fold(token.text))
    if not word or (
        word in words_of("not_names") and not (token.text.isupper() and len(token.text) > 1 and not token.opens)
    ):
        return False
    if token.opens and word.endswith("s") and word not in roles() and singular(word) in roles():
        return False
    return not (token.opens and ordinary[word] and word not in given_names() and word not in roles())


def _run_end(tokens: tuple[Token, ...], first: int, ordinary: Counter[str]) -> int:
    last = i = first
    while i + 1 < len(tokens) and i - first < _LONGEST_RUN:
        if POSSESSIVE.search(tokens[last].text):
            break
        i += 1
        if _nickname(tokens, i, ordinary):
            i += 3
            last = i
            continue
        token = tokens[i]
        initials = bool(_INITIALS.fullmatch(tokens[last].text)) and fold(tokens[last].text) not in countries()
        if token.sentence != tokens[first].sentence and not initials:
            break
        if token.text == "." and tokens[last].end == token.start and is_role(tokens[last].text):
            continue
        if token.opens and not initials:
            break
        if _name_like(token, ordinary):
            last = i
        elif not (
            token.text in words_of("name_particles")
            or (token.text in _LINKS and fold(tokens[last].text) in words_of("group_nouns") | _LINKED)
            or (token.text in ("the", "a") and tokens[i - 1].text in _LINKS)
            or (token.text == "&")
        ):
            break
    return last


def _nickname(tokens: tuple[Token, ...], at: int, ordinary: Counter[str]) -> bool:
    """Whether a nickname in quotation marks and the rest of the name stand here (Dwight "Ike" Eisenhower)."""
    if at + 3 >= len(tokens) or tokens[at].text not in '"“' or tokens[at + 2].text not in '"”':
        return False
    name, rest = tokens[at + 1], tokens[at + 3]
    given = fold(tokens[at - 1].text) in given_names()
    return given and name.capital and rest.sentence == tokens[at].sentence and _name_like(rest, ordinary)


def _split(clean: str, tokens: tuple[Token, ...], first: int, last: int, surnames: frozenset[str]) -> Iterator[Run]:
    """The name inside a capitalised run, its titles told apart from it."""
    at = [i for i in range(first, last + 1) if tokens[i].text not in '."“”']
    words = [fold(tokens[i].text) for i in at]
    groups = words_of("group_nouns")
    for k in range(1, len(words) - 2):
        if words[k] in groups and words[k + 1] in given_names() and words[k + 2] not in groups:
            yield from _split(clean, tokens, first, at[k], surnames)
            yield from _split(clean, tokens, at[k + 1], last, surnames)
            return
    cut = _title_end(words)
    named = words[cut:]
    titles_only = named[-1] in roles() and (len(words) == 1 or len(named) == 1 or words[-2] not in given_names())
    people = all(not adjectives().isdisjoint({w, singular(w)}) and w not in surnames for w in named)
    kind_of_group = len(words) == 1 and tokens[first].opens and words[0] in group_types()
    if titles_only or named[0] in _LINKS or named[0] in _CROWDS or people or kind_of_group:
        return
    courtesy = bool(cut) and words[cut - 1] in COURTESIES
    role, outer = ([], tokens[at[0]].start) if courtesy else _role_before(tokens, at[0], bare=bool(cut))
    if cut:
        role.append(clean[tokens[at[0]].start : tokens[at[cut] - 1].end])
    else:
        outer = outer if role else tokens[at[0]].start
    name = [mended(POSSESSIVE.sub("", tokens[i].text)) for i in at[cut:]]
    yield Run(at[cut], last, name, role, outer, _kind(named, role))


def _title_end(words: list[str]) -> int:
    """How many of a run's words are titles, demonyms and parties before the name."""
    groups = words_of("group_nouns")
    cut = 0
    for k in range(len(words) - 1):
        surname = k == len(words) - 2 and k > 0 and words[k - 1] in given_names()
        if is_role(words[k]) and not surname and groups.isdisjoint(words[k + 1 :]):
            cut = k + 1
    if words[cut : cut + 1] == ["of"] and cut + 2 < len(words) and words[cut + 1] in OFFICES:
        cut += 2
    if not cut and len(words) > 2 and words[0] in OFFICES and words[1] in given_names():
        cut = 1
    while cut < len(words) - 2 and words[cut] in adjectives() and groups.isdisjoint(words[1:]):
        cut += 1
    return cut


def _headline(tokens: tuple[Token, ...], first: int, last: int) -> Iterator[Run]:
    """Names that may stand in a run of a headline: a given name with the word after it, or any word alone."""
    at = [i for i in range(first, last + 1) if tokens[i].text != "."]
    k = 0
    while k < len(at):
        paired = k + 1 < len(at) and fold(tokens[at[k]].text) in given_names() and not is_role(tokens[at[k + 1]].text)
        pair = at[k : k + 1 + paired]
        words = [mended(POSSESSIVE.sub("", tokens[i].text)) for i in pair]
        yield Run(pair[0], pair[-1], words, [], tokens[pair[0]].start, "known")
        k += len(pair)


def _kind(words: list[str], role: list[str]) -> str:
    groups = words_of("group_nouns")
    words = [part for word in words for part in word.split("-")]
    if role:
        return "person"
    if words[0] in words_of("place_heads") and words[-1] not in groups:
        return "place"
    if not groups.isdisjoint(words) and (words[0] not in given_names() or len(words) > 3 or len(words) == 1):
        return "group"
    if " ".join(words) in countries() or words[-1] in words_of("places"):
        return "place"
    return "person" if len(words) > 1 and words[0] in given_names() else "maybe"


def _role_before(tokens: tuple[Token, ...], first: int, *, bare: bool) -> tuple[list[str], int]:
    """The role right before a name ("White House press secretary" Josh Earnest), and where it starts.

    With `bare` the name has a title, and only words that qualify it are taken ("retired U.S. Air Force" Gen.).
    """
    found: list[str] = []
    outer = tokens[first].start
    for i in range(first - 1, max(first - 1 - _LONGEST_ROLE, -1), -1):
        token = tokens[i]
        word = fold(token.text)
        if token.sentence != tokens[first].sentence:
            break
        if token.text == "." and i and is_role(tokens[i - 1].text) and tokens[i - 1].end == token.start:
            continue
        head = word in roles() and (token.text[0].islower() or bool(found))
        capital = token.capital and word not in words_of("not_names")
        lower = word in (words_of("role_modifiers") if found else _BEFORE_A_TITLE)
        qualifies = bool(found or bare) and (capital or lower or word in adjectives())
        if not (head or qualifies) or (token.text.endswith("s") and not found and word != "boss"):
            break
        found.insert(0, token.text)
        outer = token.start
    return found, outer
