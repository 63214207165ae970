"""What the reader is looking at: the article, and the filter that rules every page.

The choice lives in widgets bound to the URL (`article`, `who`, `kind`), so a link opens the same view. A page
asks `current()` and gets everything in one record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from readout.corrections import Corrected, Correction
from readout.corrections.records import FACTS
from readout.language import is_english
from readout.palette import Colour, palette
from readout.reading import with_held
from readout.records import Article, Quote, Reading, Speaker
from readout.web import collection
from readout.web.labels import plain_label

PAGES = Path(__file__).resolve().parents[2] / "pages"
KINDS = ("all", "direct", "mixed", "indirect")
STEPS = ("article", "who", "kind", "unsure", "about-whom", "speaker", "publisher", "since", "until")
"""The parameters of the URL that choose what is read: a change of one is a step of the browser's history."""
METHODS = ("Quotes", "Speakers", "Times", "Events", "Tone", "Toward")
"""The parts of the Method page, one for each sort of finding."""

CHOSEN = "_chosen"
"""Where the key of an article stands that the next run is to show."""
_VIEW = "_view"
_DAYLESS = "The day of publication is not known, so times such as “last week” have no days."
_NOT_ENGLISH = (
    "This text does not read like English, the one language whose words Readout knows: "
    "expect quotes, times and tone to be missing."
)


@dataclass(frozen=True, slots=True)
class View:
    """The article on screen, its reading, and what the sidebar keeps of it."""

    article: Article
    reading: Reading
    palette: Mapping[str, Colour]
    notices: tuple[str, ...] = ()
    """What the reader should know about how the article was opened, a sentence each."""
    who: tuple[str, ...] = ()
    """The speakers chosen; none means all."""
    kind: str = "all"
    at: int | None = None
    """The character of the text that the page was opened at, if any."""
    key: str = ""
    """The article's key in the collection, and what changes when it does."""
    stamp: tuple[str, ...] = ()
    given: Article | None = None
    """The article as it was opened, before its readers corrected its title or its day."""
    lost: tuple[Correction, ...] = ()
    """The corrections whose place is not found again."""
    told: Mapping[str, str] = field(default_factory=dict)
    """Who corrected the title or the day of publication, by the field's name."""
    unsure: bool = False
    """Whether held quotes are asked for: they are among the others then."""
    doubted: int = 0
    """How many quotes are held, whether they are asked for or not."""

    @property
    def opened(self) -> Article:
        """The article as it was opened, which corrections are anchored in."""
        return self.given or self.article

    @property
    def filtered(self) -> bool:
        """Whether the sidebar leaves anything out."""
        return bool(self.who) or self.kind != "all"

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes that pass the filter, in reading order."""
        return tuple(q for q in self.reading.quotes if self.keeps(q))

    @property
    def aside(self) -> tuple[Quote, ...]:
        """The held quotes that would pass the filter and are not asked for."""
        return tuple(q for q in self.reading.held if self.keeps(q))

    def keeps(self, quote: Quote) -> bool:
        """Whether a quote passes the filter."""
        return (not self.who or quote.speaker in self.who) and self.kind in ("all", quote.kind)


@st.cache_resource(max_entries=32, show_spinner=False)
def _with_held(stamp: tuple[str, ...], _view: View) -> tuple[Reading, Mapping[str, Colour]]:
    reading = _view.reading
    # Whoever had a colour keeps it; the others get theirs behind them.
    known = replace(reading, speakers=(*reading.speakers, *reading.hidden))
    return with_held(_view.article.text, reading), palette(known)


def unsure(view: View) -> View:
    """The view in which held quotes count like all others."""
    stamp = (*view.stamp, "unsure")
    reading, colours = _with_held(stamp, view)
    return replace(view, reading=reading, palette=colours, stamp=stamp, unsure=True)


def asks_for_held(view: View, at: int | None, voices: Iterable[str]) -> bool:
    """Whether a link asks for what is held: the quote that begins at a character, or somebody known from such alone."""
    hidden = {label(speaker) for speaker in view.reading.hidden}
    return any(quote.start == at for quote in view.reading.held) or not hidden.isdisjoint(voices)


@st.cache_resource(max_entries=32, show_spinner="Reading the article …")
def _opened(key: str, stamp: tuple[str, ...]) -> tuple[Article, Corrected, tuple[str, ...], Mapping[str, Colour]]:
    opened = collection.open_article(key)
    seen = collection.corrected(key, opened.article)
    said = [f"“{name}”" for name in FACTS if getattr(seen.article, name) != getattr(opened.article, name)]
    notices = [notice for notice in opened.notices if not any(field in notice for field in said)]
    if seen.article.published is None and collection.is_kept(key):
        notices.append(_DAYLESS)
    start, end = seen.reading.layout.body
    if not is_english(seen.article.text[start:end]):
        notices.append(_NOT_ENGLISH)
    return opened.article, seen, tuple(notices), palette(seen.reading)


def open_view(key: str) -> View:
    """The view of an article of the collection, as its readers corrected it, unfiltered.

    Raises:
        ReadoutError: if it can't be opened.
    """
    stamp = collection.stamp(key)
    given, seen, notices, colours = _opened(key, stamp)
    return View(
        seen.article, seen.reading, colours, notices, key=key, stamp=stamp, given=given, lost=seen.lost, told=seen.told,
        doubted=len(seen.reading.held),
    )  # fmt: skip


def label(speaker: Speaker) -> str:
    """A speaker's name as the filter and the URL show it."""
    return plain_label(speaker.name) or "?"


