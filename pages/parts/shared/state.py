"""The view of this session, kept in step with the address and the widgets.

The view is the only truth: widgets show it and change it, the address spells it.
Not here: what a view means (``geodata.reading.view``).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TypedDict, Unpack

import streamlit as st

from geodata.reading.address import from_query, to_query, unusable
from geodata.reading.view import View, settled, usual_day
from geodata.rules.plan import shipped
from pages.parts.shared import language
from pages.parts.shared.data import unit_frames

VIEW, ADDRESS, PROBLEMS, FOUND, SCREEN = "view", "address", "problems", "found", "screen"
OWN = "own_words"


class Choices(TypedDict, total=False):
    """Choices of a view, by the names they have there."""

    as_of: date
    known_at: date | None
    workspace: str
    axis: str
    paint: str | None
    kinds: tuple[str, ...]
    statuses: tuple[str, ...]
    unit: str | None
    vintage: str
    plan: int | None
    site: str | None
    compare: date | None
    slide: int | None
    area: str | None
    radius_km: float


def current(today: date) -> View:
    """Return the session's view, taken anew from the address when that is another one.

    So it is after Back and Forward, a link, or a change by hand.
    """
    address = st.query_params.to_dict()
    if VIEW not in st.session_state or address != st.session_state[ADDRESS]:
        codes = {vintage: frame.index for vintage, frame in unit_frames().items()}
        view, problems = from_query(address, today, shipped(), codes)
        st.session_state[VIEW] = view
        st.session_state[PROBLEMS] = problems
        st.session_state[ADDRESS] = address
    return _kept()


def _kept() -> View:
    """Return the view as it was last left."""
    view: View = st.session_state[VIEW]
    return view


def enter(screen: str) -> None:
    """Note which screen is shown, so that the way back to it has the words of its own."""
    st.session_state[SCREEN] = screen


def change(**to: Unpack[Choices]) -> None:
    """Change the view; choices that no longer make sense fall away."""
    old = _kept()
    st.session_state[VIEW] = settled(old, replace(old, **to), shipped())
    st.session_state[PROBLEMS] = []


def find(site: str) -> None:
    """Choose a site and have the map move to it, also the second time."""
    last = st.session_state.get(FOUND) or {"turn": 0}
    st.session_state[FOUND] = {"site": site, "turn": last["turn"] + 1}
    change(site=site)


def forget(name: str) -> View:
    """Give up a choice that the data at hand does not have, say so, and return the view."""
    view = _kept()
    st.session_state[PROBLEMS] = [*problems(), unusable(name, str(getattr(view, name)))]
    st.session_state[VIEW] = replace(view, **{name: getattr(View(as_of=view.as_of), name)})
    return _kept()


def looked_for(view: View) -> dict[str, object] | None:
    """Return the site last looked for and how many came before, while it is the one chosen."""
    last = st.session_state.get(FOUND)
    return last if last and last["site"] == view.site else None


def problems() -> list[str]:
    """Return what the address asked for and could not get."""
    return list(st.session_state.get(PROBLEMS, []))


def spelled(view: View, today: date) -> dict[str, str]:
    """Return the view, and the language it is read in, as words of an address."""
    return {**to_query(view, usual_day(shipped(), today)), **language.spelled()}


def words_of(screen: str, today: date) -> dict[str, str]:
    """Return the view, and a screen's own words as it was last left, for the way there."""
    own: dict[str, dict[str, str]] = st.session_state.setdefault(OWN, {})
    return {**spelled(current(today), today), **own.get(screen, {})}


def write_address(view: View, today: date, more: Mapping[str, str] = MappingProxyType({})) -> None:
    """Spell the view in the address, and `more` words of a screen's own."""
    address = {**spelled(view, today), **more}
    st.session_state.setdefault(OWN, {})[st.session_state.get(SCREEN)] = dict(more)
    if address != st.query_params.to_dict():
        st.query_params.from_dict(address)
    st.session_state[ADDRESS] = address
