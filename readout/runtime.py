"""The run time of the networks: onnxruntime on one thread, and silent."""

from __future__ import annotations

import os

# onnxruntime asks the network for its maker's telemetry host and writes a device id into the user's cache unless this
# stands in the environment before the import; `disable_telemetry_events()` comes too late to keep it from either.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

from onnxruntime import ExecutionMode, SessionOptions
from onnxruntime import InferenceSession as Network

__all__ = ["Network", "load_network"]


def load_network(weights: bytes) -> Network:
    """Load a network that gives the same answers on every run.

    Args:
        weights: the bytes of an ONNX file.

    Returns:
        The network, on one thread of the processor.
    """
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = ExecutionMode.ORT_SEQUENTIAL
    options.use_deterministic_compute = True
    options.enable_cpu_mem_arena = False
    return Network(
        weights,
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # slower than the two steps that it makes one
    )
