"""The catalogue of named events: `data/events.toml`, opened, checked and indexed by its names.

An event is found by its name and its aliases. A name that begins with a year, like "2016 US presidential
election", is one of a series: without its year ("US presidential election"), with other words for its place
("American presidential election"), without its place ("presidential election") and by its last word alone
("election") it is a shared name, which only more evidence can settle.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from readout.errors import CatalogueError
from readout.records import Event, Precision
from readout.shipped import DATA

PATH = DATA / "events.toml"

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
"""A word, for matching: letters and digits, or an abbreviation with its dots ("U.S.")."""

Key = tuple[str, ...]
Clue = tuple[Key, tuple[str, ...]]
NameKind = Literal["own", "series", "generic"]

_FIELDS = frozenset(Event.__dataclass_fields__)
_TEXTS = ("name", "place", "wikidata", "note", "precision")
_LISTS = ("aliases", "context")
_QID = re.compile(r"Q[1-9]\d*")
_YEAR_FIRST = re.compile(r"\d{4}\s+(?P<rest>.+)")
_BALLOTS = ("election", "elections", "referendum")
_PLANNED = (*_BALLOTS, "caucuses", "debate", "primaries", "primary", "National Convention", "Olympics", "World Cup")


@dataclass(frozen=True, slots=True)
class Name:
    """A name that one or more events go by; `words` are its words as written, for their capitals.

    A name is "own" where an entry gives it ("Cold War"), "series" where it is an event's name but for the year
    ("US presidential election"), "generic" where nothing in it says which one is meant ("election", "financial
    crisis").
    """

    words: Key
    events: tuple[Event, ...]
    kind: NameKind


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The events and what finds them in a text; a key is a phrase's words in lower case."""

    events: tuple[Event, ...]
    places: dict[str, tuple[str, ...]]
    """Words for a place: its name, its people, its capital."""
    names: dict[Key, tuple[Name, ...]]
    clues: dict[Key, tuple[Clue, ...]]
    """The words that tell of events or places: how each is written, and their names."""
    longest: dict[str, int]
    """For the first word of a key, the number of words in the longest key that begins with it."""
    where: dict[str, str]
    """For an event's name, its place as `place_of` gives it."""


def parse(toml_text: str) -> tuple[Event, ...]:
    """The events of a catalogue written in TOML, in its order.

    Raises:
        CatalogueError: the text is not TOML, or an entry lacks a name or a day, or has what cannot be so.
    """
    return _events(_tables(toml_text))


def build(toml_text: str) -> Catalogue:
    """The catalogue written in TOML, indexed.

    Raises:
        CatalogueError: as `parse`, or a place's words are not a list of words.
    """
    tables = _tables(toml_text)
    events = _events(tables)
    places = _places(tables)
    names = _names(events, places)
    clues = _clues(events, places)
    longest: dict[str, int] = {}
    for key in (*names, *clues):
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return Catalogue(events, places, names, clues, longest, {e.name: place_of(e, places) for e in events})


@functools.cache
def catalogue(path: Path = PATH) -> Catalogue:
    """The catalogue kept in a file, opened once; without a path, the one that ships with the project.

    Raises:
        CatalogueError: the file cannot be read, or what stands in it cannot be used.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(
            f"The catalogue of events, {path.name}, cannot be read ({error}). Put the file back, saved as UTF-8 text."
        ) from error
    return build(text)


def words(text: str) -> Key:
    """The words of a name as they are written, abbreviations without their dots."""
    return tuple(word.replace(".", "") for word in WORD.findall(text))


def key(text: str) -> Key:
    """The words of a name, ready to be looked up."""
    return tuple(word.casefold() for word in words(text))


def place_words(event: Event, places: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words for the place of an event: for "Sarajevo, Bosnia" those of the last part that is known."""
    parts = [part.strip() for part in event.place.split(",")]
    return next((places[part] for part in reversed(parts) if part in places), ())


def place_of(event: Event, places: dict[str, tuple[str, ...]]) -> str:
    """The place of an event as the catalogue's table of places has it, or as the entry itself says."""
    parts = [part.strip() for part in event.place.split(",")]
    return next((part for part in reversed(parts) if part in places), event.place)


def in_series(event: Event) -> bool:
    """Whether it is one of many of its kind, planned ahead and told apart by their years, as elections are."""
    return bool(_YEAR_FIRST.fullmatch(event.name)) and event.name.endswith(_PLANNED)


def _tables(toml_text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(
            f"The catalogue of events is not valid TOML: {error}. Mend it there; a missing quotation mark or comma "
            "is the usual cause."
        ) from error


def _events(tables: dict[str, Any]) -> tuple[Event, ...]:
    entries = tables.get("event", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CatalogueError("An event of the catalogue does not stand in a table of its own: begin it with [[event]].")
    events = tuple(_event(number, entry) for number, entry in enumerate(entries, 1))
    seen: set[str] = set()
    for event in events:
        if event.name in seen:
            raise CatalogueError(f'"{event.name}" stands in the catalogue of events twice: remove one or rename it.')
        seen.add(event.name)
    return events


def _event(number: int, entry: dict[str, Any]) -> Event:
    name = entry.get("name")
    if not isinstance(name, str) or not key(name):
        raise CatalogueError(f'Event number {number} of the catalogue has no name: give it one, as name = "...".')
    about = f'"{name}" in the catalogue of events'
    if unknown := sorted(set(entry) - _FIELDS):
        raise CatalogueError(f"{about} has a field that is not known, {unknown[0]}: remove it or mend its spelling.")
    for field in _TEXTS:
        if not isinstance(entry.get(field, ""), str):
            raise CatalogueError(f"{about}: {field} must be a text in quotation marks.")
    for field in _LISTS:
        listed = entry.get(field, [])
        if not isinstance(listed, list) or not all(isinstance(item, str) and key(item) for item in listed):
            raise CatalogueError(f'{about}: {field} must be a list of words, as {field} = ["one", "two"].')
    days = {}
    for field in ("first", "last"):
        day = entry.get(field)
        if not isinstance(day, date) or isinstance(day, datetime):
            raise CatalogueError(
                f"{about} needs its {field} day as a date without quotation marks, {field} = 2016-11-08."
            )
        days[field] = day
    if days["first"] > days["last"]:
        raise CatalogueError(f"{about} ends on {days['last']}, before its first day {days['first']}: exchange them.")
    if entry.get("precision", "day") not in get_args(Precision):
        raise CatalogueError(f"{about}: precision must be one of {', '.join(get_args(Precision))}.")
    if (qid := entry.get("wikidata", "")) and not _QID.fullmatch(qid):
        raise CatalogueError(f'{about}: "{qid}" is no Wikidata id; write Q and a number, or leave the field out.')
    return Event(**{**entry, **{field: tuple(entry.get(field, ())) for field in _LISTS}})


def _places(tables: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    places = tables.get("places", {})
    if not isinstance(places, dict):
        raise CatalogueError(
            'The places of the catalogue must be a table: [places], then lines as "France" = ["French"].'
        )
    for place, listed in places.items():
        if not isinstance(listed, list) or not all(isinstance(item, str) and key(item) for item in listed):
            raise CatalogueError(f'The words for the place "{place}" must be a list of words, as ["French", "Paris"].')
    return {place: (place, *listed) for place, listed in places.items()}


def _names(events: tuple[Event, ...], places: dict[str, tuple[str, ...]]) -> dict[Key, tuple[Name, ...]]:
    found: dict[Key, dict[tuple[Key, NameKind], dict[str, Event]]] = defaultdict(lambda: defaultdict(dict))
    for event in events:
        for name, kind in _names_of(event, place_words(event, places)):
            found[key(name)][words(name), kind][event.name] = event
    return {
        phrase: tuple(Name(written, tuple(named.values()), kind) for (written, kind), named in variants.items())
        for phrase, variants in found.items()
    }


def _names_of(event: Event, place: tuple[str, ...]) -> list[tuple[str, NameKind]]:
    names = [(name, _kind(name, "own")) for name in (event.name, *event.aliases)]
    if not (series := _YEAR_FIRST.fullmatch(event.name)):
        return names
    rest = series["rest"]
    lead = next((word for word in sorted(place, key=len, reverse=True) if rest.startswith(f"{word} ")), "")
    bare = [rest[len(lead) :].strip()]
    if len(words(bare[0])) == 1:
        bare.clear()  # a lone "War" would be a proper name wherever it has a capital
    if event.name.endswith(_BALLOTS):
        bare += [*(alias for alias in event.aliases if alias.islower()), rest.split()[-1]]
        bare += [f"{one}s" if one.endswith("election") else one[:-1] for one in bare if "election" in one.split()[-1]]
    for one in dict.fromkeys(bare):
        names.append((one, _kind(one, "series" if in_series(event) else "own")))
        names.extend((f"{word} {one}", "series") for word in place if lead)
    return names


def _kind(name: str, otherwise: NameKind) -> NameKind:
    """A name without a capital or a figure is a common noun, and says nothing by itself."""
    return "generic" if name == name.lower() and not any(c.isdigit() for c in name) else otherwise


def _clues(events: tuple[Event, ...], places: dict[str, tuple[str, ...]]) -> dict[Key, tuple[Clue, ...]]:
    clues: dict[Key, dict[Key, list[str]]] = defaultdict(lambda: defaultdict(list))
    for owner, listed in [*((e.name, e.context) for e in events), *places.items()]:
        for word in listed:
            clues[key(word)][words(word)].append(owner)
    return {
        phrase: tuple((written, tuple(dict.fromkeys(owners))) for written, owners in told.items())
        for phrase, told in clues.items()
    }
