"""Who may do what: the file that `readout serve --auth FILE` is started with.

    [auth]                       # what Streamlit's login needs of the provider, as in its secrets.toml
    redirect_uri = "https://news.example/oauth2callback"
    client_id = "readout"
    server_metadata_url = "https://login.example/.well-known/openid-configuration"

    [access]                     # by address, or by domain; whoever is not named is refused
    read = ["*@paper.example"]
    correct = ["desk@paper.example"]
    administer = ["chief@paper.example"]

    [quotas]                     # per reader and day
    articles = 200

Secrets need not stand in it: READOUT_CLIENT_SECRET and READOUT_COOKIE_SECRET give them, or Streamlit's secrets.toml.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import IntEnum
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from readout.errors import AccessError

FILE = "READOUT_AUTH"
"""The environment's path of the file; `readout serve --auth` sets it."""
READ_ONLY = "READOUT_READ_ONLY"
"""Set to "on", nobody changes anything; `readout serve --read-only` sets it."""
_SECRETS = {"client_secret": "READOUT_CLIENT_SECRET", "cookie_secret": "READOUT_COOKIE_SECRET"}
_SHORTEST_SECRET = 32
_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
_CALLBACK = "/oauth2callback"
_ADDRESS = re.compile(r"(?:\*|[^@\s*]+)@[^@\s*]+")


class Right(IntEnum):
    """What a reader may do; each right has those before it."""

    NOTHING = 0
    READ = 1
    CORRECT = 2
    """Corrections, notes and stars, and adding articles."""
    ADMINISTER = 3
    """Removing, importing, making readings anew, and the log of who did what."""


@dataclass(frozen=True, slots=True)
class Quotas:
    """How much one reader may do from midnight to midnight, UTC."""

    articles: int = 200
    megabytes: int = 500
    """Of files that are uploaded."""
    corrections: int = 1000
    """Corrections, notes and stars."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the file says."""

    access: Mapping[Right, tuple[str, ...]]
    """Addresses and domains (`*@paper.example`) in lower case."""
    quotas: Quotas = field(default_factory=Quotas)
    unverified: bool = False
    """Whether an address counts that the provider does not call verified."""
    refused: tuple[str, ...] = ()
    """Who may nothing, though their domain is named; in lower case."""
    auth: Mapping[str, Any] = field(default_factory=dict)

    def right(self, address: str) -> Right:
        """What somebody with this address may do."""
        name, _, domain = address.strip().casefold().rpartition("@")
        known = {f"{name}@{domain}", f"*@{domain}"} if name and domain else set()
        if known & {*self.refused}:
            return Right.NOTHING
        return next((one for one in sorted(self.access, reverse=True) if known & {*self.access[one]}), Right.NOTHING)


def rules() -> Rules | None:
    """The rules that this server is started with, as the file says them now; None where it has no accounts.

    Raises:
        AccessError: if the file can't be read; nobody gets in until it can.
    """
    path = os.environ.get(FILE)
    if not path:
        return None
    try:
        changed = Path(path).stat().st_mtime_ns
    except OSError as trouble:
        raise AccessError(f"The file of accounts, {path}, can't be read: {trouble.strerror}.") from trouble
    return _read(path, changed)


def read_only() -> bool:
    """Whether nobody may change anything."""
    return os.environ.get(READ_ONLY, "").strip().casefold() in ("on", "1", "true", "yes")


@lru_cache(maxsize=1)
def _read(path: str, changed: int) -> Rules:
    return read(Path(path))


