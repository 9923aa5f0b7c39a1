"""A release: every format says the same, by its own library; and what stands stays as it is."""

import csv
import hashlib
import json
import shutil
from dataclasses import replace
from datetime import date
from io import BytesIO

import frictionless
import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import rdflib
import shapely
from rdflib.namespace import DCAT, DCTERMS, RDF

from geodata.core.files import OutputError
from geodata.outputs.open import formats, release
from geodata.outputs.open.tables import KEYS, NAMES, PLACED


def digests(folder):
    """Digests of a release's files; what a program laid beside one it opened is none of them."""
    files = [path for path in folder.iterdir() if path.suffix[1:] in release.MEDIA_TYPES]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def again(released, tmp_path):
    """A copy of the release, to do something to; return where it lies."""
    folder = next(iter(released.values())).path.parent
    (tmp_path / folder.name).mkdir()
    for name in released:
        shutil.copy(folder / name, tmp_path / folder.name)
    return tmp_path / folder.name


# --- formats -----------------------------------------------------------------------------------


@pytest.mark.parametrize("table", NAMES)
def test_every_format_holds_the_same_rows(released, tables, table):
    keys = list(tables[table][KEYS[table]])
    with released[f"{table}.csv"].path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row[KEYS[table]] for row in rows] == keys
    assert list(pd.read_parquet(released[f"{table}.parquet"].path)[KEYS[table]]) == keys
    whole = pyogrio.read_dataframe(released["hau-giang.gpkg"].path, layer=table)
    assert list(whole[KEYS[table]]) == keys
    if table in PLACED:
        collection = json.loads(released[f"{table}.geojson"].path.read_bytes())
        assert [feature["id"] for feature in collection["features"]] == keys
        kml = pyogrio.read_dataframe(released[f"{table}.kml"].path)
        assert list(kml["code"]) == keys


@pytest.mark.parametrize("table", PLACED)
def test_every_map_format_puts_rows_in_the_same_place(released, tables, table):
    wanted = shapely.get_coordinates(shapely.normalize(tables[table].geometry.to_numpy()))
    for file in (f"{table}.geojson", f"{table}.parquet", "hau-giang.gpkg"):
        path, layer = released[file].path, table if file.endswith("gpkg") else None
        given = gpd.read_parquet(path) if "parquet" in file else gpd.read_file(path, layer=layer)
        assert given.crs.equals("OGC:CRS84") or given.crs.equals("EPSG:4326")
        assert (given.geometry.isna().to_numpy() == tables[table].geometry.isna().to_numpy()).all()
        there = shapely.get_coordinates(shapely.normalize(given.geometry.to_numpy()))
        assert np.abs(there - wanted).max() < 1e-7


def test_geoparquet_is_of_version_1_1_with_a_box_for_each_row_and_says_where_it_comes_from(
    released,
):
    metadata = pq.read_schema(released["units_2025.parquet"].path).metadata
    geo = json.loads(metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["columns"]["geometry"]["covering"]["bbox"]
    assert json.loads(metadata[b"about"])["data_version"] == "3-0badcafe"


def test_the_workbook_has_a_sheet_a_table_and_no_formula(released, tables):
    book = openpyxl.load_workbook(released["hau-giang.xlsx"].path)
    assert len(book.worksheets) == len(NAMES) + 1
    for table, sheet in zip(NAMES, book.worksheets[:-1], strict=True):
        assert sheet.max_row == len(tables[table]) + 1
        assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]


# --- what describes it -------------------------------------------------------------------------


@pytest.mark.parametrize("table", NAMES)
def test_a_table_is_as_the_data_package_says_by_its_own_library(released, table):
    package = frictionless.Package(str(released["datapackage.json"].path))
    report = package.get_resource(f"{table.replace('_', '-')}-csv").validate()
    assert report.flatten(["title", "fieldName", "rowNumber", "message"]) == []


