"""Whom a pronoun means: he and she, they, it, I, and the "who" of a relative clause."""

from __future__ import annotations

from readout.cast.figures import Figure
from readout.cast.runs import Token
from readout.cast.vocabulary import ARTICLES, RELATIVES, fold, words_of
from readout.records import Attribution
from readout.speakers.described import described
from readout.speakers.scene import Pick, Scene
from readout.speakers.voices import Answer, Voice

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_IT = frozenset({"it", "its", "itself"})
FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours"})
PRONOUNS = _HE | _SHE | _THEY | _IT | FIRST | RELATIVES


def pronoun(scene: Scene, word: str, attribution: Attribution, at: int) -> Answer:
    """Whom a pronoun at a place means."""
    if word in FIRST:
        return _first_person(scene, word, at)
    if word in RELATIVES:
        return _relative(scene, word, attribution, at)
    if word in _HE | _SHE:
        found = _person(scene, word, attribution, at)
    elif word in _THEY:
        found = _they(scene, word, attribution, at)
    else:
        found = _it(scene, word, attribution, at)
    return found or scene.unknown(f"'{word}': nobody it could mean is named before it")


def _person(scene: Scene, word: str, attribution: Attribution, at: int) -> Answer | None:
    gender = "m" if word in _HE else "f"
    hearers = scene.hearers(attribution, at)

    def known(figure: Figure) -> bool:
        often = figure.kind == "maybe" and not figure.name.isupper() and (figure.weight > 1 or figure in scene.spoke)
        return figure.gender in ("", gender) and (figure.kind == "person" or often) and figure not in hearers

    def perhaps(figure: Figure) -> bool:
        return figure.gender in ("", gender) and " " in figure.name and figure.kind == "maybe"

    def by_given_name(figure: Figure) -> bool:
        return figure.gender == gender and figure.kind == "maybe"

    tries = (scene.last(attribution, at, fits) for fits in (known, perhaps, by_given_name))
    pick = next((pick for pick in tries if pick), None)
    if pick:
        kind = "man" if gender == "m" else "woman"
        reason = f"'{word}': the last {kind} spoken of before it, {pick.figure.name}"
        return Answer(scene.voices.of(pick.figure), reason, "several" if pick.close else "one")
    voice = scene.last_voice(at, lambda v: not v.named and not v.plural)
    return Answer(voice, _spoke_last(word, voice), "several") if voice else None


def _they(scene: Scene, word: str, attribution: Attribution, at: int) -> Answer | None:
    voice = scene.last_voice(at, lambda v: v.plural)
    pick = None if voice else scene.last(attribution, at, lambda f: f.kind == "group")
    if pick:
        return _group(scene, word, pick, "group")
    voice = voice or scene.last_voice(at, lambda v: v.named)
    return Answer(voice, _spoke_last(word, voice), "they") if voice else None


def _it(scene: Scene, word: str, attribution: Attribution, at: int) -> Answer | None:
    voice = scene.last_voice(at, lambda v: (bool(v.figures) and v.figures[0].kind != "person") or not v.named)
    if voice:
        return Answer(voice, _spoke_last(word, voice), "it")
    pick = scene.last(attribution, at, lambda f: f.kind in ("group", "place", "maybe"))
    return _group(scene, word, pick, "body") if pick else None


def _spoke_last(word: str, voice: Voice) -> str:
    return f"'{word}': whoever spoke last before it, {voice.name}"


def _group(scene: Scene, word: str, pick: Pick, kind: str) -> Answer:
    reason = f"'{word}': the last {kind} spoken of before it, {pick.figure.name}"
    return Answer(scene.voices.of(pick.figure), reason, "they" if word in _THEY else "it")


def _first_person(scene: Scene, word: str, at: int) -> Answer:
    for turn in reversed(scene.turns[-4:]):
        content = turn.attribution.content
        if content and content[0][0] <= at < content[-1][1]:
            return Answer(turn.voice, f"'{word}', in the words of {turn.voice.name}", "inside")
    return Answer(scene.voices.described("the author", "author"), f"'{word}': whoever wrote the article", "author")


def _relative(scene: Scene, word: str, said: Attribution, at: int) -> Answer:
    """The name or the noun right before "who"."""
    first = max(scene.sentence_start(at), at - 300)
    before = [t for t in scene.cast.words(first, at) if t.end <= at]
    while before and before[-1].text in ",—–-":
        before.pop()
    near = [m for m in scene.cast.between(first, at) if not m.possessive]
    if near and before:
        gap = [t for t in before if t.start >= near[-1].end]
        enclosed = gap and gap[0].text in ",(" and not any(fold(t.text) in ("and", "said") for t in gap)
        person = near[-1].figure.kind in ("person", "maybe") or word != "who"
        if person and (not gap or enclosed):
            figure = near[-1].figure
            return Answer(scene.voices.of(figure), f"'{word}': {figure.name}, named right before it", "who")
    noun = _noun_before(before)
    if noun:
        return described(scene, said, noun[0].start, noun[-1].end)
    return scene.unknown(f"'{word}': nobody it could mean is named before it")


def _noun_before(before: list[Token]) -> list[Token]:
    """The last noun of a sentence so far, with its article."""
    noun: list[Token] = []
    for token in reversed(before):
        word = fold(token.text)
        if not token.text[0].isalnum() or (word in words_of("prepositions") and noun):
            break
        if word in words_of("not_names") - ARTICLES:
            break
        noun.insert(0, token)
        if word in ARTICLES or len(noun) == 4:
            break
    return noun
