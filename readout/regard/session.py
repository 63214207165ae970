"""The network itself: one file of weights, run on one thread by onnxruntime, and what its scores are worth."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import onnxruntime

from readout.encoder.pairs import softmax
from readout.errors import ReadoutError
from readout.regard.sentence import Encoded

Floats = npt.NDArray[np.float32]

# Fitted by training.toward.evaluate on sentences that the network had not seen.
_SCALE = 1.338
_SHIFTS = np.array([0.026, 0.0, 0.191], np.float32)
CLEAR = 0.760
"""The probability from which on 90 % of the labels are right."""


@cache
def _shipped() -> onnxruntime.InferenceSession:
    weights = files("readout.regard").joinpath("model.onnx")
    if not weights.is_file():
        raise ReadoutError(
            "The weights that tell the tone toward a mention are missing (readout/regard/model.onnx): "
            "install Readout again."
        )
    return session(weights.read_bytes())


def session(weights: bytes) -> onnxruntime.InferenceSession:
    """A network from the bytes of its file."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.use_deterministic_compute = True
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(
        weights,
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # slower than the two steps that it makes one
    )


def scores(encoded: Encoded, network: onnxruntime.InferenceSession | None = None) -> Floats:
    """The scores of negative, neutral and positive, one row a mention.

    Raises:
        ReadoutError: the weights are missing.
    """
    run = _shipped() if network is None else network
    pieces, values = encoded.pieces[np.newaxis], encoded.values[np.newaxis]
    result: Floats = run.run(["scores"], {"pieces": pieces, "values": values, "where": encoded.where})[0]
    return result


def probabilities(encoded: Encoded, network: onnxruntime.InferenceSession | None = None) -> Floats:
    """How likely negative, neutral and positive are, one row a mention.

    Raises:
        ReadoutError: the weights are missing.
    """
    return softmax(scores(encoded, network) * np.float32(_SCALE) + _SHIFTS)
