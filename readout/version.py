"""The engine's version, which every kept reading carries."""

from __future__ import annotations

ENGINE = 4
"""Raise it by one whenever the same text may give another reading: kept readings are then made anew.

`tests/test_library_version.py` fails when readings change and this number does not.
"""
