import numpy as np
import pytest
from geopandas import GeoDataFrame, GeoSeries
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer
from shapely import Point, box

from geodata.geography.coordinates import (
    GridPosition,
    from_vn2000,
    to_metres,
    to_vn2000,
    vn2000,
)

LON, LAT = 105.4701, 9.7845
EAST, NORTH = 551_374.634, 1_082_058.463

longitudes = st.floats(105.2, 106.0)
latitudes = st.floats(9.5, 10.1)


def test_official_numbers():
    grid = to_vn2000(LON, LAT)
    assert (grid.east_y, grid.north_x) == pytest.approx((EAST, NORTH), abs=5e-4)


@given(lon=longitudes, lat=latitudes, meridian=st.sampled_from([105.0, 105.5]))
def test_there_and_back_is_the_same_place(lon, lat, meridian):
    assert from_vn2000(to_vn2000(lon, lat, meridian)) == pytest.approx((lon, lat), abs=2e-9)


def test_arrays_are_converted_like_single_places():
    grid = to_vn2000(np.array([LON, 105.8]), np.array([LAT, 9.9]))
    assert grid.north_x[0] == to_vn2000(LON, LAT).north_x
    assert from_vn2000(grid).lat == pytest.approx([LAT, 9.9], abs=2e-9)


def test_north_and_east_cannot_be_given_by_order():
    with pytest.raises(TypeError):
        GridPosition(NORTH, EAST)


def _project(crs):
    return Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform


SHIFT = "-191.90441429,-39.30318279,-111.45032835,"
ROTATION = "0.00928836,-0.01975479,0.00427372"
TRAPS = {
    "the code instead of the pinned definition": ("EPSG:5897", 0.81, 0.005),
    "no shift": (vn2000().replace(SHIFT + ROTATION + ",0.252906278", "0,0,0"), 225, 1),
    "rotations not turned": (
        vn2000().replace(ROTATION, "-0.00928836,0.01975479,-0.00427372"),
        0.54,
        0.005,
    ),
    "scale of the six-degree zones": (vn2000().replace("0.9999", "0.9996"), 325, 1),
    "EPSG:6957, false easting and northing swapped": ("EPSG:6957", 707_107, 1),
}


@pytest.mark.parametrize(("crs", "metres", "within"), TRAPS.values(), ids=TRAPS)
def test_trap_is_avoided_by_its_whole_width(crs, metres, within):
    grid = to_vn2000(LON, LAT)
    east, north = _project(crs)(LON, LAT)
    assert np.hypot(east - grid.east_y, north - grid.north_x) == pytest.approx(metres, abs=within)


def test_trap_epsg_6957_is_deprecated():
    assert CRS("EPSG:6957").is_deprecated


def test_trap_geopandas_takes_the_other_transformation():
    place = GeoSeries([Point(LON, LAT)], crs="EPSG:4326")
    ours, theirs = to_metres(place), place.to_crs("EPSG:5897")
    assert ours.iloc[0].distance(theirs.iloc[0]) == pytest.approx(0.81, abs=0.005)


def test_trap_vn2000_degrees_are_not_wgs84():
    geographic = f"+proj=longlat +ellps=WGS84 +towgs84={SHIFT}{ROTATION},0.252906278 +no_defs"
    taken_for_wgs84 = to_vn2000(*_project(geographic)(LON, LAT))
    assert abs(taken_for_wgs84.east_y - EAST) == pytest.approx(196, abs=1)
    assert abs(taken_for_wgs84.north_x - NORTH) == pytest.approx(112, abs=1)


def test_trap_other_meridian_is_54_km_off():
    paper = to_vn2000(LON, LAT, 105.5)
    assert to_vn2000(LON, LAT).east_y - paper.east_y == pytest.approx(54_900, abs=50)


def test_trap_web_mercator_areas():
    field = GeoSeries([box(LON, LAT, LON + 0.01, LAT + 0.01)], crs="EPSG:4326")
    ours, web = to_metres(field), field.to_crs("EPSG:3857")
    assert (web.area / ours.area).iloc[0] == pytest.approx(1.036, abs=0.002)
    assert (web.length / ours.length).iloc[0] == pytest.approx(1.018, abs=0.002)


def test_areas_in_metres_are_true():
    field = GeoSeries([box(LON, LAT, LON + 0.1, LAT + 0.1)], crs="EPSG:4326")
    true, _ = field.crs.get_geod().geometry_area_perimeter(field.iloc[0])
    assert to_metres(field).area.iloc[0] == pytest.approx(true, rel=2e-4)


def test_metric_frames_join_and_return_unshifted():
    places = GeoDataFrame({"name": ["a"]}, geometry=[Point(LON, LAT)], crs="EPSG:4326")
    metric = to_metres(places)
    near = metric.sjoin_nearest(to_metres(places.copy()), distance_col="distance")
    assert near["distance"].tolist() == [0]
    assert metric.to_crs("EPSG:4326").geometry.iloc[0].distance(Point(LON, LAT)) < 2e-9
