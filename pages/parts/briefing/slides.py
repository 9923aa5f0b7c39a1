"""A presentation: one idea at a time in large type, moved by buttons or arrow keys.

Not here: the figures, or the slides of a file (``geodata.outputs``).
"""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
import streamlit as st

from geodata.core.text import _
from geodata.reading.briefing import Briefing
from geodata.reading.view import View
from geodata.rules.plan import Plan
from pages.parts.briefing import board, changes, linked, ranking
from pages.parts.shared import heading, style
from pages.parts.shared.data import Data
from pages.parts.shared.state import change
from pages.parts.shared.words import plain


class Slide(NamedTuple):
    """One idea: its title and what shows it."""

    title: str
    render: Callable[[], None]


def slides(briefing: Briefing, evidence: pd.DataFrame, show_map: Callable[[], None]) -> list[Slide]:
    """Return the slides of a briefing: board, map, each finding, units, changes."""
    sentences = [
        Slide(_("Finding {n} of {total}").format(n=n, total=len(briefing.findings)), _saying(text))
        for n, text in enumerate(briefing.findings, 1)
    ]
    shown = [
        Slide(_("The seven targets"), lambda: board.drawn(briefing)),
        Slide(_("Where they are"), show_map),
        *sentences,
        Slide(board.target_title(briefing.result), lambda: ranking.chart(briefing)),
    ]
    if briefing.compared_to:
        shown.append(Slide(_("What changed"), lambda: changes.slide(briefing, evidence)))
    return shown


def _saying(text: str) -> Callable[[], None]:
    """Return what shows a sentence in the middle of a slide."""

    def render() -> None:
        with st.container(key="saying"):
            st.markdown(f"### {plain(text)}")

    return render


def present(data: Data, plan: Plan, briefing: Briefing, view: View) -> None:
    """Show the slide where the view stands, with the way on and back."""
    st.html(style.BRIEFING)
    st.html(style.SLIDES)
    slide = view.slide or 1

    def show_map() -> None:
        linked.render(data, view, plan, briefing)

    deck = slides(briefing, data.evidence, show_map)
    at = min(slide, len(deck))
    with st.container(key="slide"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"## {deck[at - 1].title}")
            heading.simulated(briefing.view)
        deck[at - 1].render()
    with st.container(key="moves", horizontal=True, vertical_alignment="center"):
        _move(_("Back"), "Left", at - 1, disabled=at == 1)
        _move(_("Next"), "Right", at + 1, disabled=at == len(deck))
        _move(_("End"), "Esc", None)
        st.caption(f"{at}/{len(deck)} · " + " · ".join(briefing.facts))


def _move(label: str, key: str, slide: int | None, *, disabled: bool = False) -> None:
    to = {"slide": slide}
    st.button(label, f"go_{key}", on_click=change, kwargs=to, shortcut=key, disabled=disabled)
