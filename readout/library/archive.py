"""The library as a zip of plain files, and back.

    readout-library.json                   what this is, and how many articles it has
    articles/2016-11-09-title-ID/
        text.txt                           the text, character by character, in UTF-8
        article.json                       what is known beside the text
        original                           the file or page it came from, if it was kept
        corrections.json                   what readers put right and noted, what was undone among it
        reading.json                       what the engine found, and which engine
        quotes.csv                         its quotes, for a spreadsheet

Nothing of a zip is ever unpacked into a folder. It is read article by article and checked in a library of its own, in a
folder for the moment; only then is it copied into the reader's, in one transaction. What it says that an engine found,
in reading.json and quotes.csv, is not looked at: anybody can write that. This library's engine reads the texts anew.
"""

from __future__ import annotations

import json
import os
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

from readout.errors import ArchiveError, LibraryFullError
from readout.exports.csv import rows_to_csv
from readout.exports.names import file_stem
from readout.library.codec import (
    decode_article,
    decode_json,
    decode_moment,
    encode_article,
    encode_moment,
    encode_reading,
)
from readout.library.keeping import unread
from readout.library.place import strange
from readout.library.records import Correction, Imported, Item, Progress, Tell, untold
from readout.library.store import Library
from readout.library.words import identity
from readout.quoted import said
from readout.records import Article
from readout.version import provenance

CONTENTS = "readout-library.json"
FORMAT = 1
"""Raised when an older Readout could not read what this one writes."""

_ENTRY = b"PK\x01\x02"
"""Begins what a zip's list says of a file."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_PARTS = ("text.txt", "article.json", "corrections.json", "original")
"""The files of an article that are read when a zip comes back."""
_QUOTES = ("speaker", "kind", "words", "start", "end", "confidence", "held back", "engine", "model")
_NEEDED = ("text.txt", "article.json", "corrections.json")
_MOST_ARTICLES = 50_000
"""Articles of one import; zipfile keeps what it knows of each of their files in memory, some 3 kB an article."""
_MOST_FILES = 7 * _MOST_ARTICLES
_LARGEST_INDEX = 64_000_000
"""Bytes of the zip's own list of its files."""
_LARGEST = {"text.txt": 4_000_000, "original": 32_000_000, "article.json": 8_000_000, "corrections.json": 8_000_000}
"""Bytes of each file that is read, unpacked: a text of a million characters has at most four million."""
_LARGEST_CONTENTS = 1_000_000
_LARGEST_WHOLE = 8_000_000_000
"""Bytes of all files, unpacked."""
_MOST_CORRECTIONS = 5_000
"""Of one article: all of them are gone through whenever it is opened."""
_SWELLS = 50
"""So many times its size a zip may have, unpacked; texts and pages have five to ten times."""
_SWELLS_FREELY = 64_000_000
"""Bytes that it may have beyond that: a short zip of much the same is no danger."""
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, TypeError,
    OverflowError,
)  # fmt: skip
"""What the standard library raises over a broken zip, and we over what does not fit."""


def write(items: Iterable[Item], out: IO[bytes], *, total: int = 0, tell: Tell = untold) -> int:
    """Write articles as a zip; the same articles give the same bytes.

    Args:
        items: the articles.
        out: where to write.
        total: how many they are, as far as it is known; for `tell`.
        tell: called after each article.

    Returns:
        How many there were.
    """
    count = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in items:
            folder = _folder(item)
            for name, data in _files(item):
                _put(archive, f"{folder}/{name}", data)
            count += 1
            tell(Progress(count, max(total, count), item.article.title))
        _put(archive, CONTENTS, _json({"format": FORMAT, "what": "a library of Readout", "articles": count}))
    return count


