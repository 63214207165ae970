"""Whose words they are that have no source: carried on, an answer, or what the sentence around them tells."""

from __future__ import annotations

import re
from itertools import pairwise

from readout.cast.vocabulary import fold, saying
from readout.records import Attribution
from readout.speakers.pronouns import PRONOUNS
from readout.speakers.scene import Scene
from readout.speakers.sources import sourced
from readout.speakers.voices import Answer, Turn, Voice
from readout.wording import agree

_OPENING = re.compile(r"[\"“]")
_CLOSING = ('"', "”", "»", "''", "’’")
_SPEAKER = re.compile(r"[\"“](?:[A-Z][A-Z.'’-]+\s?){1,4}:")
"""Who speaks in a transcript."""
_OF = re.compile(r"\b(?:of|about|to|against)\s+$")
"""What stands before whom somebody speaks of or to ("she said of X: ...")."""
_FAR = 99
_NEAR = 80
_TOUCHING = 2


def unsourced(scene: Scene, attribution: Attribution, following: Attribution | None) -> Answer:
    """Who says words that have no source."""
    at = attribution.cue[0][0] if attribution.cue else attribution.content[0][0]
    last = scene.turns[-1] if scene.turns else None
    apart = attribution.paragraph - last.attribution.paragraph if last else _FAR
    same = last is not None and scene.sentence(at) == last.sentence
    if last and attribution.cue and same:
        return Answer(last.voice, "the same one as before in this sentence", "carried on")
    beside = beside_it(scene, attribution) or _said_before(scene, attribution, last) or _introduced(scene, attribution)
    if beside:
        return beside
    lead = _lead(scene, at)
    if lead and not attribution.cue and last and not same:
        return lead
    if not attribution.cue and last and apart <= 1:
        other = _answering(scene, last)
        if other:
            return Answer(other, f"an answer: {other.name} and {last.voice.name} speak in turn", "answer")
        if apart == 0 or not _goes_on(attribution, following):
            return _carried(last.voice, apart)
    if following and not attribution.cue and _goes_on(attribution, following):
        span = scene.source_span(following)
        if span:
            return Answer(sourced(scene, following, *span).voice, "carried on in the quote after it", "carried on")
    if lead:
        return lead
    if last and apart <= 1:
        return _carried(last.voice, apart)
    return scene.unknown("the text gives no source")


def _carried(voice: Voice, apart: int) -> Answer:
    return Answer(voice, "carried on from the quote before", "carried over" if apart else "carried on")


def _lead(scene: Scene, at: int) -> Answer | None:
    figure = scene.lead(at)
    if figure is None:
        return None
    return Answer(
        scene.voices.of(figure),
        f"no source here: {figure.name} {agree(figure.name, 'is')} who the sentence is about",
        "sentence",
    )


def going_on(scene: Scene, attribution: Attribution) -> Answer | None:
    """Whoever spoke in the paragraph before, where its quotation was not closed and goes on here.

    An opening mark at each paragraph and a closing one at the last is how print sets a quotation of several paragraphs.
    A transcript set so names whoever speaks next: "WALLACE: ..."; so do words with a cue of their own.
    """
    last = scene.turns[-1] if scene.turns else None
    if last is None or attribution.cue or not _opens_quoted(scene, attribution):
        return None
    if attribution.kind != "direct" or last.attribution.kind != "direct":
        return None
    start, end = attribution.content[0][0], last.attribution.content[-1][1]
    gap = scene.clean[end:start]
    if end > start or gap.strip() or "\n" not in gap or scene.clean[max(0, end - 2) : end].endswith(_CLOSING):
        return None
    if _SPEAKER.match(scene.clean, start):
        return None
    reason = f"the quotation of {last.voice.name} goes on, which the paragraph before did not close"
    return Answer(last.voice, reason, "same quotation", last.confidence)


def announced(scene: Scene, attribution: Attribution) -> Answer | None:
    """Whoever's name and a colon stand right before quoted words, whatever else was taken for the source."""
    if attribution.kind == "indirect" or not attribution.content:
        return None
    start = attribution.content[0][0]
    mention = next((m for m in reversed(scene.before(start)[-2:]) if m.end <= start), None)
    if mention is None or mention.possessive or any(a <= mention.start < b for a, b in attribution.source):
        return None
    if scene.clean[mention.end : start].strip(' \n"“') != ":":
        return None
    if attribution.source and _OF.search(scene.clean, max(0, mention.outer - 10), mention.outer):
        return None
    return _at(scene, attribution, mention.outer, mention.end)


