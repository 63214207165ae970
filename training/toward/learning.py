"""How a network learns from examples, whichever network and whatever told it the answers."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from training.tone_on_news import macro_f1
from training.toward.examples import WORD_WORTH, Example, collate
from training.toward.model import Network

DROPPED = 103
"""The piece that stands for a word the network is not shown."""
SPREAD = 20
"""In how many parts the spread of a teacher's states is told apart, so that they fit into bytes."""
_POOL = 640
"""Lessons that are sorted by length together."""
_HALF = torch.cpu._is_avx512_bf16_supported()
"""Whether half precision is the faster on this processor; without instructions for it, it is seven times as slow."""


class Lesson(NamedTuple):
    """A sentence and what is to be learnt of it."""

    example: Example
    answers: np.ndarray
    """What should be said of its mentions, one row of probabilities each."""
    states: np.ndarray | None = None
    """What a teacher makes of its pieces, one row of numbers each, in parts of `SPREAD`, if that is to be learnt."""


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
    likeness: float = 0.0
    """How much it counts to make of pieces what a teacher makes of them (the hints of Romero et al. 2015)."""
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
    states = next((lesson.states for lesson in lessons if lesson.states is not None), None)
    alike = None if states is None else nn.Linear(network.wide, states.shape[1])
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    inside = {id(p) for p in body}
    rest = [p for p in network.parameters() if p.requires_grad and id(p) not in inside]
    rest += alike.parameters() if alike else []
    groups = [{"params": body, "lr": course.rate}, {"params": rest, "lr": course.head}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    rates = [group["lr"] for group in optimiser.param_groups]
    total, step, lost, began = course.epochs * -(-len(lessons) // course.batch), 0, 0.0, time.monotonic()
    shuffler = random.Random(course.seed)  # noqa: S311
    for epoch in range(course.epochs):
        for batch in _batches(lessons, course.batch, shuffler):
            loss = _loss(network, alike, batch, course)
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


def _loss(network: Network, alike: nn.Module | None, batch: Sequence[Lesson], course: Course) -> torch.Tensor:
    """How far the network is from what is to be learnt of a batch, some of whose pieces it is not shown."""
    read = [lesson.example for lesson in batch]
    pieces, mask, values, where, there = collate(read)
    worth = torch.tensor([worth for example in read for worth in example.worth])
    counts = torch.zeros(there.shape).masked_scatter_(there, worth)
    mentioned = (where * (counts > WORD_WORTH)[:, :, None]).sum(1) > 0
    dropped = (torch.rand(pieces.shape) < course.dropped) & (pieces > DROPPED) & ~mentioned
    goal = torch.from_numpy(np.concatenate([lesson.answers for lesson in batch]))
    with torch.autocast("cpu", torch.bfloat16, enabled=_HALF):
        hidden = network.read(pieces.masked_fill(dropped, DROPPED), mask, values.masked_fill(dropped, 0))
        said = network.judge(hidden, where, mask)[there]
        own = alike(hidden) if alike else None
    each = -(goal * functional.log_softmax(said.float(), -1)).sum(-1)
    loss = (each * worth).sum() / worth.sum()
    states = [lesson.states for lesson in batch if lesson.states is not None]
    if own is None or not states:
        return loss
    shown = mask.bool() & torch.tensor([lesson.states is not None for lesson in batch])[:, None]
    theirs = torch.from_numpy(np.concatenate(states)).float() / SPREAD
    return loss + course.likeness * functional.mse_loss(own[shown].float(), theirs)


def _batches(lessons: Sequence[Lesson], size: int, shuffler: random.Random) -> list[list[Lesson]]:
    """Batches in any order, each of sentences that are alike long."""
    order = list(lessons)
    shuffler.shuffle(order)
    pools = [
        sorted(order[at : at + _POOL], key=lambda lesson: len(lesson.example.read.pieces))
        for at in range(0, len(order), _POOL)
    ]
    batches = [pool[i : i + size] for pool in pools for i in range(0, len(pool), size)]
    shuffler.shuffle(batches)
    return batches


def scores(network: Network, data: Sequence[Example], size: int = 48) -> tuple[np.ndarray, np.ndarray]:
    """The network's scores, one row a mention, and the numbers of their targets."""
    said = [(found, example.numbers) for example, found, _ in told(network, data, size)]
    return np.concatenate([found for found, _ in said]), np.concatenate([numbers for _, numbers in said])


def told(network: Network, data: Sequence[Example], size: int = 48) -> Iterator[tuple[Example, np.ndarray, np.ndarray]]:
    """Each sentence, the shortest first, with the scores of its mentions and what the network makes of its pieces."""
    network.eval()
    order = sorted(data, key=lambda e: len(e.read.pieces))
    for at in range(0, len(order), size):
        batch = order[at : at + size]
        pieces, mask, values, where, _ = collate(batch)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=_HALF):
            hidden = network.read(pieces, mask, values)
            said = network.judge(hidden, where, mask)
        for example, scored, states in zip(batch, said.float().numpy(), hidden.float().numpy(), strict=True):
            yield example, scored[: len(example.labels)], states[: len(example.read.pieces)]
    network.train()


def f1(said: np.ndarray, true: Sequence[int]) -> float:
    """Macro F1 of the likeliest classes."""
    return macro_f1([(int(s) - 1, t - 1) for s, t in zip(said.argmax(1), true, strict=True)])
