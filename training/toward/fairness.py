"""How often the label flips when the one spoken of has another name.

python -m training.toward.fairness --gold ../shared/gold/newsmtsc/train.jsonl --model FOLD0.onnx --fold 0

300 sentences of the fold that the network has not seen, in each the name of the one spoken of swapped for the 40 names
of tests/names.toml: the share of the swaps that change the label, by group. Pronouns and the other names stay.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from readout.records import Span
from readout.regard.sentence import encode
from readout.regard.session import probabilities
from readout.runtime import load_network
from training.toward.data import Target, fold, load

SENTENCES = 300
NAMES = Path(__file__).parents[2] / "tests" / "names.toml"
Judge = Callable[[str, Span], int]


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--gold", type=Path, required=True)
    ask.add_argument("--model", type=Path, required=True)
    ask.add_argument("--fold", type=int, default=0)
    given = ask.parse_args()
    network = load_network(given.model.read_bytes())

    def judge(text: str, span: Span) -> int:
        return int(probabilities(next(encode(text, [span])), network)[0].argmax())

    sample = named(fold(load(given.gold), given.fold)[1])
    print(f"{len(sample)} sentences of fold {given.fold}, {sum(map(len, groups().values()))} names")
    for group, (flips, turns, count) in flipped(sample, judge).items():
        print(f"{group:26} {flips:5} of {count:6} flip: {flips / count:.4f}; negative for positive or back {turns}")


def groups() -> dict[str, list[str]]:
    """The names by group."""
    tables = tomllib.loads(NAMES.read_text("utf-8"))
    return {f"{kind}: {group}": names for kind, table in tables.items() for group, names in table.items()}


def named(targets: list[Target]) -> list[Target]:
    """A sample of the targets that are mentioned by name."""
    by_name = [t for t in targets if is_name(t.text[slice(*t.span)])]
    return random.Random(6).sample(by_name, SENTENCES)  # noqa: S311


def is_name(mention: str) -> bool:
    """Whether a mention is nothing but words with capitals, and no pronoun."""
    words = mention.split()
    pronouns = {"he", "she", "his", "her", "him", "it", "they", "we", "i", "the"}
    return all(word[0].isupper() for word in words) and words[0].lower() not in pronouns


def swapped(target: Target, name: str) -> tuple[str, Span]:
    """The sentence with another name in the mention's place."""
    start, end = target.span
    mention = target.text[start:end]
    own = "’s" if mention.endswith(("'s", "’s")) else ""
    return target.text[:start] + name + own + target.text[end:], (start, start + len(name))


def flipped(sample: list[Target], judge: Judge) -> dict[str, tuple[int, int, int]]:
    """For each group, and for all: labels that flip, those that turn into their opposite, and swaps."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for target in sample:
        before = judge(target.text, target.span)
        for group, names in groups().items():
            for name in names:
                after = judge(*swapped(target, name))
                for key in (group, "all"):
                    counts[key][0] += after != before
                    counts[key][1] += abs(after - before) == 2
                    counts[key][2] += 1
    return {key: (a, b, c) for key, (a, b, c) in counts.items()}


if __name__ == "__main__":
    main()
