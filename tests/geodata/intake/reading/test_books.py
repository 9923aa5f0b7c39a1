"""Workbooks of every format say the same: formats, formulas, links, hidden parts and errors.

The three books hold one table; Excel's was written by XlsxWriter, the others by LibreOffice.
"""

import contextlib
import io
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import is_date_format

from geodata.core.errors import DataError
from geodata.intake.reading import files
from geodata.intake.reading.grid import Part, Type, clean
from geodata.intake.reading.marks import is_month, prefix_of, suffix_of
from tests.examples import examples

EXCEL_START = date(1899, 12, 30)
BOOKS = Path(__file__).parent / "books"
ODS = "xmlns:{0}='urn:{0}'".format
PREFIXES = " ".join(map(ODS, ("office", "table", "text", "number", "style", "xlink", "calcext")))


@pytest.fixture(params=["xlsx", "ods", "xls"])
def book(request):
    path = BOOKS / f"kinds.{request.param}"
    (sheet,) = files.read(path, path.name)
    return sheet


def test_a_code_that_only_its_format_shows_is_read_as_shown(book):
    assert book.cells["id"].tolist()[:5] == [f"HG-ST-{n:02}" for n in range(7, 12)]
    assert book.cells["source_note"].tolist()[:5] == [f"00{n}" for n in range(1, 6)]
    assert set(book.types["id"][:5]) == {Type.SHOWN}


def test_a_month_is_no_day(book):
    assert book.cells["valid_from"].tolist()[:3] == ["06/2024", "06/2024", "2024-06-03"]
    assert "".join(book.types["valid_from"][:5]) == "mmddd"
    assert set(book.cells["decision_date"][:5]) == {"2024-12-31"}


def test_a_link_is_offered_beside_its_text(book):
    assert set(book.cells["position"][:5]) == {
        "Xem bản đồ https://www.google.com/maps?q=9.7845,105.4701"
    }


def test_what_was_computed_hidden_or_wrong_is_named(book):
    formulas, rows, columns = book.notes
    assert formulas.endswith("E2, E3, E4, E5, E6.")
    assert rows.endswith(": 4.")
    assert columns.endswith(": G.")
    assert [(part.part, part.items) for part in book.left_out] == [
        (Part.CELL, ("E7",)),
        (Part.SHEET, ("Ẩn",)),
        (Part.SHEET, ("Rất ẩn",)),
    ]


