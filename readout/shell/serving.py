"""`readout serve`: start the dashboard, for one person or for all who can reach this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from readout import fetch
from readout.errors import ReadoutError
from readout.newsroom import rules

ROOT = Path(__file__).resolve().parents[2]
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104
_FOLDERS = ("READOUT_HOME", "READOUT_ARTICLES")


@dataclass(frozen=True, slots=True)
class Plan:
    """How the dashboard is started."""

    command: tuple[str, ...]
    environment: dict[str, str]
    said: str = ""
    """What the person who starts it should know."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """How the dashboard is shared."""

    names: tuple[str, ...] = ()
    """Further names that the server is called by, such as that of a proxy."""
    auth: Path | None = None
    """The file that says who may do what; without one there are no accounts."""
    read_only: bool = False
    """Whether nobody may change anything."""
    prefix: str = ""
    """The path that it lies below, behind a proxy."""


ALONE = Sharing()


def serve(host: str, port: int, with_fetch: bool, home: Path | None, sharing: Sharing = ALONE) -> int:
    """Start the dashboard and stay with it; gives the exit code.

    Args:
        host: the address to be reached at.
        port: the port.
        with_fetch: whether its readers may open public pages by their address.
        home: where the library lies, if it is said.
        sharing: how it is shared.

    Raises:
        ReadoutError: if the dashboard is not here, or the file of accounts is wrong.
    """
    if not (ROOT / "dashboard.py").is_file() or not (ROOT / "pages").is_dir():
        raise ReadoutError(
            "The dashboard is not here: an installed package has the engine and the shell only. "
            "Take a copy of Readout's repository, install that with `pip install -e .`, and serve from there."
        )
    plan = plan_for(host, port, with_fetch, home, sharing)
    if plan.said:
        print(plan.said, flush=True)
    # Streamlit takes its settings from the folder that it is started in.
    os.chdir(ROOT)
    if os.name == "posix":
        # One process instead of two, so that whatever stops this one stops the server.
        os.execve(plan.command[0], plan.command, plan.environment)  # noqa: S606
    return subprocess.call(plan.command, env=plan.environment)  # noqa: S603


def plan_for(host: str, port: int, with_fetch: bool, home: Path | None, sharing: Sharing = ALONE) -> Plan:
    """The command and the environment that start the dashboard so.

    Raises:
        AccessError: if the file of accounts is wrong.
    """
    environment = dict(os.environ)
    for name in _FOLDERS:
        if environment.get(name):
            environment[name] = str(Path(environment[name]).expanduser().absolute())
    if home is not None:
        environment["READOUT_HOME"] = str(home)
    names = list(sharing.names)
    if sharing.auth is not None:
        auth = sharing.auth.expanduser().absolute()
        environment[rules.FILE] = str(auth)
        # What readers open it by, the login knows already.
        names += filter(None, [rules.host_of(str(rules.read(auth).auth.get("redirect_uri", "")))])
    if names:
        environment["READOUT_ALLOW_HOSTS"] = ",".join(names)
    if sharing.read_only:
        environment[rules.READ_ONLY] = "on"
    options = {"server.address": host, "server.port": str(port)}
    if sharing.prefix.strip("/"):
        options["server.baseUrlPath"] = sharing.prefix.strip("/")
    # Behind a proxy others reach what listens on this machine only.
    if _is_own(host) and not names and sharing.auth is None:
        if with_fetch and fetch.allowed() == "off":
            environment["READOUT_FETCH"] = "on"
        return Plan(_command(options), environment)
    # Whoever can reach the server could see this machine's network through it, so nothing but the switch opens it.
    environment["READOUT_FETCH"] = "on" if with_fetch else "off"
    options |= {"server.headless": "true", "server.enableCORS": "true", "server.enableXsrfProtection": "true"}
    if names or host in _EVERYWHERE:
        # Without a name of its own to be called by, Streamlit asks a service on the internet what it is called.
        options["browser.serverAddress"] = names[-1] if names else socket.gethostname()
    pages = "pages are fetched for them from public addresses" if with_fetch else "no page is fetched without --fetch"
    does = "reads" if sharing.read_only else "reads and changes"
    who = f"Whoever {auth} names" if sharing.auth else f"Everybody who can reach {host}, port {port},"
    return Plan(_command(options), environment, f"{who} {does} one library, this one; {pages}.")


def _command(options: dict[str, str]) -> tuple[str, ...]:
    written = (f"--{name}={value}" for name, value in options.items())
    return (sys.executable, "-m", "streamlit", "run", "dashboard.py", *written)


def _is_own(host: str) -> bool:
    """Whether only this machine can reach a host's address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
