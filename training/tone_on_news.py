"""How often a word list tells what a sentence of news says of the one it is about.

Measured are TextBlob as it is, TextBlob as Readout takes it (without names and quantifiers), and VADER.

    python training/tone_on_news.py ../shared/gold/newsmtsc/train.jsonl

The gold is NewsMTSC's training part (Hamborg and Donnay 2021): sentences with the polarity toward persons and things
in them as people read it, 2 negative, 4 neutral, 6 positive. Every second sentence chooses the band of scores that
counts as neutral, the others are measured.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from textblob import TextBlob

from readout.layout import lay_out, plain
from readout.tone import mean, second_opinion, weigh

CLASSES = (-1, 0, 1)
BANDS = [step / 100 for step in range(0, 51, 2)]


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("gold", type=Path)
    sentences, targets = [], []
    for line in ask.parse_args().gold.read_text("utf-8").splitlines():
        row = json.loads(line)
        for target in row["targets"]:
            sentences.append(row["sentence_normalized"])
            targets.append((float(target["polarity"]) > 4) - (float(target["polarity"]) < 4))
    print(f"{len(targets):,} targets in {len(set(sentences)):,} sentences")
    for name, score in _scorers().items():
        known = {sentence: score(sentence) for sentence in dict.fromkeys(sentences)}
        half = {sentence: place % 2 for place, sentence in enumerate(known)}
        parts: list[list[tuple[float, int]]] = [[], []]
        for sentence, target in zip(sentences, targets, strict=True):
            parts[half[sentence]].append((known[sentence], target))
        band = max(BANDS, key=lambda b: macro_f1([(sign(s, b), t) for s, t in parts[0]]))
        _report(name, band, [(sign(s, band), t) for s, t in parts[1]])


def sign(score: float, band: float) -> int:
    """A score as -1, 0 or 1, 0 where it is no farther from zero than the band."""
    return (score > band) - (score < -band)


def macro_f1(pairs: Sequence[tuple[int, int]]) -> float:
    """The mean of the three classes' F1 over (said, true) pairs."""
    total = 0.0
    for one in CLASSES:
        right = sum(said == true == one for said, true in pairs)
        either = sum(said == one for said, _ in pairs) + sum(true == one for _, true in pairs)
        total += 2 * right / either if either else 0.0
    return total / len(CLASSES)


def _report(name: str, band: float, pairs: Sequence[tuple[int, int]]) -> None:
    right = sum(said == true for said, true in pairs) / len(pairs)
    commonest = max(sum(true == one for _, true in pairs) for one in CLASSES) / len(pairs)
    loud = [(said, true) for said, true in pairs if true]
    blame = [said for said, true in pairs if true < 0]
    print(f"{name}: neutral within {band:.2f}; accuracy {right:.3f} (commonest class {commonest:.3f}), ", end="")
    print(f"macro F1 {macro_f1(pairs):.3f}; of {len(loud):,} not neutral: right sign ", end="")
    print(
        f"{sum(s == t for s, t in loud) / len(loud):.3f}, wrong {sum(s == -t for s, t in loud) / len(loud):.3f}, ",
        end="",
    )
    print(f"none {sum(s == 0 for s, _ in loud) / len(loud):.3f}; ", end="")
    print(f"of {len(blame):,} negative {sum(s > 0 for s in blame) / len(blame):.3f} called positive")


def _scorers() -> dict[str, Callable[[str], float]]:
    return {
        "TextBlob as it is": lambda text: float(TextBlob(text).sentiment.polarity),
        "TextBlob without names and quantifiers": _weighed,
        "VADER": second_opinion,
    }


def _weighed(text: str) -> float:
    tones, _ = weigh(plain(text), lay_out(text, body=(0, len(text))), ())
    return mean([word for tone in tones for word in tone.words])[0]


if __name__ == "__main__":
    main()
