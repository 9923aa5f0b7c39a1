"""A GeoPackage: all it stores is read, nothing in it computes, and what is not taken is named."""

import sqlite3
import time
from contextlib import closing

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from shapely import Point

from geodata.intake.judging.days import read_day
from geodata.intake.reading import files, vectors
from geodata.intake.reading.grid import Part, Type

HERE = Point(105.4701, 9.7845)
ENDLESS = (
    "AS WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) "
    "SELECT n AS fid, 'A1' AS id, 'supermarket' AS kind, 'x' AS name_vi FROM t"
)


@pytest.fixture
def package(tmp_path):
    """Writes layers into one GeoPackage, and statements of SQL behind them."""

    def written(*statements, shape=HERE, **layers):
        path = tmp_path / "a.gpkg"
        for title, columns in layers.items():
            frame = gpd.GeoDataFrame(columns, geometry=[shape], crs="EPSG:4326")
            plain = {"SPATIAL_INDEX": "NO"}  # its triggers need functions of GDAL
            pyogrio.write_dataframe(
                frame, path, layer=title, append=path.exists(), layer_options=plain
            )
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            for statement in statements:
                base.execute(statement)
        return path.read_bytes()

    return written


def site(name="A", **more):
    return {"Tên cơ sở": [name], "Loại cơ sở": ["Siêu thị"], **more}


def left_out(sheet):
    return [(part.part, part.items) for part in sheet.left_out]


def test_a_layer_is_read_whatever_is_in_its_name(package):
    titles = ["Siêu thị", "Siêu thị (bổ sung)", 'a"b', "a'b;--", "CREATE TABLE x("]
    sheets = files.read(package(**{t: site(t) for t in titles}), "a.gpkg")
    assert [sheet.name for sheet in sheets] == titles
    assert [sheet.cells.loc[1, "name_vi"] for sheet in sheets] == titles


def test_layers_that_are_none_of_ours_are_named_with_their_fields(package):
    content = package(
        "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('ảnh', 'tiles')",
        "CREATE TABLE 'ảnh' (id INTEGER PRIMARY KEY, tile_data BLOB)",
        "CREATE TABLE 'nháp' (id INTEGER PRIMARY KEY, x TEXT)",
        A=site(),
        B={"Ranh giới": ["x"]},
    )
    (sheet,) = files.read(content, "a.gpkg")
    assert {items for _part, items in left_out(sheet)} == {("B",), ("ảnh",), ("nháp",)}
    assert "“Ranh giới”" in " ".join(part.reason for part in sheet.left_out)


def test_a_layer_whose_fields_say_the_same_twice_costs_itself_only(package):
    twice = {"Tên gọi": ["A"], "Tên  gọi": ["B"], "Loại": ["ST"]}
    (sheet,) = files.read(package(A=site(), B=twice), "a.gpkg")
    assert left_out(sheet) == [(Part.LAYER, ("B",))]


def test_layers_beyond_the_limit_are_named(package, monkeypatch):
    monkeypatch.setattr(vectors, "LAYERS", 2)
    sheets = files.read(package(A=site(), B=site(), C=site()), "a.gpkg")
    assert [sheet.name for sheet in sheets] == ["A", "B"]
    assert left_out(sheets[0]) == [(Part.LAYER, ("C",))]


@pytest.mark.parametrize("kind", ["attributes", "features"])
@pytest.mark.parametrize("disguise", ["", " /* create table v(x) */"])
def test_a_view_without_end_is_left_out_within_seconds(package, kind, disguise):
    content = package(
        f"CREATE VIEW v {ENDLESS}{disguise}",
        f"INSERT INTO gpkg_contents (table_name, data_type) VALUES ('v', '{kind}')",  # noqa: S608
        "INSERT INTO gpkg_geometry_columns VALUES ('v', 'name_vi', 'POINT', 4326, 0, 0)",
        A=site(),
    )
    start = time.monotonic()
    (sheet,) = files.read(content, "a.gpkg")
    assert time.monotonic() - start < 3
    assert left_out(sheet) == [(Part.LAYER, ("v",))]


