"""Words a second of one thread: reading, and reading with how each voice speaks of whom.

python -m training.toward.speed --texts ../shared/gold/polnear/dev/text
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from readout import read


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--texts", type=Path, required=True)
    ask.add_argument("--limit", type=int, default=40)
    given = ask.parse_args()
    texts = [path.read_text("utf-8") for path in sorted(given.texts.iterdir())[: given.limit]]
    words = count = 0
    spent = {False: 0.0, True: 0.0}
    for warm, text in [(True, texts[0]), *((False, text) for text in texts)]:
        for toward in spent:
            began = time.process_time()
            reading = read(text, toward=toward)
            if not warm:
                spent[toward] += time.process_time() - began
        if not warm:
            words += len(text.split())
            count += len(reading.toward)
    print(f"{len(texts)} articles, {words:,} words, {count:,} mentions")
    print(f"read alone {words / spent[False]:,.0f} words/s, with how each voice speaks of whom "
          f"{words / spent[True]:,.0f} words/s")  # fmt: skip


if __name__ == "__main__":
    main()
