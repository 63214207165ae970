"""Turn a checkpoint into the file that ships: an int8 ONNX network, its head in float.

python -m training.toward.export --base FOLDER --checkpoint FILE --out readout/regard/model.onnx
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

from readout.regard.sentence import VALUES
from training.toward.model import Network, empty

PRODUCTS = 6
"""Matrix products of a layer. Those after the last layer's are the head's and stay in float: they cost little."""
_BLOCK = 128
"""How many numbers share a scale where a layer's last product reads them: after GELU they are of very unlike size."""


class Shipped(nn.Module):
    """The network for one sentence and any number of mentions in it, written out so that it needs no mask."""

    def __init__(self, network: Network) -> None:
        """Take a trained network."""
        super().__init__()
        self.network = network
        self.parts, self.wide = network.encoder.config.num_attention_heads, network.encoder.config.hidden_size

    def forward(self, pieces: torch.Tensor, values: torch.Tensor, where: torch.Tensor) -> torch.Tensor:
        """The scores of each mention; a row of `where` says how much each piece is the mention, and sums to one."""
        net = self.network
        table = net.encoder.embeddings
        x = table.word_embeddings(pieces) + net.known(values) + table.token_type_embeddings.weight[0]
        x = table.LayerNorm(x + table.position_embeddings.weight[: pieces.shape[1]])
        for layer in net.encoder.encoder.layer:
            own = layer.attention.self
            q, k, v = (self._parted(part(x)) for part in (own.query, own.key, own.value))
            weights = (q @ k.transpose(-1, -2) * (self.wide // self.parts) ** -0.5).softmax(-1)
            seen = (weights @ v).transpose(1, 2).reshape(1, -1, self.wide)
            x = layer.attention.output.LayerNorm(layer.attention.output.dense(seen) + x)
            inner = nn.functional.gelu(layer.intermediate.dense(x))
            x = layer.output.LayerNorm(layer.output.dense(inner) + x)
        return net.judge(x, where[None])[0]

    def _parted(self, x: torch.Tensor) -> torch.Tensor:
        return x.reshape(1, -1, self.parts, self.wide // self.parts).transpose(1, 2)


def export(base: Path, checkpoint: Path, out: Path, layers: int) -> None:
    """Write the network of a checkpoint."""
    network = empty(base, layers)
    network.load_state_dict(torch.load(checkpoint))
    write(network.eval(), out)


def write(network: Network, out: Path) -> None:
    """Write a network."""
    shipped = Shipped(network).eval()
    pieces, values, where = torch.randint(1000, 20000, (1, 30)), torch.randint(0, VALUES, (1, 30)), torch.zeros(2, 30)
    where[0, 3] = 1.0
    where[1, 7:9] = 0.5
    with torch.no_grad():
        ours = shipped(pieces, values, where)
        there = torch.ones(1, 2, dtype=torch.bool)
        theirs = network(pieces, torch.ones(1, 30, dtype=torch.long), values, where[None], there)
        assert torch.allclose(ours, theirs, atol=1e-3), (ours - theirs).abs().max()
    lengths = {"pieces": {1: "length"}, "values": {1: "length"}, "where": {0: "mentions", 1: "length"}}
    with tempfile.TemporaryDirectory() as folder:
        whole, ready = Path(folder) / "whole.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            shipped, (pieces, values, where), whole, input_names=["pieces", "values", "where"],
            output_names=["scores"], dynamic_axes=lengths | {"scores": {0: "mentions"}}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quant_pre_process(whole, ready, skip_symbolic_shape=True)
        model = onnx.load(ready)
        weights = {tensor.name for tensor in model.graph.initializer}
        products = [n.name for n in model.graph.node if n.op_type == "MatMul" and n.input[1] in weights]
        inside = products[: PRODUCTS * len(network.encoder.encoder.layer)]
        sharp = products[len(inside) :]
        # The quantiser first makes two nodes of each of these, and then sees the first under this name.
        sharp += [f"{n.name}_MatMul" for n in model.graph.node if n.op_type == "Gemm"]
        others = [name for at, name in enumerate(inside, 1) if at % PRODUCTS]
        blocks = MatMulNBitsQuantizer(
            model, bits=8, block_size=_BLOCK, is_symmetric=True, accuracy_level=4, nodes_to_exclude=[*others, *sharp]
        )
        blocks.process()
        blocks.model.save_model_to_file(str(ready), False)
        quantize_dynamic(
            ready, out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, nodes_to_exclude=sharp,
            op_types_to_quantize=["MatMul", "Gather"],
        )  # fmt: skip


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("base", "checkpoint", "out"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument("--layers", type=int, default=6)
    given = ask.parse_args()
    export(given.base, given.checkpoint, given.out, given.layers)
