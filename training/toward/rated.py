"""Teach the network the tone of whole sentences before anything else, from snippets that people rated.

python -m training.toward.rated --ratings FOLDER --base FOLDER --out FOLDER

The snippets are those that VADER was tested on (Hutto and Gilbert 2014): from editorials of the New York Times, reviews
of films and of goods, and tweets, each rated from -4 to 4 by some twenty people. The folder is `hutto_ICWSM_2014`,
which the source package of vaderSentiment carries.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import replace
from pathlib import Path

import numpy as np

from readout.regard.sentence import encode
from training.toward.examples import UNLABELLED, Example
from training.toward.learning import Course, Lesson, learn
from training.toward.model import fresh
from training.toward.telling import Telling

EDITORIALS = "nytEditorialSnippets"
_KINDS = (EDITORIALS, "movieReviewSnippets", "amazonReviewSnippets", "tweets")


def rated(folder: Path) -> list[Lesson]:
    """The snippets, for each how many of those who rated it found it negative, neutral, positive."""
    return [lesson for kind in _KINDS for lesson in _of_one_kind(folder, kind)]


def snippets(folder: Path, kind: str) -> dict[str, str]:
    """The snippets of a kind by their numbers."""
    return {row[0]: row[2].strip() for row in _rows(folder / f"{kind}_GroundTruth.txt")}


def _of_one_kind(folder: Path, kind: str) -> list[Lesson]:
    votes = {row[0]: _shares(row[3]) for row in _rows(folder / f"{kind}_anonDataRatings.txt")}
    texts = snippets(folder, kind).items()
    return [Lesson(_whole(text), votes[number][None]) for number, text in texts if number in votes and text]


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _shares(listed: str) -> np.ndarray:
    ratings = np.array([float(rating) for rating in listed.strip("[] ").split(",")])
    return np.array([(ratings < 0).mean(), (ratings == 0).mean(), (ratings > 0).mean()], np.float32)


def _whole(text: str) -> Example:
    """A snippet of which all pieces are what is judged."""
    read = next(encode(text, [(len(text) - 1, len(text))]))
    where = np.zeros((1, len(read.pieces)), np.float32)
    where[0, 1:-1] = 1 / max(1, len(read.pieces) - 2)
    return Example(replace(read, where=where), (UNLABELLED,), (1.0,), (UNLABELLED,))


def main() -> None:
    """Teach, and keep the weights."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("ratings", "base", "out"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument("--layers", type=int, default=6)
    given = ask.parse_args()
    course = Course(epochs=2, batch=32, rate=1e-4, head=1e-3)
    learn(fresh(given.base, given.layers), rated(given.ratings), course, Telling(given.out, []))


if __name__ == "__main__":
    main()
