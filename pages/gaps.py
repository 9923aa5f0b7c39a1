"""Gaps: who has not been reached, how far each unit is from the target, what lies in an area."""

import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.geography import selection
from geodata.reading.address import unusable
from pages.parts.gaps import answer as gap_answer
from pages.parts.gaps import area as area_view
from pages.parts.gaps import data as gap_data
from pages.parts.gaps import lapsing as lapsing_view
from pages.parts.gaps import map as gap_map
from pages.parts.gaps import nearby as nearby_view
from pages.parts.gaps import table as gap_table
from pages.parts.gaps import worklist as worklist_view
from pages.parts.map import beside, frame
from pages.parts.map import view as map_view
from pages.parts.shared import controls, field_sheets, find, sorted_list, state
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
    elif "statuses" in event:
        state.change(statuses=gap_data.asked_for(event, seen.axis))


def take_area(drawn: object) -> None:
    """Take an area drawn on the map into the view, or say that it is none."""
    try:
        area = selection.spelled(selection.read(str(drawn))) if drawn else None
    except ValueError:
        st.session_state[state.PROBLEMS] = [unusable("area", str(drawn))]
    else:
        state.change(area=area)


view, workspaces, data, plan = opened()
words = sorted_list.words()
gaps = gap_data.gaps(data, plan, view)
find.render(data, view, plan, here=("site", "unit"))
with frame.panel(view):
    for problem in sorted_list.problems():
        st.warning(plain(problem))
    gap_answer.render(gaps, view)
    controls.axis(view)
    gap_answer.vintages(view)
    gap_answer.furthest(gaps)
    area_view.in_short(gaps, view)
    frame.days(view, plan, map_too=False)
    controls.narrowing(view, gap_data.kinds(plan, view.axis), gap_data.reasons(view.axis))
    area_view.radius(view)
    label = _("The list of what is missing")
    frame.end(data, gap_data.narrowed(plan, view), plan, workspaces, label)
# Before the map: its shell then puts back the place that this takes out of the address.
state.write_address(view, today(), words)
gap_answer.brief(gaps, view)
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
with frame.below():
    facts = gap_data.facts(data, plan, view)
    area_view.render(data, gaps, view, facts)
    area_view.by_hand(data, view)
    nearby_view.render(data, gaps, view)
    gap_table.render(gaps, view, facts)
    worklist_view.render(data, gaps, view, facts)
    if len(gaps.left):
        field_sheets.offer(list(gaps.left.index), data, plan, view.as_of, key="gaps")
    undecided_view.render(gaps, view, facts)
    lapsing_view.render(data, gaps, view, facts)
if view.site:
    beside.render(view.site, data, view, plan)
