"""How each voice speaks of whom: the tone of every mention, in the words of whoever speaks there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from readout.cast.names import find_names
from readout.layout import plain
from readout.mentions import find_mentions
from readout.records import REPORTER, Mention, Reading, Spoken, Toward, WeighedWord
from readout.regard import evidence_of, towards


def mentions_of(text: str, reading: Reading) -> tuple[Mention, ...]:
    """Who is spoken of in an article, where and by whom; quick, for it asks for no tone.

    Args:
        text: the article's text.
        reading: its reading, as the engine made it or as its readers corrected it.
    """
    cast = find_names(plain(text), reading.layout)
    return find_mentions(cast, reading.speakers, reading.quotes, reading.events)


def spoken_of(text: str, reading: Reading) -> tuple[Spoken, ...]:
    """How each voice speaks of whom, mention by mention in reading order.

    Args:
        text: the article's text.
        reading: its reading, as the engine made it or as its readers corrected it.
    """
    mentions = mentions_of(text, reading)
    clean = plain(text)
    tones: dict[Mention, Toward] = {}
    for words, own in (
        (_reported(clean, reading, mentions), [one for one in mentions if one.speaker == REPORTER]),
        (clean, [one for one in mentions if one.speaker != REPORTER]),
    ):
        spans = [(one.start, one.end) for one in own]
        tones |= zip(own, towards(words, reading.layout.sentences, spans), strict=True)
    return tuple(_spoken(one, tones[one]) for one in mentions)


def evidence_for(text: str, reading: Reading, mentions: Sequence[Mention], one: Spoken) -> tuple[WeighedWord, ...]:
    """The words that weighed most in how a mention is spoken of, the heaviest first; a tenth of a second of work.

    Args:
        text: the article's text.
        reading: its reading.
        mentions: what `mentions_of` gives for these.
        one: one of what `spoken_of` gives for these.
    """
    clean = plain(text)
    words = _reported(clean, reading, mentions) if one.speaker == REPORTER else clean
    return evidence_of(words, reading.layout.sentences, (one.start, one.end), one.label)


def _reported(clean: str, reading: Reading, mentions: Sequence[Mention]) -> str:
    """The text with all that is quoted blanked, for a reporter is not to be held to what others say.

    What is named there is not the reporter's, so no mention of theirs goes with it. The cues are blanked too: that
    somebody "scolded" or "expressed hope" is the tone of what they say.
    """
    starts = [one.start for one in mentions]
    blank = [span for quote in reading.quotes for span in quote.content]
    for start, end in (span for quote in reading.quotes for span in quote.cue):
        place = bisect_left(starts, end) - 1
        if place < 0 or mentions[place].end <= start:
            blank.append((start, end))
    kept, at = [], 0
    for start, end in sorted(blank):
        if end > at:
            kept += [clean[at : max(start, at)], re.sub(r"\S", " ", clean[max(start, at) : end])]
            at = end
    return "".join((*kept, clean[at:]))


def _spoken(one: Mention, tone: Toward) -> Spoken:
    return Spoken(one.start, one.end, one.whom, one.speaker, tone.label, tone.probabilities, tone.clear)
