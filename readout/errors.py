"""What can go wrong with input. Every message is a sentence for the person at the screen.

ReadoutError
├── AccessError       a reader may not do this, or has done enough for today; or the file of accounts is wrong
├── ArticleError      a text or its metadata file can't be opened
│   └── FileError     a file of another kind (a page, a PDF, a mail) can't be opened
├── CatalogueError    the catalogue of events can't be used
├── CorrectionError   a correction can't be made or read
├── FetchError        a page can't be had from the web
└── LibraryError      the library can't do what was asked; what was kept before is still kept
    ├── UnknownArticleError    it holds no such article
    ├── LibraryLockedError     another program is writing
    ├── LibraryReadOnlyError   it can be read, not changed
    ├── LibraryNewerError      a newer Readout made it
    ├── LibraryDamagedError    its file is damaged
    ├── LibraryFullError       the disk is full
    └── ArchiveError           an exported library can't be brought back in
"""

from __future__ import annotations


class ReadoutError(ValueError):
    """Input that Readout can't use; the message says what is wrong with it and what to do."""


class AccessError(ReadoutError):
    """Something that the reader may not do, or not today; or a file that says wrongly who may do what."""


class ArticleError(ReadoutError):
    """A text that can't be opened as an article."""


class FileError(ArticleError):
    """A file that can't be opened: it is locked, broken, too large, or holds no text of an article."""


class CatalogueError(ReadoutError):
    """A catalogue of events that can't be used; the message says which entry is wrong and what to do."""


class CorrectionError(ReadoutError):
    """A correction that can't be made, or a file that holds none."""


class FetchError(ReadoutError):
    """A page that can't be had from its address: the address is none, may not be asked, or its server gave no page."""


class LibraryError(ReadoutError):
    """A library that can't do what was asked; nothing that was kept before is lost by it."""


class UnknownArticleError(LibraryError):
    """An article, or a correction, that the library does not hold."""


class LibraryLockedError(LibraryError):
    """A library that another program has been writing to for too long."""


class LibraryReadOnlyError(LibraryError):
    """A library that can be read but not changed, or a folder where none can be made."""


class LibraryNewerError(LibraryError):
    """A library made by a newer Readout than this one."""


class LibraryDamagedError(LibraryError):
    """A library file with damage; nothing in it is overwritten, and what can be read is still read."""


class LibraryFullError(LibraryError):
    """A disk without room for what was to be kept."""


class ArchiveError(LibraryError):
    """An exported library that can't be brought back in; nothing was changed by trying."""
