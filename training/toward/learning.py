"""How a network learns from examples, whichever network and whatever told it the answers."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from training.tone_on_news import macro_f1
from training.toward.examples import Example, collate
from training.toward.model import Network

DROPPED = 103
"""The piece that stands for a word the network is not shown."""
_POOL = 640
"""Lessons that are sorted by length together."""
_HALF = torch.cpu._is_avx512_bf16_supported()
"""Whether half precision is the faster on this processor; without instructions for it, it is seven times as slow."""


Lesson = tuple[Example, np.ndarray]
"""A sentence, and for each of its mentions what should be said of it, as probabilities."""


@dataclass(frozen=True, slots=True)
class Course:
    """How it is taught."""

    epochs: int
    batch: int
    """Sentences."""
    rate: float
    """Of the encoder; it rises over the first fifteenth of the steps and falls to nothing at the last."""
    head: float
    """The same for what is new."""
    dropped: float = 0.1
    """Share of the pieces that are not shown."""
    average: float = 0.99
    seed: int = 1


def learn(
    network: Network, lessons: Sequence[Lesson], course: Course, after: Callable[[int, Network], None]
) -> Network:
    """Teach a network.

    Args:
        network: the network; it is changed.
        lessons: what it is to learn, in any order.
        course: how.
        after: told after each epoch, with the network whose weights are the running average.

    Returns:
        The network of averaged weights.
    """
    torch.set_num_threads(1)
    torch.manual_seed(course.seed)
    average = copy.deepcopy(network)
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    inside = {id(p) for p in body}
    rest = [p for p in network.parameters() if p.requires_grad and id(p) not in inside]
    groups = [{"params": body, "lr": course.rate}, {"params": rest, "lr": course.head}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    rates = [group["lr"] for group in optimiser.param_groups]
    total, step, lost, began = course.epochs * -(-len(lessons) // course.batch), 0, 0.0, time.monotonic()
    shuffler = random.Random(course.seed)  # noqa: S311
    for epoch in range(course.epochs):
        for batch in _batches(lessons, course.batch, shuffler):
            loss = _loss(network, batch, course.dropped)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*body, *rest], 1.0)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, (step + 1) / (total // 15), max(0.0, 1 - step / total))
            optimiser.step()
            step += 1
            lost += float(loss.detach())
            keep = min(course.average, step / (step + 10))
            with torch.no_grad():
                for mean, now in zip(average.parameters(), network.parameters(), strict=True):
                    if now.requires_grad:
                        mean.lerp_(now, 1 - keep)
            if step % 50 == 0:
                print(f"{epoch} {step}/{total} {time.monotonic() - began:.0f}s {lost / 50:.4f}", flush=True)
                lost = 0.0
        after(epoch, average)
    return average


def _loss(network: Network, batch: Sequence[Lesson], dropped: float) -> torch.Tensor:
    """How far the network is from what it should say of a batch, some of whose pieces it is not shown."""
    read = [example for example, _ in batch]
    pieces, mask, values, where, rows = collate(read)
    mentioned = torch.zeros(pieces.shape).index_add_(0, rows, where) > 0
    hidden = (torch.rand(pieces.shape) < dropped) & (pieces > DROPPED) & ~mentioned
    goal = torch.from_numpy(np.concatenate([answers for _, answers in batch]))
    worth = torch.tensor([worth for example in read for worth in example.worth])
    with torch.autocast("cpu", torch.bfloat16, enabled=_HALF):
        said = network(pieces.masked_fill(hidden, DROPPED), mask, values.masked_fill(hidden, 0), where, rows)
    each = -(goal * functional.log_softmax(said.float(), -1)).sum(-1)
    return (each * worth).sum() / worth.sum()


def _batches(lessons: Sequence[Lesson], size: int, shuffler: random.Random) -> list[list[Lesson]]:
    """Batches in any order, each of sentences that are alike long."""
    order = list(lessons)
    shuffler.shuffle(order)
    pools = [
        sorted(order[i : i + _POOL], key=lambda lesson: len(lesson[0].read.pieces)) for i in range(0, len(order), _POOL)
    ]
    batches = [pool[i : i + size] for pool in pools for i in range(0, len(pool), size)]
    shuffler.shuffle(batches)
    return batches


def scores(network: Network, data: Sequence[Example], size: int = 48) -> tuple[np.ndarray, np.ndarray]:
    """The network's scores, one row a mention, and the numbers of their targets."""
    network.eval()
    order = sorted(data, key=lambda e: len(e.read.pieces))
    found = []
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=_HALF):
        for at in range(0, len(order), size):
            found.append(network(*collate(order[at : at + size])).float().numpy())
    network.train()
    return np.concatenate(found), np.array([number for e in order for number in e.numbers])


def in_order(network: Network, data: Sequence[Example]) -> np.ndarray:
    """The network's scores of examples that are numbered from 0, in the order of their numbers."""
    said, numbers = scores(network, data)
    ordered = np.empty_like(said)
    ordered[numbers] = said
    return ordered


def f1(said: np.ndarray, true: Sequence[int]) -> float:
    """Macro F1 of the likeliest classes."""
    return macro_f1([(int(s) - 1, t - 1) for s, t in zip(said.argmax(1), true, strict=True)])
