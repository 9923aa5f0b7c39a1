"""The file of waters and roads: what offices may call things, and each wrong file by a sentence."""

import geopandas as gpd
import pytest
import shapely

from geodata.core.errors import DataError
from geodata.intake import lines

NEAR = shapely.LineString([(105.5, 9.7), (105.6, 9.8)])
FAR = shapely.LineString([(1, 1), (2, 2)])


def written(path, kinds, shapes=None, crs="EPSG:4326", column="class", **columns):
    shapes = shapes or [NEAR] * len(kinds)
    table = gpd.GeoDataFrame({column: kinds, **columns}, geometry=shapes, crs=crs)
    table.to_file(path)
    return path


def test_classes_are_taken_in_english_and_vietnamese(tmp_path):
    kinds = ["river", "Kênh", "Cao tốc", "Quốc lộ", "đường tỉnh", "PHÀ"]
    path = written(tmp_path / "a.gpkg", kinds, name=list("abcdef"))
    drawn, left_out = lines.read(path)
    known = ["river", "canal", "expressway", "national", "provincial", "ferry"]
    assert drawn["class"].tolist() == known
    assert drawn["name"].tolist() == list("abcdef")
    assert left_out == {}


def test_other_coordinates_and_headers_are_understood(tmp_path):
    metres = gpd.GeoSeries([NEAR], crs=4326).to_crs(32648)
    path = written(tmp_path / "a.gpkg", ["river"], list(metres), "EPSG:32648", column="CLASS")
    assert lines.read(path).frame.geometry.iloc[0].distance(NEAR) < 1e-6


def test_what_is_of_another_class_is_counted(tmp_path):
    path = written(tmp_path / "a.geojson", ["river", "đê", "đê", None])
    drawn, left_out = lines.read(path)
    assert len(drawn) == 1
    assert left_out == {"đê": 2, "": 1}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path / "none.gpkg", "Không có tệp"),
        (lambda path: written(path / "a.shp", ["river"]), "GeoPackage hoặc GeoJSON"),
        (lambda path: written(path / "a.gpkg", ["x"], column="loai"), "không có cột “class”"),
        (lambda path: written(path / "a.gpkg", ["x"]), "không có gì vẽ được"),
        (lambda path: written(path / "a.gpkg", ["river"], [NEAR.centroid]), "không có gì vẽ được"),
        (
            lambda path: written(
                path / "a.gpkg", ["river"], [shapely.LineString([(1, 1), (2, 2)])]
            ),
            "không có gì vẽ được",
        ),
        (lambda path: written(path / "a.gpkg", ["river"], crs=None), "không ghi hệ tọa độ"),
    ],
    ids=["missing", "shapefile", "no class", "other class", "points", "far away", "no system"],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_wrong_file_is_refused_with_a_sentence(tmp_path, make, words):
    with pytest.raises(DataError, match=words):
        lines.read(make(tmp_path))


def test_a_damaged_file_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "a.gpkg"
    path.write_bytes(b"SQLite format 3\x00 and nothing else")
    with pytest.raises(DataError, match="Không đọc được"):
        lines.read(path)


def test_a_file_that_cannot_be_drawn_costs_its_lines_and_not_the_map(tmp_path, caplog):
    wrong = written(tmp_path / "a.gpkg", ["x"])
    assert lines.drawn(wrong, None) is None
    assert "waters and roads" in caplog.text
    assert len(lines.drawn(written(tmp_path / "b.gpkg", ["river", "canal"]), None)) == 2


def test_only_a_simulated_workspace_has_invented_lines():
    assert lines.drawn(None, None) is None
    assert lines.drawn(None, NEAR.buffer(0.1))["name"].str.contains("mẫu").all()