def keep(view: View) -> None:
    """Make this the view of the run."""
    st.session_state[_VIEW] = view


def current() -> View:
    """The view of this run, as the frame has put it in place."""
    view = st.session_state[_VIEW]
    assert isinstance(view, View)
    return view


def session() -> str | None:
    """The id of the reader's session, which tells one reader from another; None where there is none."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else None


def only(speaker: str) -> None:
    """Filter to one speaker, or back to all where it is the only one already. For use in callbacks."""
    chosen = st.session_state.get("who") or []
    name = plain_label(speaker) or "?"
    st.session_state["who"] = [] if chosen == [name] else [name]


def clear() -> None:
    """Drop the filter. For use in callbacks."""
    st.session_state["who"] = []
    st.session_state["kind"] = "all"


def place() -> int | None:
    """The character of the text that the URL asks the page to open at."""
    return number("at")


def number(name: str, most: int = 10**9) -> int | None:
    """The whole number that a parameter of the URL gives; None where it gives none, or one above `most`."""
    given = st.query_params.get(name, "")
    # Python reads no more than 4,300 digits, SQLite holds no more than 18.
    digits = given.lstrip("0")[:19] or "0"
    return int(digits) if given.isascii() and given.isdigit() and int(digits) <= most else None


def open_article(key: str, at: int | None = None) -> None:
    """Leave for the Article page with an article of the collection, at a character of its text or at its head."""
    st.session_state[CHOSEN] = key
    st.switch_page(PAGES / "article.py", query_params={} if at is None else {"at": str(at)})


def open_text(at: int) -> None:
    """Leave for the Article page, at the sentence that holds this character."""
    _open("article", at)


def open_quotes(at: int) -> None:
    """Leave for the Quotes page, at the quote that begins at this character."""
    _open("quotes", at)


def open_timeline(at: int) -> None:
    """Leave for the Timeline page, at the reference that begins at this character."""
    _open("timeline", at)


def open_method(part: str) -> None:
    """Leave for the Method page, at one of `METHODS`."""
    st.session_state["part"] = part if part in METHODS else METHODS[0]
    st.switch_page(PAGES / "method.py", query_params={})


def _open(page: str, at: int) -> None:
    st.switch_page(PAGES / f"{page}.py", query_params={"at": str(at)})
