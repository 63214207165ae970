"""The Library page in a real browser: opening it, and from a key to the new list, with 10 articles and with 10,000.

    python tests/browser/library_page_speed.py [--articles N] [--rounds N]

Opening is a reload of the page until its list is drawn. A key is the last of a word that is typed: from it to the list
that answers the whole word, the wait for more keys (150 ms) included and apart. Beside them stand what the library
itself and bare SQLite, asked for the best 50 alone, take for the same words. All of it is printed as ratios too.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
from library_speed import Maker, bare, filled, sought, timed, typed
from playwright.sync_api import Page
from serving import browse, serve, settle

from readout.library import Library, Wanted

WAIT = 150
"""Milliseconds that the page waits for another key; as in readout/web/library/library.js."""

OPENED = """
() => new Promise((done) => {
  const look = () =>
    [...document.querySelectorAll('.st-key-library-list *')].some((e) => e.shadowRoot?.querySelector('.card'));
  const step = () => (look() ? done(performance.now()) : requestAnimationFrame(step));
  step();
})
"""
TYPED = """
async (words) => {
  const inside = [...document.querySelectorAll('.st-key-library-list *')];
  const root = inside.find((e) => e.shadowRoot?.querySelector('.library'));
  const search = root.shadowRoot.querySelector('input[type=search]');
  const library = root.shadowRoot.querySelector('.library');
  const begun = performance.now();
  search.value = words;
  search.dispatchEvent(new Event('input', { bubbles: true }));
  for (;;) {
    await new Promise(requestAnimationFrame);
    if (library.state.data.query === words) return performance.now() - begun;
    if (performance.now() - begun > 20000) throw new Error('no answer');
  }
}
"""


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--articles", type=int, default=10_000)
    ask.add_argument("--rounds", type=int, default=12)
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as made:
        homes = {count: Path(made, str(count)) for count in (10, asked.articles)}
        for count, home in homes.items():
            filled(home, count).close()
        words = _words()
        with (
            serve(READOUT_HOME=str(homes[10])) as few,
            serve(READOUT_HOME=str(homes[asked.articles])) as many,
            browse() as browser,
        ):
            pages = {}
            for count, address in ((10, few), (asked.articles, many)):
                pages[count] = browser.new_page(viewport={"width": 1280, "height": 900})
                pages[count].goto(f"{address}/library")
                settle(pages[count])
            opened = _openings(pages, asked.rounds)
            answered: dict[int, list[float]] = {count: [] for count in pages}
            for query in words:  # in turn, so that what else the machine does falls on both alike
                for count, page in pages.items():
                    answered[count].append(page.evaluate(TYPED, query))
                    page.wait_for_timeout(60)
        with Library.open(homes[asked.articles]) as library:
            plain = bare(library, Path(made))
            inside = [timed(partial(library.entries, Wanted(query=query))) for query in words]
            beside = [timed(partial(sought, plain, query)) for query in words]
    few_, many_ = opened.values()
    small, large = answered.values()
    for name, spent in (
        ("opening, 10 articles", few_),
        (f"opening, {asked.articles:,} articles", many_),
        ("key to list, 10 articles", small),
        (f"key to list, {asked.articles:,} articles", large),
        ("the same without the wait", [spent - WAIT for spent in large]),
        ("the library alone, a page of 50", inside),
        ("bare SQLite, the best 50", beside),
    ):
        print(f"{name:36} median {median(spent):6.0f} ms   95th {_high(spent):6.0f} ms   {len(spent)} times")
    print(f"opening, {asked.articles:,} to 10: {median(many_) / median(few_):.2f} (medians)")
    print(f"key to list, {asked.articles:,} to 10: {median(large) / median(small):.2f} (medians)")
    print(f"the library to bare SQLite: {_high(inside) / _high(beside):.2f} (95th)")


def _words() -> list[str]:
    """Beginnings of the queries that tests/library_speed.py types: every third letter, and the whole."""
    prefixes = typed(Maker())
    return [query for at, query in enumerate(prefixes) if at % 3 == 0 and query.strip() == query and query.strip('"')]


def _open(page: Page) -> float:
    page.reload()
    spent: float = page.evaluate(OPENED)
    settle(page)
    return spent


def _openings(pages: dict[int, Page], rounds: int) -> dict[int, list[float]]:
    times: dict[int, list[float]] = {count: [] for count in pages}
    for turn in range(rounds + 2):
        for count, page in pages.items():
            spent = _open(page)
            if turn >= 2:
                times[count].append(spent)
    return times


def _high(spent: list[float]) -> float:
    return quantiles(spent, n=20)[-1]


if __name__ == "__main__":
    main()
