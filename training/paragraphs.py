"""Count the paragraph breaks of pages: those that people kept against those that Readout and plain trafilatura give.

    python training/paragraphs.py [FOLDER]    FOLDER: ../shared/gold/pages unless given

A break is known by the three words before it and the three after. One counts only where both texts have these six
words in a row, with or without a break among them, so that a part that one of them leaves out says nothing about
breaks. Of the breaks that the people's text has, "kept" are those that ours has too; of ours, "right" are those that
the people's text has. A line's end is a break on both sides: the people's text has items of lists on lines of their
own, and a reading takes a line for a paragraph too.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections import Counter
from pathlib import Path

import trafilatura

from readout import load

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("READOUT_SHARED") or ROOT.parent / "shared")
_AROUND = 3

Place = tuple[tuple[str, ...], tuple[str, ...]]


def places(text: str) -> tuple[Counter[Place], Counter[Place]]:
    """Every place between two words of a text, and those of them where a line ends."""
    words: list[str] = []
    breaks: set[int] = set()
    for line in text.split("\n"):
        breaks.add(len(words))
        words += re.findall(r"\w+", line)
    every: Counter[Place] = Counter()
    broken: Counter[Place] = Counter()
    for i in range(1, len(words)):
        place = tuple(words[max(0, i - _AROUND) : i]), tuple(words[i : i + _AROUND])
        every[place] += 1
        broken[place] += i in breaks
    return every, +broken


def count(bodies: dict[str, str], truth: dict[str, str]) -> tuple[int, int, int]:
    """Breaks in both texts, in the people's, and in the other, among the places that both have."""
    both = theirs = others = 0
    for name, body in bodies.items():
        (true_places, true_breaks), (places_given, breaks_given) = places(truth[name]), places(body)
        kept, given = true_breaks & places_given, breaks_given & true_places
        both, theirs, others = both + (kept & given).total(), theirs + kept.total(), others + given.total()
    return both, theirs, others


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "gold" / "pages"
    pages = json.loads((folder / "bodies.json").read_text("utf-8"))
    ours, plain = {}, {}
    for name, page in pages.items():
        data = gzip.decompress((folder / f"{name}.html.gz").read_bytes())
        ours[name] = load(data, name=f"{name}.html", url=page["url"]).body
        plain[name] = trafilatura.extract(data, url=page["url"], include_comments=False) or ""
    truth = {name: page["articleBody"] for name, page in pages.items()}
    for who, bodies in (("readout", ours), ("trafilatura", plain)):
        both, theirs, others = count(bodies, truth)
        print(
            f"{who:12} kept {both} of {theirs} = {both / theirs:.3f}   right {both} of {others} = {both / others:.3f}"
        )


if __name__ == "__main__":
    main()
