"""The panel as a sheet at the foot of a phone's screen: the bar it is pulled by, and its script.

Not here: what stands in it (``pages.map``, ``beside``), how it looks (``shared.style``).
"""

import html
from pathlib import Path

import streamlit as st

from geodata.core.text import _
from pages.parts.shared import style

SCRIPT = Path(__file__).with_name("sheet.js").read_text("utf-8")


def render() -> None:
    """Make the panel of this screen a sheet on a phone."""
    # Our own: without it the panel stays the drawer that it is elsewhere.
    st.html(f"{style.SHEET}<script>{SCRIPT}</script>", unsafe_allow_javascript=True)


def handle() -> None:
    """Show the bar that the sheet is pulled by, where there is a sheet."""
    label = html.escape(_("More or less of the panel; arrow keys, or pull"))
    st.html(
        f'<button type="button" class="hg-handle" aria-label="{label}" aria-expanded="false">'
        "</button>"
    )
