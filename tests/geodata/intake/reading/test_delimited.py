"""Text files: separator and letters are found out, and nothing slides into other columns."""

import codecs

import pytest

from geodata.core.errors import DataError
from geodata.intake.reading import files

TABLE = [
    ("Mã", "Tên cơ sở", "Loại", "Vĩ độ", "Kinh độ"),
    ("S1", "Siêu thị Vị Thanh", "Siêu thị", "9.7845", "105.4701"),
]


def text(delimiter, rows=TABLE):
    return "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encode",
    [
        lambda table: table.encode(),
        lambda table: codecs.BOM_UTF8 + table.encode(),
        lambda table: codecs.BOM_UTF16_LE + table.encode("utf-16-le"),
    ],
    ids=["UTF-8", "with BOM", "UTF-16"],
)
def test_separator_and_encoding_are_found_out(encode, delimiter):
    (sheet,) = files.read(encode(text(delimiter)), "a.csv")
    assert tuple(sheet.cells.loc[2]) == TABLE[1]
    assert list(sheet.places.values()) == ["A", "B", "C", "D", "E"]
    assert (sheet.name, sheet.notes) == ("", ())


def test_vietnamese_windows_with_semicolons_titles_and_decimal_commas(messy):
    (sheet,) = messy("semicolon_1258.csv")
    assert sheet.cells.loc[5].to_dict() == {
        "lon": "105,4701",
        "lat": "9,7845",
        "name_vi": "Siêu thị Vị Thanh",
        "id": "ST-01",
        "kind": "Siêu thị",
        "area_ha": "0,35",
        "year": "2015",
    }
    assert sheet.cells.loc[6, "area_ha"] == "1.250,5"
    assert "Windows-1258" in sheet.notes[0]


@pytest.mark.parametrize("name", ["tcvn3.csv", "vni.csv"])
def test_old_letters_are_the_same_table(messy, name):
    (sheet,) = messy(name)
    assert sheet.headers["commune"] == "Xã, phường"
    assert list(sheet.cells["name_vi"]) == [
        "Làng nghề đan cần xé",
        "Làng nghề đóng ghe xuồng",
        "Làng nghề dệt chiếu Thủy Hòa",
    ]


def test_positions_stay_as_written(messy):
    (sheet,) = messy("bom_positions.csv")
    assert list(sheet.cells["position"]) == [
        "9°48'36,5\"B 105°49'12\"Đ",
        "9,7845; 105,4701",
        "X=1082058,463 Y=551374,634",
    ]
    assert list(sheet.cells["public"]) == ["có", "không", "có"]


def test_grid_positions_stay_with_the_meridian_that_is_written(messy):
    (sheet,) = messy("meridians.csv")
    assert sheet.cells.loc[2, ["vn2000_x", "vn2000_y"]].to_list() == ["1.082.058,46", "551.374,63"]
    assert sheet.cells["central_meridian"].fillna("").to_list() == [
        "105°00'",
        "105",
        "105°30'",
        "",
        "",
    ]


def test_names_are_not_made_alike(messy):
    (sheet,) = messy("homonyms.csv")
    assert list(sheet.cells["commune"])[:2] == ["Vị Thanh", "Xã Vị Thuỷ"]
    assert len(sheet.cells) == 7


def test_a_decimal_comma_between_commas_is_refused():
    rows = [TABLE[0], ("S1", "Siêu thị", "Siêu thị", "9,7845", "105,4701")]
    with pytest.raises(DataError, match="nhiều ô hơn"):
        files.read(text(",", rows).encode(), "a.csv")


def test_a_line_break_in_a_cell_is_one_row_as_in_excel():
    rows = [TABLE[0], ("S1", '"Siêu thị\nVị Thanh"', "ST", "1", "2"), TABLE[1]]
    (sheet,) = files.read(text(",", rows).encode(), "a.csv")
    assert list(sheet.cells.index) == [2, 3]
    assert sheet.cells.loc[2, "name_vi"] == "Siêu thị\nVị Thanh"


def test_a_quotation_mark_that_stays_open_is_told_by_its_row():
    content = text(",").encode() + b'S2,"ST,x,1,2\n'
    with pytest.raises(DataError, match="dòng 3"):
        files.read(content, "a.csv")


def test_letters_apart_from_their_marks_and_invisible_ones_come_out_whole():
    content = text(",").replace("Vị", "Vi\u0323\u200b").replace("S1", "\u00a0S1\u0007 ").encode()
    (sheet,) = files.read(content, "a.csv")
    assert sheet.cells.loc[2, ["id", "name_vi"]].to_list() == ["S1", "Siêu thị Vị Thanh"]
