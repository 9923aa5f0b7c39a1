"""A presentation: one idea at a time in large type, moved by buttons or arrow keys.

Not here: the figures, or the slides of a file (``geodata.outputs``).
"""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from geodata.briefing import Briefing
from geodata.text import _
from pages.parts import board, heading, ranking
from pages.parts.state import change
from pages.parts.words import plain

# Nothing but the slide: no sidebar, no navigation, type for the back of the room.
STAGE = """<style>
[data-testid=stSidebar],[data-testid=stSidebarCollapsedControl],[data-testid=stExpandSidebarButton],
header[data-testid=stHeader]{display:none}
[data-testid=stMainBlockContainer]{padding:1.2rem 2.5rem}
[data-testid=stMarkdownContainer] :is(p,li){font-size:1.6rem;line-height:1.45}
[data-testid=stCaptionContainer] :is(p,li){font-size:1.2rem}
.stMarkdownBadge{font-size:1.3rem!important}
h3{font-size:2.4rem!important}h2{font-size:2.2rem!important}
</style>"""


class Slide(NamedTuple):
    """One idea: its title and what shows it."""

    title: str
    show: Callable[[], None]


def slides(briefing: Briefing, show_map: Callable[[], None]) -> list[Slide]:
    """Return the slides of a briefing: board, map, each finding, units, changes."""
    said = [
        Slide(_("Finding {n} of {total}").format(n=n, total=len(briefing.findings)), _saying(text))
        for n, text in enumerate(briefing.findings, 1)
    ]
    shown = [
        Slide(_("The seven targets"), lambda: board.show(briefing)),
        Slide(_("Where they are"), show_map),
        *said,
        Slide(_("Unit by unit"), lambda: ranking.chart(briefing)),
    ]
    if briefing.compared_to:
        shown.append(Slide(_("What changed"), lambda: ranking.changes(briefing)))
    return shown


def _saying(text: str) -> Callable[[], None]:
    return lambda: st.markdown(f"## {plain(text)}")


def present(briefing: Briefing, slide: int, show_map: Callable[[], None]) -> None:
    """Show the slide where the view stands, with the way on and back."""
    st.html(STAGE)
    deck = slides(briefing, show_map)
    at = min(slide, len(deck))
    st.markdown(f"## {deck[at - 1].title}")
    heading.simulated(briefing.view)
    deck[at - 1].show()
    back, on, out, where = st.columns([1, 1, 1, 4], vertical_alignment="center")
    with back:
        _move(_("Back"), "Left", at - 1, disabled=at == 1)
    with on:
        _move(_("Next"), "Right", at + 1, disabled=at == len(deck))
    with out:
        _move(_("End"), "Esc", None)
    where.caption(f"{at}/{len(deck)} · " + " · ".join(briefing.facts))


def _move(label: str, key: str, slide: int | None, *, disabled: bool = False) -> None:
    to = {"slide": slide}
    st.button(label, f"go_{key}", on_click=change, kwargs=to, shortcut=key, disabled=disabled)
