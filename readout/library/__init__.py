"""The library: one file that keeps articles, their readings and their corrections for good.

    with Library.open() as library:
        added = library.add(article, original, datetime.now(UTC))
        library.entries(Wanted(query="bridge", speaker="Ada Lovelace"))

`records` says what goes in and comes out; `archive` takes a library away as a zip of plain files and brings it back;
`backup` copies all of it into one file while it is used; `rescue` saves what can be read of a damaged one.
"""

from readout.library.records import (
    Added,
    Correction,
    Entry,
    Found,
    Imported,
    Item,
    Named,
    Near,
    Progress,
    Snippet,
    Undo,
    Wanted,
)
from readout.library.store import Library

__all__ = [
    "Added",
    "Correction",
    "Entry",
    "Found",
    "Imported",
    "Item",
    "Library",
    "Named",
    "Near",
    "Progress",
    "Snippet",
    "Undo",
    "Wanted",
]
