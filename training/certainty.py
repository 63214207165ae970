"""Measure how often what Readout shows, and what it holds back, is right on pages that nobody tuned on.

    python training/certainty.py [--shared FOLDER] [--write]

certainty-readings.tsv beside this file has verdicts on every quote of eleven news pages of shared/gold/pages, read one
by one: the page, where the quote starts and ends, its speaker, and 1, 0.5 (the bounds, or whether it is speech) or 0.
These pages are kept out of all fitting (training/paraphrases.py). A quote that nobody has read is printed, to be read
and added. --write puts the figures into data/accuracy.json, from where the pages take them.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from datetime import date
from pathlib import Path

from readout import read

HERE = Path(__file__).parent
ACCURACY = HERE.parent / "data" / "accuracy.json"
DAY = date(2019, 11, 15)
"""About when the pages were published; the quotes do not hang on it."""


def main() -> None:
    """Print the figures and whatever has no verdict yet."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    ask.add_argument("--write", action="store_true", help="put the figures into data/accuracy.json")
    given = ask.parse_args()
    verdicts = readings(HERE / "certainty-readings.tsv")
    bodies = json.loads((given.shared / "gold" / "pages" / "bodies.json").read_text("utf-8"))
    parts: defaultdict[str, list[float]] = defaultdict(list)
    unread = 0
    for page in dict.fromkeys(key[0] for key in verdicts):
        text = bodies[page]["articleBody"]
        for quote in read(text, published=DAY, toward=False).all_quotes:
            right = verdicts.get((page, quote.start, quote.end, quote.speaker))
            if right is None:
                unread += 1
                words = " ".join(text[quote.start : quote.end].split())
                print(
                    page, quote.start, quote.end, quote.speaker, "?", quote.kind, f"held={quote.held}", words, sep="\t"
                )
                continue
            parts["held" if quote.held else "direct" if quote.kind == "direct" else "shown"].append(right)
            parts["all held" if quote.held else "all shown"].append(right)
    figures = {
        part: {"quotes": len(found), "right": round(sum(found) / len(found), 3)}
        for part, found in sorted(parts.items())
    }
    for part, found in figures.items():
        print(f"{part:10} {found['quotes']:4} {found['right']:.3f}")
    if given.write and not unread:
        known = json.loads(ACCURACY.read_text("utf-8"))
        known["certainty"] = {part: figures[part] for part in ("direct", "shown", "held")}
        ACCURACY.write_text(json.dumps(known, indent=2) + "\n", "utf-8")


def readings(path: Path) -> dict[tuple[str, int, int, str], float]:
    """Return the verdicts by page, start, end and speaker."""
    found = {}
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            page, start, end, speaker, right = line.split("\t")
            found[page, int(start), int(end), speaker] = float(right)
    return found


if __name__ == "__main__":
    main()
