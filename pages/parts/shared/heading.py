"""What stands above every screen of a view: title, plan, dates, data version, what is unusual."""

import streamlit as st

from geodata.core.lookup import is_in
from geodata.core.text import _, day, number
from geodata.reading.briefing import knowledge
from geodata.reading.view import View, selected, usual_day
from geodata.rules.plan import Plan, shipped
from pages.parts.shared import state, style
from pages.parts.shared.data import Data, entered_since, every_status
from pages.parts.shared.words import plain, today


def name() -> str:
    """Return what the app is called."""
    return _("Sustainable production and consumption – Hậu Giang")


def title() -> str:
    """Return the heading of the app."""
    return f"# {name()}"


def render(data: Data, view: View, plan: Plan, *, map_too: bool = True) -> None:
    """Say what is shown: data, plan, dates – and that it is simulated, if it is.

    `map_too` tells whether the screen's map shows the as-of date also where the plan has closed
    before it; else all of the screen stands at the day of closing.
    """
    st.html(style.HEADING)
    with st.container(key="heading", gap=None):
        st.markdown(f"{title()}\n{facts(data, view, plan)}")
        days(view, plan, map_too=map_too)
        simulated(view)
    problems()


def facts(data: Data, view: View, plan: Plan) -> str:
    """Return what is shown: how many sites, of which plan, day and data version."""
    return " · ".join(
        [
            _count(data, view, plan),
            _("plan {decision} ({year})").format(decision=plan.decision, year=plan.year),
            _("as of **{as_of}**").format(as_of=day(view.as_of)),
            *knowledge(data.known_at, entered_since(data, plan, view.as_of)),
            _("data version {version}").format(version=data.version),
        ]
    )


def problems() -> None:
    """Say what the address asked for and could not get."""
    for problem in state.problems():
        st.warning(plain(problem))


def days(view: View, plan: Plan, *, map_too: bool = True) -> None:
    """Say which day is seen where it is not the one that a reader would expect."""
    now = today()
    if view.as_of == usual_day(shipped(), now) != now:
        words = _("Today lies outside every plan; this is plan {decision} on {as_of}.")
        with st.container(
            key="day_seen", horizontal=True, vertical_alignment="center", gap="small"
        ):
            st.markdown(words.format(decision=plan.decision, as_of=day(view.as_of)))
            st.button(
                _("See today"),
                key="w_today",
                type="tertiary",
                icon=":material/today:",
                on_click=state.change,
                kwargs={"as_of": now},
            )
    if view.as_of > plan.window.end:
        words = _("Plan {decision} closed on {closed}; the map shows the state on {as_of}.")
        parts = {
            "decision": plan.decision,
            "closed": day(plan.window.end),
            "as_of": day(view.as_of),
        }
        st.markdown(words.format(**parts) if map_too else closed_text(plan))


def closed_text(plan: Plan) -> str:
    """Return which day all stands at where the plan has closed."""
    words = _("Plan {decision} closed on {closed}; all here stands as of that day.")
    return words.format(decision=plan.decision, closed=day(plan.window.end))


def _count(data: Data, view: View, plan: Plan) -> str:
    """Return how many sites there are in view, named or not, and by which choices so few."""
    chosen = selected(data.register, every_status(data, plan, view.as_of), view)
    choices = {
        _("kind"): view.kinds,
        _("unit"): view.unit,
        _("status"): view.statuses,
    }
    by = ", ".join(name for name, wanted in choices.items() if wanted)
    parts = {"n": number(len(chosen)), "every": number(len(data.register)), "by": by}
    words = _("**{n} of {every} sites** (chosen by {by})") if by else _("**{n:site|sites}**")
    unnamed = int((~is_in(chosen.index, data.sites.index)).sum())
    return words.format(**parts) + (f", {unnamed_text(unnamed)}" if unnamed else "")


def unnamed_text(number_of: int) -> str:
    """Return how many of some sites are counted and not named."""
    return _("of these {n:site is|sites are} not named").format(n=number(number_of))


def simulated(view: View) -> None:
    """Say that nothing is real, if nothing is."""
    if view.workspace == "simulated":
        invented = _("SIMULATED DATA – invented sites and statuses, not real figures")
        st.markdown(f":orange-background[**{invented}**]")
