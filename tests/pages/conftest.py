"""What the tests of the pages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import local_script_runner

from .visiting import Shelf


@pytest.fixture(scope="session", autouse=True)
def compiled() -> Iterator[None]:
    """Each script is compiled once, and not for each visit, which would take an eighth of it."""
    cache = ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "ScriptCache", lambda: cache)
        yield


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of the test's own, empty."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("READOUT_HOME", str(folder))
    return folder


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """An empty shelf, which the app uses."""
    monkeypatch.setenv("READOUT_ARTICLES", str(tmp_path))
    return Shelf(tmp_path)


@pytest.fixture
def seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shelf that ships, with the seed article on it."""
    monkeypatch.delenv("READOUT_ARTICLES", raising=False)
