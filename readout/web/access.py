"""Who is at the screen, and what they may do; every change of the library passes `door`, whatever a screen shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import UTC, date, datetime
from functools import wraps
from importlib.util import find_spec
from typing import Any, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from readout.errors import AccessError
from readout.library import Library
from readout.library.place import home
from readout.library.records import Correction
from readout.newsroom import audit
from readout.newsroom.quotas import COUNTED, spent
from readout.newsroom.rules import Right, provider, providers, read_only, rules
from readout.web.labels import safe

_READS = frozenset(
    {"article", "begun", "called", "close", "corrections", "entries", "items", "known", "original", "place"}
    | {"publishers", "reading", "removed", "rows", "speakers", "stale", "titled"}
)
"""What the library does for whoever reads; all else is an act."""
_CORRECTS = frozenset(("add", "change", "correct", "undo", "redo"))
"""The acts of those who correct; all other acts are an administrator's."""
_CALLED = {"take_over": "import"}
"""What the log calls an act, where it is not the method's name."""
_UNSAID = ("beside", "refresh")
"""Acts that change nothing of anybody's: they would fill the log."""
_SAID = {
    Right.READ: "read here",
    Right.CORRECT: "correct, note or add anything here",
    Right.ADMINISTER: "do here what administrators do",
}
_TOLD = 100
"""Refusals of one account that the log tells in a day: more would push out what others did."""
_refused: Counter[tuple[str, date]] = Counter()
READ_ONLY = "This Readout is open for reading: nobody can change anything in it now."


def account() -> str:
    """The address of whoever is logged in, in lower case; nothing where nobody is, or where there are no accounts.

    Raises:
        AccessError: if the file of accounts can't be read.
    """
    given = rules()
    if given is None or get_script_run_ctx(suppress_warning=True) is None:
        return ""
    return address_of(st.user.to_dict(), unverified=given.unverified)


def address_of(user: Mapping[str, Any], *, unverified: bool = False) -> str:
    """The address that a login vouches for, in lower case; nothing where it vouches for none.

    A provider that lets people write their own address would let them in as anybody, so it must say that it has
    verified it.

    Args:
        user: what the provider says, as `st.user` has it.
        unverified: whether an address counts of which the provider says neither.
    """
    address, verified = user.get("email"), user.get("email_verified")
    if user.get("is_logged_in") is not True or not isinstance(address, str):
        return ""
    said = verified in (True, "true") or (unverified and verified is None)
    return address.strip().casefold() if said else ""


def right() -> Right:
    """What whoever is at the screen may do.

    Raises:
        AccessError: if the file of accounts can't be read.
    """
    given = rules()
    most = Right.READ if read_only() else Right.ADMINISTER
    if given is None:
        return most
    if get_script_run_ctx(suppress_warning=True) is None:
        # A download is made outside of a run: only who was let in has got its address.
        return Right.READ
    return min(most, given.right(account()))


def may(wanted: Right) -> bool:
    """Whether whoever is at the screen may do this; for what a screen offers, as the door asks again."""
    try:
        return right() >= wanted
    except AccessError:
        return False


def demand(wanted: Right, act: str = "") -> None:
    """See that whoever is at the screen may do this.

    Args:
        wanted: what they need.
        act: what they want to do, for the log.

    Raises:
        AccessError: if they may not, in a sentence for them.
    """
    if right() >= wanted:
        return
    who = account()
    if who and act:
        today = (who, datetime.now(UTC).date())
        _refused[today] += 1
        if _refused[today] <= _TOLD:
            audit.note(home(), who, "refused", wanted=act)
    if read_only():
        raise AccessError(READ_ONLY)
    who = f"as {who}" if who else "without logging in"
    raise AccessError(f"You may not {_SAID[wanted]} {who}. Whoever runs this Readout says who may, in its [access].")


def door(library: Library) -> Library:
    """The library as whoever is at the screen may use it: each act is asked for, counted and written down.

    What is neither named above as reading nor as correcting is an administrator's, a method of tomorrow too.
    """
    return cast(Library, _Door(library))


