from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.core.errors import DataError
from geodata.core.names import unaccent
from geodata.geography.coordinates import to_metres
from geodata.geography.units import (
    Tier,
    Vintage,
    dissolve,
    district_of,
    find,
    gazetteer,
    load_blocks,
    load_legacy_communes,
    locate,
    neighbours,
    predecessors,
    successor,
    vintage_of,
)

REFERENCE = Path(__file__).parents[3] / ".." / "shared" / "reference"
BLOCKS = load_blocks()
LEGACY = load_legacy_communes()
GAZETTEER = gazetteer(LEGACY)
UNITS = {vintage: dissolve(BLOCKS, vintage) for vintage in Vintage}
COUNTS = {Vintage.LEGACY: 8, Vintage.Y2025: 28}


@pytest.mark.parametrize(
    ("day", "vintage"),
    [
        (date(2024, 12, 31), Vintage.LEGACY),
        (date(2025, 6, 30), Vintage.LEGACY),
        (date(2025, 7, 1), Vintage.Y2025),
    ],
)
def test_reform_takes_effect_on_its_day(day, vintage):
    assert vintage_of(day) is vintage


def test_shipped_files_hold_30_blocks_and_75_legacy_communes():
    assert len(BLOCKS) == 30
    assert BLOCKS["unit"].is_unique
    assert len(LEGACY) == 75
    assert LEGACY.index.is_unique


@pytest.mark.parametrize("vintage", Vintage)
def test_borders_and_legacy_communes_tell_the_same_units(vintage):
    column = {Vintage.LEGACY: "district_legacy", Vintage.Y2025: "commune_2025"}[vintage]
    listed = dict(zip(LEGACY[column], LEGACY[f"{column}_name"], strict=True))
    assert UNITS[vintage]["name"].to_dict() == listed
    assert len(listed) == COUNTS[vintage]


@pytest.mark.parametrize("vintage", Vintage)
def test_dissolved_units_are_single_valid_polygons_without_slivers(vintage):
    units = UNITS[vintage]
    assert units.crs == "EPSG:4326"
    assert units.is_valid.all()
    assert (units.geom_type == "Polygon").all()
    assert (units.count_interior_rings() == 0).all()


@pytest.mark.parametrize("vintage", Vintage)
def test_both_vintages_cover_the_same_1622_square_kilometres(vintage):
    units = to_metres(UNITS[vintage])
    assert units.area.sum() / 1e6 == pytest.approx(1622.41, abs=0.005)
    assert units.union_all().area == pytest.approx(units.area.sum(), abs=1)


@pytest.mark.parametrize("vintage", Vintage)
def test_a_place_inside_a_unit_is_located_there(vintage):
    units = UNITS[vintage]
    places = units.representative_point()
    assert list(locate(units, places.x, places.y)) == list(units.index)


@pytest.mark.parametrize("vintage", Vintage)
def test_a_place_on_a_shared_border_is_in_the_unit_of_lowest_code_whatever_the_order(vintage):
    units = UNITS[vintage]
    vertices = shapely.get_coordinates(units.boundary.array)
    places, times = np.unique(vertices, axis=0, return_counts=True)
    lon, lat = places[times > 1].T
    owners = locate(units, lon, lat)
    touching = [
        units.index[units.intersects(shapely.Point(*place))].min()
        for place in zip(lon, lat, strict=True)
    ]
    assert len(lon) > 100
    assert list(owners) == touching
    assert list(locate(units[::-1], lon, lat)) == touching


def test_a_place_outside_or_without_position_is_in_no_unit():
    found = locate(UNITS[Vintage.Y2025], [105.85, np.nan, 105.47], [21.03, 9.8, np.nan])
    assert pd.isna(found).all()


def test_codes_of_places_join_a_table_by_position_whatever_its_index():
    sites = pd.DataFrame({"lon": [105.47], "lat": [9.78]}, index=["s1"])
    sites["commune"] = locate(UNITS[Vintage.Y2025], sites["lon"], sites["lat"])
    assert sites["commune"].notna().all()


STRADDLING = {"31369": {"932", "933"}, "31453": {"935", "936"}}


@pytest.mark.parametrize("code", UNITS[Vintage.Y2025].index)
def test_only_two_communes_straddle_old_districts_and_both_are_answered(code):
    districts = set(predecessors(LEGACY, code)["district_legacy"])
    assert districts == STRADDLING.get(code, districts)
    assert (len(districts) > 1) == (code in STRADDLING)
    assert districts == set(BLOCKS.loc[BLOCKS["commune_2025"] == code, "district_legacy"])


# The four names that changed meaning: the old unit went into one of another name.
@pytest.mark.parametrize(
    ("legacy", "name", "taken_by", "district"),
    [
        ("31465", "Xã Vị Thanh", "Xã Vị Thanh 1", "935"),
        ("31447", "Xã Vị Thủy", "Xã Vĩnh Thuận Đông", "935"),
        ("31384", "Xã Đông Phước", "Xã Phú Hữu", "933"),
        ("31475", "Phường Vĩnh Tường", "Phường Long Bình", "937"),
    ],
)
def test_names_that_changed_meaning_are_followed_by_code(legacy, name, taken_by, district):
    assert LEGACY.loc[legacy, "commune_legacy_name"] == name
    assert UNITS[Vintage.Y2025].loc[successor(LEGACY, legacy), "name"] == taken_by
    assert district_of(LEGACY, legacy) == district


@pytest.mark.parametrize("ask", [successor, district_of, predecessors])
def test_an_unknown_code_is_named(ask):
    with pytest.raises(DataError, match="99999"):
        ask(LEGACY, "99999")


