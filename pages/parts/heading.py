"""What stands above every screen of a view: title, plan, date, data version, what is unusual."""

import streamlit as st

from geodata.plan import Plan, in_force, shipped
from geodata.text import _, day, number
from geodata.view import View, within
from pages.parts import state
from pages.parts.data import Data
from pages.parts.words import plain


def show(of: Data, view: View, plan: Plan) -> None:
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
    title = _("Sustainable production and consumption – Hậu Giang")
    st.markdown(f"#### {title}\n{line}")
    simulated(view)
    for problem in state.problems():
        st.warning(plain(problem))


def simulated(view: View) -> None:
    """Say that nothing is real, if nothing is."""
    if view.workspace == "simulated":
        invented = _("SIMULATED DATA – invented sites and statuses, not real figures")
        st.markdown(f":orange-background[**{invented}**]")
