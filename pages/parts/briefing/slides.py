"""A talk on the screen: the slides of the deck, led by keys, a clicker or a finger.

All slides stand in the page at once, so that going on asks nothing of the server. Not here: what
they say (``geodata.outputs.briefing.deck``), or their markup (``pictures``).
"""

from pathlib import Path

import streamlit as st

from geodata.core.text import _
from geodata.outputs.briefing.deck import Everywhere, deck
from geodata.outputs.briefing.wording import watermark
from geodata.reading.briefing import Briefing
from geodata.reading.view import View
from geodata.rules.plan import Plan
from pages.parts.briefing import linked, pictures
from pages.parts.shared import state, style
from pages.parts.shared.data import Data
from pages.parts.shared.words import today

KEY, LEFT_AT = "talk_lead", "talk_left_at"
_HERE = Path(__file__)
_lead = st.components.v2.component(
    "hau_giang_talk",
    html=_HERE.with_name("talk.html").read_text("utf-8"),
    css=_HERE.with_name("talk.css").read_text("utf-8"),
    js=_HERE.with_name("talk.js").read_text("utf-8"),
)


def begin() -> None:
    """Begin to present, where it was last left."""
    state.change(slide=st.session_state.get(LEFT_AT, 1))


def leave(at: int) -> None:
    """Stop presenting at a slide, to go on there another time."""
    state.current(today())  # the slide in the address has moved on without this session
    st.session_state[LEFT_AT] = at
    state.change(slide=None)


def present(data: Data, plan: Plan, briefing: Briefing, view: View) -> None:
    """Show the slides, and what leads through them."""
    every = deck(briefing)
    at = min(view.slide or 1, len(every))
    mark = watermark() if briefing.simulated else ""
    st.html(style.BRIEFING + style.SLIDES + style.seen_slide(at, len(every)))
    with st.container(key="talk"):
        _lead(
            key=KEY,
            data={
                "at": at,
                "total": len(every),
                "facts": " · ".join(briefing.facts),
                "names": _words(),
            },
            on_leave_change=lambda: leave(int(st.session_state[KEY].leave)),
        )
        for n, one in enumerate(every, 1):
            with st.container(key=f"slide_{n}", gap=None):
                if isinstance(one.picture, Everywhere):
                    linked.render(data, view, plan, briefing, large=True)
                st.html(pictures.slide(one, mark))


def _words() -> dict[str, str]:
    """Return what the buttons are called."""
    return {
        "back": _("Back"),
        "on": _("Next"),
        "notes": _("Notes"),
        "black": _("Black"),
        "full": _("Full screen"),
        "end": _("End"),
    }
