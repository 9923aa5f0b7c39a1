"""Distances in metres: the nearest other place, how many are around, and how sure that is."""

import geopandas as gpd
import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geodata.geography import distances
from geodata.geography.coordinates import to_metres
from tests.examples import examples


def places(points, accuracy=10.0, start=0):
    ids = [f"P{start + i}" for i in range(len(points))]
    lon, lat = zip(*points, strict=True) if points else ((), ())
    table = {"id": ids, "lon": lon, "lat": lat, "position_accuracy_m": accuracy}
    frame = pd.DataFrame(table, index=ids)
    frame[["lon", "lat"]] = frame[["lon", "lat"]].astype(float)
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")


POINT = st.tuples(st.floats(105.3, 105.9), st.floats(9.6, 10.0))


@examples(40)
@given(st.lists(POINT, min_size=1, max_size=8), st.lists(POINT, min_size=1, max_size=8))
def test_the_nearest_is_the_least_of_all_distances(here, there):
    sites, others = places(here), places(there, start=100)
    found = distances.nearest(sites, others)
    every = distances.straight(others, sites)
    assert np.allclose(found.metres, every.min())
    direct = to_metres(sites.geometry).iloc[0].distance(to_metres(others.geometry).iloc[0])
    assert np.isclose(every.iloc[0, 0], direct)


@examples(40)
@given(st.lists(POINT, min_size=2, max_size=8, unique=True))
def test_a_site_is_never_its_own_neighbour(points):
    sites = places(points)
    found = distances.nearest(sites, sites)
    assert (found.ids != sites["id"]).all()
    every = distances.straight(sites, sites).to_numpy() + np.diag([np.inf] * len(sites))
    assert np.allclose(found.metres, every.min(axis=0))


def test_a_place_alone_has_no_neighbour():
    sites = places([(105.5, 9.8)])
    assert distances.nearest(sites, sites).ids.isna().all()
    assert distances.nearest(sites, sites.iloc[:0]).metres.isna().all()


def test_the_margin_adds_the_accuracy_of_both_positions():
    sites = places([(105.5, 9.8)], accuracy=3000)
    others = places([(105.52, 9.8)], accuracy=np.nan, start=9)
    assert distances.nearest(sites, others).margin.tolist() == [4000]


def test_a_site_without_a_position_is_near_to_nothing():
    sites = places([(105.5, 9.8), (np.nan, np.nan)])
    assert distances.nearest(sites, places([(105.6, 9.8)], start=5)).ids.isna().tolist() == [
        False,
        True,
    ]


def test_those_around_do_not_include_the_site_itself():
    sites = places([(105.5, 9.8), (105.501, 9.8), (105.9, 9.8)])
    assert distances.around(sites, sites, 500).tolist() == [1, 1, 0]


@examples(40)
@given(
    st.lists(POINT, min_size=1, max_size=6, unique=True),
    st.lists(POINT, min_size=1, max_size=6),
    st.integers(1, 8),
)
def test_the_k_nearest_come_in_the_order_of_all_distances(here, there, k):
    sites, others = places(here), places(there, start=100)
    found = distances.near(sites, others, k)
    every = distances.straight(others, sites)
    for site, rows in found.groupby("site"):
        assert np.allclose(rows["metres"], np.sort(every[site])[:k])


def test_a_site_may_be_found_for_itself_where_that_is_asked():
    sites = places([(105.5, 9.8), (105.52, 9.8)], accuracy=3000)
    found = distances.nearest(sites, sites, itself=True)
    assert found.ids.tolist() == list(sites.index)
    assert found.metres.tolist() == found.margin.tolist() == [0, 0]


ACCURACY = st.sampled_from([10.0, 100.0, 3000.0])


@examples(60)
@given(
    st.lists(st.tuples(POINT, ACCURACY), min_size=1, max_size=5),
    st.lists(st.tuples(POINT, ACCURACY), max_size=6),
    st.floats(100, 40_000),
)
def test_it_depends_on_positions_where_one_may_be_within_but_none_surely_is(here, there, radius):
    sites = places([p for p, _a in here], [a for _p, a in here])
    others = places([p for p, _a in there], [a for _p, a in there], start=100)
    told = distances.depends(sites, others, radius)
    every = distances.straight(others, sites) if there else pd.DataFrame(columns=sites.index)
    for i, site in enumerate(sites.index):
        off = np.array([here[i][1] + a for _p, a in there])
        far = every[site].to_numpy(dtype=float)
        assert told[site] == bool((far - off <= radius).any() and (far + off > radius).all())


def test_a_site_without_a_position_has_no_answer_to_what_depends_on_it():
    sites = places([(np.nan, np.nan)])
    assert distances.depends(sites, places([(105.5, 9.8)], start=5), 1000).isna().all()
