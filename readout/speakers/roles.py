"""Whom a definite description takes up: "the minister", "the French leader", "her lawyer", "the newspaper"."""

from __future__ import annotations

from readout.cast.descriptions import GENERIC, NAMELESS, SPOKEN_FOR, core, fitness, rivals, role_with
from readout.cast.figures import Figure
from readout.cast.runs import Token
from readout.cast.vocabulary import ARTICLES, OFFICES, fold, group_types, role_head, roles, singular, words_of
from readout.records import Attribution
from readout.speakers.scene import Pick, Scene
from readout.speakers.voices import Answer, Voice
from readout.wording import agree

_DEFINITE = frozenset({"the", "this", "that"})
_ANY_BODY = frozenset({"group", "organization", "organisation", "company", "firm", "agency", "campaign"})
"""Words for a body whose name need not tell what it is."""
_OWNERS = frozenset({"his", "her", "their", "its"})


def role(scene: Scene, attribution: Attribution, start: int, end: int) -> Answer | None:
    """Which person a description with a role word takes up, if any that the text names."""
    words = core(list(scene.cast.words(start, end)))
    texts = [t.text for t in words]
    head = role_head(texts)
    several = head.endswith("s") and singular(head) in roles()
    if not head or several or fold(texts[0]) in ("a", "an"):
        return None
    inside = scene.cast.between(start, end)
    owned = any(m.possessive for m in inside) or fold(texts[0]) in _OWNERS
    definite = owned or fold(texts[0]) in _DEFINITE
    if not definite and not words[0].capital:
        return None
    form = scene.form(words[0].start, words[-1].end)
    owners = {m.figure for m in inside}
    pick = _last_person(scene, attribution, start, texts, owners) if definite and not _complement(texts) else None
    last = pick.figure if pick else None
    taken = None
    if last and head not in SPOKEN_FOR:
        taken = Answer(scene.voices.of(last), f"'{form}': taken as {last.name}, who was spoken of last", "taken")
    if taken and head in GENERIC:
        return taken
    earlier = next((t.voice for t in reversed(scene.turns[-12:]) if t.voice.head == head and not owned), None)
    figure = None if earlier and head in NAMELESS else _by_role(scene, start, head, texts, owners)
    if figure:
        known = f"{figure.name} {agree(figure.name, 'is')} {role_with(figure, head)}"
        return Answer(scene.voices.of(figure), f"'{form}': {known}", "role")
    if earlier:
        return Answer(earlier, f"'{form}': carried on from '{earlier.name}'", "described")
    told = last is not None and bool(last.roles) if owned else any(m.figure.kind != "place" for m in inside)
    return None if told or head in NAMELESS else taken


def body(scene: Scene, start: int, end: int) -> Answer | None:
    """Which group a definite description takes up: "the newspaper", "the committee"."""
    words: list[Token] = core(list(scene.cast.words(start, end)))
    texts = [fold(t.text) for t in words]
    if len(texts) < 2 or texts[0] not in _DEFINITE or any(t in words_of("prepositions") for t in texts):
        return None
    names = group_types().get(texts[-1])
    if names is None or scene.cast.between(start, end):
        return None
    for mention in reversed(scene.before(start)):
        if mention.figure.kind not in ("person", "place") and names & set(fold(mention.figure.name).split()):
            reason = f"'{scene.form(words[0].start, words[-1].end)}': {mention.figure.name}, named before it"
            return Answer(scene.voices.of(mention.figure), reason, "body")
    form = scene.form(words[0].start, words[-1].end)
    voice = scene.last_voice(start, _is_body) if texts[-1] in _ANY_BODY else None
    return Answer(voice, f"'{form}': {voice.name}, who spoke last before it", "body") if voice else None


def _is_body(voice: Voice) -> bool:
    return len(voice.figures) == 1 and voice.figures[0].kind != "person"


def _by_role(scene: Scene, at: int, head: str, texts: list[str], owners: set[Figure]) -> Figure | None:
    """The figure that a description fits best, the nearer the better."""
    best, chosen = 0.0, None
    for rank, mention in enumerate(scene.around(at)):
        figure = mention.figure
        if figure.kind in ("person", "maybe") and figure not in owners:
            fit = fitness(figure, head, texts)
            if fit and (chosen is None or fit - rank / 20 > best):
                best, chosen = fit - rank / 20, figure
    return chosen


def _last_person(scene: Scene, attribution: Attribution, at: int, texts: list[str], owners: set[Figure]) -> Pick | None:
    """The person spoken of last, if it was just now and nothing in a description speaks against it."""
    words = [fold(t) for t in texts]
    head = role_head(texts)
    gender = roles()[head][0]
    here = scene.cast.between(scene.sentence_start(at), at)
    owners = owners | {m.figure for m in here if m.subject and not scene.inside_quote(m.start)}

    def fits(figure: Figure) -> bool:
        told = figure.kind == "person" and figure not in owners and not rivals(figure, words)
        return told and (not gender or figure.gender in ("", gender))

    return scene.last(attribution, at, fits, back=3)


def _complement(words: list[str]) -> bool:
    """Whether a description says of what somebody is the head, an office apart ("secretary of state")."""
    link = next((k for k, word in enumerate(words) if fold(word) in words_of("prepositions")), len(words))
    return bool({fold(word) for word in words[link + 1 :]} - ARTICLES - OFFICES)
