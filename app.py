"""Entry of the app: language, navigation, the frame around every screen. No logic."""

import streamlit as st

from geodata.text import _

TITLE = _("Sustainable production and consumption – Hậu Giang")

st.set_page_config(page_title=TITLE, page_icon="🗺️", layout="wide")
st.html(
    "<style>"
    "[data-testid=stMainBlockContainer]{padding:4.4rem 1.4rem 2rem}"
    "h3,p{overflow-wrap:anywhere}"
    "</style>"
)
screens = [
    st.Page("pages/map.py", title=_("Map"), url_path="map", default=True),
    st.Page("pages/method.py", title=_("Method"), url_path="method"),
]
st.navigation(screens, position="top").run()
