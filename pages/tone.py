"""tone."""

import streamlit as st

from readout.web.state import current

st.title(current().article.title)
