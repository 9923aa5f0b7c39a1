"""What all files say alike: marks, units under their target, what may count, two dates."""

from datetime import date
from types import SimpleNamespace

import pytest

from geodata.outputs.briefing import wording
from geodata.outputs.briefing.sections import sections
from geodata.reading.view import View
from tests.geodata.outputs.samples import brief
from tests.geodata.rules.test_targets import VILLAGE, check, held, none, site, typed

SIMULATED = "DỮ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU THẬT"
DAY = date(2024, 12, 31)


def shown(places, records, **view):
    return brief(*typed(places, records), View(as_of=DAY, **view))


MARKS = {
    "a public file of the office's own data": (False, (), False, (), ""),
    "a full file": (False, (), True, ("LƯU HÀNH NỘI BỘ",), ""),
    "what if": (False, ("a.csv", "b.csv"), False, ("GIẢ ĐỊNH (a.csv, b.csv)",), "GIẢ ĐỊNH"),
    "all at once": (
        True,
        ("a.csv",),
        True,
        (SIMULATED, "LƯU HÀNH NỘI BỘ", "GIẢ ĐỊNH (a.csv)"),
        "DỮ LIỆU MÔ PHỎNG · GIẢ ĐỊNH",
    ),
    "a hostile name": (False, ("a\u202e\nb" * 99,), False, None, "GIẢ ĐỊNH"),
}


@pytest.mark.parametrize(
    ("simulated", "assumed", "internal", "marks", "across"), MARKS.values(), ids=MARKS
)
def test_marks(simulated, assumed, internal, marks, across):
    about = SimpleNamespace(simulated=simulated, assumed=assumed, internal=internal)
    found = wording.marks(about)
    assert found == marks or (marks is None and len(found[0]) < 60 and "\n" not in found[0])
    assert wording.across(about) == across


def test_units_stand_under_their_target_with_its_threshold():
    told = shown([site("A")], [])
    name = "Khu, cụm công nghiệp, làng nghề được phổ biến"
    assert sections(told).units.title == f"Mục tiêu 3, ngưỡng 70%: {name} – theo địa bàn"
    some = shown([site("A")], [], axis="compliance", kinds=("supermarket",))
    assert sections(some).units.title.startswith("Mục tiêu 6, ngưỡng 100%: Siêu thị, ")
    assert sections(some).units.title.endswith("; chỉ tính siêu thị")


def test_units_are_told_best_first_then_without_rank_then_of_no_known_unit():
    places = [
        site("A", district_legacy="930"),
        site("B", district_legacy="931"),
        site("C", district_legacy="932", founding="unknown"),
        site("D"),
    ]
    rows = sections(shown(places, [held("B"), none("A")], unit="930")).units.rows
    assert [row[:3] + row[6:] for row in rows] == [
        ("1", "Thành phố Ngã Bảy", "1", "100,0%", "0"),
        ("2", "▶ Thành phố Vị Thanh", "1", "0,0%", "0"),
        ("–", "Huyện Châu Thành A", "0", "–", "1"),
        ("–", "Chưa rõ địa bàn", "1", "0,0%", "0"),
    ]
    assert "Số đơn vị không có cơ sở được tính: 5." in sections(shown(places, [])).units.notes


def test_the_share_of_a_unit_is_not_rounded_onto_the_threshold():
    places = [site(f"S{i}", VILLAGE, district_legacy="930") for i in range(999)]
    (row,) = sections(shown(places, [held(f"S{i}") for i in range(699)])).units.rows
    assert row[6] == "69,9%"  # 699/999 = 69,97 %


def test_partly_is_no_confirmed_no():
    assert wording.words("outreach")[2] == "Chưa được phổ biến (đã xác nhận)"
    assert wording.words("compliance")[2] == "Chưa đáp ứng hoặc đáp ứng một phần"


def test_what_is_outside_and_not_named_makes_the_reasons_add_up():
    frames = typed([site("A", lifecycle="planned"), site("B", lifecycle="planned")], [])
    told = brief(*frames, View(as_of=DAY), shown=frames[0].loc[["A"]])
    assert wording.beside(told.results[2]) == ["Ngoài mẫu số: 2 (quy hoạch 1; không nêu tên 1)."]


def test_what_is_claimed_and_ill_is_said_not_to_be_verified():
    told = shown([site("W", "supermarket")], [check("W", grade="C", answers="R1=no;R2=no")])
    (row,) = [row for _id, row in told.results[5].counted.iterrows()]
    assert wording.status_on_list(told.results[5], row) == "Chưa đáp ứng (chưa xác minh)"


def test_figures_of_another_plan_are_said_to_be():
    frames = typed([site("A")], [])
    look = View(as_of=date(2025, 6, 1))
    across_years = brief(*frames, look, year=2025, compared_to=DAY)
    assert sections(across_years).comparison.notes == (
        "Số liệu ngày 31/12/2024 tính theo kế hoạch của ngày đó.",
    )
    within = brief(*frames, look, year=2025, compared_to=date(2025, 1, 31))
    assert sections(within).comparison.notes == ()
