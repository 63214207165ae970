"""The encoder itself: one file of weights, run on one thread by onnxruntime."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import onnxruntime

from readout.encoder.pairs import Scores
from readout.encoder.windows import Window


@cache
def _session() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.use_deterministic_compute = True
    options.enable_cpu_mem_arena = False
    weights = files("readout.encoder").joinpath("encoder.onnx").read_bytes()
    return onnxruntime.InferenceSession(
        weights,
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # slower than the two steps that it makes one
    )


def scores(window: Window) -> Scores:
    """What the encoder gives for each piece of a window."""
    begins, pieces, hidden = _session().run(
        ["begins", "pieces", "hidden"], {"window": window.pieces[np.newaxis], "known": window.features[np.newaxis]}
    )
    return Scores(begins[0], pieces[0], hidden[0])
