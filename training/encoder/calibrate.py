"""Fit how likely a candidate is right, on the training articles kept apart, and check it on dev.

    python -m training.encoder.calibrate --shared ../shared

It prints `WEIGHTS`, `BIAS`, `SOURCE_WEIGHTS` and `SOURCE_BIAS` for `readout/attribution/join.py`, and how often
answers of each confidence are right on dev, with the weights that stand there now.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from types import ModuleType

import numpy as np

from readout.attribution import attribute
from readout.attribution.join import Candidate, candidates, evidence_for, join, source_evidence, source_of
from readout.encoder import propose
from readout.layout import lay_out, plain
from readout.marks import quotations
from training.encoder.data import gold_module, split

RIDGE = 1.0


def fit(rows: list[tuple[float, ...]], right: list[bool]) -> tuple[list[float], float]:
    """Weights and bias of a logistic regression, by Newton's method."""
    x = np.array([(*row, 1.0) for row in rows])
    y = np.array(right, float)
    ridge = RIDGE * np.eye(x.shape[1])
    ridge[-1, -1] = 0
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        step = np.linalg.solve((x * (p * (1 - p))[:, np.newaxis]).T @ x + ridge, x.T @ (p - y) + ridge @ weights)
        weights -= step
    return [round(float(w), 3) for w in weights[:-1]], round(float(weights[-1]), 3)


def main() -> None:
    """Print the weights, and the reliability of what stands."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, required=True)
    given = ask.parse_args()
    gold = gold_module(given.shared)
    import quotes

    train = gold.polnear(gold.GOLD / "polnear" / "train")
    apart = set(split([a.name for a, _ in train])[1])
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    source_rows: list[tuple[float, ...]] = []
    source_right: list[bool] = []
    for article, truth in train:
        if article.name not in apart:
            continue
        clean = plain(article.text)
        for candidate, best in _judged(article.text, truth, quotes):
            rows.append(evidence_for(candidate))
            right.append(best is not None)
            if best is not None and best.source:
                source = source_of(clean, candidate)
                source_rows.append(source_evidence(candidate, source))
                source_right.append(_same(article.text, best.source, source, quotes))
    print("WEIGHTS, BIAS =", *fit(rows, right))
    print("SOURCE_WEIGHTS, SOURCE_BIAS =", *fit(source_rows, source_right))
    _reliability(gold, quotes)


def _judged(text: str, truth: list, quotes: ModuleType) -> list[tuple[Candidate, object]]:
    """Each candidate with the gold attribution that it is, or None."""
    clean, layout = plain(text), lay_out(text)
    marks = quotations(clean, layout)
    rules = attribute(clean, layout, marks)
    wanted = [(quotes.words(text, g.content), g) for g in truth]
    judged = []
    for candidate in candidates(clean, marks, rules, propose(clean, layout, marks, rules)):
        words = quotes.words(text, candidate.content)
        share, best = max(
            ((len(words & w) / len(words | w), i) for i, (w, _) in enumerate(wanted) if words & w), default=(0, 0)
        )
        judged.append((candidate, wanted[best][1] if share >= 0.5 else None))
    return judged


def _same(text: str, wanted: tuple, source: tuple, quotes: ModuleType) -> bool:
    return bool(quotes.named(text, wanted) & quotes.named(text, source))


def _reliability(gold: ModuleType, quotes: ModuleType) -> None:
    """How often answers of each confidence are right on dev: content and source."""
    tenths: dict[int, list[bool]] = {}
    for article, truth in gold.polnear(gold.GOLD / "polnear" / "dev"):
        text = article.text
        clean, layout = plain(text), lay_out(text)
        marks = quotations(clean, layout)
        rules = attribute(clean, layout, marks)
        for found in join(clean, layout, marks, rules, propose(clean, layout, marks, rules)):
            words = quotes.words(text, found.content)
            fitting = [g for g in truth if _half(words, quotes.words(text, g.content))]
            good = any(not g.source or _same(text, g.source, found.source, quotes) for g in fitting)
            tenths.setdefault(min(9, int(found.confidence * 10)), []).append(good)
    for tenth, answers in sorted(tenths.items()):
        print(
            f"dev: confidence {tenth / 10:.1f} to {tenth / 10 + 0.1:.1f}: {len(answers)}, right {np.mean(answers):.2f}"
        )


def _half(first: set[int], second: set[int]) -> bool:
    return bool(first & second) and len(first & second) >= 0.5 * len(first | second)


if __name__ == "__main__":
    main()
