"""The file given back: a comment where something is wrong, and nothing else touched."""

import io
from datetime import date
from functools import cache

import openpyxl
import pytest

from geodata.intake.judging import diagnosis
from geodata.intake.reading import files
from geodata.outputs.data import marked
from geodata.stewardship import entering
from tests.shipped import KNOWN

HEAD = ["Mã", "Tên cơ sở", "Loại", "Ngày quyết định", "Diện tích (ha)", "Chủ đầu tư"]
ROWS = [
    ["CCN-A", "CCN Vị Thanh", "Cụm công nghiệp", "31/02/2024", 12.5, "=Công ty A"],
    ["CCN-B", "CCN Long Mỹ", "Cum cong nghiep", date(2020, 5, 4), "nhiều", "+Công ty B"],
]


@cache
def judged(content, name):
    sheets = files.read(content, name)
    return sheets, diagnosis.diagnose(sheets, KNOWN, date(2026, 3, 1)).findings


def given_back(content, name):
    sheets, findings = judged(content, name)
    book = openpyxl.load_workbook(io.BytesIO(marked.render(content, sheets, findings)))
    return book, findings


@pytest.fixture(scope="module")
def office_book():
    """A workbook as offices have it: a merged title, a second sheet, colours."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh mục"
    sheet["A1"] = "DANH MỤC CỤM CÔNG NGHIỆP"
    sheet.merge_cells("A1:F1")
    sheet.append(HEAD)
    for row in ROWS:
        sheet.append(row)
    for row in (3, 4):  # text, as a person types it with an apostrophe
        sheet.cell(row, 6).data_type = "s"
    sheet.column_dimensions["B"].width = 41
    other = book.create_sheet("Ghi chú riêng")
    other["B2"] = "giữ lại"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(sheet):
    return {
        c.coordinate: (c.value, c.data_type) for row in sheet for c in row if c.value is not None
    }


def comments(sheet):
    return {c.coordinate: c.comment.text for row in sheet.iter_rows() for c in row if c.comment}


def test_each_wrong_cell_has_its_sentences_and_no_other_has_any(office_book):
    book, findings = given_back(office_book, "danh mục.xlsx")
    said = comments(book["Danh mục"])
    expected = {}
    for finding in findings:
        at = f"{finding.place}{finding.row}"
        expected.setdefault(at, []).append(entering.sentence_of(finding))
    assert {"D3", "E4"} <= set(expected)
    assert set(said) == set(expected)
    for cell, sentences in expected.items():
        assert sorted(said[cell].split("\n")) == sorted(sentences)


def test_everything_else_of_the_workbook_stays(office_book):
    before = openpyxl.load_workbook(io.BytesIO(office_book))
    book, _findings = given_back(office_book, "danh mục.xlsx")
    assert book.sheetnames == before.sheetnames
    for name in before.sheetnames:
        assert cells(book[name]) == cells(before[name])
    assert [str(one) for one in book["Danh mục"].merged_cells.ranges] == ["A1:F1"]
    assert book["Danh mục"].column_dimensions["B"].width == 41


def test_the_marked_workbook_says_the_same_when_it_is_checked_again(office_book):
    sheets, findings = judged(office_book, "danh mục.xlsx")
    again = marked.render(office_book, sheets, findings)
    assert judged(again, "danh mục.xlsx")[1] == findings


def test_a_csv_file_becomes_a_workbook_with_rows_where_they_stood():
    lines = [";".join(HEAD), *(";".join(map(str, row)) for row in ROWS)]
    content = "\r\n".join(["Danh mục", "", *lines]).encode()
    book, findings = given_back(content, "danh mục.csv")
    (sheet,) = book.worksheets
    assert sheet["A4"].value == "CCN-A"
    assert [sheet.cell(3, at).value for at in range(1, 7)] == HEAD
    assert set(comments(sheet)) == {f"{f.place}{f.row}" for f in findings}


def test_what_looks_like_a_formula_stays_text(office_book):
    lines = [",".join(HEAD), 'CCN-A,"=HYPERLINK(""x"")",Cụm,31/02/2024,@SUM(1),"=1+1"']
    csv = "\r\n".join(lines).encode()
    for content, name in ((office_book, "danh mục.xlsx"), (csv, "a.csv")):
        book, _findings = given_back(content, name)
        assert not [c for sheet in book for row in sheet for c in row if c.data_type == "f"]
        sheets = files.read(marked.render(content, *judged(content, name)), name)
        assert any(text.startswith("=") for text in sheets[0].cells["operator"])


def test_a_comment_on_a_merged_cell_stands_on_its_first_cell():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (HEAD, *ROWS):
        sheet.append(row)
    sheet["F2"] = sheet["F3"] = None
    sheet["D2"] = "32/13/2024"
    sheet["D3"] = None
    sheet.merge_cells("D2:D3")
    out = io.BytesIO()
    book.save(out)
    back, findings = given_back(out.getvalue(), "a.xlsx")
    assert {f.row for f in findings if f.place == "D"} == {2, 3}
    assert "32/13/2024" in comments(back.active)["D2"]
    assert "D3" not in comments(back.active)