class _Door:
    """See `door`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(self._library, name)
        if name in _READS:
            demand(Right.READ)  # of a fragment, too, that outlives its reader's right
        if name in _READS or not callable(found):
            return found
        return _guarded(found, name, Right.CORRECT if name in _CORRECTS else Right.ADMINISTER)


def _guarded(act: Callable[..., Any], name: str, wanted: Right) -> Callable[..., Any]:
    @wraps(act)
    def asked(*given: Any, **named: Any) -> Any:  # noqa: ANN401
        demand(wanted, name)
        rule = rules()
        if rule is None:
            return act(*given, **named)
        who, what = account(), COUNTED.get(name)
        if name == "correct":
            named["by"] = who  # whatever a screen or a file says
        with spent(home()).spending(who, what, rule.quotas) if what else nullcontext():
            done = act(*given, **named)
        if name not in _UNSAID:
            audit.note(home(), who, _CALLED.get(name, name), **_about(given, done))
        return done

    return asked


def _about(given: tuple[Any, ...], done: object) -> dict[str, Any]:
    """What an act was about, for the log: ids and sorts, none of the words."""
    if isinstance(done, Correction):
        return {"article": done.article, "sort": done.kind, "correction": done.id}
    about: dict[str, Any] = {}
    first = given[0] if given else None
    ids = getattr(done, "ids", None) or getattr(first, "ids", None) or getattr(done, "id", None)
    if ids is not None:
        about["article"] = ids
    if title := getattr(first, "title", ""):
        about["title"] = str(title)[:200]
    if isinstance(new := getattr(done, "new", None), int):
        about["new"] = new
    return about


def secrets(environment: Mapping[str, str]) -> dict[str, Any] | None:
    """The secrets that Streamlit's login works with; None where there are no accounts.

    Raises:
        AccessError: if the file of accounts, or what the login needs, is wrong or missing.
    """
    given = rules()
    if given is None:
        return None
    if not (find_spec("authlib") and find_spec("httpx")):
        raise AccessError('The login needs what `pip install -c requirements.lock -e ".[newsroom]"` brings.')
    kept = st.secrets.to_dict() if st.secrets.load_if_toml_exists() else {}
    auth = kept.get("auth")
    return {**kept, "auth": provider(given, auth if isinstance(auth, Mapping) else {}, environment)}


def let_in() -> bool:
    """Draw what stands before the pages: the login, or that it is of no use; returns whether the pages may be drawn."""
    try:
        given = rules()
        if given is None or right() >= Right.READ:
            return True
    except AccessError:
        st.warning("The file of accounts can’t be read, so nobody is let in. The server’s log says why.")
        return False
    st.title("Readout", anchor=False)
    user = st.user.to_dict()
    if not user.get("is_logged_in"):
        st.markdown("This library is for those who work with it. Log in to read.")
        for name in providers(st.secrets.get("auth", {})):
            st.button(
                f"Log in with {name}" if name else "Log in",
                type="primary",
                key=f"login-{name or ''}",
                on_click=st.login,
                args=[name] if name else [],
            )
        return False
    who = address_of(user, unverified=given.unverified)
    if who:
        said = f"You are logged in as {who}, and nobody has let this address in yet."
    else:
        address = user.get("email") or ""
        said = f"The provider does not say that the address {address} is yours, so it lets nobody in."
    st.html(f"<p>{safe(said)}</p>")  # Markdown would make a link of the address
    st.markdown("Ask whoever runs this Readout, or log in with another account.")
    st.button("Log out", key="logout", on_click=st.logout)
    return False


def who_is_here() -> None:
    """Say in the sidebar who is logged in and what they may do, where that is not everything."""
    mine = right()
    if read_only():
        st.caption(READ_ONLY)
    if who := account():
        only = " You may read." if mine == Right.READ and not read_only() else ""
        st.html(f'<p class="of">{safe(f"Logged in as {who}.{only}")}</p>')
        st.button("Log out", key="logout", icon=":material/logout:", type="tertiary", on_click=st.logout)
