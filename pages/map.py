"""The map: every site by kind and status, its passport beside it, the same as a table below."""

import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.reading.briefing import knowledge
from geodata.reading.passport import passport
from pages.parts.map import passport as passport_view
from pages.parts.map import view as map_view
from pages.parts.shared import controls, heading, listing, state
from pages.parts.shared.data import entered_since, every_status
from pages.parts.shared.opening import opened
from pages.parts.shared.words import plain, today


def on_map_event() -> None:
    """Take what was clicked on the map: a site, the ground, or a row of the legend."""
    event = st.session_state[map_view.KEY].event
    view = state.current(today())
    if "site" in event:
        state.change(site=event["site"])
    elif key := event.get("status"):
        state.change(statuses=() if view.statuses == (key,) else (key,))


def beside() -> None:
    """Show the passport of the chosen site."""
    st.html(passport_view.SHEET)
    with st.container(key="passport"):
        st.button(
            _("Close the passport"),
            on_click=state.change,
            kwargs={"site": None},
            type="tertiary",
            icon=":material/close:",
        )
        for words in knowledge(of.known_at, entered_since(of, plan, view.as_of)):
            st.caption(words)
        passport_view.show(passport(view.site, of.sites, of.evidence, plan, view.as_of))


view, workspaces, of, plan = opened()

with st.sidebar:
    listing.search_box(of)
    controls.show(view, workspaces)
    listing.missing(of, view)
# Before the map: its shell then puts back the place that this takes out of the address.
state.write_address(view, today())
heading.show(of, view, plan)
open_passport = view.site is not None
# The same two columns either way: the map keeps its place in the page and is not remounted.
left, right = st.columns([2.2, 1] if open_passport else [1, 0.0001], gap="small")
with left:
    try:
        map_view.show(of, view, plan, on_map_event)
    except ModelError as error:
        st.error(plain(error))
if open_passport:
    with right:
        beside()
st.caption(_("Click a site on the map or a row of the table to see its passport."))
listing.table(of, every_status(of, plan, view.as_of), view)
