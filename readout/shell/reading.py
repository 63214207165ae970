"""`readout read`: print the reading of one article."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from statistics import fmean
from typing import Literal

from readout.errors import FileError
from readout.exports.csv import to_csv
from readout.exports.quotes import described
from readout.exports.w3c import to_bytes
from readout.language import is_english
from readout.load import guarded
from readout.load.limits import MOST_BYTES
from readout.quoted import doubtful, said, word_count, wording
from readout.reading import read
from readout.records import Article, Quote, Reading
from readout.shelf import titled
from readout.shell.adding import About, open_source
from readout.shell.saying import on_one_line
from readout.tables.quotes import quotes_table
from readout.version import provenance
from readout.wording import counted, day, days, less_certain, signed, tone

Form = Literal["text", "json", "csv"]

_STANDARD_INPUT = "standard input"
_WIDEST = 100
"""Columns of the terminal that lines fill at most."""
_UNDATED = "No day of publication is known, so times such as “last week” have no days. Say it with --published."
_FOREIGN = "This text does not read like English, the one language whose words Readout knows: expect little here."


def show(source: str, about: About, form: Form = "text") -> int:
    """Read one article and print what was found in it; gives the exit code.

    Args:
        source: a file, the address of a page, or "-" for standard input.
        about: what is known of the article; it goes before what its file says.
        form: "text" for people; "json" for the whole reading, as `Reading.to_dict()` with the article beside it; "csv"
            for the table of its quotes.

    Raises:
        ReadoutError: if it can't be opened.
    """
    article = _opened(source, about)
    reading = read(
        article.text,
        published=article.published,
        title=article.title,
        body=article.body_span,
        toward=form == "json",
    )
    if form == "text":
        start, end = reading.layout.body
        if not is_english(article.text[start:end]):
            print(_FOREIGN, file=sys.stderr)
        if article.published is None:
            print(_UNDATED, file=sys.stderr)
        print("\n".join(lines(article, reading, min(shutil.get_terminal_size().columns, _WIDEST))))
        return 0
    sys.stdout.flush()
    sys.stdout.buffer.write(
        to_csv(quotes_table(article, reading, reading.all_quotes)) if form == "csv" else to_json(article, reading)
    )
    return 0


def to_json(article: Article, reading: Reading) -> bytes:
    """A whole reading as JSON: `Reading.to_dict()`, and beside it the article with its text, and what read it.

    Offsets count code points of the article's text.
    """
    about = described(article) | {"text": article.text}
    read_by = provenance(toward=True).to_dict()
    return to_bytes({"article": about, "read_by": read_by, "offsets": "code points", **reading.to_dict()})


def lines(article: Article, reading: Reading, width: int) -> Iterator[str]:
    """A reading for people, line by line: who speaks, each quote, each time, the tone in brief, and what read it.

    Args:
        article: the article.
        reading: its reading.
        width: how many characters a line may have.
    """
    yield from _wrapped(article.title or article.name or "An article without a title", width)
    by = f"By {article.byline}" if article.byline else ""
    published = day(article.published) if article.published else ""
    if known := " · ".join(part for part in (article.publisher, by, published) if part):
        yield from _wrapped(known, width)
    yield from _speakers(article, reading, width)
    yield from _quotes(article, reading, width)
    yield from _times(article, reading, width)
    yield from _tone(reading)
    yield ""
    yield provenance().sentence


def _opened(source: str, about: About) -> Article:
    if source == "-":
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
        if not data.strip():
            raise FileError("Nothing came from standard input. Send an article's text, or name a file.")
        article = guarded.load(data, name=_STANDARD_INPUT)
    else:
        article = open_source(source if source.lower().startswith(("http://", "https://")) else Path(source)).article
    return titled(
        replace(
            article,
            published=about.published or article.published,
            title=about.title or article.title,
            publisher=about.publisher or article.publisher,
        )
    )


def _speakers(article: Article, reading: Reading, width: int) -> Iterator[str]:
    yield ""
    if not reading.quotes:
        yield "Nobody is quoted, as far as Readout can see."
        return
    yield "SPEAKERS"
    for speaker in reading.speakers:
        own = [quote for quote in reading.quotes if quote.speaker == speaker.name]
        if own:
            words = sum(word_count(article.text, quote) for quote in own)
            who = f"{speaker.name}, {speaker.role}" if speaker.role else speaker.name
            unnamed = "" if speaker.named else ", never named"
            yield from _wrapped(f"{who}{unnamed}: {counted(len(own), 'quote')}, {counted(words, 'word')}", width, 2)


def _quotes(article: Article, reading: Reading, width: int) -> Iterator[str]:
    if not reading.quotes:
        return
    yield ""
    yield "QUOTES"
    for paragraph, quotes in groupby(reading.quotes, key=lambda quote: quote.paragraph):
        yield f"  Paragraph {paragraph + 1}"
        for quote in quotes:
            yield from _wrapped(_whose(article, quote), width, 4)
            yield from _wrapped(said(article.text, quote), width, 6)
    if reading.held:
        yield from _wrapped(less_certain(len(reading.held)), width, 2)


def _whose(article: Article, quote: Quote) -> str:
    cue = " … ".join(wording(article.text, span) for span in quote.cue)
    parts = [quote.speaker, quote.kind]
    parts += [f"“{cue}”"] if cue else []
    parts += [f"via {quote.via}"] if quote.via else []
    parts += [f"uncertain, {quote.confidence:.2f}"] if doubtful(quote) else []
    return " · ".join(parts)


def _times(article: Article, reading: Reading, width: int) -> Iterator[str]:
    mentions = [
        (one.start, one.end, f"{one.event.name}, {days(one.event.first, one.event.last)}") for one in reading.events
    ]
    dated = [
        (one.start, one.end, days(one.earliest, one.latest))
        for one in reading.times
        if one.earliest and one.latest and not any(start < one.end and one.start < end for start, end, _ in mentions)
    ]
    found = sorted(mentions + dated)
    if not found:
        return
    yield ""
    yield "TIMES"
    for start, end, meant in found:
        yield from _wrapped(f"“{wording(article.text, (start, end))}”: {meant}", width, 2)


def _tone(reading: Reading) -> Iterator[str]:
    """Mean polarities of the paragraphs, and the ends of their range."""
    if not reading.tone:
        return
    yield ""
    yield "TONE"
    mean = fmean(one.polarity for one in reading.tone)
    whole = f"All {len(reading.tone):,} paragraphs" if len(reading.tone) > 1 else "The one paragraph"
    yield f"  {whole}: {signed(mean)}, {tone(mean)}"
    ranked = sorted(reading.tone, key=lambda one: one.polarity)
    for name, one in (("Lowest", ranked[0]), ("Highest", ranked[-1])):
        if len(ranked) > 1:
            yield f"  {name}: paragraph {one.paragraph + 1}, {signed(one.polarity)}, {tone(one.polarity)}"


def _wrapped(words: str, width: int, indent: int = 0) -> list[str]:
    """Words of an article as lines for a terminal, with nothing in them that would steer it."""
    margin = " " * indent
    return textwrap.wrap(
        on_one_line(words),
        max(width, 40),
        initial_indent=margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )
