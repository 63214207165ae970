"""The marks of a timeline as a list for narrow screens, each a button."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from readout.web.labels import sendable

_HERE = Path(__file__).parent


def draw(marks: pd.DataFrame, chosen: int | None, choose: Callable[[int], None], *, key: str) -> None:
    """Draw the list.

    Args:
        marks: What, When, Distance, Who and Mentions, as `readout.tables.timeline.timeline` gives them.
        chosen: the row number of the chosen one.
        choose: called with a row's number when it is pressed, before the page is drawn anew.
        key: unique on the page.
    """

    def pressed() -> None:
        row = st.session_state[key].pressed
        if isinstance(row, int) and 0 <= row < len(marks):
            choose(row)

    _component()(
        key=key,
        data={"rows": [_row(mark) for mark in marks.to_dict("records")], "chosen": chosen},
        on_pressed_change=pressed,
    )


def _row(mark: dict[Any, Any]) -> list[str]:
    """The lines of a mark: what, when, and who."""
    when = " · ".join(filter(None, (mark["When"] if mark["When"] != mark["What"] else "", mark["Distance"])))
    who = mark["Who"] + (f" · {mark['Mentions']} mentions" if mark["Mentions"] > 1 else "")
    return [sendable(text) for text in (mark["What"], when, who)]


@st.cache_resource(show_spinner=False)
def _component() -> Any:  # noqa: ANN401
    return st.components.v2.component(
        "readout_marks",
        html='<ul class="marks"></ul>',
        css=(_HERE / "marks_list.css").read_text("utf-8"),
        js=(_HERE / "marks_list.js").read_text("utf-8"),
    )
