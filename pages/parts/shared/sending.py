"""How large a file may be that somebody sends up: one number, for the server and what screens say.

It is Streamlit's ``server.maxUploadSize``, less for strangers and where no reader takes so much.
Not here: refusing what is larger (``server.uploads``, Streamlit), or what a file must be.
"""

import streamlit as st

from pages.parts.server.uploads import LARGEST_MB
from pages.parts.shared.data import mode

_MB = 1024 * 1024


def most_mb(readable: int) -> int:
    """Return how many megabytes a file may have, where a reader takes so many bytes at most."""
    allowed = LARGEST_MB if mode() == "public" else int(st.get_option("server.maxUploadSize"))
    return max(1, min(allowed, readable // _MB))
