"""The bar above every screen: the way to each other one, with the view as it stands.

Streamlit's own bar leads to bare addresses: a change of screen then made two entries in the
browser's history, the first without the view, and a screen opened in a new tab began anew.
Not here: which screens there are (``app``, ``pages.steward``).
"""

from collections.abc import Iterable, Sequence

import streamlit as st

from geodata.core.text import _
from pages.parts.shared import language, state, style
from pages.parts.shared.private import StreamlitPage
from pages.parts.shared.words import today


def render(
    screens: Sequence[StreamlitPage], own: Sequence[StreamlitPage], screen: StreamlitPage
) -> None:
    """Show the way to the screens for everybody, and folded that to a steward's `own`."""
    st.html(style.BAR)
    with st.container(key="bar", horizontal=True, gap="small", vertical_alignment="center"):
        _ways(_once(screens, screen))
        if own:
            label = _("Data entry")
            if any(one.url_path == screen.url_path for one in own):
                label = f"**{label}**"  # as the others are lit
            with st.popover(label, icon=":material/edit_note:"):
                _ways(own)
        st.html(language.switch(state.words_of(screen.url_path, today())))


def _once(screens: Iterable[StreamlitPage], screen: StreamlitPage) -> list[StreamlitPage]:
    """Return one screen a title: the map has two addresses, and the one shown is lit.

    Else the way there is the address with a name: Streamlit writes none for the other, which
    in a new tab would lead to the screen one is on.
    """
    by_title: dict[str, StreamlitPage] = {}
    for one in screens:
        if one.title not in by_title or by_title[one.title].url_path != screen.url_path:
            by_title[one.title] = one
    return list(by_title.values())


def _ways(screens: Iterable[StreamlitPage]) -> None:
    for one in screens:
        words = state.words_of(one.url_path, today())
        st.page_link(one, label=one.title, icon=one.icon or None, query_params=words)
