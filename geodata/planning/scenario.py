"""A scenario: what a planner asks of the next visits, and the covering problem it becomes.

Pure. The axis, the plan and the day are those of the view. Not here: venues (``venues``), the
solver (``visits``), a scenario in words (``words``), or sentences about its answer (``reasons``).
"""

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from geodata.core.errors import DataError
from geodata.core.text import _, number
from geodata.geography.coordinates import WGS84, metres_of
from geodata.planning.covering import Problem, within
from geodata.planning.venues import SOURCES, WHOLE
from geodata.reading.view import UNIT_COLUMN
from geodata.rules.targets import Result

MOST = {"count": 100, "radius_km": 200, "capacity": 100_000, "points": 30, "name": 40}
MOST_PAIRS = 30_000_000
"""Pairs of a venue and a site that it reaches: as many take about a gigabyte."""
HEAVIEST = 9
WEIGHTS = ("size", "overdue")
OVERDUE = ("overdue", "lapsed")
TWICE = 2  # how much a site counts that was promised a visit, or whose reach has lapsed
_KM = 1000


@dataclass(frozen=True)
class Scenario:
    """What is asked for.

    Attributes
    ----------
    count, radius_km
        How many venues, and how far people come to one.
    sources
        Which kinds of venues may be chosen, of `venues.SOURCES`.
    locked, avoided
        Ids of venues chosen in any case, and never.
    capacity
        How many sites one event can take; None without limit.
    kinds
        How much a site of a kind counts, 0 to `HEAVIEST`; 1 where nothing is said.
    weigh
        ``size``: a site counts once for each of its enterprises, once if unknown; ``overdue``:
        it counts twice if overdue or lapsed.
    points
        Places of one's own, (lon, lat) in degrees.
    distances
        The name of the file whose distances stand for those straight across the land.
    undecided
        Whether sites of which it is not known whether they count are visited too.
    """

    name: str = ""
    count: int = 3
    radius_km: float = 5.0
    sources: tuple[str, ...] = ("commune",)
    locked: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    capacity: int | None = None
    kinds: tuple[tuple[str, int], ...] = ()
    weigh: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    distances: str = ""
    undecided: bool = False


@dataclass(frozen=True)
class Prepared:
    """A scenario with the data it is about.

    Attributes
    ----------
    problem : Problem
        For `visits`.
    venues : GeoDataFrame
        As from `venues.candidates`, in the order of the problem.
    sites : GeoDataFrame
        The open sites of the problem, as from `worklist.gaps`.
    sure : csr_array of bool
        Like the problem's reach, without what depends on positions that may be off.
    unplaced : int
        How many open sites no venue can reach because their position is not known.
    """

    scenario: Scenario
    problem: Problem
    venues: gpd.GeoDataFrame
    sites: gpd.GeoDataFrame
    sure: sparse.csr_array
    unplaced: int

    @property
    def weighted(self) -> bool:
        """Whether some sites count more than others."""
        return bool((self.problem.weights != 1).any())


def prepare(
    scenario: Scenario,
    open_: gpd.GeoDataFrame,
    enterprises: pd.Series,
    places: gpd.GeoDataFrame,
    metres: pd.DataFrame | None = None,
) -> Prepared:
    """Return a scenario as a problem that can be solved.

    Parameters
    ----------
    scenario : Scenario
        What is asked for.
    open_ : GeoDataFrame
        The sites that need a visit, as from `worklist.gaps`.
    enterprises : Series
        How many enterprises each of them has, by id.
    places : GeoDataFrame
        As from `venues.candidates`.
    metres : DataFrame, optional
        Distances that stand for those straight across the land: a row a venue, a column a
        site, or the other way round. The venues are those of the file then, also those that
        `places` does not know, such as routes; those have no position.

    Raises
    ------
    DataError
        If the question has no answer; the sentence says why.
    """
    if not 0 < scenario.radius_km <= MOST["radius_km"]:
        raise DataError(_("The radius must be greater than zero."))
    weights = _weights(scenario, open_, enterprises)
    asked = open_[weights > 0]
    if metres is not None:
        metres = _turned(asked, metres)
        places = _measured(places, asked, metres)
    reach, sure = _reach(asked, places, scenario.radius_km * _KM, metres)
    nowhere = ~placed_points(asked) & ~np.asarray(reach.sum(axis=0) > 0)
    if len(asked) and nowhere.all():
        raise DataError(
            _(
                "None of the {n} open sites has a position; add positions, or choose whole "
                "districts or communes."
            ).format(n=len(asked))
        )
    if len(asked) and not reach.nnz:
        raise DataError(
            _("No open site lies within the radius of any venue; choose a larger radius.")
        )
    problem = Problem(
        places.index,
        asked.index,
        reach,
        weights[weights > 0],
        capacity=scenario.capacity,
        locked=frozenset(scenario.locked),
        avoided=frozenset(scenario.avoided),
    )
    return Prepared(scenario, problem, places, asked, sure, int(nowhere.sum()))


