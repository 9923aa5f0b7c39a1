"""What the screen of visits is about: open sites, venues, and scenarios made into problems.

Not here: how they are chosen (``planning.visits``), the solver's thread (``visits.solving``).
"""

from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import streamlit as st

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.planning import scenario, venues
from geodata.planning.scenario import Prepared, Scenario
from geodata.reading import worklist
from geodata.reading.view import View
from geodata.rules.plan import Plan, Target
from pages.parts.gaps import data as gap_data
from pages.parts.shared.data import BY_VERSION, Data, unit_frames
from pages.parts.visits import state as visit_state


class Asked(NamedTuple):
    """The open sites of a view, and what its target lacks."""

    open: gpd.GeoDataFrame
    target: Target
    needed: int
    counted: pd.Index
    undecided: int  # sites that may count or not, and need a visit if they do
    unnamed: int  # sites that need a visit and cannot be named, so that none can be planned
    key: tuple[object, ...]  # equal keys, equal sites


def asked(data: Data, plan: Plan, view: View, *, with_open: bool) -> Asked:
    """Return what the visits of a view are about: the same sites as the screen of gaps.

    With `with_open` also those of which it is not known whether they count.
    """
    gaps = gap_data.gaps(data, plan, view)
    rows, result = gaps.left, gaps.result
    wanted = gaps.undecided["status"].isin(gap_data.asked(view)).to_numpy(dtype=bool)
    undecided = gaps.undecided[wanted]
    more = len(worklist.with_undecided(rows.head(0), undecided, result))
    if with_open:
        rows = worklist.with_undecided(rows, undecided, result)
    needed, counted = scenario.short_of(result)
    dates = (plan.year, view.as_of, view.known_at)
    key = (data.workspace, data.version, *dates, view.axis, tuple(rows.index))
    return Asked(rows, result.target, needed, counted, more, gaps.left_unnamed, key)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_VERSION)
def places(
    data: Data, sources: tuple[str, ...], points: tuple[tuple[float, float], ...]
) -> gpd.GeoDataFrame:
    """Return the venues that may be chosen."""
    return venues.candidates(data.sites, unit_frames(), sources, points)


def prepared(data: Data, about: Asked, wanted: Scenario) -> Prepared:
    """Return a scenario as a problem.

    Raises
    ------
    geodata.errors.DataError
        If the question has no answer; the sentence says why.
    """
    metres = None
    if wanted.distances:
        metres = st.session_state.get(visit_state.MATRICES, {}).get(wanted.distances)
        if metres is None:
            raise DataError(
                _(
                    "The file of distances “{name}” is not at hand; upload it again, or remove "
                    "it from the scenario."
                ).format(name=wanted.distances)
            )
    candidates = places(data, scenario.sources(wanted), wanted.points)
    return scenario.prepare(wanted, about.open, data.sites["enterprises"], candidates, metres)
