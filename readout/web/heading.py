"""The head of the pages about an article: their question, and which article it is asked of."""

from __future__ import annotations

from html import escape

import streamlit as st

from readout.web.state import View
from readout.wording import day


def draw(question: str, view: View) -> None:
    """Draw the question that a page answers, over the article's title, publisher and day."""
    article = view.article
    where = ", ".join(filter(None, (article.publisher, day(article.published) if article.published else "")))
    title = article.title.encode("utf-8", "replace").decode("utf-8")
    st.title(question, anchor=False)
    st.html(f'<p class="of"><cite>{escape(title)}</cite>{" · " * bool(where)}{escape(where)}</p>')
