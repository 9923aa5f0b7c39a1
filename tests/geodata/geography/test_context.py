"""What lies around the study area: whole, inside its frame, and apart from the area itself."""

import unicodedata
from importlib.resources import files

import pytest
import shapely

from geodata.geography import context, units


@pytest.fixture(scope="module")
def area():
    return units.load_blocks().geometry.union_all()


@pytest.fixture(scope="module")
def provinces():
    return context.load_provinces()


@pytest.fixture(scope="module")
def neighbours(provinces, area):
    return context.neighbours(provinces, area)


def test_the_five_provinces_since_the_reform_lie_in_the_frame(provinces):
    assert sorted(provinces["name"]) == [
        "Thành phố Cần Thơ",
        "Tỉnh An Giang",
        "Tỉnh Cà Mau",
        "Tỉnh Vĩnh Long",
        "Tỉnh Đồng Tháp",
    ]
    assert provinces.geometry.is_valid.all()
    assert shapely.box(*context.FRAME).buffer(1e-9).contains(provinces.geometry.union_all())


def test_towns_come_by_rank_with_composed_names():
    towns = context.load_towns()
    ranks = [context.RANKS.index(rank) for rank in towns["rank"]]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}
    assert towns["name"].is_unique
    assert towns["name"].tolist() == [unicodedata.normalize("NFC", n) for n in towns["name"]]


def test_every_town_lies_on_land(provinces):
    towns = context.load_towns()
    water = context.sea(provinces)
    assert not shapely.intersects_xy(water, towns["lon"], towns["lat"]).any()
    assert shapely.intersects_xy(shapely.box(*context.FRAME), towns["lon"], towns["lat"]).all()


def test_only_the_city_that_took_the_province_over_is_a_remainder(neighbours):
    assert [one.name for one in neighbours if one.is_remainder] == ["Thành phố Cần Thơ"]


def test_names_of_neighbours_stand_in_them_and_never_in_the_study_area(neighbours, provinces, area):
    for one in neighbours:
        places = shapely.points(one.anchors)
        assert len(places) > 5
        assert shapely.contains(provinces.geometry[one.code], places).all()
        clear = shapely.distance(provinces.geometry[one.code].boundary, places)
        assert min(clear.min(), shapely.distance(area, places).min()) > 0.0145


def test_the_own_border_is_drawn_by_the_units_alone(provinces, area):
    lines = context.borders(provinces, area)
    assert lines.distance(area) > 0.004
    assert lines.length > 4  # degrees; without it nothing would be drawn


def test_the_end_of_what_is_known_is_no_border(provinces, area):
    edge = shapely.box(*context.FRAME).exterior
    along = context.borders(provinces, area).intersection(edge.buffer(5e-4))
    assert along.length < 0.01


@pytest.mark.parametrize(("lon", "lat"), [(106.25, 9.25), (105.02, 10.0)])
def test_the_sea_is_where_it_is(provinces, area, lon, lat):
    water = context.sea(provinces)
    assert water.contains(shapely.Point(lon, lat))
    assert water.disjoint(area)


def test_every_file_has_its_provenance():
    folder = files("geodata") / "data" / "context"
    words = (folder / "README.md").read_text(encoding="utf-8")
    names = {path.name for path in folder.iterdir()} - {"README.md"}
    assert {name for name in names if f"`{name}`" not in words} == set()
    assert len(names) == 3
