"""Fit how likely a paraphrase is right, and show what each line of doubt would let through.

    python training/paraphrases.py [--shared FOLDER]

A paraphrase is right where somebody does say, think or want it, its words' bounds are about right, and its speaker is
whoever that is. paraphrase-readings.tsv beside this file has verdicts on news pages of shared/gold/pages, read one by
one: the page, where the paraphrase starts, and 1, 0.5 (the bounds, or whether it is speech at all) or 0. Articles of
PolNeAR's training part that `training/encoder` keeps apart count beside them, each of theirs little: there right means
the same words, a source in common and a cue of saying. Nothing of PolNeAR's dev part is used, nor of the pages kept for
the closing figures.

Prints `WEIGHTS` and `BIAS` for `readout/speakers/paraphrases.py`; then, each page by weights that had not seen it, how
many would be shown and held by line, and how many of them are right, and whether the likelihood says how often it is.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from readout.attribution import attribute
from readout.attribution.join import join
from readout.attribution.lexicon import CUE_FORMS
from readout.encoder import propose
from readout.layout import lay_out, plain
from readout.marks import quotations
from readout.records import Attribution
from readout.speakers.paraphrases import evidence_for
from readout.speakers.resolver import answers
from readout.speakers.scene import Scene
from training.encoder.data import gold_module, split

HERE = Path(__file__).parent
LINES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.8)
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0)
RIDGE = 1.0
OF_POLNEAR = 0.1
"""What a paraphrase of PolNeAR counts beside one that was read."""
MATCHING = 0.6

Floats = npt.NDArray[np.float64]


class Row(NamedTuple):
    """A paraphrase: its article, its evidence, whether it is right, and what it counts."""

    article: str
    evidence: tuple[float, ...]
    right: float
    counts: float


def main() -> None:
    """Fit and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    given = ask.parse_args()
    read = list(_read(given.shared / "gold" / "pages" / "bodies.json"))
    rows = [*read, *_of_polnear(given.shared)]
    weights = fit(rows)
    print("WEIGHTS =", tuple(round(float(w), 3) for w in weights[:-1]), "BIAS =", round(float(weights[-1]), 3))
    likely = np.zeros(len(read))
    for page in {row.article for row in read}:
        learnt = fit([row for row in rows if row.article != page])
        for place, row in enumerate(read):
            if row.article == page:
                likely[place] = _likelihood(learnt, [row])[0]
    right = np.array([row.right for row in read])
    print("\nline, shown, share right, held, share right")
    for line in LINES:
        shown = likely >= line
        print(f"  {line:.2f}  {shown.sum():4} {right[shown].mean():.3f}  {(~shown).sum():4} {right[~shown].mean():.3f}")
    print("\nlikelihood, paraphrases, mean likelihood, share right")
    for low, high in pairwise(BINS):
        inside = (likely >= low) & (likely < high)
        print(f"  {low:.1f} to {high:.1f}  {inside.sum():4}  {likely[inside].mean():.3f}  {right[inside].mean():.3f}")


def fit(rows: list[Row]) -> Floats:
    """Weights, the bias last, of a logistic regression, by Newton's method."""
    x = np.array([(*row.evidence, 1.0) for row in rows])
    y, counts = np.array([row.right for row in rows]), np.array([row.counts for row in rows])
    ridge = RIDGE * np.eye(x.shape[1])
    ridge[-1, -1] = 0
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        curve = (x * (counts * p * (1 - p))[:, np.newaxis]).T @ x + ridge
        weights -= np.linalg.solve(curve, x.T @ (counts * (p - y)) + ridge @ weights)
    return weights


def _likelihood(weights: Floats, rows: list[Row]) -> Floats:
    likely: Floats = 1 / (1 + np.exp(-np.array([(*row.evidence, 1.0) for row in rows]) @ weights))
    return likely


def _found(text: str) -> Iterator[tuple[Attribution, tuple[float, ...]]]:
    """The paraphrases of a text with their evidence."""
    clean, layout = plain(text), lay_out(text)
    marks = quotations(clean, layout)
    rules = attribute(clean, layout, marks)
    said = join(clean, layout, marks, rules, propose(clean, layout, marks, rules))
    for one, answer in zip(said, answers(Scene(clean, layout, said), said), strict=True):
        if one.kind != "direct":
            yield one, evidence_for(clean, one, answer)


def _read(bodies: Path) -> Iterator[Row]:
    verdicts: dict[str, dict[int, float]] = {}
    for line in (HERE / "paraphrase-readings.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            page, start, right = line.split("\t")
            verdicts.setdefault(page, {})[int(start)] = float(right)
    texts = json.loads(bodies.read_text("utf-8"))
    for page, own in verdicts.items():
        for said, evidence in _found(texts[page]["articleBody"]):
            if said.content[0][0] in own:
                yield Row(page, evidence, own[said.content[0][0]], 1.0)


def _of_polnear(shared: Path) -> Iterator[Row]:
    gold = gold_module(shared)
    quotes: Any = import_module("quotes")
    train = gold.polnear(gold.GOLD / "polnear" / "train")
    apart = set(split([article.name for article, _ in train])[1])
    for article, truth in train:
        if article.name in apart:
            wanted = [(quotes.words(article.text, one.content), one) for one in truth]
            for said, evidence in _found(article.text):
                yield Row(article.name, evidence, _is_right(article.text, said, wanted, quotes), OF_POLNEAR)


def _is_right(text: str, said: Attribution, wanted: list[tuple[set[int], Any]], quotes: Any) -> float:  # noqa: ANN401
    words = quotes.words(text, said.content)
    alike = ((len(words & theirs) / len(words | theirs), place) for place, (theirs, _) in enumerate(wanted))
    share, place = max(alike, default=(0.0, 0))
    if share < MATCHING:
        return 0.0
    one = wanted[place][1]
    cue = " ".join(text[start:end] for start, end in one.cue).lower().split()
    saying = (CUE_FORMS[word].takes for word in cue if word in CUE_FORMS)
    if "according" not in cue and not any(takes & {"that", "quote"} for takes in saying):
        return 0.0
    return float(not one.source or bool(quotes.named(text, one.source) & quotes.named(text, said.source)))


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    main()
