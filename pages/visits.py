"""The next visits: where N events reach most of the sites still open, why there, and how good."""

import streamlit as st

from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.planning.scenario import Scenario
from geodata.planning.words import to_words
from pages.parts.gaps import data as gap_data
from pages.parts.map import frame
from pages.parts.map import view as map_view
from pages.parts.shared import controls, find, state, style
from pages.parts.shared.opening import opened
from pages.parts.shared.words import plain, today
from pages.parts.visits import choices as visit_choices
from pages.parts.visits import compare as visit_compare
from pages.parts.visits import data as visit_data
from pages.parts.visits import map as visit_map
from pages.parts.visits import replication as replication_view
from pages.parts.visits import result as visit_result
from pages.parts.visits import solving as visit_solving
from pages.parts.visits import state as visit_state


def on_map_event() -> None:
    """Take what was done on the map: a point of one's own, or a row of the legend clicked."""
    event = st.session_state[visit_map.KEY].event
    seen = state.current(today())
    if "place" in event:
        visit_choices.add_point(*map(float, event["place"]))
    elif event.get("site"):
        st.session_state[visit_result.WHY_NOT] = event["site"]
    elif "statuses" in event:
        state.change(statuses=gap_data.asked_for(event, seen.axis))


def solved(scenario: Scenario) -> visit_solving.Job:
    """Return the job that answers a scenario for the sites of the view."""
    asked = visit_data.asked(data, plan, view, with_open=scenario.undecided)
    return visit_solving.job(visit_data.prepared(data, asked, scenario), asked)


def question() -> visit_solving.Job | None:
    """Show the answer and, below it, what is asked; return the job that answers."""
    answer = st.container()  # it comes first and is known last
    visit_choices.render(wanted, kinds)
    about = visit_data.asked(data, plan, view, with_open=wanted.undecided)
    visit_choices.undecided(wanted, about.undecided)
    visit_result.nobody(about, wanted)
    if not len(about.open):
        return None
    try:
        ready = visit_data.prepared(data, about, wanted)
    except ModelError as error:
        st.error(plain(error))
        return None
    visit_result.settled(wanted, ready)
    job = visit_solving.job(ready, about)
    with answer:
        if job.error:
            st.error(plain(job.error))
        visit_result.finding(job)
        visit_solving.progress(job)
    visit_result.picks(job, view.axis)
    visit_result.why_not(job)
    visit_result.notes(job)
    return job


view, workspaces, data, plan = opened()
wanted = visit_state.current()
kinds, open_statuses = gap_data.kinds(plan, view.axis), gap_data.reasons(view.axis)
find.render(data, view, plan, here=("unit",))
with frame.panel(view):
    st.html(style.VISITS)
    for problem in visit_state.problems():
        st.warning(plain(problem))
    job = question()
    controls.axis(view)
    frame.days(view, plan, map_too=False)
    controls.narrowing(view, kinds, open_statuses)
    label = _("How many venues, field sheets, scenarios")
    frame.end(data, gap_data.narrowed(plan, view), plan, workspaces, label)
# Before the map: its shell then puts back the place that this takes out of the address.
state.write_address(view, today(), to_words(wanted))
visit_result.brief(job)
answered = (job.ready, job.choice) if job and job.choice else None
try:
    map_view.render(
        data,
        visit_map.looked_at(plan, view),
        plan,
        on_map_event,
        key=visit_map.KEY,
        pick={"at": None} if st.session_state.get(visit_choices.ADDING) else None,
        more=visit_map.payload(data, plan, view, answered),
    )
except ModelError as error:
    st.error(plain(error))
with frame.below():
    if job:
        st.subheader(_("How many venues?"), anchor=False)
        visit_result.curve(job)
        visit_result.sheets(job, data, plan, view.as_of)
    visit_solving.leave(job, visit_compare.render(job, wanted, solved))
    replication_view.render(data, plan, view)