def test_the_package_names_every_file_with_its_digest_licence_version_and_days(released, origin):
    package = json.loads(released["datapackage.json"].path.read_bytes())
    listed = {one["path"]: one for one in package["resources"]}
    assert set(listed) == set(released) - {"datapackage.json", "catalog.jsonld"}
    for name, one in listed.items():
        content = released[name].path.read_bytes()
        assert (one["bytes"], one["hash"]) == (
            len(content),
            f"sha256:{hashlib.sha256(content).hexdigest()}",
        )
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert (package["version"], package["seal"]) == ("3-0badcafe", "5ea1")
    assert (package["as_of"], package["known_at"]) == (str(origin.as_of), "2026-03-01")


def test_the_catalogue_has_what_dcat_ap_asks_for(released):
    graph = rdflib.Graph()
    base = "https://map.example.vn/open/"
    graph.parse(released["catalog.jsonld"].path, format="json-ld", publicID=f"{base}catalog.jsonld")
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    (dataset,) = graph.objects(catalogue, DCAT.dataset)
    for subject in (catalogue, dataset):
        assert {title.language for title in graph.objects(subject, DCTERMS.title)} == {"vi", "en"}
        assert graph.value(subject, DCTERMS.publisher)
        assert list(graph.objects(subject, DCTERMS.description))
    listed = [
        str(graph.value(one, DCAT.accessURL)) for one in graph.objects(dataset, DCAT.distribution)
    ]
    described = {"datapackage.json", "catalog.jsonld"}
    assert sorted(listed) == sorted(base + name for name in set(released) - described)


def test_the_dictionary_says_what_every_column_means_in_both_languages(released, tables):
    rows = pd.read_csv(released["dictionary.csv"].path)
    assert len(rows) == sum(len(set(frame.columns) - {"geometry"}) for frame in tables.values())
    assert rows[["title_vi", "title_en"]].notna().all(axis=None)
    assert (rows["meaning_vi"].isna() == rows["meaning_en"].isna()).all()


# --- for good ----------------------------------------------------------------------------------


def test_the_same_release_is_the_same_to_the_byte(released, snapshot, origin, tmp_path):
    other = release.release(snapshot, tmp_path, origin)[0].path.parent
    assert digests(other) == digests(next(iter(released.values())).path.parent)


def test_what_stands_is_left_as_it_is(again, snapshot, origin):
    before = {path: path.stat().st_mtime_ns for path in again.iterdir()}
    files = release.release(snapshot, again.parent, origin)
    assert {file.path: file.path.stat().st_mtime_ns for file in files} == before
    assert list(again.parent.iterdir()) == [again]


def test_other_content_under_the_same_name_is_refused(again, snapshot, origin):
    before = digests(again)
    other = replace(snapshot, evidence=snapshot.evidence.iloc[:-3])
    with pytest.raises(OutputError, match="đã có với nội dung khác"):
        release.release(other, again.parent, origin)
    assert digests(again) == before


@pytest.mark.parametrize("file", ["sites.parquet", "hau-giang.xlsx", "sites.csv"])
def test_a_release_that_was_touched_is_refused(again, snapshot, origin, file):
    path = again / file
    path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    with pytest.raises(OutputError):
        release.release(snapshot, again.parent, origin)


def test_another_day_is_another_release(again, snapshot, origin):
    day = date(2024, 6, 30)
    assert release.name_of(snapshot, replace(origin, as_of=day)) != again.name


# --- long tables -------------------------------------------------------------------------------


def test_a_long_table_has_fewer_formats_and_each_file_of_all_says_so(
    snapshot, origin, tables, monkeypatch
):
    n = len(tables["evidence"])
    assert n > 100
    monkeypatch.setattr(formats, "MOST_ROWS", dict.fromkeys(formats.MOST_ROWS, 100))
    written = release.contents(snapshot, origin)
    assert {name for name in written if name.startswith("evidence.")} == {
        "evidence.csv",
        "evidence.parquet",
    }
    assert written["hau-giang.xlsx"][0]["en"] == "All tables that are not too long for it"
    assert {"sites.kml", "sites.geojson"} <= set(written)
    says = f"“Minh chứng” có {n} dòng"
    assert says in written["README.txt"][1].decode()
    book = openpyxl.load_workbook(BytesIO(written["hau-giang.xlsx"][1]))
    assert len(book.worksheets) == len(NAMES)
    assert any(says in str(row[0].value) for row in book.worksheets[-1].iter_rows())
