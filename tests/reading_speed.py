"""How long a reading takes, by length: the seed article once warm, then texts up to 100,000 words.

    python tests/reading_speed.py

Each without and with how the voices speak of whom. The long texts are the seed article's paragraphs over and over.
Beside the milliseconds stands the time per word as a ratio to that of the first long text: it stays near 1 where the
time is linear.
"""

from __future__ import annotations

import time
from datetime import date
from statistics import median

from readout import read
from readout.shelf import SHIPPED, open_article

DAY = date(2016, 11, 9)
_WITH = {False: "", True: "  with how the voices speak of whom"}
LENGTHS = (1_000, 3_000, 10_000, 30_000, 100_000)


def main() -> None:
    """Measure and print."""
    article = open_article(SHIPPED, "putin-on-trump-victory").article
    began = time.perf_counter()
    reading = read(article.text, published=DAY, title=article.title)
    print(f"seed article, first reading  {1000 * (time.perf_counter() - began):8.1f} ms")
    for toward in (False, True):
        print(f"seed article, once warm      {1000 * _time(article.text, 21, toward):8.1f} ms{_WITH[toward]}")
    start, end = reading.layout.body
    body = article.text[start:end]
    for toward in (False, True):
        base = 0.0
        for length in LENGTHS:
            text = "\n\n".join([body] * round(length / len(body.split())))
            spent = _time(text, 3, toward)
            words = len(text.split())
            base = base or spent / words
            rate = f"{words / spent:7,.0f} words/s  {spent / words / base:.2f}"
            print(f"{words:7,} words  {1000 * spent:8.0f} ms  {rate}{_WITH[toward]}")


def _time(text: str, times: int, toward: bool) -> float:
    """Seconds of processor time, the median of several readings."""
    spent = []
    for _ in range(times):
        began = time.process_time()
        read(text, published=DAY, toward=toward)
        spent.append(time.process_time() - began)
    return median(spent)


if __name__ == "__main__":
    main()
