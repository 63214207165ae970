"""Sentences of news without labels, with the places where Readout sees somebody mentioned, for the teacher to judge.

python -m training.toward.sentences --texts ../shared/gold/polnear/train/text --ratings FOLDER \\
  --gold ../shared/gold/newsmtsc/train.jsonl --out sentences.jsonl

They come from a folder of articles, and from the editorials that VADER was tested on (see training.toward.rated).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import readout
from readout.layout import lay_out, plain
from readout.regard import around
from training.toward.data import load
from training.toward.rated import EDITORIALS, snippets

_FEWEST_WORDS = 5


def main() -> None:
    """Write one sentence a line, with its mentions."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("texts", "ratings", "gold", "out"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    given = ask.parse_args()
    labelled = {target.text for target in load(given.gold)}
    with given.out.open("w", encoding="utf-8") as out:
        for text in [*_articles(given.texts), *_editorials(given.ratings)]:
            clean, sentences = plain(text), lay_out(text, body=(0, len(text))).sentences
            found: dict[tuple[int, int], list[tuple[int, int]]] = {}
            for one in readout.read(text).toward:
                start, end = around(sentences, (one.start, one.end))
                if one.end <= end:
                    found.setdefault((start, end), []).append((one.start - start, one.end - start))
            for (start, end), spans in found.items():
                sentence = clean[start:end]
                if sentence not in labelled and len(sentence.split()) >= _FEWEST_WORDS:
                    out.write(json.dumps([sentence, spans]) + "\n")


def _articles(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        yield path.read_text("utf-8")


def _editorials(folder: Path) -> Iterator[str]:
    """Each editorial's snippets, a paragraph each: their numbers begin with that of the editorial."""
    for _, parts in groupby(snippets(folder, EDITORIALS).items(), lambda numbered: numbered[0].split("_")[0]):
        yield "\n\n".join(text for _, text in parts)


if __name__ == "__main__":
    main()
