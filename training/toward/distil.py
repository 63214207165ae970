"""Teach the network that ships by what its teacher says, the fold that this has not seen kept apart or learnt too.

python -m training.toward.distil --gold ../shared/gold/newsmtsc/train.jsonl --base FOLDER --first FOLDER/weights.pt \\
  --teacher FOLDER --sentences sentences.jsonl --out FOLDER --fold 0

It begins where training.toward.train ended. With --everything, as for the network that ships, the labels of that fold
are learnt too, and what the teacher says of it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from training.toward.data import fold, load
from training.toward.examples import UNLABELLED, Example, goals
from training.toward.learning import Course, Lesson, learn
from training.toward.model import fresh
from training.toward.teacher import ANSWERS, STATES, places, questions
from training.toward.telling import Telling
from training.toward.train import SMOOTH

TRUST = 0.25
"""How much of what is taught of a labelled mention is its label; the rest is the teacher's."""


def lessons(asked: Sequence[Example], said: np.ndarray, states: np.ndarray) -> list[Lesson]:
    """Labels and what a teacher says, as `training.toward.teacher.ask_about` keeps it, as one."""
    made = []
    for example, place in zip(asked, places(asked), strict=True):
        trust = np.array([[TRUST * (label != UNLABELLED)] for label in example.labels], np.float32)
        shares = said[list(example.numbers)].astype(np.float32)
        taught = trust * goals(example, SMOOTH) + (1 - trust) * shares / shares.sum(1, keepdims=True)
        made.append(Lesson(example, taught, states[place]))
    return made


def main() -> None:
    """Teach, measure on the fold kept apart after each epoch, keep weights and scores."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold", "base", "first", "teacher", "sentences", "out"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument("--fold", type=int, required=True, help="that the teacher has not seen; kept apart")
    ask.add_argument("--everything", action="store_true", help="learn that fold too")
    ask.add_argument("--layers", type=int, default=6)
    given = ask.parse_args()
    learnt, kept = fold(load(given.gold), given.fold)
    said, states = np.load(given.teacher / ANSWERS), np.load(given.teacher / STATES, mmap_mode="r")
    asked = questions(learnt, given.sentences, kept if given.everything else ())
    network = fresh(given.base, given.layers, words_learn=True, drop=0.0)
    network.load_state_dict(torch.load(given.first))
    course = Course(epochs=3, batch=32, rate=1.5e-4, head=1e-3, dropped=0.0, likeness=2.0)
    learn(network, lessons(asked, said, states), course, Telling(given.out, [] if given.everything else kept))


if __name__ == "__main__":
    main()
