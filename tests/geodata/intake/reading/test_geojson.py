"""GeoJSON: one wrong feature costs its own place only, and every feature is a row or is named."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import intake
from geodata.core.errors import DataError
from geodata.intake.judging.diagnosis import Holdings, diagnose
from geodata.intake.reading import files
from geodata.intake.reading.grid import Part, Type
from geodata.register import declarations
from tests.examples import examples

LON, LAT = 105.4701, 9.7845
POINT = {"type": "Point", "coordinates": [LON, LAT]}


def feature(geometry=POINT, **properties):
    properties = {"Tên cơ sở": "A", "Loại cơ sở": "Siêu thị"} | properties
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features, **members):
    return {"type": "FeatureCollection", "features": list(features), **members}


def read(value, encoding="utf-8"):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    (sheet,) = files.read(text.encode(encoding), "lớp.geojson")
    return sheet


def places(sheet):
    return sheet.cells.reindex(columns=["lon", "lat"]).astype(float).to_numpy().tolist()


def left_out(sheet, part):
    return [items for _sheet, kind, items, _reason in sheet.left_out if kind is part]


@pytest.mark.parametrize(
    "value",
    [
        feature(),
        [feature()],
        collection(feature()),
        collection(collection(collection(feature()))),
        {"features": [feature()]},
        collection(feature({"type": "GeometryCollection", "geometries": [POINT]})),
        collection(feature({"type": "MultiPoint", "coordinates": [[LON, LAT]]})),
        collection(feature({"type": "Point", "coordinates": [str(LON), str(LAT), "4"]})),
    ],
    ids=[
        *("a feature", "a list", "a collection", "nested", "without type", "geometries"),
        *("several points", "numbers as text"),
    ],
)
def test_every_form_of_one_feature_is_a_row(value):
    sheet = read(value)
    assert places(sheet) == [[LON, LAT]]
    assert sheet.cells["name_vi"].to_list() == ["A"]


def test_features_one_a_line_are_read():
    lines = "\n".join(json.dumps(feature(**{"Tên cơ sở": name})) for name in "AB")
    assert read(lines).cells["name_vi"].to_list() == ["A", "B"]
    assert read("\x1e" + lines.replace("\n", "\n\x1e")).cells["name_vi"].to_list() == ["A", "B"]


def test_a_ring_that_lacks_its_last_corner_is_closed_and_said():
    ring = [[105.4, 9.7], [105.5, 9.7], [105.5, 9.8]]
    sheet = read(collection(feature(), feature({"type": "Polygon", "coordinates": [ring]})))
    assert sheet.cells["lat"].notna().all()
    (note,) = [note for note in sheet.notes if "chưa khép" in note]
    assert "đối tượng 2" in note


@pytest.mark.parametrize(
    ("geometry", "written"),
    [
        ({"type": "Polygon", "coordinates": [[[105.47, 9.78], [105.48, 9.79]]]}, "105.48"),
        ({"type": "Point", "coordinates": [float("nan"), LAT]}, "NaN"),
        ({"type": "Point", "coordinates": [LON]}, str(LON)),
        ({"type": "Point", "coordinates": "9,78 / 105,47"}, "9,78"),
        ({"type": "Point", "coordinates": {"x": LON}}, "x"),
        ({"type": "LineString", "coordinates": [[LON, LAT]]}, str(LON)),
        ({"type": "Circle", "coordinates": [LON, LAT]}, "Circle"),
        ({"type": "GeometryCollection", "geometries": 5}, "5"),
        ("POINT (105 9)", "POINT"),
        (7, "7"),
    ],
)
def test_a_geometry_that_is_none_stands_in_the_cell_of_the_position(geometry, written):
    sheet = read(collection(feature(), feature(geometry)))
    assert sheet.cells["name_vi"].to_list() == ["A", "A"]
    assert written in sheet.cells.loc[2, "position"]
    assert sheet.types.loc[2, "position"] == Type.TEXT
    assert "đối tượng 2" in " ".join(sheet.notes)
    assert places(sheet)[0] == [LON, LAT]


def test_a_written_position_stays_beside_a_geometry_that_is_none():
    bad = {"type": "Point", "coordinates": [LON]}
    sheet = read(collection(feature(bad, **{"Tọa độ": "9,78 105,47"}), feature(bad)))
    assert sheet.cells.loc[1, "position"] == "9,78 105,47"
    assert str(LON) in sheet.cells.loc[2, "position"]


def test_features_that_are_not_drawn_have_the_position_of_their_fields():
    drawn, written = feature(lat=1, lon=2), feature(None, lat=LAT, lon=LON)
    assert places(read(collection(drawn, written))) == [[LON, LAT], [LON, LAT]]


def test_what_is_no_feature_is_named():
    sheet = read(collection(feature(), None, 7, {"type": "Ort"}, feature()))
    assert len(sheet.cells) == 2
    assert left_out(sheet, Part.FEATURE) == [("2", "3", "4")]


def test_a_feature_without_anything_is_named():
    sheet = read(collection(feature(), {"type": "Feature", "properties": None, "geometry": None}))
    assert left_out(sheet, Part.FEATURE) == [("2",)]


def test_what_a_property_was_is_known():
    sheet = read(
        collection(
            feature(**{"Mã cơ sở": "007", "Diện tích (ha)": 12.0, "Năm thành lập": None, "Khác": 1})
        )
    )
    assert sheet.cells.loc[1, ["id", "area_ha"]].to_list() == ["007", "12"]
    assert sheet.types.loc[1, ["id", "area_ha"]].to_list() == [Type.TEXT, Type.NUMBER]
    assert sheet.cells["year"].isna().all()
    assert left_out(sheet, Part.COLUMN) == [("Khác",)]


def test_members_beside_the_properties_are_fields_too():
    item = feature() | {"id": "HG-ST-01", "Diện tích (ha)": 2, "bbox": [1, 2, 3, 4]}
    assert read(item).cells.loc[1, ["id", "area_ha"]].to_list() == ["HG-ST-01", "2"]


def test_a_name_given_twice_keeps_both_values():
    text = json.dumps(feature()).replace('"properties": {', '"properties": {"nhãn": 1, "nhãn": 2, ')
    assert left_out(read(text), Part.COLUMN) == [("nhãn", "nhãn (2)")]


@pytest.mark.parametrize(
    ("crs", "word"),
    [
        ("urn:ogc:def:crs:EPSG::99999", "không nhận ra"),
        ("/etc/passwd", "không nhận ra"),
        ("urn:ogc:def:crs:EPSG::9210", "số là độ"),
        ("EPSG:32648", "EPSG:32648"),
        (7, "không nhận ra"),
    ],
)
def test_a_wrong_system_is_said_and_degrees_stay_degrees(crs, word):
    member = {"type": "name", "properties": {"name": crs}}
    sheet = read(collection(feature(), crs=member))
    assert places(sheet) == [[LON, LAT]]
    assert word in " ".join(sheet.notes)


def test_a_right_system_is_used():
    point = {"type": "Point", "coordinates": [551_000.0, 1_082_000.0]}
    member = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9210"}}
    (place,) = places(read(collection(feature(point), crs=member)))
    assert place[0] == pytest.approx(106.2, abs=0.1)


def test_letters_from_before_unicode_are_converted():
    sheet = read(collection(feature(**{"Tên cơ sở": "Siêu thị Vị Thanh"})), "utf-8-sig")
    assert sheet.cells.loc[1, "name_vi"] == "Siêu thị Vị Thanh"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('{"type": "Topology", "objects": {}}', "TopoJSON"),
        ('{"features": [{"attributes": {"a": 1}, "geometry": {"x": 1, "y": 2}}]}', "ArcGIS"),
        ('{"type": "FeatureCollection", "features": [', "dòng 1"),
        ('{"type": ' + "[" * 100_000, "hỏng"),
        ('{"type": "Feature", "properties": null, "geometry": null}', "trường"),
        ('{"type": "Point", "coordinates": [105, 9]}', "trường"),
    ],
)
def test_what_is_no_layer_is_said_in_a_sentence(text, word, refusal):
    assert word in refusal(text.encode(), "lớp.geojson")


NUMBERS = st.one_of(st.floats(-200, 200), st.integers(-999_999, 999_999), st.just(float("nan")))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=6,
)
GEOMETRIES = st.one_of(
    JSON,
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(
                ["Point", "MultiPoint", "LineString", "Polygon", "MultiPolygon", "Feature", None]
            ),
            "coordinates": st.recursive(
                st.one_of(NUMBERS, JSON), lambda inner: st.lists(inner, max_size=4), max_leaves=20
            ),
        }
    ),
    st.fixed_dictionaries(
        {"type": st.just("GeometryCollection"), "geometries": st.lists(JSON, max_size=3)}
    ),
)
FEATURES = st.fixed_dictionaries(
    {"type": st.just("Feature"), "geometry": GEOMETRIES},
    optional={
        "properties": st.one_of(
            JSON, st.dictionaries(st.sampled_from(["Tên cơ sở", "Loại cơ sở", "Mã"]), JSON)
        ),
        "id": JSON,
    },
)


@examples(80)
@given(st.lists(st.one_of(FEATURES, JSON.filter(lambda v: not _is_nested(v))), max_size=6))
def test_every_feature_is_a_row_or_named(items):
    whole = collection(feature(), *items)
    try:
        sheet = read(whole)
    except DataError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either is right
        return
    named = sum(len(names) for names in left_out(sheet, Part.FEATURE))
    assert len(sheet.cells) + named == 1 + len(items)


def _is_nested(value):
    """A list, or what holds features, stands for those in it."""
    return isinstance(value, list) or (isinstance(value, dict) and "features" in value)


def diagnosed(value):
    known = Holdings(intake.shipped_sites(), intake.shipped_evidence(), declarations.none())
    content = json.dumps(value, ensure_ascii=False).encode()
    return diagnose(files.read(content, "lớp.geojson"), known, date(2026, 11, 26))


def test_moments_of_two_zones_are_one_day_each_with_a_notice():
    record = {
        "Mã cơ sở": "HG-KCN-01",
        "Nhóm nội dung": "outreach",
        "Loại sự kiện": "held",
        "Hạng": "B",
        "Phạm vi": "site",
        "Chủ đề": "scp",
    }
    times = ("2025-01-01T06:30:00+07:00", "2024-12-31T23:30:00Z")
    items = [{"type": "Feature", "properties": record | {"Ngày diễn ra": t}} for t in times]
    diagnosis = diagnosed(collection(*items))
    assert diagnosis.evidence["event_date"].dt.date.to_list() == [date(2025, 1, 1)] * 2
    assert [f.row for f in diagnosis.notices if f.column == "event_date"] == [1, 2]


def test_a_ring_of_two_corners_is_an_error_that_names_its_feature():
    ring = {"type": "Polygon", "coordinates": [[[105.47, 9.78], [105.48, 9.79]]]}
    diagnosis = diagnosed(collection(feature(ring)))
    assert not diagnosis.ok
    assert [(f.row, f.column) for f in diagnosis.open] == [(1, "position")]
    assert "đối tượng 1" in dict(diagnosis.as_dict())["notes"][0]["message"]


def test_a_blank_field_of_a_map_program_gives_way_to_a_filled_one():
    sheet = read(collection(feature(id=None, code="HG-ST-01"), feature(id="", code="HG-ST-02")))
    assert sheet.cells["id"].to_list() == ["HG-ST-01", "HG-ST-02"]
    assert left_out(sheet, Part.COLUMN) == [("id",)]
    sheet = read(collection(*(feature(id=f"lớp.{n}", code=f"HG-ST-0{n}") for n in (1, 2))))
    assert sheet.cells["id"].to_list() == ["HG-ST-01", "HG-ST-02"]
    assert read(collection(feature(id="lớp.1"))).cells["id"].to_list() == ["lớp.1"]


def test_field_names_written_together_are_known():
    properties = {
        "OBJECTID": 1,
        "TenKCN": "Khu công nghiệp lạc đà",
        "LoaiHinh": "Khu công nghiệp",
        "DienTich": 120.5,
        "TinhTrang": "Đang hoạt động",
        "ChuDauTu": "Cty A",
    }
    diagnosis = diagnosed(
        collection({"type": "Feature", "properties": properties, "geometry": POINT})
    )
    (site,) = diagnosis.sites.to_dict("records")
    assert (site["kind"], site["area_ha"], site["operator"]) == ("industrial_park", 120.5, "Cty A")
    assert [part.items for part in diagnosis.left_out] == [("OBJECTID",)]
