"""The annotated article: a component that does hover, cards, fading and stepping in the browser, without a rerun."""

from __future__ import annotations

import json
from math import fsum
from pathlib import Path
from typing import Any

import streamlit as st

from readout.exports.csv import to_csv
from readout.exports.names import file_stem
from readout.newsroom.rules import Right
from readout.records import Spoken
from readout.scene import SCRIPTS, places, scene
from readout.tables.toward import kept as kept_of
from readout.tables.toward import most_named
from readout.tables.voices import by_words
from readout.web import access, collection, noting, state, stopped
from readout.web.labels import plain_label, sendable
from readout.web.regard import mentioned, spoken
from readout.web.state import View
from readout.wording import day, signed, tone

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "readout_article",
    html='<div class="ro"></div>\n',
    css="".join((_HERE / style).read_text("utf-8") for style in ("article.css", "notes.css")),
    js="".join((_HERE / script).read_text("utf-8") for script in ("../download.js", "voices.js", *SCRIPTS)),
)
_KEY = "text"
_TRIGGERS = ("quotes", "timeline", "method", "correct", "remark")
_CHANGES = ("correct", "star", noting.EDIT, noting.DELETE)
"""What is not offered to those who only read."""
_WEIGHED = "_weighed"
"""The stamp of the article whose tones are worked out: its text is on screen before they are."""
MOST_NAMED = 12
"""So many of those spoken of can be chosen for the margin, those named most."""


def draw(view: View, at: int | None = None) -> Any:  # noqa: ANN401
    """Draw the article with its marks.

    Args:
        view: what is on screen.
        at: a character of the text to show first, if any.

    Returns:
        The component's result: `quotes` and `timeline` hold the character whose quote or time its reader asked
        to see on the other page, `method` the part of the Method page, `correct` what is to be put right, as
        `correcting.asked` takes it, and `remark` what is to be noted, as `noting.asked` takes it, in the run that
        follows the click; they are None otherwise.
    """
    toward = _toward(view)
    result = _component(
        key=_KEY,
        data={
            "id": " ".join((view.key, *view.stamp)),
            "article": view.key,
            "scene": _scene(view.stamp, view),
            "files": _files(view.stamp, view),
            "who": list(view.who),
            "kind": view.kind,
            "at": at,
            "toward": toward,
            "notes": noting.drawn(view),
            "starred": bool(collection.stars(view.key)),
            "stopped": stopped.drawn(view),
            "without": [] if access.may(Right.CORRECT) else list(_CHANGES),
        },
        on_solo_change=_solo,
        on_quotes_change=_nothing,
        on_timeline_change=_nothing,
        on_method_change=_nothing,
        on_correct_change=_nothing,
        on_remark_change=_nothing,
        on_toward_change=_keep_toward,
    )
    if toward["chosen"] and "marks" not in toward and all(result[name] is None for name in _TRIGGERS):
        spoken(view.stamp, view)
        st.session_state[_WEIGHED] = view.stamp
        st.rerun()
    return result


@st.cache_resource(max_entries=32, show_spinner=False)
def _scene(stamp: tuple[str, ...], _view: View) -> str:
    """The scene as JSON, made once: the browser unpacks it only when the article changes."""
    return json.dumps(scene(_view.article, _view.reading, _view.palette, _view.told))


@st.cache_resource(max_entries=32, show_spinner=False)
def _files(stamp: tuple[str, ...], _view: View) -> str:
    """What the files of the bar of voices say beside it, as JSON; the browser makes them."""
    article = _view.article
    table = by_words(json.loads(_scene(stamp, _view))["voices"])
    published = day(article.published) if article.published else ""
    return json.dumps(
        {
            "name": file_stem(article, "article", "voices"),
            "title": article.title,
            "credit": " · ".join(part for part in (article.title, article.publisher, published) if part),
            "csv": to_csv(table).decode("utf-8-sig"),
        }
    )


@st.cache_data(max_entries=32, show_spinner=False)
def _names(stamp: tuple[str, ...], _view: View) -> list[str]:
    return most_named(mentioned(stamp, _view), MOST_NAMED)


def _toward(view: View) -> dict[str, Any]:
    """Who can be chosen for the margin and, where somebody is, the tone of each place that names them, once known."""
    names = _names(view.stamp, view)
    asked = st.query_params.get("toward", "")
    chosen = next((name for name in names if plain_label(name) == asked), "")
    data: dict[str, Any] = {"names": [sendable(name) for name in names], "chosen": sendable(chosen)}
    if chosen and st.session_state.get(_WEIGHED) == view.stamp:
        kept = kept_of(spoken(view.stamp, view), view.quotes if view.filtered else None)
        own = [one for one in kept if one.whom == chosen]
        where = places(view.article.text, view.reading, [(one.start, one.end) for one in own])
        data["marks"] = [
            [*place, one.shown, round(one.value, 2), _said(one)] for place, one in zip(where, own, strict=True)
        ]
        data["rows"] = _rows(view, own)
    return data


def _rows(view: View, own: list[Spoken]) -> dict[str, list[float | str]]:
    """By paragraph, the mean tone of the places there whose tone is clear."""
    rows: dict[str, list[float | str]] = {}
    for paragraph in view.reading.layout.paragraphs:
        clear = [one.value for one in own if paragraph.start <= one.start < paragraph.end and one.clear]
        if clear:
            mean = fsum(clear) / len(clear)
            rows[str(paragraph.index)] = [round(mean, 3), f"{signed(mean)}, {tone(mean)}"]
    return rows


def _said(one: Spoken) -> str:
    whose = sendable(one.speaker) or "the reporter"
    sure = f"{max(one.probabilities):.0%} sure"
    return f"{whose}: {one.label}, {sure}" if one.clear else f"{whose}: unclear, perhaps {one.label} ({sure})"


def _keep_toward() -> None:
    if name := plain_label(str(st.session_state[_KEY]["toward"] or "")):
        st.query_params["toward"] = name
    else:
        st.query_params.pop("toward", None)


def _solo() -> None:
    state.only(st.session_state[_KEY]["solo"])


def _nothing() -> None:
    """Streamlit reports a trigger only where a callback is named."""
