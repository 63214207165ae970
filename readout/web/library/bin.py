"""What was removed, and the ways to bring it back: at once, or from the bin for thirty days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from readout.errors import ReadoutError
from readout.library import Library, Undo
from readout.web.labels import literal
from readout.wording import counted, day

_UNDO = "_library_undo"
_MOST = 20
"""So many removals are listed, the last ones."""


def remove(library: Library, identities: Sequence[str]) -> None:
    """Put articles in the bin, and keep the way back at hand.

    Raises:
        LibraryError: if the library can't be changed.
    """
    undo = library.remove(identities, datetime.now(UTC))
    if undo.ids:
        st.session_state.setdefault(_UNDO, []).append(undo)


def way_back(library: Library) -> None:
    """What was removed last in this visit, with a button that brings it back; it stays until it is used."""
    removals: list[Undo] = st.session_state.get(_UNDO, [])
    if not removals:
        return
    undo = removals[-1]
    with st.container(horizontal=True, vertical_alignment="center", key="way-back"):
        names = library.called(undo, limit=1)
        if len(undo.ids) == 1 and names:
            st.markdown(f"“{literal(names[0])}” is removed.")
        else:
            st.markdown(f"{counted(len(undo.ids), 'article')} are removed.")
        if st.button(
            f"Bring back {counted(len(undo.ids), 'article')}", icon=":material/undo:", key="bring-back-removed"
        ):
            _bring_back(library, undo)


def removed_lately(library: Library) -> None:
    """A menu of what lies in the bin, if anything does."""
    removals = library.removed()
    if not removals:
        return
    with st.popover("Removed lately", icon=":material/delete:", type="tertiary", key="bin"):
        st.markdown("What was removed can be brought back for thirty days, as it was, with its corrections.")
        for place, undo in enumerate(removals[:_MOST]):
            names = [literal(name) or "an article without a title" for name in library.called(undo, limit=2)]
            more = len(undo.ids) - len(names)
            st.markdown(f"{', '.join(names)}{f' and {more:,} more' if more else ''}, {day(undo.when.date())}")
            if st.button(
                f"Bring back {counted(len(undo.ids), 'article')}",
                key=f"bring-back-{undo.when.isoformat()}-{place}",
                icon=":material/undo:",
                disabled=not library.writable,
            ):
                _bring_back(library, undo)


def _bring_back(library: Library, undo: Undo) -> None:
    try:
        back = library.restore(undo)
    except ReadoutError as trouble:
        st.warning(literal(str(trouble)), icon=":material/error:")
        return
    st.session_state[_UNDO] = [one for one in st.session_state.get(_UNDO, []) if one != undo]
    st.toast(f"{counted(back, 'article')} brought back." if back else "They were brought back already.")
    st.rerun()
