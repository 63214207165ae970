"""How much of anything a file may hold. An article needs far less; a hostile file wants more."""

from __future__ import annotations

MOST_BYTES = 10_000_000
"""Bytes of a file."""
MOST_CHARACTERS = 1_000_000
"""Characters of an article's text: more than any article, less than what stops a browser."""
MOST_PAGES = 300
"""Pages of a PDF."""
MOST_PARTS = 5_000
"""Files in a zip."""
MOST_UNPACKED = 20_000_000
"""Bytes of the parts of a zip that are text, unpacked."""
MOST_ELEMENTS = 30_000
"""Elements of a page."""
MOST_DEPTH = 200
"""Elements within elements of a page that are read as such."""
MOST_NESTED = 2
"""Mails within mails."""
