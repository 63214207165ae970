"""What have readers put right and noted? All of it in one place, undone one by one, handed on and taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from readout import kept
from readout.corrections.annotations import from_annotations, to_annotations
from readout.corrections.remarks import placed
from readout.corrections.score import Score, Tally
from readout.corrections.wording import quoted, told
from readout.errors import ReadoutError
from readout.exports.names import file_stem
from readout.kept import Change, Taken
from readout.newsroom.rules import Right
from readout.web import access, collection, correcting, heading, noting, uploads
from readout.web.labels import literal, safe
from readout.web.state import View, current, open_article, open_text
from readout.wording import counted, day

SCOPES = ("This article", "All articles")
# How many corrections are drawn at a time.
MOST = 100
_TAKEN = "_taken_in"

STYLE = """
<style>
.fix { padding: .1rem 0 0; }
.fix p { margin: 0; max-width: 44rem; overflow-wrap: anywhere; }
.fix .says { font: 1.0625rem/1.5 Literata, Georgia, serif; }
.fix .of { font-size: .875rem; color: light-dark(#66625b, #a3a7ad); }
.fix.noted .says { white-space: pre-wrap; }
.fix.noted p:first-child { padding-left: .75rem; border-left: 3px solid light-dark(#e4ddd1, #2f343a);
  font-size: .9375rem; color: light-dark(#66625b, #a3a7ad); }
.fix.undone .says { text-decoration: line-through; color: light-dark(#66625b, #a3a7ad); }
.fix .lost { color: light-dark(#9a3412, #f0a37c); }
.engine { border-collapse: collapse; font-size: .9375rem; font-variant-numeric: tabular-nums; }
.engine th, .engine td { padding: .3rem 1.25rem .3rem 0; text-align: left; border-bottom: 1px solid
  light-dark(#e4ddd1, #2f343a); font-weight: 400; }
.engine thead th { color: light-dark(#66625b, #a3a7ad); font-size: .8125rem; }
[class*="st-key-fix-"] { border-bottom: 1px solid light-dark(#e4ddd1, #2f343a); padding-bottom: .5rem; }
</style>
"""


def page(view: View) -> None:
    """Draw the page."""
    heading.draw("What have readers put right?", view)
    st.html(STYLE)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        scope = st.segmented_control(
            "Of", SCOPES, default=SCOPES[0], required=True, key="of", bind="query-params", label_visibility="collapsed"
        )
        undone = st.toggle("Show what was undone", key="undone", bind="query-params")
        corrects = access.may(Right.CORRECT)
        if corrects and st.button("Mark what was missed", icon=":material/edit:", type="tertiary", key="missed"):
            correcting.words(view)
        _export(view)
        if corrects:
            _import(view)
    everywhere = scope == SCOPES[1]
    said = _changes(view, everywhere, undone)
    changes = [change for change in said if change.correction.corrects]
    lost = {one.id for one in view.lost}
    for number, change in enumerate(changes[: _shown()]):
        _row(view, change, number, everywhere, lost=change.correction.id in lost)
    if len(changes) > _shown():
        st.button(f"Show more of {len(changes)}", key="more-corrections", on_click=_more)
    if not changes:
        _nothing(everywhere)
    _notes(view, [change for change in said if change.correction.sort == "note"], everywhere)
    if changes:
        _figures(view, everywhere)


def _changes(view: View, everywhere: bool, undone: bool) -> Sequence[Change]:
    """The corrections, the last first."""
    if not everywhere:
        return collection.changes(view.key, undone=undone)[::-1]
    return kept.changes(collection.library(), undone=undone)


def _nothing(everywhere: bool) -> None:
    where = "any article" if everywhere else "this article"
    way = (
        " Where the engine is wrong, open the card of a quote, a speaker or a time and choose “Correct this”; where it "
        "missed something, select the words in the text and choose “Mark these words”."
    )
    st.info(
        f"Nobody has corrected {where} yet.{way if access.may(Right.CORRECT) else ''}",
        icon=":material/edit:",
    )


def _notes(view: View, notes: Sequence[Change], everywhere: bool) -> None:
    """The notes, the last first, each with the words it is on."""
    if not notes:
        return
    st.header("Notes", anchor=False)
    here = [change.correction for change in notes if collection.identity_of(view.key) == change.article]
    places = placed(view.article.text, here)
    for number, change in enumerate(notes[: _shown()]):
        _row(view, change, f"note-{number}", everywhere, lost=not places.get(change.correction.id, ("elsewhere",)))


def _row(view: View, change: Change, number: int | str, everywhere: bool, *, lost: bool) -> None:
    """One correction or note: what it says, by whom and when, whether it holds, and what can be done with it."""
    correction = change.correction
    gone = change.undone is not None
    about = [f"by {correction.reader}", day(datetime.fromisoformat(correction.when).date())]
    if everywhere:
        about.insert(0, _title(change.article))
    if gone:
        about.append("undone")
    state = " undone" if gone else ""
    note = correction.sort == "note"
    so = "" if note else ", so it changes nothing"
    warning = f'<p class="of lost">Its place is not found in the text any more{so}.</p>' * lost
    says = f"<p>{safe(quoted(correction.target))}</p>" if note else ""
    text = str(correction.value) if note else told(correction)
    with st.container(key=f"fix-{number}"):
        st.html(
            f'<div class="fix{state}{" noted" * note}">{says}<p class="says">{safe(text)}</p>'
            f'<p class="of">{safe(" · ".join(about))}</p>{warning}</div>'
        )
        with st.container(horizontal=True, gap="medium"):
            at = correction.target[0].start if correction.target and not lost else None
            here = collection.identity_of(view.key) == change.article
            if (
                here
                and at is not None
                and st.button("See it in the text", icon=":material/article:", type="tertiary", key=f"see-{change.id}")
            ):
                open_text(at)
            if (
                here
                and note
                and not gone
                and access.may(Right.CORRECT)
                and st.button("Edit", icon=":material/edit:", type="tertiary", key=f"edit-{change.id}")
            ):
                noting.edit(view, change)
            if not here and st.button(
                "Open its article", icon=":material/article:", type="tertiary", key=f"see-{change.id}"
            ):
                open_article(collection.key_of(change.article))
            label, icon, do = (
                ("Do it again", ":material/redo:", collection.redo)
                if gone
                else ("Delete" if note else "Undo", ":material/delete:" if note else ":material/undo:", collection.undo)
            )
            if access.may(Right.CORRECT) and st.button(label, icon=icon, type="tertiary", key=f"turn-{change.id}"):
                try:
                    correcting.stay([do(change.id)])
                    st.rerun()
                except ReadoutError as trouble:
                    st.warning(literal(str(trouble)))


def _title(identity: str) -> str:
    try:
        article = collection.library().article(identity)
    except ReadoutError:
        return "An article that was removed"
    return article.title or article.name or identity


def _export(view: View) -> None:
    given = collection.handed_on(view.key, correcting.reader())
    st.download_button(
        "Save them",
        lambda: to_annotations(view.opened, given),
        f"{file_stem(view.article, 'corrections')}.jsonld",
        "application/ld+json",
        icon=":material/download:",
        type="tertiary",
        key="save-corrections",
        help="The corrections of this article, notes, star and where you stopped among them, as W3C Web Annotations.",
        on_click="ignore",
        disabled=not given,
    )


def _import(view: View) -> None:
    with st.popover("Take in a file", icon=":material/upload:", type="tertiary", key="take-in"):
        label = "Corrections of this article, as “Save them” writes them"
        files = uploads.field(label, ["jsonld", "json"], "corrections-file")
        if files and st.button("Take them in", key="take-in-now"):
            try:
                given = from_annotations(files[0].getvalue())
                made = collection.take_in(view.key, view.opened, given)
            except ReadoutError as trouble:
                st.warning(literal(str(trouble)), icon=":material/error:")
                return
            correcting.stay(change.correction.sort for change in made.new + made.back)
            st.session_state[_TAKEN] = _taken(made)
            uploads.give_back("corrections-file", files)
            st.rerun()
    if taken := st.session_state.pop(_TAKEN, None):
        st.toast(taken, icon=":material/upload:")


def _taken(made: Taken) -> str:
    """What became of the corrections of a file, as a sentence."""
    said = [f"{counted(len(made.new), 'correction')} taken in"] if made.new or not made.back else []
    if made.back:
        hold = "that had been undone holds" if len(made.back) == 1 else "that had been undone hold"
        said.append(f"{counted(len(made.back), 'correction')} {hold} again")
    if made.stood:
        said.append(f"{made.stood:,} it had already")
    return f"{'; '.join(said)}."


def _figures(view: View, everywhere: bool) -> None:
    """The engine against its readers, when asked for: it takes a reading of every article that has corrections."""
    with st.expander("How right was the engine?", icon=":material/monitoring:", key="score", on_change="rerun") as box:
        if not box.open:
            return
        library = collection.library()
        counts = Counter(change.article for change in kept.changes(library) if change.correction.corrects)
        ids = list(counts) if everywhere else [one for one in counts if one == collection.identity_of(view.key)]
        total = Score()
        bar = st.progress(0.0, "Comparing …") if len(ids) > 20 else None
        for number, score in enumerate(kept.scored(library, ids), 1):
            total += score
            if bar:
                bar.progress(number / len(ids), f"Compared {number} of {len(ids)}")
        if bar:
            bar.empty()
        if not total.articles:
            st.markdown("No correction holds here, so there is nothing to compare.")
            return
        st.html(_table(total))
        st.markdown(
            f"Over {counted(total.articles, 'corrected article')} with "
            f"{counted(sum(counts[one] for one in ids), 'correction')}. What nobody looked at counts as right, so "
            "these figures flatter the engine on articles that were corrected in part. In the shell: `readout score`."
        )


def _table(score: Score) -> str:
    rows = (
        ("quotes found", score.quotes),
        ("quotes with the same bounds", score.bounds),
        ("speakers of the quotes that both see", score.speakers),
        ("times", score.times),
    )
    return (
        '<table class="engine"><thead><tr><th scope="col"></th><th scope="col">right of what the engine has</th>'
        '<th scope="col">found of what there is</th><th scope="col">F1</th></tr></thead><tbody>'
        + "".join(
            f'<tr><th scope="row">{name}</th><td>{_share(tally.right, tally.found)}</td>'
            f"<td>{_share(tally.right, tally.wanted)}</td><td>{_f1(tally)}</td></tr>"
            for name, tally in rows
        )
        + "</tbody></table>"
    )


def _share(right: int, of: int) -> str:
    return f"{right / of:.0%} ({right} of {of})" if of else "–"


def _f1(tally: Tally) -> str:
    return f"{tally.f1:.2f}" if tally.found or tally.wanted else "–"


def _shown() -> int:
    return int(st.session_state.get("corrections-shown", MOST))


def _more() -> None:
    st.session_state["corrections-shown"] = _shown() + MOST


page(current())
