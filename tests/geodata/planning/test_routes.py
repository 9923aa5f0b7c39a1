"""The order of a day's stops: never longer than need be, and honest where that is not proven."""

from itertools import pairwise, permutations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.errors import DataError
from geodata.planning import routes
from tests.examples import examples

PLACES = st.integers(0, 50_000)


def table(points):
    xy = np.array(points, dtype=float).reshape(-1, 2)
    ids = [f"S{k}" for k in range(len(xy))]
    gaps = xy[:, None] - xy[None]
    return pd.DataFrame(np.hypot(gaps[..., 0], gaps[..., 1]), ids, ids)


def walked(metres, route, start, *, back):
    """Metres of a route, stop by stop, from the distances alone."""
    way = list(route.order)
    if start is not None and (not way or way[0] != start):
        way = [start, *way]
    if back and way:
        way.append(way[0])
    return sum(metres.loc[one, other] for one, other in pairwise(way))


def brute_force(metres, stops, start, *, back):
    """The length of the shortest of all orders."""
    rest = [stop for stop in stops if stop != start]
    lead = [] if start is None else [start]
    ways = ([*lead, *order] for order in permutations(rest))
    rounds = ([*way, way[0]] if back else way for way in ways)
    return min(sum(metres.loc[a, b] for a, b in pairwise(way)) for way in rounds)


def random_table(n, seed, *, even=True):
    metres = table(np.random.default_rng(seed).uniform(0, 40_000, (n, 2)))
    if not even:  # a river: one way takes longer
        metres += np.triu(np.random.default_rng(seed + 1).uniform(0, 9_000, (n, n)), 1)
    return metres


@examples(40)
@given(
    st.lists(st.tuples(PLACES, PLACES), min_size=1, max_size=6),
    st.sampled_from([None, "S0", "elsewhere"]),
    st.booleans(),
)
def test_no_order_of_few_stops_is_shorter(points, start, back):
    metres = table([*points, (0, 0)]).rename(
        index={f"S{len(points)}": "elsewhere"}, columns={f"S{len(points)}": "elsewhere"}
    )
    stops = [name for name in metres.index if name != "elsewhere"]
    found = routes.shortest(metres, stops, start, back=back)
    assert sorted(found.order) == sorted(stops)
    assert found.proven
    assert found.total == pytest.approx(walked(metres, found, start, back=back))
    assert found.total == pytest.approx(brute_force(metres, stops, start, back=back))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("back", [False, True])
def test_roads_that_are_longer_one_way_are_minded(seed, back):
    metres = random_table(6, seed, even=False)
    found = routes.shortest(metres, list(metres.index), "S3", back=back)
    assert found.order[0] == "S3"
    assert found.total == pytest.approx(brute_force(metres, list(metres.index), "S3", back=back))


def test_twelve_stops_are_still_proven_and_thirteen_are_not():
    metres = random_table(13, 5)
    assert routes.shortest(metres, list(metres.index[:12])).proven
    assert not routes.shortest(metres, list(metres.index)).proven


@pytest.mark.parametrize("start", [None, "S7"])
@pytest.mark.parametrize("even", [True, False])
@pytest.mark.parametrize("back", [False, True])
def test_the_order_found_for_many_stops_stays_near_the_exact_one(monkeypatch, start, even, back):
    for seed in range(6):
        metres = random_table(11, seed, even=even)
        exact = routes.shortest(metres, list(metres.index), start, back=back)
        monkeypatch.setattr(routes, "EXACT", 0)
        found = routes.shortest(metres, list(metres.index), start, back=back)
        monkeypatch.undo()
        assert sorted(found.order) == sorted(metres.index)
        assert found.total == pytest.approx(walked(metres, found, start, back=back))
        assert exact.total - 1e-6 <= found.total <= 1.25 * exact.total


def test_exchanges_find_what_always_going_to_the_nearest_misses():
    metres = random_table(40, 3)
    steps = np.zeros((42, 42))
    steps[:40, :40] = metres
    naive = min(routes._length(steps, routes._nearest(steps, first)) for first in range(40))
    assert routes.shortest(metres, list(metres.index)).total < 0.97 * naive


@pytest.mark.parametrize("n", [9, 20])
def test_the_order_in_which_stops_are_given_does_not_matter(n):
    metres = random_table(n, 1)
    stops = list(metres.index)
    assert routes.shortest(metres, stops, "S2") == routes.shortest(metres, stops[::-1], "S2")


def points(**places):
    frame = pd.DataFrame(places, index=["lon", "lat"]).T
    geometry = gpd.points_from_xy(frame["lon"], frame["lat"], crs="EPSG:4326")
    geometry[frame["lon"].isna().to_numpy()] = None
    return gpd.GeoDataFrame(frame, geometry=geometry)


def test_stops_without_a_position_come_last_and_add_no_distance():
    stops = points(far=(105.9, 9.8), lost=(None, None), near=(105.5, 9.8))
    office = points(office=(105.4, 9.8))
    found = routes.straight(stops, office)
    assert found.stops == ("near", "far", "lost")
    assert found.order == ("near", "far")
    assert found.total == pytest.approx(0.5 * 109_700, rel=0.01)  # half a degree of this parallel
    assert routes.straight(stops, office, back=True).total == pytest.approx(2 * found.total)


def test_a_day_of_one_stop_or_of_unknown_places_has_no_distance():
    one = routes.straight(points(only=(105.5, 9.8)), back=True)
    assert (one.order, one.legs, one.home, one.total) == (("only",), (0.0,), 0.0, 0.0)
    none = routes.straight(points(a=(None, None), b=(None, None)), points(office=(105.4, 9.8)))
    assert (none.stops, none.legs, none.total) == (("a", "b"), (), 0.0)


def test_a_missing_distance_is_named():
    metres = random_table(4, 0)
    metres.loc["S1", "S2"] = None
    with pytest.raises(DataError, match=r"S1.*S2"):
        routes.shortest(metres, list(metres.index))
