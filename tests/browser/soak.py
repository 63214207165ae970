"""A day of a newsroom in half an hour: readers who click, go and come back, and what the server weighs meanwhile.

    python tests/browser/soak.py [--readers 20] [--minutes 30]

Each reader opens pages, filters, gives and takes stars, opens the dialog that adds an article, sends a file, closes it,
and now and then leaves and comes back as somebody new. They speak Streamlit's protocol without a browser, so that the
machine's time goes to the server. A table says, twenty times, how many clicks there were, how much memory the server
has and how many descriptors it has open; the last line compares the second third of the time with the last one.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import mean
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))
from clicking import Reader, process, weight
from serving import serve

STAY = 60
"""Clicks after which a reader leaves, and another comes."""
FLAT = 1.05
"""So much more than before is still called flat."""
LEFT = 3
"""Descriptors that Streamlit holds for two minutes for a reader who left, of 128 readers at most."""
TEXT = b'The pier\n\n"The pier is safe," Rosalind Franklin, the surveyor, said last month.\n\n' * 50
PAGES = ("", "timeline", "tone", "quotes", "library", "corrections", "method")
QUERIES = ("", "kind=direct", "who=Vladimir+Putin", "who=Sergey+Lavrov&kind=mixed")


class Crowd:
    """Readers that click until they are told to stop."""

    def __init__(self, address: str) -> None:
        """Nobody has come yet."""
        self.address, self.over = address, threading.Event()
        self.clicks, self.troubles = 0, list[str]()

    def read(self, number: int) -> None:
        """One seat, with one reader after another."""
        chance = random.Random(number)
        while not self.over.is_set():
            try:
                with Reader(self.address) as reader:
                    for _ in range(STAY):
                        if self.over.is_set():
                            return
                        self._click(reader, chance)
                        self.clicks += 1
                        if reader.failed:
                            self.troubles.append(reader.failed)
                            break
            except Exception as trouble:
                self.troubles.append(f"{type(trouble).__name__}: {trouble!s:.200}")
                self.over.wait(1)

    def _click(self, reader: Reader, chance: random.Random) -> None:
        what = chance.random()
        if what < 0.6:
            reader.run(path=chance.choice(PAGES))
        elif what < 0.8:
            reader.run(path="", query=chance.choice(QUERIES))
        elif what < 0.9:
            reader.run(path="")
            reader.tell("text", "remark", {"what": "star"})
        else:
            reader.run(path="")
            reader.press("add")
            reader.upload(TEXT)
            reader.run(path="")  # the dialog is closed


def main() -> None:
    """Measure, and say what was seen."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--readers", type=int, default=20)
    asked.add_argument("--minutes", type=float, default=30.0)
    given = asked.parse_args()
    rows: list[tuple[float, int, float, int]] = []
    with tempfile.TemporaryDirectory() as home, serve(READOUT_HOME=home) as address:
        folder, crowd = process(urlsplit(address).port), Crowd(address)
        seats = [threading.Thread(target=crowd.read, args=[number], daemon=True) for number in range(given.readers)]
        begun, seconds = time.monotonic(), given.minutes * 60
        print(f"{'minute':>7} {'clicks':>8} {'MB':>7} {'descriptors':>12}", flush=True)
        for seat in seats:
            seat.start()
        shown = 0
        while (far := time.monotonic() - begun) < seconds:
            rows.append((far, crowd.clicks, *weight(folder)))
            if far >= shown * seconds / 20:
                shown += 1
                print(f"{far / 60:7.1f} {crowd.clicks:8,} {rows[-1][2]:7.0f} {rows[-1][3]:12}", flush=True)
            time.sleep(min(5.0, seconds / 60))
        crowd.over.set()
        for seat in seats:
            seat.join(120)
        time.sleep(5)
        left = weight(folder)
    second, last = (rows[len(rows) * third // 3 : len(rows) * (third + 1) // 3] for third in (1, 2))
    before, after = ([mean(row[column] for row in part) for column in (2, 3)] for part in (second, last))
    print(
        f"{crowd.clicks:,} clicks of {given.readers} readers in {given.minutes:g} minutes; {len(crowd.troubles)} errors"
    )
    print(f"memory {before[0]:.0f} MB, then {after[0]:.0f} MB; descriptors {before[1]:.0f}, then {after[1]:.0f}")
    print(f"when all have left: {left[0]:.0f} MB, {left[1]} descriptors")
    for line in crowd.troubles[:10]:
        print(" ", line)
    flat = after[0] <= FLAT * before[0] and after[1] <= FLAT * before[1] + LEFT * given.readers
    print("flat" if flat else "not flat")
    sys.exit(0 if flat and not crowd.troubles else 1)


if __name__ == "__main__":
    main()
