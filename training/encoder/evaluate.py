"""Measure the rules, the encoder alone and both joined, on dev and on the training articles kept apart.

    python -m training.encoder.evaluate --shared ../shared [--errors]

It runs what ships, without torch.
"""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from readout.attribution import attribute
from readout.attribution.join import join
from readout.encoder import propose
from readout.layout import lay_out, plain
from readout.marks import quotations
from readout.records import Attribution
from training.encoder.data import gold_module, split

Found = tuple[Attribution, ...]


def answers(text: str) -> dict[str, Found]:
    """What each way of reading finds in a text."""
    clean, layout = plain(text), lay_out(text)
    marks = quotations(clean, layout)
    rules = attribute(clean, layout, marks)
    proposals = propose(clean, layout, marks, rules)
    bare = [dataclasses.replace(p, rule=None) for p in proposals]
    return {
        "rules": rules,
        "encoder": join(clean, layout, marks, (), bare),
        "joined": join(clean, layout, marks, rules, proposals),
    }


def main() -> None:
    """Print a row of figures for each way and part, and the errors by kind."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--shared", type=Path, required=True)
    ask.add_argument("--errors", action="store_true", help="the errors of the joined reading on dev, by kind")
    given = ask.parse_args()
    gold = gold_module(given.shared)
    import quotes

    folder = gold.GOLD / "polnear"
    train = gold.polnear(folder / "train")
    apart = set(split([a.name for a, _ in train])[1])
    parts = {"dev": gold.polnear(folder / "dev"), "kept apart": [x for x in train if x[0].name in apart]}
    for part, articles in parts.items():
        begun = time.perf_counter()
        found = {a.name: answers(a.text) for a, _ in articles}
        words = sum(len(a.text.split()) for a, _ in articles)
        print(f"{part}: {len(articles)} articles, {words / (time.perf_counter() - begun):.0f} words a second")
        quotes.polnear = _given(articles)
        for way in ("rules", "encoder", "joined"):
            plain_answers = {
                name: [{"content": a.content, "cue": a.cue, "source": a.source} for a in ways[way]]
                for name, ways in found.items()
            }
            for kind, row in quotes.score(plain_answers, folder).items():
                shown = " ".join(f"{k}={v:.3f}" for k, v in row.items() if k != "gold")
                print(f"{part} | {way} | {kind} | {shown}")
        if given.errors and part == "dev":
            for line, count in sorted(_errors(gold, quotes, articles, found).items()):
                print(f"{line}: {count}")


def _given(articles: list) -> Callable[[Path], list]:
    return lambda _folder: articles


def _errors(gold: ModuleType, quotes: ModuleType, articles: list, found: dict[str, dict[str, Found]]) -> Counter[str]:
    """How many gold attributions of each kind were found, were missed and why, and how many findings are none."""
    counted: Counter[str] = Counter()
    for article, truth in articles:
        text, mask = article.text, gold.quoted(article.text)
        given = [(a, quotes.words(text, a.content)) for a in found[article.name]["joined"]]
        used: set[int] = set()
        for wanted in truth:
            words = quotes.words(text, wanted.content)
            kind = "direct" if gold.is_direct(text, wanted.content, mask) else "paraphrase"
            if kind == "paraphrase" and any(mask[i] for a, b in wanted.content for i in range(a, b)):
                kind = "mixed"
            share, best = max(
                ((len(words & v) / len(words | v), i) for i, (_, v) in enumerate(given)), default=(0.0, -1)
            )
            if share >= 0.5:
                used.add(best)
                source = given[best][0].source
                if not wanted.source:
                    counted[f"{kind}: right, gold has no source"] += 1
                elif quotes.named(text, wanted.source) & quotes.named(text, source):
                    counted[f"{kind}: right"] += 1
                else:
                    counted[f"{kind}: source {'wrong' if source else 'missing'}"] += 1
            elif share > 0:
                longer = len(given[best][1]) > len(words)
                counted[f"{kind}: found, but {'too long' if longer else 'too short'}"] += 1
            else:
                counted[f"{kind}: missed"] += 1
        for i, (a, v) in enumerate(given):
            if i not in used:
                apart = not any(v & quotes.words(text, w.content) for w in truth)
                counted[f"found as {a.kind}: {'nothing there' if apart else 'overlaps another or cut wrong'}"] += 1
    return counted


if __name__ == "__main__":
    main()
