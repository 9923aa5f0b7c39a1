"""The map alone, as another page shows it in a frame: ``?embed=1``.

Not here: the map (``view``), or whose pages may frame it (``server.guard``).
"""

from html import escape
from urllib.parse import parse_qs, urlencode

import streamlit as st

from geodata.core.text import _
from geodata.reading.view import View
from pages.parts.shared import state, style
from pages.parts.shared.private import query_now
from pages.parts.shared.words import today


def asked() -> bool:
    """Say whether the address asks for the map alone; ``true`` is Streamlit's own word for it."""
    return parse_qs(query_now() or "").get("embed", [""])[-1] in ("1", "true")


def frame(view: View) -> None:
    """Take away all around the map but the way to the whole of it, in a window of its own."""
    query = escape(urlencode(state.spelled(view, today())))
    label = escape(_("Open the whole map"))
    st.html(f'{style.EMBED}<a class="hg-whole" href="?{query}" target="_blank">{label}</a>')
