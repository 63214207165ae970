"""Sources that are never named: whether their words describe somebody who can speak, and how they are called then."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readout.attribution.tokens import BE, HAVE, usual_tag
from readout.cast.descriptions import DEMONSTRATIVES, core, speaks
from readout.cast.runs import Token
from readout.cast.vocabulary import ARTICLES, POSSESSIVE, adjectives, fold, saying, singular, words_of
from readout.records import Attribution
from readout.speakers.scene import Scene
from readout.speakers.voices import Answer

_NOBODY = frozenset(
    (
        *("you", "one", "someone", "somebody", "anyone", "anybody", "everyone", "everybody", "everything", "something"),
        *("anything", "nothing", "nobody", "none", "neither", "no", "all", "any", "some", "many", "few", "several"),
        *("most", "more", "both", "each", "either", "another", "much", "enough", "this", "that", "these", "those"),
        *("it", "there", "here", "i", "we", "us", "me", "they", "them", "he", "him", "she", "her", "who", "which"),
        "what",
    )
)
"""Pronouns and quantifiers that alone describe nobody."""
_NEVER = frozenset({"no", "none", "nobody", "nothing", "neither", "nor", "not"})
"""Words with which it is said that nobody says it."""
_ANYBODY = frozenset({"people", "person", "thing"})
"""Nouns that describe nobody unless more is said of them."""
_OWN = frozenset({"my", "our", "your", "his", "her", "its", "their"})
_SUBJECTS = frozenset({"i", "you", "he", "she", "we", "they"})
"""Pronouns that open a clause of their own ("a woman you think might come")."""
_LINKS = frozenset({"and", "or", "but", "nor", "than"})
_BARE = frozenset(
    (
        "police",
        "management",
        "staff",
        "congress",
        "parliament",
        "intelligence",
        "media",
        "testimony",
        "research",
        "polling",
        "analysis",
        "leadership",
        "opposition",
        "prosecution",
        "defense",
        "defence",
        "microsoft",
        "data",
        "scripture",
    )
)
"""Nouns in the singular that stand without an article."""
_SHOWING = ("show", "suggest", "indicat", "mean", "prove", "reveal")
"""How verbs begin whose subject need not speak."""
_MOST_ADDED = 4
_NOUN_LIKE = frozenset({"NN", "NNP", "JJ", "CD", "VBN", ""})
"""Parts of speech that a noun phrase goes on with to its left; empty for words that no list has."""


def described(scene: Scene, said: Attribution, start: int, end: int) -> Answer:
    """Whoever the source between two places describes; unknown where nothing in it could say anything.

    A description keeps its own words, without what trails it.
    """
    words = _whole(scene, _trimmed(core(list(scene.cast.words(start, end)))))
    head = _head(words)
    if head is None or not _sound(scene, said, words, head, end):
        form = scene.form(start, end)
        return scene.unknown(f"'{form}' is nobody who could say it" if form else "the text gives no source")
    text = scene.form(words[0].start, words[-1].end)
    if (fold(words[0].text) in words_of("not_names") or words[0].opens) and not _proper(scene, words[0]):
        text = text[0].lower() + text[1:]
    voice = scene.voices.described(text, fold(head.text))
    return Answer(voice, f"never named: the text says '{text}'", "described")


def _trimmed(words: list[Token]) -> list[Token]:
    """A description without a link at either end, a preposition at its end, and a clause that hangs on its noun."""
    clause = next((k for k, token in enumerate(words) if k and fold(token.text) in _SUBJECTS), len(words))
    words = words[:clause]
    while words and fold(words[-1].text) in _LINKS | words_of("prepositions"):
        words = words[:-1]
    while len(words) > 1 and fold(words[0].text) in _LINKS | {"of"}:
        words = words[1:]
    return words


def _head(words: Sequence[Token]) -> Token | None:
    """The noun that a description turns on ("some of his rivals": rivals; "people familiar with it": people)."""
    links = [k for k, token in enumerate(words) if k and fold(token.text) in words_of("prepositions")]
    first = words[: links[0]] if links else words
    if first and fold(first[-1].text) in _NOBODY and links and fold(words[links[0]].text) == "of":
        return _head(words[links[0] + 1 :])
    nouns = [token for token in first if token.text[0].isalpha()]
    for k in range(len(nouns) - 1, -1, -1):
        if speaks(fold(nouns[k].text)):
            return nouns[k]
        if k and usual_tag(fold(nouns[k].text)).startswith("NN"):
            break
    return nouns[-1] if nouns else None


def _sound(scene: Scene, said: Attribution, words: Sequence[Token], head: Token, end: int) -> bool:
    """Whether a description is of somebody who can speak."""
    first, noun = fold(words[0].text), fold(head.text)
    if noun in _NOBODY or noun.partition("'")[0] in _NOBODY or len(noun) == 1 or first in BE | HAVE:
        return False
    if any(fold(t.text) in _NEVER for t in words if t.start <= head.start):
        return False
    if first in words_of("prepositions") or POSSESSIVE.search(words[-1].text):
        return False
    if any(fold(t.text) in ARTICLES for t in words[1:] if t.start < head.start):
        return False
    if noun in _ANYBODY:
        told = [t for t in words if t is not head and fold(t.text) not in _NOBODY]
        return bool(told) or head.end < end
    owned = any(POSSESSIVE.search(token.text) for token in words) or first in _OWN
    if not speaks(noun):
        return not owned and (first in ARTICLES or _is_plural(noun)) and _says(scene, said)
    # Of one person or thing news writes "the official", so that a noun alone is what is left of something.
    return said.kind == "direct" or noun in _BARE or head.text[0].isupper() or _determined(words, head)


def _determined(words: Sequence[Token], head: Token) -> bool:
    """Whether it is a whole noun phrase: one with an article or the like before it, or a plural."""
    first = fold(words[0].text)
    opens = (
        first in ARTICLES | DEMONSTRATIVES | _OWN | _NOBODY or words[0].text[0].isupper() or words[0].text[0].isdigit()
    )
    owned = any(POSSESSIVE.search(token.text) for token in words if token.start < head.start)
    return opens or owned or _is_plural(fold(head.text))


def _is_plural(noun: str) -> bool:
    return usual_tag(noun) == "NNS" or (singular(noun) != noun and usual_tag(noun) in ("", "NN"))


def _says(scene: Scene, said: Attribution) -> bool:
    """Whether its words or its cue are such that whatever is their source can speak."""
    if said.kind == "direct":
        return True
    cue = [fold(word) for start, end in said.cue for word in re.findall(r"[\w'’-]+", scene.clean[start:end])]
    return any(word == "according" or (word in saying() and not word.startswith(_SHOWING)) for word in cue)


def _whole(scene: Scene, words: list[Token]) -> list[Token]:
    """A description with the words before it that belong to it, where it was cut ("chief" of "the police chief")."""
    if not words or fold(words[0].text) in ARTICLES | _OWN or words[0].text[0].isupper():
        return words
    start = words[0].start
    before = scene.cast.words(max(scene.sentence_start(start), start - 60), start)
    added: list[Token] = []
    for token in reversed(before[-_MOST_ADDED:]):
        reaches = scene.clean[token.end : (added or words)[0].start]
        word = fold(token.text)
        if reaches not in (" ", "-"):
            break
        if word in ARTICLES | _OWN or POSSESSIVE.search(token.text):
            return [token, *added, *words]
        if usual_tag(word) not in _NOUN_LIKE or not token.text[0].isalpha():
            break
        added.insert(0, token)
    return words


def _proper(scene: Scene, token: Token) -> bool:
    word = fold(token.text)
    return (
        bool(scene.cast.between(token.start, token.end))
        or not adjectives().isdisjoint({word, singular(word)})
        or (token.text.isupper() and len(token.text) > 1)
    )
