"""Taking the whole library away as a zip, bringing one in, and saving what a damaged one still has."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import BinaryIO

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from readout.errors import ReadoutError
from readout.library import Imported, Library, Progress, archive
from readout.library.records import Rescued, Tell
from readout.library.rescue import rescue
from readout.newsroom.rules import Right
from readout.web import access, uploads
from readout.web.labels import literal
from readout.wording import counted

_ZIP = "_library_zip"
_SAVED = "_library_saved"
_BROUGHT = "_library_brought"
_LARGEST = 512
"""Megabytes of a zip that can be brought in here, where it lies in memory: some 50,000 articles."""
_OFTEN = 0.1
"""Seconds between two steps of a bar: more of them would take longer than the work."""
_CHECKED = 0.7
"""The share of an import that checking the articles takes; copying them has the rest."""


class Zip:
    """A zip that was made for a download, in a folder that goes when the visit does."""

    def __init__(self) -> None:
        """Make the folder."""
        self._folder = tempfile.TemporaryDirectory(prefix="readout-")
        self.path = Path(self._folder.name) / "library.zip"
        self.name = f"readout-library-{date.today().isoformat()}.zip"

    def open(self) -> BinaryIO:
        """The zip, to be read."""
        return self.path.open("rb")

    @property
    def size(self) -> str:
        """How large it is, in words."""
        size = self.path.stat().st_size
        return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{max(size / 1e3, 0.1):,.1f} kB"


@st.dialog("Take the library away")
def take_away(library: Library, count: int) -> None:
    """The dialog that makes a zip of everything and hands it out."""
    st.markdown(
        "Everything that is kept, as plain files in one zip: each article’s text, the file it came from, what is known "
        "of it, its reading, its quotes as a table, and all corrections. Any Readout can bring it in again."
    )
    if st.button(f"Make the zip of {counted(count, 'article')}", type="primary", key="make-zip", disabled=not count):
        st.session_state.pop(_ZIP, None)
        made = Zip()
        bar = st.progress(0.0, "Writing the articles …")
        try:
            archive.save(library.items(), made.path, total=count, tell=telling(bar, "Writing the articles"))
        except ReadoutError as trouble:
            st.warning(literal(str(trouble)), icon=":material/error:")
            return
        finally:
            bar.empty()
        st.session_state[_ZIP] = made
    _hand_out(st.session_state.get(_ZIP), "download-zip")


def _closed() -> None:
    """The dialog was closed: the page is drawn anew, which lets a zip go that was sent."""


@st.dialog("Bring a library in", on_dismiss=_closed)
def bring_in(library: Library) -> None:
    """The dialog that takes a zip and brings in what it has: all of it, or nothing where anything in it is wrong."""
    st.markdown(
        "Choose a zip that Readout made. What the library has already stays as it is here; articles and corrections "
        "that it lacks are added."
    )
    given = uploads.field("The zip", ["zip"], "zip", each=_LARGEST, together=_LARGEST)
    st.caption(f"A library of more than {_LARGEST} MB is brought in at a shell: `readout import FILE.zip`.")
    if not st.button("Bring it in", type="primary", key="bring-in", disabled=not given) or not given:
        return
    bar = st.progress(0.0, "Checking the articles …")
    try:
        brought = archive.bring_in(library, given[0], tell=telling(bar, "Checking the articles", _CHECKED))
    except ReadoutError as trouble:
        st.warning(literal(str(trouble)), icon=":material/error:")
        return
    finally:
        bar.empty()
    st.session_state[_BROUGHT] = brought
    st.rerun()


def brought_lately() -> None:
    """Say once what an import brought."""
    brought = st.session_state.pop(_BROUGHT, None)
    if isinstance(brought, Imported):
        st.success(told(brought), icon=":material/check:")


def told(brought: Imported) -> str:
    """What an import brought, in a sentence or two."""
    parts = []
    if brought.new or not brought.again:
        parts.append(f"{counted(brought.new, 'article')} brought in.")
    if brought.again:
        here = "was here already and stays" if brought.again == 1 else "were here already and stay"
        parts.append(f"{counted(brought.again, 'article')} {here} as {'it is' if brought.again == 1 else 'they are'}.")
    if brought.corrections:
        parts.append(f"{counted(brought.corrections, 'correction')}, notes and stars among them, came along.")
    return " ".join(parts)


def save_what_is_left(folder: Path) -> None:
    """The button that saves what can be read of a damaged library, beside it and without touching it."""
    if not access.may(Right.ADMINISTER):
        return
    if st.button("Save what can be read", type="primary", icon=":material/healing:", key="rescue"):
        made = Zip()
        bar = st.progress(0.0, "Reading what can be read …")
        try:
            saved = rescue(made.path, folder, tell=_counting(bar))
        except ReadoutError as trouble:
            st.warning(literal(str(trouble)), icon=":material/error:")
            return
        finally:
            bar.empty()
        st.session_state[_SAVED] = (made, saved)
    if held := st.session_state.get(_SAVED):
        made, saved = held
        st.success(literal(_rescued(saved)), icon=":material/check:")
        _hand_out(made, "download-saved")
        st.markdown(
            "Then move the damaged file away, press “Try again”, and bring this zip into the new library that begins."
        )


def telling(bar: DeltaGenerator, what: str, share: float = 1.0) -> Tell:
    """A bar as something that is told of progress, up to this share of it."""

    def tell(progress: Progress, far: str) -> None:
        bar.progress(share * progress.done / max(progress.total, 1), f"{what}: {far} of {progress.total:,}")
        if progress.done == progress.total and share < 1:
            bar.progress(share, f"Putting {progress.total:,} in their places …")

    return _now_and_then(tell)


def _counting(bar: DeltaGenerator) -> Tell:
    def tell(_: Progress, far: str) -> None:
        bar.progress(0.5, f"Saved so far: {far}")

    return _now_and_then(tell)


def _now_and_then(tell: Callable[[Progress, str], None]) -> Tell:
    last = 0.0

    def seldom(progress: Progress) -> None:
        nonlocal last
        if progress.done == progress.total or time.monotonic() - last > _OFTEN:
            last = time.monotonic()
            tell(progress, f"{progress.done:,}")

    return seldom


def _hand_out(made: Zip | None, key: str) -> None:
    if made is None or not made.path.exists():
        return
    st.download_button(
        f"Download {made.name} ({made.size})",
        made.open,
        made.name,
        "application/zip",
        key=key,
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def _rescued(saved: Rescued) -> str:
    sentence = f"{counted(saved.articles, 'article')} saved."
    if saved.without_reading:
        sentence += f" {saved.without_reading:,} had lost their reading; it was made anew."
    if saved.changed:
        titles = ", ".join(f"“{title}”" for title in saved.changed)
        sentence += f" The words of these are not those that were kept; compare them: {titles}."
    if saved.lost:
        sentence += f" {saved.lost:,} can’t be read any more."
    return sentence
