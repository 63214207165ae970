"""The pair head: what each piece is to the piece that a content begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
import numpy.typing as npt

from readout.encoder.windows import PAIR_SIZES, Window, pair_features

Floats = npt.NDArray[np.float32]
WIDE = 128


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder gives for the pieces of a window, one row a piece."""

    begins: Floats
    """Whether a content begins here, before it is made a probability."""
    pieces: Floats
    """What each piece is as a part of an attribution."""
    hidden: Floats
    """What the encoder makes of each piece."""


@dataclass(frozen=True, slots=True)
class PairHead:
    """The weights of the pair head."""

    distance: Floats
    """What each distance adds."""
    ties: Floats
    """What each combination of the other features adds, the last feature running fastest."""
    add: Floats
    bias: Floats
    times: Floats
    head: Floats
    head_bias: Floats

    def roles(self, window: Window, scores: Scores, heads: Sequence[int]) -> Floats:
        """Probabilities that a piece is nothing, content, cue, source: by head, then piece, then role."""
        result = np.zeros((len(heads), len(window.pieces), len(self.bias)), np.float32)
        # Not a matrix product: for one of this size BLAS wakes all its threads, which then wait and burn as much again.
        begun = np.einsum("ij,kj->ik", scores.hidden[list(heads)], self.head) + self.head_bias
        for row, head in enumerate(heads):
            known = pair_features(window, head)
            added = scores.pieces[:, :WIDE] + begun[row, :WIDE]
            added += self.distance[known[:, 0]]
            added += self.ties[np.ravel_multi_index(tuple(known[:, 1:].T), PAIR_SIZES[1:])]
            np.maximum(added, 0, out=added)
            result[row] = added @ self.add.T
            result[row] += scores.pieces[:, WIDE:] @ (self.times * begun[row, WIDE:]).T
        return softmax(result + self.bias)


def softmax(scores: Floats) -> Floats:
    """Probabilities over the last axis."""
    grown = np.exp(scores - scores.max(axis=-1, keepdims=True), dtype=np.float32)
    result: Floats = np.divide(grown, grown.sum(axis=-1, keepdims=True), dtype=np.float32)
    return result


def head_from(data: bytes) -> PairHead:
    """The pair head from the bytes of its file of arrays."""
    with np.load(BytesIO(data)) as kept:
        distance, *others = (kept[f"table{number}"] for number in range(len(PAIR_SIZES)))
        ties = np.zeros((1, WIDE), np.float32)
        for table in others:
            ties = (ties[:, np.newaxis] + table).reshape(-1, WIDE)
        return PairHead(distance, ties, kept["add"], kept["bias"], kept["times"], kept["head"], kept["head_bias"])


@cache
def pair_head() -> PairHead:
    """The pair head that ships."""
    return head_from(files("readout.encoder").joinpath("pairs.npz").read_bytes())