def save(items: Iterable[Item], path: Path, *, total: int = 0, tell: Tell = untold) -> int:
    """Write articles as a zip file, whole or not at all; a file that was there stays until this one is done.

    Args:
        items: the articles.
        path: the file.
        total: how many they are, as far as it is known; for `tell`.
        tell: called after each article.

    Returns:
        How many there were.

    Raises:
        LibraryError: if the file can't be written.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as out:
            count = write(items, out, total=total, tell=tell)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(path)
    except OSError as trouble:
        raise LibraryFullError(
            f"The zip {path} can't be written ({trouble.strerror}). Choose a folder with room that may be written to."
        ) from trouble
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return count


def bring_in(library: Library, source: Path | IO[bytes], *, tell: Tell = untold) -> Imported:
    """Bring an exported library into this one: all of it, or nothing where anything in it is wrong.

    What the library has already stays as it is here; corrections that it lacks are added to it. The articles that are
    new to it wait to be read: `Library.refresh` reads them, or each is read when it is opened.

    Args:
        library: the library.
        source: the zip.
        tell: called after each article that was checked; when all are, they are copied in one go, which takes about
            a third of the whole time.

    Raises:
        ArchiveError: if it is no exported library, or a broken one; the message says what is wrong.
        LibraryError: if it can't be kept.
    """
    if isinstance(source, Path):
        refuse_strange(source)
    with tempfile.TemporaryDirectory(prefix="readout-") as folder:
        with library.beside(Path(folder)) as staged:
            try:
                with _opened(source) as file, zipfile.ZipFile(_Bounded(file)) as archive:
                    staged.put(_items(archive, tell))
            except ArchiveError:
                raise
            except _BROKEN as trouble:
                raise _refused(f"it can't be read ({str(trouble) or type(trouble).__name__})") from trouble
            except OSError as trouble:
                raise _refused(f"it can't be opened ({trouble.strerror})") from trouble
        return library.take_over(staged)


class _Bounded:
    """A zip of which no more is read at once than an import may have: zipfile takes the list of its files in one go."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        most = _LARGEST_INDEX + 1
        data = self._file.read(most if size < 0 else min(size, most))
        if len(data) >= most or data.count(_ENTRY) > _MOST_FILES:
            raise _too_much(f"it has more than {_MOST_ARTICLES:,} articles, and an import takes no more")
        return data

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._file, name)


def _opened(source: Path | IO[bytes]) -> AbstractContextManager[IO[bytes]]:
    return source.open("rb") if isinstance(source, Path) else nullcontext(source)


def refuse_strange(path: Path) -> None:
    """Raise ArchiveError where a path leads to what is no file: opening it might never end."""
    try:
        what = strange(path)
    except OSError as trouble:
        raise _refused(f"it can't be opened ({trouble.strerror})") from trouble
    if what:
        raise _refused(f"{path.name} is {what}, not a file")


def _files(item: Item) -> Iterator[tuple[str, bytes]]:
    yield "text.txt", item.article.text.encode()
    about = {
        "id": item.id,
        "added": encode_moment(item.added),
        "sha256": sha256(item.article.text.encode()).hexdigest(),
        **encode_article(item.article),
    }
    yield "article.json", _json(about)
    if item.original is not None:
        yield "original", item.original
    reading = encode_reading(item.reading).encode("utf-8", "replace")
    yield "reading.json", b'{"engine":%d,"reading":%s}\n' % (item.engine, reading)
    yield "quotes.csv", rows_to_csv(_QUOTES, _quotes(item))
    yield "corrections.json", _json([_plain(one) for one in item.corrections])


def _folder(item: Item) -> str:
    day = item.article.published.isoformat() if item.article.published else "undated"
    title = file_stem(Article("", name=item.article.title), "")[:60].strip("-")
    return f"articles/{'-'.join(part for part in (day, title, item.id) if part)}"


def _quotes(item: Item) -> Iterator[tuple[object, ...]]:
    # Which models an older engine had is not known any more.
    model = provenance().model if item.engine == provenance().engine else ""
    for one in item.reading.all_quotes:
        words, held = said(item.article.text, one), "yes" if one.held else "no"
        yield one.speaker, one.kind, words, one.start, one.end, one.confidence, held, item.engine, model


def _plain(correction: Correction) -> dict[str, Any]:
    return {
        "id": correction.id,
        "kind": correction.kind,
        "target": correction.target,
        "value": correction.value,
        "made": encode_moment(correction.made),
        "by": correction.by,
        "undone": encode_moment(correction.undone) if correction.undone else None,
    }


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    archive.writestr(entry, data)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _refused(why: str) -> ArchiveError:
    return ArchiveError(
        f"This zip was not brought in: {why}. Nothing was changed; export the library again and use that."
    )


def _too_much(why: str) -> ArchiveError:
    return ArchiveError(
        f"This zip was not brought in: {why}. Nothing was changed; so large a library of your own is brought over with "
        "`readout backup` and `readout restore`."
    )


