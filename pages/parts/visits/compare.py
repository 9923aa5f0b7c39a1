"""Scenarios saved by name: two side by side, and as a small file there and back.

Not here: the scenario shown (``visits.state``).
"""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from geodata.core.errors import DataError
from geodata.core.text import _, number
from geodata.planning import reasons, scenario_file
from geodata.planning.scenario import MOST, Prepared, Scenario
from geodata.planning.visits import Solution
from pages.parts.shared import radius
from pages.parts.shared.sending import most_mb
from pages.parts.shared.words import plain, without_folders
from pages.parts.visits import state as visit_state
from pages.parts.visits.choices import source_label
from pages.parts.visits.solving import Job

NAME, OTHER, UPLOAD = "v_name", "v_other", "v_upload"


def render(shown: Job | None, wanted: Scenario, solved: Callable[[Scenario], Job]) -> Job | None:
    """Show how to save a scenario, and beside the one shown one that is saved: its job."""
    st.subheader(_("Scenarios"), anchor=False)
    _saving(wanted)
    saved = visit_state.saved()
    if not saved or shown is None or shown.choice is None:
        return None
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        name = st.selectbox(
            _("Compare with the scenario"),
            list(saved),
            index=None,
            key=OTHER,
            placeholder=_("Choose a saved scenario"),
        )
    if name is None:
        return None
    with right:
        st.button(_("Show this scenario"), on_click=visit_state.take, args=(saved[name],))
    try:
        other = solved(saved[name])
    except DataError as error:
        st.warning(plain(error))
        return None
    if other.choice is None:
        st.info(other.error or _("The saved scenario is still being computed …"))
    else:
        one, two = (shown.ready, shown.choice), (other.ready, other.choice)
        _beside(one, two, (wanted.name, name))
    return other


def _saving(wanted: Scenario) -> None:
    """Show a name to save under, the file of what is saved, and where to put such a file."""
    if st.session_state.get(NAME) is None:
        st.session_state[NAME] = wanted.name
    left, middle, right = st.columns([2, 1, 1], vertical_alignment="bottom")
    with left:
        name = st.text_input(_("Name of this scenario"), key=NAME, max_chars=MOST["name"])
    with middle:
        st.button(_("Save scenario"), on_click=_save, disabled=not name.strip(), width="stretch")
    with right:
        kept = [*visit_state.saved().values()]
        st.download_button(
            _("Download as a file"),
            scenario_file.write(kept or [wanted]),
            file_name="kich-ban-lich-den.json",
            mime="application/json",
            width="stretch",
        )
    with st.expander(_("Open a file of scenarios")):
        st.file_uploader(
            _("File of scenarios (JSON)"),
            "json",
            key=UPLOAD,
            on_change=_open,
            max_upload_size=most_mb(scenario_file.LARGEST),
        )


def _save() -> None:
    name = st.session_state[NAME].strip()
    if name:
        scenario = replace(visit_state.current(), name=name)
        visit_state.take(scenario)
        visit_state.save(scenario)


def _open() -> None:
    """Take the scenarios of a file, or say why they cannot be read."""
    given = st.session_state[UPLOAD]
    if given is None:
        return
    try:
        made, strange = scenario_file.read(given.getvalue(), given.name)
    except DataError as error:
        visit_state.problems().append(without_folders(error))
        return
    for number_, scenario in enumerate(made, start=1):
        unnamed = _("Scenario {n}").format(n=number_)
        visit_state.save(replace(scenario, name=scenario.name or unnamed))
    visit_state.problems().extend(strange)


def _beside(
    one: tuple[Prepared, Solution], other: tuple[Prepared, Solution], names: tuple[str, str]
) -> None:
    """Show two scenarios side by side: what is asked, what is covered, what differs."""
    both = reasons.compared(one[1], other[1])
    rows: dict[str, list[str]] = {}
    for ready, choice in (one, other):
        wanted = ready.scenario
        for label, value in {
            _("Number of venues (N)"): number(wanted.count),
            _("Radius"): radius.written(wanted.radius_km),
            _("Where visits can be held"): ", ".join(map(source_label, wanted.sources)),
            _("Sites covered"): number(len(choice.sites)),
            _("of these wherever they are"): number(reasons.certain(ready, choice)),
            _("Open sites"): number(len(ready.sites)),
        }.items():
            rows.setdefault(label, []).append(value)
    heads = [_("This scenario") if names[0] in ("", names[1]) else names[0], names[1]]
    table = pd.DataFrame(rows.values(), index=pd.Index(rows), columns=heads)
    st.table(table)
    for label, (ready, _choice), venues in (
        (_("In both"), one, both.shared),
        (_("Only in {name}").format(name=heads[0]), one, both.first),
        (_("Only in {name}").format(name=heads[1]), other, both.second),
    ):
        listed = ", ".join(reasons.name(ready, venue) for venue in venues) or "–"
        st.markdown(f"- **{plain(label)}** ({number(len(venues))}): {plain(listed)}")
    st.caption(
        plain(
            _(
                "Sites covered by both: {shared}; only by the first: {first}; only by the "
                "second: {second}."
            ).format(
                shared=number(both.sites_shared),
                first=number(both.sites_first),
                second=number(both.sites_second),
            )
        )
    )
