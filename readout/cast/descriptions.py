"""Descriptions of people and things: where one ends, what it turns on, and whom it fits."""

from __future__ import annotations

import re
from functools import lru_cache

from readout.attribution.tokens import usual_tag
from readout.cast.figures import Figure
from readout.cast.runs import Token
from readout.cast.vocabulary import (
    ARTICLES,
    COURTESIES,
    RELATIVES,
    adjectives,
    demonyms,
    fold,
    group_types,
    role_head,
    roles,
    singular,
    words_of,
)

_RELATIONS = frozenset({"rival", "opponent", "man", "woman", "boy", "girl", "supporter", "member", "fellow"})
_MONTHS = frozenset(["jan", "feb", "march", "april", "may", "june", "july", "aug", "sept", "oct", "nov", "dec"])
_OPENS = frozenset('"“‘')
NAMELESS = frozenset({"source", "official", "insider", "aide", "staffer", "informant", "member", "employee", "witness"})
"""Words for people whom news is asked not to name: who they are is not guessed."""
SPOKEN_FOR = frozenset({"spokesman", "spokeswoman", "spokesperson"})
"""Words for people who speak for others: nobody is taken for one whom the text does not call so."""
DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
_NOT_ITSELF = frozenset(
    ["statement", "interview", "speech", "remark", "tweet", "post", "email", "e-mail", "past", "record", "appearance"]
)
"""What somebody says something in."""
_MADE_LIKE = re.compile(r"..(?:[a-z]ists?|icians?|ologers?|m[ae]n|persons?|people|makers?|goers?|holders?)$")
"""How nouns for people end."""
GENERIC = frozenset({"democrat", "republican", "libertarian", "independent", "candidate", "politician", "man", "woman"})
_RIVALS = {
    "democratic": frozenset({"republican", "gop"}),
    "republican": frozenset({"democratic", "democrat"}),
    "gop": frozenset({"democratic", "democrat"}),
    "democrat": frozenset({"republican", "gop"}),
}


def embedded(before: list[Token]) -> bool:
    """Whether a name hangs on a preposition before it ("an attorney for X", "authorities in western X")."""
    words = [fold(t.text) for t in before[-4:] if t.text not in _OPENS]
    while words and (words[-1] in ARTICLES or (len(words) > 1 and usual_tag(words[-1]).startswith("JJ"))):
        words.pop()
    return bool(words) and words[-1] in words_of("prepositions")


def is_noun(token: Token) -> bool:
    """Whether what follows a name makes it a modifier ("Clinton" aides) and is no verb, link or mark."""
    word = fold(token.text)
    return (
        token.text[0].islower()
        and token.text[0].isalpha()
        and word not in words_of("not_names")
        and word not in words_of("prepositions")
        and word not in RELATIVES
    )


def core(words: list[Token]) -> list[Token]:
    """A description without what trails it: relative clauses, brackets, what follows a comma."""
    for k, token in enumerate(words):
        if k and (token.text in ",(;:—–[" or fold(token.text) in RELATIVES):
            return words[:k]
    return words


def can_speak(head: str) -> bool:
    """Whether what a description turns on may be a source: anything but what somebody says something in."""
    return head not in _NOT_ITSELF and head not in RELATIVES | DEMONSTRATIVES


@lru_cache(maxsize=1 << 12)
def speaks(noun: str) -> bool:
    """Whether a noun, in the singular or the plural, names who or what can be the source of words.

    People, bodies, and what is written: roles, groups and the list of such nouns, or a word made like them.
    """
    word = noun.rsplit("-", 1)[-1] or noun
    forms = {noun, word, singular(noun), singular(word), word.removesuffix("es")}
    known = (roles(), group_types(), words_of("group_nouns"), words_of("voices"), adjectives())
    return any(not forms.isdisjoint(names) for names in known) or bool(_MADE_LIKE.search(word))


def head_noun(words: list[Token]) -> str:
    """The word a description turns on: the last before a preposition."""
    noun = ""
    for k, token in enumerate(words):
        if k and fold(token.text) in words_of("prepositions"):
            break
        noun = fold(token.text)
    return noun


def fitness(figure: Figure, head: str, texts: list[str]) -> float:
    """How well a description fits what the article says a figure is; 0 where it does not."""
    exact = head in figure.role_words
    if not exact and (
        head in NAMELESS or not any(head in roles()[word][1] for word in figure.role_words if word in roles())
    ):
        return 0.0
    gender = roles()[head][0]
    if gender and figure.gender not in ("", gender):
        return 0.0
    folded = [fold(t) for t in texts]
    if rivals(figure, folded):
        return 0.0
    nations = {demonyms()[w] for w in folded if w in demonyms()}
    theirs = {demonyms()[w] for w in figure.role_words if w in demonyms()}
    if nations and theirs and not nations & theirs:
        return 0.0
    link = next((k for k, w in enumerate(folded) if k and w in words_of("prepositions")), len(folded))
    places = {w for w, t in zip(folded[link:], texts[link:], strict=True) if t[0].isupper()} - _MONTHS
    said = {fold(w) for role in figure.roles for w in role.split()} | theirs
    if places and not places & said:
        return 0.0
    past = "former" in figure.role_words and "former" not in folded
    shared = sum(1 for w in folded if w != head and w in figure.role_words)
    return 2.0 - 1.5 * past + 2.0 * exact + 1.0 * shared + 1.0 * bool(nations & theirs)


def rivals(figure: Figure, words: list[str]) -> bool:
    """Whether a description puts the figure into another party than the article does."""
    return any(_RIVALS[word] & figure.role_words and word not in figure.role_words for word in words if word in _RIVALS)


def best_role(figure: Figure) -> str:
    """The first role the text gives that is more than a courtesy, in its longest form."""
    told = [r for r in figure.roles if fold(r) not in COURTESIES]
    if not told:
        return ""
    told = [_without_courtesy(r) for r in told]
    first = next((r for r in told if role_head(r.split()) not in _RELATIONS), told[0])
    return max((r for r in told if r.casefold().endswith(first.casefold())), key=len)


def _without_courtesy(role: str) -> str:
    words = role.split()
    return " ".join(words[:-1]) if len(words) > 1 and fold(words[-1]) in COURTESIES | {"dr"} else role


def role_with(figure: Figure, head: str) -> str:
    """The role of a figure that a role word takes up."""
    for role in figure.roles:
        words = [fold(w) for w in role.split()]
        if head in words or any(head in roles()[w][1] for w in words if w in roles()):
            return role
    return best_role(figure) or head
