"""Numbers as people write them: a doubt is decided once a column, and never in silence."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.intake.judging.amounts import read_number
from geodata.intake.judging.cells import Level
from geodata.intake.judging.diagnosis import diagnose
from geodata.intake.reading.grid import Sheet, Type
from geodata.register import vocabulary
from tests.shipped import KNOWN

COLUMNS = ("area_ha", "year", "participants", "position_accuracy_m", "consumption")
AREA, YEAR = "area_ha", "year"

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
    ("35 người", "participants", "35"),
    ("1 250", "enterprises", "1250"),
    ("2.007", YEAR, "2007"),
    ("100 m", "position_accuracy_m", "100"),
    ("１２,５", AREA, "12.5"),
    ("1’250", "enterprises", "1250"),
    ("1\u202f250,5 ha", AREA, "1250.5"),
    ("35,0", "participants", "35"),
    ("35 HTX", "enterprises_present", "35"),
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
        cell = cell._replace(text=cell.choices[1].value.removesuffix(" ha"))
    assert float(cell.text) == pytest.approx(value)
    assert text in cell.message


def test_a_comma_before_three_digits_is_asked_about():
    cell = read_number("1,234", AREA)
    assert (cell.text, cell.level) == (None, Level.QUESTION)
    assert [choice.value for choice in cell.choices] == ["1.2340 ha", "1234 ha"]
    assert [choice.label for choice in cell.choices] == ["1,234", "1.234"]


def test_a_point_before_three_digits_is_asked_about_too():
    cell = read_number("12.345", AREA)
    assert (cell.text, cell.level) == (None, Level.QUESTION)
    assert [choice.label for choice in cell.choices] == ["12,345", "12.345"]


@pytest.mark.parametrize(
    ("text", "suggestion"), [("khoảng 30", "30"), ("~200", "200"), ("200-250", "200")]
)
def test_what_is_about_a_number_suggests_it(text, suggestion):
    assert read_number(text, AREA).suggestion == suggestion


def test_part_of_a_whole_is_no_count():
    assert "số nguyên" in read_number("12,5", "enterprises").message
    assert read_number("0.125", "participants").text is None


@given(
    st.text(max_size=20) | st.text("0123456789.,-' ~½²hamnghì", max_size=14),
    st.sampled_from(COLUMNS),
)
def test_any_text_is_a_number_or_a_sentence(text, column):
    cell = read_number(text, column)
    assert cell.message if cell.text is None else float(cell.text) is not None
    for choice in cell.choices:
        assert read_number(choice.value, column).level is not Level.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        *("khoảng 20", "1,2,3", "12 mẫu", "1..2", "", "10-20", "1.5e3", "½", "1½", "12 15", "٣"),
        *("5%", "12/15", "9" * 16),
    ],
)
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


def column(*texts, types=None, header="Diện tích (ha)", kind="Làng nghề", answers=None):
    """The diagnosis of new sites whose areas are written like this."""
    n = len(texts)
    cells = pd.DataFrame(
        {
            "name_vi": pd.array([f"Làng {chr(65 + i)}{i}x{i * 7}" for i in range(n)], "string"),
            "kind": pd.array([kind] * n, "string"),
            "area_ha": pd.array(texts, "string"),
        },
        index=pd.Index(range(2, n + 2)),
    )
    letters = pd.DataFrame("t", cells.index, cells.columns)
    letters["area_ha"] = types or ["t"] * n
    names = {"name_vi": "Tên cơ sở", "kind": "Loại cơ sở", "area_ha": header}
    place = dict.fromkeys(cells, "A")
    units = {"area_ha": vocabulary.unit_of(header)}
    sheet = Sheet("Bảng", "sites", cells, place, names, (), (), types=letters, units=units)
    return diagnose([sheet], KNOWN, date(2026, 11, 26), answers)


def areas(done):
    return done.sites.sort_values("name_vi")["area_ha"].tolist()


def asked(done):
    return [f for f in done.open if f.column == "area_ha"]


def test_one_question_decides_a_whole_column():
    done = column("1.200", "1.250", "3")
    (question,) = asked(done)
    assert "cả cột (2 ô)" in question.message
    assert [choice.label for choice in question.choices] == ["1,2 ha", "1.200 ha"]
    place = (question.sheet, question.row, question.column)
    assert areas(column("1.200", "1.250", "3", answers={place: question.choices[1].value})) == [
        *(1200, 1250, 3),
    ]
    assert areas(column("1.200", "1.250", "3", answers={place: question.choices[0].value})) == [
        *(1.2, 1.25, 3),
    ]


def test_another_cell_of_the_column_shows_which_sign_is_decimal():
    done = column("1.200", "12,5")
    assert areas(done) == [1200, 12.5]
    assert any("1.200" in notice.message for notice in done.notices)


def test_a_number_of_excel_is_that_number_without_a_word():
    done = column("1.234", "2", types=[Type.NUMBER, Type.NUMBER])
    assert areas(done) == [1.234, 2]
    assert not [f for f in done.findings if f.column == "area_ha"]


def test_the_canonical_name_of_a_column_means_points_are_decimal():
    assert areas(column("1.234", "5", header="area_ha")) == [1.234, 5]


@pytest.mark.parametrize(
    ("header", "factor"),
    [("Diện tích (m2)", 1e-4), ("DT (nghìn m²)", 0.1), ("Diện tích, m2", 1e-4)],
)
def test_the_unit_of_the_header_is_converted_and_said(header, factor):
    done = column("20000", "5", header=header, types=[Type.NUMBER, Type.TEXT])
    assert areas(done) == pytest.approx([20_000 * factor, 5 * factor])
    assert any("quy đổi" in notice.message for notice in done.notices)


def test_what_can_hardly_be_is_asked_about_once_and_kept_when_confirmed():
    (question,) = asked(column("100", kind="Cụm công nghiệp"))
    assert "khác xa mức thường thấy" in question.message
    place = (question.sheet, question.row, question.column)
    confirmed = column("100", kind="Cụm công nghiệp", answers={place: question.choices[0].value})
    assert not asked(confirmed)
    assert areas(confirmed) == [100]


def test_a_day_in_a_column_of_numbers_is_asked_about_with_the_number_behind_it():
    (wrong,) = asked(column("1900-02-04", types=[Type.DAY]))
    assert wrong.suggestion == "35"


@pytest.mark.parametrize("header", ["Diện tích (sào)", "Diện tích (mẫu)", "Diện tích (km)"])
def test_a_unit_nobody_can_convert_is_named(header):
    (wrong,) = asked(column("5", header=header, types=[Type.NUMBER]))
    assert "hãy ghi theo ha" in wrong.message


def test_an_answer_is_read_as_the_number_that_was_shown():
    for texts, header, types in [
        (["2000000", "5"], "Diện tích (m2)", [Type.NUMBER] * 2),
        (["100.125", "20"], "Diện tích (ha)", [Type.NUMBER] * 2),
    ]:
        done = column(*texts, header=header, types=types, kind="Cụm công nghiệp")
        question = next(f for f in asked(done) if f.row == 2)
        place = (question.sheet, question.row, question.column)
        answers = {place: question.choices[0].value}
        kept = column(*texts, header=header, types=types, kind="Cụm công nghiệp", answers=answers)
        assert [f.row for f in asked(kept) if f.row == 2] == []
        assert areas(kept)[0] == areas(done)[0]


def test_a_number_read_by_its_column_that_can_hardly_be_offers_the_other_reading():
    (question,) = asked(column("1.200", "12,5", kind="Cụm công nghiệp"))
    assert [choice.label for choice in question.choices][:2] == ["đúng là 1.200 ha", "1,2 ha"]
    place = (question.sheet, question.row, question.column)
    answers = {place: question.choices[1].value}
    assert areas(column("1.200", "12,5", kind="Cụm công nghiệp", answers=answers)) == [1.2, 12.5]


def test_what_was_converted_is_said_once_a_column():
    done = column(*(f"{n}.000 m2" for n in range(10, 60)), "12,5")
    (notice,) = [f for f in done.notices if f.column == "area_ha"]
    assert "50 ô" in notice.message
    assert "“10.000 m2” → 1 ha" in notice.message


@pytest.mark.parametrize("header", ["Diện tích (đất)", "Diện tích (a)", "Diện tích (quy hoạch)"])
def test_a_remark_in_the_header_is_no_unit(header):
    assert areas(column("5", header=header, types=[Type.NUMBER])) == [5]
