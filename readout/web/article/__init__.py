"""The annotated article: a component that does hover, cards, fading and stepping in the browser, without a rerun."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import streamlit as st

from readout.scene import scene
from readout.web import state
from readout.web.state import View

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "readout_article",
    html='<div class="ro"></div>\n',
    css=(_HERE / "article.css").read_text("utf-8"),
    js=(_HERE / "article.js").read_text("utf-8"),
)
_KEY = "text"


def draw(view: View, at: int | None = None) -> Any:  # noqa: ANN401
    """Draw the article with its marks.

    Args:
        view: what is on screen.
        at: a character of the text to show first, if any.

    Returns:
        The component's result: `quotes` and `timeline` hold the character whose quote or time its reader asked
        to see on the other page, `method` the part of the Method page, and `correct` what is to be put right, as
        `correcting.asked` takes it, in the run that follows the click; they are None otherwise.
    """
    return _component(
        key=_KEY,
        data={
            "id": " ".join((view.key, *view.stamp)),
            "article": view.key,
            "scene": _scene(view.stamp, view),
            "who": list(view.who),
            "kind": view.kind,
            "at": at,
        },
        on_solo_change=_solo,
        on_quotes_change=_nothing,
        on_timeline_change=_nothing,
        on_method_change=_nothing,
        on_correct_change=_nothing,
    )


@st.cache_resource(max_entries=32, show_spinner=False)
def _scene(stamp: tuple[str, ...], _view: View) -> str:
    """The scene as JSON, made once: the browser unpacks it only when the article changes."""
    return json.dumps(scene(_view.article, _view.reading, _view.palette, _view.told))


def _solo() -> None:
    state.only(st.session_state[_KEY]["solo"])


def _nothing() -> None:
    """Streamlit reports a trigger only where a callback is named."""
