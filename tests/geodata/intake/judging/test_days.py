"""Days as people write them: one, the first of several, or no day – never a guess in silence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.text import day
from geodata.intake.judging.cells import Level
from geodata.intake.judging.days import read_day, serial

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
    ("３１/１２/２０２４", "2024-12-31"),
    ("31－12－2024", "2024-12-31"),
    ("31 tháng 12, 2024", "2024-12-31"),
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
        *("tuần 2 tháng 6/2024", "6 tháng đầu năm 2024", "Tháng 6, 2024", "Q2/2024", "2023-2024"),
        *("năm học 2023-2024", "khoảng tháng 6/2024"),
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
    [
        "30/02/2024",
        "32/1/2024",
        "chưa rõ",
        "31/12",
        "0/0/2024",
        "tháng 13/2024",
        "12345678",
        "–",
        "15/O6/2024",
        "tháng 6",
        "5-6/2024",
        "31 tháng 2 năm 2024",
        "trước 15/6/2024",
    ],
)
def test_what_is_no_day_is_refused_by_name(text):
    cell = read_day(text)
    assert (cell.text, cell.period, cell.level) == (None, None, Level.ERROR)
    assert text in cell.message


def test_month_and_day_the_american_way_are_refused_with_the_day_meant():
    cell = read_day("12/31/2024")
    assert (cell.text, cell.suggestion) == (None, "31/12/2024")


def test_a_letter_in_place_of_a_digit_suggests_the_day_meant():
    assert read_day("15/O6/2024").suggestion == "15/06/2024"


@pytest.mark.parametrize("text", ["15/6", "31-02", "tháng 6"])
def test_a_day_without_its_year_says_so(text):
    assert "thiếu năm" in read_day(text).message


@pytest.mark.parametrize("text", ["1905-07-16", "1905-07-16T00:00:00", "1905-07-16 00:00:00"])
def test_a_year_typed_into_a_cell_of_days_is_never_a_day(text):
    assert read_day(text).suggestion == "2024"


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


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        *(("10-12/6/2024", "2024-06-10"), ("từ 10 đến 12/6/2024", "2024-06-10")),
        *(("30/5–2/6/2024", "2024-05-30"), ("10, 11, 12/6/2024", "2024-06-10")),
        *(("từ ngày 10/6/2024 đến ngày 12/6/2024", "2024-06-10"),),
        *(("từ ngày 10 đến ngày 12 tháng 6 năm 2024", "2024-06-10"),),
        *(("ngày 10, 11 và 12 tháng 6 năm 2024", "2024-06-10"), ("10/6/24-12/6/24", "2024-06-10")),
        *(("2024-06-10 đến 2024-06-12", "2024-06-10"),),
        *(("10/6 - 12/6/2024", "2024-06-10"), ("29/12/2024 - 2/1/2025", "2024-12-29")),
    ],
)
def test_of_several_days_the_first_is_taken_and_the_words_are_kept(text, iso):
    cell = read_day(text)
    assert (cell.text, cell.period, cell.level) == (iso, text, Level.NOTICE)


@pytest.mark.parametrize("text", ["15/6/2024 và 20/7/2024", "12-10/6/2024"])
def test_days_that_are_no_one_event_are_asked_for_apart(text):
    cell = read_day(text)
    assert (cell.text, cell.level) == (None, Level.ERROR)
    assert "mỗi sự kiện một dòng" in cell.message


@pytest.mark.parametrize(
    "text",
    [
        *("05/6/2024 8h00", "8h ngày 05/6/2024", "7g30 05/6/2024", "05/06/2024 14:00-16:00"),
        *("8h 05/6/2024", "05/06/2024 lúc 8 giờ", "8 giờ 30 phút, ngày 5/6/2024", "45448.354"),
        *("sáng 05/06/2024", "5 Jun 2024", "June 5, 2024", "05/06/2024 (thứ tư)", "5/6/2024."),
        *("Thứ Tư, 05/06/2024", "05/6/2024 9:51:00 AM", "20240605", "2024-06-05 08:00"),
    ],
)
def test_an_hour_or_a_day_of_the_week_is_left_off_and_said(text):
    cell = read_day(text)
    assert (cell.text, cell.level) == ("2024-06-05", Level.NOTICE)
    assert "05/06/2024" in cell.message


def test_the_american_way_with_an_hour_is_refused_with_the_day_meant():
    assert read_day("10/31/2024 9:51:00PM").suggestion == "31/10/2024"


def test_a_year_typed_into_a_cell_of_days_is_not_a_day_of_1905():
    cell = read_day("1905-07-16")
    assert (cell.text, cell.suggestion, cell.level) == (None, "2024", Level.ERROR)


@pytest.mark.parametrize(
    ("shown", "typed"), [(date(1900, 2, 4), 35), (date(1900, 1, 1), 1), (date(1900, 3, 1), 61)]
)
def test_the_number_behind_a_day_is_excels_own(shown, typed):
    assert serial(shown) == typed


@given(st.dates(date(2000, 1, 1), date(2030, 12, 1)), st.integers(1, 5))
def test_any_range_within_a_month_begins_with_its_first_day(first, more):
    last = first + timedelta(days=more)
    if last.month == first.month:
        cell = read_day(f"{first.day}-{last.day}/{last.month}/{last.year}")
        assert cell.text == first.isoformat()
