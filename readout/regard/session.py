"""The network itself: one file of weights, run on one thread by onnxruntime, and what its scores are worth."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from readout.encoder.pairs import softmax
from readout.errors import ReadoutError
from readout.regard.sentence import Encoded
from readout.runtime import Network, load_network

Floats = npt.NDArray[np.float32]

# Fitted by training.toward.evaluate on sentences that the network had not seen.
_SCALE = 1.338
_SHIFTS = np.array([0.026, 0.0, 0.191], np.float32)
CLEAR = 0.760
"""The probability from which on 90 % of the labels are right."""


@cache
def _shipped() -> Network:
    weights = files("readout.regard").joinpath("model.onnx")
    if not weights.is_file():
        raise ReadoutError(
            "The weights that tell the tone toward a mention are missing (readout/regard/model.onnx): "
            "install Readout again."
        )
    return load_network(weights.read_bytes())


def scores(encoded: Encoded, trained: Network | None = None) -> Floats:
    """Return the scores of negative, neutral and positive, one row a mention, by another network where one is given.

    Raises:
        ReadoutError: the weights are missing.
    """
    run = _shipped() if trained is None else trained
    pieces, values = encoded.pieces[np.newaxis], encoded.values[np.newaxis]
    result: Floats = run.run(["scores"], {"pieces": pieces, "values": values, "where": encoded.where})[0]
    return result


def probabilities(encoded: Encoded, trained: Network | None = None) -> Floats:
    """Return how likely negative, neutral and positive are, one row a mention.

    Raises:
        ReadoutError: the weights are missing.
    """
    return softmax(scores(encoded, trained) * np.float32(_SCALE) + _SHIFTS)
