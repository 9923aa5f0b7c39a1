"""The map: every site by kind and status, its passport beside it, the same as a table below."""

import streamlit as st

from geodata.errors import ModelError
from geodata.passport import passport
from geodata.plan import in_force, shipped
from geodata.text import _, day, number
from geodata.view import plan_of, within
from pages.parts import controls, listing, map_view, passport_view, state
from pages.parts.data import data, status, store
from pages.parts.words import today

TITLE = _("Sustainable production and consumption – Hậu Giang")


def on_map_event() -> None:
    """Take what was clicked on the map: a site, the ground, or a row of the legend."""
    event = st.session_state[map_view.KEY].event
    view = state.current(today())
    if "site" in event:
        state.change(site=event["site"])
    elif key := event.get("status"):
        state.change(statuses=() if view.statuses == (key,) else (key,))


def heading() -> None:
    """Say what is shown: data, plan, date – and that it is simulated, if it is."""
    words = _(
        "**{n} sites** · plan {decision} ({year}) · as of **{as_of}** · data version {version}"
    )
    line = words.format(
        n=number(len(within(of.sites, view))),
        decision=plan.decision,
        year=plan.year,
        as_of=day(view.as_of),
        version=of.version,
    )
    if view.plan is None and in_force(shipped(), view.as_of) is None:
        line += " · " + _("no plan is in force on this date, the latest one is shown")
    if of.withheld:
        line += " · " + _("{n} sites are not public").format(n=number(of.withheld))
    st.markdown(f"#### {TITLE}\n{line}")
    if view.workspace == "simulated":
        invented = _("SIMULATED DATA – invented sites and statuses, not real figures")
        st.markdown(f":orange-background[**{invented}**]")
    for problem in state.problems():
        st.warning(problem)


def beside() -> None:
    """Show the passport of the chosen site."""
    st.button(
        _("Close the passport"),
        on_click=state.change,
        kwargs={"site": None},
        type="tertiary",
        icon=":material/close:",
    )
    passport_view.show(passport(view.site, of.sites, of.evidence, plan, view.as_of))


try:
    view = state.current(today())
    workspaces = store().workspaces()
    if view.workspace not in workspaces:
        view = state.forget("workspace")
    of = data(view.workspace)
    if view.site and view.site not in of.sites.index:
        view = state.forget("site")
    plan = plan_of(view, shipped())
    statuses = status(of, plan, view.as_of)
except ModelError as error:
    st.error(str(error))
    st.stop()

with st.sidebar:
    listing.search_box(of)
    controls.show(view, workspaces)
    listing.missing(of, view)
# Before the map: its shell then puts back the place that this takes out of the address.
state.write_address(view, today())
heading()
open_passport = view.site is not None
# The same two columns either way: the map keeps its place in the page and is not remounted.
left, right = st.columns([2.2, 1] if open_passport else [1, 0.0001], gap="small")
with left:
    try:
        map_view.show(of, view, plan, on_map_event)
    except ModelError as error:
        st.error(str(error))
if open_passport:
    with right:
        beside()
st.caption(_("Click a site on the map or a row of the table to see its passport."))
listing.table(of, statuses, view)
