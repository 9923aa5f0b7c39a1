"""A table of a screen as a file: what is seen, in that order, and nothing that calculates."""

import csv
from datetime import datetime
from io import BytesIO, StringIO

import openpyxl
import pandas as pd
import pytest

from geodata.outputs.data import listed

SEEN = pd.DataFrame(
    {
        "Tên": ["Chợ Ngã Bảy", "=1+1", "@SUM(A1)", None],
        "Ngày": pd.to_datetime(["2025-03-04", None, None, "2024-12-31"]),
        "Cách đây": pd.array([1500, None, 3, 0], dtype="Int64"),
        "Cách (km)": ["1,1 ± 3,0", "-5", "", ""],
    }
)


def test_a_csv_file_holds_the_rows_as_they_are_seen():
    content = listed.csv_file(SEEN)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert rows == [
        ["Tên", "Ngày", "Cách đây", "Cách (km)"],
        ["Chợ Ngã Bảy", "04/03/2025", "1500", "1,1 ± 3,0"],
        ["'=1+1", "", "", "-5"],
        ["'@SUM(A1)", "", "3", ""],
        ["", "31/12/2024", "0", ""],
    ]


def test_a_workbook_holds_days_and_numbers_as_such_and_no_formula():
    book = openpyxl.load_workbook(BytesIO(listed.workbook(SEEN, "Danh sách", ["Kế hoạch"])))
    rows = list(book.active.iter_rows())
    assert [rows[0][0].value, rows[1][0].value] == ["Danh sách", "Kế hoạch"]
    values = [[cell.value for cell in row] for row in rows[3:]]
    assert values[0] == list(SEEN.columns)
    assert values[1] == ["Chợ Ngã Bảy", datetime(2025, 3, 4), 1500, "1,1 ± 3,0"]  # noqa: DTZ001
    assert values[2][0] == "=1+1"
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d"}


@pytest.mark.parametrize("write", [listed.csv_file, lambda rows: listed.workbook(rows, "", [])])
def test_a_table_without_rows_is_still_a_file(write):
    assert write(SEEN.head(0))
