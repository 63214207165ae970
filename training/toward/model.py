"""The network: a small encoder that reads a nameless sentence, and a head that judges each mention in it."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from transformers import BertConfig, BertModel

from readout.regard.sentence import VALUES

CLASSES = 3
HEADS = 6
"""Of the head's own attention, by which a mention looks at its sentence."""


class Network(nn.Module):
    """Pieces and their values in; for each mention scores of negative, neutral and positive out."""

    def __init__(self, config: BertConfig) -> None:
        """Take the encoder's configuration."""
        super().__init__()
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.add_head(config.hidden_size)

    def add_head(self, wide: int) -> None:
        """What comes beside an encoder that is so wide."""
        self.wide = wide
        self.known = nn.Embedding(VALUES, wide)
        nn.init.zeros_(self.known.weight)
        self.drop = nn.Dropout(0.1)
        self.query, self.key, self.value = nn.Linear(wide, wide), nn.Linear(wide, wide), nn.Linear(wide, wide)
        self.inner = nn.Linear(3 * wide, wide)
        self.classes = nn.Linear(wide, CLASSES)

    def forward(
        self, pieces: torch.Tensor, mask: torch.Tensor, values: torch.Tensor, where: torch.Tensor, there: torch.Tensor
    ) -> torch.Tensor:
        """The scores of one mention a row, sentence after sentence.

        `where` says of each sentence how much each piece is each mention, `there` which of these mentions there are.
        """
        return self.judge(self.read(pieces, mask, values), where, mask)[there]

    def read(self, pieces: torch.Tensor, mask: torch.Tensor, values: torch.Tensor) -> torch.Tensor:
        """What the encoder makes of each piece."""
        words = self.words(pieces, mask) + self.known(values)
        hidden: torch.Tensor = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        return hidden

    def words(self, pieces: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The embeddings of the pieces."""
        embedded: torch.Tensor = self.encoder.embeddings.word_embeddings(pieces)
        return embedded

    def judge(self, hidden: torch.Tensor, where: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """The scores of the mentions of each sentence, of whose pieces `hidden` is what the encoder makes."""
        mentions = where.to(hidden.dtype) @ hidden
        query, key, value = self.query(mentions), self.key(hidden), self.value(hidden)
        looks = self._parted(query) @ self._parted(key).transpose(-1, -2) * (hidden.shape[-1] // HEADS) ** -0.5
        if mask is not None:
            looks = looks + (mask[:, None, None] - 1) * 1e4
        seen = (looks.softmax(-1) @ self._parted(value)).transpose(1, 2).reshape(mentions.shape)
        both = self.drop(torch.cat([hidden[:, :1].expand_as(mentions), mentions, seen], -1))
        scores: torch.Tensor = self.classes(self.drop(nn.functional.gelu(self.inner(both))))
        return scores

    def _parted(self, x: torch.Tensor) -> torch.Tensor:
        return x.reshape(x.shape[0], x.shape[1], HEADS, -1).transpose(1, 2)


def empty(base: Path, layers: int) -> Network:
    """The network, its weights still to be filled in."""
    config = BertConfig.from_json_file(base / "config.json")
    config._attn_implementation = "eager"
    config.attention_probs_dropout_prob = config.hidden_dropout_prob = 0.0
    config.num_hidden_layers = layers
    return Network(config)


def fresh(base: Path, layers: int, *, words_learn: bool = False, drop: float = 0.1) -> Network:
    """The network with the base encoder's weights.

    Args:
        base: the folder of the base encoder.
        layers: how many of its layers, from below.
        words_learn: whether the embeddings of single words change too.
        drop: the share of the head's inputs that is left out in training.
    """
    network = empty(base, layers)
    missing, _ = network.encoder.load_state_dict(load_file(base / "model.safetensors"), strict=False)
    assert not [k for k in missing if "position_ids" not in k], missing
    network.encoder.embeddings.word_embeddings.weight.requires_grad_(words_learn)
    network.drop.p = drop
    return network
