"""Files as offices sent them: codes, blank cells, units and positions come to the right values."""

from pathlib import Path

import pytest

from geodata.intake.judging.cells import Level
from geodata.intake.judging.diagnosis import diagnose
from geodata.intake.reading import files
from tests.geodata.intake.judging.test_diagnosis import KNOWN, TODAY

CASES = Path(__file__).parents[1] / "cases"


def judged(name, answers=None, **how):
    path = CASES / name
    return diagnose(files.read(path, path.name), KNOWN, TODAY, answers, **how)


@pytest.mark.parametrize("name", ["40_o_trong_xoa_toa_do.xlsx", "46_ten_loai_so_dn.xlsx"])
def test_blank_and_absent_columns_wipe_nothing_of_sites_found_by_name(name):
    diagnosis = judged(name)
    assert diagnosis.ok
    assert diagnosis.difference["sites"].changed == {
        "HG-ST-01": {"enterprises": ("", "25")},
        "HG-KCN-01": {"enterprises": ("", "30")},
    }


def test_a_file_of_blanks_may_empty_and_says_how_much():
    diagnosis = judged("40_o_trong_xoa_toa_do.xlsx", blank_clears=True)
    changed = diagnosis.difference["sites"].changed["HG-ST-01"]
    assert {column for column, (_was, now) in changed.items() if not now} == set(diagnosis.blanks)
    assert set(diagnosis.blanks) == {"commune_legacy", "commune_2025", "lat", "lon"}


def test_codes_in_another_spelling_make_no_second_site():
    diagnosis = judged("44_ma_chu_thuong.xlsx")
    assert diagnosis.ok
    assert diagnosis.difference["sites"].new == ()
    assert diagnosis.difference["sites"].unchanged == ("HG-ST-01", "HG-ST-03")
    assert {(f.column, f.value) for f in diagnosis.notices} == {
        ("id", "hg-st-03"),
        ("id", "HG-ST-O1"),
    }


def test_known_codes_with_other_content_lose_nothing():
    diagnosis = judged("14_ma_co_san_doi_noi_dung.xlsx")
    difference = diagnosis.difference["sites"]
    assert difference.new == ("HG-ST-99",)
    assert difference.unchanged == ("HG-ST-03",)
    emptied = {
        (site, column)
        for site, cells in difference.changed.items()
        for column, (_was, now) in cells.items()
        if not now
    }
    assert emptied == set()
    said = {(f.row, f.column, f.level) for f in diagnosis.findings}
    assert {
        (2, "commune", Level.QUESTION),
        (2, "valid_from", Level.ERROR),
        (4, "id", Level.NOTICE),
        (5, "id", Level.NOTICE),
        (6, "kind", Level.NOTICE),
    } <= said


PLACED = {2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 23, 25, 26, 32, 33, 34}
ROUGH = {6: 922}  # row: metres that its whole minutes may be off
REFUSED = {10, 20, 22, 24, 27, 28, 29, 31, 35}


def test_positions_in_every_spelling_are_read_or_named():
    diagnosis = judged("08_toa_do.xlsx")
    errors = {f.row for f in diagnosis.findings if f.level is Level.ERROR}
    assert errors == REFUSED
    by_row = dict(zip(range(2, 36), diagnosis.sites[["lat", "lon"]].to_numpy(), strict=True))
    for row in PLACED:
        assert by_row[row] == pytest.approx((9.7845, 105.4701), abs=2e-4), row
    for row in ROUGH:
        assert by_row[row] == pytest.approx((9.78333, 105.46667), abs=1e-5)
    sentences = {f.row: f.message for f in diagnosis.findings if f.column == "position"}
    for row, words in {
        8: "điểm ghim",
        9: "liên kết tìm",
        10: "rút gọn",
        11: "tâm của bản đồ",
    }.items():
        assert words in sentences[row]
    assert "Plus Code" in sentences[29]


def test_links_give_the_commune_too():
    diagnosis = judged("60_gmaps.xlsx")
    codes = diagnosis.sites["commune_2025"].fillna("").tolist()
    assert codes == ["31333", "31333", "31333", "", "31333"]
    assert {f.row for f in diagnosis.findings if f.level is Level.ERROR} == {5}


def test_the_fourth_number_of_a_survey_tool_is_kept_as_accuracy():
    diagnosis = judged("60_kobo_geopoint2.xlsx")
    assert diagnosis.ok
    (site,) = diagnosis.sites.to_dict("records")
    assert (site["lat"], site["lon"], site["position_accuracy_m"]) == (9.7845, 105.4701, 4.9)
    assert (site["district_legacy"], site["commune_2025"]) == ("930", "31333")


def test_a_position_just_outside_of_the_commune_named_is_asked_about_and_both_answers_hold():
    """The form's own numbers: phường 3, and a place 161 m outside of what took it."""
    asked = judged("01_bieu_chuan_co_quan.xlsx")
    (question,) = (f for f in asked.open if f.column == "commune")
    assert (question.row, question.level) == (15, Level.QUESTION)
    outcomes = []
    for choice in question.choices:
        answers = {(question.sheet, question.row, question.column): choice.value}
        settled = judged("01_bieu_chuan_co_quan.xlsx", answers)
        assert not [f for f in settled.open if f.row == 15]
        site = settled.sites[settled.sites["name_vi"].str.endswith("Delta")].iloc[0]
        outcomes.append((site["commune_2025"], round(site["lat"], 4), round(site["lon"], 4)))
    assert outcomes == [("31333", 9.7845, 105.4701), ("31321", 9.7845, 105.4701)]


def test_every_site_of_the_form_gets_the_commune_of_today():
    diagnosis = judged("01_bieu_chuan_co_quan.xlsx")
    assert diagnosis.sites["commune_2025"].tolist() == ["31366", "31360", "31340", "31321"]


@pytest.mark.parametrize("turn", [0, 1])
def test_what_was_decided_of_a_place_is_not_asked_again_next_month(turn):
    path = CASES / "01_bieu_chuan_co_quan.xlsx"
    read = files.read(path, path.name)
    asked = diagnose(read, KNOWN, TODAY).open
    answers = {
        (f.sheet, f.row, f.column): f.choices[turn * (f.column == "commune")].value for f in asked
    }
    first = diagnose(read, KNOWN, TODAY, answers)
    assert first.ok
    assert len(first.difference["sites"].new) == 4

    again = diagnose(read, KNOWN._replace(sites=first.sites), TODAY)
    assert again.ok
    assert again.difference["sites"].new == ()
    assert again.difference["sites"].changed == {}
