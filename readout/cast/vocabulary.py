"""What words tell about names: titles and roles, given names, peoples and places, kinds of groups."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from unicodedata import normalize

from readout.lists import lines

POSSESSIVE = re.compile(r"['’][sS]$")
ARTICLES = frozenset({"the", "a", "an"})
RELATIVES = frozenset({"who", "whom", "whose", "which", "that"})

COURTESIES = frozenset({"mr", "mrs", "ms", "miss", "sir", "mx", "madam"})
_MOSTLY = 0.4
_READ_WRONGLY = 2
OFFICES = frozenset(["state", "defense", "defence", "treasury", "labor", "commerce", "education", "energy", "interior"])


@cache
def words_of(name: str) -> frozenset[str]:
    """The entries of a word list, folded."""
    return frozenset(fold(entry) for entry in lines(name))


@cache
def given_names() -> dict[str, str]:
    """Gender (m, f or empty) by given name, folded."""
    return {fold(entry.split()[0]): [*entry.split(), ""][1] for entry in lines("given_names")}


@cache
def nicknames() -> dict[str, str]:
    """The given name that a short form mostly stands for, both folded."""
    return {fold(short): fold(name) for short, name in (entry.split() for entry in lines("nicknames"))}


@cache
def roles() -> dict[str, tuple[str, frozenset[str]]]:
    """Gender and broader words by role word."""
    found = {}
    for entry in lines("roles"):
        head, _, broader = entry.partition(":")
        word, *gender = head.split()
        found[word] = ("".join(gender), frozenset(broader.split()))
    return found


@cache
def saying() -> frozenset[str]:
    """Finite verb forms that mostly go with words said in quotation marks, folded."""
    found: set[str] = set()
    for entry in lines("cue_verbs"):
        forms, share, takes = (part.strip() for part in entry.split("|"))
        if "quote" in takes.split() and share != "-" and float(share) >= _MOSTLY:
            found.update(fold(form) for form in forms.split() if not form.endswith("ing"))
    return frozenset(found)


@cache
def demonyms() -> dict[str, str]:
    """Country by adjective, both folded."""
    return {fold(a): fold(b).replace("-", " ") for a, b in (entry.split() for entry in lines("demonyms"))}


@cache
def countries() -> frozenset[str]:
    """Names of countries and regions, folded."""
    return frozenset(demonyms().values()) | frozenset(
        fold(entry.split()[1]).replace("-", " ") for entry in lines("demonyms")
    )


@cache
def group_types() -> dict[str, frozenset[str]]:
    """By a word that takes up a group again ("the newspaper"), the words of the names it may stand for."""
    pairs = (entry.partition(":") for entry in lines("group_types"))
    return {word: frozenset(names.split()) | {word} for word, _, names in pairs}


@cache
def adjectives() -> frozenset[str]:
    """Demonyms, and words for members of a people or a party, folded."""
    return frozenset(demonyms()) | words_of("peoples")


def role_gender(word: str) -> str:
    """The gender (m or f) that a role word tells, or empty."""
    return roles()[word][0] if word in roles() else ""


@lru_cache(maxsize=1 << 15)
def fold(word: str) -> str:
    """A word without case, with plain apostrophes and without a possessive or a last full stop."""
    return POSSESSIVE.sub("", word).replace("’", "'").rstrip(".").casefold()


def mended(word: str) -> str:
    """A word with its accents in one piece, and its letters as they were before UTF-8 was read as Latin-1."""
    if word.isascii():
        return word
    word = normalize("NFC", word)
    for _ in range(_READ_WRONGLY):
        try:
            word = word.encode("latin-1").decode("utf-8")
        except UnicodeError:
            break
    return word


def is_role(word: str) -> bool:
    """Whether a word, in the singular or the plural, says what a person is."""
    word = fold(word).rsplit("-", 1)[-1]
    return word in roles() or singular(word) in roles()


def singular(word: str) -> str:
    """An English plural's singular, as far as its ending tells."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") else word


def role_head(words: list[str]) -> str:
    """The role word that a description turns on ("the former head of the bank": head), or empty.

    It is the noun before the first preposition, or, of two nouns joined by "and", the first that is a role.
    """
    noun = ""
    for word in (fold(w) for w in words):
        if word in RELATIVES | words_of("prepositions") or (word in ("and", "or") and noun in roles()):
            break
        noun = word
    return noun if noun in roles() else ""
