"""The commune of both vintages follows from an exact position; near a border it is asked."""

import pytest
import shapely.ops
from hypothesis import given

from geodata.geography import units
from geodata.geography.coordinates import GridPosition, from_vn2000
from geodata.intake.judging import positions
from geodata.intake.judging.cells import Level
from tests.examples import examples
from tests.geodata.intake.judging.test_diagnosis import (
    BLOCKS,
    FIRST,
    KNOWN,
    answer,
    diagnosed,
    findings,
)
from tests.geodata.intake.judging.test_positions import places

AREAS = positions.areas(BLOCKS)
LEGACY = units.load_legacy_communes()
NEW = {"name_vi": "Siêu thị Mới", "kind": "Siêu thị"}


def codes(diagnosis):
    columns = ["district_legacy", "commune_legacy", "commune_2025"]
    return diagnosis.sites[columns].fillna("").iloc[0].tolist()


def place(inside):
    """Return a place in Vị Tân so many metres from the border of Vị Thanh, degrees."""
    here, there = AREAS.geometry["930-31333"], AREAS.geometry["930-31321"]
    shared = here.boundary.intersection(there.buffer(1))
    middle = max(getattr(shared, "geoms", [shared]), key=lambda part: part.length)
    near = shapely.ops.nearest_points(
        here.difference(there.buffer(inside)), middle.interpolate(0.5, normalized=True)
    )[0]
    lon, lat = from_vn2000(GridPosition(north_x=near.y, east_y=near.x))
    return {"lat": f"{float(lat):.7f}", "lon": f"{float(lon):.7f}"}


@examples(6)
@given(places())
def test_an_exact_position_gives_both_vintages_or_is_asked_about(where):
    key, (lon, lat) = where
    district, commune = key.split("-")
    diagnosis = diagnosed({**NEW, "lat": str(lat), "lon": str(lon)})
    if diagnosis.ok:
        assert codes(diagnosis)[2] == commune
        assert codes(diagnosis)[0] in {district, ""}
        assert findings(diagnosis, Level.NOTICE) == [(FIRST, "commune_2025")]
        old = codes(diagnosis)[1]
        assert not old or LEGACY.loc[old, "commune_2025"] == commune
    else:
        assert findings(diagnosis, Level.QUESTION) == [(FIRST, "commune")]
        offered = [choice.value for choice in diagnosis.open[0].choices]
        assert f"2025:{commune}" in offered


def test_near_a_border_the_answer_is_taken():
    row = {**NEW, **place(20)}
    asked = diagnosed(row)
    assert findings(asked, Level.QUESTION) == [(FIRST, "commune")]
    for pick, choice in enumerate(asked.open[0].choices):
        settled = diagnosed(row, answers=answer(asked, pick))
        assert settled.ok
        assert f"2025:{codes(settled)[2]}" == choice.value


@pytest.mark.parametrize(
    ("cells", "level"),
    [
        ({}, Level.NOTICE),
        ({"position_accuracy_m": "30"}, Level.NOTICE),
        ({"position_accuracy_m": "400"}, Level.QUESTION),
        ({"position_accuracy_m": "2000"}, Level.NOTICE),
    ],
)
def test_how_near_is_near_depends_on_how_exact_the_position_is(cells, level):
    diagnosis = diagnosed({**NEW, **place(200), **cells})
    assert [finding.level for finding in diagnosis.findings] == [level]
    rough = cells.get("position_accuracy_m") == "2000"
    assert (codes(diagnosis)[2] == "31333") == (level is Level.NOTICE and not rough)


def test_a_district_that_is_named_narrows_the_choice():
    row = {**NEW, **place(300), "district": "TP Vị Thanh"}
    assert codes(diagnosed(row))[::2] == ["930", "31333"]


def test_a_known_site_without_commune_gets_that_of_its_new_position_only():
    site = KNOWN.sites.loc["HG-ST-03"]
    row = {"id": "HG-ST-03", "kind": site["kind"], "name_vi": site["name_vi"]}
    assert codes(diagnosed(row))[2] == ""
    exact = {**place(300), "position_accuracy_m": "10"}
    moved = diagnosed({**row, **exact})
    assert codes(moved)[2] == "31333"
    assert "commune_2025" in moved.difference["sites"].changed["HG-ST-03"]


def test_a_new_commune_is_tried_on_the_position_that_is_known():
    row = {
        "id": "HG-ST-01",
        "kind": "supermarket",
        "name_vi": KNOWN.sites.loc["HG-ST-01", "name_vi"],
    }
    diagnosis = diagnosed({**row, "commune": "P. Ngã Bảy, TP Ngã Bảy"})
    assert findings(diagnosis, Level.ERROR) == [(FIRST, "lat")]


def test_a_former_commune_that_a_new_name_leaves_no_room_for_is_said():
    row = {
        "id": "HG-ST-01",
        "kind": "supermarket",
        "name_vi": KNOWN.sites.loc["HG-ST-01", "name_vi"],
    }
    diagnosis = diagnosed({**row, "commune_2025": "31333", **place(300)})
    assert diagnosis.ok, diagnosis.open
    assert (FIRST, "commune_legacy") in findings(diagnosis, Level.NOTICE)


def test_a_district_in_which_the_known_commune_is_not_is_refused():
    row = {
        "id": "HG-ST-01",
        "kind": "supermarket",
        "name_vi": KNOWN.sites.loc["HG-ST-01", "name_vi"],
    }
    diagnosis = diagnosed({**row, "district": "Huyện Phụng Hiệp", "position": "xóa"})
    assert (FIRST, "district") in findings(diagnosis, Level.ERROR)


def test_a_position_outside_of_its_unit_is_said_to_lie_where_it_does():
    diagnosis = diagnosed({**NEW, **place(300), "commune_2025": "31340"})
    assert findings(diagnosis, Level.ERROR) == [(FIRST, "lat")]
    assert "Phường Vị Tân" in diagnosis.open[0].message
