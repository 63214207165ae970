"""A reader without a browser, who speaks Streamlit's protocol over a WebSocket and so costs next to nothing."""

from __future__ import annotations

import http.client
import json
import re
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATIENCE = 120.0
_WIDGETS = ("button", "bidi_component", "file_uploader", "text_area")


@dataclass
class Reader:
    """One open page of a reader."""

    address: str
    pages: dict[str, str] = field(default_factory=dict)
    """The hash of each page, by its path."""
    widgets: dict[str, str] = field(default_factory=dict)
    """The id of each widget that has been drawn, by its key."""
    session: str = ""
    page: str = ""
    fragment: str = ""
    """The fragment that the last dialog is."""
    failed: str = ""
    """What the server said went wrong."""
    socket: ClientConnection | None = None
    cookie: str = ""
    """Sent along with those that the server gives."""
    token: str = ""

    def __enter__(self) -> Reader:
        """Open the page."""
        parts = urlsplit(self.address)
        plain = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)
        plain.request("GET", "/_stcore/health")
        answer = plain.getresponse()
        answer.read()
        plain.close()
        given = (answer.getheader("Set-Cookie") or "").split(";")[0]
        self.token = given.partition("=")[2]
        self.cookie = "; ".join(filter(None, [given, self.cookie]))
        self.socket = connect(
            f"ws://{parts.netloc}/_stcore/stream",
            origin=Origin(self.address),
            subprotocols=[Subprotocol("streamlit"), Subprotocol(self.token or "placeholder")],
            additional_headers={"Cookie": self.cookie},
            max_size=None,
            open_timeout=PATIENCE,
        )
        self.run()
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        if self.socket is not None:
            self.socket.close()

    def run(self, *states: WidgetState, query: str = "", path: str | None = None, fragment: str = "") -> None:
        """Have the page drawn anew, as a click does, and wait until it is.

        Args:
            states: what the widgets say.
            query: the address's parameters.
            path: the page to go to; the same one unless it is said.
            fragment: only this fragment.
        """
        assert self.socket is not None
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = query
        asked.fragment_id = fragment
        asked.page_script_hash = self.pages.get(path, "") if path is not None else self.page
        asked.widget_states.widgets.extend(states)
        self.socket.send(message.SerializeToString())
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            data = self.socket.recv(timeout=PATIENCE)
            answer = ForwardMsg()
            answer.ParseFromString(data if isinstance(data, bytes) else data.encode())
            if self._took(answer):
                return
        raise TimeoutError("the page is not drawn")

    def _took(self, answer: ForwardMsg) -> bool:
        """Take one message; whether the run is over with it."""
        kind = answer.WhichOneof("type")
        if kind == "new_session":
            self.session = answer.new_session.initialize.session_id or self.session
            self.page = answer.new_session.page_script_hash or self.page
        elif kind == "navigation":
            self.pages = {one.url_pathname: one.page_script_hash for one in answer.navigation.app_pages}
            self.page = answer.navigation.page_script_hash
        elif kind == "delta":
            element = answer.delta.new_element
            sort = element.WhichOneof("type") or ""
            if sort in _WIDGETS and (identity := getattr(element, sort).id):
                self.widgets[re.sub(r"^\$\$ID-[0-9a-f]+-", "", identity)] = identity
            if sort == "exception":
                self.failed = element.exception.message
            if answer.delta.fragment_id:
                self.fragment = answer.delta.fragment_id
        return kind == "script_finished" and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def press(self, key: str, **where: str) -> None:
        """Press a button."""
        self.run(WidgetState(id=self.widgets[key], trigger_value=True), **where)

    def tell(self, key: str, event: str, value: Any) -> None:
        """Have a component say something, as its script would."""
        told = json.dumps([{"event": event, "value": value}])
        aggregator = f"$$STREAMLIT_INTERNAL_KEY_{self.widgets[key]}__events"
        self.run(WidgetState(id=aggregator, json_trigger_value=told))

    def upload(self, data: bytes) -> tuple[int, str, str]:
        """Send a file; gives the status, what the server said, and the file's id."""
        parts, file = urlsplit(self.address), str(uuid.uuid4())
        limit = "readout"
        body = (
            f'--{limit}\r\nContent-Disposition: form-data; name="f"; filename="{file}.txt"\r\n'
            "Content-Type: text/plain\r\n\r\n"
        ).encode() + data
        body += f"\r\n--{limit}--\r\n".encode()
        plain = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={limit}",
            "Cookie": self.cookie,
            "X-Xsrftoken": self.token,
        }
        try:
            plain.request("PUT", f"/_stcore/upload_file/{self.session}/{file}", body, headers)
            answer = plain.getresponse()
            return answer.status, answer.read().decode(), file
        except (BrokenPipeError, ConnectionResetError):
            return 413, "refused before it was read", file
        finally:
            plain.close()


def process(port: int | None) -> Path:
    """The folder in /proc of the server on this port.

    Raises:
        RuntimeError: if there is none.
    """
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"--server.port={port}".encode() in command.read_bytes():
                return command.parent
        except OSError:
            continue
    raise RuntimeError("no server")


def weight(folder: Path) -> tuple[float, int]:
    """Resident memory in MB, and open descriptors, of a process by its folder in /proc."""
    found = re.search(r"VmRSS:\s+(\d+)", (folder / "status").read_text())
    return int(found[1]) / 1024 if found else 0.0, len(list((folder / "fd").iterdir()))
