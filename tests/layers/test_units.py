"""Units on the page: what is drawn is what the borders say, to a metre."""

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely

from layers import units as layer

VINTAGES = pytest.mark.parametrize(("vintage", "many"), [("legacy", 8), ("2025", 28)])


def decoded(steps):
    """Read a ring as `hg.ring` in units.js does; [lon, lat] in degrees."""
    return np.cumsum(np.reshape(steps, (-1, 2)), axis=0) / 100_000


def rings_of(shape):
    parts = shapely.get_parts(shape)
    return [shapely.get_coordinates(r) for p in parts for r in (p.exterior, *p.interiors)]


@VINTAGES
def test_every_unit_is_drawn_under_its_name(unit_frames, vintage, many):
    frame = unit_frames[vintage]
    found = {unit["code"]: unit["name"] for unit in layer.outlines(frame)}
    assert found == dict(zip(frame.index, frame["name"], strict=True))
    assert len(found) == many


@VINTAGES
def test_the_rings_are_those_of_the_borders(unit_frames, vintage, many):
    drawn = layer.outlines(unit_frames[vintage])
    assert len(drawn) == many
    for unit, shape in zip(drawn, unit_frames[vintage].geometry, strict=True):
        for steps, ring in zip(unit["rings"], rings_of(shape), strict=True):
            assert np.abs(decoded(steps) - ring).max() <= 0.51e-5


@VINTAGES
def test_a_name_stands_inside_its_unit(unit_frames, vintage, many):
    frame = unit_frames[vintage]
    labels = [shapely.Point(*unit["label"][::-1]) for unit in layer.outlines(frame)]
    assert len(labels) == many
    inside = [s.contains(p) for s, p in zip(frame.geometry, labels, strict=True)]
    assert all(inside)


def test_a_unit_of_several_parts_and_with_a_hole_keeps_all_its_rings():
    hole = shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 4, 4))
    shape = shapely.union(hole, shapely.box(20, 0, 21, 1))
    (unit,) = layer.outlines(gpd.GeoDataFrame({"name": ["A"]}, geometry=[shape], index=["1"]))
    assert len(unit["rings"]) == 3


def test_the_page_can_read_what_is_drawn(unit_frames):
    drawn = layer.outlines(unit_frames["2025"])
    assert json.loads(json.dumps(drawn)) == drawn


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Phường Vị Tân", "P. Vị Tân"),
        ("Xã Vị Thanh 1", "Vị Thanh 1"),
        ("Huyện Long Mỹ", "H. Long Mỹ"),
        ("Thị xã Long Mỹ", "TX Long Mỹ"),
        ("Thành phố Vị Thanh", "TP Vị Thanh"),
        ("Elsewhere", "Elsewhere"),
    ],
)
def test_a_name_on_the_map_is_short_and_says_which_unit_it_is(name, short):
    assert layer.short(name) == short


@VINTAGES
def test_no_two_units_of_a_vintage_are_called_the_same_on_the_map(unit_frames, vintage, many):
    assert len({unit["short"] for unit in layer.outlines(unit_frames[vintage])}) == many
