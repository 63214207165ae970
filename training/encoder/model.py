"""The network: an encoder told what the rules found, heads for each piece, and one for each pair of pieces."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional
from transformers import BertConfig, BertModel

from readout.encoder.windows import PAIR_SIZES, SIZES

WIDE = 128
LABELS = 4
LAYERS = 4
"""Layers of the base encoder that are kept, the first ones: each of the others would cost a fifth of the speed."""
TAGS = 1 + 2 + 3 + 3
"""Head, content or not, cue O B I, source O B I."""


class Network(nn.Module):
    """Pieces and features in; the tags of each piece, and the two halves of the pair head, out."""

    def __init__(self, config: BertConfig) -> None:
        """Take the encoder's configuration."""
        super().__init__()
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.known = nn.ModuleList(nn.Embedding(size, config.hidden_size) for size in SIZES)
        for table in self.known:
            nn.init.zeros_(table.weight)
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(config.hidden_size, TAGS)
        self.piece = nn.Linear(config.hidden_size, 2 * WIDE)
        self.head = nn.Linear(config.hidden_size, 2 * WIDE)
        self.pair = nn.ModuleList(nn.Embedding(size, WIDE) for size in PAIR_SIZES)
        for table in self.pair:
            nn.init.normal_(table.weight, std=0.05)
        self.add = nn.Linear(WIDE, LABELS)
        self.times = nn.Linear(WIDE, LABELS, bias=False)

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor, features: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Tags, and what each piece is as a piece and as a head."""
        words = self.encoder.embeddings.word_embeddings(pieces)
        for number, table in enumerate(self.known):
            words = words + table(features[..., number])
        hidden = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        hidden = self.drop(hidden)
        return self.tags(hidden), self.piece(hidden), self.head(hidden)

    def pairs(self, pieces: torch.Tensor, heads: torch.Tensor, features: torch.Tensor) -> torch.Tensor:
        """What each piece is to each head: scores of neither, content, cue, source."""
        added = pieces[..., :WIDE] + heads[:, None, :WIDE]
        for number, table in enumerate(self.pair):
            added = added + table(features[..., number])
        product = pieces[..., WIDE:] * heads[:, None, WIDE:]
        return self.add(functional.relu(added)) + self.times(product)


def empty(base: Path) -> Network:
    """The network, its weights still to be filled in."""
    config = BertConfig.from_json_file(base / "config.json")
    config._attn_implementation = "sdpa"
    config.attention_probs_dropout_prob = config.hidden_dropout_prob = 0.0
    config.num_hidden_layers = LAYERS
    return Network(config)


def fresh(base: Path) -> Network:
    """The network with the base encoder's weights; those of single words stay as they are."""
    network = empty(base)
    missing, _ = network.encoder.load_state_dict(load_file(base / "model.safetensors"), strict=False)
    assert not [k for k in missing if "position_ids" not in k], missing
    network.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return network
