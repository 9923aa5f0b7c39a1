"""Files as offices sent them, and what has to come of each: read, converted aloud, or named.

The files lie in ``cases``; what was wrong with each stands in the issue they came with.
"""

from datetime import date
from pathlib import Path

import pytest

from geodata.core.errors import DataError
from geodata.intake.judging.cells import Level
from geodata.intake.judging.diagnosis import diagnose
from geodata.intake.reading import files
from geodata.intake.reading.grid import Part
from tests.shipped import KNOWN

CASES = Path(__file__).parent / "cases"


def case(start):
    (path,) = CASES.glob(f"{start}*")
    return diagnose(files.read(path, path.name), KNOWN, date(2026, 11, 26))


def named(diagnosis, part):
    return [items for p in diagnosis.left_out if p.part is part for items in p.items]


def messages(diagnosis, row, column, level=Level.ERROR):
    of_cell = (f for f in diagnosis.findings if (f.row, f.column) == (row, column))
    return [f.message for f in of_cell if f.level is level]


@pytest.mark.parametrize("start", ["01_bieu", "26_xls"])
def test_a_form_of_a_department_is_read_whole(start):
    diagnosis = case(start)
    assert len(diagnosis.difference["sites"].new) == 4
    assert named(diagnosis, Part.ROW) == ["16", "20", "21", "1", "2", "4", "5"]
    assert named(diagnosis, Part.COLUMN) == []


def test_formulas_are_taken_by_their_values_and_a_total_is_no_site():
    diagnosis = case("02_cong_thuc")
    assert diagnosis.ok
    assert len(diagnosis.difference["sites"].new) == 2
    assert "A3, E4" in diagnosis.notes[0][1]
    assert named(diagnosis, Part.ROW) == ["4"]


def test_a_year_in_a_cell_of_days_and_a_number_that_became_a_day_are_asked_about():
    diagnosis = case("04_nam")
    assert {f.column for f in diagnosis.open} >= {"event_date", "doc_no", "participants"}


def test_columns_nobody_knows_are_listed_and_links_behind_cells_are_read():
    diagnosis = case("10_so_va")
    assert named(diagnosis, Part.COLUMN) == ["Điện thoại (F)", "Người liên hệ (G)"]
    assert named(diagnosis, Part.CELL) == ["I13"]
    lat = diagnosis.sites["lat"].dropna()
    assert lat.round(4).tolist()[0] == 9.7845


@pytest.mark.parametrize("start", ["10_chu", "11_chu"])
def test_letters_that_were_lost_are_named(start):
    diagnosis = case(start)
    assert len([f for f in diagnosis.open if "hỏng" in f.message]) == diagnosis.rows


def test_a_dash_or_none_is_a_blank_cell():
    diagnosis = case("12_dau_gach")
    row = diagnosis.sites[["decision", "operator", "area_ha", "year", "enterprises"]]
    assert row.isna().all(axis=None)
    assert {f.column for f in diagnosis.notices} >= {"area_ha", "decision", "operator"}


def test_rows_below_a_gap_are_read_or_named():
    diagnosis = case("13_dong")
    assert list(diagnosis.sites["name_vi"]) == [f"Siêu thị thử trống {one}" for one in "ABC"]
    assert named(diagnosis, Part.ROW) == ["9"]
    assert len(case("43_dong").difference["sites"].new) == 2


def test_the_columns_of_a_survey_tool_are_known_by_their_last_part():
    diagnosis = case("14_kobo")
    (lat,), (off,) = diagnosis.sites["lat"], diagnosis.sites["position_accuracy_m"]
    assert (round(lat, 4), off) == (9.7845, 4.9)
    assert "_uuid (I)" in named(diagnosis, Part.COLUMN)


def test_a_point_of_a_survey_tool_has_its_accuracy():
    (off,) = case("60_kobo").sites["position_accuracy_m"]
    assert off == 4.9


def test_a_code_is_what_its_cell_shows():
    assert case("16_ma").difference["sites"].new == ("HG-ST-07",)


def test_a_part_of_a_workbook_is_found_in_any_case():
    assert case("17_Shared").sites["name_vi"].tolist() == ["Siêu thị hoa"]


def test_what_cannot_be_read_says_what_it_is_and_how_to_save_it():
    with pytest.raises(DataError, match=r"XML của Excel 2003.*Lưu thành .xlsx"):
        case("25_xml")


