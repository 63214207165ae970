"""The application: `streamlit run dashboard.py`."""

from __future__ import annotations

import os
import sys

import streamlit as st
from starlette.middleware import Middleware

from readout.errors import AccessError
from readout.web import access, stopped
from readout.web.application import Headers, apologise, warm
from readout.web.health import Health
from readout.web.hosts import KnownHosts
from readout.web.limits import Crowd
from readout.web.uploads import Uploads

try:
    secrets = access.secrets(os.environ)
except AccessError as trouble:
    sys.exit(str(trouble))

app = st.App(
    "readout/web/frame.py",
    secrets=secrets,
    lifespan=warm,
    routes=[stopped.ROUTE],
    middleware=[Middleware(one) for one in (Headers, KnownHosts, Crowd, Health, Uploads)],
    on_script_error=apologise,
)
