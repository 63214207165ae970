"""What a reader adds: notes on words of an article, and a star on the article."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from readout.corrections import Correction, making
from readout.corrections.anchors import Finder
from readout.corrections.places import by_paragraph
from readout.corrections.records import LONGEST_NOTE
from readout.corrections.remarks import placed
from readout.corrections.wording import quoted
from readout.errors import ReadoutError
from readout.kept import Change
from readout.records import Span
from readout.scene import places
from readout.web import collection, correcting
from readout.web.correcting import Step
from readout.web.labels import literal, sendable
from readout.web.state import View
from readout.wording import day

EDIT, DELETE = "edit-note", "delete-note"


def asked(view: View, request: object) -> None:
    """Do what the reader of the article asks for; a request that makes no sense does nothing.

    Args:
        view: what is on screen.
        request: `{"what": "star"}`, `{"what": "note", "start": ..., "end": ...}` in characters of the text, or
            `{"what": "edit-note" | "delete-note", "id": ...}`.
    """
    if not isinstance(request, Mapping):
        return
    start, end = request.get("start"), request.get("end")
    note = next((one for one in collection.notes(view.key) if one.id == request.get("id")), None)
    if request.get("what") == "star":
        _trying(lambda: star(view))
    elif request.get("what") == "note" and isinstance(start, int) and isinstance(end, int):
        write(view, (start, end))
    elif request.get("what") == EDIT and note:
        edit(view, note)
    elif request.get("what") == DELETE and note:
        _trying(lambda: delete(note))
    elif request.get("what") in (EDIT, DELETE):
        st.toast("This note has been changed meanwhile; the page shows it as it is now.")


def star(view: View) -> None:
    """Give the article a star, or take it away where it has one.

    Raises:
        LibraryError: if the library can't be changed.
    """
    mark(view.key, not collection.stars(view.key), view)
    st.rerun()


def mark(key: str, on: bool, view: View | None = None) -> None:
    """Give an article a star, or take all of its stars away.

    Args:
        key: the article's key in the collection.
        on: whether it is to have one.
        view: the article, where it is on screen; one that is in the library already needs none.

    Raises:
        LibraryError: if the library can't be changed.
    """
    before = collection.stars(key)
    for one in () if on else before:
        collection.undo(one.id)
    if on and not before:
        made = making.a_star(by=correcting.reader(), when=correcting.now())
        collection.correct(key, view.opened if view else collection.open_article(key).article, [made])


def write(view: View, span: Span) -> None:
    """Open the dialog of a new note on the words of a span."""
    words = by_paragraph(view.reading.layout, correcting.whole(view, span))
    if not words:
        st.toast("There are no words of the article in what was selected. Select some words and try again.")
        return
    correcting.open_dialog("Note on these words", _new, view, words)


def edit(view: View, note: Change) -> None:
    """Open the dialog of a note."""
    correcting.open_dialog("Edit the note", _again, view, note)


def delete(note: Change) -> None:
    """Delete a note; the sidebar brings it back.

    Raises:
        LibraryError: if the library can't be changed.
    """
    collection.undo(note.id)
    correcting.done([Step((), (note.id,), "Bring back the note")], "The note is deleted.")
    st.rerun()


def drawn(view: View) -> list[list[Any]]:
    """The notes as the article's component draws them: id, places, remark, and by whom and when.

    A place is a paragraph's number with start and end in UTF-16 units; a note whose words are not found again has none.
    """
    notes = collection.notes(view.key)
    if not notes:
        return []
    spans = placed(view.article.text, [one.correction for one in notes])
    layout = view.reading.layout
    return [
        [
            one.id,
            places(
                view.article.text,
                view.reading,
                [part for span in spans[one.correction.id] for part in by_paragraph(layout, span)],
            ),
            sendable(str(one.correction.value)),
            sendable(signature(one.correction)),
        ]
        for one in notes
    ]


def signature(correction: Correction) -> str:
    """By whom and when something was said."""
    return f"{correction.reader}, {day(datetime.fromisoformat(correction.when).date())}"


def lost(text: str, note: Correction) -> bool:
    """Whether the words that a note is on are not found in the text any more."""
    return not all(map(Finder(text).find, note.target))


def _trying(act: Any) -> None:  # noqa: ANN401
    try:
        act()
    except ReadoutError as trouble:
        st.warning(literal(str(trouble)), icon=":material/error:")


def _new(view: View, words: list[Span]) -> None:
    made = making.a_note(view.opened, words, "-", by="", when=correcting.now())
    _form(view, made, None)


def _again(view: View, note: Change) -> None:
    _form(view, note.correction, note)


def _form(view: View, note: Correction, before: Change | None) -> None:
    """The words, the remark on them, and whose it is."""
    correcting.shown(quoted(note.target), "")
    remark = st.text_area(
        "The note",
        str(note.value) if before else "",
        key="remark",
        max_chars=LONGEST_NOTE,
        height=140,
        placeholder="What do you want to remember, or ask?",
    )
    by = correcting.name_field()
    if not st.button("Save the note", type="primary", key="save-note"):
        return
    try:
        made = making.another_remark(note, remark, by=by, when=correcting.now())
        (kept,) = collection.correct(view.key, view.opened, [made])
        if before:
            collection.undo(before.id)
    except ReadoutError as trouble:
        st.warning(literal(str(trouble)), icon=":material/error:")
        return
    redo = (before.id,) if before else ()
    label = "Undo the change of the note" if before else "Undo the note"
    correcting.done([Step((kept.id,), redo, label)], "The note is saved.", by)
    st.rerun()