def test_a_package_of_nothing_but_a_view_is_refused_by_its_name(package, refusal):
    content = package(
        f"CREATE VIEW v {ENDLESS}",
        "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('v', 'attributes')",
        "DROP TABLE A",
        "DELETE FROM gpkg_contents WHERE table_name = 'A'",
        "DELETE FROM gpkg_geometry_columns",
        A=site(),
    )
    assert "v: " in refusal(content, "a.gpkg")


@pytest.mark.parametrize("table", ["gpkg_contents", "gpkg_geometry_columns"])
def test_the_lists_of_the_format_may_not_be_views(package, refusal, table):
    content = package(f"DROP TABLE {table}", f"CREATE VIEW {table} {ENDLESS}", A=site())
    assert "hỏng" in refusal(content, "a.gpkg")


def test_triggers_and_columns_that_compute_do_no_harm(package):
    content = package(
        'ALTER TABLE A ADD COLUMN "Thông tin thêm" TEXT AS (\'xem \' || "Tên cơ sở")',
        f"CREATE TABLE z AS SELECT 1 AS n",  # noqa: F541
        "CREATE TRIGGER t AFTER INSERT ON gpkg_contents BEGIN SELECT RAISE(ABORT, 'x'); END",
        A=site(),
    )
    (sheet,) = files.read(content, "a.gpkg")
    assert sheet.cells.loc[1, "name_vi"] == "A"


def test_columns_of_no_known_type_are_named(package):
    content = package(
        'ALTER TABLE A ADD COLUMN "Nguồn" BLOB',
        'ALTER TABLE A ADD COLUMN "Lạ" FOO',
        "UPDATE A SET \"Nguồn\" = x'00ff', \"Lạ\" = 'abc'",
        A=site(),
    )
    (sheet,) = files.read(content, "a.gpkg")
    assert left_out(sheet) == [(Part.COLUMN, ("Nguồn", "Lạ"))]


def test_a_package_open_in_another_program_is_read_with_a_notice(package):
    content = bytearray(package(B={"x": ["y"]}, A=site()))
    content[18:20] = b"\x02\x02"
    (sheet,) = files.read(bytes(content), "a.gpkg")
    (note,) = [note for note in sheet.notes if "QGIS" in note]
    assert "bị thiếu" in note


def test_moments_keep_their_zone_and_days_are_days(package):
    record = {
        "Mã cơ sở": ["HG-KCN-01"],
        "Nhóm nội dung": ["outreach"],
        "Loại sự kiện": ["held"],
        "Ngày diễn ra": pd.to_datetime(["2024-12-31T23:30:00Z"]),
        "Ngày ban hành": pd.to_datetime(["2024-12-30"]),
    }
    (sheet,) = files.read(package(A=record), "a.gpkg")
    assert sheet.kind == "evidence"
    assert read_day(sheet.cells.loc[1, "event_date"]).text == "2025-01-01"
    assert sheet.cells.loc[1, "doc_date"] == "2024-12-30"
    assert sheet.types.loc[1, ["event_date", "doc_date"]].to_list() == [Type.TEXT, Type.DAY]
    assert ("hình vẽ (vị trí)",) in [items for _part, items in left_out(sheet)]


def test_what_a_field_was_is_known(package):
    content = package(
        A=site(
            **{"Mã cơ sở": ["007"], "Diện tích (ha)": [12.5], "Năm": [2015], "Công khai": [True]}
        )
    )
    (sheet,) = files.read(content, "a.gpkg")
    row = sheet.types.loc[1]
    assert row[["id", "public"]].to_list() == [Type.TEXT, Type.TEXT]
    assert row[["area_ha", "year", "lat"]].to_list() == [Type.NUMBER] * 3


def test_a_geometry_that_cannot_be_read_costs_its_own_place_only(package):
    circle = "UPDATE A SET geom = x'47500001e6100000010800000000000000'"
    content = package(circle, A=site())
    (sheet,) = files.read(content, "a.gpkg")
    assert sheet.cells.loc[1, "name_vi"] == "A"
    assert "lat" not in sheet.cells or sheet.cells["lat"].isna().all()


def test_heights_are_left_off_with_a_notice(package):
    (sheet,) = files.read(package(shape=Point(105.4701, 9.7845, 12), A=site()), "a.gpkg")
    assert sheet.cells.loc[1, "lat"] == "9.7845"
    assert "Độ cao" in " ".join(sheet.notes)
