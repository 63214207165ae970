"""Articles that wait for a reading of this engine: how many there are, and reading them while the page can be used."""

from __future__ import annotations

import time

import streamlit as st

from readout.errors import ReadoutError
from readout.library import Library
from readout.web.labels import literal
from readout.wording import counted

_GOING = "_library_renewing"
_AT_ONCE = 0.3
"""Seconds of reading at a time; what the reader does comes in between."""
_EVERY = 0.5


def offer(library: Library) -> None:
    """Say how many articles wait to be read, with a button that reads them; nothing where there is none.

    The page can be used meanwhile. It may be left at any point: what is done is done, and the rest goes on when it is
    opened again in the same visit, or with the button.

    Raises:
        LibraryError: if the library can't be read.
    """
    waiting = library.stale()
    if not waiting:
        st.session_state.pop(_GOING, None)
    elif st.session_state.get(_GOING) and library.writable:
        _renew(library)
    else:
        one = waiting == 1
        st.info(
            f"{counted(waiting, 'article')} {'waits' if one else 'wait'} to be read by this Readout: "
            f"{'it was' if one else 'they were'} brought in, or an older Readout read {'it' if one else 'them'}. "
            "An article that is opened is read at once; until then the list may lack its quotes and speakers.",
            icon=":material/update:",
        )
        if library.writable and st.button(f"Read {'it' if one else f'all {waiting:,}'} anew now", key="renew"):
            st.session_state[_GOING] = waiting
            st.rerun()


@st.fragment(run_every=_EVERY)
def _renew(library: Library) -> None:
    if not st.session_state.get(_GOING):
        return
    try:
        before = library.stale()
        with st.container(horizontal=True, vertical_alignment="bottom", key="renewing"):
            bar = st.progress(*_far(before))
            paused = st.button(
                "Pause",
                icon=":material/pause:",
                type="tertiary",
                key="pause-renewing",
                help="What is done stays; the rest can be taken up again.",
            )
        if not paused:
            _some(library)
        left = library.stale()
    except ReadoutError as trouble:
        st.session_state.pop(_GOING, None)
        st.warning(literal(str(trouble)), icon=":material/error:")
        return
    bar.progress(*_far(left))
    if not left:
        st.session_state.pop(_GOING, None)
        st.toast("All readings are made by this Readout now.")
    if paused:
        st.session_state.pop(_GOING, None)
        st.rerun()


def _far(left: int) -> tuple[float, str]:
    """How far it has come: a share, and words."""
    total = st.session_state[_GOING] = max(st.session_state[_GOING], left, 1)
    return (total - left) / total, f"Read anew: {total - left:,} of {total:,}"


def _some(library: Library) -> None:
    """Make readings anew for a moment."""
    until = time.monotonic() + _AT_ONCE
    for _ in library.refresh():
        if time.monotonic() > until:
            return
