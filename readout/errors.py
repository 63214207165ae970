"""What can go wrong with input. Every message is a sentence for the person at the screen.

ReadoutError
├── ArticleError      a text or its metadata file can't be opened
│   └── FileError     a file of another kind (a page, a PDF, a mail) can't be opened
├── CatalogueError    the catalogue of events can't be used
└── CorrectionError   a correction can't be made or read
"""

from __future__ import annotations


class ReadoutError(ValueError):
    """Input that Readout can't use; the message says what is wrong with it and what to do."""


class ArticleError(ReadoutError):
    """A text that can't be opened as an article."""


class FileError(ArticleError):
    """A file that can't be opened: it is locked, broken, too large, or holds no text of an article."""


class CatalogueError(ReadoutError):
    """A catalogue of events that can't be used; the message says which entry is wrong and what to do."""


class CorrectionError(ReadoutError):
    """A correction that can't be made, or a file that holds none."""
