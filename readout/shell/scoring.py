"""`readout score`: the engine's figures against what readers put right."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from readout import kept
from readout.corrections.score import Score, Tally, scores
from readout.errors import LibraryError
from readout.library import Library
from readout.library.store import read_article
from readout.records import Reading
from readout.shell.moving import library_in
from readout.wording import counted

_PARTS = ("quotes", "bounds", "speakers", "times")
_NOBODY = "Nobody has corrected an article of this library yet. Correct some in the dashboard, then score the engine."
_READ_AS = (
    "bounds: quotes right to the character; speakers: of the quotes that both see.\n"
    "What no reader looked at counts as right."
)


def score(articles: Sequence[str], home: Path | None, *, as_json: bool = False) -> int:
    """Print the figures of articles, or of all that were corrected; gives the exit code.

    Args:
        articles: their ids.
        home: where the library lies, if it is said.
        as_json: whether to print JSON and not a table.

    Raises:
        LibraryError: if there is no such library or article, or one that nobody corrected.
    """
    with library_in(home) as library:
        changes = [change for change in kept.changes(library) if change.correction.corrects]
        corrected = list(dict.fromkeys(change.article for change in reversed(changes)))
        for one in articles:
            if one not in corrected:
                library.article(one)
                raise LibraryError(f"Nobody has corrected the article “{one}” yet. Correct it in the dashboard first.")
        wanted = list(dict.fromkeys(articles)) or corrected
        figures = scores(_compared(library, one) for one in wanted)
    count = sum(change.article in wanted for change in changes)
    if as_json:
        print(json.dumps(_plain(figures, count), indent=2))
    else:
        print(_table(figures, count) if wanted else _NOBODY)
    return 0


def _compared(library: Library, identity: str) -> tuple[str, Reading, Reading]:
    """An article's text, the engine's reading of it, and the same as its readers corrected it."""
    seen = kept.corrected(library, identity)
    article = library.article(identity)
    # A day of publication that its file had wrong is no error of the engine: it reads by the right one here.
    same_day = article.published == seen.article.published
    engine = library.reading(identity) if same_day else read_article(seen.article)
    return article.text, engine, seen.reading


def _table(figures: Score, corrections: int) -> str:
    head = f"{counted(figures.articles, 'article')}, {counted(corrections, 'correction')}"
    lines = [head, "", f"{'':10}{'right':>7}{'found':>7}{'there':>7}{'precision':>11}{'recall':>8}{'F1':>6}"]
    for part in _PARTS:
        tally: Tally = getattr(figures, part)
        lines.append(
            f"{part:10}{tally.right:7,}{tally.found:7,}{tally.wanted:7,}"
            f"{tally.precision:11.2f}{tally.recall:8.2f}{tally.f1:6.2f}"
        )
    return "\n".join((*lines, "", _READ_AS))


def _plain(figures: Score, corrections: int) -> dict[str, Any]:
    tallies: dict[str, Tally] = {part: getattr(figures, part) for part in _PARTS}
    return {
        "articles": figures.articles,
        "corrections": corrections,
        **{
            part: {
                "right": tally.right,
                "found": tally.found,
                "wanted": tally.wanted,
                "precision": round(tally.precision, 3),
                "recall": round(tally.recall, 3),
                "f1": round(tally.f1, 3),
            }
            for part, tally in tallies.items()
        },
    }
