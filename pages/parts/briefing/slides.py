"""A presentation: one idea at a time in large type, moved by buttons or arrow keys.

Not here: the figures, or the slides of a file (``geodata.outputs``).
"""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from geodata.core.text import _
from geodata.reading.briefing import Briefing
from pages.parts.briefing import board, ranking
from pages.parts.shared import heading
from pages.parts.shared.state import change
from pages.parts.shared.words import plain

# Nothing but the slide. All sizes follow the screen (--u is 16 px at 1600 × 900), so that a slide
# fits without scrolling; only on a phone held upright a long one is scrolled. The way on stays.
STAGE = """<style>
:root{--u:clamp(9px,min(1vw,1.78vh),28px);--bar:calc(3.8*var(--u));--side:calc(2.4*var(--u));
--room:calc(100vh - 11.4*var(--u));--map-height:var(--room)}
[data-testid=stSidebar],[data-testid=stSidebarCollapsedControl],[data-testid=stExpandSidebarButton],
header[data-testid=stHeader]{display:none}
[data-testid=stMainBlockContainer]{padding:calc(1.4*var(--u)) var(--side) var(--bar)}
.st-key-slide,.st-key-slide [data-testid=stVerticalBlock]{gap:calc(.7*var(--u))}
.st-key-slide [data-testid=stMarkdownContainer]{margin-bottom:0}
.st-key-slide [data-testid=stMarkdownContainer] :is(p,li){
font-size:calc(1.4*var(--u));line-height:1.35;margin:0}
.st-key-slide [data-testid=stCaptionContainer] :is(p,li){
font-size:calc(1.15*var(--u));line-height:1.3}
.st-key-slide .stMarkdownBadge{font-size:calc(1.4*var(--u))!important}
.st-key-slide h2{font-size:calc(2.2*var(--u))!important;padding:0}
.st-key-slide h3{font-size:calc(2.5*var(--u))!important;padding:0}
.st-key-slide table :is(th,td){
font-size:calc(1.5*var(--u));padding:calc(.5*var(--u)) calc(.6*var(--u))}
.st-key-saying{min-height:var(--room);justify-content:center}
.st-key-saying h3{font-size:calc(3.6*var(--u))!important;line-height:1.4;margin:0 auto;
max-width:34em}
.st-key-moves{position:fixed;left:0;right:0;bottom:0;z-index:9;background:#fff;overflow:hidden;
height:var(--bar);padding:0 var(--side);border-top:1px solid #cbd2d9;align-content:center}
.st-key-moves p{font-size:max(12px,var(--u));margin:0}
.st-key-moves [data-testid=stMarkdownContainer]{margin-bottom:0}
.st-key-moves button{min-height:0;height:calc(2.6*var(--u))}
@media (max-width:640px){:root{--u:10px;--bar:56px;--side:12px;--room:calc(100vh - 192px)}
.st-key-moves button{height:36px}.st-key-moves [data-testid=stCaptionContainer]{display:none}
.st-key-saying h3{font-size:1.7rem!important}}
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
        Slide(_("The seven targets"), lambda: board.cards(briefing)),
        Slide(_("Where they are"), show_map),
        *said,
        Slide(board.target_title(briefing.result), lambda: ranking.chart(briefing, tall=True)),
    ]
    if briefing.compared_to:
        shown.append(Slide(_("What changed"), lambda: ranking.moves(briefing)))
    return shown


def _saying(text: str) -> Callable[[], None]:
    """Return what shows a sentence in the middle of a slide."""

    def show() -> None:
        with st.container(key="saying"):
            st.markdown(f"### {plain(text)}")

    return show


def present(briefing: Briefing, slide: int, show_map: Callable[[], None]) -> None:
    """Show the slide where the view stands, with the way on and back."""
    st.html(STAGE)
    deck = slides(briefing, show_map)
    at = min(slide, len(deck))
    with st.container(key="slide"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"## {deck[at - 1].title}")
            heading.simulated(briefing.view)
        deck[at - 1].show()
    with st.container(key="moves", horizontal=True, vertical_alignment="center"):
        _move(_("Back"), "Left", at - 1, disabled=at == 1)
        _move(_("Next"), "Right", at + 1, disabled=at == len(deck))
        _move(_("End"), "Esc", None)
        st.caption(f"{at}/{len(deck)} · " + " · ".join(briefing.facts))


def _move(label: str, key: str, slide: int | None, *, disabled: bool = False) -> None:
    to = {"slide": slide}
    st.button(label, f"go_{key}", on_click=change, kwargs=to, shortcut=key, disabled=disabled)
