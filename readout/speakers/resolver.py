"""From attributions to quotes with speakers, in reading order."""

from __future__ import annotations

from readout.cast.descriptions import best_role, core
from readout.cast.figures import Figure
from readout.cast.vocabulary import fold
from readout.records import Attribution, Layout, Quote, Span, Speaker
from readout.speakers.confidence import confidence
from readout.speakers.pronouns import PRONOUNS
from readout.speakers.scene import Scene
from readout.speakers.sources import sourced
from readout.speakers.unsourced import announced, beside_it, going_on, right_behind, unsourced
from readout.speakers.voices import Answer, Turn, Voice

_TOUCHING = 3


def resolve(
    clean: str, layout: Layout, attributions: tuple[Attribution, ...]
) -> tuple[tuple[Quote, ...], tuple[Speaker, ...]]:
    """Say who each source is.

    Args:
        clean: the text as `layout.plain` gives it.
        layout: its layout.
        attributions: what is said, in reading order.

    Returns:
        The attributions as quotes with their speakers, in the order given, and the speakers by the number of words
        quoted, most first. Whoever is named and never speaks is no speaker.
    """
    if not attributions:
        return (), ()
    scene = Scene(clean, layout, attributions)
    found = answers(scene, attributions)
    return tuple(_quote(a, answer) for a, answer in zip(attributions, found, strict=True)), _speakers(scene)


def answers(scene: Scene, attributions: tuple[Attribution, ...]) -> tuple[Answer, ...]:
    """Who each attribution's voice is, in the order given; they are taken in reading order."""
    order = sorted(range(len(attributions)), key=lambda i: _first(attributions[i]))
    found: dict[int, Answer] = {}
    for place, i in enumerate(order):
        following = attributions[order[place + 1]] if place + 1 < len(order) else None
        found[i] = _take(scene, attributions[i], following)
    return tuple(found[i] for i in range(len(attributions)))


def _first(attribution: Attribution) -> int:
    return min(start for start, _ in attribution.content + attribution.cue + attribution.source)


def _quote(said: Attribution, answer: Answer) -> Quote:
    return Quote(
        said.content,
        said.cue,
        said.source,
        said.kind,
        answer.voice.name,
        said.paragraph,
        said.evidence,
        answer.voice.named,
        answer.reason,
        said.via,
        confidence(answer.ground, said, answer.before),
    )


def _take(scene: Scene, attribution: Attribution, following: Attribution | None) -> Answer:
    """Answer who one attribution's voice is, and keep it for those that come after."""
    span = scene.source_span(attribution)
    answer = _answer(scene, attribution, following, span)
    voice = answer.voice
    voice.words += sum(len(scene.clean[start:end].split()) for start, end in attribution.content)
    if span:
        _keep(scene, voice, span)
    scene.spoke.update(voice.figures)
    at = span[0] if span else _first(attribution)
    end = max((end for _, end in attribution.content), default=at)
    sure = confidence(answer.ground, attribution, answer.before)
    scene.turns.append(Turn(attribution, voice, scene.sentence(at), scene.sentence(end), sure))
    return answer


def _answer(scene: Scene, attribution: Attribution, following: Attribution | None, span: Span | None) -> Answer:
    told = going_on(scene, attribution) or announced(scene, attribution)
    if told:
        return told
    if span is None:
        return unsourced(scene, attribution, following)
    answer = sourced(scene, attribution, *span)
    if _leads_in(attribution, span):
        return answer
    found = beside_it(scene, attribution) if answer.ground == "described" else right_behind(scene, attribution)
    return found or answer


def _leads_in(attribution: Attribution, source: Span) -> bool:
    """Whether the source and its cue stand right before the words, or the source after them."""
    start = attribution.content[0][0]
    return source[0] >= start or any(start - end <= _TOUCHING for _, end in attribution.cue)


def _keep(scene: Scene, voice: Voice, span: Span) -> None:
    """Keep a source as a mention of its voice, where it is no name that is one already."""
    if any(m.figure in voice.figures for m in scene.cast.between(*span)):
        return
    kept = core(list(scene.cast.words(*span)))
    start, end = (kept[0].start, kept[-1].end) if kept else span
    voice.mentions.append((start, end))
    form = scene.form(start, end)
    if fold(form) not in PRONOUNS:
        voice.forms.append((start, form))


def _speakers(scene: Scene) -> tuple[Speaker, ...]:
    """All voices that spoke, by words quoted."""
    named: dict[Figure, list[Span]] = {}
    for mention in scene.cast.mentions:
        named.setdefault(mention.figure, []).append((mention.outer, mention.end))
    voices = {id(turn.voice): turn.voice for turn in scene.turns}.values()
    return tuple(_speaker(scene, v, named) for v in sorted(voices, key=lambda v: -v.words))


def _speaker(scene: Scene, voice: Voice, named: dict[Figure, list[Span]]) -> Speaker:
    own = named.get(voice.figures[0], []) if len(voice.figures) == 1 else []
    forms = sorted([(start, scene.form(start, end)) for start, end in own] + voice.forms)
    role = best_role(voice.figures[0]) if len(voice.figures) == 1 else ""
    aliases = tuple(dict.fromkeys(form for _, form in forms))
    return Speaker(voice.name, role, aliases, _apart(own + voice.mentions), voice.named)


def _apart(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, the longer one where two overlap."""
    kept: list[Span] = []
    for start, end in sorted(set(spans)):
        if kept and start < kept[-1][1]:
            if end - start > kept[-1][1] - kept[-1][0]:
                kept[-1] = (start, end)
        else:
            kept.append((start, end))
    return tuple(kept)
