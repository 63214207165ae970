"""Words of the library that are nearly those of a query: "Jerusalem" for "jerusalm".

They are looked for only where a search finds next to nothing, in a list of the words that the library has or had.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from readout.library.words import LONGEST, SHORTEST, Term, expression

FEW = 2
"""A word that so many articles have, or fewer, may be mistyped; so may a query that finds so few."""
_LONG = 8
"""From so many letters on a word may differ in two places, else in one."""
_WEIGHED = 24
"""So many words as near as each other have their articles counted."""
_MOST = 3
"""So many words stand in for one, those in most articles."""


def widened(connection: sqlite3.Connection, asked: Sequence[Term], column: str = "") -> list[Term]:
    """The terms of a query, each with the words that are nearly it where the library hardly has it.

    A word in double marks, one with a digit in it and one of three letters or fewer stand for themselves alone.

    Args:
        connection: to the library.
        asked: the terms.
        column: where they are looked for; "" for everywhere.
    """
    return [replace(term, near=_near(connection, term, column)) for term in asked]


def distance(one: str, other: str, most: int) -> int:
    """How many letters are to be changed, left out, put in, or swapped with the next, to make one word the other.

    No two changes are made in one place (optimal string alignment). Beyond `most` any larger number may come back.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    last: list[int] = []
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for place, against in enumerate(other, 1):
            cost = min(before[place] + 1, now[-1] + 1, before[place - 1] + (letter != against))
            if row > 1 and place > 1 and letter == other[place - 2] and one[row - 2] == against:
                cost = min(cost, last[place - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        last, before = before, now
    return before[-1]


def _near(connection: sqlite3.Connection, term: Term, column: str) -> tuple[str, ...]:
    word = term.words[0]
    fits = len(term.words) == 1 and not term.quoted and word.isalpha() and SHORTEST <= len(word) <= LONGEST
    if not fits:
        return ()
    has = _articles(connection, term, column, FEW + 1)
    if has > FEW:
        return ()
    most = 2 if len(word) >= _LONG and not has else 1
    letters = set(word)
    # A letter that is changed for another makes two sets of letters differ in two at most.
    alike = [near for near in _alike(connection, word, most) if len(letters ^ set(near)) <= 2 * most]
    away: dict[int, list[str]] = {}
    for near in alike:
        away.setdefault(distance(word, near, most), []).append(near)
    for far in range(1, most + 1):
        counts = {
            near: _articles(connection, Term((near,), begun=False), column) for near in away.get(far, ())[:_WEIGHED]
        }
        if found := sorted((near for near in counts if counts[near] > has), key=lambda near: (-counts[near], near)):
            return tuple(found[:_MOST])
    return ()


def _articles(connection: sqlite3.Connection, term: Term, column: str, most: int = -1) -> int:
    """How many articles have a term, counted no further than `most` unless that is negative."""
    query = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)"
    count: int = connection.execute(query, (expression([term], column), most)).fetchone()[0]
    return count


def _alike(connection: sqlite3.Connection, word: str, most: int) -> list[str]:
    """Words of about this length that begin with its first letter or its second, or end as it does."""
    rows = connection.execute(
        "SELECT word FROM word WHERE length(word) BETWEEN ? AND ?"
        " AND (substr(word, 1, 1) IN (?, ?) OR substr(word, -3) = ?)",
        (len(word) - most, len(word) + most, word[0], word[1], word[-3:]),
    )
    return [row[0] for row in rows]
