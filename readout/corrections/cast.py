"""The speakers of a corrected reading: who is meant by a name, who is one with whom, and who is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from readout.records import Reading, Span, Speaker
from readout.speakers import UNKNOWN


def meant(reading: Reading, name: str) -> str:
    """The name of the speaker that a reader means: their own, or what they alone are called; else as it is given."""
    if name in _names(reading):
        return name
    key = _key(name)
    alike = [speaker.name for speaker in reading.speakers if _key(speaker.name) == key]
    alike = alike or [speaker.name for speaker in reading.speakers if key in map(_key, speaker.aliases)]
    return alike[0] if len(alike) == 1 else " ".join(name.split())


def with_speaker(clean: str, reading: Reading, name: str, by: str) -> tuple[Speaker, ...]:
    """The speakers, with this one, who is looked for in the text where the reading does not know them."""
    if name in _names(reading):
        return reading.speakers
    start, end = reading.layout.body
    taken = [span for speaker in reading.speakers for span in speaker.mentions]
    wanted = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    mentions = apart([*((m.start(), m.end()) for m in wanted.finditer(clean, start, end))], taken)
    named = bool(mentions) and name != UNKNOWN and any(map(str.isupper, name))
    return (*reading.speakers, Speaker(name, mentions=mentions, named=named, by=by))


def moved(clean: str, speakers: Sequence[Speaker], old: str, new: str, source: Sequence[Span]) -> tuple[Speaker, ...]:
    """The speakers after a source ("he") was found to mean another one; words of the old one's name stay theirs."""
    holder = next((speaker for speaker in speakers if speaker.name == old), None)
    if holder is None or old == new:
        return tuple(speakers)
    gone = tuple(m for m in holder.mentions if _within(m, source) and not names(clean, m, old))
    return tuple(
        replace(s, mentions=tuple(m for m in s.mentions if m not in gone))
        if s is holder
        else replace(s, mentions=apart([*s.mentions, *gone]))
        if s.name == new
        else s
        for s in speakers
    )


def names(clean: str, span: Span, name: str) -> bool:
    """Whether the words at a place have a word of this name."""
    own = {word for word in re.findall(r"\w{3,}", name) if word[0].isupper()} or set(re.findall(r"\w{3,}", name))
    return not own.isdisjoint(re.findall(r"\w{3,}", clean[slice(*span)]))


def merged(speakers: Sequence[Speaker], kept: str, other: str, by: str) -> tuple[Speaker, ...]:
    """The speakers with two of them made one, in the place of the one kept."""
    first = next((s for s in speakers if s.name == kept), Speaker(kept))
    second = next((s for s in speakers if s.name == other), Speaker(other))
    one = Speaker(
        kept,
        first.role or second.role,
        tuple(dict.fromkeys((*first.aliases, *second.aliases, other))),
        apart([*first.mentions, *second.mentions]),
        first.named or second.named,
        by,
    )
    rest = [one if s is first else s for s in speakers if s is not second]
    return tuple(rest if first in speakers else [*rest, one])


def apart(spans: Iterable[Span], taken: Iterable[Span] = ()) -> tuple[Span, ...]:
    """The spans in order, none that overlaps what is taken, and of two that overlap the longer one."""
    occupied = sorted(set(taken))
    kept: list[Span] = []
    for span in sorted(set(spans)):
        if any(a < span[1] and span[0] < b for a, b in occupied):
            continue
        if kept and span[0] < kept[-1][1]:
            if span[1] - span[0] > kept[-1][1] - kept[-1][0]:
                kept[-1] = span
        else:
            kept.append(span)
    return tuple(kept)


def _names(reading: Reading) -> set[str]:
    return {speaker.name for speaker in reading.speakers}


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _within(span: Span, wider: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in wider)
