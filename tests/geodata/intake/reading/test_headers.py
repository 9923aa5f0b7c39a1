"""Finding the table in a sheet: under titles, in any order, with headers of one to three rows."""

import pytest

from geodata.core.errors import DataError
from geodata.intake.reading import headers
from geodata.intake.reading.grid import Grid, Span, letter


def grid(*rows, name="Bảng", spans=()):
    return Grid(name, {n: list(row) for n, row in enumerate(rows, start=1)}, tuple(spans))


HEAD = ("Mã", "Tên cơ sở", "Loại", "Huyện")
ROW = ("S1", "Siêu thị Vị Thanh", "Siêu thị", "Vị Thanh")


def test_a_form_of_an_office_is_read_as_people_read_it(messy):
    (sheet,) = messy("office_form.xlsx")
    assert (sheet.name, sheet.kind, sheet.ignored) == ("Biểu 01", "sites", ("STT",))
    assert list(sheet.cells.index) == [11, 13, 14]
    assert sheet.cells.loc[11].to_dict() == {
        "name_vi": "KCN Sông Hậu",
        "district": "Châu Thành",
        "commune": "Đông Phú",
        "vn2000_x": "1102345.12",
        "vn2000_y": "592410.5",
        "decision": "244/QĐ-UBND",
        "decision_date": "2007-01-31",
        "area_ha": "290.79",
        "lifecycle": "Đang hoạt động",
        "kind": "industrial_park",
    }
    assert list(sheet.cells["district"]) == ["Châu Thành", "Vị Thuỷ", "Vị Thuỷ"]
    assert list(sheet.cells["kind"]) == ["industrial_park"] + ["industrial_cluster"] * 2
    assert (sheet.places["vn2000_y"], sheet.headers["vn2000_y"]) == ("F", "Tọa độ VN-2000 Y (m)")
    (kinds,) = sheet.notes
    assert "tiêu đề nhóm" in kinds
    assert [(part.part, part.items) for part in sheet.left_out] == [
        ("row", ("15",)),
        ("row", ("18", "19")),
        ("row", ("1", "2", "4", "5")),
        ("sheet", ("Bìa",)),
    ]


def test_the_order_of_columns_does_not_matter():
    turned = headers.sheet(grid(HEAD[::-1], ROW[::-1]))
    straight = headers.sheet(grid(HEAD, ROW))
    assert turned.cells.loc[2].to_dict() == straight.cells.loc[2].to_dict()
    assert turned.places == {"id": "D", "name_vi": "C", "kind": "B", "district": "A"}


def test_headers_may_be_english_or_vietnamese_in_one_file():
    sheet = headers.sheet(grid(("code", "NAME", "Loại cơ sở", "Latitude", "Kinh độ", "Email"), ROW))
    assert set(sheet.cells) == {"id", "name_vi", "kind", "lat", "lon"}
    assert sheet.ignored == ("Email",)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (("Mã minh chứng", "Mã cơ sở", "Loại sự kiện", "Ngày tổ chức"), "evidence"),
        (("Mã cơ sở", "Ngành", "Nguyên liệu", "Năm", "Mức tiêu hao", "Sản lượng"), "declarations"),
        (("Mã cơ sở", "Tên cơ sở", "Ngày quyết định", "Huyện"), "sites"),
        (("Tên", "Vĩ độ", "Kinh độ"), "sites"),
    ],
)
def test_headers_tell_what_the_table_is_about(head, kind):
    assert headers.sheet(grid(("BÁO CÁO",), (), head, ("x",) * len(head))).kind == kind


@pytest.mark.parametrize("head", [("Tên", "Tuổi"), ("Mã", "Vĩ độ"), ("a", "b", "c")])
def test_without_what_a_table_needs_it_is_none(head):
    assert headers.sheet(grid(head, ("x", "y", "z"))) is None


def test_the_same_header_twice_is_refused_by_its_places():
    with pytest.raises(DataError, match=r"Cột B và cột D .* “Tên cơ sở”"):
        headers.sheet(grid(("Mã", "Tên cơ sở", "Loại", "Tên cơ sở"), ROW))


def test_of_two_like_headers_the_more_exact_is_taken():
    head = ("Mã cơ sở", "Tên cơ sở", "Tên tiếng Việt", "Loại cơ sở")
    sheet = headers.sheet(grid(head, ROW))
    assert sheet.places["name_vi"] == "B"
    assert sheet.ignored == ("Tên tiếng Việt",)


def test_a_wide_merged_header_is_one_column():
    head = ("Mã", "Tên cơ sở", "", "Loại")
    sheet = headers.sheet(grid(head, ("S1", "Siêu thị", "", "ST"), spans=[Span(1, 1, 1, 2)]))
    assert sheet.places == {"id": "A", "name_vi": "B", "kind": "D"}


def test_a_heading_over_two_columns_tells_them_apart():
    rows = (("Mã", "Tên", "Quyết định", ""), ("", "", "Số", "Ngày"), ("S1", "A", "1", "2024-01-02"))
    spans = [Span(1, 2, 1, 3), Span(1, 0, 2, 0), Span(1, 1, 2, 1)]
    sheet = headers.sheet(grid(*rows, spans=spans))
    assert (sheet.places["decision"], sheet.places["decision_date"]) == ("C", "D")
    assert sheet.headers["decision_date"] == "Quyết định Ngày"
    assert list(sheet.cells.index) == [3]


def test_a_cell_merged_over_rows_stands_in_each_of_them():
    rows = (HEAD, ROW, ("S2", "B", "Siêu thị", ""), ("S3", "C", "Siêu thị", ""))
    sheet = headers.sheet(grid(*rows, spans=[Span(2, 3, 3, 3)]))
    assert sheet.cells["district"].to_list()[:2] == ["Vị Thanh", "Vị Thanh"]
    assert sheet.cells["district"].isna().to_list() == [False, False, True]


