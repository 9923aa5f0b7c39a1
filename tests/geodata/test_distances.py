"""Distances in metres: the nearest other place, how many are around, and how sure that is."""

import geopandas as gpd
import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import distances
from geodata.coordinates import to_metres


def places(points, accuracy=10.0, start=0):
    ids = [f"P{start + i}" for i in range(len(points))]
    lon, lat = zip(*points, strict=True) if points else ((), ())
    table = {"id": ids, "lon": lon, "lat": lat, "position_accuracy_m": accuracy}
    frame = pd.DataFrame(table, index=ids)
    frame[["lon", "lat"]] = frame[["lon", "lat"]].astype(float)
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")


POINT = st.tuples(st.floats(105.3, 105.9), st.floats(9.6, 10.0))


@settings(max_examples=40, deadline=None)
@given(st.lists(POINT, min_size=1, max_size=8), st.lists(POINT, min_size=1, max_size=8))
def test_the_nearest_is_the_least_of_all_distances(here, there):
    sites, others = places(here), places(there, start=100)
    found = distances.nearest(sites, others)
    every = distances.straight(others, sites)
    assert np.allclose(found.metres, every.min())
    direct = to_metres(sites.geometry).iloc[0].distance(to_metres(others.geometry).iloc[0])
    assert np.isclose(every.iloc[0, 0], direct)


@settings(max_examples=40, deadline=None)
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
