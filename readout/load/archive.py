"""Zip files, as Word documents and e-books are: opened only as far as they are what they say."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection

from readout.errors import FileError
from readout.load.limits import MOST_PARTS, MOST_UNPACKED

_TEXT = re.compile(r"(?:\.(?:xml|rels|opf|ncx|x?html?|txt|css|json)|mimetype)$", re.IGNORECASE)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 65_536


class Archive:
    """The parts of a zip file by name, none of them unpacked before it is asked for."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open a zip file.

        Raises:
            FileError: if it is broken, locked, or a bomb.
        """
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as trouble:
            raise self._broken() from trouble
        parts = self._zip.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise FileError(f"{name} is locked with a password. Save a copy without one and open that.")
        unpacked = sum(part.file_size for part in parts if _TEXT.search(part.filename))
        if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
            raise FileError(
                f"{name} unpacks to far more than an article. Take the article out of it, or paste its text."
            )

    @property
    def names(self) -> Collection[str]:
        """The names of the parts."""
        return self._zip.NameToInfo.keys()

    def read(self, part: str) -> bytes:
        """The bytes of a part.

        Raises:
            FileError: if it is not there or broken, or larger than a part with text is.
        """
        try:
            info = self._zip.getinfo(part)
            if info.file_size > MOST_UNPACKED or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self._broken()
            return self._zip.read(info)
        except (
            KeyError,
            ValueError,
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            OSError,
            EOFError,
        ) as trouble:
            raise self._broken() from trouble

    def refuse_declarations(self) -> None:
        """Refuse parts that declare entities of their own, as no Word document does and as attacks on readers do.

        Raises:
            FileError: if a part does.
        """
        for part in self.names:
            if part.endswith((".xml", ".rels")) and _DECLARED.search(_as_ascii(self.read(part)[:_HEAD])):
                raise FileError(
                    f"{self._name} asks for content from outside itself, so it is not opened. "
                    "Save it again in a word processor, or paste the article's text."
                )

    def _broken(self) -> FileError:
        return FileError(f"{self._name} is broken or not complete. Save it again where it came from and open that.")


def names_in(data: bytes, name: str) -> Collection[str]:
    """The names of the parts of a zip file.

    Raises:
        FileError: if it is broken, locked, or a bomb.
    """
    return Archive(data, name).names


def _as_ascii(head: bytes) -> bytes:
    """The bytes without the zeros that UTF-16 and UTF-32 put between ASCII letters."""
    return head.replace(b"\0", b"")
