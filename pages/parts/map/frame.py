"""The frame of every screen with a map: the panel at its left, the map, what is listed below.

On a phone the panel is a sheet at the foot of the screen. Not here: what stands in any of them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from geodata.reading.view import View
from geodata.rules.plan import Plan
from pages.parts.map import sheet
from pages.parts.shared import controls, heading, sharing, style
from pages.parts.shared.data import Data

LIST = "danh-sach"


@contextmanager
def panel(view: View) -> Iterator[None]:
    """Give the panel of a screen with a map."""
    st.html(style.MAP_SCREEN)
    st.html(style.PANEL)
    sheet.render()
    with st.sidebar:
        sheet.handle()
        head(view)
        yield


def head(view: View) -> None:
    """Say above all in the panel what this is, and what the address got wrong."""
    with st.container(key="title"):
        st.markdown(heading.title())
        heading.simulated(view)
    heading.problems()


def days(view: View, plan: Plan, *, map_too: bool = True) -> None:
    """Say in the panel which day is seen where it is an unusual one; as in `heading.days`."""
    with st.container(key="heading", gap=None):
        heading.days(view, plan, map_too=map_too)


def end(
    data: Data,
    view: View,
    plan: Plan,
    workspaces: Sequence[str],
    label: str,
    *,
    framed: bool = False,
) -> None:
    """Close the panel: the workspaces, on a phone the way to the list, and what is shown.

    `view` is that of the sites that the screen is about, `label` what the way is called; `framed`
    as in `sharing.render`.
    """
    controls.workspace(view, workspaces)
    with st.container(key="to_list"):
        st.markdown(f"[{label}](#{LIST})")
    facts(data, view, plan, framed=framed)


def facts(data: Data, view: View, plan: Plan, *, framed: bool = False) -> None:
    """Say at the foot of the panel what is shown, with the way to share it."""
    with st.container(key="facts"):
        st.markdown(heading.facts(data, view, plan))
    sharing.render(framed=framed)


@contextmanager
def below() -> Iterator[None]:
    """Give the place below the map, where the panel's way to the list ends."""
    with st.container(key="below"):
        st.html(f'<div id="{LIST}"></div>')
        yield


def brief(headline: str = "", detail: str = "") -> None:
    """Show an answer as one sentence, for a phone on which the panel is no sheet."""
    # Empty or not it stands there: what follows would else be drawn anew.
    with st.container(key="phone_answer", gap=None):
        if headline:
            st.markdown(f"**{headline}**")
            st.caption(detail)
