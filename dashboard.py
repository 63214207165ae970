"""The application: `streamlit run dashboard.py`."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from readout.web.application import Headers, apologise, warm

app = st.App("readout/web/frame.py", lifespan=warm, middleware=[Middleware(Headers)], on_script_error=apologise)
