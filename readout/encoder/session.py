"""The encoder itself: one file of weights, run on one thread by onnxruntime."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np

from readout.encoder.pairs import Scores
from readout.encoder.windows import Window
from readout.runtime import Network, load_network


@cache
def _network() -> Network:
    return load_network(files("readout.encoder").joinpath("encoder.onnx").read_bytes())


def scores(window: Window) -> Scores:
    """What the encoder gives for each piece of a window."""
    begins, pieces, hidden = _network().run(
        ["begins", "pieces", "hidden"], {"window": window.pieces[np.newaxis], "known": window.features[np.newaxis]}
    )
    return Scores(begins[0], pieces[0], hidden[0])
