"""A reading as its readers corrected it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from readout.corrections import quotes, times
from readout.corrections.anchors import Finder
from readout.corrections.records import FACTS, Anchor, Corrected, Correction, Said
from readout.held import closed, opened
from readout.layout import plain
from readout.records import Article, Reading, Span
from readout.spoken import spoken_of
from readout.tone import weigh


def apply(article: Article, reading: Reading, corrections: Iterable[Correction]) -> Corrected:
    """Correct a reading: the same arguments always give the same answer, and neither of them is changed.

    The corrections hold in the order given, a later one over an earlier one; to undo one, leave it out. Facts such as
    the day of publication come first, for the times hang on the day, whenever its reader put it right. Notes and stars
    change nothing; they are neither among those that hold nor among those that are lost.

    Args:
        article: the article as it was opened.
        reading: the engine's reading of it.
        corrections: what its readers said.

    Returns:
        The corrected article and reading, the corrections that hold, and those whose place is not found again. One
        that says what the engine sees by now holds too.
    """
    order = [correction for correction in corrections if correction.corrects]
    if not order:
        return Corrected(article, reading)
    clean = plain(article.text)
    corrected = _described(article, order)
    now = times.republished(clean, corrected, reading) if corrected.published != article.published else reading
    now = before = opened(now)
    finder = Finder(article.text)
    applied: list[Correction] = []
    lost: list[Correction] = []
    for correction in order:
        step = _step(clean, now, correction, finder)
        if step is None:
            lost.append(correction)
        else:
            now = step
            applied.append(correction)
    now = _settled(clean, reading, before, now)
    if reading.toward:
        now = replace(now, toward=spoken_of(article.text, now))
    return Corrected(corrected, now, tuple(applied), tuple(lost))


def _described(article: Article, corrections: Iterable[Correction]) -> Article:
    for correction in corrections:
        # A correction checks its own value: it is of the type of the field that its sort names.
        if correction.sort in FACTS:
            fact: dict[str, Any] = {correction.sort: correction.value}
            article = replace(article, **fact)
    return article


def _step(clean: str, reading: Reading, correction: Correction, finder: Finder) -> Reading | None:
    """The reading after one correction; None where its place is not found."""
    if not correction.target:
        return reading
    place = _found(finder, correction.target)
    if place is None:
        return None
    match correction.sort:
        case "not a quote":
            return quotes.no_quote(clean, reading, sorted(place))
        case "quote" | "speaker":
            return quotes.said(clean, reading, sorted(place), correction)
        case "bounds":
            assert isinstance(correction.value, Said)
            content = _found(finder, correction.value.content)
            return (
                None if content is None else quotes.bounded(clean, reading, sorted(place), sorted(content), correction)
            )
        case "same speaker":
            return quotes.one_speaker(clean, reading, place, correction) if len(place) == 2 else None
        case "time":
            return times.dated(clean, reading, place, correction)
        case _:
            return times.named(clean, reading, place, correction)


def _found(finder: Finder, anchors: Sequence[Anchor]) -> list[Span] | None:
    """Where the anchors stand now; None where one of them is lost."""
    spans = [span for anchor in anchors if (span := finder.find(anchor))]
    return spans if len(spans) == len(anchors) else None


def _settled(clean: str, given: Reading, before: Reading, after: Reading) -> Reading:
    """The reading with what follows from its quotes made anew: what is held back, the speakers in order, the tones."""
    if (after.quotes, after.speakers) == (before.quotes, before.speakers):
        apart = {name: getattr(given, name) for name in ("quotes", "speakers", "held", "hidden")}
        after = replace(after, **apart)
    else:
        after = closed(clean, after)
    if (after.quotes, after.speakers, after.events) == (given.quotes, given.speakers, given.events):
        return after
    tone, voices = weigh(clean, after.layout, after.quotes, after.events)
    return replace(after, tone=tone, voices=voices)
