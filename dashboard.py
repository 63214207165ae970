"""The application: `streamlit run dashboard.py`."""

from __future__ import annotations

import os
import sys

import streamlit as st
from starlette.middleware import Middleware

from readout.errors import AccessError
from readout.web import access
from readout.web.application import Headers, apologise, warm
from readout.web.hosts import KnownHosts

try:
    secrets = access.secrets(os.environ)
except AccessError as trouble:
    sys.exit(str(trouble))

app = st.App(
    "readout/web/frame.py",
    secrets=secrets,
    lifespan=warm,
    middleware=[Middleware(Headers), Middleware(KnownHosts)],
    on_script_error=apologise,
)