def opendocument(table):
    """The least that is an ODS, with one sheet."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest:manifest/>")
        packed.writestr(
            "content.xml",
            f"<office:document-content {PREFIXES}><office:automatic-styles>"
            "<number:number-style style:name='N1'><number:text>HG-ST-</number:text>"
            "<number:number number:min-integer-digits='2'/></number:number-style>"
            "<style:style style:name='c1' style:data-style-name='N1'/>"
            "</office:automatic-styles><office:body><office:spreadsheet>"
            f"<table:table table:name='A'>{table}</table:table>"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return content.getvalue()


def cell(text, more=""):
    return (
        f"<table:table-cell office:value-type='string' {more}><text:p>{text}</text:p>"
        "</table:table-cell>"
    )


HEAD = f"<table:table-row>{''.join(map(cell, ('Mã', 'Tên cơ sở', 'Loại cơ sở')))}</table:table-row>"
CODE = (
    "<table:table-cell table:style-name='c1' office:value-type='float' office:value='7' {0}>"
    "<text:p>HG-ST-07</text:p></table:table-cell>"
)


def test_rows_and_cells_that_are_repeated_keep_their_formats():
    row = CODE.format("") + cell("Siêu thị") + cell("ST")
    rows = f"<table:table-row table:number-rows-repeated='3'>{row}</table:table-row>"
    (sheet,) = files.read(opendocument(HEAD + rows), "a.ods")
    assert sheet.cells["id"].tolist() == ["HG-ST-07"] * 3
    assert list(sheet.cells.index) == [2, 3, 4]


REPEATED = (
    "<table:table-row table:number-rows-repeated='2000000'>{}</table:table-row>".format(
        CODE.format("")
    ),
    "<table:table-row>{}</table:table-row>".format(
        CODE.format("table:number-columns-repeated='100000000'")
    ),
    "<table:table-row table:number-rows-repeated='x'/>",
)


@pytest.mark.parametrize("much", REPEATED)
def test_cells_repeated_without_end_cost_a_sentence(much):
    with pytest.raises(DataError):
        files.read(opendocument(HEAD + much), "a.ods")


@pytest.mark.parametrize(
    ("code", "month", "prefix", "suffix"),
    [
        ("mm/yyyy", True, None, ""),
        ('"tháng" m"/"yyyy', True, None, ""),
        ("[$-409]mmm\\-yy;@", True, None, ""),
        ("dd/mm/yyyy", False, None, ""),
        ("[h]:mm", False, None, ""),
        ('"HG-ST-"00', False, ("HG-ST-", 2), ""),
        ("\\H\\G\\-00", False, ("HG-", 2), ""),
        ("000", False, ("", 3), ""),
        ("0", False, None, ""),
        ('#,##0" m2"', False, None, "m2"),
        ('0.0" nghìn m²"', False, None, "nghìn m²"),
        ('0.0" ha"', False, None, ""),
        ("General", False, None, ""),
        ("", False, None, ""),
    ],
)
def test_what_a_format_shows_beyond_the_value(code, month, prefix, suffix):
    assert (is_month(code), prefix_of(code), suffix_of(code)) == (month, prefix, suffix)


@pytest.mark.parametrize("name", ["kinds.xls", "kinds.ods"])
def test_a_damaged_book_is_read_or_refused_and_nothing_else(name):
    whole = (BOOKS / name).read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        broken = bytearray(whole)
        broken[at : at + 8] = bytes(byte ^ 0x55 for byte in broken[at : at + 8])
        for content in (bytes(broken), whole[:at]):
            with contextlib.suppress(DataError):
                assert files.read(content, name)


FORMATS = (
    *("", "0", "0.00", "#,##0", "#,##0.00", "000", '"HG-"00', '0" hộ"', '#,##0" m2"', "0%"),
    *("dd/mm/yyyy", "mm/yyyy", 'mmm-yy"."', "d/m", "yyyy", "[$-42A]dd/mm/yyyy", "@"),
)
VALUES = st.one_of(
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9).filter(lambda value: value == 0 or abs(value) > 1e-6),
    st.dates(date(1905, 1, 1), date(2090, 1, 1)),
    st.text("aĂđ1. ,;-/'", min_size=1, max_size=20).filter(str.strip),
)


@examples(30)
@given(st.lists(st.tuples(VALUES, st.sampled_from(FORMATS)), min_size=1, max_size=30))
def test_every_cell_is_kept_or_shown_as_a_person_sees_it(drawn):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Tên cơ sở", "Loại cơ sở", "Chi tiết"])
        for row, (value, shown) in enumerate(drawn, 1):
            style = workbook.add_format({"num_format": shown} if shown else {})
            sheet.write_row(row, 0, [f"A{row}", "ST"])
            if isinstance(value, date):
                sheet.write_datetime(row, 2, datetime.combine(value, time()), style)
            else:
                (sheet.write_string if isinstance(value, str) else sheet.write_number)(
                    row, 2, value, style
                )
    (table,) = files.read(content.getvalue(), "a.xlsx")
    for row, (value, shown) in enumerate(drawn, 2):
        text, kind = table.cells.loc[row, "details"], table.types.loc[row, "details"]
        if isinstance(value, str):
            assert (text, kind) == (clean(value), Type.TEXT)
        elif kind == Type.MONTH:
            assert is_month(shown)
            assert re.fullmatch(r"\d\d/\d{4}", text)
        elif kind == Type.SHOWN:
            prefix, digits = prefix_of(shown)
            whole = value if isinstance(value, int | float) else (value - EXCEL_START).days
            assert text == prefix + str(int(whole)).zfill(digits)
        elif kind == Type.DAY and isinstance(value, date):
            assert text[:10] == value.isoformat()
        elif kind == Type.TEXT:  # with its measure, or less than a day in a cell of days
            assert text.endswith(" m2") or (is_date_format(shown) and ":" in text)
        elif kind == Type.NUMBER:
            whole = (value - EXCEL_START).days if isinstance(value, date) else value
            assert float(text) == pytest.approx(whole, rel=1e-14)
        else:  # a number shown as a day: judged as one, and asked about where it cannot be
            assert kind == Type.DAY
            assert is_date_format(shown)
