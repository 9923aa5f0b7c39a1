"""The answer above the choices of the map: how what its colours say stands, with a bar.

Not here: what it says (``geodata.reading.answer``, ``geodata.reading.inventory``).
"""

from dataclasses import replace
from datetime import date

import streamlit as st

from geodata.core.text import _, number
from geodata.reading import glossary, inventory
from geodata.reading.answer import MapAnswer, answer
from geodata.reading.labels import target_name
from geodata.reading.view import View
from geodata.rules.plan import Plan
from pages.parts.map import frame
from pages.parts.map.view import entries_on
from pages.parts.shared.bullet import bullet
from pages.parts.shared.data import Data, target_on
from pages.parts.shared.state import spelled
from pages.parts.shared.terms import explained
from pages.parts.shared.words import plain, today

EVIDENCE = "pages/evidence.py"


def painted(data: Data, view: View) -> str:
    """Return what the colours of the map say: one of `view.PAINTS`."""
    return inventory.painted(view, _known(data, view.as_of), len(data.register))


def render(data: Data, view: View, plan: Plan, paint: str) -> None:
    """Show the answer to what colours say, of all sites whatever is chosen."""
    given = _given(data, view, plan, paint)
    with st.container(key="answer", gap=None):
        if given is None:
            st.markdown(_("**No site belongs to the denominator of this target yet.**"))
        else:
            _figure(given)
    if paint != "kinds":
        words = _("{x}/{sites} sites have public evidence")
        counts = {"x": number(_known(data, view.as_of)), "sites": number(len(data.register))}
        to_records(words.format(**counts), view)


def brief(data: Data, view: View, plan: Plan, paint: str) -> None:
    """Show the answer where there is no room for the panel."""
    given = _given(data, view, plan, paint)
    frame.brief(*((given.headline, plain(given.detail)) if given else ()))


def to_records(label: str, view: View) -> None:
    """Show the way to the records."""
    st.page_link(
        EVIDENCE,
        label=label,
        icon=":material/description:",
        query_params=spelled(replace(view, site=None), today()),
    )


def _given(data: Data, view: View, plan: Plan, paint: str) -> MapAnswer | None:
    if paint == "kinds":
        return inventory.answer(_known(data, view.as_of), len(data.register))
    return answer([target_on(view.axis, data, plan, view.as_of)], view.axis)


def _figure(given: MapAnswer) -> None:
    if given.target:
        st.caption(f"{given.target} · {target_name(given.target)}")
    st.markdown(f"### {given.headline}")
    st.html(bullet(given.bar, f"{given.headline}; {given.detail}"))
    terms = glossary.FIGURES if given.target else ("site", "evidence", "no_data")
    st.caption(plain(given.detail), help=explained(*terms))


def _known(data: Data, as_of: date) -> int:
    """Return how many sites have public evidence up to a day."""
    return inventory.known(entries_on(data, as_of))
