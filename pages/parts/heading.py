"""What stands above every screen of a view: title, plan, date, data version, what is unusual."""

import streamlit as st

from geodata.plan import Plan, in_force, shipped
from geodata.text import _, day, number
from geodata.view import View, selected
from pages.parts import state
from pages.parts.data import Data, status
from pages.parts.words import plain

# On a phone the heading leaves the screen to what stands below it.
NARROW = """<style>@media (max-width:640px){
[data-testid=stMainBlockContainer]{padding:2.8rem .8rem 1rem}
.st-key-heading [data-testid=stMarkdownContainer]{margin-bottom:0}
.st-key-heading h4{font-size:.95rem;padding:0}
.st-key-heading p{font-size:.75rem;line-height:1.3;margin:0}
}</style>"""


def show(of: Data, view: View, plan: Plan) -> None:
    """Say what is shown: data, plan, date – and that it is simulated, if it is."""
    words = _("{count} · plan {decision} ({year}) · as of **{as_of}** · data version {version}")
    line = words.format(
        count=_count(of, view, plan),
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
    st.html(NARROW)
    with st.container(key="heading", gap=None):
        st.markdown(f"#### {title}\n{line}")
        simulated(view)
    for problem in state.problems():
        st.warning(plain(problem))


def _count(of: Data, view: View, plan: Plan) -> str:
    """Return how many sites map and table show, and by which choices they are so few."""
    shown = number(len(selected(of.sites, status(of, plan, view.as_of), view)))
    choices = {
        _("kind"): view.kinds,
        _("unit"): view.unit,
        _("status"): view.statuses,
    }
    by = ", ".join(name for name, chosen in choices.items() if chosen)
    if not by:
        return _("**{n} sites**").format(n=shown)
    every = number(len(of.sites))
    return _("**{n} of {every} sites** (chosen by {by})").format(n=shown, every=every, by=by)


def simulated(view: View) -> None:
    """Say that nothing is real, if nothing is."""
    if view.workspace == "simulated":
        invented = _("SIMULATED DATA – invented sites and statuses, not real figures")
        st.markdown(f":orange-background[**{invented}**]")
