"""`readout add`: open files and pages, and keep them."""

from __future__ import annotations

import os
import re
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from readout import fetch, kept
from readout.corrections.records import FACTS
from readout.corrections.wording import told
from readout.errors import ArticleError, FetchError, FileError
from readout.kept import open_library
from readout.library import Added, Library
from readout.load import guarded
from readout.load.limits import MOST_BYTES
from readout.records import Article
from readout.shelf import titled
from readout.shell.saying import Counter, shown

SUFFIXES = frozenset((".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".eml", ".epub"))
"""Files that are opened when a folder is walked; one that is named itself is opened whatever it is called."""
_URL = re.compile(r"https?://", re.IGNORECASE)
_AT_ONCE = 2 * (os.cpu_count() or 1)
_UNDATED = "no date of publication: say it with --published, or in the dashboard"


@dataclass(frozen=True, slots=True)
class About:
    """What the person at the shell says of the articles; it goes before what their files say."""

    published: date | None = None
    title: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """An article and the bytes that it came from."""

    article: Article
    original: bytes


def sources_of(given: Iterable[str]) -> list[str | Path]:
    """The pages and files that are meant, in the order given; the files of a folder by name."""
    found: list[str | Path] = []
    for one in given:
        if _URL.match(one):
            found.append(one)
        elif Path(one).is_dir():
            found += _walked(Path(one)) or [Path(one)]
        else:
            found.append(Path(one))
    return found


def add(sources: Sequence[str | Path], about: About, home: Path | None) -> int:
    """Open articles and keep them, telling what became of each; gives the exit code.

    Args:
        sources: addresses and files.
        about: what is known of them.
        home: where the library lies, if it is said.

    Raises:
        LibraryError: if nothing can be kept.
    """
    counter, failed = Counter(), 0
    with open_library(home) as library:
        for done, (source, opening) in enumerate(_in_order(sources)):
            if len(sources) > 1:
                counter.say(f"{done:,} of {len(sources):,} …")
            try:
                line = _keep(library, _told(opening(), about), about)
            except (ArticleError, FetchError) as trouble:
                failed += 1
                counter.clear()
                sentence = str(trouble)
                name = shown(source)
                print(sentence if name in sentence else f"{name}: {sentence}", file=sys.stderr)
                continue
            counter.clear()
            print(f"{shown(source)}: {line}", flush=True)
    return 1 if failed else 0


def open_source(source: str | Path) -> Opened:
    """Open a file, or the page at an address.

    Raises:
        ReadoutError: if it can't be opened, or not be fetched.
    """
    if isinstance(source, str):
        page = fetch.fetch(source, private=fetch.allowed() == "private")
        return Opened(guarded.load(page.data, name=page.name, url=page.url), page.data)
    data = _read(source)
    return Opened(guarded.load(data, name=shown(source.name)), data)


def _walked(folder: Path) -> list[Path]:
    found: list[Path] = []
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(here, name) for name in sorted(files) if not name.startswith("."))
        found += [path for path in paths if path.suffix.lower() in SUFFIXES]
    return found


def _in_order(sources: Sequence[str | Path]) -> Iterator[tuple[str | Path, Callable[[], Opened]]]:
    """Each source with what gives its article; a few are opened ahead, so that no core waits for the other."""
    waiting: deque[tuple[str | Path, Future[Opened]]] = deque()
    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        for source in sources:
            waiting.append((source, pool.submit(open_source, source)))
            if len(waiting) > _AT_ONCE:
                first, opening = waiting.popleft()
                yield first, opening.result
        while waiting:
            first, opening = waiting.popleft()
            yield first, opening.result
    finally:
        pool.shutdown(cancel_futures=True)


def _read(path: Path) -> bytes:
    """The bytes of a file, and of one that is too large no more than shows that it is."""
    if path.is_dir():
        raise FileError(f"The folder {shown(path)} has no file in it that Readout opens.")
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as trouble:
        why = trouble.strerror if isinstance(trouble, OSError) else "there can be no file of this name"
        raise FileError(f"{shown(path)} can't be opened ({why}). Check the name.") from trouble


def _told(opened: Opened, about: About) -> Opened:
    """The article with what the person at the shell says of it, and with a title."""
    article = opened.article
    article = replace(
        article,
        published=about.published or article.published,
        title=about.title or article.title,
        publisher=about.publisher or article.publisher,
    )
    return Opened(titled(article), opened.original)


def _keep(library: Library, opened: Opened, about: About) -> str:
    """Keep an article; says what became of it."""
    facts = [fact for fact in FACTS if getattr(about, fact, None)]
    added, changes = kept.keep(
        library, opened.article, opened.original, facts, by="readout add", when=datetime.now(UTC)
    )
    article = kept.corrected(library, added.id).article
    day = article.published.isoformat() if article.published else _UNDATED
    said = "".join(f" {told(change.correction)}" for change in changes)
    return f"{_became(added)} ({added.id}): {' '.join(article.title.split())}; {day}{said and f'; corrected:{said}'}"


def _became(added: Added) -> str:
    if added.back:
        return "had been removed and is back"
    if added.differs:
        return "its address was there already with other words, which stay"
    return "was there already" if added.again else "kept"
