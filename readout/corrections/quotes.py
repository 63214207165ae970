"""What a correction of a quote, or of who speaks, does to a reading. Each step is a pure function of the reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from readout.corrections import cast
from readout.corrections.overlap import nearest, touch
from readout.corrections.records import Correction, Pair, Said
from readout.records import Quote, Reading, Span
from readout.wording import agree


def no_quote(clean: str, reading: Reading, place: Sequence[Span]) -> Reading:
    """The reading without the quote that stands there; as it is where the engine sees none any more."""
    number = nearest(clean, place, [quote.content for quote in reading.quotes])
    return reading if number is None else replace(reading, quotes=_without(reading.quotes, number))


def said(clean: str, reading: Reading, place: Sequence[Span], correction: Correction) -> Reading | None:
    """The reading with a quote at the place, said by whom the reader says.

    A quote that the engine sees there becomes this one. Where it sees none, perhaps no longer, the reader's word is
    enough.

    Returns:
        The new reading; None where the place is outside the article's body.
    """
    assert isinstance(correction.value, Said)
    paragraph = next((p.index for p in reading.layout.paragraphs if p.start <= place[0][0] < p.end), None)
    if paragraph is None:
        return None
    speaker = cast.meant(reading, correction.value.speaker)
    speakers = cast.with_speaker(clean, reading, speaker, correction.reader)
    reading = replace(reading, speakers=speakers)
    number = nearest(clean, place, [quote.content for quote in reading.quotes])
    before = None if number is None else reading.quotes[number]
    content = tuple(place)
    if before is None:
        quote = _new(content, paragraph, correction)
    else:
        content = before.content if correction.sort == "speaker" else content
        quote = replace(before, content=content, kind=correction.value.kind, by=correction.reader)
        if correction.sort == "speaker":
            quote = replace(quote, kind=before.kind)
        reading = _handed(clean, reading, before, speaker)
    named = next(s.named for s in speakers if s.name == speaker)
    if before is None or before.speaker != speaker:
        quote = replace(
            quote, speaker=speaker, reason=f"{correction.reader} says so", source=_sources(clean, quote, speaker)
        )
    quote = replace(_clear(quote), paragraph=paragraph, named=named, confidence=1.0, held=False)
    rest = reading.quotes if number is None else _without(reading.quotes, number)
    return replace(reading, quotes=_placed(rest, quote, number))


def bounded(
    clean: str, reading: Reading, place: Sequence[Span], content: Sequence[Span], correction: Correction
) -> Reading | None:
    """The reading with new bounds for the quote that stands at a place; whose it is stays the engine's to say."""
    assert isinstance(correction.value, Said)
    number = nearest(clean, place, [quote.content for quote in reading.quotes])
    if number is None:
        return said(clean, reading, content, correction)
    paragraph = next((p.index for p in reading.layout.paragraphs if p.start <= content[0][0] < p.end), None)
    if paragraph is None:
        return None
    quote = replace(
        reading.quotes[number],
        content=tuple(content),
        kind=correction.value.kind,
        paragraph=paragraph,
        by=correction.reader,
        held=False,
    )
    return replace(reading, quotes=_placed(_without(reading.quotes, number), _clear(quote), number))


def one_speaker(clean: str, reading: Reading, places: Sequence[Span], correction: Correction) -> Reading | None:
    """The reading with two speakers made one, by their names or by who speaks at their places now.

    That two are one says nothing of whether a held paraphrase is any, so such stay held.
    """
    assert isinstance(correction.value, Pair)
    wanted = (correction.value.kept, correction.value.other)
    found = [_who(clean, reading, name, place) for name, place in zip(wanted, places, strict=True)]
    kept, other = found
    if kept is None or other is None:
        return None
    if kept == other:
        return reading
    why = f"“{other}” {agree(other, 'is')} “{kept}”, {correction.reader} says"

    def told(quote: Quote) -> Quote:
        meant = replace(quote, speaker=kept, named=True, reason=why)
        return meant if quote.held else replace(meant, confidence=1.0, by=correction.reader)

    quotes = tuple(told(q) if q.speaker == other else q for q in reading.quotes)
    speakers = cast.merged(reading.speakers, kept, other, correction.reader)
    named = next(s.named for s in speakers if s.name == kept)
    quotes = tuple(replace(q, named=named) if q.speaker == kept and q.named != named else q for q in quotes)
    return replace(reading, quotes=quotes, speakers=speakers)


def _who(clean: str, reading: Reading, name: str, place: Span) -> str | None:
    """The speaker who has or goes by a name, else whoever speaks or is meant at the place now."""
    name = cast.meant(reading, name)
    if any(speaker.name == name for speaker in reading.speakers):
        return name
    number = nearest(clean, [place], [quote.content[:1] for quote in reading.quotes])
    if number is not None:
        return reading.quotes[number].speaker
    return next((s.name for s in reading.speakers if touch([place], s.mentions)), None)


def _new(content: tuple[Span, ...], paragraph: int, correction: Correction) -> Quote:
    assert isinstance(correction.value, Said)
    evidence = f"marked by {correction.reader}"
    return Quote(content, (), (), correction.value.kind, "", paragraph, evidence, by=correction.reader)


def _handed(clean: str, reading: Reading, quote: Quote, speaker: str) -> Reading:
    """The reading after a quote went to another speaker, and what its source means ("he") with it."""
    return replace(reading, speakers=cast.moved(clean, reading.speakers, quote.speaker, speaker, quote.source))


def _sources(clean: str, quote: Quote, speaker: str) -> tuple[Span, ...]:
    """The quote's source, unless it names whom the engine took for the speaker and the reader does not."""
    return tuple(
        span for span in quote.source if not cast.names(clean, span, quote.speaker) or cast.names(clean, span, speaker)
    )


def _clear(quote: Quote) -> Quote:
    """The quote without a cue or a source that its new bounds take in."""
    return replace(
        quote,
        cue=tuple(span for span in quote.cue if not touch([span], quote.content)),
        source=tuple(span for span in quote.source if not touch([span], quote.content)),
    )


def _without(quotes: Sequence[Quote], number: int) -> tuple[Quote, ...]:
    return (*quotes[:number], *quotes[number + 1 :])


def _placed(quotes: Sequence[Quote], quote: Quote, number: int | None) -> tuple[Quote, ...]:
    """The quotes with one more: where it was, or in reading order."""
    if number is None:
        number = next((i for i, other in enumerate(quotes) if other.start > quote.start), len(quotes))
    return (*quotes[:number], quote, *quotes[number:])
