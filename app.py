"""Entry of the app: access, language, navigation, the frame around every screen. No logic."""

import logging

import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import LANGUAGE, _
from geodata.reading.tokens import PANEL_PX
from pages.parts.shared import state, style
from pages.parts.shared.data import mode
from pages.parts.shared.private import only_named_screens
from pages.parts.shared.words import plain

TITLE = _("Sustainable production and consumption – Hậu Giang")


def main() -> None:
    """Show the screen that the address asks for, in its frame."""
    panel = PANEL_PX
    st.set_page_config(page_title=TITLE, page_icon="🗺️", layout="wide", initial_sidebar_state=panel)
    st.html(
        f"{style.FRAME}<script>document.documentElement.lang = '{LANGUAGE}'</script>",
        unsafe_allow_javascript=True,  # our own: the browser is told the texts' language
    )
    screens = [
        # Streamlit answers for the first screen at "/" alone, whatever path it is given.
        st.Page("pages/map.py", title=_("Map"), url_path="trang-dau", default=True),
        st.Page("pages/map.py", title=_("Map"), url_path="ban-do", visibility="hidden"),
        st.Page("pages/briefing.py", title=_("Briefing"), url_path="bao-cao"),
        st.Page("pages/gaps.py", title=_("Gaps"), url_path="khoang-trong"),
        st.Page("pages/visits.py", title=_("Next visits"), url_path="lich-den"),
        st.Page("pages/method.py", title=_("Method"), url_path="phuong-phap"),
        st.Page("pages/evidence.py", title=_("Evidence"), url_path="minh-chung"),
    ]
    try:
        if mode() == "steward":
            from pages import steward  # noqa: PLC0415 - a public server never loads what writes

            screens = steward.screens(screens)
        screen = st.navigation(screens, position="top")
        state.enter(screen.url_path)
        screen.run()
    except ModelError as error:
        st.error(plain(error))
    except Exception:
        logging.getLogger(__name__).exception("A screen failed")
        st.error(_("Something went wrong; the log of the server says what. Reload the page."))


if __name__ == "__main__":  # run anew for every reader and every choice
    main()
else:  # imported once by the server, before the first reader comes
    only_named_screens()
    app = st.App(__file__)
