"""Kill a process with SIGKILL at random moments while it writes to a library, and look at what it left.

    python tests/library_kill.py [TIMES]

A process adds, corrects, undoes, removes, restores, changes and imports, saying before each act what it is about to do
and after it that it is done. It is killed at a random moment; then the library must open without complaint and hold
everything that was done, and of what was under way all or nothing. What lists and finds the articles must be what a new
library would make of them. SIGKILL ends a process, not the machine: that a power cut loses nothing either rests on
SQLite's synchronous=FULL, which no test here can show.
"""

from __future__ import annotations

import io
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from library_building import NOW, article

from readout.library import Library, Undo, archive
from readout.library.words import identity

ARTICLES = 40
BATCHES = 10
"""Zips to import, of three articles each."""
LONGEST = 0.25
"""Seconds that a process lives at most."""

Act = dict[str, Any]


@dataclass
class State:
    """What a library holds, as its user knows it."""

    titles: dict[int, str] = field(default_factory=dict)
    bin: dict[int, int] = field(default_factory=dict)
    """The articles in the bin, and with which act they went there."""
    corrections: dict[int, tuple[int, bool]] = field(default_factory=dict)
    """For the number of each correction, its article and whether it is undone."""

    def after(self, act: Act) -> State:
        """The state once an act is done."""
        new = State(dict(self.titles), dict(self.bin), dict(self.corrections))
        kind, number = act["kind"], act["number"]
        if kind in ("add", "import"):
            for one in act["articles"]:
                new.titles.setdefault(one, article(one).title)
                new.bin.pop(one, None)
        elif kind == "correct":
            new.corrections[number] = (act["article"], False)
        elif kind == "undo":
            new.corrections[act["correction"]] = (new.corrections[act["correction"]][0], True)
        elif kind == "change":
            new.titles[act["article"]] = f"Title {number}"
        elif kind == "remove":
            new.bin |= dict.fromkeys(act["articles"], number)
        else:
            for one in act["articles"]:
                new.bin.pop(one, None)
        return new

    def seen(self) -> tuple[dict[str, str], dict[int, tuple[str, bool]]]:
        """What the library should show: titles by id, and corrections by number."""
        shown = {number: name(number) for number in self.titles if number not in self.bin}
        return (
            {shown[number]: title for number, title in self.titles.items() if number in shown},
            {number: (shown[one], undone) for number, (one, undone) in self.corrections.items() if one in shown},
        )

    def choose(self, chance: random.Random, number: int) -> Act:
        """Something that can be done next."""
        here = [one for one in self.titles if one not in self.bin]
        open_ones = [n for n, (one, undone) in self.corrections.items() if one in here and not undone]
        acts: list[Act] = [
            {"kind": "add", "articles": [chance.randrange(ARTICLES)]},
            {"kind": "import", "articles": batch(chance.randrange(BATCHES))},
        ]
        if here:
            acts += [{"kind": kind, "article": chance.choice(here)} for kind in ("correct", "change")]
            acts.append({"kind": "remove", "articles": chance.sample(here, min(len(here), chance.randrange(1, 6)))})
        if open_ones:
            acts.append({"kind": "undo", "correction": chance.choice(open_ones)})
        if self.bin:
            went = chance.choice(list(self.bin.values()))
            acts.append({"kind": "restore", "went": went, "articles": [n for n, at in self.bin.items() if at == went]})
        return chance.choice(acts) | {"number": number}


def name(number: int) -> str:
    """The id of an article."""
    return identity(article(number).text)


def batch(number: int) -> list[int]:
    """The articles of a zip."""
    return [ARTICLES + 3 * number + at for at in range(3)]


def zips(folder: Path) -> list[bytes]:
    """The zips, made with a library for the moment."""
    made = []
    for number in range(BATCHES):
        with Library.open(folder / str(number)) as library:
            for one in batch(number):
                library.add(article(one), None, NOW)
            out = io.BytesIO()
            archive.write(library.items(), out)
            made.append(out.getvalue())
    return made


def do(library: Library, act: Act, packed: list[bytes]) -> None:
    """Do one act."""
    kind, when = act["kind"], NOW + timedelta(seconds=act["number"])
    if kind == "add":
        library.add(article(act["articles"][0]), b"page" * 3000, when)
    elif kind == "import":
        archive.bring_in(library, io.BytesIO(packed[(act["articles"][0] - ARTICLES) // 3]))
    elif kind == "correct":
        library.correct(name(act["article"]), "any", {}, {"number": act["number"]}, when=when, by="Grace")
    elif kind == "undo":
        (one,) = [c for c in library.corrections() if c.value["number"] == act["correction"]]
        library.undo(one.id, when)
    elif kind == "change":
        library.change(name(act["article"]), title=f"Title {act['number']}")
    elif kind == "remove":
        library.remove([name(one) for one in act["articles"]], when)
    else:
        ids = tuple(name(one) for one in act["articles"])
        library.restore(Undo(ids, NOW + timedelta(seconds=act["went"])))


def work(folder: Path, state: State, number: int, packed: list[bytes], out: IO[str]) -> None:
    """What the process does until it is killed."""
    chance = random.Random(number)
    library = Library.open(folder)
    while True:
        number += 1
        act = state.choose(chance, number)
        print(json.dumps(act), file=out, flush=True)
        do(library, act, packed)
        print("done", file=out, flush=True)
        state = state.after(act)


def killed(folder: Path, state: State, number: int, packed: list[bytes], delay: float) -> list[str]:
    """Start a process, kill it after so many seconds, and return what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with os.fdopen(writing, "w") as out:
            work(folder, state, number, packed, out)
        os._exit(1)
    os.close(writing)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(reading) as said:
        lines = said.read().split("\n")[:-1]
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"the process ended by itself after {lines[-2:]}"
    return lines


def told(folder: Path) -> tuple[dict[str, str], dict[int, tuple[str, bool]]]:
    """What the library shows, once it is known to be sound."""
    with Library.open(folder) as library:
        assert library.check() == []
        entries = library.entries(limit=1000).entries
        corrections = library.corrections(undone=True)
        with tempfile.TemporaryDirectory() as place, Library.open(Path(place)) as new:
            new.put(library.items())
            assert new.rows() == library.rows()
    return (
        {one.id: one.title for one in entries},
        {one.value["number"]: (one.article, one.undone is not None) for one in corrections},
    )


def run(times: int, seed: int = 1) -> Counter[str]:
    """Kill so many times; returns how often each act was done, or under way and found whole or absent."""
    chance, state, number = random.Random(seed), State(), 0
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        packed = zips(Path(place, "zips"))
        folder = Path(place, "library")
        for _ in range(times):
            acts: list[Act] = []
            for line in killed(folder, state, number, packed, chance.uniform(0, LONGEST)):
                if line != "done":
                    acts.append(json.loads(line))
                    number = acts[-1]["number"]
                    continue
                state = state.after(acts[-1])
                counts[f"{acts.pop()['kind']}: done"] += 1
            found = told(folder)
            if acts and found == state.after(acts[0]).seen() != state.seen():
                state = state.after(acts[0])
                counts[f"{acts[0]['kind']}: cut off, whole"] += 1
            else:
                counts[f"{acts[0]['kind']}: cut off, absent" if acts else "between two acts"] += 1
            assert state.seen() == found
    return counts


def main() -> None:
    """Kill, and print what was found."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    counts = run(times, seed)
    for what, count in sorted(counts.items()):
        print(f"{count:6} {what}")
    print(f"killed {times} times: each time the library opened, held all that was done, and nothing half")


if __name__ == "__main__":
    main()
