"""Where the files that ship lie: `data/` beside the package in the repository, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent

DATA = next((folder for folder in (_HERE.parent / "data", _HERE / "data") if (folder / "events.toml").exists()), _HERE)
"""The folder of shipped data."""
