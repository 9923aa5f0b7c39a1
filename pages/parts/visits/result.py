"""The answer: which venues, why each, how good, how many are needed, and why not another.

Not here: the sentences (``geodata.planning.reasons``), choosing, or the map.
"""

from datetime import date

import altair as alt
import pandas as pd
import streamlit as st

from geodata.core.errors import DataError
from geodata.core.text import _, number
from geodata.planning import reasons
from geodata.planning.scenario import Prepared, Scenario
from geodata.planning.visits import Pick, Solution
from geodata.reading.answer import Bar
from geodata.rules.plan import Plan
from pages.parts.map import frame
from pages.parts.shared import field_sheets
from pages.parts.shared.bullet import bullet
from pages.parts.shared.data import Data
from pages.parts.shared.words import plain
from pages.parts.visits import state as visit_state
from pages.parts.visits.choices import source_label
from pages.parts.visits.data import Asked
from pages.parts.visits.solving import Job

WHY_NOT, WHY = "v_why_not", "visits_why"
PATIENCE = (1.0, 2.0)  # seconds for “why not”, which the screen waits for


def nobody(about: Asked, wanted: Scenario) -> None:
    """Say why there is no one to visit, if there is not, and whom no visit can be planned to."""
    if about.open.empty:
        if about.undecided and not wanted.undecided:
            st.info(
                _(
                    "No site that surely counts needs a visit; tick the box above to plan for "
                    "those of which that is not known."
                )
            )
        else:
            st.info(_("No site needs a visit under these choices."))
    if about.unnamed:
        words = _("{n} sites that need a visit are not public, so no visit is planned to them.")
        st.caption(words.format(n=number(about.unnamed)))


def finding(job: Job) -> None:
    """Say how much is covered, and how sure that is."""
    if job.choice is None:
        return
    ready, choice = job.ready, job.choice
    head, rest = reasons.covered(ready, choice), reasons.how_sure(ready, choice)
    with st.container(key="answer", gap=None):
        st.markdown(f"### {head}")
        st.html(bullet(_bar(ready, choice), f"{head}; {rest}"))
        st.markdown(plain(rest[:1].upper() + rest[1:]))


def notes(job: Job) -> None:
    """Say how good the answer is proven to be, and what its distances are."""
    if job.choice is None:
        return
    ready, choice = job.ready, job.choice
    lines = [reasons.of_proof(ready, choice)]
    if ready.unplaced:
        lines.append(
            _("{n} open sites have no position; only visits to whole units can take them.").format(
                n=number(ready.unplaced)
            )
        )
    if ready.scenario.distances:
        lines.append(_("Distances are those of the file."))
    else:
        lines.append(_("Distances are straight lines; the way by road or canal is longer."))
    with st.container(key="short_notes"):
        st.caption(plain(" ".join(lines)))


def brief(job: Job | None) -> None:
    """Say the same where there is no room for the panel."""
    if job is None or job.choice is None:
        frame.brief()
    else:
        made = job.ready, job.choice
        frame.brief(reasons.covered(*made), plain(reasons.how_sure(*made)))


def _bar(ready: Prepared, choice: Solution) -> Bar:
    """Return the open sites as a bar: surely covered, covered by the positions on record."""
    every, sure = max(len(ready.sites), 1), reasons.certain(ready, choice)
    return Bar(sure / every, (len(choice.sites) - sure) / every, None)


def picks(job: Job, axis: str) -> None:
    """Show each venue chosen with its reason, to keep it or to leave it out."""
    if job.choice is None:
        return
    for place, pick in enumerate(job.choice.picks, start=1):
        _pick(job.ready, pick, place, axis)
    _left_out(job.ready)


def _pick(ready: Prepared, pick: Pick, place: int, axis: str) -> None:
    with st.container(border=True, gap=None, key=f"pick_{place}"):
        name = reasons.name(ready, pick.venue)
        source = source_label(str(ready.venues["source"][pick.venue]))
        kept = " :material/push_pin:" if pick.locked else ""
        st.markdown(f"**{place}. {plain(name)}**{kept} · {plain(source)}")
        st.caption(plain(reasons.of_pick(ready, pick, axis)))
        with st.container(horizontal=True):
            st.button(
                _("No longer keep") if pick.locked else _("Keep"),
                key=f"keep_{pick.venue}",
                icon=":material/push_pin:",
                type="tertiary",
                on_click=visit_state.keep,
                args=(pick.venue,),
            )
            st.button(
                _("Leave out"),
                key=f"leave_{pick.venue}",
                icon=":material/block:",
                type="tertiary",
                on_click=visit_state.leave,
                args=(pick.venue,),
            )


