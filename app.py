"""Entry of the app: access, language, navigation, the frame around every screen. No logic."""

import logging

import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import _, language
from geodata.reading.tokens import PANEL_PX
from pages.parts.server import metrics, served
from pages.parts.shared import bar, borrowed, heading, manners, state, style
from pages.parts.shared import language as readers
from pages.parts.shared.data import mode
from pages.parts.shared.private import StreamlitPage, only_named_screens, only_the_script_s_name
from pages.parts.shared.screens import SCREENS, PublicScreen
from pages.parts.shared.words import plain


def main() -> None:
    """Show the screen that the address asks for, in its frame."""
    readers.listen()
    panel, title = PANEL_PX, heading.name()
    st.set_page_config(page_title=title, page_icon="🗺️", layout="wide", initial_sidebar_state=panel)
    st.html(
        f"{style.FRAME}<script>document.documentElement.lang = '{language()}';"
        f"{manners.SCRIPT}{borrowed.script()}</script>",
        unsafe_allow_javascript=True,  # our own: the browser is told the texts' language
    )
    screens = [_screen(one, default=one is SCREENS[0]) for one in SCREENS]
    try:
        every = screens
        if mode() == "steward":
            from pages import steward  # noqa: PLC0415 - a public server never loads what writes

            every = steward.screens(screens)
        screen = st.navigation(every, position="hidden")
        state.enter(screen.url_path)
        if screens[0] in every:  # else nobody is signed in, and there is only the way in
            bar.render(screens, every[len(screens) :], screen)
        with metrics.timed(screen.url_path or "ban-do"):
            screen.run()
    except ModelError as error:
        st.error(plain(error))
    except Exception:
        logging.getLogger(__name__).exception("A screen failed")
        st.error(_("Something went wrong; the log of the server says what. Reload the page."))


def _screen(one: PublicScreen, *, default: bool) -> StreamlitPage:
    """Return a screen of everybody's as Streamlit has it."""
    icon = f":material/{one.icon}:"
    file, title = f"pages/{one.file}.py", _(one.title)
    return st.Page(file, title=title, icon=icon, url_path=one.path, default=default)


if __name__ == "__main__":  # run anew for every reader and every choice
    main()
else:  # imported once by the server, before the first reader comes
    only_named_screens()
    only_the_script_s_name()
    app = st.App(
        __file__,
        routes=served.routes(),
        middleware=served.middleware(),
        lifespan=served.lifespan,
    )
