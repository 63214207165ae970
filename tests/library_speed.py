"""How fast the library answers with 10,000 articles in it, beside bare SQLite and beside a library of 10.

    python tests/library_speed.py [ARTICLES]

Articles of about 600 words are made of invented words, as often each as words are in English (after Zipf), with twelve
quotes by four of 900 speakers. Search as you type means: every query of a list, letter by letter, each prefix a search
of its own for a page of 50 with its snippets and the number of all. Bare SQLite answers the same prefixes from a
full-text table of the same texts, as its manual writes it: the best 50, and nothing else.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from readout.layout import lay_out
from readout.library import Item, Library, Wanted
from readout.library.words import identity, level
from readout.records import Article, Quote, Reading, Speaker
from readout.version import ENGINE

START = datetime(2026, 1, 1, tzinfo=UTC)
SPOKEN = 12
_BEGINS = [*"bcdfghlmnprstv", "st", "tr", "pr", "sh"]
_ENDS = [*"aeiou", "an", "er", "or", "ing"]
_SYLLABLES = [begin + end for begin in _BEGINS for end in _ENDS]


class Maker:
    """Makes articles, the same ones every time."""

    def __init__(self) -> None:
        """Make the words and the names."""
        self.random = random.Random(5)
        self.words = ["the", "of", "and", "to", "in", "said", "president", "election", *self._some(20_000)]
        self.weights = [1 / (rank + 2.7) for rank in range(len(self.words))]
        firsts, lasts = self._some(30), self._some(30)
        self.names = [f"{first} {last}".title() for first in firsts for last in lasts]

    def _some(self, count: int) -> list[str]:
        return ["".join(self.random.choices(_SYLLABLES, k=self.random.choice((1, 2, 2, 3)))) for _ in range(count)]

    def item(self, number: int) -> Item:
        """One article with a reading made by hand."""
        speakers = self.random.sample(self.names, 4)
        words = self.random.choices(self.words, self.weights, k=600)
        text, spans = "", []
        for at in range(0, 600, 50):
            spans.append((len(text), len(text) + len(" ".join(words[at : at + 20])) + 2))
            text += f"“{' '.join(words[at : at + 20])}” said {speakers[at // 50 % 4]}. "
            text += f"{' '.join(words[at + 20 : at + 50])}.\n\n"
        quotes = tuple(
            Quote((span,), (), (), "direct", speakers[at % 4], at, "made by hand") for at, span in enumerate(spans)
        )
        article = Article(
            text,
            title=" ".join(words[:8]).capitalize(),
            publisher=f"The {self.names[number % 40]} Times",
            published=date(2016, 1, 1) + timedelta(days=number % 3000),
            url=f"https://example.org/{number}",
        )
        reading = Reading(lay_out(text), quotes, tuple(Speaker(name) for name in speakers))
        return Item(identity(text), article, START + timedelta(minutes=number), None, ENGINE, reading, ())


def typed(maker: Maker) -> list[str]:
    """Every prefix of 25 queries: common words, rare words, names, phrases, two and three words."""
    some = random.Random(7)
    queries = ["the", "president", "said election", '"of the', "in the president"]
    queries += some.sample(maker.names, 5) + some.choices(maker.words[8:300], k=5) + some.sample(maker.words, 5)
    queries += [" ".join(some.choices(maker.words, maker.weights, k=3)) for _ in range(5)]
    return [query[:end] for query in queries for end in range(1, len(query) + 1)]


def mistyped(maker: Maker) -> list[tuple[str, str]]:
    """Sixty words of five letters or more, rare and common, each with a letter of it left out."""
    some = random.Random(9)
    words = some.sample([word for word in maker.words[:5000] if len(word) > 4], 60)
    places = [some.randrange(1, len(word) - 1) for word in words]
    return [(word, word[:at] + word[at + 1 :]) for word, at in zip(words, places, strict=True)]


def bare(library: Library, folder: Path) -> sqlite3.Connection:
    """A full-text table of the same texts, as SQLite's manual writes it."""
    connection = sqlite3.connect(folder / "bare.sqlite3")
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5 (title, text)")
    connection.executemany(
        "INSERT INTO texts (title, text) VALUES (?, ?)", ((i.article.title, i.article.text) for i in library.items())
    )
    connection.commit()
    return connection


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that something takes."""
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def told(name: str, spent: list[float]) -> None:
    """Print the median and the 95th percentile."""
    print(f"{name:44} median {median(spent):7.1f} ms   95th {quantiles(spent, n=20)[-1]:7.1f} ms   {len(spent)} times")


def filled(folder: Path, count: int) -> Library:
    """A library of so many articles."""
    maker = Maker()
    library = Library.open(folder)
    began = time.perf_counter()
    library.put(_items(maker, count))
    spent = time.perf_counter() - began
    size = library.path.stat().st_size / 1e6
    print(f"{count:,} articles put in {spent:.1f} s ({count / spent:.0f} a second), {size:.0f} MB")
    return library


def _items(maker: Maker, count: int) -> Iterator[Item]:
    return (maker.item(number) for number in range(count))


def opened(folder: Path) -> Callable[[], None]:
    """What opening the Library page asks of the library, from its file on."""

    def act() -> None:
        with Library.open(folder) as library:
            library.entries()
            library.speakers(limit=50)
            library.publishers()

    return act


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as place:
        large, small, page = (Path(place, name) for name in ("large", "small", "page"))
        library, few = filled(large, count), filled(small, 10)
        filled(page, 60).close()
        plain = bare(library, Path(place))
        prefixes = typed(Maker())
        name = library.speakers()[0].name
        for title, wanted in (
            ("search as you type, by match", Wanted()),
            ("the same, last added first", Wanted(sort="added")),
            ("the same, in quotes", Wanted(within="quotes")),
            ("the same, of one speaker", Wanted(speaker=name)),
        ):
            told(title, [timed(partial(library.entries, replace(wanted, query=query))) for query in prefixes])
        wrong = mistyped(Maker())
        told("a word in its right spelling", [timed(partial(library.entries, Wanted(query=one))) for one, _ in wrong])
        told("the same, mistyped", [timed(partial(library.entries, Wanted(query=other))) for _, other in wrong])
        told("bare SQLite, the best 50", [timed(partial(sought, plain, query)) for query in prefixes])
        told(f"a page of 50, library open, {count:,} articles", [timed(library.entries) for _ in range(50)])
        told("a page of 10, library open, 10 articles", [timed(few.entries) for _ in range(50)])
        library.close()
        few.close()
        folders = {f"{count:,} articles": large, "10 articles, 10 shown": small, "60 articles, 50 shown": page}
        spent: dict[str, list[float]] = {name: [] for name in folders}
        for _ in range(100):  # in turn, so that what else the machine does falls on all of them alike
            for title, folder in folders.items():
                spent[title].append(timed(opened(folder)))
        for title, times in spent.items():
            told(f"file to first page, {title}", times)
        first, *others = (median(times) for times in spent.values())
        print(f"ratios of the medians: {', '.join(f'{first / other:.2f}' for other in others)}")


def sought(connection: sqlite3.Connection, query: str) -> None:
    """Ask bare SQLite for the best 50."""
    words = level(query).replace('"', " ").split()
    asked = " ".join(f'"{word}"' for word in words) + "*" if words else '""'
    connection.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 50", (asked,)).fetchall()


if __name__ == "__main__":
    main()
