"""Areas drawn on the map: what lies in them, what hangs on a position, and which are none."""

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.geography import distances, selection
from geodata.geography.selection import Circle, Polygon
from tests.examples import examples

POINT = st.tuples(st.floats(9.6, 10.0), st.floats(105.3, 105.9))


def places(points, accuracy=10.0):
    ids = [f"P{i}" for i in range(len(points))]
    lat, lon = zip(*points, strict=True)
    frame = pd.DataFrame({"lat": lat, "lon": lon, "position_accuracy_m": accuracy}, index=ids)
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")


def within(points, area, accuracy=10.0):
    return selection.inside(places(points, accuracy), area).sites.tolist()


SQUARE = Polygon(((9.7, 105.5), (9.7, 105.6), (9.8, 105.6), (9.8, 105.5)))


@examples(50)
@given(st.lists(POINT, min_size=1, max_size=8), POINT, st.floats(100, 30_000))
def test_a_circle_holds_what_is_no_farther_than_its_radius(points, centre, radius):
    sites, middle = places(points), places([centre])
    far = distances.straight(middle, sites).iloc[0].to_numpy()
    clear = np.abs(far - radius) > 1 + radius / 1000  # a circle of many short sides
    told = selection.inside(sites, Circle(*centre, radius)).sites.to_numpy()
    assert (told == (far <= radius))[clear].all()


def test_a_polygon_holds_what_its_line_goes_round():
    assert within([(9.75, 105.55), (9.75, 105.65), (9.85, 105.55)], SQUARE) == [True, False, False]


def test_a_line_that_crosses_itself_encloses_its_two_ends():
    bow = Polygon(((9.7, 105.5), (9.8, 105.6), (9.7, 105.6), (9.8, 105.5)))
    told = within([(9.72, 105.55), (9.78, 105.55), (9.75, 105.51), (9.75, 105.59)], bow)
    assert sorted(told) == [False, False, True, True]


def test_a_polygon_means_the_same_from_whichever_corner_and_way_it_is_drawn():
    points = [(9.75, 105.55), (9.65, 105.55)]
    turned = Polygon(SQUARE.corners[2:] + SQUARE.corners[:2])
    back = Polygon(SQUARE.corners[::-1])
    assert within(points, SQUARE) == within(points, turned) == within(points, back)


@pytest.mark.parametrize(("accuracy", "unsure"), [(10, False), (3000, True), (math.nan, True)])
def test_a_rough_position_near_the_edge_is_told(accuracy, unsure):
    inside = selection.inside(places([(9.75, 105.592)], accuracy), SQUARE)  # 0.9 km from the edge
    assert inside.sites.tolist() == [True]
    assert inside.unsure.tolist() == [unsure]


def test_a_site_without_a_position_is_in_no_area():
    told = selection.inside(places([(math.nan, math.nan), (9.75, 105.55)]), SQUARE)
    assert told.sites.tolist() == [False, True]
    assert not told.unsure.iloc[0]


@given(st.one_of(POINT.map(lambda p: Circle(*p, 4321.0)), st.just(SQUARE)))
def test_an_area_survives_its_own_text(area):
    text = selection.spelled(area)
    assert selection.spelled(selection.read(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "circle",
        "circle:9.8;105.5",
        "circle:9.8;105.5;5000;1",
        "circle:9.8;105.5;0",
        "circle:9.8;105.5;nan",
        "circle:9.8;105.5;1e9",
        "circle:105.5;9.8;5000",
        "circle:<b>;9;9",
        "polygon:9.8;105.5;9.9;105.6",
        "polygon:9.8;105.5;9.9;105.6;9.8;105.5;9.9;105.6",
        "polygon:9.8;105.5;9.9;105.6;9.7",
        "polygon:" + ";".join(["9.8;105.5"] * 300),
        "square:9.8;105.5;9.9;105.6;9.7;105.4",
    ],
)
def test_what_is_no_area_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the address tells it in its own words
        selection.read(text)
