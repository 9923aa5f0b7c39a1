"""The map: every site by kind and status, its passport beside it, the same as a table below."""

import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.reading.briefing import knowledge
from geodata.reading.passport import passport
from pages.parts.map import passport as passport_view
from pages.parts.map import view as map_view
from pages.parts.shared import controls, heading, listing, state, style
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


def beside(site: str) -> None:
    """Show the passport of a site."""
    st.html(style.PASSPORT)
    with st.container(key="passport"):
        st.button(
            _("Close the passport"),
            on_click=state.change,
            kwargs={"site": None},
            type="tertiary",
            icon=":material/close:",
        )
        for words in knowledge(data.known_at, entered_since(data, plan, view.as_of)):
            st.caption(words)
        passport_view.render(passport(site, data.sites, data.evidence, plan, view.as_of))


view, workspaces, data, plan = opened()

with st.sidebar:
    listing.search_box(data)
    controls.render(view, workspaces)
    listing.missing(data, view)
# Before the map: its shell then puts back the place that this takes out of the address.
state.write_address(view, today())
heading.render(data, view, plan)
left, right = style.beside(shown=view.site is not None)
with left:
    try:
        map_view.render(data, view, plan, on_map_event)
    except ModelError as error:
        st.error(plain(error))
if view.site:
    with right:
        beside(view.site)
st.caption(_("Click a site on the map or a row of the table to see its passport."))
listing.table(data, every_status(data, plan, view.as_of), view)
