"""The application: `streamlit run dashboard.py`."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from readout.web import stopped
from readout.web.application import Headers, apologise, warm
from readout.web.hosts import KnownHosts

app = st.App(
    "readout/web/frame.py",
    lifespan=warm,
    routes=[stopped.ROUTE],
    middleware=[Middleware(Headers), Middleware(KnownHosts)],
    on_script_error=apologise,
)
