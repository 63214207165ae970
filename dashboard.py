"""The application: `streamlit run dashboard.py`."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from readout.web.application import Headers, apologise, warm
from readout.web.hosts import KnownHosts

app = st.App(
    "readout/web/frame.py",
    lifespan=warm,
    middleware=[Middleware(Headers), Middleware(KnownHosts)],
    on_script_error=apologise,
)
