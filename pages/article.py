"""What does it say, and who is speaking? The article's text, with speakers, quotes and times marked on it."""

from __future__ import annotations

import streamlit as st

from readout.web import article, correcting, noting
from readout.web.labels import literal
from readout.web.state import current, open_method, open_quotes, open_timeline

view = current()
for notice in view.notices:
    st.info(literal(notice), icon=":material/info:")

result = article.draw(view, view.at)
if result.quotes is not None:
    open_quotes(int(result.quotes))
if result.timeline is not None:
    open_timeline(int(result.timeline))
if result.method is not None:
    open_method(str(result.method))
if result.correct is not None:
    correcting.asked(view, result.correct)
if result.remark is not None:
    noting.asked(view, result.remark)
