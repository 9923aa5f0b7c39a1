"""A file of distances: in metres whatever its form, or refused with the first wrong cell."""

import io
from math import inf

import openpyxl
import pytest

from geodata.core.errors import DataError
from geodata.intake import matrix

GOOD = "điểm (km),S1,S2\nxã A,1.5,0\nTuyến 2,3,12\n"


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.encode("utf-16"),
        GOOD.replace(",", ";").replace(".", ",").encode(),
        GOOD.replace(",", "\t").encode(),
        GOOD.replace("\n", "\r\n").encode() + b"\r\n",
        workbook([["m", "S1", "S2"], ["xã A", 1500, 0], ["Tuyến 2", 3000, 12000]]),
    ],
)
def test_every_form_of_the_file_gives_the_same_metres(content):
    table = matrix.read(content, "xa.csv")
    assert list(table.index) == ["xã A", "Tuyến 2"]
    assert list(table.columns) == ["S1", "S2"]
    assert table.to_numpy().tolist() == [[1500, 0], [3000, 12000]]


@pytest.mark.parametrize(
    ("content", "sign"),
    [
        (b"", "khoảng cách"),
        (b"km,S1\n", "khoảng cách"),
        (b"venue,S1\nA,1\n", "km hoặc m"),
        (b"km,S1\nA,-1\n", "-1"),
        (b"km,S1\nA,nan\n", "nan"),
        (b"km,S1\nA,inf\n", "inf"),
        (b"km,S1\nA,far\n", "far"),
        (b"km,S1,S1\nA,1,2\n", "S1"),
        (b"km,S1\nA,1\nA,2\n", "“A”"),
        (b"km,\nA,1\n", "mã"),
        (b'km,S1\n"A,1\n', "CSV"),
        (b"\xff\xfe\x00", "CSV"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "CSV"),
        (b"PK\x03\x04not really", "hỏng"),
        (workbook([["km", "S1"], ["A", "=1+1"]]), "B2"),
    ],
)
def test_a_file_that_is_no_table_of_distances_gets_a_sentence(content, sign):
    with pytest.raises(DataError, match=sign) as refused:
        matrix.read(content, "../đường/xa.csv")
    assert len(str(refused.value).splitlines()) == 1
    assert "../" not in str(refused.value)


def test_a_blank_distance_is_no_way_and_said_aloud():
    table = matrix.read(b"km,S1,S2\nA,1,\nB,-,2\nC,1\n", "x.csv")
    assert table.to_numpy().tolist() == [[1000, inf], [inf, 2000], [1000, inf]]
    assert matrix.unreachable(table).startswith("3 trong 6 khoảng cách để trống")
    assert matrix.unreachable(table[["S1"]].iloc[:1]) == ""


def test_a_matrix_of_a_whole_register_is_read():
    """More columns than any register has."""
    head = ",".join(["km", *(f"S{i}" for i in range(900))])
    rows = "\n".join(f"V{k}," + ",".join(["1"] * 900) for k in range(100))
    assert matrix.read(f"{head}\n{rows}".encode(), "x.csv").shape == (100, 900)
