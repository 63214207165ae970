"""A real server of the app on a free port, and a real Chromium to visit it with."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
NO_BROWSER = (
    "no Chromium found, so the journeys in the browser are skipped; install Debian's with "
    "`apt-get install chromium-headless-shell`, or name one in READOUT_CHROMIUM"
)
_PATIENCE = 180.0


def chromium() -> str | None:
    """Where Chromium is, or None; its headless shell first, which takes a third of the processor's time."""
    named = os.environ.get("READOUT_CHROMIUM")
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return named or next(filter(None, map(shutil.which, names)), None)


def _port() -> int:
    """A free port, of those that no system hands out by itself, so that it stays free until the server takes it."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no free port")


@contextmanager
def serve(
    script: str | Path = "dashboard.py", cwd: Path = ROOT, under: Sequence[str] = (), **environment: str
) -> Iterator[str]:
    """Serve a script; gives the server's address, and stops it at the end.

    Args:
        script: the script.
        cwd: the folder to start it in.
        under: the beginning of the command, such as that of a tracer.
        environment: variables beside those of this process.
    """
    port = _port()
    command = [
        *under,
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        f"--server.port={port}",
        "--server.headless=true",
    ]
    with running(command, lambda: _healthy(f"http://127.0.0.1:{port}/_stcore/health"), cwd, **environment):
        yield f"http://localhost:{port}"


@contextmanager
def running(
    command: Sequence[str], answers: Callable[[], bool], cwd: Path = ROOT, **environment: str
) -> Iterator[None]:
    """Run a program, from when it answers until the block ends.

    Args:
        command: the program.
        answers: whether it does already.
        cwd: the folder to start it in.
        environment: variables beside those of this process.

    Raises:
        RuntimeError: if it dies, or never answers.
    """
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(
            command, cwd=cwd, env={**os.environ, **environment}, stdout=log, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            until = time.monotonic() + _PATIENCE
            while not answers():
                if process.poll() is not None or time.monotonic() > until:
                    log.seek(0)
                    raise RuntimeError(f"{command[0]} died, or did not answer in {_PATIENCE:.0f} s:\n{log.read()}")
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait(60)


def _healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1):
            return True
    except OSError:
        return False


@contextmanager
def browse() -> Iterator[Browser]:
    """A headless Chromium.

    Raises:
        RuntimeError: if there is none on this machine.
    """
    path = chromium()
    if path is None:
        raise RuntimeError(NO_BROWSER)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def settle(page: Page) -> None:
    """Wait until the page's script has run and nothing is left to draw."""
    page.locator(
        '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
    ).wait_for(timeout=_PATIENCE * 1000)
