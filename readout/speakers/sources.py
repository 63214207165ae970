"""Who a source in words is: a name, several names, a pronoun, a role, a handle or a description."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readout.attribution.tokens import usual_tag
from readout.cast.descriptions import can_speak, core, embedded, head_noun, is_noun
from readout.cast.names import Mention
from readout.cast.runs import Token
from readout.cast.vocabulary import RELATIVES, fold, group_types, is_role, words_of
from readout.records import Attribution
from readout.speakers.described import described
from readout.speakers.pronouns import FIRST, PRONOUNS, pronoun
from readout.speakers.roles import body, role
from readout.speakers.scene import Scene
from readout.speakers.voices import Answer
from readout.wording import agree

_HANDLE = re.compile(r"@(\w{3,})")
_SHORTEST_IN_HANDLE = 4
_NAMESAKE_BACK = 5
_LONGEST_APPOSED = 80
_INTRODUCE = frozenset({"by", "from", "per", "for"})
"""Prepositions that may stand before who says something ("a warning from", "a vow by")."""

_NO_NAMES = frozenset({"UH", "RB", "JJ", "JJR", "JJS", "IN", "DT", "CC"})
"""Parts of speech of words that are no name by themselves."""
_CONJUNCTIONS = frozenset({"as", "like", "than", "after", "before", "since", "until", "till"})
"""Words that are prepositions before a noun, and open a clause before its subject."""


def sourced(scene: Scene, attribution: Attribution, start: int, end: int) -> Answer:
    """Who the source between two places is."""
    tokens = scene.cast.words(start, end)
    words = [fold(t.text) for t in tokens]
    if not words:
        return described(scene, attribution, start, end)
    word = words[0].partition("'")[0]  # "he'd" is he
    if word in PRONOUNS and (len(words) == 1 or word in RELATIVES):
        shouted = len(word) > 1 and tokens[0].text.isupper()
        return _initials(scene, tokens[0]) if shouted else pronoun(scene, word, attribution, start)
    heads = _heads(scene, start, end)
    if len({m.figure for m in heads}) > 1:
        figures = tuple(dict.fromkeys(m.figure for m in heads))
        return Answer(scene.voices.of(*figures), "named here together", "together")
    if heads:
        return _named(scene, heads[0])
    if words[0] in FIRST:
        return described(scene, attribution, start, end)
    return (
        _handle(scene, start, end)
        or _apposed(scene, start, end)
        or role(scene, attribution, start, end)
        or body(scene, start, end)
        or _whoever_says_it(scene, attribution, start, end)
        or described(scene, attribution, start, end)
    )


def _initials(scene: Scene, token: Token) -> Answer:
    """Whose initials look like a pronoun: WHO, US."""
    called = {figure.name: figure for figure in scene.cast.figures}
    called |= {"".join(filter(str.isupper, figure.name)): figure for figure in scene.cast.figures if " " in figure.name}
    figure = called.get(token.text)
    if figure is None:
        return Answer(scene.voices.described(token.text, ""), f"'{token.text}', which is not written out", "described")
    return Answer(scene.voices.of(figure), f"'{token.text}' is {figure.name}", "short name")


def _named(scene: Scene, mention: Mention) -> Answer:
    figure = mention.figure
    bare = not mention.full and mention.outer == mention.start
    namesakes = scene.namesakes[figure.last] if bare else []
    shared = len(namesakes) > 1 and fold(scene.clean[mention.start : mention.end]) == figure.last
    if shared:
        near = [t.voice for t in scene.turns[-3:] if mention.sentence - t.last_sentence <= _NAMESAKE_BACK]
        spoke = [f for voice in near for f in voice.figures]
        figure = next((f for f in reversed(spoke) if f in namesakes and not f.formal), figure)
    voice = scene.voices.of(figure)
    form = scene.clean[mention.start : mention.end]
    if fold(form) == fold(voice.name):
        return Answer(voice, "named in full here", "full name")
    return Answer(voice, f"'{form}' is {voice.name}", "shared name" if shared else "short name")


def _heads(scene: Scene, start: int, end: int) -> list[Mention]:
    """The names that the source is about, not those inside it ("Clinton" in "a Clinton aide")."""
    words = scene.cast.words(start, end)
    found: list[Mention] = []
    linked = False
    for mention in scene.cast.between(start, end):
        after = next((t for t in words if t.start >= mention.end and not _belongs(t, mention)), None)
        if found:
            gap = [t for t in words if found[-1].end <= t.start and t.end <= mention.outer]
            if not gap or any(t.text not in (",", "and", "&") and t.text[0] != "(" for t in gap):
                break
            linked = linked or any(t.text in ("and", "&") for t in gap)
        elif embedded([t for t in words if t.end <= mention.outer]) or (mention.possessive and after):
            continue
        body = mention.figure.kind == "group" and after and fold(after.text) in group_types()
        if (after and is_noun(after) and not body) or _is_common(words, mention):
            if found:
                break
            continue
        found.append(mention)
    return found if linked else found[:1]


def _is_common(words: Sequence[Token], mention: Mention) -> bool:
    """Whether a capitalised word is no name: "a CT showed", or an adjective or the like ("Yeah", "Latest")."""
    if mention.figure.kind != "maybe" or " " in mention.figure.name or mention.says:
        return False
    before = [fold(t.text) for t in words if t.end <= mention.outer][-1:]
    return before in (["a"], ["an"]) or usual_tag(fold(mention.figure.name)) in _NO_NAMES


def _belongs(token: Token, name: Mention) -> bool:
    """Whether a mark is part of a name or of the quotation marks around it ("Walt Disney Co." executives)."""
    return token.text in "'’”\"" or (token.text == "." and token.start == name.end)


def _apposed(scene: Scene, start: int, end: int) -> Answer | None:
    """The names between commas right behind a role: "Two analysts, X and Y, said"."""
    words = core(list(scene.cast.words(start, end)))
    near = scene.cast.words(end, end + _LONGEST_APPOSED)
    if not words or not is_role(head_noun(words)) or not near or near[0].text != ",":
        return None
    stop = next((t.start for t in near[1:] if t.text in ",."), None)
    heads = _heads(scene, near[1].start, stop) if stop else []
    if not heads or heads[0].outer != near[1].start or (heads[-1].end != stop):
        return None
    figures = tuple(dict.fromkeys(m.figure for m in heads))
    voice = scene.voices.of(*figures)
    return Answer(voice, f"'{scene.form(words[0].start, words[-1].end)}': {voice.name}, named beside it", "together")


def _handle(scene: Scene, start: int, end: int) -> Answer | None:
    """Whose account it is: "@realDonaldTrump"."""
    match = _HANDLE.search(scene.clean, max(0, start - 1), end)
    if match is None:
        return None
    handle = match[1].casefold()
    people = [f for f in scene.cast.figures if f.kind == "person"]
    whole = [f for f in people if "".join(f.name.split()).casefold() in handle]
    last = [f for f in people if len(f.last) >= _SHORTEST_IN_HANDLE and f.last in handle]
    figure = next(iter(whole + last), None)
    if figure is None:
        return None
    return Answer(scene.voices.of(figure), f"'{match[0]}' is the account of {figure.name}", "short name")


def _whoever_says_it(scene: Scene, attribution: Attribution, start: int, end: int) -> Answer | None:
    """The sentence's subject, where what was taken for the source is its object or no one who could speak."""
    words = core(list(scene.cast.words(start, end)))
    before = [fold(t.text) for t in scene.cast.words(max(scene.sentence_start(start), start - 40), start)][-2:]
    word = "" if before == ["according", "to"] else "".join(before[-1:])
    hangs = word in words_of("prepositions") - _INTRODUCE - _CONJUNCTIONS
    participle = word not in _INTRODUCE and any(scene.clean[a:b].endswith("ing") for a, b in attribution.cue)
    if not words or not (hangs or participle or not can_speak(head_noun(words))):
        return None
    opening = attribution.content[0][0] if attribution.content else start
    figure = scene.lead(start) or (scene.lead(opening) if hangs else None)
    if figure is None:
        return None
    form = scene.form(words[0].start, words[-1].end)
    who = f"{figure.name} {agree(figure.name, 'is')} who the sentence is about"
    reason = f"'{form}' {agree(form, 'says')} nothing itself: {who}"
    return Answer(scene.voices.of(figure), reason, "sentence")