def placed_points(table: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return which rows have a point."""
    return np.asarray(~(table.geometry.isna() | table.geometry.is_empty))


def short_of(result: Result) -> tuple[int, pd.Index]:
    """Return how many more sites a target needs, and the sites that would count for it.

    The number is 0 where the target is met, has no threshold or counts no site.
    """
    left = (result.counted["part"] != "yes").to_numpy(dtype=bool)
    return result.short or 0, result.counted.index[left]


def towards(prepared: Prepared, counted: pd.Index) -> Problem:
    """Return the problem in which each site that counts for a target counts once, others not."""
    counts = prepared.problem.sites.isin(counted).astype(np.int64)
    return replace(prepared.problem, weights=np.asarray(counts))


def _weights(
    scenario: Scenario, open_: gpd.GeoDataFrame, enterprises: pd.Series
) -> NDArray[np.int64]:
    """Return how much each open site counts, a whole number."""
    by_kind = dict(scenario.kinds)
    weights = open_["kind"].map(lambda kind: by_kind.get(kind, 1)).to_numpy(dtype=np.int64)
    if "size" in scenario.weigh:
        many = pd.to_numeric(enterprises.reindex(open_.index), errors="coerce")
        weights = weights * many.fillna(1).clip(lower=1).to_numpy(dtype=np.int64)
    if "overdue" in scenario.weigh:
        weights = weights * np.where(open_["status"].isin(OVERDUE), TWICE, 1)
    return np.asarray(weights, dtype=np.int64)


# --- who is reached ------------------------------------------------------------------------


def _reach(
    asked: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    radius_m: float,
    metres: pd.DataFrame | None,
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Return which venue reaches which site, and which does so wherever the site really is."""
    shape = (len(places), len(asked))
    if metres is None:
        rows, columns, far = _straight(asked, places, radius_m)
    else:
        table = metres.reindex(index=places.index, columns=asked.index).fillna(np.inf)
        hits = sparse.coo_array(within(table, radius_m))
        rows, columns = hits.row, hits.col
        far = table.to_numpy()[rows, columns]
    off = asked["accuracy_m"].fillna(0).to_numpy()[columns]
    off = off + places["accuracy_m"].to_numpy()[rows]
    off = np.where(places.index.to_numpy()[rows] == asked.index.to_numpy()[columns], 0, off)
    sure = far + off <= radius_m
    whole_rows, whole_columns = _members(asked, places)
    reach = _flags(np.append(rows, whole_rows), np.append(columns, whole_columns), shape)
    certain = _flags(
        np.append(rows[sure], whole_rows), np.append(columns[sure], whole_columns), shape
    )
    return reach, certain


def _straight(
    asked: gpd.GeoDataFrame, places: gpd.GeoDataFrame, radius_m: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the pairs of venue and site within a radius, and how far apart they are."""
    venues = np.flatnonzero(places["unit"].isna().to_numpy() & placed_points(places))
    sites = np.flatnonzero(placed_points(asked))
    if not (len(venues) and len(sites)):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, np.zeros(0)
    here, there = (
        cKDTree(metres_of(table.geometry.iloc[at]))
        for table, at in ((places, venues), (asked, sites))
    )
    if here.count_neighbors(there, radius_m) > MOST_PAIRS:
        raise DataError(
            _(
                "{n} venues reach too many sites to be weighed against each other; choose a "
                "smaller radius, or communes as venues."
            ).format(n=number(len(venues)))
        )
    pairs = here.sparse_distance_matrix(there, radius_m, output_type="ndarray")
    return venues[pairs["i"]], sites[pairs["j"]], pairs["v"]


def _members(
    asked: gpd.GeoDataFrame, places: gpd.GeoDataFrame
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of a venue that stands for a whole unit and a site of the unit."""
    rows: list[int] = []
    columns: list[int] = []
    for source, vintage in WHOLE.items():
        units = asked[UNIT_COLUMN[vintage]]
        for at in np.flatnonzero((places["source"] == source).to_numpy()):
            members = np.flatnonzero((units == places["unit"].iloc[at]).fillna(value=False))
            rows += [int(at)] * len(members)
            columns += members.tolist()
    return np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)


def _flags(
    rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]
) -> sparse.csr_array:
    ones = np.ones(len(rows), dtype=bool)
    table = sparse.csr_array((ones, (rows, columns)), shape=shape, dtype=bool)
    table.sort_indices()
    return table


def _turned(asked: gpd.GeoDataFrame, metres: pd.DataFrame) -> pd.DataFrame:
    """Return a table of distances with its sites in columns, however it was written."""
    needs = asked.index[placed_points(asked)]
    in_rows, in_columns = needs.isin(metres.index).sum(), needs.isin(metres.columns).sum()
    return metres.T if in_rows == len(needs) > in_columns else metres


def _measured(
    places: gpd.GeoDataFrame, asked: gpd.GeoDataFrame, metres: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Return the venues of a table of distances, if it has every site that is placed."""
    needs = asked.index[placed_points(asked)]
    if len(lacking := needs.difference(metres.columns, sort=False)):
        raise DataError(
            _("The file of distances lacks the site {site} (and {n} more).").format(
                site=lacking[0], n=len(lacking) - 1
            )
        )
    known = places[places.index.isin(metres.index) | places["unit"].notna().to_numpy()]
    others = metres.index.difference(places.index).astype(str)
    rows = {"id": others, "name": others, "source": "file", "accuracy_m": 0.0}
    own = gpd.GeoDataFrame(rows, geometry=[None] * len(others), index=others, crs=WGS84)
    return gpd.GeoDataFrame(pd.concat([known, own]) if len(own) else known, crs=WGS84)


def sources(scenario: Scenario) -> tuple[str, ...]:
    """Return which kinds of venues are looked at: a file of distances has venues of its own."""
    if not scenario.distances:
        return scenario.sources
    return tuple(s for s in SOURCES if s not in WHOLE or s in scenario.sources)
