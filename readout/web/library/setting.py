"""Publisher and day of several articles set at once, as corrections, which are undone together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from readout import kept
from readout.corrections import Correction, making
from readout.days import FIRST_DAY, LAST_DAY
from readout.errors import ReadoutError, UnknownArticleError
from readout.library import Library
from readout.web import correcting
from readout.web.correcting import Step
from readout.web.labels import literal
from readout.wording import counted


@st.dialog("Set publisher or day")
def facts(library: Library, identities: Sequence[str]) -> None:
    """The dialog that asks for the publisher and the day of these articles."""
    count = counted(len(identities), "article")
    st.markdown(f"Of {count}. What is left empty stays as it is.")
    publisher = " ".join(st.text_input("Publisher", key="set-publisher", max_chars=200).split())
    day = st.date_input("Published on", None, min_value=FIRST_DAY, max_value=LAST_DAY, key="set-day")
    by = correcting.name_field("set-reader")
    if not st.button(f"Set it for {count}", type="primary", key="set-facts"):
        return
    said = _said(publisher, day if isinstance(day, date) else None, by)
    if not said:
        st.warning("Give a publisher, or a day, or both.", icon=":material/error:")
        return
    made: list[str] = []
    try:
        for identity in identities:
            try:
                made += [kept.correct(library, identity, one).id for one in said]
            except UnknownArticleError:  # removed meanwhile
                continue
    except ReadoutError as trouble:
        st.warning(literal(str(trouble)), icon=":material/error:")
        return
    finally:
        # What was set before trouble came can be undone too.
        if made:
            what = " and ".join("day" if one.sort == "published" else one.sort for one in said)
            step = Step(tuple(made), label=f"Undo the {what} of {counted(len(made) // len(said), 'article')}")
            correcting.done([step], f"The {what} of {counted(len(made) // len(said), 'article')} is set.", by)
    st.rerun()


def _said(publisher: str, day: date | None, by: str) -> list[Correction]:
    now = correcting.now()
    said = [making.a_fact("publisher", publisher, by=by, when=now)] if publisher else []
    return said + ([making.a_fact("published", day, by=by, when=now)] if day else [])
