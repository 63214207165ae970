"""What the tests of the pages share."""

from __future__ import annotations

from pathlib import Path

import pytest

from .visiting import Shelf


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """An empty shelf, which the app uses."""
    monkeypatch.setenv("READOUT_ARTICLES", str(tmp_path))
    return Shelf(tmp_path)


@pytest.fixture
def seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shelf that ships, with the seed article on it."""
    monkeypatch.delenv("READOUT_ARTICLES", raising=False)
