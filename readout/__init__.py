"""Readout: who said what, about when, in what tone, on the text itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from readout.load import load
from readout.records import Article, Reading, Toward

if TYPE_CHECKING:
    from readout.reading import read
    from readout.regard import toward

__all__ = ["Article", "Reading", "Toward", "load", "read", "toward"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    # The engine takes half a second to load: the process that opens a file and `readout --help` do without it.
    if name == "read":
        from readout.reading import read

        return read
    if name == "toward":
        from readout.regard import toward

        return toward
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
