"""Single cells: what office people type is read, noted, asked about or refused – never guessed."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.text import day
from geodata.intake.judging.cells import Level, column_of, read_day, read_number, read_value
from geodata.register import evidence, sites

AREA, YEAR = "area_ha", "year"

DAYS = [
    ("31/12/2024", "2024-12-31"),
    ("1/2/2024", "2024-02-01"),
    ("31-12-2024", "2024-12-31"),
    ("31.12.2024", "2024-12-31"),
    ("31 / 12 / 2024", "2024-12-31"),
    ("2024-12-31", "2024-12-31"),
    ("2024-12-31 00:00:00", "2024-12-31"),
    ("ngày 31 tháng 12 năm 2024", "2024-12-31"),
    ("29/02/2024", "2024-02-29"),
]


@pytest.mark.parametrize(("text", "iso"), DAYS)
def test_a_day_is_read_without_a_word(text, iso):
    cell = read_day(text)
    assert (cell.text, cell.message) == (iso, "")


@pytest.mark.parametrize(("text", "iso"), [("45657", "2024-12-31"), ("31/12/24", "2024-12-31")])
def test_a_day_that_had_to_be_interpreted_is_read_and_noted(text, iso):
    cell = read_day(text)
    assert (cell.text, cell.level) == (iso, Level.NOTICE)
    assert day(date.fromisoformat(iso)) in cell.message


@pytest.mark.parametrize(
    "text",
    [
        *("tháng 6/2024", "Tháng 6 năm 2024", "T6/2024", "06/2024", "2024-06", "thang 6-2024"),
        *("quý II/2024", "Quý 2 năm 2024", "năm 2024", "2024", "cuối năm 2024", "quy iv/2024"),
    ],
)
def test_a_month_a_quarter_or_a_year_is_kept_in_its_words(text):
    cell = read_day(text)
    assert (cell.text, cell.period) == (None, text)
    assert text in cell.message


@pytest.mark.parametrize(
    "text",
    ["30/02/2024", "32/1/2024", "chưa rõ", "31/12", "0/0/2024", "tháng 13/2024", "12345678", "–"],
)
def test_what_is_no_day_is_refused_by_name(text):
    cell = read_day(text)
    assert (cell.text, cell.period, cell.level) == (None, None, Level.ERROR)
    assert text in cell.message


def test_month_and_day_the_american_way_are_refused_with_the_day_meant():
    cell = read_day("12/31/2024")
    assert (cell.text, cell.suggestion) == (None, "31/12/2024")


@given(st.dates(date(1970, 1, 1), date(2068, 12, 31)))
def test_every_notation_of_a_day_is_that_day(when):
    serial = (when - date(1899, 12, 30)) // timedelta(days=1)
    for text in (when.isoformat(), f"{when:%d/%m/%Y}", f"{when:%d-%m-%y}", str(serial)):
        if text == f"{when:%d-%m-%y}" and when.year < 2000:
            continue
        assert read_day(text).text == when.isoformat()


@given(st.text(max_size=30) | st.text("0123456789/.- thángnămquýIV", max_size=16))
def test_any_text_is_a_day_or_a_sentence(text):
    cell = read_day(text)
    assert cell.message if cell.text is None else date.fromisoformat(cell.text)


NUMBERS = [
    ("290,79", AREA, "290.79"),
    ("290.79", AREA, "290.79"),
    ("1.234,5", AREA, "1234.5"),
    ("1,234.5", AREA, "1234.5"),
    ("1 234,5", AREA, "1234.5"),
    ("290,79 ha", AREA, "290.79"),
    ("1.234.567", AREA, "1234567"),
    ("0,125", AREA, "0.125"),
    ("380", AREA, "380"),
    ("1.200", "enterprises", "1200"),
    ("1,200", "enterprises", "1200"),
    ("12 doanh nghiệp", "enterprises", "12"),
    ("2.007", YEAR, "2007"),
    ("100 m", "position_accuracy_m", "100"),
]


@pytest.mark.parametrize(("text", "column", "plain"), NUMBERS)
def test_a_number_is_read_without_a_word(text, column, plain):
    cell = read_number(text, column)
    assert (cell.text, cell.message) == (plain, "")


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [("2 km", "position_accuracy_m", 2000), ("5.000 m2", AREA, 0.5), ("0,5 km²", AREA, 50)],
)
def test_another_unit_is_converted_and_noted(text, column, value):
    cell = read_number(text, column)
    if cell.level is Level.QUESTION:
        cell = cell._replace(text=cell.choices[1].value)
    assert float(cell.text) == pytest.approx(value)
    assert text in cell.message


def test_a_comma_before_three_digits_is_asked_about():
    cell = read_number("1,234", AREA)
    assert (cell.text, cell.level) == (None, Level.QUESTION)
    assert [choice.value for choice in cell.choices] == ["1.234", "1234"]
    assert [choice.label for choice in cell.choices] == ["1,234", "1.234"]


def test_a_point_before_three_digits_is_decimal_and_noted():
    cell = read_number("12.345", AREA)
    assert (cell.text, cell.level) == ("12.345", Level.NOTICE)
    assert "12,345" in cell.message


@pytest.mark.parametrize("text", ["khoảng 20", "1,2,3", "12 mẫu", "1..2", "", "10-20", "1.5e3"])
def test_what_is_no_number_is_refused_by_name(text):
    cell = read_number(text, AREA)
    assert (cell.text, cell.level) == (None, Level.ERROR)
    assert text in cell.message


@given(st.floats(0, 1e9, allow_nan=False).map(lambda value: round(value, 2)))
def test_a_number_in_either_habit_is_that_number(value):
    english = f"{value:,.2f}"
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    assert float(read_number(english, AREA).text) == value
    assert float(read_number(vietnamese, AREA).text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("supermarket", "supermarket"), ("Siêu thị", "supermarket"), ("SIEU THI", "supermarket")],
)
def test_a_known_value_is_read_in_every_spelling(text, value):
    assert read_value(text, "kind", sites.KINDS).text == value


def test_an_unknown_value_is_refused_with_the_closest_one():
    cell = read_value("Siêu thịi", "kind", sites.KINDS)
    assert (cell.text, cell.suggestion, cell.level) == (None, "Siêu thị", Level.ERROR)


def test_a_value_of_another_table_is_no_value_here():
    assert read_value("held", "kind", sites.KINDS).text is None
    assert read_value("supermarket", "kind", evidence.EVENT_KINDS).text is None


def test_a_column_is_read_cell_by_cell_and_each_wrong_cell_named():
    cells = pd.Series(["31/12/2024", pd.NA, "chưa rõ", "quý I/2025"], name="event_date")
    plain, periods, remarks = column_of(cells.astype("string"), read_day, "rule")
    assert plain.fillna("").tolist() == ["2024-12-31", "", "", ""]
    assert periods.fillna("").tolist() == ["", "", "", "quý I/2025"]
    assert [(remark.at, remark.value) for remark in remarks] == [(2, "chưa rõ"), (3, "quý I/2025")]
