"""Entry of the app: language, navigation, the frame around every screen. No logic."""

import logging

import streamlit as st

from geodata.errors import ModelError
from geodata.text import LANGUAGE, _
from pages.parts import state
from pages.parts.words import plain

TITLE = _("Sustainable production and consumption – Hậu Giang")

st.set_page_config(page_title=TITLE, page_icon="🗺️", layout="wide")
st.html(
    "<style>"
    "[data-testid=stMainBlockContainer]{padding:4.4rem 1.4rem 2rem}"
    "h3,p{overflow-wrap:anywhere}"
    "</style>"
    f"<script>document.documentElement.lang = '{LANGUAGE}'</script>",
    unsafe_allow_javascript=True,  # our own line: the browser is told the language of the texts
)
# The paths differ from the files' names: a path that names a file in pages/ would run that
# file alone, without this frame, on a server that has just started.
screens = [
    st.Page("pages/map.py", title=_("Map"), url_path="ban-do", default=True),
    st.Page("pages/briefing.py", title=_("Briefing"), url_path="bao-cao"),
    st.Page("pages/method.py", title=_("Method"), url_path="phuong-phap"),
]
try:
    screen = st.navigation(screens, position="top")
    state.enter(screen.url_path)
    screen.run()
except ModelError as error:
    st.error(plain(error))
except Exception:
    logging.getLogger(__name__).exception("A screen failed")
    st.error(_("Something went wrong; the log of the server says what. Reload the page."))
