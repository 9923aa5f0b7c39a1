"""What the public will see change: figures and statuses before and after, then row by row.

Not here: who may publish, or the publishing itself (``geodata.store``).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import streamlit as st

from geodata.core.text import _, day, language, number
from geodata.reading.briefing import Briefing, brief
from geodata.reading.labels import axis_label, key_label
from geodata.reading.view import AXES, View, counts, plan_of, usual_day
from geodata.register import evidence, sites
from geodata.rules import intensity
from geodata.rules.plan import shipped
from geodata.rules.status import status_of
from geodata.stewardship import history
from geodata.store import Snapshot, known_subjects
from pages.parts.shared.data import store, unit_frames, unit_names
from pages.parts.shared.words import plain, today
from pages.parts.steward import journal as journal_view


class Seen(NamedTuple):
    """What the public sees: the figures, and how many sites have which status on each axis."""

    briefing: Briefing
    statuses: Mapping[str, pd.Series]


class Preview(NamedTuple):
    """What the public sees now and would see, and the rows in which that differs."""

    now: Seen
    then: Seen
    differences: pd.DataFrame


def preview(workspace: str) -> Preview:
    """Return what a publication would change for the public, on the day it sees first."""
    view = View(as_of=usual_day(shipped(), today()), workspace=workspace)
    seal = store().seal(workspace)
    at_hand = _preview(view, seal, language())
    if store().seal(workspace) != seal:  # somebody wrote between the looks
        _preview.clear()
        return preview(workspace)
    return at_hand


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={View: repr})
def _preview(view: View, seal: str, spoken: str) -> Preview:  # noqa: ARG001 - cache keys
    before = store().load(view.workspace, published=True)
    after = store().load(view.workspace)
    units = {code: unit for (level, code), unit in unit_names().items() if level == "legacy"}
    differences = history.compared(_public(before), _public(after), units)
    shown = differences[(differences["table"] != "declaration").to_numpy()]
    now, then = (_seen(view, one.version, spoken, one) for one in (before, after))
    return Preview(now, then, shown)


def _public(snapshot: Snapshot) -> Snapshot:
    """Return of a snapshot what the public may see; declarations stay, for their sums."""
    shown = sites.public(snapshot.sites)
    records = evidence.public(snapshot.evidence, known_subjects(shown.index))
    return replace(snapshot, sites=shown, evidence=records, documents=snapshot.documents.head(0))


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={View: repr})
def _seen(view: View, version: str, spoken: str, _snapshot: Snapshot) -> Seen:  # noqa: ARG001
    """Return what the public sees of a snapshot: figures hold all sites, names only some.

    Kept by the version of the data: a review changes the journal and none of the figures.
    """
    frames, register, plan = unit_frames(), _snapshot.sites, plan_of(view, shipped())
    shown = brief(
        register,
        _snapshot.evidence,
        plan,
        view,
        units=frames[view.units_of.value],
        districts=tuple(frames["legacy"].index),
        data_version=version,
        sectors=lambda rules: intensity.public(
            intensity.of_plan(_snapshot.declarations, rules, register["operator"])
        ),
        shown=sites.public(register),
    )
    every = status_of(register, _snapshot.evidence, plan, view.as_of)
    axes = {axis: counts(register, every, replace(view, axis=axis)) for axis in AXES}
    return Seen(shown, axes)


def render(outlook: Preview) -> None:
    """Show the figures that change for the public, and the rows behind them."""
    now = outlook.now.briefing
    words = _("As of {as_of} under plan {decision} ({year}); private data stays private.")
    parts = {"decision": now.plan.decision, "year": now.plan.year, "as_of": day(now.view.as_of)}
    st.caption(words.format(**parts))
    both = (outlook.now, outlook.then)
    rows = [
        (_("Public sites"), *(number(len(seen.briefing.register)) for seen in both)),
        (_("Sites counted"), *(number(seen.statuses["outreach"].sum()) for seen in both)),
        *_statuses(outlook),
        *_targets(outlook),
    ]
    changed = pd.DataFrame(
        [row for row in rows if row[1] != row[2]],
        columns=[_("Figure"), _("The public sees now"), _("After publication")],
    )
    if changed.empty:
        st.markdown(_("No count on the map or the board changes."))
    else:
        st.dataframe(changed, hide_index=True, alt=_("Figures before and after publication"))
    with st.expander(_("Row by row ({n})").format(n=number(len(outlook.differences)))):
        st.markdown("\n".join(f"- {plain(line)}" for line in history.summary(outlook.differences)))
        journal_view.render(outlook.differences)


def _statuses(outlook: Preview) -> list[tuple[str, str, str]]:
    """Return how many sites have each status, on both axes."""
    rows = []
    for axis in AXES:
        now, then = (seen.statuses[axis] for seen in (outlook.now, outlook.then))
        for key in now.index:
            label = f"{axis_label(axis)}: {key_label(axis, key)}"
            rows.append((label, number(now[key]), number(then[key])))
    return rows


def _targets(outlook: Preview) -> list[tuple[str, str, str]]:
    """Return the count and the verdict of each target."""
    return [
        (
            _("Target {n}: {name}").format(n=now.id.removeprefix("T"), name=now.name),
            f"{now.counted} · {now.verdict_text}",
            f"{then.counted} · {then.verdict_text}",
        )
        for now, then in zip(outlook.now.briefing.board, outlook.then.briefing.board, strict=True)
    ]