def test_two_columns_the_register_does_not_have_are_listed():
    assert named(case("60_unknown"), Part.COLUMN) == ["Số điện thoại (E)", "Doanh thu 2023 (F)"]


def test_days_are_read_in_all_their_ways_and_what_is_none_is_named():
    diagnosis = case("03_ngay")
    known = KNOWN.evidence["id"]
    days = diagnosis.evidence[["event_date", "date_text", "grade"]][
        ~diagnosis.evidence["id"].isin(known).to_numpy()
    ]
    months = ["tháng 6/2024", "Quý II/2024", "2024", "6/2024", "đầu năm 2024", "06/2024", "01/2024"]
    dated = days[days["event_date"].notna()]
    assert set(days["date_text"].dropna()) == {*months, "từ 10 đến 12/6/2024", "10-12/6/2024"}
    assert dated["date_text"].dropna().tolist() == ["từ 10 đến 12/6/2024", "10-12/6/2024"]
    assert days["grade"][days["event_date"].isna()].unique().tolist() == ["D"]
    wrong = {f.row: f.suggestion for f in diagnosis.open if f.column == "event_date"}
    assert wrong == {
        4: "",
        5: "",
        16: "15/06/2024",
        19: "15/06/2024",
        21: "15/06/2024",
        22: "",
        23: "",
    }
    assert messages(diagnosis, 14, "event_date", Level.NOTICE)  # the hour
    assert messages(diagnosis, 30, "event_date", Level.NOTICE)  # the hour behind the point


def test_one_reading_of_thousands_a_column_and_the_other_one_is_offered():
    diagnosis = case("42_dien")
    assert diagnosis.sites["area_ha"].tolist() == [1200, 2907.9]
    (question,) = (f for f in diagnosis.open if (f.row, f.column) == (2, "area_ha"))
    assert [choice.label for choice in question.choices[:2]] == ["đúng là 1.200 ha", "1,2 ha"]


def test_topics_in_words_count_or_are_named():
    diagnosis = case("47_chu")
    topics = diagnosis.evidence["topic"].astype("string")
    assert (topics == "scp").sum() == 6
    assert {f.row for f in diagnosis.findings if f.column == "topic"} >= {5, 6, 10}
    (question, other) = (f for f in diagnosis.open if f.column == "topic")
    answers = {(f.sheet, f.row, f.column): f.choices[0].value for f in (question, other)}
    (path,) = CASES.glob("47_chu*")
    put = diagnose(files.read(path, path.name), KNOWN, date(2026, 11, 26), answers)
    assert (put.evidence["topic"].astype("string") == "scp").sum() == 8


def test_a_field_sheet_has_its_counts_and_answers():
    diagnosis = case("51_phieu")
    assert "35" in diagnosis.evidence["participants"].tolist()
    assert "K1=yes;K2=no" in diagnosis.evidence["answers"].dropna().tolist()
    assert "“K1: có, K2: không”" in messages(diagnosis, 7, "answers", Level.NOTICE)[0]


def test_the_order_of_a_program_is_asked_about_and_its_moments_are_days():
    diagnosis = case("60_dates")
    days = diagnosis.evidence["event_date"].dt.strftime("%Y-%m-%d").tolist()
    assert days[2:5] == ["2024-08-03"] * 3
    (question,) = (f for f in diagnosis.open if f.column == "event_date")
    assert question.choices[0].label.startswith("tháng/ngày/năm")


@pytest.mark.parametrize(
    "start", ["01_bieu", "03_ngay", "04_nam", "10_so_va", "42_dien", "47_chu", "60_dates"]
)
def test_an_answer_that_was_offered_is_never_asked_for_again(start):
    (path,) = CASES.glob(f"{start}*")
    sheets = files.read(path, path.name)
    answers = {}
    for _round in range(5):
        asked = diagnose(sheets, KNOWN, date(2026, 11, 26), answers).open
        offered = {
            (f.sheet, f.row, f.column): f.choices[0].value if f.choices else f.suggestion
            for f in asked
            if f.choices or f.suggestion
        }
        assert [place for place, value in offered.items() if answers.get(place) == value] == []
        if not offered:
            break
        answers |= offered
    assert not offered
