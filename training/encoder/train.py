"""Train the network on PolNeAR's training articles.

python -m training.encoder.train --shared ../shared --base FOLDER --out FOLDER
"""

from __future__ import annotations

import argparse
import copy
import math
import os
import pickle
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import distributed
from torch.nn import functional

from readout.encoder.windows import PAIR_SIZES, SIZES, pair_features
from training.encoder.data import Example, examples, gold_module, split
from training.encoder.model import Network, fresh

HIDDEN = 0.08
"""How many pieces are masked, so that no single word decides; it costs less time than dropout."""
MASK = 103
TOGETHER = 24
"""Steps after which the processes average their weights."""
NOISE = 0.2
"""How likely a piece is a head, to be trained on as a wrong one."""


def load(shared: Path, part: str, cache: Path) -> list[tuple[str, list[Example]]]:
    """Every article of a part, as examples; kept in a file, as making them takes a while."""
    kept = cache / f"{part}.pickle"
    if kept.exists():
        return pickle.loads(kept.read_bytes())  # noqa: S301
    gold = gold_module(shared)
    made = [(a.name, examples(a.text, g)) for a, g in gold.polnear(gold.GOLD / "polnear" / part)]
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(made))
    return made


def collate(batch: list[Example]) -> tuple[torch.Tensor, ...]:
    """Windows of unlike length as one."""
    longest = max(len(e.window.pieces) for e in batch)
    pieces = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.long)
    features = torch.zeros(len(batch), longest, len(SIZES), dtype=torch.long)
    head = torch.full((len(batch), longest), -1.0)
    tags = torch.full((len(batch), longest, 3), -1, dtype=torch.long)
    for i, e in enumerate(batch):
        n = len(e.window.pieces)
        pieces[i, :n] = torch.from_numpy(e.window.pieces)
        mask[i, :n] = 1
        features[i, :n] = torch.from_numpy(e.window.features)
        head[i, :n] = torch.from_numpy(e.head)
        tags[i, :n] = torch.from_numpy(e.tags)
    return pieces, mask, features, head, tags


def pair_batch(batch: list[Example], longest: int, likely: np.ndarray) -> tuple[torch.Tensor, ...] | None:
    """The heads of a batch: the right ones, the rules' ones, and wrong ones that the network takes for heads."""
    rows, heads, features, targets = [], [], [], []

    def add(i: int, at: int, role: np.ndarray) -> None:
        e = batch[i]
        n = len(e.window.pieces)
        feature = np.zeros((longest, len(PAIR_SIZES)), np.int64)
        feature[:n] = pair_features(e.window, at)
        target = np.full(longest, -1, np.int64)
        target[:n] = role
        rows.append(i)
        heads.append(at)
        features.append(feature)
        targets.append(target)

    for i, e in enumerate(batch):
        n = len(e.window.pieces)
        for at, role in zip(e.heads, e.roles, strict=True):
            add(i, at, role)
        extra = [int(at) for at in np.argsort(-likely[i, :n])[:12] if likely[i, at] > NOISE and int(at) not in e.heads]
        for at in extra:
            near = [k for k, h in enumerate(e.heads) if abs(h - at) <= 2 and e.head[h] and e.roles[k, at] == 1]
            add(i, at, e.roles[near[0]] if near else np.zeros(n, np.int64))
    if not rows:
        return None
    return (
        torch.tensor(rows), torch.tensor(heads), torch.from_numpy(np.stack(features)),
        torch.from_numpy(np.stack(targets)),
    )  # fmt: skip


def loss_of(network: Network, batch: list[Example]) -> tuple[torch.Tensor, dict[str, float]]:
    """The loss of a batch, and its parts."""
    pieces, mask, features, head, tags = collate(batch)
    hidden = (torch.rand(pieces.shape) < HIDDEN) & (pieces > 102)
    pieces = torch.where(hidden, MASK, pieces)
    with torch.autocast("cpu", torch.bfloat16):
        scores, as_piece, as_head = network(pieces, mask, features)
    scores, as_piece, as_head = scores.float(), as_piece.float(), as_head.float()
    known = head >= 0
    parts = {
        "head": functional.binary_cross_entropy_with_logits(
            scores[..., 0][known], head[known], pos_weight=torch.tensor(2.0)
        ),
        "content": functional.cross_entropy(scores[..., 1:3][known], tags[..., 0][known]),
        "cue": functional.cross_entropy(scores[..., 3:6][known], tags[..., 1][known]),
        "source": functional.cross_entropy(scores[..., 6:9][known], tags[..., 2][known]),
    }
    likely = torch.sigmoid(scores[..., 0]).detach().numpy()
    pairs = pair_batch(batch, pieces.shape[1], likely)
    total = 4 * parts["head"] + parts["content"] * 0.5 + parts["cue"] + parts["source"]
    if pairs is not None:
        rows, heads, pair_feats, targets = pairs
        with torch.autocast("cpu", torch.bfloat16):
            pair_scores = network.pairs(as_piece[rows], as_head[rows, heads], pair_feats)
        seen = targets >= 0
        parts["pair"] = functional.cross_entropy(
            pair_scores.float()[seen], targets[seen], weight=torch.tensor([1.0, 1.0, 2.0, 2.0])
        )
        total = total + 3 * parts["pair"]
    return total, {k: float(v.detach()) for k, v in parts.items()}