def test_rows_keep_the_numbers_that_excel_shows():
    blank = ("", "", "", "")
    sheet = headers.sheet(grid(("TIÊU ĐỀ",), HEAD, ROW, blank, ("S2", "B", "CCN", "x")))
    assert list(sheet.cells.index) == [3, 5]


def test_a_row_that_numbers_the_columns_is_no_site():
    sheet = headers.sheet(grid(HEAD, ("(1)", "(2)", "(3)", "(4)"), ROW))
    assert list(sheet.cells.index) == [3]


def test_totals_and_signatures_are_left_out_and_told():
    rows = (HEAD, ROW, ("Tổng cộng", "1", "", ""), (), ("", "", "Người lập", ""))
    sheet = headers.sheet(grid(*rows))
    assert list(sheet.cells.index) == [2]
    assert [part.items for part in sheet.left_out] == [("3",), ("5",)]


def test_a_thin_row_below_a_gap_is_read_when_it_says_of_which_kind_it_is():
    rows = (HEAD, ROW, (), ("", "Siêu thị B", "Siêu thị", ""), ("", "Người lập", "", ""))
    sheet = headers.sheet(grid(*rows))
    assert list(sheet.cells.index) == [2, 4]


def test_a_column_that_nobody_knows_is_named_and_a_numbering_one_is_not():
    sheet = headers.sheet(grid((*HEAD, "STT", "Doanh thu"), (*ROW, "1", "5")))
    assert [part.items for part in sheet.left_out] == [("Doanh thu (F)",)]


def test_a_short_row_within_the_table_is_kept():
    sheet = headers.sheet(grid(HEAD, ROW, (), ("S2", "", "", ""), ROW))
    assert list(sheet.cells.index) == [2, 4, 5]


def test_a_section_does_not_overrule_a_kind_that_is_written():
    rows = (HEAD, ("", "II. Cụm công nghiệp", "", ""), ("S1", "A", "", "x"), ("S2", "B", "LN", "x"))
    assert list(headers.sheet(grid(*rows)).cells["kind"]) == ["industrial_cluster", "LN"]


def test_in_a_text_file_a_row_wider_than_the_header_is_refused():
    with pytest.raises(DataError, match="Dòng 2 có nhiều ô hơn"):
        headers.sheet(grid(HEAD, (*ROW, "x"), name=""))


def test_columns_have_the_letters_of_excel():
    assert [letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"),
    ]


FORM = "STT", "Tên cơ sở", "Loại cơ sở", "Xã"


def test_a_row_with_a_number_of_its_own_is_no_signature():
    sheet = headers.sheet(
        grid(FORM, ("1", "A", "ST", "X"), (), ("2", "B"), (), ("", "Người lập", "", "GIÁM ĐỐC"))
    )
    assert list(sheet.cells["name_vi"]) == ["A", "B"]
    assert [part.items for part in sheet.left_out] == [("6",)]


def test_a_second_table_below_is_read_as_one_of_its_own():
    one, two = headers.tables(
        grid(
            FORM,
            ("1", "A", "ST", "X"),
            (),
            ("Bảng 2. Tuyên truyền",),
            ("STT", "Mã cơ sở", "Nhóm nội dung", "Ngày diễn ra"),
            ("1", "HG-ST-01", "Tuyên truyền", "5/6/2024"),
        )
    )
    assert (one.kind, list(one.cells["name_vi"])) == ("sites", ["A"])
    assert (two.kind, list(two.cells.index), two.places["event_date"]) == ("evidence", [6], "D")
    assert [part.items for part in (*one.left_out, *two.left_out)] == [("4",)]


def test_a_header_on_every_page_parts_nothing():
    (sheet,) = headers.tables(
        grid(FORM, ("1", "A", "ST", "X"), (), FORM, ("2", "B", "ST", "Y"), FORM, ("3", "C", "ST"))
    )
    assert list(sheet.cells["name_vi"]) == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Diện tích (m2)", "m2"),
        ("Diện tích (nghìn m2)", "nghìn m2"),
        ("Diện tích đất (1.000 m²)", "1.000 m²"),
        ("Diện tích, ha", "ha"),
        ("DienTich_m2", "m2"),
        ("Diện tích (ĐVT: m2)", "m2"),
        ("Diện tích", None),
    ],
)
def test_the_unit_of_a_header_is_kept(header, unit):
    sheet = headers.sheet(grid(("Tên cơ sở", "Loại", header), ("A", "ST", "2")))
    assert sheet.cells["area_ha"].tolist() == ["2"]
    assert sheet.units.get("area_ha") == unit


def test_the_unit_in_a_line_above_a_table_is_that_of_its_areas():
    sheet = headers.sheet(
        grid(("ĐVT: nghìn m2",), ("Tên cơ sở", "Loại", "Diện tích"), ("A", "ST", "2"))
    )
    assert sheet.units == {"area_ha": "nghìn m2"}


def test_rows_above_a_table_are_named():
    sheet = headers.sheet(grid(("Xã Vị Tân",), (), HEAD, ROW))
    assert [part.items for part in sheet.left_out] == [("1",)]


def test_columns_without_a_name_and_with_the_same_are_named():
    head = (*HEAD, "", "Lạ", "Lạ")
    sheet = headers.sheet(grid(head, (*ROW, "?", "1", "2", "3")))
    assert [part.items for part in sheet.left_out] == [("Lạ (F)", "Lạ G (G)"), ("E", "H")]
    assert sheet.spare.loc[2].to_dict() == {"Lạ": "1", "Lạ G": "2"}
