"""The accuracy gate: score the engine on the gold data, and fail where a figure fell below its floor.

    python training/gate.py                             score, print, exit 1 where a figure fell
    python training/gate.py --update                    raise the floors to what was just measured
    python training/gate.py --update --allow-regression lower them too

The floors are the figures of data/accuracy.json, which the Method page shows; it also holds a fingerprint of the gold
data, for a figure means nothing on other data. The gold data and the scorers lie in the folder `shared` beside the
repository, or where READOUT_SHARED says; where they are not, the gate says so and passes.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readout import read

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "data" / "accuracy.json"
SHARED = Path(os.environ.get("READOUT_SHARED") or ROOT.parent / "shared")
GOLD = {"polnear": "polnear/dev", "speakers": "speakers", "timeml": "timeml"}
NOISE = 0.0005
"""The readings are the same on every machine; this much is lost where a figure is rounded to three places."""

Figures = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Record:
    """What was measured last: the gold data's fingerprints and the figures, by part and measure."""

    gold: dict[str, str]
    figures: Figures


def main() -> int:
    """Run the gate; gives the exit code."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--update", action="store_true")
    ask.add_argument("--allow-regression", action="store_true")
    asked = ask.parse_args()
    if not SHARED.is_dir():
        print("accuracy gate: no gold data beside the repository, so nothing was scored")
        return 0
    gold = {name: fingerprint(SHARED / "gold" / folder) for name, folder in GOLD.items()}
    record, figures = load(RECORD), measure(SHARED)
    for part, row in figures.items():
        before = record.figures.get(part, {})
        print(f"{part:8}", "  ".join(f"{k} {v:.3f} ({before.get(k, 0.0):.3f})" for k, v in row.items()))
    complaints = judge(record, gold, figures)
    for complaint in complaints:
        print(complaint)
    if asked.update and (asked.allow_regression or not complaints):
        kept = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}
        RECORD.write_text(json.dumps(kept | {"gold": gold, "figures": figures}, indent=2) + "\n", "utf-8")
        print(f"wrote {RECORD.relative_to(ROOT)}")
        return 0
    if asked.update:
        print("floors are not lowered without --allow-regression")
    print("accuracy gate: failed" if complaints else "accuracy gate: passed")
    return 1 if complaints else 0


def load(path: Path) -> Record:
    """The record in a file; an empty one where there is no file."""
    if not path.exists():
        return Record({}, {})
    data = json.loads(path.read_text("utf-8"))
    return Record(data["gold"], data["figures"])


def fingerprint(folder: Path) -> str:
    """A digest of every file under a folder, names and contents."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def judge(record: Record, gold: Mapping[str, str], figures: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What is wrong, a sentence each: gold data that changed, figures that fell or are no longer measured."""
    complaints = [
        f"The gold data “{name}” is not what the floors were measured on: look what changed, then --update."
        for name, known in record.gold.items()
        if gold.get(name) != known
    ]
    for part, row in record.figures.items():
        for measure_, floor in row.items():
            value = figures.get(part, {}).get(measure_)
            if value is None:
                complaints.append(f"{part}: {measure_} is no longer measured.")
            elif value < floor - NOISE:
                complaints.append(f"{part}: {measure_} fell from {floor:.3f} to {value:.3f}.")
    return complaints


def measure(shared: Path) -> Figures:
    """Score the engine on the gold data, rounded to three places."""
    sys.path.insert(0, str(shared / "score"))
    gold, quotes, speakers, times = map(importlib.import_module, ("gold", "quotes", "speakers", "times"))
    news = [article for article, _ in gold.polnear(shared / "gold" / GOLD["polnear"])]
    dated = [article for article, _ in gold.timeml(shared / "gold" / GOLD["timeml"])]
    said = _answers(news, "quotes")
    scores = quotes.score(said, shared / "gold" / GOLD["polnear"])
    kept = ("token_f1", "span_f1", "source_acc", "end_to_end_f1")
    return {
        "direct": _rounded(_of(scores["direct"], kept)),
        "all": _rounded(_of(scores["all"], kept)),
        "speakers": _rounded(
            _of(speakers.score(said, shared / "gold" / GOLD["speakers"]), ("named_acc", "unnamed_acc"))
        ),
        "times": _rounded(
            _of(
                times.score(_answers(dated, "times"), shared / "gold" / GOLD["timeml"]),
                ("strict_f1", "relaxed_f1", "type_f1", "value_f1", "placeable_f1"),
            )
        ),
    }


def _answers(articles: list[Any], part: str) -> dict[str, Any]:
    return {a.name: read(a.text, published=a.published, toward=False).to_dict()[part] for a in articles}


def _of(row: Mapping[str, float], names: tuple[str, ...]) -> dict[str, float]:
    return {name: row[name] for name in names}


def _rounded(row: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in row.items()}


if __name__ == "__main__":
    sys.exit(main())