def main() -> None:
    """Train, and keep the averaged weights after each epoch."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--shared", type=Path, required=True)
    ask.add_argument("--base", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--epochs", type=int, default=4)
    ask.add_argument("--batch", type=int, default=4)
    ask.add_argument("--rate", type=float, default=2e-4)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--average", type=float, default=0.9)
    ask.add_argument("--all", action="store_true", help="train on the articles kept apart, too")
    ask.add_argument("--minutes", type=float, default=math.inf, help="end then, the learning rate having sunk")
    ask.add_argument("--workers", type=int, default=2, help="processes of one thread, whose weights are averaged")
    ask.add_argument("--start", type=Path, help="weights to go on from")
    given = ask.parse_args()
    load(given.shared, "train", given.out / "data")
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(29500 + given.seed))
    torch.multiprocessing.spawn(work, args=(given,), nprocs=given.workers)


def work(rank: int, given: argparse.Namespace) -> None:
    """One of several processes that train side by side, each on its share of the windows."""
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", rank=rank, world_size=given.workers)
    articles = dict(load(given.shared, "train", given.out / "data"))
    kept = list(articles) if given.all else split(list(articles))[0]
    data = [e for name in kept for e in articles[name]]
    torch.manual_seed(given.seed)
    network = fresh(given.base)
    if given.start:
        network.load_state_dict(torch.load(given.start))
    average = copy.deepcopy(network) if rank == 0 else None
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    inside = {id(p) for p in body}
    rest = [p for p in network.parameters() if p.requires_grad and id(p) not in inside]
    learnt = [*body, *rest]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": given.rate}, {"params": rest, "lr": 1e-3}], weight_decay=0.01, fused=True
    )
    torch.manual_seed(given.seed + 100 * rank)
    own = math.ceil(len(data) / given.batch / given.workers)
    total, warm, step, begun = given.epochs * own, 60, 0, time.time()
    rates = [group["lr"] for group in optimiser.param_groups]
    done = torch.zeros(1)
    sums: dict[str, float] = {}
    network.train()
    for epoch in range(given.epochs + 1):
        order = data[:]
        random.Random(given.seed + 1000 * epoch).shuffle(order)  # noqa: S311
        pool = [sorted(order[i : i + 240], key=lambda e: len(e.window.pieces)) for i in range(0, len(order), 240)]
        batches = [p[i : i + given.batch] for p in pool for i in range(0, len(p), given.batch)]
        random.Random(given.seed + 1000 * epoch).shuffle(batches)  # noqa: S311
        for batch in batches[rank :: given.workers]:
            loss, parts = loss_of(network, batch)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learnt, 1.0)
            spent = max(step / total, (time.time() - begun) / 60 / given.minutes)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, (step + 1) / warm, max(0.01, 1.03 * (1 - spent)))
            optimiser.step()
            step += 1
            for k, v in parts.items():
                sums[k] = sums.get(k, 0.0) + v
            if step % TOGETHER:
                continue
            with torch.no_grad():
                for weights in learnt:
                    distributed.all_reduce(weights)
                    weights /= given.workers
                done[0] = spent
                distributed.broadcast(done, 0)
                if average is not None:
                    keep = min(given.average, step / TOGETHER / (step / TOGETHER + 5))
                    for mean, now in zip(average.parameters(), network.parameters(), strict=True):
                        if now.requires_grad:
                            mean.lerp_(now, 1 - keep)
            if average is not None:
                shown = " ".join(f"{k}={v / TOGETHER:.4f}" for k, v in sums.items())
                print(f"{epoch} {step}/{total} {time.time() - begun:.0f}s {float(done):.3f} {shown}", flush=True)
                if step % (3 * TOGETHER) == 0 or float(done) >= 1:
                    torch.save(average.state_dict(), given.out / "latest.new")
                    (given.out / "latest.new").replace(given.out / "latest.pt")
            sums = {}
            if float(done) >= 1:
                return


if __name__ == "__main__":
    main()