def _items(archive: zipfile.ZipFile, tell: Tell) -> Iterator[Item]:
    """The articles of a zip, each checked."""
    root, folders = _folders(archive)
    contents = _read(archive, root, CONTENTS)
    about = decode_json(contents)
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise _refused("it was made by another version of Readout; install the newest one")
    if about.get("articles") != len(folders):
        raise _refused(f"it says that it has {about.get('articles')!s:.20} articles and has {len(folders)}")
    seen: set[str] = set()
    for count, (folder, names) in enumerate(sorted(folders.items()), 1):
        try:
            item = _item({name: _read(archive, f"{root}articles/{folder}/", name) for name in names if name in _PARTS})
        except ArchiveError:
            raise
        except _BROKEN as trouble:
            raise _refused(f"“{folder:.80}” in it is not what was exported ({trouble})") from trouble
        marks = [one.id for one in item.corrections]
        if not seen.isdisjoint((item.id, *marks)) or len(set(marks)) != len(marks):
            raise _refused(f"“{folder:.80}”, or a correction of it, is in it twice")
        seen.update((item.id, *marks))
        yield item
        tell(Progress(count, len(folders), item.article.title))


def _folders(archive: zipfile.ZipFile) -> tuple[str, dict[str, set[str]]]:
    """What comes before every name in the zip, and the names in each article's folder, if all of them are safe."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _LARGEST_WHOLE:
        raise _too_much(
            f"unpacked it has {unpacked / 1e9:.1f} GB, and an import takes {_LARGEST_WHOLE / 1e9:.0f} GB at most"
        )
    assert archive.fp is not None
    packed = archive.fp.seek(0, os.SEEK_END)
    if unpacked > _SWELLS_FREELY + _SWELLS * packed:
        raise _refused(
            f"unpacked it has {unpacked / 1e6:,.0f} MB, {unpacked // max(packed, 1):,} times what it has now, and an "
            f"exported library has {_SWELLS} times at most"
        )
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise _refused("it has two files of one name")
    for name in names:
        if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts:
            raise _refused(f"a name in it, “{name:.80}”, leads out of it")
    contents = sorted((name for name in names if PurePosixPath(name).name == CONTENTS), key=len)
    if not contents:
        raise _refused("it is not an exported library")
    root = contents[0].removesuffix(CONTENTS)
    folders: dict[str, set[str]] = {}
    for name in names:
        parts = name.removeprefix(root).split("/")
        if name.startswith(root) and len(parts) == 3 and parts[0] == "articles" and parts[2] in _PARTS:
            folders.setdefault(parts[1], set()).add(parts[2])
    if len(folders) > _MOST_ARTICLES:
        raise _too_much(f"it has {len(folders):,} articles, and an import takes {_MOST_ARTICLES:,} at most")
    return root, folders


def _read(archive: zipfile.ZipFile, folder: str, name: str) -> bytes:
    """A file of the zip, unless it is larger than one of its kind can be."""
    entry = archive.getinfo(folder + name)
    most = _LARGEST.get(name, _LARGEST_CONTENTS)
    with archive.open(entry) as file:
        data = file.read(most + 1) if entry.file_size <= most else b""
    if len(data) > most or len(data) != entry.file_size:
        raise _refused(
            f"“{folder:.120}{name}” in it has {max(entry.file_size, len(data)):,} bytes, and such a file has {most:,} "
            "at most, and as many as the zip says"
        )
    return data


def _item(files: dict[str, bytes]) -> Item:
    missing = [name for name in _NEEDED if name not in files]
    if missing:
        raise ValueError(f"{missing[0]} is missing")
    text = files["text.txt"].decode()
    about, corrections = (decode_json(files[name]) for name in _NEEDED[1:])
    if about.pop("sha256") != sha256(files["text.txt"]).hexdigest():
        raise ValueError("text.txt was changed")
    given, added = about.pop("id"), decode_moment(about.pop("added"))
    if given != identity(text) or not text.strip():
        raise ValueError("its id belongs to other words")
    article = decode_article(about, text)
    if len(corrections) > _MOST_CORRECTIONS:
        raise ValueError(f"it has {len(corrections):,} corrections, and may have {_MOST_CORRECTIONS:,}")
    made = tuple(_correction(given, one) for one in corrections)
    return Item(given, article, added, files.get("original"), 0, unread(article), made)


def _correction(article: str, given: dict[str, Any]) -> Correction:
    words = [given[name] for name in ("id", "kind", "by")]
    parts = [given[name] for name in ("target", "value")]
    if not all(type(word) is str for word in words) or not all(type(part) is dict for part in parts):
        raise ValueError("a correction without its parts")
    undone = given["undone"]
    return Correction(
        words[0],
        article,
        words[1],
        parts[0],
        parts[1],
        decode_moment(given["made"]),
        words[2],
        decode_moment(undone) if undone is not None else None,
    )
