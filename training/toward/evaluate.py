"""The network beside TextBlob and VADER on the same five folds, and how far its probabilities hold.

python -m training.toward.evaluate --gold ../shared/gold/newsmtsc/train.jsonl

It reads what training.toward.measure kept in `scores`: of each fold, the targets that its network has not seen.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.tone_on_news import BANDS, _scorers, macro_f1, sign
from training.toward.data import FOLDS, Target, fold_of, load

Floats = npt.NDArray[np.float64]
BINS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
RIGHT = 0.9
"""How many are to be right above the confidence from which a tone is called clear."""


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--gold", type=Path, required=True)
    ask.add_argument("--scores", type=Path, default=Path(__file__).with_name("scores"))
    given = ask.parse_args()
    targets = load(given.gold)
    truth = np.array([t.label for t in targets])
    folds = np.array([fold_of(t.article) for t in targets])
    scores = np.zeros((len(targets), 3))
    for number in range(FOLDS):
        with np.load(given.scores / f"fold{number}.npz") as kept:
            assert set(kept["number"]) == set(np.flatnonzero(folds == number)), number
            scores[kept["number"]] = kept["scores"]
    table = {"network": scores.argmax(1)} | lists(targets, truth, folds)
    print("macro F1   " + "  ".join(f"fold {n}" for n in range(FOLDS)) + "    mean  accuracy")
    for name, said in table.items():
        each = [macro_f1(pairs(said[folds == n], truth[folds == n])) for n in range(FOLDS)]
        right = (said == truth).mean()
        print(f"{name:9}  " + "  ".join(f"{f:6.3f}" for f in each) + f"  {np.mean(each):6.3f}  {right:8.3f}")
    confusion(table["network"], truth)
    calibration(scores, truth, folds)


def pairs(said: Sequence[int] | npt.NDArray[np.int64], true: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Places of classes as the signs that `macro_f1` counts."""
    return [(int(s) - 1, int(t) - 1) for s, t in zip(said, true, strict=True)]


def lists(
    targets: Sequence[Target], truth: npt.NDArray[np.int64], folds: npt.NDArray[np.int64]
) -> dict[str, npt.NDArray[np.int64]]:
    """What the word lists say of each target; the band that is neutral is chosen on the other folds."""
    result = {}
    for name, score in _scorers().items():
        known = {text: score(text) for text in dict.fromkeys(t.text for t in targets)}
        values = [known[t.text] for t in targets]
        said = np.zeros(len(targets), np.int64)
        for number in range(FOLDS):
            learn, kept = np.flatnonzero(folds != number), np.flatnonzero(folds == number)
            band = max(BANDS, key=lambda b: macro_f1([(sign(values[i], b), int(truth[i]) - 1) for i in learn]))
            said[kept] = [sign(values[i], band) + 1 for i in kept]
        result[name] = said
    return result


def confusion(said: npt.NDArray[np.int64], truth: npt.NDArray[np.int64]) -> None:
    """Print how often each class is taken for each."""
    print("\ntrue \\ said  negative  neutral  positive")
    for true, name in enumerate(("negative", "neutral", "positive")):
        print(f"{name:11}  " + "  ".join(f"{((said == s) & (truth == true)).sum():8}" for s in range(3)))


def softmax(scores: Floats) -> Floats:
    """Probabilities over the last axis, in double precision: the engine's own are single, too coarse for the fit."""
    grown = np.exp(scores - scores.max(-1, keepdims=True))
    result: Floats = grown / grown.sum(-1, keepdims=True)
    return result


def fit(scores: Floats, truth: npt.NDArray[np.int64]) -> tuple[float, Floats]:
    """The scale, and the shifts of negative and positive, that make the truth likeliest (Nelder and Mead)."""
    from scipy.optimize import minimize

    def loss(x: Floats) -> float:
        p = softmax(scores * x[0] + np.array([x[1], 0.0, x[2]]))
        return float(-np.log(p[np.arange(len(truth)), truth] + 1e-12).mean())

    x = minimize(loss, np.array([1.0, 0.0, 0.0]), method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-7}).x
    return float(x[0]), np.array([x[1], 0.0, x[2]])


def gap(p: Floats, truth: npt.NDArray[np.int64]) -> float:
    """How far confidence and being right lie apart on average, over fifteen bins of equal width (ECE)."""
    sure, right = p.max(1), p.argmax(1) == truth
    place = np.minimum((sure * 15).astype(int), 14)
    return float(sum(abs(sure[place == b].sum() - right[place == b].sum()) for b in range(15)) / len(truth))


def calibration(scores: Floats, truth: npt.NDArray[np.int64], folds: npt.NDArray[np.int64]) -> None:
    """Print how far the probabilities hold, before and after, and from which confidence on a tone is clear."""
    before = softmax(scores)
    after = np.zeros_like(before)
    for number in range(FOLDS):
        scale, shift = fit(scores[folds != number], truth[folds != number])
        after[folds == number] = softmax(scores[folds == number] * scale + shift)
    scale, shift = fit(scores, truth)
    print(f"\nscale {scale:.3f} shifts {shift[0]:+.3f} 0 {shift[2]:+.3f} (on all folds)")
    for name, p in (("before", before), ("after", after)):
        sure, right = p.max(1), p.argmax(1) == truth
        f1 = np.mean([macro_f1(pairs(p[folds == n].argmax(1), truth[folds == n])) for n in range(FOLDS)])
        loss = -np.log(p[np.arange(len(truth)), truth]).mean()
        print(f"{name}: ECE {gap(p, truth):.3f}, log loss {loss:.3f}, macro F1 {f1:.3f}")
        for low, high in pairwise(BINS):
            inside = (sure > low) & (sure <= high)
            if inside.any():
                mean = sure[inside].mean()
                print(f"  {low:.1f}-{high:.1f}  {inside.sum():5}  said {mean:.3f}  right {right[inside].mean():.3f}")
    sure, right = after.max(1), after.argmax(1) == truth
    order = np.argsort(-sure)
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    last = int(np.flatnonzero(share >= RIGHT)[-1])
    print(
        f"clear from {sure[order][last]:.3f}: {last + 1} of {len(order)} ({(last + 1) / len(order):.3f}) are, ", end=""
    )
    print(f"{share[last]:.3f} of them right")
    clear = sure >= sure[order][last]
    for label, name in enumerate(("negative", "neutral", "positive")):
        mine = clear & (after.argmax(1) == label)
        print(f"  {name}: {mine.sum()} clear, {right[mine].mean():.3f} right")
    near = (sure > sure[order][last]) & (sure < sure[order][last] + 0.05)
    print(f"  within .05 above it {right[near].mean():.3f} right, below it {right[~clear].mean():.3f}")


if __name__ == "__main__":
    main()