def read(path: Path) -> Rules:
    """Read the file of accounts.

    Raises:
        AccessError: if it can't be read; the message says which entry is wrong and what to do.
    """
    try:
        written = tomllib.loads(path.read_text("utf-8"))
    except OSError as trouble:
        raise AccessError(f"The file of accounts, {path}, can't be read: {trouble.strerror}.") from trouble
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise AccessError(f"The file of accounts, {path}, is no TOML: {trouble}.") from trouble
    if unknown := {*written} - {"auth", "access", "quotas"}:
        raise AccessError(f"{path}: [{min(unknown)}] is no part of it; its parts are [auth], [access] and [quotas].")
    access = _table(written, "access", path)
    unverified = access.pop("unverified", False)
    if not isinstance(unverified, bool):
        raise AccessError(f"{path}: `unverified` is true or false.")
    rights = {right.name.lower(): right for right in Right if right}
    for name, given in access.items():
        if name not in rights and name != "refuse":
            raise AccessError(f"{path}: [access] has no `{name}`; it has {', '.join(rights)}, refuse and unverified.")
        wrong = [given] if not isinstance(given, list) else [one for one in given if not _is_address(one)]
        if wrong:
            raise AccessError(
                f"{path}: `{name}` is a list of addresses such as “desk@paper.example” and domains such as "
                f"“*@paper.example”; {wrong[0]!r} is none."
            )
    refused = access.pop("refuse", [])
    if not any(access.values()):
        raise AccessError(f"{path}: [access] names nobody, so nobody could get in. Name who may read, at least.")
    return Rules(
        {rights[name]: _lower(given) for name, given in access.items()},
        _quotas(_table(written, "quotas", path), path),
        unverified,
        _lower(refused),
        _table(written, "auth", path),
    )


def _lower(given: list[str]) -> tuple[str, ...]:
    return tuple(one.strip().casefold() for one in given)


def _table(written: dict[str, Any], name: str, path: Path) -> dict[str, Any]:
    found = written.get(name, {})
    if not isinstance(found, dict):
        raise AccessError(f"{path}: {name} is a part of its own, which begins with a line [{name}].")
    return dict(found)


def _is_address(given: object) -> bool:
    return isinstance(given, str) and _ADDRESS.fullmatch(given.strip()) is not None


def _quotas(given: dict[str, Any], path: Path) -> Quotas:
    names = [one.name for one in fields(Quotas)]
    for name, most in given.items():
        if name not in names:
            raise AccessError(f"{path}: [quotas] has no `{name}`; it has {', '.join(names)}.")
        if isinstance(most, bool) or not isinstance(most, int) or most < 0:
            raise AccessError(f"{path}: `{name}` is a whole number, how many a reader may have a day.")
    return Quotas(**given)


def provider(given: Rules, kept: Mapping[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """The settings of the login, whole.

    Args:
        given: the file; what it says wins over Streamlit's own secrets.
        kept: the part [auth] of Streamlit's secrets.toml, empty where there is none.
        environment: of the process; the secrets that it names win over both.

    Raises:
        AccessError: if something is missing, or not safe.
    """
    auth = {**kept, **given.auth}
    auth |= {name: environment[variable] for name, variable in _SECRETS.items() if environment.get(variable)}
    redirect, secret = str(auth.get("redirect_uri", "")), str(auth.get("cookie_secret", ""))
    if not redirect.endswith(_CALLBACK):
        raise AccessError(
            "The login needs `redirect_uri` in [auth]: the address that readers open Readout by, and "
            f"{_CALLBACK} after it, such as https://news.example{_CALLBACK}."
        )
    if not redirect.startswith("https://") and not _is_loopback(host_of(redirect)):
        raise AccessError(
            f"The login’s `redirect_uri`, {redirect}, is not https: whoever listens could take a reader’s place. Let a "
            "proxy speak TLS before Readout, as docs/newsroom.md shows."
        )
    if len(secret) < _SHORTEST_SECRET:
        raise AccessError(
            f"The login needs a `cookie_secret` of at least {_SHORTEST_SECRET} characters, in READOUT_COOKIE_SECRET or "
            'in [auth]; `python -c "import secrets; print(secrets.token_urlsafe(48))"` makes one.'
        )
    for name in providers(auth):
        section = auth if name is None else auth[name]
        if missing := [one for one in _PROVIDER if not section.get(one)]:
            raise AccessError(
                f"The login lacks {' and '.join(f'`{one}`' for one in missing)}"
                f"{f' in [auth.{name}]' if name else ' in [auth]'}; the provider gives them."
            )
    return auth


def providers(auth: Mapping[str, Any]) -> list[str | None]:
    """The names of the providers that can be chosen from; None for the one that needs no name."""
    named: list[str | None] = [name for name, part in auth.items() if isinstance(part, Mapping) and "client_id" in part]
    return named if named and "client_id" not in auth else [None, *named]


def host_of(address: str) -> str:
    """The host of a web address; nothing where it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
