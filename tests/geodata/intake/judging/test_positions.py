"""The coordinate doctor: every notation is read back, and no point moves without a word."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.geography import units
from geodata.geography.coordinates import GridPosition, from_vn2000, to_vn2000
from geodata.intake.judging import positions, readings
from geodata.intake.judging.cells import Level
from geodata.intake.judging.readings import MERIDIANS
from tests.examples import examples

BLOCKS = units.load_blocks()
AREAS = positions.areas(BLOCKS)
BOUNDS = tuple(BLOCKS.total_bounds)
WARD, PLACE = "930-31333", (105.4701, 9.7845)  # Phường Vị Tân
FAR = "933-31366"


def judged(key, rows, accuracy=np.nan):
    """Judge rows that all name one unit."""
    cells = pd.DataFrame(rows).astype("string")
    keys = pd.Series([key] * len(cells))
    candidates = readings.candidates(cells, BOUNDS)
    near = positions.distances(candidates, keys, AREAS)
    frame = positions.judge(near, cells, keys, pd.Series(accuracy, index=cells.index, dtype=float))
    return frame, positions.remarks(
        frame, cells, AREAS["name"].reindex(keys).reset_index(drop=True)
    )


def one(key=WARD, accuracy=np.nan, **cells):
    frame, remarks = judged(key, [cells], accuracy)
    return frame.iloc[0], remarks


def apart(row, place):
    a, b = to_vn2000(row["lon"], row["lat"]), to_vn2000(*place)
    return np.hypot(a.north_x - b.north_x, a.east_y - b.east_y)


def _sexagesimal(degrees):
    seconds = round(degrees * 3600, 4)
    return f"{seconds // 3600:.0f}°{seconds % 3600 // 60:.0f}'{seconds % 60:.4f}\""


def _comma(text):
    return text.replace(".", ",")


def _grouped(text):
    return f"{float(text):,.3f}".translate(str.maketrans(",.", ".,"))


def _grid(lon, lat, meridian):
    grid = to_vn2000(lon, lat, meridian)
    return f"{grid.north_x:.3f}", f"{grid.east_y:.3f}"


DEGREES = {
    "plain": lambda n, e: {"lat": n, "lon": e},
    "decimal comma": lambda n, e: {"lat": _comma(n), "lon": _comma(e)},
    "swapped": lambda n, e: {"lat": e, "lon": n},
    "one cell": lambda n, e: {"position": f"{n}, {e}"},
    "one cell with commas": lambda n, e: {"position": f"{_comma(n)}; {_comma(e)}"},
    "one cell, swapped": lambda n, e: {"position": f"{e} {n}"},
    "both in one of two cells": lambda n, e: {"lat": f"{n}, {e}", "lon": None},
    "comma lost": lambda n, e: {"lat": n.replace(".", ""), "lon": e.replace(".", "")},
    "minutes": lambda n, e: {"lat": _sexagesimal(float(n)), "lon": _sexagesimal(float(e))},
    "minutes in one cell": lambda n, e: {
        "position": f"{_sexagesimal(float(n))}B {_sexagesimal(float(e))}Đ"
    },
}
METRES = {
    "plain": lambda x, y: {"vn2000_x": x, "vn2000_y": y},
    "decimal comma": lambda x, y: {"vn2000_x": _comma(x), "vn2000_y": _comma(y)},
    "swapped": lambda x, y: {"vn2000_x": y, "vn2000_y": x},
    "thousands points": lambda x, y: {"vn2000_x": _grouped(x), "vn2000_y": _grouped(y)},
    "millimetres": lambda x, y: {"vn2000_x": x.replace(".", ""), "vn2000_y": y.replace(".", "")},
    "under degrees": lambda x, y: {"lat": x, "lon": y},
    "one cell": lambda x, y: {"position": f"X={x} Y={y}"},
}


@st.composite
def places(draw):
    """A block and a point in it."""
    row = BLOCKS.iloc[draw(st.integers(0, len(BLOCKS) - 1))]
    part = draw(st.sampled_from(list(shapely.delaunay_triangles(row.geometry).geoms)))
    corners = np.array(part.exterior.coords)[:3]
    a, b = draw(st.floats(0.02, 0.96)), draw(st.floats(0.02, 0.98))
    x, y = corners[0] + a * (corners[1] - corners[0]) + (1 - a) * b * (corners[2] - corners[0])
    inside = row.geometry.contains(shapely.Point(x, y))
    point = (x, y) if inside else row.geometry.representative_point().coords[0]
    return row["unit"], tuple(round(v, 7) for v in point)


@examples(20)
@given(places())
def test_degrees_in_every_notation_are_read_back_within_two_metres(where):
    key, place = where
    lon, lat = (f"{value:.7f}" for value in place)
    frame, remarks = judged(key, [write(lat, lon) for write in DEGREES.values()])
    for at, (name, row) in enumerate(zip(DEGREES, frame.to_dict("records"), strict=True)):
        assert row["verdict"] in {"ok", "read"}, name
        assert apart(row, place) < 2, name
        assert any(r.at == at for r in remarks) == (row["verdict"] == "read"), name


@examples(20)
@given(places(), st.sampled_from(MERIDIANS))
def test_vn2000_of_every_meridian_is_read_back_or_asked_about(where, meridian):
    key, place = where
    x, y = _grid(*place, meridian)
    frame, remarks = judged(key, [write(x, y) for write in METRES.values()])
    assert [remark.at for remark in remarks] == list(range(len(METRES)))
    for name, row in zip(METRES, frame.to_dict("records"), strict=True):
        if row["verdict"] == "ambiguous":
            near = [apart({"lon": r.lon, "lat": r.lat}, place) for r in row["candidates"]]
            assert min(near) < 2, name
            assert np.isnan(row["lon"]), name
        else:
            assert row["verdict"] == "read", name
            assert apart(row, place) < 2, name


@examples(20)
@given(st.floats(8, 24), st.floats(102, 118), st.sampled_from(sorted(AREAS.index)))
def test_a_point_in_degrees_stays_where_it_is_or_is_an_error(lat, lon, key):
    row, remarks = one(key, lat=repr(lat), lon=repr(lon))
    assert (row["lat"], row["lon"]) == (lat, lon)
    if row["distance_m"] > 2000:
        assert [remark.level for remark in remarks] == [Level.ERROR]


def test_a_plain_point_in_its_commune_needs_no_remark():
    row, remarks = one(lat="9.7845", lon="105.4701")
    assert (row["verdict"], row["distance_m"], remarks) == ("ok", 0, [])


def test_one_file_may_mix_two_meridians():
    (x1, y1), (x2, y2) = _grid(*PLACE, 105.0), _grid(*PLACE, 105.5)
    rows = [{"vn2000_x": x1, "vn2000_y": y1}, {"vn2000_x": x2, "vn2000_y": y2}]
    frame, remarks = judged(WARD, rows)
    assert frame["verdict"].tolist() == ["read", "read"]
    assert "105°00′" in frame["reading"][0]
    assert "105°30′" in frame["reading"][1]
    assert [remark.level for remark in remarks] == [Level.NOTICE] * 2
    assert "47,7 km" in remarks[1].message


def test_the_meridian_a_row_states_is_not_overruled_in_silence():
    x, y = _grid(*PLACE, 105.5)
    agreed, _remarks = one(vn2000_x=x, vn2000_y=y, central_meridian="105°30'")
    assert agreed["verdict"] == "read"
    denied, remarks = one(vn2000_x=x, vn2000_y=y, central_meridian="105°00′")
    assert denied["verdict"] == "ambiguous"
    assert {r.meridian for r in denied["candidates"]} == {105.0, 105.5}
    assert remarks[0].level is Level.QUESTION


@pytest.mark.parametrize(
    ("text", "meridian"),
    [
        *((text, 105.5) for text in ("105°30'", "105,5", "105.5", "105 30")),
        *(("105", 105.0), ("105°00'", 105.0), ("KTT 104°45′", 104.75)),
        *(("106°17'", np.nan), ("múi 3", np.nan)),
    ],
)
def test_a_meridian_is_read_as_people_write_it(text, meridian):
    stated = readings.stated_meridians(pd.DataFrame({"central_meridian": [text]}, dtype="string"))
    assert stated[0] == pytest.approx(meridian, nan_ok=True)


def test_without_a_unit_two_meridians_may_fit_and_a_person_chooses():
    row, remarks = one(positions.EVERYWHERE, vn2000_x="1082000", vn2000_y="504000")
    assert row["verdict"] == "ambiguous"
    assert np.isnan(row["lat"])
    values = [choice.value for choice in remarks[0].choices]
    assert len(values) == len(row["candidates"]) > 1
    answered, more = one(positions.EVERYWHERE, position=values[0])
    assert (answered["verdict"], more) == ("ok", [])


def test_without_a_unit_a_meridian_nobody_uses_here_is_asked_about():
    row, _remarks = one(positions.EVERYWHERE, vn2000_x="1082000", vn2000_y="596000")
    assert row["verdict"] == "ambiguous"
    assert [reading.meridian for reading in row["candidates"]] == [104.75, 105.0, 105.5]
    stated, _remarks = one(
        positions.EVERYWHERE, vn2000_x="1082000", vn2000_y="596000", central_meridian="104°45'"
    )
    assert stated["verdict"] == "read"


def test_a_point_in_another_commune_is_an_error_that_says_how_far():
    row, remarks = one(FAR, lat="9.7845", lon="105.4701")
    assert row["verdict"] == "outside"
    assert remarks[0].level is Level.ERROR
    assert "37,6 km" in remarks[0].message
    assert AREAS.loc[FAR, "name"] in remarks[0].message


def test_a_rough_position_may_lie_beside_its_commune():
    near = AREAS.geometry[WARD].buffer(800).exterior.interpolate(0.3, normalized=True)
    lon, lat = from_vn2000(GridPosition(north_x=near.y, east_y=near.x))
    exact, _remarks = one(WARD, 100, lat=repr(float(lat)), lon=repr(float(lon)))
    rough, remarks = one(WARD, 2000, lat=repr(float(lat)), lon=repr(float(lon)))
    assert (exact["verdict"], rough["verdict"]) == ("outside", "ok")
    assert [remark.level for remark in remarks] == [Level.NOTICE]
    assert "800 m" in remarks[0].message


def beside(metres):
    """Return a place so far outside of the ward, degrees."""
    near = AREAS.geometry[WARD].buffer(metres).exterior.interpolate(0.3, normalized=True)
    lon, lat = from_vn2000(GridPosition(north_x=near.y, east_y=near.x))
    return float(lat), float(lon)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("9°47'N 105°28'E", "read"),
        ("9°47'00.0\"N 105°28'00.0\"E", "outside"),
        ("9,78333; 105,46667", "outside"),
        ("9,783; 105,467", "ok"),
    ],
)
def test_the_tolerance_is_as_precise_as_the_writing(text, verdict):
    """The place lies 55 m outside of the ward."""
    row, remarks = one(position=text)
    assert row["verdict"] == verdict
    assert remarks[0].level is (Level.ERROR if verdict == "outside" else Level.NOTICE)


def test_a_position_of_two_decimals_may_be_half_a_kilometre_off_but_no_more():
    for metres, verdict in ((400, "ok"), (1500, "outside")):
        lat, lon = (f"{value:.2f}" for value in beside(metres))
        row, _remarks = one(lat=lat, lon=lon)
        away = row["distance_m"]
        assert (row["verdict"] == "ok") == (away <= 50 + 553), verdict


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("https://maps.google.com/?q=9.7845,105.4701", "liên kết tìm"),
        ("https://www.google.com/maps/place/X/data=!3d9.7845!4d105.4701", "điểm ghim"),
        ("https://www.google.com/maps/@9.7845,105.4701,17z", "tâm của bản đồ"),
        ("POINT(105.4701 9.7845)", "phần mềm bản đồ"),
        ("9.7845 105.4701 0 4.9", "khảo sát"),
        ("9.7845 N, 105.4701 E (GPS Garmin)", "bỏ phần chữ"),
    ],
)
def test_out_of_what_a_position_was_taken_is_said(text, word):
    row, remarks = one(position=text)
    assert (row["verdict"], [remark.level for remark in remarks]) == ("read", [Level.NOTICE])
    assert word in remarks[0].message
    assert apart(row, PLACE) < 2


def test_the_accuracy_that_a_survey_tool_writes_is_kept():
    assert one(position="9.7845 105.4701 0 4.9")[0]["stated_m"] == 4.9
    assert np.isnan(one(position="9.7845 105.4701")[0]["stated_m"])


def test_a_short_link_is_named_and_commas_alone_get_a_suggestion():
    assert "rút gọn" in one(position="https://maps.app.goo.gl/AbCdEf123")[1][0].message
    assert one(position="9,7845,105,4701")[1][0].suggestion == "9,7845; 105,4701"


@pytest.mark.parametrize(
    "cells",
    [
        {"lat": "9.7845", "lon": None},
        {"lat": "chưa rõ", "lon": "chưa rõ"},
        {"lat": "48.85", "lon": "2.35"},
        {"lat": "0", "lon": "0"},
        {"position": "gần chợ"},
        {"vn2000_x": "1082058", "vn2000_y": None},
    ],
)
def test_what_is_no_position_is_refused_by_name(cells):
    row, remarks = one(**cells)
    assert row["verdict"] == "unreadable"
    assert remarks[0].level is Level.ERROR
    assert next(text for text in cells.values() if text) in remarks[0].message


def test_no_position_is_no_fault():
    row, remarks = one(lat=None, lon=None)
    assert (row["verdict"], remarks) == ("none", [])


def test_two_notations_of_one_place_agree_and_of_two_places_are_asked_about():
    x, y = _grid(*PLACE, 105.0)
    for meridian in (None, "105°00'"):
        both = {"lat": "9.7845", "lon": "105.4701", "vn2000_x": x, "vn2000_y": y}
        row, _remarks = one(**both, central_meridian=meridian)
        assert row["verdict"] == "ok"
    x, y = _grid(105.4601, 9.7845, 105.0)
    row, _remarks = one(lat="9.7845", lon="105.4701", vn2000_x=x, vn2000_y=y)
    assert row["verdict"] == "ambiguous"


def test_the_order_of_rows_does_not_matter():
    x, y = _grid(*PLACE, 105.5)
    rows = [
        {"lat": "9.7845", "lon": "105.4701"},
        {"lat": "105.4701", "lon": "9.7845"},
        {"vn2000_x": x, "vn2000_y": y},
        {"lat": "x", "lon": "y"},
        {"lat": "9784500", "lon": "105470100"},
    ]
    frame, _remarks = judged(WARD, rows)
    back, _remarks = judged(WARD, rows[::-1])
    same = ["lon", "lat", "reading", "verdict"]
    pd.testing.assert_frame_equal(frame[same], back[same][::-1].reset_index(drop=True))


@pytest.mark.parametrize(
    ("whole", "other"),
    [("9", "9,78"), ("1082345", "1082345,5"), ("1082345", "1.082.345,5"), ("10", "9.78")],
)
def test_whole_numbers_and_decimals_of_either_kind_stand_in_one_column(whole, other):
    numbers = readings._numbers(pd.Series([whole, other, None, "x"], dtype="string"))
    plain = other.replace(".", "").replace(",", ".") if "," in other else other
    assert list(numbers[:2]) == [float(whole), float(plain)]
    assert np.isnan(numbers[2:]).all()