def beside_it(scene: Scene, attribution: Attribution) -> Answer | None:
    """Whoever stands right behind a quotation, or is said to say it at the sentence's end."""
    if not _opens_quoted(scene, attribution):
        return None
    end = scene.closing(attribution)
    again = _OPENING.search(scene.clean, end, scene.sentence_end(end - 1))
    rest = scene.cast.between(end, again.start() if again else scene.sentence_end(end - 1))
    said = next((m for m in rest if m.says), None)
    return right_behind(scene, attribution) or (_at(scene, attribution, said.outer, said.end) if said else None)


def right_behind(scene: Scene, attribution: Attribution) -> Answer | None:
    """Whoever stands right behind a quotation: "...," X went on; "...," said X."""
    if not _opens_quoted(scene, attribution):
        return None
    end = scene.closing(attribution)
    after = [t for t in scene.cast.words(end, end + _NEAR) if t.text not in ',"”']
    if len(after) < 2 or after[0].start - end > _TOUCHING:
        return None
    inverted = fold(after[0].text) in saying()
    first = after[1] if inverted else after[0]
    if fold(first.text) in PRONOUNS and fold(after[1].text) in saying():
        return _at(scene, attribution, first.start, first.end)
    mention = next((m for m in scene.cast.between(first.start, end + _NEAR) if m.outer <= first.start), None)
    if mention is None or mention.possessive:
        return None
    verb = next((t.text for t in after if t.start >= mention.end), "")
    open_ended = scene.clean[max(0, end - 2) : end].strip('"”')[-1:] in (",", "?", "!")
    if open_ended and (inverted or fold(verb) in saying() or verb.endswith(("ed", "went"))):
        return _at(scene, attribution, mention.outer, mention.end)
    return None


def _opens_quoted(scene: Scene, attribution: Attribution) -> bool:
    """Whether what is said begins with a quotation mark."""
    return bool(attribution.content) and scene.clean[attribution.content[0][0]] in '"“'


def _said_before(scene: Scene, attribution: Attribution, last: Turn | None) -> Answer | None:
    """Whoever is said to say something since the last quote, earlier in the same paragraph."""
    start = min((a for a, _ in attribution.content), default=0)
    spoken = last.attribution.content if last else ()
    since = max(scene.paragraph_start(start), *(end for _, end in spoken)) if spoken else scene.paragraph_start(start)
    for mention in reversed(scene.cast.between(since, start)):
        if mention.says and not scene.inside_quote(mention.start):
            return _at(scene, attribution, mention.outer, mention.end)
    return None


def _introduced(scene: Scene, attribution: Attribution) -> Answer | None:
    """The first person of a sentence that ends in a colon before the words ("From X, writing in the paper:")."""
    start = min((a for a, _ in attribution.content), default=0)
    before = scene.clean[max(0, start - 20) : start].rstrip(' \n"“')
    if not before.endswith(":"):
        return None
    colon = max(0, start - 20) + len(before) - 1
    for mention in scene.cast.between(scene.sentence_start(colon), colon):
        if mention.figure.kind == "person" and not mention.possessive:
            return _at(scene, attribution, mention.outer, mention.end)
    return None


def _at(scene: Scene, attribution: Attribution, start: int, end: int) -> Answer:
    voice = sourced(scene, attribution, start, end).voice
    return Answer(voice, f"'{scene.form(start, end)}' stands right by the words", "beside")


def _answering(scene: Scene, last: Turn) -> Voice | None:
    """In an interview, whoever is not asking: two voices in turn, and a question just before."""
    content = last.attribution.content
    if not content or not scene.clean[content[-1][0] : content[-1][1]].rstrip("\"'”’ ").endswith("?"):
        return None
    voices = [turn.voice for turn in scene.turns[-4:]]
    in_turn = len(voices) == 4 and all(a is not b for a, b in pairwise(voices))
    return voices[-2] if in_turn and len({id(v) for v in voices}) == 2 else None


def _goes_on(attribution: Attribution, following: Attribution | None) -> bool:
    """Whether the words after these, in the same paragraph and with a source, are direct speech as well."""
    return (
        following is not None
        and bool(following.source)
        and following.kind == "direct"
        and following.paragraph == attribution.paragraph
    )
