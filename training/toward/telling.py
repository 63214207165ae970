"""What is kept and told of a network while it learns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from training.toward.data import Target
from training.toward.examples import examples
from training.toward.learning import f1, scores
from training.toward.model import Network

WEIGHTS, SCORES = "weights.pt", "scores.npz"


class Telling:
    """After each epoch the weights are kept in a folder, and with a fold kept apart its scores, whose F1 is printed."""

    def __init__(self, out: Path, kept: Sequence[Target]) -> None:
        """`kept` are the targets of the fold, or none."""
        out.mkdir(parents=True, exist_ok=True)
        self._out, self._examples = out, examples(kept)
        self._true = {target.number: target.label for target in kept}

    def __call__(self, epoch: int, network: Network) -> None:
        """An epoch, from 0, is over."""
        if self._examples:
            found, numbers = scores(network, self._examples)
            reached = f1(found, [self._true[number] for number in numbers])
            print(f"{self._out} epoch {epoch + 1}: macro F1 {reached:.4f}", flush=True)
            np.savez(self._out / SCORES, scores=found, number=numbers)
        torch.save(network.state_dict(), self._out / WEIGHTS)
