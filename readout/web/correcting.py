"""Putting right what the engine got wrong: one dialog for a quote, a time, a speaker, or words that it missed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import quote as encoded
from urllib.parse import unquote

import streamlit as st

from readout.catalogue import catalogue
from readout.corrections import Correction, making
from readout.corrections.places import kind_of, locate
from readout.corrections.wording import told
from readout.days import FIRST_DAY, LAST_DAY, if_taken
from readout.errors import AccessError, CorrectionError, ReadoutError
from readout.kept import Change
from readout.newsroom.rules import Right
from readout.quoted import said, wording
from readout.records import Event, Kind, Quote, Span, Speaker
from readout.web import access, collection
from readout.web.labels import literal, plain_label, safe
from readout.web.state import CHOSEN, View, label
from readout.wording import agree, days

COOKIE = "readout_reader"
"""The cookie that keeps the reader's name in their browser."""
_READER = "_reader"
_DONE = "_corrected"
"""What was done in this session, for its undo: a `Step` each, the last one last."""
_SAID = "_correction_said"
_MARKS = "by its marks"
_KINDS: tuple[Kind, ...] = ("direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done, by what undoes it: corrections to undo and others to let hold again, by their ids."""

    undo: tuple[str, ...]
    redo: tuple[str, ...] = ()
    label: str = "Undo the last correction"


def asked(view: View, request: object) -> None:
    """Open the dialog that the reader of a component asks for; a request that makes no sense opens none.

    Args:
        view: what is on screen.
        request: `{"what": "quote" | "time", "at": character}`, `{"what": "speaker", "name": ...}`, or
            `{"what": "words", "start": ..., "end": ...}`, in characters of the text.
    """
    if not isinstance(request, Mapping):
        return
    at, name = request.get("at"), request.get("name")
    start, end = request.get("start"), request.get("end")
    if request.get("what") == "quote" and isinstance(at, int):
        quote(view, at)
    elif request.get("what") == "time" and isinstance(at, int):
        time(view, at)
    elif request.get("what") == "speaker" and isinstance(name, str):
        speaker(view, name)
    elif request.get("what") == "words" and isinstance(start, int) and isinstance(end, int):
        words(view, (start, end))


def quote(view: View, at: int) -> None:
    """Open the dialog of the quote that begins at a character."""
    found = next((one for one in view.reading.quotes if one.start == at), None)
    if found is None:
        st.toast("This quote has been changed meanwhile; the page shows it as it is now.")
    else:
        open_dialog("Correct this quote", _quote, view, found)


def time(view: View, at: int) -> None:
    """Open the dialog of the time expression or event that begins at a character."""
    spans = [(t.start, t.end) for t in view.reading.times] + [(m.start, m.end) for m in view.reading.events]
    found = next((span for span in spans if span[0] == at), None)
    if found is None:
        st.toast("This time has been changed meanwhile; the page shows it as it is now.")
    else:
        open_dialog("Correct this time", _time, view, found)


def speaker(view: View, name: str) -> None:
    """Open the dialog of a speaker: who else they are."""
    found = next((one for one in view.reading.speakers if one.name == name), None)
    if found is not None:
        open_dialog("Correct this speaker", _speaker, view, found)


def words(view: View, span: Span | None = None) -> None:
    """Open the dialog for words that the engine missed, filled with those of a span."""
    open_dialog("Mark these words" if span else "Mark what was missed", _words, view, span and whole(view, span))


def undo() -> None:
    """The way back from the last correction of this session, and what it said, once."""
    if sentence := st.session_state.pop(_SAID, None):
        st.toast(literal(sentence), icon=":material/edit:")
    done: list[Step] = st.session_state.get(_DONE, []) if access.may(Right.CORRECT) else []
    if done and st.button(done[-1].label, icon=":material/undo:", type="tertiary", key="undo-correction"):
        try:
            undone = [collection.undo(change) for change in done[-1].undo]
            stay(undone + [collection.redo(change) for change in done[-1].redo])
        except ReadoutError as trouble:
            st.warning(literal(str(trouble)))
            return
        done.pop()
        st.rerun()


def stay(sorts: Iterable[str]) -> None:
    """Keep the article open when corrections of these sorts come or go: the list knows it by its title."""
    if "title" in sorts and (key := st.session_state.get("article")):
        st.session_state[CHOSEN] = key


def reader() -> str:
    """Who signs: the account, or the name that this reader gave, in this session or before."""
    if who := access.account():
        return who
    before = st.context.cookies.get(COOKIE)
    return str(st.session_state.get(_READER) or (unquote(before) if isinstance(before, str) else ""))


def cookie() -> str:
    """The reader's name as a cookie holds it."""
    return encoded(str(st.session_state.get(_READER, "")))


def name_field(key: str = "reader-name") -> str:
    """Ask for the reader's name; gives it as it stands in the field. Whoever is logged in is not asked."""
    if who := access.account():
        return who
    name = st.text_input(
        "Your name",
        reader(),
        key=key,
        max_chars=80,
        placeholder="a reader",
        help="It stands beside the correction, for everybody who reads this library.",
    )
    return " ".join(name.split())


def now() -> str:
    """The moment of a correction."""
    return datetime.now(UTC).isoformat()


def keep(view: View, corrections: Iterable[Correction], by: str) -> None:
    """Keep what a reader says, and draw the page anew.

    Raises:
        ReadoutError: if it can't be kept.
    """
    kept(collection.correct(view.key, view.opened, corrections), by)
    st.rerun()


def kept(made: Sequence[Change], by: str) -> None:
    """Note what a reader has just corrected, so that the next run says it and offers the way back."""
    done([Step((change.id,)) for change in made], " ".join(told(change.correction) for change in made), by)


def done(steps: Iterable[Step], said: str, by: str | None = None) -> None:
    """Remember what was done, so that the sidebar of the next run says it and can undo it.

    Args:
        steps: what undoes it, the last one last.
        said: a sentence.
        by: the name that the reader gave, where they were asked.
    """
    if by is not None and not access.account():
        st.session_state[_READER] = by
    st.session_state.setdefault(_DONE, []).extend(steps)
    st.session_state[_SAID] = said


def open_dialog(title: str, body: Callable[..., None], *details: object) -> None:
    """Open a dialog that `body` fills, with these details; for whoever may not correct, say so instead."""
    try:
        access.demand(Right.CORRECT)
    except AccessError as trouble:
        st.toast(literal(str(trouble)), icon=":material/lock:")
        return
    st.dialog(title, width="medium")(body)(*details)


def _quote(view: View, chosen: Quote) -> None:
    text, article = view.article.text, view.article
    shown(said(text, chosen), chosen.speaker)
    wrong = st.segmented_control(
        "What is wrong with it?",
        ("The speaker", "The words", "Nobody says this"),
        default="The speaker",
        required=True,
        key="wrong",
    )
    name, same, typed, kind = chosen.speaker, False, "", _MARKS
    if wrong == "The speaker":
        name = _who(view, chosen.speaker) or ""
        known = {one.name for one in view.reading.speakers} - {chosen.speaker}
        if name in known:
            same = st.checkbox(
                f"The two are one: whatever {plain_label(chosen.speaker)} {agree(chosen.speaker, 'says')} in this "
                f"article, {plain_label(name)} {agree(name, 'says')}",
                key="two-are-one",
            )
    elif wrong == "The words":
        typed = _typed(said(text, chosen))
        kind = _kind()
    by = name_field()

    def made() -> list[Correction]:
        told_by = {"by": by, "when": now()}
        if wrong == "Nobody says this":
            return [making.not_a_quote(article, chosen, **told_by)]
        if wrong == "The words":
            spans = locate(text, view.reading.layout, typed, chosen.start)
            return [making.bounds(article, chosen, spans, kind=_of_kind(view, kind, spans), **told_by)]
        if same:
            kept, other = (next(s for s in view.reading.speakers if s.name == n) for n in (name, chosen.speaker))
            return [making.same_speaker(article, view.reading, kept, other, **told_by)]
        if name in ("", chosen.speaker):
            raise CorrectionError("Choose who says it, or type a name that is not in the list.")
        return [making.another_speaker(article, chosen, name, **told_by)]

    _save(view, made, by)


def _time(view: View, span: Span) -> None:
    article = view.article
    found = next((t for t in view.reading.times if (t.start, t.end) == span), None)
    mention = next((m for m in view.reading.events if m.start <= span[0] < m.end), None)
    shown(wording(article.text, span), "")
    choices = ["These days", "An event"] + (["No event"] if mention else [])
    means = st.segmented_control("What does it mean?", choices, default=choices[0], required=True, key="means")
    first = last = None
    event: Event | None = None
    if means == "These days":
        first, last = _days(found.earliest if found else None, found.latest if found else None)
    elif means == "An event":
        event = _event(mention.event if mention else None)
    by = name_field()

    def made() -> list[Correction]:
        return [_dated(view, span, str(means), first, last, event, by)]

    _save(view, made, by)


def _speaker(view: View, chosen: Speaker) -> None:
    others = [one for one in view.reading.speakers if one is not chosen]
    shown("", label(chosen))
    if not others:
        st.info("Nobody else speaks in this article, so there is nobody to be one with.")
        return
    other = st.selectbox(
        "Is the same as", others, index=None, format_func=label, key="same-as", placeholder="Choose the other name"
    )
    kept = chosen
    if other:
        names = {label(one): one for one in sorted((chosen, other), key=lambda one: (not one.named, -len(one.name)))}
        kept = names[
            st.segmented_control("By which name?", list(names), default=next(iter(names)), required=True, key="kept")
        ]
    by = name_field()

    def made() -> list[Correction]:
        if other is None:
            raise CorrectionError("Choose whom they are one with.")
        gone = other if kept is chosen else chosen
        return [making.same_speaker(view.article, view.reading, kept, gone, by=by, when=now())]

    _save(view, made, by)


def _words(view: View, span: Span | None) -> None:
    article, layout = view.article, view.reading.layout
    typed = _typed(wording(article.text, span) if span else "")
    near = span[0] if span else 0
    cut = {
        f"{label_of}’s quote is these words": one
        for one in view.reading.quotes
        if span and any(start < span[1] and span[0] < end for start, end in one.content)
        if (label_of := plain_label(one.speaker))
    }
    choices = [*cut, "Somebody says them", "They mean days", "They mean an event"]
    what = st.segmented_control("What are they?", choices, default=choices[0], required=True, key="what")
    name, kind, first, last, event = None, _MARKS, None, None, None
    if what in cut:
        kind = _kind()
    elif what == "Somebody says them":
        name = _who(view, None)
        kind = _kind()
    elif what == "They mean days":
        first, last = _days(None, None)
    else:
        event = _event(None)
    by = name_field()

    def made() -> list[Correction]:
        spans = locate(article.text, layout, typed, near)
        if what in cut:
            return [making.bounds(article, cut[what], spans, kind=_of_kind(view, kind, spans), by=by, when=now())]
        if what == "Somebody says them":
            if not name:
                raise CorrectionError("Choose who says it, or type a name that is not in the list.")
            return [making.a_quote(article, spans, name, _of_kind(view, kind, spans), by=by, when=now())]
        return [
            _dated(view, spans[0], "These days" if what == "They mean days" else "An event", first, last, event, by)
        ]

    _save(view, made, by)


def whole(view: View, span: Span) -> Span:
    """A span widened to whole words, for a hand that selects is seldom exact."""
    start, end = max(span[0], 0), min(span[1], len(view.article.text))
    text = view.article.text
    while 0 < start < end and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _dated(
    view: View, span: Span, means: str, first: date | None, last: date | None, event: Event | None, by: str
) -> Correction:
    """What a reader says of words that mean a time."""
    if means == "These days":
        if first is None:
            raise CorrectionError("Choose the day that is meant, or the first and the last of them.")
        return making.a_time(view.article, span, first, last, by=by, when=now())
    if means == "An event" and event is None:
        raise CorrectionError("Choose the event that is meant. One that the list lacks can be given by its days.")
    return making.an_event(view.article, span, event, by=by, when=now())


def _save(view: View, made: Callable[[], list[Correction]], by: str) -> None:
    """The button at the end; what is wrong with what was given stands under it, and the fields stay as they are."""
    if not st.button("Save the correction", type="primary", key="save-correction"):
        return
    try:
        keep(view, made(), by)
    except ReadoutError as trouble:
        st.warning(literal(str(trouble)), icon=":material/error:")


def shown(quoted: str, name: str) -> None:
    """The words that the dialog is about, and whose they are."""
    whose = f"<figcaption>{safe(name)}</figcaption>" if name else ""
    st.html(f'<figure class="corrected"><blockquote>{safe(quoted)}</blockquote>{whose}</figure>')


def _who(view: View, now_is: str | None) -> str | None:
    names = [one.name for one in view.reading.speakers]
    return st.selectbox(
        "Who says it?",
        names,
        index=names.index(now_is) if now_is in names else None,
        format_func=plain_label,
        accept_new_options=True,
        key="who-says",
        placeholder="Choose, or type a name",
    )


def _typed(before: str) -> str:
    return st.text_area(
        "The words, as they stand in the article",
        before,
        key="typed",
        height="content",
        help="Copy them from the article. “ … ” parts stretches that stand apart.",
    )


def _kind() -> str:
    return st.segmented_control("Kind", (_MARKS, *_KINDS), default=_MARKS, required=True, key="of-kind")


def _of_kind(view: View, kind: str, spans: tuple[Span, ...]) -> Kind:
    return next((one for one in _KINDS if one == kind), kind_of(view.article.text, view.reading.layout, spans))


def _days(first: date | None, last: date | None) -> tuple[date | None, date | None]:
    left, right = st.columns(2)
    earliest = left.date_input("First day", if_taken(first), min_value=FIRST_DAY, max_value=LAST_DAY, key="first-day")
    latest = right.date_input(
        "Last day",
        if_taken(last),
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        key="last-day",
        help="Empty where it is one day.",
    )
    return (earliest if isinstance(earliest, date) else None, latest if isinstance(latest, date) else None)


def _event(now_is: Event | None) -> Event | None:
    events = sorted(catalogue().events, key=lambda one: one.name)
    return st.selectbox(
        "Which event?",
        events,
        index=next((place for place, one in enumerate(events) if now_is and one.name == now_is.name), None),
        format_func=lambda one: f"{one.name} ({days(one.first, one.last)})",
        key="which-event",
        placeholder="Type a word of its name",
    )