def _left_out(ready: Prepared) -> None:
    """Show the venues left out, to take them back."""
    if not ready.scenario.avoided:
        return
    st.session_state["v_avoided"] = list(ready.scenario.avoided)
    st.multiselect(
        _("Left out"),
        list(ready.scenario.avoided),
        key="v_avoided",
        format_func=lambda venue: reasons.name(ready, venue),
        on_change=lambda: visit_state.change(avoided=tuple(st.session_state["v_avoided"])),
    )


def settled(wanted: Scenario, ready: Prepared) -> None:
    """Forget what was said of venues that can no longer be chosen."""
    known = set(ready.problem.venues)
    gone = {venue for venue in (*wanted.locked, *wanted.avoided) if venue not in known}
    if gone:
        visit_state.change(
            locked=tuple(v for v in wanted.locked if v not in gone),
            avoided=tuple(v for v in wanted.avoided if v not in gone),
        )
        sentence = _("Venues that are not among those to choose from were forgotten: {venues}.")
        visit_state.problems().append(sentence.format(venues=", ".join(sorted(gone))[:200]))
        st.rerun()


def why_not(job: Job) -> None:
    """Answer why a venue was not chosen."""
    if job.choice is None:
        return
    ready, choice = job.ready, job.choice
    others = [v for v in ready.problem.venues if v not in choice.venues]
    if st.session_state.get(WHY_NOT) not in others:
        st.session_state[WHY_NOT] = None
    venue = st.selectbox(
        _("Why not …?"),
        others,
        index=None,
        key=WHY_NOT,
        format_func=lambda v: f"{reasons.name(ready, v)} ({v})",
        placeholder=_("Choose a venue that was not chosen"),
    )
    if venue:
        try:
            st.info(plain(_answer(ready, choice, venue)))
        except DataError as error:
            st.warning(plain(error))


def _answer(ready: Prepared, choice: Solution, venue: str) -> str:
    """Return why not, computed once for each question."""
    last = st.session_state.get(WHY)
    if last is None or last[0] is not choice or last[1] != venue:
        last = choice, venue, reasons.why_not(ready, choice, venue, PATIENCE)
        st.session_state[WHY] = last
    return last[2]


def sheets(job: Job, data: Data, plan: Plan, as_of: date) -> None:
    """Offer the sheets of one visit: the sites it adds, in order from the venue."""
    picked = job.choice.picks if job.choice else ()
    days = {pick.venue: pick.adds for pick in picked if pick.adds}
    if not days:
        return
    st.subheader(_("Field sheets"), anchor=False)
    venue = st.selectbox(
        _("Visit"), list(days), format_func=lambda v: reasons.name(job.ready, v), key="v_day"
    )
    starts = job.ready.venues["source"][venue] in ("site", "commune")
    start = venue if starts else None  # elsewhere the day begins at the first stop
    field_sheets.offer(days[venue], data, plan, as_of, start=start, key="visit")


def curve(job: Job) -> None:
    """Show how much more each further venue brings, as a chart and the same as a table."""
    if job.smallest:
        st.markdown(f":material/flag: {plain(job.smallest)}")
    points = list(job.curve)  # more may come while this is drawn
    if not points:
        return
    counted = [count for count, _choice in points]
    covered = [choice.covered for _count, choice in points]
    rows = pd.DataFrame({"n": counted, "covered": covered})
    line = (
        alt.Chart(rows)
        .mark_line(point=True)
        .encode(
            x=alt.X("n:O", title=_("Number of venues (N)"), axis=alt.Axis(labelAngle=0)),
            y=alt.Y("covered:Q", title=_("Covered"), axis=alt.Axis(tickMinStep=1)),
            tooltip=["n", "covered"],
        )
        .properties(height=240)
    )
    st.altair_chart(line, width="stretch", alt=_("Coverage by number of venues, as in the table"))
    gains = rows["covered"].diff().fillna(rows["covered"]).astype(int)
    table = pd.DataFrame(
        {
            _("Number of venues (N)"): counted,
            _("Covered"): covered,
            _("More than with one fewer"): ["+" + number(int(g)) for g in gains],
            _("Proven best"): [
                _("yes") if choice.proven else _("at most {n}").format(n=number(choice.bound))
                for _count, choice in points
            ],
        }
    )
    st.dataframe(table, hide_index=True, alt=_("Coverage by number of venues"))
