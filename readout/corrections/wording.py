"""Corrections in the words that a reader sees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from readout.corrections.records import Anchor, Correction, Days, Pair, Said
from readout.quoted import GAP
from readout.records import Event
from readout.wording import agree, day, days

KINDS = {"direct": "word for word", "mixed": "a paraphrase, partly word for word", "indirect": "a paraphrase"}


def told(correction: Correction) -> str:
    """What a correction says, as a sentence: "Grace Hopper says “The bridge is safe”."."""
    words, value = quoted(correction.target), correction.value
    if isinstance(value, Said):
        if correction.sort == "bounds":
            found = f"{quoted(value.content)} ({KINDS[value.kind]})"
            return f"What {value.speaker} {agree(value.speaker, 'says')} is {found}, not {words}."
        how = f", {KINDS[value.kind]}" if correction.sort == "quote" else ""
        return f"{value.speaker} {agree(value.speaker, 'says')} {words}{how}."
    if isinstance(value, Pair):
        return f"“{value.other}” {agree(value.other, 'is')} {value.kept}."
    if correction.sort == "note":
        return f"Note on {words}: {value}"
    if correction.sort == "star":
        return "The article has a star."
    if correction.sort == "place":
        return f"Stopped reading at {words}."
    if isinstance(value, Days):
        return f"{words} means {days(value.earliest, value.latest)}."
    if isinstance(value, Event):
        return f"{words} means {value.name}, {days(value.first, value.last)}."
    if correction.sort == "not a quote":
        return f"Nobody says {words}."
    if correction.sort == "event":
        return f"{words} is no event of the catalogue."
    if isinstance(value, str):
        return f"The {correction.sort} is “{value}”." if value else f"Nobody knows the {correction.sort}."
    return f"Published on {day(value)}." if isinstance(value, date) else "Nobody knows when this was published."


def quoted(places: Sequence[Anchor], most: int = 160) -> str:
    """The words of these places in quotation marks, their middle left out where they are long."""
    words = GAP.join(" ".join(place.exact.split()).strip("\"“”'‘’,; ") for place in places)
    if len(words) > most:
        half = most // 2
        words = f"{words[:half].rsplit(' ', 1)[0]} … {words[-half:].split(' ', 1)[-1]}"
    return f"“{words}”"
