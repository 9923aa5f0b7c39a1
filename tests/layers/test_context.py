"""The surroundings on the page: what is drawn is what the model says, in few bytes."""

import gzip
import json

import numpy as np
import pytest
import shapely

from geodata.geography import context
from geodata.geography.lines import fitted
from geodata.simulation.lines import invented
from layers import context as layer


@pytest.fixture(scope="module")
def area(unit_frames):
    return unit_frames["2025"].geometry.union_all()


@pytest.fixture(scope="module")
def around(area):
    return layer.around(area, context.load_provinces(), context.load_towns())


def decoded(steps):
    """Read a line as `hg.ring` in units.js does; [lon, lat] in degrees."""
    return np.cumsum(np.reshape(steps, (-1, 2)), axis=0) / 100_000


def test_borders_read_back_to_a_metre(around, area):
    lines = shapely.get_parts(context.borders(context.load_provinces(), area))
    for steps, line in zip(around["lines"], lines, strict=True):
        assert np.abs(decoded(steps) - shapely.get_coordinates(line)).max() <= 0.51e-5


def test_places_for_names_read_back(around, area):
    neighbours = context.neighbours(context.load_provinces(), area)
    for drawn, one in zip(around["neighbours"], neighbours, strict=True):
        assert np.abs(decoded(drawn["anchors"]) - one.anchors).max() <= 0.51e-5


def test_neighbours_are_called_as_on_maps(around):
    assert {one["name"] for one in around["neighbours"]} == {
        "An Giang",
        "Cà Mau",
        "Vĩnh Long",
        "Đồng Tháp",
        "Phần còn lại của TP Cần Thơ",
    }


def test_every_town_is_there_with_its_rank(around):
    towns = context.load_towns()
    assert [town[0] for town in around["towns"]] == towns["name"].tolist()
    assert [context.RANKS[town[1]] for town in around["towns"]] == towns["rank"].tolist()
    drawn = np.array([town[2:] for town in around["towns"]]) / 100_000
    assert np.abs(drawn - towns[["lat", "lon"]].to_numpy()).max() <= 0.51e-5


def test_the_page_can_read_it_and_it_stays_small(around):
    text = json.dumps(around)
    assert json.loads(text) == around
    assert len(gzip.compress(text.encode(), 6)) < 10_000


def test_ways_read_back_with_class_name_and_kind_of_shape(area):
    lines = fitted(invented(area))
    drawn = json.loads(json.dumps(layer.ways(lines)))
    assert [way["class"] for way in drawn] == lines["class"].tolist()
    assert all("mẫu" in way["name"] for way in drawn)
    for way, line in zip(drawn, lines.geometry, strict=True):
        assert not way["area"]
        assert np.abs(decoded(way["lines"][0]) - shapely.get_coordinates(line)).max() <= 0.51e-5
