"""Layers: each feature a row with its position in WGS 84, VN-2000 by the official parameters."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
from shapely import MultiPoint, Point, Polygon

from geodata.core.errors import DataError
from geodata.geography.coordinates import to_vn2000, vn2000
from geodata.intake.reading import files

LON, LAT = 105.4701, 9.7845


def near(sheet, row, lon=LON, lat=LAT, metres=0.01):
    written = sheet.cells.loc[row, ["lon", "lat"]].astype(float).to_numpy()
    return np.abs(written - [lon, lat]).max() < metres / 110_000


def layer(tmp_path, shapes, crs, driver="GPKG", **data):
    """A file of one layer, as bytes; the CRS is written as given."""
    columns = {"Mã": [f"S{n}" for n in range(len(shapes))], "Tên": ["Tên"] * len(shapes)} | data
    path = tmp_path / ("layer.gpkg" if driver == "GPKG" else "layer.geojson")
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=crs)
    pyogrio.write_dataframe(frame, path, driver=driver)
    return path.read_bytes()


def test_a_zipped_shapefile_on_the_neighbours_meridian(messy):
    (sheet,) = messy("shapefile_vn2000.zip")
    assert (sheet.name, sheet.kind) == ("co_so", "sites")
    assert near(sheet, 1, 105.7405, 9.9302)
    assert near(sheet, 2, 105.6012, 9.7511)
    assert list(sheet.cells["name_vi"]) == ["Cụm công nghiệp Phú Hữu", "Làng nghề Thủy Hòa"]
    assert list(sheet.cells["area_ha"]) == ["45.5", "3"]
    assert (sheet.places["kind"], sheet.headers["kind"]) == ("LOAI_HINH", "LOAI_HINH")
    assert "105°30′" in sheet.notes[0]


def test_a_geopackage_has_a_table_for_each_layer(messy):
    shops, parks = messy("layers.gpkg")
    assert (shops.name, parks.name) == ("bán lẻ", "công nghiệp")
    assert near(shops, 1)  # EPSG:5897 by PROJ's own choice would be 0.81 m off
    assert shops.cells.loc[1, ["valid_from", "public"]].to_list() == ["2015-09-02", "yes"]
    assert near(parks, 1, LON + 0.005, LAT + 0.005)
    assert "2 đường hoặc vùng" in parks.notes[0]


def test_placemarks_in_a_kmz(messy):
    (sheet,) = messy("placemarks.kmz")
    assert list(sheet.cells["name_vi"]) == ["Siêu thị Vị Thanh", "KCN Sông Hậu"]
    assert list(sheet.cells["id"]) == ["ST-01", "KCN-01"]
    assert near(sheet, 1)
    assert near(sheet, 2, 105.845, 9.965)
    assert sheet.cells.loc[2, "details"] == "Giai đoạn 1 & 2"


def test_a_feature_without_a_place_is_kept(messy):
    (sheet,) = messy("models.geojson")
    assert sheet.cells["lat"].isna().to_list() == [False, True]
    assert sheet.cells["year"].to_list()[0] == "2023"
    assert list(sheet.cells.index) == [1, 2]


WKT = (  # as a mapping program writes it: no code, no word of VN-2000
    'PROJCS["Hau_Giang",GEOGCS["GCS",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],'
    'PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",500000],PARAMETER["False_Northing",0],'
    'PARAMETER["Central_Meridian",105],PARAMETER["Scale_Factor",0.9999],'
    'PARAMETER["Latitude_Of_Origin",0],UNIT["Meter",1]]'
)


@pytest.mark.parametrize(
    ("crs", "meridian"),
    [
        ("EPSG:5897", 105.0),
        ("EPSG:9209", 105.5),
        ("EPSG:9210", 105.75),
        (WKT, 105.0),
        (vn2000(105.5), 105.5),
        (
            "+proj=tmerc +lon_0=105 +k=0.9999 +x_0=500000 +ellps=WGS84 +towgs84=0,0,0 +units=m",
            105.0,
        ),
    ],
    ids=["5897", "9209", "9210", "by projection only", "pinned", "zero shift"],
)
def test_vn2000_is_recognised_under_any_name(tmp_path, crs, meridian):
    grid = to_vn2000(LON, LAT, meridian)
    (sheet,) = files.read(layer(tmp_path, [Point(grid.east_y, grid.north_x)], crs), "a.gpkg")
    assert near(sheet, 1)
    assert "VN-2000" in sheet.notes[0]


def test_vn2000_in_degrees_is_shifted_too(tmp_path):
    grid = gpd.GeoSeries([Point(LON, LAT)], crs="EPSG:4326").to_crs(
        "+proj=longlat +ellps=WGS84 " + next(p for p in vn2000().split() if "towgs84" in p)
    )
    (sheet,) = files.read(layer(tmp_path, list(grid), "EPSG:4756"), "a.gpkg")
    assert near(sheet, 1)


@pytest.mark.parametrize("crs", ["EPSG:32648", "EPSG:3857"])
def test_other_systems_are_converted_too(tmp_path, crs):
    (point,) = gpd.GeoSeries([Point(LON, LAT)], crs="EPSG:4326").to_crs(crs)
    (sheet,) = files.read(layer(tmp_path, [point], crs), "a.gpkg")
    assert near(sheet, 1)
    assert crs in sheet.notes[0]


def test_metres_without_a_system_stay_metres(tmp_path):
    grid = to_vn2000(LON, LAT)
    for crs, driver in ((None, "GPKG"), ("EPSG:4326", "GeoJSON")):
        content = layer(tmp_path, [Point(grid.east_y, grid.north_x)], crs, driver)
        (sheet,) = files.read(content, "a")
        assert float(sheet.cells.loc[1, "vn2000_x"]) == pytest.approx(grid.north_x, abs=0.001)
        assert float(sheet.cells.loc[1, "vn2000_y"]) == pytest.approx(grid.east_y, abs=0.001)
        assert "lat" not in sheet.cells
        assert sheet.notes


def test_a_point_stands_in_an_area_and_one_point_of_several_is_taken(tmp_path):
    ring = Polygon([(105, 9), (106, 9), (106, 10), (105.9, 9.1), (105, 9)])
    (sheet,) = files.read(layer(tmp_path, [ring], "EPSG:4326"), "a")
    lon, lat = sheet.cells.loc[1, ["lon", "lat"]].astype(float)
    assert ring.contains(Point(lon, lat))
    (sheet,) = files.read(layer(tmp_path, [MultiPoint([(LON, LAT)])], "EPSG:4326"), "a")
    assert near(sheet, 1)


def test_the_drawn_place_wins_over_a_written_one(tmp_path):
    content = layer(tmp_path, [Point(LON, LAT)], "EPSG:4326", lat=["1"], lon=["2"])
    (sheet,) = files.read(content, "a")
    assert near(sheet, 1)


def test_a_shapefile_without_its_parts_is_refused(refusal):
    import io
    import zipfile

    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.shp", b"")
    assert ".dbf" in refusal(content.getvalue(), "a.zip")


@pytest.mark.parametrize("content", [b"\0\0\x27\x0a" + bytes(99), b"\x03\x7e\x0b\x1a" + bytes(99)])
def test_a_part_of_a_shapefile_alone_is_told_what_it_lacks(content, refusal):
    assert ".dbf" in refusal(content, "a.shp")


@pytest.mark.parametrize(
    "content",
    [
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry"',
        b"<kml><Placemark></kml>",
        b"SQLite format 3\0" + bytes(52) + b"GPKG" + bytes(500),
    ],
    ids=["GeoJSON", "KML", "GeoPackage"],
)
def test_a_broken_layer_is_refused(content, refusal):
    assert "hỏng" in refusal(content, "lớp")


def test_a_layer_that_leads_to_another_file_is_left_out(tmp_path):
    import sqlite3

    layer(tmp_path, [Point(LON, LAT)], "EPSG:4326")
    path = tmp_path / "layer.gpkg"
    base = sqlite3.connect(path)
    base.execute("PRAGMA writable_schema = ON")
    base.execute(
        "INSERT INTO sqlite_master VALUES ('table', 'x', 'x', 0, "
        "'CREATE VIRTUAL TABLE x USING VirtualOGR(''/etc/passwd'')')"
    )
    base.commit()
    base.close()
    (sheet,) = files.read(path.read_bytes(), "a.gpkg")
    assert (sheet.name, [part.items for part in sheet.left_out]) == ("layer", [("x",)])


def test_an_endless_view_is_never_asked(tmp_path):
    import sqlite3

    layer(tmp_path, [Point(LON, LAT)], "EPSG:4326")
    base = sqlite3.connect(tmp_path / "layer.gpkg")
    base.execute(
        "CREATE VIEW endless AS WITH RECURSIVE n(id, name, kind) AS "
        "(SELECT 1, 'x', 'KCN' UNION ALL SELECT id + 1, name, kind FROM n) SELECT * FROM n"
    )
    base.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier) "
        "VALUES ('endless', 'attributes', 'endless')"
    )
    base.commit()
    base.close()
    sheets = files.read(tmp_path / "layer.gpkg", "a.gpkg")
    assert [sheet.name for sheet in sheets] == ["layer"]
    assert [part.items for part in sheets[0].left_out] == [("endless",)]


def test_links_of_a_kml_are_not_followed(monkeypatch):
    import socket

    def forbidden(*_arguments, **_options):
        raise AssertionError

    monkeypatch.setattr(socket, "socket", forbidden)
    content = (
        "<kml><NetworkLink><Link><href>http://example.org/a.kml</href></Link></NetworkLink>"
        "<Placemark><name>Siêu thị</name><description>&lt;img src='http://example.org'&gt;"
        f"</description><Point><coordinates>{LON},{LAT}</coordinates></Point></Placemark></kml>"
    )
    (sheet,) = files.read(content.encode(), "a.kml")
    assert sheet.cells.loc[1, "details"] == "http://example.org"
    assert [part.items for part in sheet.left_out] == [("http://example.org/a.kml",)]


def test_nothing_stays_behind_on_disk(monkeypatch, tmp_path, messy):
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for name in ("layers.gpkg", "models.geojson", "shapefile_vn2000.zip"):
        messy(name)
    with pytest.raises(DataError):
        files.read(b"SQLite format 3\0" + bytes(52) + b"GPKG" + bytes(500), "a.gpkg")
    assert list(Path(tmp_path).iterdir()) == []


def test_numbers_and_text_of_properties_are_plain():
    feature = {
        "type": "Feature",
        "properties": {"id": "007", "name": "Tên", "kind": "KCN", "area_ha": 12.0, "year": 2015},
        "geometry": {"type": "Point", "coordinates": [LON, LAT]},
    }
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    (sheet,) = files.read(content, "a.geojson")
    assert sheet.cells.loc[1, ["id", "area_ha", "year"]].to_list() == ["007", "12", "2015"]
