"""The scores of an exported network, as the engine runs it, on the fold that it has not seen.

python -m training.toward.measure --gold ../shared/gold/newsmtsc/train.jsonl --model FOLD0.onnx --fold 0 --out FILE.npz
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from readout.regard.sentence import encode
from readout.regard.session import scores
from readout.runtime import load_network
from training.toward.data import fold, load


def main() -> None:
    """Keep the scores in a file of arrays."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold", "model", "out"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument("--fold", type=int, required=True)
    given = ask.parse_args()
    network = load_network(given.model.read_bytes())
    kept = fold(load(given.gold), given.fold)[1]
    found = [scores(next(encode(target.text, [target.span])), network)[0] for target in kept]
    np.savez(given.out, scores=np.array(found), number=[target.number for target in kept])


if __name__ == "__main__":
    main()
