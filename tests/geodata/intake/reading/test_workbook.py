"""Excel workbooks: what a cell shows, as text, and nothing a person does not see."""

import io
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter

from geodata.intake.reading import files
from geodata.intake.reading.grid import Type

DAY = datetime(2024, 6, 30)  # noqa: DTZ001 - Excel has no zones
HEAD = ("Mã", "Tên cơ sở", "Loại", "Năm", "Vĩ độ", "Kinh độ", "Công khai", "Hiệu lực từ")


def book(fill, **options):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **options}) as workbook:
        fill(workbook)
    return content.getvalue()


def only(write):
    """A workbook of one sheet with the usual header and one row."""

    def fill(workbook):
        sheet = workbook.add_worksheet("Cơ sở")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["S1", "Siêu thị", "ST"])
        write(workbook, sheet)

    return files.read(book(fill), "a.xlsx")[0].cells.loc[2]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (2024, "2024"),
        (2024.0, "2024"),
        (9.7845, "9.7845"),
        (105.47012345, "105.47012345"),
        (0.1 + 0.2, "0.3"),
        (1082058.463, "1082058.463"),
        (1e-7, "0.0000001"),
        (-5, "-5"),
        (True, "yes"),
        (False, "no"),
        ("  9,7845 ", "9,7845"),
        ("007", "007"),
    ],
)
def test_a_cell_becomes_the_text_it_shows(written, text):
    assert only(lambda _book, sheet: sheet.write(1, 3, written))["year"] == text


@pytest.mark.parametrize("shown", ["dd/mm/yyyy", "d/m/yy", '"ngày" dd "tháng" mm'])
def test_a_day_is_iso_text_however_it_is_shown(shown):
    row = only(
        lambda book, sheet: sheet.write_datetime(
            1,
            7,
            DAY,
            book.add_format({"num_format": shown}),
        )
    )
    assert row["valid_from"] == "2024-06-30"


def test_a_day_shown_without_its_day_is_a_month():
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["S1", "Siêu thị", "ST"])
        sheet.write_datetime(1, 7, DAY, workbook.add_format({"num_format": "mm/yyyy"}))

    (sheet,) = files.read(book(fill), "a.xlsx")
    assert sheet.cells.loc[2, "valid_from"] == "06/2024"
    assert sheet.types.loc[2, "valid_from"] == Type.MONTH


@pytest.mark.parametrize(
    ("shown", "text", "kind"),
    [
        ('"HG-ST-"00', "HG-ST-07", Type.SHOWN),
        ("000", "007", Type.SHOWN),
        ('0.0" ha"', "7", Type.NUMBER),
        ("#,##0", "7", Type.NUMBER),
    ],
)
def test_a_code_that_only_the_format_shows_is_read_as_shown(shown, text, kind):
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 1, ["Siêu thị", "ST"])
        sheet.write_number(1, 0, 7, workbook.add_format({"num_format": shown}))

    (sheet,) = files.read(book(fill), "a.xlsx")
    assert (sheet.cells.loc[2, "id"], sheet.types.loc[2, "id"]) == (text, kind)


def test_a_link_behind_a_cell_stands_beside_its_text():
    def write(_book, sheet):
        sheet.write_url(1, 6, "https://maps.example/?q=9.7845,105.4701", string="Xem bản đồ")

    assert "q=9.7845,105.4701" in only(write).iloc[6]


def test_hidden_rows_are_data_and_hidden_sheets_are_not_and_both_are_said():
    def fill(workbook):
        for title in ("Một", "Ẩn"):
            sheet = workbook.add_worksheet(title)
            sheet.write_row(0, 0, HEAD)
            sheet.write_row(1, 0, ["S1", "Siêu thị", "ST"])
            sheet.set_row(1, None, None, {"hidden": True})
        sheet.hide()

    (sheet,) = files.read(book(fill), "a.xlsx")
    assert list(sheet.cells.index) == [2]
    assert "2" in " ".join(sheet.notes)
    assert [part.items for part in sheet.left_out] == [("Ẩn",)]


def test_days_of_a_workbook_from_a_mac_are_the_same():
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["S1", "Siêu thị", "ST"])
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime(1, 7, DAY, day)

    (sheet,) = files.read(book(fill, date_1904=True), "a.xlsx")
    assert sheet.cells.loc[2, "valid_from"] == "2024-06-30"


def test_a_number_that_only_could_be_a_day_stays_a_number(messy):
    (sheet,) = messy("serial_days.xlsx")
    assert sheet.kind == "evidence"
    assert list(sheet.cells["event_date"]) == [
        *("45473", "2024-06-30", "tháng 6/2024", "30.6.2024", "Quý II/2024"),
    ]


def test_text_in_several_fonts_is_one_text():
    def write(book, sheet):
        bold = book.add_format({"bold": True})
        sheet.write_rich_string(1, 1, "Siêu ", bold, "thị", " Vị Thanh")

    assert only(write)["name_vi"] == "Siêu thị Vị Thanh"


def test_a_workbook_from_another_program_is_read_the_same():
    workbook = openpyxl.Workbook()
    workbook.active.append(HEAD)
    workbook.active.append(["S1", "Siêu thị", "ST", 2015, 9.5, 105.5, True, date(2024, 6, 30)])
    content = io.BytesIO()
    workbook.save(content)
    (sheet,) = files.read(content.getvalue(), "a.xlsx")
    assert sheet.cells.loc[2].to_list() == [
        *("S1", "Siêu thị", "ST", "2015", "9.5", "105.5", "yes", "2024-06-30"),
    ]


def test_every_recognised_sheet_is_a_table_and_hidden_ones_are_not():
    def fill(workbook):
        for title in ("Một", "Hai", "Ẩn"):
            sheet = workbook.add_worksheet(title)
            sheet.write_row(0, 0, HEAD)
            sheet.write_row(1, 0, ["S1", "Siêu thị", "ST"])
        sheet.hide()

    assert [sheet.name for sheet in files.read(book(fill), "a.xlsx")] == ["Một", "Hai"]


def test_cells_are_named_as_excel_names_them():
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_row(4, 27, HEAD)
        sheet.write_row(6, 27, ["S1", "Siêu thị", "ST"])

    (sheet,) = files.read(book(fill), "a.xlsx")
    assert list(sheet.cells.index) == [7]
    assert (sheet.places["id"], sheet.places["kind"]) == ("AB", "AD")
