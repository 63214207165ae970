"""Readings of an older engine: how many there are, and making them anew."""

from __future__ import annotations

import streamlit as st

from readout.errors import ReadoutError
from readout.library import Library
from readout.web.labels import literal
from readout.web.library.carrying import telling


def offer(library: Library) -> None:
    """Say how many readings an older Readout made, with a button that makes them anew; nothing where there is none.

    It may be left at any point: what is done is done, and the button then takes up the rest.

    Raises:
        LibraryError: if the library can't be read.
    """
    waiting = library.stale()
    if not waiting:
        return
    with st.container(key="renewing"):
        one = waiting == 1
        st.info(
            f"The reading{'' if one else 's'} of {waiting:,} article{'' if one else 's'} "
            f"{'was' if one else 'were'} made by an older Readout. Opening an article reads it anew at once; here all "
            "of them can be. You may leave meanwhile and go on later.",
            icon=":material/update:",
        )
        if not library.writable or not st.button(f"Read {'it' if one else f'all {waiting:,}'} anew", key="renew"):
            return
        bar = st.progress(0.0, "Reading …")
        tell = telling(bar, "Reading")
        try:
            for progress in library.refresh():
                tell(progress)
        except ReadoutError as trouble:
            st.warning(literal(str(trouble)), icon=":material/error:")
            return
    st.toast("All readings are made by this Readout now.")
    st.rerun()
