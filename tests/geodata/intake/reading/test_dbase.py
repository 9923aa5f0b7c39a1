"""Shapefiles: names cut inside a letter, texts in any codepage, parcels packed on a Mac."""

import io
import zipfile

import geopandas as gpd
import pyogrio
import pytest
from shapely import Point

from geodata.intake.reading import dbase, files
from geodata.intake.reading.grid import Part, Type
from tests.geodata.intake.reading.test_placemarks import left_out

HERE = Point(105.4701, 9.7845)
SITE = {"Tên": ["Siêu thị A"], "Loại": ["Siêu thị"]}


@pytest.fixture
def parts(tmp_path):
    """The files of a Shapefile with fields of any names, in UTF-8 cut at ten bytes."""

    def written(columns, shape=HERE, encoding="UTF-8"):
        plain = {f"F{at}": values for at, values in enumerate(columns.values())}
        frame = gpd.GeoDataFrame(plain, geometry=[shape] * len(plain["F0"]), crs="EPSG:4326")
        pyogrio.write_dataframe(frame, tmp_path / "a.shp", encoding=encoding)
        made = {path.suffix: path.read_bytes() for path in tmp_path.glob("a.*")}
        head = bytearray(made[".dbf"])
        for at, name in enumerate(columns):
            head[32 + 32 * at : 43 + 32 * at] = name.encode(encoding)[:10].ljust(11, b"\0")
        return made | {".dbf": bytes(head)}

    return written


def packed(made, stem="a", **more):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for suffix, part in made.items():
            archive.writestr(stem + suffix, part)
        for name, part in more.items():
            archive.writestr(name, part)
    return content.getvalue()


def read(content):
    (sheet,) = files.read(content, "a.zip")
    return sheet


def test_names_cut_inside_a_letter_are_read_where_one_header_begins_so(parts):
    columns = {
        "Tên cơ sở": ["A"],
        "Loại cơ sở": ["Siêu thị"],
        "Tình trạng hoạt động": ["Đang hoạt động"],
        "Diện tích (ha)": [2.5],
        "Ghi chú riêng": ["x"],
    }
    sheet = read(packed(parts(columns)))
    row = sheet.cells.loc[1]
    assert row[["name_vi", "kind", "lifecycle", "area_ha"]].to_list() == [
        *("A", "Siêu thị", "Đang hoạt động", "2.5")
    ]
    assert sum("bị Shapefile cắt" in note for note in sheet.notes) == 4
    assert left_out(sheet) == [(Part.COLUMN, ("Ghi chú r",))]
    assert sheet.types.loc[1, ["area_ha", "name_vi"]].to_list() == [Type.NUMBER, Type.TEXT]


@pytest.mark.parametrize(
    ("name", "values", "header"),
    [
        ("Quyết đ", ["12/QĐ"], ""),  # number or day of the decision
        ("Tình tr", ["Đang hoạt động", ""], "Tình trạng hoạt động"),
        ("Tình tr", ["x"], ""),
        ("Số doanh n", ["5"], "Số doanh nghiệp"),
        ("xyzt", ["5"], ""),
        ("Tê", ["A"], ""),
    ],
)
def test_a_beginning_means_a_header_only_if_no_other_fits(name, values, header):
    meant, notes = dbase.whole({name: values}, [True])
    assert meant == ({name: header} if header else {})
    assert len(notes) == len(meant)


def test_names_that_are_known_or_short_or_twice_are_left_alone():
    fields = {"Tên": ["A"], "Tên cơ s": ["B"], "Tên cơ": ["C"]}
    assert dbase.whole(fields, [True, True, True])[0] == {}
    assert dbase.whole({"Tên cơ s": ["B"]}, [False])[0] == {}


def test_a_text_cut_inside_a_letter_is_read_and_said(parts):
    made = parts(SITE | {"Ghi chú": ["Ghi"]})
    made[".dbf"] = made[".dbf"].replace("Siêu thị A".encode(), "Siêu thị".encode()[:-1] + b"   ")
    sheet = read(packed(made))
    assert sheet.cells.loc[1, "name_vi"] == "Siêu th"
    assert "1 ô chữ bị Shapefile cắt" in " ".join(sheet.notes)


