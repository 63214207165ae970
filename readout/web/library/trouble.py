"""What stands on the Library page where the library can't be opened, or can't be changed: why, and the way on."""

from __future__ import annotations

import streamlit as st

from readout.errors import LibraryDamagedError, LibraryError
from readout.library import Library
from readout.library.place import home
from readout.web import collection
from readout.web.labels import literal
from readout.web.library import carrying


def explain(trouble: LibraryError, *, warned: bool = False) -> None:
    """For a library that can't be opened or read: the sentence that says why, and what can be done here.

    Args:
        trouble: what was met.
        warned: whether `warn` has said already that the file is damaged, and what can be done.
    """
    if warned:
        st.markdown("This part of the list can’t be read any more. Another order or filter may show what is left.")
        return
    st.warning(literal(str(trouble)), icon=":material/error:")
    st.markdown("The articles that came with Readout can be read meanwhile, on the other pages.")
    _try_again()
    if isinstance(trouble, LibraryDamagedError):
        carrying.save_what_is_left(home())


def warn(library: Library) -> bool:
    """For a library that is open and can't be changed: why, and what can be done here; returns whether it said so."""
    if library.damaged:
        st.warning(
            "The library’s file is damaged. What can be read is shown; nothing can be added or removed, and nothing in "
            "the file is overwritten.",
            icon=":material/error:",
        )
        carrying.save_what_is_left(home())
        _try_again()
    elif not library.writable:
        st.info(
            "This library can be read and searched, but not changed: its file or folder may not be written to. "
            "Allow writing there, or set READOUT_HOME to a folder of your own, then try again.",
            icon=":material/lock:",
        )
        _try_again()
    return not library.writable


def _try_again() -> None:
    if st.button("Try again", icon=":material/refresh:", key="try-again"):
        collection.reopen()
        st.rerun()
