"""The cells of who speaks how of whom that were read and judged, with their sentences and today's figures.

python -m training.toward.cells --texts ../shared/gold/polnear/dev/text

The verdicts stand in cells.tsv: 116 cells of 13 articles, at most ten of each, drawn at random.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from functools import cache
from pathlib import Path

from readout import read
from readout.quoted import wording
from readout.records import Reading
from readout.tables.tone import voice_name

JUDGED = Path(__file__).with_name("cells.tsv")


def main() -> None:
    """Print them, and how many were right."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--texts", type=Path, required=True)
    texts: Path = ask.parse_args().texts

    @cache
    def opened(name: str) -> tuple[str, Reading]:
        text = (texts / f"{name}.txt").read_text("utf-8")
        return text, read(text)

    verdicts: Counter[str] = Counter()
    with JUDGED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            verdicts[row["verdict"]] += 1
            text, reading = opened(row["article"])
            why = f" ({row['why']})" if row["why"] else ""
            print(f"{row['article']}: {row['voice']} on {row['of']}, mean {row['mean'] or '-'}: {row['verdict']}{why}")
            for one in reading.toward:
                if voice_name(one.speaker) == row["voice"] and one.whom == row["of"]:
                    sentence = next(s for s in reading.layout.sentences if s.start <= one.start < s.end)
                    words = wording(text, (sentence.start, sentence.end))
                    print(f"    {'' if one.clear else '?'}{one.label} {one.value:+.2f}  {words}")
    clear = verdicts["right"] + verdicts["wrong"]
    share = verdicts["right"] / clear
    print(f"{verdicts['right']} of {clear} clear cells right ({share:.1%}), {verdicts['unclear']} unclear")


if __name__ == "__main__":
    main()
