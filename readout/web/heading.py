"""The head of the pages about an article: their question, and which article it is asked of."""

from __future__ import annotations

import streamlit as st

from readout.web.labels import safe
from readout.web.state import View
from readout.wording import day


def draw(question: str, view: View) -> None:
    """Draw the question that a page answers, over the article's title, publisher and day."""
    article = view.article
    where = ", ".join(filter(None, (article.publisher, day(article.published) if article.published else "")))
    st.title(question, anchor=False)
    st.html(f'<p class="of"><cite>{safe(article.title)}</cite>{" · " * bool(where)}{safe(where)}</p>')
