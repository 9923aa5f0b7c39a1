"""The map: every site by kind and status, its passport beside it, the same as a table below."""

import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.reading.view import statuses
from geodata.register.sites import KINDS
from pages.parts.map import answer, beside, embedded, frame, recent, report
from pages.parts.map import time as map_time
from pages.parts.map import unit as unit_view
from pages.parts.map import view as map_view
from pages.parts.shared import controls, find, listing, state
from pages.parts.shared.data import every_status, unit_frames
from pages.parts.shared.opening import opened
from pages.parts.shared.words import plain, today


def on_map_event() -> None:
    """Take what was clicked on the map: a site, a unit, the ground, or a row of the legend."""
    event = st.session_state[map_view.KEY].event
    view = state.current(today())
    if map_time.took(event):
        return
    if "unit" in event:
        units = unit_frames()[view.units_of].index
        state.change(unit=event["unit"] if event["unit"] in units else None, site=None)
    elif "site" in event:
        state.change(site=event["site"])
    elif "statuses" in event:
        state.change(statuses=tuple(event["statuses"]))
    elif "kinds" in event:
        state.change(kinds=tuple(event["kinds"]))


view, workspaces, data, plan = opened()

paint = answer.painted(data, view)
if embedded.asked():
    embedded.frame(view)
    state.write_address(view, today())
    map_view.render(data, view, plan, on_map_event, paint=paint, more={"folded": True})
    st.stop()
report.asked(view)
find.render(data, view, plan, here=("site", "unit", "kind"))
with frame.panel(view):
    if view.unit:
        unit_view.render(data, view, plan)
    else:
        answer.render(data, view, plan, paint)
    controls.paint(view, paint)
    if paint == "kinds":
        recent.render(data, view, plan)
    frame.days(view, plan)
    controls.narrowing(view, KINDS, statuses(view.axis) if paint == "statuses" else ())
    listing.missing(data, view)
    frame.end(data, view, plan, workspaces, _("The same sites as a table"), framed=True)
# Before the map: its shell then puts back the place that this takes out of the address.
state.write_address(view, today())
answer.brief(data, view, plan, paint)
try:
    more = {
        "time": map_time.offered(data, view, paint),
        "about": unit_view.on_units(data, view, plan, paint),
        "near": True,
    }
    map_view.render(data, view, plan, on_map_event, paint=paint, more=more)
except ModelError as error:
    st.error(plain(error))
with frame.below():
    st.caption(_("Click a site on the map or a row of the table to see its passport."))
    listing.table(data, every_status(data, plan, view.as_of), view)
if view.site:
    beside.render(view.site, data, view, plan)
