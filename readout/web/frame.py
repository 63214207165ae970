"""The frame of every page: set-up, navigation, and the sidebar that all pages share."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from readout.errors import ReadoutError
from readout.newsroom.rules import Right
from readout.web import access, sidebar, uploads
from readout.web.labels import literal, plain_label
from readout.web.state import PAGES, current

_HERE = Path(__file__).parent

st.set_page_config(page_icon=str(_HERE / "static" / "icon.svg"), layout="wide", initial_sidebar_state=272)
st.html(_HERE / "frame.css")

library = st.Page(PAGES / "library.py", title="Library", icon=":material/local_library:", url_path="library")
let_in = access.may(Right.READ)
page = st.navigation(
    [
        st.Page(PAGES / "article.py", title="Article", icon=":material/article:", url_path="article", default=True),
        st.Page(PAGES / "timeline.py", title="Timeline", icon=":material/timeline:", url_path="timeline"),
        st.Page(PAGES / "tone.py", title="Tone", icon=":material/contrast:", url_path="tone"),
        st.Page(PAGES / "quotes.py", title="Quotes", icon=":material/format_quote:", url_path="quotes"),
        library,
        st.Page(PAGES / "corrections.py", title="Corrections", icon=":material/edit_note:", url_path="corrections"),
        st.Page(PAGES / "method.py", title="Method", icon=":material/help:", url_path="method"),
    ],
    position="sidebar" if let_in else "hidden",
)
st.set_page_config(page_title=f"{page.title} · Readout" if let_in else "Readout")
uploads.begin()
if not access.let_in():
    uploads.settle()
    st.stop()

try:
    sidebar.draw(page.title)
except ReadoutError as trouble:
    if page is not library:  # which needs no article
        st.warning(literal(str(trouble)), icon=":material/error:")
        st.stop()

if page is not library:
    st.set_page_config(page_title=f"{page.title}: {plain_label(current().article.title)} · Readout")
page.run()
uploads.settle()
