"""Train the teacher, a network eight times as large that never ships, and keep what it says of more than the labels.

python -m training.toward.teacher --gold ../shared/gold/newsmtsc/train.jsonl --base FOLDER --out FOLDER --fold 0 \\
  --sentences sentences.jsonl

Its scores go to answers.npz: of the sentences that it learnt from ("own"), of the fold kept apart ("kept"), and of
sentences without labels ("more", from training.toward.sentences). A student may be taught with these as long as it is
tested on the same fold: no teacher has seen a label of it.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from transformers import MPNetConfig, MPNetModel

from readout.regard.sentence import END, START
from training.toward.data import Target, fold, load
from training.toward.examples import Example, all_mentions, examples, goals, unlabelled
from training.toward.learning import DROPPED, Course, in_order, learn
from training.toward.model import Network
from training.toward.telling import Telling
from training.toward.train import SMOOTH

ANSWERS = "answers.npz"
_MOST, _SHORTEST, _LONGEST = 13_000, 8, 42
"""Sentences without labels, and their pieces: short ones, for the teacher is slow."""
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


def more_sentences(path: Path) -> list[Example]:
    """The sentences without labels that the teacher is asked about, the same for every fold."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    random.Random(7).shuffle(rows)  # noqa: S311
    sentences = ((text, [(start, end) for start, end in spans]) for text, spans in rows)
    return unlabelled(sentences, _MOST, _SHORTEST, _LONGEST)


def ask_about(
    network: Network, learnt: Sequence[Target], kept: Sequence[Target], more: Sequence[Example], out: Path
) -> None:
    """Keep what a teacher says."""
    asked = {"own": all_mentions(learnt), "kept": all_mentions(kept), "more": more}
    np.savez(out, **{name: in_order(network, data) for name, data in asked.items() if data})


def main() -> None:
    """Train the teacher and ask it."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold", "base", "out", "sentences"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument("--fold", type=int, required=True, help="kept apart")
    ask.add_argument("--weights", type=Path, help="of a teacher that is trained already, which is only asked")
    given = ask.parse_args()
    learnt, kept = fold(load(given.gold), given.fold)
    network: Network = teacher(given.base)
    if given.weights:
        given.out.mkdir(parents=True, exist_ok=True)
        torch.set_num_threads(1)
        network.load_state_dict(torch.load(given.weights))
    else:
        lessons = [(example, goals(example, SMOOTH)) for example in examples(learnt, further=True)]
        course = Course(epochs=1, batch=16, rate=4e-5, head=5e-4)
        network = learn(network, lessons, course, Telling(given.out, kept))
    ask_about(network, learnt, kept, more_sentences(given.sentences), given.out / ANSWERS)


if __name__ == "__main__":
    main()
