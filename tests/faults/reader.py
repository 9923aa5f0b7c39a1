"""A reader without a browser: what a page of the app does by its socket, and no more."""

import json
import resource
from contextlib import contextmanager
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PATIENCE_S = 120


class Reader:
    """One session; ``session`` is its number, by which a page comes back to it."""

    def __init__(self, socket):
        self._socket = socket
        self.session = ""

    def opens(self, query):
        """Have the screen of an address made; return the state that the map is told."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        self._socket.send(asked.SerializeToString())
        state = None
        while True:
            message = ForwardMsg.FromString(self._socket.recv(PATIENCE_S))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id
            elif kind == "delta":
                component = message.delta.new_element.bidi_component
                if component.component_name == "hau_giang_map":
                    state = json.loads(component.json)["state"]
            elif kind == "script_finished":
                return state


@contextmanager
def reading(server, session="none"):
    """Open a server's socket, as a new reader or as the page of a session that was cut off."""
    url = f"{server.url.replace('http', 'ws')}_stcore/stream"
    words = ["streamlit", "none", session]
    with connect(url, subprotocols=words, max_size=None, proxy=None) as socket:
        yield Reader(socket)


def memory_mb(server):
    """Return how much memory the process of a server has now."""
    pages = Path(f"/proc/{server._process.pid}/statm").read_text().split()[1]
    return int(pages) * resource.getpagesize() / 1024**2
