"""Figures: one person, group or place behind all the names that mean it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from readout.cast.runs import Run
from readout.cast.vocabulary import fold, given_names, nicknames, role_gender, words_of

_MOST_ROLES = 20
_MOST_NAMESAKES = 8
_DEGREES = frozenset({"dr", "mx"})


@dataclass(slots=True, eq=False)
class Figure:
    """Somebody or something that the article names."""

    name: str
    kind: str
    """person, group, place, or maybe: a capitalised run that nothing tells more about."""
    gender: str = ""
    """m, f, or empty where nothing tells."""
    roles: list[str] = field(default_factory=list)
    """As the text has them, first seen first."""
    role_words: set[str] = field(default_factory=set)
    weight: int = 0
    """How often it is named in full outside a possessive."""
    formal: bool = False
    """Whether it speaks by its full name throughout, so that the last name alone is somebody else's."""

    @property
    def last(self) -> str:
        """The last word of the name, folded."""
        return fold(self.name.split()[-1])


class Figures:
    """All figures, and tables to find them by: last words, first word, initials."""

    def __init__(self) -> None:
        """Nobody is known yet."""
        self.all: list[Figure] = []
        self._by_key: dict[tuple[str, str], Figure] = {}
        self._by_end: defaultdict[str, list[Figure]] = defaultdict(list)
        self._by_start: defaultdict[str, list[Figure]] = defaultdict(list)
        self._by_initials: dict[str, Figure] = {}
        self._same: dict[Figure, Figure] = {}

    def named(self, run: Run) -> Figure | None:
        """The figure of a name of two words and more; a headline's words make none."""
        if run.kind == "known":
            return None
        words = [fold(w) for w in run.words]
        key = _key(words) if run.kind != "group" else (" ".join(words), "")
        figure = self._by_key.get(key)
        if figure is None:
            figure = self._by_key[key] = Figure(" ".join(run.words), run.kind)
            self.all.append(figure)
        elif len(run.words) > len(figure.name.split()):
            figure.name = " ".join(run.words)
        if run.kind == "person":
            figure.kind = "person"
        add_role(figure, " ".join(run.role))
        figure.weight += 1
        return figure

    def settle(self) -> None:
        """Make the tables, once all full names are known."""
        longer: dict[str, Figure] = {}
        for figure in self.all:
            words = [fold(w) for w in figure.name.split()]
            longer.update({" ".join(words[k:]): figure for k in range(1, len(words) - 1)})
        for figure in self.all:
            whole = longer.get(" ".join(fold(w) for w in figure.name.split()))
            if whole is not None and whole is not figure:
                stray = fold(figure.name.split()[0]) in given_names() and not _given(whole.name.split()[0])
                kept, other = (figure, whole) if stray else (whole, figure)
                if self.whole(kept) is not other:
                    _take_over(kept, other)
                    self._same[other] = kept
        self.all = [f for f in self.all if f not in self._same]
        for figure in self.all:
            self._enter(figure)

    def _enter(self, figure: Figure) -> None:
        words = [fold(w) for w in figure.name.split()]
        group = figure.kind == "group"
        for k in range(len(words)):
            if not (k and group and words_of("group_nouns").isdisjoint("-".join(words[k:]).split("-"))):
                self._by_end[" ".join(words[k:])].append(figure)
        if not group:
            self._by_start[words[0]].append(figure)
        if figure.kind != "person":
            self._by_initials.setdefault("".join(w[0] for w in figure.name.split() if w[0].isupper()), figure)

    def whole(self, figure: Figure | None) -> Figure | None:
        """The figure whose longer name takes in this one's ("Aung San Suu Kyi" for "Suu Kyi")."""
        while figure is not None and figure in self._same:
            figure = self._same[figure]
        return figure

    def short(self, run: Run, *, certain: bool) -> Figure | None:
        """The figure of a single word or of a headline's name; where no full name fits, a new one if it is certain."""
        words = [fold(w) for w in run.words]
        joined = " ".join(words)
        candidates = self._by_end.get(joined, []) or (self._by_start.get(words[0], []) if len(words) == 1 else [])
        if len(words) == 1 and _stands_alone(run):
            candidates = [f for f in candidates if _is_person(f) or f.name == run.words[0]]
        if not candidates and run.words[0].isupper() and len(words) == 1:
            initials = self._by_initials.get(run.words[0].replace(".", ""))
            if initials is not None:
                return initials
        if not candidates and run.kind == "known":
            return self._by_key.get(_key(words)) if len(words) > 1 else None
        title = fold(run.role[-1].split()[-1]) if run.role else ""
        if candidates:
            figure = _choose(candidates, title)
            if figure is not None:
                if run.role and run.role[-1][0].isupper():
                    figure.kind = "person"
                    add_role(figure, " ".join(run.role))
                elif run.role:
                    run.role = []
                return figure
        known = run.kind == "place" or words[0] in given_names() or run.words[0][1:].isupper()
        known = known or not run.words[0].endswith(("s", "ly", "ing", "ed"))
        if not (certain or known):
            return None
        figure = Figure(" ".join(run.words), run.kind)
        add_role(figure, " ".join(run.role))
        self.all.append(figure)
        self._by_end[joined].append(figure)
        return figure


