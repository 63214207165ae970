"""Turn a checkpoint into the files that ship: an int8 ONNX encoder, and the pair head as float arrays.

python -m training.encoder.export --base FOLDER --checkpoint FILE --out readout/encoder
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn
from transformers import BertConfig

from readout.encoder.windows import PAIR_SIZES, SIZES
from training.encoder.model import Network, empty

HEADS = ("tags", "piece")
"""The parts that stay in float: they cost little and lose most."""


class Shipped(nn.Module):
    """The network without the pair head, written out so that a window needs no mask."""

    def __init__(self, network: Network, config: BertConfig) -> None:
        """Take a trained network and the encoder's configuration."""
        super().__init__()
        self.network, self.heads, self.wide = network, config.num_attention_heads, config.hidden_size

    def forward(self, window: torch.Tensor, known: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """How each piece is a beginning, what it is as a piece of a content, and what the encoder makes of it."""
        net = self.network
        table = net.encoder.embeddings
        x = table.word_embeddings(window) + table.token_type_embeddings.weight[0]
        x = x + table.position_embeddings.weight[: window.shape[1]]
        for number, embedding in enumerate(net.known):
            x = x + embedding(known[..., number])
        x = table.LayerNorm(x)
        for layer in net.encoder.encoder.layer:
            own = layer.attention.self
            q, k, v = (self._parted(part(x)) for part in (own.query, own.key, own.value))
            weights = (q @ k.transpose(-1, -2) * (self.wide // self.heads) ** -0.5).softmax(-1)
            seen = (weights @ v).transpose(1, 2).reshape(1, -1, self.wide)
            x = layer.attention.output.LayerNorm(layer.attention.output.dense(seen) + x)
            inner = nn.functional.gelu(layer.intermediate.dense(x))
            x = layer.output.LayerNorm(layer.output.dense(inner) + x)
        return net.tags(x)[..., 0], net.piece(x), x

    def _parted(self, x: torch.Tensor) -> torch.Tensor:
        return x.reshape(1, -1, self.heads, self.wide // self.heads).transpose(1, 2)


def export(base: Path, checkpoint: Path, out: Path, *, reduce_range: bool = True) -> None:
    """Write encoder.onnx and pairs.npz."""
    network = empty(base)
    network.load_state_dict(torch.load(checkpoint))
    network.eval()
    shipped = Shipped(network, network.encoder.config).eval()
    example = torch.full((1, 60), 2000), torch.zeros(1, 60, len(SIZES), dtype=torch.long)
    with torch.no_grad():
        known = torch.randint(0, 2, example[1].shape)
        ones = torch.ones_like(example[0])
        begins, pieces, hidden = shipped(example[0], known)
        ours = begins, pieces, network.head(hidden)
        tags, *others = network(example[0], ones, known)
        for mine, theirs in zip(ours, (tags[..., 0], *others), strict=True):
            assert torch.allclose(mine, theirs, atol=1e-3), (mine - theirs).abs().max()
    with tempfile.TemporaryDirectory() as folder:
        whole, ready = Path(folder) / "whole.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            shipped, example, whole, input_names=["window", "known"], output_names=["begins", "pieces", "hidden"],
            dynamic_axes={n: {1: "length"} for n in ("window", "known", "begins", "pieces", "hidden")},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        quant_pre_process(whole, ready, skip_symbolic_shape=True)
        model = onnx.load(ready)
        sharp = [n.name for n in model.graph.node if n.op_type == "MatMul" and n.name.split("/")[1] in HEADS]
        assert len(sharp) == len(HEADS), sharp
        quantize_dynamic(
            ready, out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=reduce_range,
            nodes_to_exclude=sharp, op_types_to_quantize=["MatMul", "Gather"],
        )  # fmt: skip
    weights = network.state_dict()
    np.savez(
        out / "pairs.npz", add=weights["add.weight"], bias=weights["add.bias"], times=weights["times.weight"],
        head=weights["head.weight"],
        head_bias=weights["head.bias"],
        **{f"table{i}": weights[f"pair.{i}.weight"] for i in range(len(PAIR_SIZES))},
    )  # fmt: skip


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__)
    for name in ("base", "checkpoint", "out"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument(
        "--full-range", action="store_true", help="eight bits instead of seven: not the same on old processors"
    )
    given = ask.parse_args()
    export(given.base, given.checkpoint, given.out, reduce_range=not given.full_range)
