"""Teach the network that ships by what the teacher says, one fold kept apart or none.

python -m training.toward.distil --gold ../shared/gold/newsmtsc/train.jsonl --base FOLDER --first FOLDER/weights.pt \\
  --teachers RUN --sentences sentences.jsonl --out FOLDER --fold 0

It begins where training.toward.train ended. With no fold kept apart, all five teachers teach: of each labelled
sentence the one that has not seen it, of the others all together.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from readout.encoder.pairs import softmax
from training.toward.data import FOLDS, fold, load
from training.toward.examples import UNLABELLED, Example, all_mentions, goals
from training.toward.learning import Course, Lesson, learn
from training.toward.model import fresh
from training.toward.teacher import ANSWERS, more_sentences
from training.toward.telling import Telling
from training.toward.train import SMOOTH

TRUST = 0.25
"""How much of what is taught of a labelled mention is its label; the rest is the teacher's."""


def lessons(data: Sequence[Example], said: np.ndarray) -> list[Lesson]:
    """Labels and a teacher's probabilities, one row a mention in the order of its number, as one."""
    made = []
    for example in data:
        theirs = said[list(example.numbers)]
        trust = np.array([[TRUST * (label != UNLABELLED)] for label in example.labels], np.float32)
        made.append((example, trust * goals(example, SMOOTH) + (1 - trust) * theirs))
    return made


def main() -> None:
    """Teach, measure on the fold kept apart after each epoch, keep weights and scores."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold", "base", "first", "teachers", "sentences", "out"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument("--fold", type=int, default=-1, help="kept apart; -1: none")
    ask.add_argument("--layers", type=int, default=6)
    given = ask.parse_args()
    targets = load(given.gold)
    learnt, kept = fold(targets, given.fold)
    teachers = range(FOLDS) if given.fold < 0 else [given.fold]
    answers = {number: np.load(given.teachers / f"fold{number}" / ANSWERS) for number in teachers}
    if kept:
        labelled = lessons(all_mentions(learnt), softmax(answers[given.fold]["own"]))
    else:
        labelled = [
            lesson
            for number, said in answers.items()
            for lesson in lessons(all_mentions(fold(targets, number)[1]), softmax(said["kept"]))
        ]
    together = softmax(np.mean([np.log(softmax(said["more"])) for said in answers.values()], 0))
    network = fresh(given.base, given.layers)
    network.load_state_dict(torch.load(given.first))
    course = Course(epochs=3, batch=32, rate=1.5e-4, head=1e-3)
    learn(network, [*labelled, *lessons(more_sentences(given.sentences), together)], course, Telling(given.out, kept))


if __name__ == "__main__":
    main()
