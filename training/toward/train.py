"""Train the network on NewsMTSC's training part, one fold of it kept apart or none.

python -m training.toward.train --gold ../shared/gold/newsmtsc/train.jsonl --base FOLDER --out FOLDER --fold 0
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.toward.data import fold, load
from training.toward.examples import examples, goals
from training.toward.learning import Course, Lesson, learn
from training.toward.model import fresh
from training.toward.telling import Telling

SMOOTH = 0.1
"""How much of a label is spread over the classes."""


def main() -> None:
    """Train, measure on the fold kept apart after each epoch, keep weights and scores."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold", "base", "out"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument("--fold", type=int, default=-1, help="kept apart; -1: none")
    ask.add_argument("--layers", type=int, default=6)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--first", type=Path, help="weights to begin with, of training.toward.rated")
    given = ask.parse_args()
    targets, kept = fold(load(given.gold), given.fold)
    lessons = [Lesson(example, goals(example, SMOOTH)) for example in examples(targets, further=True)]
    course = Course(epochs=2, batch=24, rate=1e-4, head=1e-3, seed=given.seed)
    network = fresh(given.base, given.layers)
    if given.first:
        network.load_state_dict(torch.load(given.first))
    learn(network, lessons, course, Telling(given.out, kept))


if __name__ == "__main__":
    main()
