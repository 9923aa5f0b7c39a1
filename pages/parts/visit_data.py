"""What the screen of visits is about: open sites, venues, and scenarios made into problems.

Not here: how they are chosen (``geodata.visits``), the solver's thread (``visit_solving``).
"""

from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import streamlit as st

from geodata import coverage, scenario, venues
from geodata.errors import DataError
from geodata.plan import Plan, Target
from geodata.scenario import Prepared, Scenario
from geodata.text import _
from geodata.view import View
from pages.parts import gap_data, visit_state
from pages.parts.data import Data, status, unit_frames

GAPS_RADIUS_KM = 5.0  # the gaps' own figure, which this screen does not show


class Asked(NamedTuple):
    """The open sites of a view, and what its target lacks."""

    open: gpd.GeoDataFrame
    target: Target
    needed: int
    counted: pd.Index
    key: tuple[object, ...]  # equal keys, equal sites


def asked(of: Data, plan: Plan, view: View) -> Asked:
    """Return what the visits of a view are about: the same sites as the screen of gaps."""
    rows = gap_data.found(of, plan, view, GAPS_RADIUS_KM).open
    target = coverage.target_of(plan, view.axis)
    until = min(view.as_of, plan.window.end)
    said = status(of, plan, view.as_of)[view.axis]
    needed, counted = scenario.short_of(target, of.sites, said, until)
    key = (of.workspace, of.version, plan.year, view.as_of, view.axis, tuple(rows.index))
    return Asked(rows, target, needed, counted, key)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Data: lambda of: of[:2]})
def places(
    of: Data, sources: tuple[str, ...], points: tuple[tuple[float, float], ...]
) -> gpd.GeoDataFrame:
    """Return the venues that may be chosen."""
    return venues.candidates(of.sites, unit_frames(), sources, points)


def prepared(of: Data, about: Asked, wanted: Scenario) -> Prepared:
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
    found = places(of, scenario.sources(wanted), wanted.points)
    return scenario.prepare(wanted, about.open, of.sites["enterprises"], found, metres)
