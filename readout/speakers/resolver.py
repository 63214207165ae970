"""From attributions to quotes with speakers, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from readout.cast.descriptions import best_role, core
from readout.cast.figures import Figure
from readout.cast.vocabulary import fold
from readout.records import Attribution, Layout, Quote, Span, Speaker
from readout.speakers.confidence import confidence
from readout.speakers.paraphrases import LINES, likely
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
        The attributions as quotes with their speakers, in the order given, doubtful paraphrases as held; and the
        speakers by the number of words quoted, most first, those of whom only held quotes are known behind all
        others. Whoever is named and never speaks is no speaker.
    """
    if not attributions:
        return (), ()
    scene = Scene(clean, layout, attributions)
    found = answers(scene, attributions)
    quotes = tuple(_quote(scene, a, answer) for a, answer in zip(attributions, found, strict=True))
    voices = {quote.speaker: answer.voice for quote, answer in zip(quotes, found, strict=True)}
    return quotes, _speakers(scene, quotes, voices)


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


def _quote(scene: Scene, said: Attribution, answer: Answer) -> Quote:
    sure = confidence(answer.ground, said, answer.before)
    if said.kind != "direct":
        sure = likely(scene.clean, said, answer)
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
        sure,
        held=sure < LINES[said.kind],
    )


def _take(scene: Scene, attribution: Attribution, following: Attribution | None) -> Answer:
    """Answer who one attribution's voice is, and keep it for those that come after."""
    span = scene.source_span(attribution)
    answer = _answer(scene, attribution, following, span)
    voice = answer.voice
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


def _speakers(scene: Scene, quotes: Iterable[Quote], voices: Mapping[str, Voice]) -> tuple[Speaker, ...]:
    """All voices that spoke, by words quoted.

    What a held paraphrase tells of a voice counts only where nothing surer is known of it.
    """
    named: dict[Figure, list[Span]] = {}
    for mention in scene.cast.mentions:
        named.setdefault(mention.figure, []).append((mention.outer, mention.end))
    own: dict[str, list[Quote]] = {}
    for quote in sorted(quotes, key=lambda quote: quote.held):
        said = own.setdefault(quote.speaker, [])
        if not (said and quote.held and not said[0].held):
            said.append(quote)
    ranked = sorted(own.items(), key=lambda pair: (pair[1][0].held, -_words(scene, pair[1]), _opening(pair[1])))
    return tuple(_speaker(scene, voices[name], said, named) for name, said in ranked)


def _words(scene: Scene, quotes: Iterable[Quote]) -> int:
    return sum(len(scene.clean[start:end].split()) for quote in quotes for start, end in quote.content)


def _opening(quotes: Iterable[Quote]) -> int:
    return min(start for quote in quotes for start, _ in quote.content + quote.cue + quote.source)


def _speaker(scene: Scene, voice: Voice, quotes: Iterable[Quote], named: dict[Figure, list[Span]]) -> Speaker:
    own = named.get(voice.figures[0], []) if len(voice.figures) == 1 else []
    sources = [span for quote in quotes if (span := _source(scene, voice, quote))]
    told = [(start, form) for start, end in sources if fold(form := scene.form(start, end)) not in PRONOUNS]
    forms = sorted([(start, scene.form(start, end)) for start, end in own] + told)
    role = best_role(voice.figures[0]) if len(voice.figures) == 1 else ""
    aliases = tuple(dict.fromkeys(form for _, form in forms))
    return Speaker(voice.name, role, aliases, _apart(own + sources), voice.named)


def _source(scene: Scene, voice: Voice, quote: Quote) -> Span | None:
    """The source of a quote as a mention of its voice, where it is no name that is one already."""
    span = scene.source_span(quote)
    if span is None or any(m.figure in voice.figures for m in scene.cast.between(*span)):
        return None
    kept = core(list(scene.cast.words(*span)))
    return (kept[0].start, kept[-1].end) if kept else span


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
