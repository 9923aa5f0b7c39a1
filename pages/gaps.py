"""Gaps: who has not been reached, how far each unit is from the target, what lies in an area."""

import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.geography import selection
from geodata.reading.address import unusable
from pages.parts.gaps import area as area_view
from pages.parts.gaps import data as gap_data
from pages.parts.gaps import lapsing as lapsing_view
from pages.parts.gaps import map as gap_map
from pages.parts.gaps import nearby as nearby_view
from pages.parts.gaps import table as gap_table
from pages.parts.gaps import worklist as worklist_view
from pages.parts.map import beside
from pages.parts.map import view as map_view
from pages.parts.shared import controls, field_sheets, find, heading, state, style
from pages.parts.shared import undecided as undecided_view
from pages.parts.shared.opening import opened
from pages.parts.shared.words import plain, today


def on_map_event() -> None:
    """Take what was done on the map: an area drawn, a site, or a row of the legend clicked."""
    event = st.session_state[gap_map.KEY].event
    seen = state.current(today())
    if "area" in event:
        take_area(event["area"])
    elif "site" in event:
        state.change(site=event["site"])
    elif keys := gap_data.asked_for(event, seen.axis):
        state.change(statuses=() if seen.statuses == keys else keys)


def take_area(drawn: object) -> None:
    """Take an area drawn on the map into the view, or say that it is none."""
    try:
        area = selection.spelled(selection.read(str(drawn))) if drawn else None
    except ValueError:
        st.session_state[state.PROBLEMS] = [unusable("area", str(drawn))]
    else:
        state.change(area=area)


view, workspaces, data, plan = opened()
kinds, reasons = gap_data.kinds(plan, view.axis), gap_data.reasons(view.axis)

find.render(data, view, plan, here=("site", "unit"))
with st.sidebar:
    controls.render(view, workspaces, kinds, reasons)
    radius_km = st.number_input(
        _("Radius around a site, km"), min_value=0.1, max_value=100.0, value=5.0, step=0.5
    )
# Before the map: its shell then puts back the place that this takes out of the address.
state.write_address(view, today())
heading.render(data, gap_data.narrowed(plan, view), plan, map_too=False)
gaps = gap_data.gaps(data, plan, view, radius_km)

st.html(style.GAP_MAP)
gap_table.finding(gaps, view)
gap_table.vintages(view)
with st.container(key="gap_map"):
    try:
        map_view.render(
            data,
            gap_map.looked_at(plan, view),
            plan,
            on_map_event,
            key=gap_map.KEY,
            more=gap_map.payload(data, plan, gaps, view),
        )
    except ModelError as error:
        st.error(plain(error))
area_view.by_hand(data, view, radius_km)
facts = gap_data.facts(data, plan, view)
area_view.render(data, gaps, view, facts)
nearby_view.render(data, gaps, view)
gap_table.render(gaps, view, facts)
worklist_view.render(data, gaps, view, facts)
if len(gaps.left):
    field_sheets.offer(list(gaps.left.index), data, plan, view.as_of, key="gaps")
undecided_view.render(gaps, view, facts)
lapsing_view.render(data, gaps, view, facts)
if view.site:
    beside.render(view.site, data, view, plan)
