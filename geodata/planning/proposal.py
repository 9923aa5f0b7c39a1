"""The next visits that a briefing proposes: the usual scenario for the sites its target lacks.

Pure; the same answer as the screen of visits gives before anything is chosen there. Not here:
other scenarios (``scenario``), choosing (``visits``), or sentences (``reasons``).
"""

from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

import geopandas as gpd

from geodata.core.errors import DataError
from geodata.geography import distances
from geodata.planning import venues, visits
from geodata.planning.scenario import Prepared, Scenario, prepare
from geodata.planning.visits import Solution
from geodata.reading.briefing import Briefing
from geodata.reading.view import within
from geodata.register.sites import placed

PATIENCE = (1.0, 4.0)
"""Seconds for the solver: somebody waits for the briefing."""


class Proposal(NamedTuple):
    """The problem and its answer, as `reasons` puts them into words."""

    ready: Prepared
    choice: Solution


def proposed(briefing: Briefing, frames: Mapping[str, gpd.GeoDataFrame]) -> Proposal | None:
    """Return the next visits for the target of a briefing's axis; None where none can be planned.

    Parameters
    ----------
    briefing : Briefing
        Its target, its sites that may be named, its kinds and unit.
    frames : mapping of GeoDataFrame
        The units of each vintage by code, with `name`; EPSG:4326.
    """
    left = open_sites(briefing)
    if left.empty:
        return None
    scenario = Scenario()
    places = venues.candidates(briefing.register, frames, scenario.sources)
    try:
        ready = prepare(scenario, left, briefing.register["enterprises"], places)
        (choice,) = deque(visits.improving(ready.problem, scenario.count, PATIENCE), maxlen=1)
    except DataError:  # no position is known, or none lies near a venue
        return None
    return Proposal(ready, choice)


def open_sites(briefing: Briefing) -> gpd.GeoDataFrame:
    """Return the sites in the view that count for its target and are no verified yes."""
    counted = briefing.result.counted
    left = counted[(counted["part"] != "yes").to_numpy(dtype=bool)]
    rows = within(briefing.register, briefing.view)
    rows = rows[rows.index.isin(left.index)]
    return rows.assign(
        status=left["status"].reindex(rows.index),
        accuracy_m=distances.accuracy(rows).where(placed(rows)),
    )
