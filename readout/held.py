"""What is sure enough to be shown, and what is held back: doubtful paraphrases, and whoever says nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from readout.records import Quote, Reading, Speaker

Parted = tuple[tuple[Quote, ...], tuple[Speaker, ...], tuple[Quote, ...], tuple[Speaker, ...]]


def parted(quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> Parted:
    """The sure quotes and those who say them, then the held quotes and those who say nothing surer."""
    sure = tuple(quote for quote in quotes if not quote.held)
    held = tuple(quote for quote in quotes if quote.held)
    heard = {quote.speaker for quote in sure}
    return (
        sure,
        tuple(speaker for speaker in speakers if speaker.name in heard),
        held,
        tuple(speaker for speaker in speakers if speaker.name not in heard),
    )


def opened(reading: Reading) -> Reading:
    """The reading with the held quotes and their speakers among the others; its tone and voices stay as they were."""
    speakers = (*reading.speakers, *reading.hidden)
    return replace(reading, quotes=reading.all_quotes, speakers=speakers, held=(), hidden=())


def closed(clean: str, reading: Reading) -> Reading:
    """An opened reading with the held quotes, and whoever says nothing surer, apart again; each speaker in their place.

    Args:
        clean: the text after `layout.plain`.
        reading: what `opened` gives, perhaps changed since.
    """
    quotes, speakers, held, hidden = parted(reading.quotes, reading.speakers)
    speakers, hidden = ranked(clean, speakers, quotes), ranked(clean, hidden, held)
    return replace(reading, quotes=quotes, speakers=speakers, held=held, hidden=hidden)


def ranked(clean: str, speakers: Iterable[Speaker], quotes: Iterable[Quote]) -> tuple[Speaker, ...]:
    """Those who say something, by the words quoted, most first; what is equal stays as it was."""
    words: Counter[str] = Counter()
    for quote in quotes:
        words[quote.speaker] += sum(len(clean[start:end].split()) for start, end in quote.content)
    heard = [speaker for speaker in speakers if speaker.name in words]
    return tuple(sorted(heard, key=lambda speaker: -words[speaker.name]))
