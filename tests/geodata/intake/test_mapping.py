"""Columns that nobody knows: offered with a guess and samples, placed as a person says."""

from dataclasses import replace

import pandas as pd
import pytest

from geodata.core.names import fold
from geodata.intake import mapping
from geodata.intake.reading import files
from geodata.intake.reading.grid import Part, UnrecognisedError

HEAD = "Tên cơ sở;Loại cơ sở;Số điện thoại;Doanh thu 2023;Chủ sở hữu chính"
ROWS = "Siêu thị Z;Siêu thị;0912 345 678;1.234.567;Công ty A"


@pytest.fixture
def sheet():
    (one,) = files.read(f"{HEAD}\n{ROWS}\n".encode(), "a.csv")
    return one


def test_a_column_is_offered_with_its_values_and_the_likeliest_guess(sheet):
    phone, turnover, owner = mapping.unknown(sheet, "sites", {})
    assert phone == ("Số điện thoại", ("0912 345 678",), "contact_phone")
    assert turnover.guess == ""
    assert owner.samples == ("Công ty A",)


def test_what_a_person_said_puts_the_column_in_its_place(sheet):
    ways = {("sites", fold("Số điện thoại")): "contact_phone"}
    placed = mapping.applied(sheet, ways)
    assert placed.cells["contact_phone"].tolist() == ["0912 345 678"]
    assert placed.headers["contact_phone"] == "Số điện thoại"
    assert [one.header for one in mapping.unknown(placed, "sites", ways)] == [
        "Doanh thu 2023",
        "Chủ sở hữu chính",
    ]
    (columns,) = [part for part in placed.left_out if part.part is Part.COLUMN]
    assert columns.items == ("Doanh thu 2023 (D)", "Chủ sở hữu chính (E)")


def test_what_is_not_needed_is_not_asked_again_and_still_named(sheet):
    ways = {("sites", fold("Doanh thu 2023")): ""}
    placed = mapping.applied(sheet, ways)
    assert "Doanh thu 2023" not in [one.header for one in mapping.unknown(placed, "sites", ways)]
    assert ("Doanh thu 2023",) in [part.items for part in placed.left_out]


def test_a_way_remembered_for_one_kind_of_table_is_not_taken_for_another(sheet):
    ways = {("evidence", fold("Số điện thoại")): "organiser"}
    assert mapping.applied(sheet, ways).cells.columns.tolist() == ["name_vi", "kind"]


def test_a_table_that_nobody_recognised_becomes_one_by_its_columns():
    text = "Danh sách kiểm tra\nĐịa điểm kinh doanh;Kiểu;Hotline\nChợ A;Siêu thị;0293 3876 543\n"
    with pytest.raises(UnrecognisedError) as refused:
        files.read(text.encode(), "a.csv")
    (table,) = refused.value.sheets
    kind = mapping.likeliest_kind(table)
    assert kind == "sites"
    guesses = {one.header: one.guess for one in mapping.unknown(table, kind, {})}
    assert (guesses["Kiểu"], guesses["Hotline"]) == ("kind", "contact_phone")
    ways = {(kind, fold("Địa điểm kinh doanh")): "name_vi", (kind, fold("Kiểu")): "kind"}
    placed = mapping.applied(mapping.as_kind(table, kind), ways)
    assert placed.cells.to_dict("list") == {"name_vi": ["Chợ A"], "kind": ["Siêu thị"]}
    assert placed.cells.index.tolist() == [3]


def test_two_columns_are_never_guessed_to_be_the_same():
    (sheet,) = files.read(f"{HEAD}\n{ROWS}\n".encode(), "a.csv")
    table = pd.DataFrame({"ĐT 1": ["0912345678"], "ĐT 2": ["0912345679"]}, dtype="string")
    table.index = sheet.cells.index
    guesses = [
        one.guess
        for one in mapping.unknown(replace(sheet, spare=table, spare_types=table), "sites", {})
    ]
    assert guesses == ["contact_phone", ""]