def _stands_alone(run: Run) -> bool:
    """Whether a word names something by itself, so that a longer name takes it in only as a person's last name.

    "Mexico" is not short for "Poor Mexico", nor "U.N." for "U.N. Charter".
    """
    return run.kind == "place" or (run.words[0].isupper() and "." in run.words[0])


def _is_person(figure: Figure) -> bool:
    # Not `_given`, for which "U.N." may be somebody's initials.
    return figure.kind == "person" or (figure.kind == "maybe" and fold(figure.name.split()[0]) in given_names())


def _choose(candidates: list[Figure], title: str) -> Figure | None:
    """Who of one name is meant: whoever the title fits, then whoever is named in full most often."""
    gender = role_gender(title)
    fitting = [f for f in candidates[:_MOST_NAMESAKES] if not gender or gender_of(f) in ("", gender)]
    if title and not gender and title not in _DEGREES:
        persons = [f for f in fitting if f.kind in ("person", "maybe")]
        fitting = [f for f in persons if title in f.role_words] or persons
    return max(fitting, key=lambda f: (f.kind == "person", bool(title) or not f.formal, f.weight), default=None)


def _given(word: str) -> bool:
    return fold(word) in given_names() or word.endswith(".")


def _key(words: list[str]) -> tuple[str, str]:
    """First and last name, so that initials, middle names and short forms make no difference."""
    return nicknames().get(words[0], words[0]), words[-1]


def _take_over(figure: Figure, other: Figure) -> None:
    figure.roles += [r for r in other.roles if r not in figure.roles]
    figure.role_words |= other.role_words
    figure.weight += other.weight
    if other.kind == "person":
        figure.kind = "person"


def add_role(figure: Figure, text: str, head: str = "") -> None:
    """Note what a figure is called; of `head`, the words that turn on the role word, or of all of it."""
    if not text:
        return
    if text not in figure.roles and len(figure.roles) < _MOST_ROLES:
        figure.roles.append(text)
    figure.role_words.update(fold(word) for word in re.findall(r"[\w'’.-]+", head or text))


def gender_of(figure: Figure) -> str:
    """The gender, m or f, as role words, then the given name tell; empty where neither does."""
    if figure.gender:
        return figure.gender
    for word in sorted(figure.role_words):
        gender = role_gender(word)
        if gender:
            return gender
    words = figure.name.split()
    if figure.kind in ("person", "maybe"):
        for word in words[: max(1, len(words) - 1)]:
            gender = given_names().get(fold(word), "")
            if gender:
                return gender
    return ""
