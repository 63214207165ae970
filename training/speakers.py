"""How often the speakers are right, and whether their confidence says so.

    python training/speakers.py [--readings FILE] [--batch N] [--gold FOLDER]

Holds the engine's speakers against the dev articles whose speakers were resolved by reading (../shared/gold/speakers)
and against speaker-readings.tsv beside this file: PolNeAR train articles, drawn at random and read. Its columns are the
article, where the quote starts, the engine's speaker when it was read, the verdict, the right name (several with "|";
"unnamed: " before a description), and the batch. A batch was read after the rules were mended for the batches before
it, so its verdicts as it was read are a figure on articles that nobody had tuned on.

Prints the share right in each set, then a table by ground, which `readout/speakers/confidence.py` keeps, and the
reliability table: of the answers that say nine in ten, how many are right.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from readout.attribution import attribute
from readout.layout import lay_out, plain
from readout.marks import quotations
from readout.records import Attribution, Span
from readout.speakers.confidence import confidence, is_far
from readout.speakers.resolver import answers
from readout.speakers.scene import Scene

HERE = Path(__file__).parent
GOLD = HERE.parent.parent / "shared" / "gold"
BINS = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
PRIOR = (10, 0.85)
"""What every ground is counted with beside its own answers: how many, and their rate."""


class Answered(NamedTuple):
    """What the engine says of one attribution."""

    said: Attribution
    speaker: str
    ground: str


class Checked(NamedTuple):
    """An answer held against the right one."""

    ground: str
    confidence: float
    right: bool


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--readings", type=Path, default=HERE / "speaker-readings.tsv")
    ask.add_argument("--batch", help="only this batch of the readings, and no dev article")
    ask.add_argument("--gold", type=Path, default=GOLD)
    given = ask.parse_args()
    rows = [line.split("\t") for line in given.readings.read_text("utf-8").splitlines() if line[:1] != "#"]
    rows = [row for row in rows if given.batch in (None, row[5])]
    for batch in sorted({row[5] for row in rows}):
        verdicts = [row[3] == "right" for row in rows if row[5] == batch]
        print(f"batch {batch} as it was read      {_share(verdicts)}")
    checked = list(_readings(rows, given.gold / "polnear" / "train" / "text"))
    print(f"readings with the rules of now  {_share(c.right for c in checked)}")
    if given.batch is None:
        dev = list(_dev(given.gold / "speakers", given.gold / "polnear" / "dev" / "text"))
        print(f"dev articles                    {_share(c.right for c in dev)}")
        checked += dev
    print("\nground, answers, share right, rate drawn toward the prior")
    for ground, found in _by(checked, lambda c: c.ground):
        rate = (sum(found) + PRIOR[0] * PRIOR[1]) / (len(found) + PRIOR[0])
        print(f"  {ground:20} {_share(found)}  {rate:.2f}")
    print("\nconfidence, answers, share right, mean confidence")
    for low, high in pairwise(BINS):
        inside = [c for c in checked if low <= c.confidence < high]
        if inside:
            mean = sum(c.confidence for c in inside) / len(inside)
            print(f"  {low:.2f} to {min(high, 1):.2f}  {_share(c.right for c in inside)}  {mean:.3f}")


def _share(right: Iterable[bool]) -> str:
    verdicts = list(right)
    return f"{len(verdicts):4}  {sum(verdicts) / len(verdicts) if verdicts else 0:.3f}"


def _by(checked: list[Checked], key: Callable[[Checked], str]) -> list[tuple[str, list[bool]]]:
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for item in checked:
        found[key(item)].append(item.right)
    return sorted(found.items(), key=lambda pair: -len(pair[1]))


def _read(path: Path) -> list[Answered]:
    text = path.read_bytes().decode("utf-8")
    clean, layout = plain(text), lay_out(text)
    said = attribute(clean, layout, quotations(clean, layout))
    if not said:
        return []
    found = answers(Scene(clean, layout, said), said)
    return [Answered(a, answer.voice.name, answer.ground) for a, answer in zip(said, found, strict=True)]


def _check(answer: Answered, names: list[str]) -> Checked:
    speaker = _plain(answer.speaker)
    if names[0].startswith("unnamed: "):
        right = not {"unnamed", *_plain(names[0]).split()}.isdisjoint(speaker.split())
    else:
        right = speaker in {_plain(name) for name in names}
    ground = answer.ground + (", far" if is_far(answer.said) else "")
    return Checked(ground, confidence(answer.ground, answer.said), right)  # type: ignore[arg-type]


def _plain(name: str) -> str:
    return re.sub(r"\W+", " ", re.sub(r"^(unnamed: )?(the|a|an) ", "", name.casefold())).strip()


def _readings(rows: list[list[str]], folder: Path) -> Iterator[Checked]:
    read: dict[str, list[Answered]] = {}
    for article, start, _, _, right, _ in rows:
        if article not in read:
            read[article] = _read(folder / f"{article}.txt")
        at = int(start)
        near = [a for a in read[article] if a.said.kind != "indirect" or a.said.content[0][0] == at]
        if near:
            yield _check(min(near, key=lambda a: abs(a.said.content[0][0] - at)), right.split("|"))


def _dev(folder: Path, texts: Path) -> Iterator[Checked]:
    """The gold quotes that the engine finds; the others have no confidence."""
    for path in sorted(folder.glob("*.json")):
        read = _read(texts / f"{path.stem}.txt")
        for gold in json.loads(path.read_text("utf-8")):
            best = max(read, key=lambda a: _overlap(a.said.content, gold["content"]), default=None)
            if gold["speaker"] is not None and best and _overlap(best.said.content, gold["content"]):
                yield _check(best, [gold["speaker"], *gold["aliases"]])


def _overlap(a: Iterable[Span], b: Iterable[Span]) -> int:
    return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)


if __name__ == "__main__":
    main()
