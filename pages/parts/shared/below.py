"""Where a path of ours lies when the whole app is served below another one.

Not here: what answers there (``server.served``, ``map.served``).
"""

import streamlit as st


def below(path: str) -> str:
    """Return a path of ours, such as ``/healthz``, below ``server.baseUrlPath``."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path
