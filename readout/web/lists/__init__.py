"""The lists that are searched, of quotes and of articles: what their components have in common.

A component has one script and one style sheet; those of a list begin with what stands here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent


def list_component(name: str, folder: Path) -> Any:  # noqa: ANN401
    """The component of a list, whose own script and style, called `name`, stand in a folder."""
    return st.components.v2.component(
        f"readout_{name}",
        html=f'<div class="listing {name}"></div>',
        css=_together(folder, f"{name}.css"),
        js=_together(folder, f"{name}.js"),
    )


def _together(folder: Path, own: str) -> str:
    parts = (_HERE / f"list{Path(own).suffix}", folder / own)
    return "\n".join(part.read_text("utf-8") for part in parts)