@pytest.mark.parametrize("codepage", [None, b"UTF-8", b"65001", b"ANSI 1252", b"?", b"\xff\xfe"])
def test_letters_are_found_out_whatever_the_codepage_says(parts, codepage):
    made = parts(SITE)
    made.pop(".cpg", None)
    if codepage is not None:
        made[".cpg"] = codepage
    assert read(packed(made)).cells.loc[1, "kind"] == "Siêu thị"


def test_a_declared_codepage_is_believed_if_the_texts_agree():
    columns = [["Name"], ["caf\xe9"]]
    assert dbase.letters(columns, "a", "ANSI 1252") == ([["Name"], ["café"]], ())
    assert dbase.letters(columns, "a", "1250")[0] == [["Name"], ["café"]]
    assert dbase.letters([["Tên"], ["x"]], "a", "1252") == ([["Tên"], ["x"]], ())


def test_a_last_letter_of_an_old_set_is_no_letter_cut_off():
    old = "Lµng nghÒ ®an l¸t, x·"  # TCVN3
    columns, notes = dbase.letters([["F"], [old] * 5], "a", "")
    assert columns[1] == ["Làng nghề đan lát, xã"] * 5
    assert "TCVN3" in notes[0]


def test_parcels_of_a_mac_are_read_without_what_stands_aside(parts):
    made = parts(SITE)
    aside = {f"__MACOSX/x/._a{suffix}": b"\0\5\x16\7" for suffix in made}
    sheet = read(packed(made, "Lang nghe/a", **aside))
    assert (sheet.name, left_out(sheet)) == ("a", [])


def test_several_in_one_parcel_have_names_of_their_own_and_others_are_named(parts):
    made = parts(SITE)
    more = {f"b/a{suffix}": part for suffix, part in made.items()}
    more |= {"c.shp": b"x", "đọc.txt": b"x", "b/a.sbn": b"x", "A.QPJ": b"x"}
    sheets = files.read(packed(made, **more), "a.zip")
    assert [sheet.name for sheet in sheets] == ["a", "b/a"]
    assert left_out(sheets[0]) == [(Part.FILE, ("c.shp",)), (Part.FILE, ("đọc.txt",))]


def test_a_damaged_one_of_several_costs_itself_only(parts):
    made = parts(SITE)
    bad = {f"b{suffix}": b"x" if suffix == ".shp" else part for suffix, part in made.items()}
    sheet = read(packed(made, **bad, **{".DS_Store": b"x"}))
    assert (sheet.name, left_out(sheet)) == ("a", [(Part.FILE, ("b.shp",))])


def test_two_fields_of_one_cut_name_keep_their_values(parts):
    sheet = read(packed(parts(SITE | {"ghi_chep_nam_1": ["x"], "ghi_chep_nam_2": ["y"]})))
    assert left_out(sheet) == [(Part.COLUMN, ("ghi_chep_n", "ghi_chep_n (2)"))]


def test_a_parcel_of_other_files_is_read_file_by_file():
    table = "Mã cơ sở;Tên cơ sở;Loại cơ sở\nS1;Siêu thị A;Siêu thị\n".encode()
    layer = b'{"type": "Feature", "properties": {"name": "B", "kind": "ST"}, "geometry": null}'
    content = packed({}, **{"x/a.csv": table, "b.geojson": layer, "c.pdf": b"%PDF", "d.csv": b"1"})
    sheets = files.read(content, "a.zip")
    assert [sheet.name for sheet in sheets] == ["x/a.csv", "b.geojson"]
    assert {items for _part, items in left_out(sheets[0])} == {("c.pdf",), ("d.csv",)}


def test_a_parcel_in_a_parcel_is_read_once_and_never_without_end(parts, refusal):
    inner = packed(parts(SITE))
    assert read(packed({}, **{"b.zip": inner})).cells.loc[1, "name_vi"] == "Siêu thị A"
    assert "b.zip" in refusal(packed({}, **{"b.zip": packed({}, **{"c.zip": inner})}), "a.zip")
