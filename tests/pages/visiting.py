"""Articles on a shelf of their own, and the pages that Streamlit makes of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from streamlit.testing.v1 import AppTest

from readout.web import state

FRAME = Path(state.__file__).with_name("frame.py")
PAGES = ("article", "timeline", "tone", "quotes")
TEXT = """\
"The Cold War ended long ago," Ada Lovelace said on 3 May 2016. <script>alert(1)</script>

Alan Turing said that the bridge was built in 2014. People waited for years, and it was good.
"""
META = 'title = "The bridge"\npublisher = "The Paper"\npublished = 2016-05-04\n'
TOLD = ("title", "subheader", "info", "warning", "error", "caption", "markdown")
"""The kinds of element that hold words as `value`."""


@dataclass(frozen=True)
class Shelf:
    """A folder of articles that the app is told to use."""

    folder: Path

    def put(self, text: str, meta: str | None = META, name: str = "bridge") -> None:
        """Put an article there, and its metadata unless it has none."""
        (self.folder / f"{name}.txt").write_text(text, "utf-8")
        if meta is not None:
            (self.folder / f"{name}.toml").write_text(meta, "utf-8")


def visit(page: str, /, *, whole: bool = True, **query: Any) -> AppTest:
    """Open a page as a link with this query does.

    Args:
        page: its name.
        whole: whether it must open without an error.
        query: the parameters of the link.
    """
    at = AppTest.from_file(str(FRAME), default_timeout=600)
    for name, values in query.items():
        at.query_params[name] = values
    at.switch_page(str(state.PAGES / f"{page}.py"))
    at.run()
    if whole:
        assert_whole(at)
    return at


def assert_whole(at: AppTest) -> None:
    """The page has run to its end."""
    assert not at.exception, at.exception[0].value


def component(at: AppTest, has: str) -> dict[str, Any]:
    """The data of the one component that is sent a field of this name."""
    sent = [json.loads(element.proto.json) for element in at.get("bidi_component")]
    (found,) = [data for data in sent if isinstance(data, dict) and has in data]
    return found


def scene(at: AppTest) -> dict[str, Any]:
    """What the annotated article is drawn from."""
    drawn: dict[str, Any] = json.loads(component(at, "scene")["scene"])
    return drawn


def charts(at: AppTest) -> list[dict[str, Any]]:
    """The figures on the page."""
    return [json.loads(element.proto.spec) for element in at.get("plotly_chart")]


def markup(at: AppTest) -> list[str]:
    """All that goes to the browser as HTML or as Markdown."""
    bodies = [str(element.proto.body) for element in at.get("html")]
    return bodies + [str(cast(Any, element).value) for kind in TOLD for element in at.get(kind)]


def told(at: AppTest) -> str:
    """The words on the page that no component draws, as a reader sees them."""
    words = re.sub(r"<style>.*?</style>|<[^>]*>", " ", " ".join(markup(at)), flags=re.DOTALL)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", words)


def group(at: AppTest, key: str) -> Any:
    """Pills or a segmented control."""
    (found,) = [element for element in at.get("button_group") if element.key == key]
    return found


def button(at: AppTest, key: str) -> Any:
    """A button."""
    (found,) = [element for element in at.button if element.key == key]
    return found
