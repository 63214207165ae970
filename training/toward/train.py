"""Train the network on NewsMTSC's training part, one fold of it kept apart or none.

python -m training.toward.train --gold ../shared/gold/newsmtsc/train.jsonl --base FOLDER --out FOLDER --fold 0
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from readout.records import Span
from readout.regard.sentence import Encoded, encode
from training.tone_on_news import macro_f1
from training.toward.data import Target, fold, load
from training.toward.model import Network, fresh

DROPPED = 103
"""The piece that stands for a word the network is not shown."""


@dataclass(frozen=True, slots=True)
class Example:
    """What is read at once, with the right answers to its mentions."""

    read: Encoded
    labels: tuple[int, ...]
    worth: tuple[float, ...]
    numbers: tuple[int, ...]
    """The targets that the mentions are."""


def examples(targets: Sequence[Target], *, further: float = 0.0) -> list[Example]:
    """Sentences with all their targets; other mentions of a target count as much as `further` says."""
    sentences: dict[str, list[tuple[Span, int, float, int]]] = {}
    for target in targets:
        sentences.setdefault(target.text, []).append((target.span, target.label, 1.0, target.number))
    for target in targets:
        taken = {span for span, *_ in sentences[target.text]}
        for span in target.further if further else ():
            if span not in taken and target.text[slice(*span)].strip():
                sentences[target.text].append((span, target.label, further, target.number))
    made = []
    for text, known in sentences.items():
        for read in encode(text, [span for span, *_ in known]):
            rows = [known[at] for at in read.mentions]
            made.append(Example(read, *(tuple(row[part] for row in rows) for part in (1, 2, 3))))
    return made


def collate(batch: Sequence[Example]) -> tuple[torch.Tensor, ...]:
    """Sentences of unlike length as one: pieces, which are there, values, where the mentions are, and in which."""
    longest = max(len(e.read.pieces) for e in batch)
    pieces, mask, values = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    rows = torch.tensor([row for row, e in enumerate(batch) for _ in e.labels])
    where = torch.zeros(len(rows), longest)
    at = 0
    for row, e in enumerate(batch):
        n = len(e.read.pieces)
        pieces[row, :n] = torch.from_numpy(e.read.pieces)
        mask[row, :n] = 1
        values[row, :n] = torch.from_numpy(e.read.values)
        where[at : at + len(e.labels), :n] = torch.from_numpy(e.read.where)
        at += len(e.labels)
    return pieces, mask, values, where, rows


def scores(network: Network, data: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    """The network's scores, one row a mention, and the numbers of their targets."""
    network.eval()
    order = sorted(data, key=lambda e: len(e.read.pieces))
    found = []
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for at in range(0, len(order), 64):
            found.append(network(*collate(order[at : at + 64])).float().numpy())
    network.train()
    return np.concatenate(found), np.array([number for e in order for number in e.numbers])


def f1(said: np.ndarray, true: Sequence[int]) -> float:
    """Macro F1 of the likeliest classes."""
    return macro_f1([(int(s) - 1, t - 1) for s, t in zip(said.argmax(1), true, strict=True)])


def main() -> None:
    """Train, measure on the fold kept apart after each epoch, keep weights and scores."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold", "base", "out"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument("--fold", type=int, default=-1, help="kept apart; -1: none")
    ask.add_argument("--layers", type=int, default=6)
    ask.add_argument("--epochs", type=int, default=2)
    ask.add_argument("--batch", type=int, default=24, help="sentences")
    ask.add_argument("--rate", type=float, default=1e-4)
    ask.add_argument("--smooth", type=float, default=0.1)
    ask.add_argument("--dropped", type=float, default=0.1, help="share of the pieces that are not shown")
    ask.add_argument("--average", type=float, default=0.99)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--unlisted", action="store_true", help="without the word list's values")
    ask.add_argument(
        "--further", type=float, default=0.5, help="what another mention of a target is worth to learn from"
    )
    ask.add_argument("--name", default="")
    given = ask.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(given.seed)
    given.out.mkdir(parents=True, exist_ok=True)
    learn, kept = fold(load(given.gold), given.fold)
    true = {t.number: t.label for t in kept}
    data, apart = examples(learn, further=given.further), examples(kept)
    network = fresh(given.base, given.layers)
    network.known.weight.requires_grad_(not given.unlisted)
    average = copy.deepcopy(network)
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    inside = {id(p) for p in body}
    rest = [p for p in network.parameters() if p.requires_grad and id(p) not in inside]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": given.rate}, {"params": rest, "lr": 1e-3}], weight_decay=0.01, fused=True
    )
    total, step, lost = given.epochs * -(-len(data) // given.batch), 0, 0.0
    warm = total // 15
    rates = [group["lr"] for group in optimiser.param_groups]
    shuffler = random.Random(given.seed)  # noqa: S311
    for epoch in range(given.epochs):
        order = data[:]
        shuffler.shuffle(order)
        pools = [sorted(order[i : i + 640], key=lambda e: len(e.read.pieces)) for i in range(0, len(order), 640)]
        batches = [pool[i : i + given.batch] for pool in pools for i in range(0, len(pool), given.batch)]
        shuffler.shuffle(batches)
        for batch in batches:
            pieces, mask, values, where, rows = collate(batch)
            mentioned = torch.zeros(pieces.shape).index_add_(0, rows, where) > 0
            hidden = (torch.rand(pieces.shape) < given.dropped) & (pieces > DROPPED) & ~mentioned
            labels = torch.tensor([label for e in batch for label in e.labels])
            worth = torch.tensor([worth for e in batch for worth in e.worth])
            with torch.autocast("cpu", torch.bfloat16):
                said = network(pieces.masked_fill(hidden, DROPPED), mask, values.masked_fill(hidden, 0), where, rows)
            each = functional.cross_entropy(said.float(), labels, label_smoothing=given.smooth, reduction="none")
            loss = (each * worth).sum() / worth.sum()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*body, *rest], 1.0)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, (step + 1) / warm, max(0.0, 1 - step / total))
            optimiser.step()
            step += 1
            lost += float(loss.detach())
            keep = min(given.average, step / (step + 10))
            with torch.no_grad():
                for mean, now in zip(average.parameters(), network.parameters(), strict=True):
                    if now.requires_grad:
                        mean.lerp_(now, 1 - keep)
            if step % 50 == 0:
                print(f"{epoch} {step}/{total} {time.process_time():.0f}s {lost / 50:.4f}", flush=True)
                lost = 0.0
        if kept:
            (found, numbers), (last, _) = scores(average, apart), scores(network, apart)
            right = [true[number] for number in numbers]
            print(
                f"{given.name} epoch {epoch + 1}: macro F1 {f1(found, right):.4f}, not averaged {f1(last, right):.4f}",
                flush=True,
            )
            np.savez(given.out / "scores.npz", scores=found, number=numbers)
        torch.save(average.state_dict(), given.out / "weights.pt")


if __name__ == "__main__":
    main()
