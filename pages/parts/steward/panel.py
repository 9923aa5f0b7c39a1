"""The panel of the stewards' screens: what waits for somebody, and the workspace.

Not here: what waits (``geodata.stewardship.history``), or the panel of everybody's screens.
"""

import os
from collections.abc import Sequence

import streamlit as st

from geodata import settings
from geodata.core.text import _, number
from geodata.intake import laid
from geodata.reading.answer import Bar
from geodata.reading.view import View
from geodata.register.ids import REAL
from geodata.stewardship import history
from pages.parts.shared import controls, heading, style
from pages.parts.shared.bullet import bullet
from pages.parts.shared.data import HOME, store
from pages.parts.shared.words import plain


def render(view: View, workspaces: Sequence[str], answer: tuple[str, Bar] | None = None) -> None:
    """Show in the panel how it stands: an answer of the screen's own, else how much waits."""
    st.html(style.PANEL)
    with st.sidebar:
        with st.container(key="title"):
            st.markdown(heading.title())
        with st.container(key="answer", gap=None):
            if answer:
                st.markdown(f"### {plain(answer[0])}")
                st.html(bullet(answer[1], answer[0]))
            else:
                _waiting(view)
        controls.workspace(view, workspaces)


def _waiting(view: View) -> None:
    """Say how many entries the public does not see yet, and which version it sees."""
    waits = history.unpublished(store().journal(view.workspace))
    headline = _("{n} entries wait to be published").format(n=number(len(waits)))
    if waits.empty:
        headline = _("Nothing waits to be published")
    st.markdown(f"### {headline}")
    version = store().version(view.workspace, published=True)
    st.caption(_("The public sees version {version}.").format(version=version))
    if waiting := _reports():
        st.caption(_("{n} reports from the public wait for an answer").format(n=number(waiting)))


def _reports() -> int:
    """Return how many reports wait, those included that nobody has taken in."""
    folder = settings.load(os.environ, HOME).spool
    kept = sum(one.waiting for one in store().reported(REAL).values())
    return kept + (len(laid.names(folder)) if folder else 0)
