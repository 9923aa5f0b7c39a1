"""Letters from before Unicode: each old set becomes Vietnamese, and nothing else is touched."""

import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.errors import DataError
from geodata.intake.reading import legacy
from geodata.intake.reading.grid import Grid

MAKE = runpy.run_path(str(Path(__file__).parents[1] / "messy" / "make.py"))
PLACES = (
    "Phường Ngã Bảy, thị xã Ngã Bảy; xã Vị Thủy, huyện Vị Thuỷ; thị trấn Nàng Mau, Cái Tắc",
    "Khu công nghiệp Sông Hậu; cụm công nghiệp Phú Hữu; làng nghề đóng ghe xuồng, đan cần xé",
    "Đã tổ chức hội nghị tuyên truyền về sản xuất và tiêu dùng bền vững, nguyên nhiên liệu",
)
SETS = {
    "Windows-1258": MAKE["windows_1258"],
    "TCVN3 (.VnTime)": lambda text: MAKE["tcvn3"](text).encode("latin-1"),
    "VNI": lambda text: MAKE["vni"](text).encode("latin-1"),
}


@pytest.mark.parametrize("text", PLACES)
@pytest.mark.parametrize("name", SETS)
def test_an_old_set_is_recognised_and_converted(name, text):
    assert legacy.decoded(SETS[name](text), "tệp.csv") == (text, name)


@pytest.mark.parametrize("name", SETS)
@given(st.lists(st.sampled_from(" ".join(PLACES).split()), min_size=8, max_size=30, unique=True))
def test_so_is_any_text_of_more_than_a_few_words(name, words):
    text = " ".join(words)
    if sum(not word.isascii() for word in words) > 5:
        assert legacy.decoded(SETS[name](text), "tệp.csv")[0] == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("LµNG NGHÒ PHó H÷U", "LÀNG NGHỀ PHÚ HỮU"),
        ("X· Hßa An, §«ng Ph­íc", "Xã Hòa An, Đông Phước"),
        ("Ph\xad¬ng B×nh \u2013 T©n Ph\xad\xedc H\xadng", "Phương Bình \u2013 Tân Phước Hưng"),
    ],
)
def test_tcvn3_has_capitals_only_by_its_font(typed, meant):
    assert converted(["Ghi chú", typed, "Côm c«ng nghiÖp", "Lµng nghÒ"])[1] == meant


def test_vni_may_have_small_marks_on_capitals():
    assert converted(["VÒ THUÛY", "ÑÖÔØNG NGUYEÃN HUEÄ", "PHÖÔùNG NGAõ BAûY"]) == [
        "VỊ THỦY",
        "ĐƯỜNG NGUYỄN HUỆ",
        "PHƯỚNG NGÃ BẢY",
    ]


def converted(column):
    repaired, _notes = legacy.repaired(Grid("x", {n: [text] for n, text in enumerate(column)}))
    return [row[0] for row in repaired.rows.values()]


@pytest.mark.parametrize(
    "column",
    [
        ["Tên cơ sở", *PLACES],
        ["Phó", "Tên", "Mã", "Cái"],
        ["9°47'04\"", "105°28′", "2 m²", "±5"],
        ["Café société générale", "Number One™ – Hậu Giang"],
        ["ភូមិ", "公司", "Müller"],
    ],
    ids=["Vietnamese", "few letters", "signs", "French", "other scripts"],
)
def test_what_is_unicode_stays_as_it_is(column):
    assert converted(column) == column


def test_a_mixed_sheet_is_converted_where_it_is_old(messy):
    (sheet,) = messy("old_font.xlsx")
    assert sheet.cells.loc[2].to_dict() == {
        "id": "LN-01",
        "name_vi": "Làng nghề đan lát Thủy Hòa",
        "kind": "Làng nghề",
        "district": "Phụng Hiệp",
    }
    assert "TCVN3" in sheet.notes[0]


def test_a_set_nobody_knows_is_refused():
    viscii = "Th\xb8 tr\xa4n N\xe0ng Mau, huy\xaen V\xb8 Th\xfcy, c\xf8m c\xf4ng nghi\xaep".encode(
        "latin-1"
    )
    with pytest.raises(DataError, match="bảng mã"):
        legacy.decoded(viscii, "tệp.csv")


def test_a_font_nobody_knows_is_refused():
    words = [f"{letter}\x81{mark}ng" for letter in "bcdghklmnt" for mark in "\x82\x9d"]
    with pytest.raises(DataError, match="phông chữ"):
        converted(words)


def twice(text):
    """A text in UTF-8, read as Windows-1252."""
    undefined = "\x81\x8d\x8f\x90\x9d"
    return "".join(
        chr(byte) if chr(byte) in undefined else bytes([byte]).decode("cp1252")
        for byte in text.encode()
    )


@pytest.mark.parametrize(
    "text", ["Làng nghề đan lát Vị Thủy", "Đường số 5 – ấp 3", "Xã, phường", "Cụm công nghiệp"]
)
def test_a_text_that_was_read_twice_is_put_back_and_said(text):
    for broken in (twice(text), twice(text).replace("\xa0", " ")):
        repaired, (note,) = legacy.repaired(Grid("", {1: ["Tên", broken, "Ngã Bảy"]}))
        assert repaired.rows[1] == ["Tên", text, "Ngã Bảy"]
        assert text in note


@pytest.mark.parametrize("text", ["LÃ ng nghá»\ufffd", "Âu Cơ", "Ã", "NGÃ BẢY", "Café Ä"])
def test_a_text_that_cannot_be_put_back_for_sure_stays(text):
    repaired, _notes = legacy.repaired(Grid("", {1: [text, "Ngã Bảy"]}))
    assert repaired.rows[1][0] == text
