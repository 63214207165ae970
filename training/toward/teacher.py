"""Train the teacher, a network eight times as large that never ships, and keep what it says of more than the labels.

python -m training.toward.teacher --gold ../shared/gold/newsmtsc/train.jsonl --base FOLDER --out FOLDER --fold 0 \\
  --sentences sentences.jsonl

What it says of all mentions and words in the sentences that it learnt from, in variants of them, and in sentences
without labels (from training.toward.sentences) is kept, and what it makes of their pieces. A student may be taught with
these as long as it is tested on the same fold: the teacher has not seen it either. At the end comes what it says of
that fold, for the student that is taught everything and tested on nothing.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from transformers import MPNetConfig, MPNetModel

from readout.encoder.pairs import softmax
from readout.regard.sentence import END, START
from training.toward.data import Target, fold, load
from training.toward.examples import Example, all_mentions, examples, goals, mentions_in, unlabelled, with_words
from training.toward.learning import DROPPED, SPREAD, Course, Lesson, learn, told
from training.toward.model import CLASSES, Network
from training.toward.telling import Telling
from training.toward.train import SMOOTH
from training.toward.variants import Variants

ANSWERS, STATES = "answers.npy", "states.npy"
_SAMPLE = 500
"""Sentences by which the mean and the spread of the states are taken."""
_SHARES = 255
"""The answers are kept as so many parts of one."""
_SHORTEST, _LONGEST = 8, 54
"""Pieces of a sentence without labels: no long ones, for the teacher is slow."""
_VARIANTS = 2
"""Of each sentence that is learnt from."""
_BEFORE = 4
"""MPNet's vocabulary is BERT's after four pieces of its own, and one more at the end."""
_FIRST, _ABSENT, _LAST, _HIDDEN = 0, 1, 2, 30526


class Teacher(Network):
    """MPNet with the student's head, asked in the student's pieces."""

    def __init__(self, config: MPNetConfig) -> None:
        """Take the encoder's configuration."""
        nn.Module.__init__(self)
        self.encoder = MPNetModel(config, add_pooling_layer=False)
        self.add_head(config.hidden_size)

    def words(self, pieces: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The embeddings of pieces that BERT's vocabulary numbers."""
        own = pieces + _BEFORE
        for piece, theirs in ((START, _FIRST), (END, _LAST), (DROPPED, _HIDDEN)):
            own = own.masked_fill(pieces == piece, theirs)
        embedded: torch.Tensor = self.encoder.embeddings.word_embeddings(own.masked_fill(mask == 0, _ABSENT))
        return embedded


def teacher(base: Path) -> Teacher:
    """The teacher with the base encoder's weights; those of single words stay as they are."""
    config = MPNetConfig.from_json_file(base / "config.json")
    config._attn_implementation = "eager"
    config.attention_probs_dropout_prob = config.hidden_dropout_prob = 0.0
    network = Teacher(config)
    missing, _ = network.encoder.load_state_dict(load_file(base / "model.safetensors"), strict=False)
    assert not [k for k in missing if "position_ids" not in k], missing
    network.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return network


def questions(learnt: Sequence[Target], sentences: Path, kept: Sequence[Target] = ()) -> list[Example]:
    """All that a teacher is asked, numbered from 0.

    Args:
        learnt: the targets that it has learnt; variants of their sentences are asked about too.
        sentences: those without labels, of training.toward.sentences.
        kept: the targets that it has not learnt, which come last.
    """
    mentions = mentions_in(learnt)
    variants = Variants(mentions)
    varied = (variants.of(text, spans) for _ in range(_VARIANTS) for text, spans in mentions.items())
    rows = [json.loads(line) for line in sentences.read_text("utf-8").splitlines()]
    further = ((text, [(start, end) for start, end in spans]) for text, spans in rows)
    more = unlabelled(
        ((text, spans) for text, spans in [*varied, *further] if text not in mentions), _SHORTEST, _LONGEST
    )
    return with_words([*all_mentions(learnt), *more, *all_mentions(kept)])


def places(asked: Sequence[Example]) -> list[slice]:
    """Where the pieces of each sentence are among those of all."""
    ends = list(accumulate(len(example.read.pieces) for example in asked))
    return [slice(start, end) for start, end in pairwise([0, *ends])]


def ask_about(network: Network, asked: Sequence[Example], out: Path) -> None:
    """Keep what a teacher makes of sentences that are numbered from 0.

    Args:
        network: the teacher.
        asked: the sentences.
        out: the folder for two files of bytes: `ANSWERS`, the probabilities of mentions and words in parts of 255, one
            row a mention or word in the order of their numbers; and `STATES`, the last hidden states, one row a piece
            in the order of `places`, each number by how many twentieths of its spread it is off its mean.
    """
    sample = random.Random(7).sample(asked, _SAMPLE)  # noqa: S311
    seen = np.concatenate([states for _, _, states in told(network, sample)])
    middle, spread = seen.mean(0), seen.std(0)
    where = places(asked)
    at = {example.numbers[0]: place for example, place in zip(asked, where, strict=True)}
    size = (where[-1].stop, network.wide)
    kept = np.lib.format.open_memmap(out / STATES, mode="w+", dtype=np.int8, shape=size)
    answers = np.empty((asked[-1].numbers[-1] + 1, CLASSES), np.uint8)
    for example, scores, states in told(network, asked):
        answers[list(example.numbers)] = (softmax(scores) * _SHARES).round()
        kept[at[example.numbers[0]]] = ((states - middle) / spread * SPREAD).round().clip(-127, 127)
    np.save(out / ANSWERS, answers)


def main() -> None:
    """Train the teacher and ask it."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold", "base", "out", "sentences"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument("--fold", type=int, default=-1, help="kept apart; -1: none")
    ask.add_argument("--weights", type=Path, help="of a teacher that is trained already, which is only asked")
    given = ask.parse_args()
    learnt, kept = fold(load(given.gold), given.fold)
    network: Network = teacher(given.base)
    if given.weights:
        given.out.mkdir(parents=True, exist_ok=True)
        torch.set_num_threads(1)
        network.load_state_dict(torch.load(given.weights))
    else:
        lessons = [Lesson(example, goals(example, SMOOTH)) for example in examples(learnt, further=True)]
        course = Course(epochs=1, batch=16, rate=4e-5, head=5e-4)
        network = learn(network, lessons, course, Telling(given.out, kept))
    ask_about(network, questions(learnt, given.sentences, kept), given.out)


if __name__ == "__main__":
    main()
