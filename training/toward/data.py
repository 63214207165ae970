"""NewsMTSC's training part as what the network learns: sentences, targets, and folds cut by article."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from readout.records import Span

FOLDS = 5
LABELS = {2.0: 0, 4.0: 1, 6.0: 2}
"""NewsMTSC's polarities as places in (negative, neutral, positive)."""


@dataclass(frozen=True, slots=True)
class Target:
    """A sentence, what is mentioned in it, and how the sentence speaks of it."""

    text: str
    span: Span
    label: int
    article: str
    number: int
    """Its place in the file, targets counted."""
    further: tuple[Span, ...] = ()
    """Other places that mean the same, found automatically, so some are wrong."""


def article_of(identifier: str) -> str:
    """The article that a `primary_gid` names first."""
    parts = identifier.split("_")
    return "_".join(parts[:3] if parts[0] == "polusa" else parts[:2])


def load(path: Path) -> list[Target]:
    """Every target of a file of NewsMTSC, in its order."""
    targets: list[Target] = []
    home: dict[str, str] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        text = row["sentence_normalized"]
        # A sentence that two articles share goes where it was first, or a fold would be tested on what it learnt.
        article = home.setdefault(text, article_of(row["primary_gid"]))
        for target in row["targets"]:
            further = tuple((f["from"], f["to"]) for f in target.get("further_mentions", ()))
            span = target["from"], target["to"]
            label = LABELS[target["polarity"]]
            targets.append(Target(text, span, label, article, len(targets), further))
    return targets


def fold_of(article: str) -> int:
    """The fold of an article: it hangs on the article's name alone, so it is the same in every run."""
    return int.from_bytes(hashlib.sha256(article.encode()).digest()[:4], "big") % FOLDS


def fold(targets: Sequence[Target], number: int) -> tuple[list[Target], list[Target]]:
    """What is trained on, and what is kept apart, for one fold."""
    kept = [t for t in targets if fold_of(t.article) == number]
    return [t for t in targets if fold_of(t.article) != number], kept