SPELLINGS = {
    "official": lambda name: name,
    "no diacritics": unaccent,
    "other tone placement": lambda name: (
        name.replace("òa", "oà").replace("ỏa", "oả").replace("ủy", "uỷ")
    ),
    "abbreviated": lambda name: (
        name.replace("Phường", "P.")
        .replace("Xã", "X.")
        .replace("Thị trấn", "TT")
        .replace("Huyện", "H.")
        .replace("Thị xã", "TX")
        .replace("Thành phố", "TP.")
    ),
}


@pytest.mark.parametrize("write", SPELLINGS.values(), ids=SPELLINGS)
def test_every_unit_is_found_in_every_spelling(write):
    answers = [find(write(unit.name), GAZETTEER, vintage=unit.vintage) for unit in GAZETTEER]
    assert [answer.unit for answer in answers] == list(GAZETTEER)


def test_every_unit_is_among_the_answers_without_its_type():
    bare = {
        unit: unit.name.split(" ", 2 if unit.name.startswith("Th") else 1)[-1] for unit in GAZETTEER
    }
    assert [u for u, name in bare.items() if u not in find(name, GAZETTEER).candidates] == []


@pytest.mark.parametrize(
    ("text", "restriction", "codes"),
    [
        ("Long Mỹ", {}, ["936", "937", "31471"]),
        ("Long Mỹ", {"vintage": Vintage.LEGACY}, ["936", "937"]),
        ("Long Mỹ", {"vintage": Vintage.Y2025}, ["31471"]),
        ("Thị xã Long Mỹ", {}, ["937"]),
        ("huyen long my", {}, ["936"]),
        ("P. Long Mỹ", {}, ["31471"]),
        ("Vị Thanh", {}, ["930", "31465", "31321"]),
        ("TP Vị Thanh", {}, ["930"]),
        ("Xã Vị Thanh", {}, ["31465"]),
        ("Phường Vị Thanh", {}, ["31321"]),
        ("Vị Thủy", {}, ["935", "31447", "31441"]),
        ("Xã Vị Thuỷ", {}, ["31447", "31441"]),
        ("Xã Vị Thuỷ", {"vintage": Vintage.LEGACY}, ["31447"]),
        ("Đông Phước", {}, ["31384", "31369"]),
        ("Đông Phước", {"vintage": Vintage.Y2025}, ["31369"]),
        ("Đông Phước", {"district": "932"}, ["31369"]),
        ("Vĩnh Tường", {}, ["31459", "31475", "31459"]),
        ("Vĩnh Tường", {"vintage": Vintage.LEGACY}, ["31459", "31475"]),
        ("Vĩnh Tường", {"district": "937"}, ["31475"]),
        ("Phường Vĩnh Tường", {}, ["31475"]),
        ("Phụng Hiệp", {"level": Tier.DISTRICT}, ["934"]),
        ("xa phien", {"vintage": Vintage.Y2025}, ["31495"]),
        ("Phường 7", {}, ["31330"]),
    ],
)
def test_a_name_gives_every_unit_it_can_mean_and_no_other(text, restriction, codes):
    answer = find(text, GAZETTEER, **restriction)
    assert [unit.code for unit in answer.candidates] == codes
    assert (answer.unit is None) == (len(codes) > 1)


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("Phường Vị Thủy", "Xã Vị Thủy"),
        ("Xã Phụng Hiêpp", "Xã Phụng Hiệp"),
        ("Nàng Mao", "Thị trấn Nàng Mau"),
    ],
)
def test_an_unknown_name_is_answered_with_similar_ones(text, suggested):
    answer = find(text, GAZETTEER)
    assert (answer.unit, answer.candidates) == (None, ())
    assert suggested in [unit.name for unit in answer.suggestions]


@pytest.mark.parametrize("text", ["", "Sài Gòn", "???"])
def test_a_name_like_no_other_has_no_suggestions(text):
    assert find(text, GAZETTEER).suggestions == ()


def _reference(name):
    path = REFERENCE / f"{name}.geojson"
    if not path.exists():
        pytest.skip(f"{path.name}: official borders are not part of the project")
    return gpd.read_file(path).set_index("code")


def _overlap(ours, theirs):
    ours, theirs = to_metres(ours.geometry), to_metres(theirs.geometry)
    return ours.intersection(theirs, align=True).area / ours.union(theirs, align=True).area


def test_communes_agree_with_the_official_ones():
    official = _reference("communes_2025")
    ours = UNITS[Vintage.Y2025]
    names = ours["name"].map(unaccent).to_dict()
    assert names == official["fullName"].map(unaccent).to_dict()
    assert _overlap(ours, official).min() >= 0.995
    deviation = to_metres(ours).area / 1e6 / official["areaKm2"] - 1
    assert deviation.abs().mean() < 0.003


def test_districts_agree_with_the_official_ones():
    official = _reference("districts_legacy")
    ours = UNITS[Vintage.LEGACY]
    assert ours["name"].map(unaccent).to_dict() == official["name"].map(unaccent).to_dict()
    # The government's older map is coarser than ours.
    assert _overlap(ours, official).min() >= 0.95


@pytest.mark.parametrize("code", LEGACY.index)
def test_legacy_communes_are_well_formed(code):
    assert len(code) == 5
    assert code.isdigit()
    assert LEGACY.loc[code, "commune_legacy_name"].startswith(("Phường ", "Xã ", "Thị trấn "))


@pytest.mark.parametrize("vintage", Vintage)
def test_neighbours_know_each_other_and_corners_are_none(vintage):
    beside = {code: neighbours(UNITS[vintage], code) for code in UNITS[vintage].index}
    assert all(beside.values())
    assert all(code in beside[other] for code, others in beside.items() for other in others)
    if vintage is Vintage.Y2025:
        assert "31441" not in beside["31321"]  # Vị Thủy meets phường Vị Thanh at a corner
