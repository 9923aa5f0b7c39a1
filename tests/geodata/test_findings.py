"""Findings: exact figures in Vietnamese sentences, and none where the data cannot carry one."""

from datetime import date
from fractions import Fraction

import pytest

from geodata import findings, symbology, targets
from geodata.plan import of_year, shipped
from tests.geodata.test_targets import (
    CLUSTER,
    DISTRICTS,
    END,
    FROM_2020,
    PARK,
    SHOP,
    VILLAGE,
    D,
    check,
    document,
    held,
    milestone,
    none,
    organised,
    site,
    sites,
    t2,
    typed,
    used,
)


def said(places, records, as_of=END, year=2024):
    plan = of_year(shipped(), year)
    found = targets.results(*typed(places, records), plan, as_of, DISTRICTS)
    sentences = {}
    for result in found:
        for sentence in findings.findings((result,), plan, as_of):
            sentences[result.target.id] = sentence
    return sentences


THIRTEEN = [*sites(PARK, 2, "P"), *sites(CLUSTER, 3, "C"), *sites(VILLAGE, 8, "V")]
NINE = [*map(held, ["P0", "P1", "C0", "C1", *[f"V{i}" for i in range(5)]])]
FOUR_NOT = [none("C2"), none("V5"), none("V6"), none("V7")]


def test_nine_of_thirteen():
    assert said(THIRTEEN, [*NINE, *FOUR_NOT])["T3"] == (
        "Đến 31/12/2024, 9/13 (69,2%) khu, cụm công nghiệp và làng nghề đã được phổ biến; "
        "chưa đạt, còn thiếu 1. Thấp nhất: làng nghề 5/8 (62,5%)."
    )


def test_nine_of_thirteen_with_one_unknown():
    sentence = said(THIRTEEN, [*NINE, *FOUR_NOT[1:]])["T3"]
    assert "chưa đủ cơ sở kết luận: còn thiếu 1, tối đa 10/13 nếu tính cả phần chưa rõ" in sentence


def test_a_target_that_is_met_is_short_of_nothing():
    sentence = said(sites(VILLAGE, 10), [held(f"S{i}") for i in range(7)])["T3"]
    assert sentence.startswith("Đến 31/12/2024, 7/10 (70,0%) ")
    assert sentence.endswith("đạt mục tiêu.")
    assert "thiếu" not in sentence


def test_sixteen_of_twenty_three_is_not_said_to_be_seventy():
    records = [held(f"S{i}") for i in range(16)]
    assert "16/23 (69,6%)" in said(sites(VILLAGE, 23), records)["T3"]


def test_a_share_that_would_round_onto_its_threshold_does_not():
    records = [held(f"S{i}") for i in range(699)]  # 699/999 = 69,97 %
    assert "699/999 (69,9%)" in said(sites(VILLAGE, 999), records)["T3"]


def test_nothing_is_said_of_nothing():
    found = said([], [])
    assert {"T1", "T2", "T3", "T6", "T7"}.isdisjoint(found)


def test_a_closed_year_speaks_of_its_last_day_and_of_no_pace():
    sentence = said(THIRTEEN, [*NINE, *FOUR_NOT], D(2025, 6, 1))["T3"]
    assert sentence.startswith("Đến 31/12/2024, ")
    assert "quý" not in sentence


def test_the_pace_so_far_stands_beside_the_pace_needed():
    # 30/09/2024: 274 days passed, 92 left; 9·91,25/274 = 3,0 and 1·91,25/92 = 1,0
    sentence = said(THIRTEEN, NINE, D(2024, 9, 30))["T3"]
    assert "Từ nay đến hết kế hoạch cần 1,0 mỗi quý; đến nay mỗi quý được 3,0." in sentence
    assert "Ngoại suy" not in sentence  # nine events on one day carry no outlook


def test_four_dated_points_carry_an_outlook_that_is_named_as_one():
    days = [D(2024, 1, 10), D(2024, 1, 20), D(2024, 2, 10), D(2024, 3, 10)]
    records = [held(f"S{i}", day) for i, day in enumerate(days)]
    # to 09/04/2024: 100 days passed, 3 in the first 50; 266 left: 4 + 266/50, 4 + 3·266/50
    sentence = said(sites(VILLAGE, 30), records, D(2024, 4, 9))["T3"]
    outlook = "Ngoại suy theo tiến độ (không phải cam kết): từ 9 đến 20 vào 31/12/2024."
    assert outlook in sentence
    three = said(sites(VILLAGE, 30), records[:3], D(2024, 4, 9))["T3"]
    assert "Ngoại suy" not in three


def test_the_districts_are_not_hurried_beyond_their_end():
    records = organised(*DISTRICTS[:7], on=D(2025, 3, 1))
    frozen = said([], records, D(2025, 9, 1), 2025)["T5"]
    assert frozen.startswith("Đến 30/06/2025, 7/8 (87,5%) ")
    assert "quý" not in frozen
    # 31/05/2025: 30 days to the end of the districts, not 214: 1·91,25/30 = 3,04
    assert "cần 3,0 mỗi quý" in said([], records, D(2025, 5, 31), 2025)["T5"]


def test_shops_and_models_have_sentences_of_their_own():
    places = [*sites(SHOP, 2), site("M", "pilot_model")]
    records = [check("S0"), milestone("M", "applied"), milestone("M", "replicated", D(2024, 6, 1))]
    found = said(places, records)
    assert found["T6"].startswith("Đến 31/12/2024, 1/2 (50,0%) siêu thị, trung tâm thương mại ")
    assert found["T4"] == (
        "Đến 31/12/2024, 1 mô hình mới được áp dụng, 1 lượt nhân rộng; đạt mục tiêu."
    )


@pytest.mark.parametrize(
    ("second", "days"), [(None, "29"), (D(2024, 2, 16), "21,5"), (D(2024, 2, 15), "22")], ids=str
)
def test_the_median_delay_is_not_rounded(second, days):
    # from 01/02 to 01/03/2024 it is 29 days, from 16/02 14, from 15/02 15
    records = [
        document("C1", "central", D(2024, 2, 1)),
        document("P1", "provincial", D(2024, 3, 1), refers_to="C1;C2"),
    ]
    if second:
        records.append(document("C2", "central", second))
    n = 2 if second else 1
    assert said([], records)["T1"] == (
        f"Đến 31/12/2024, {n}/{n} văn bản của trung ương đã được tỉnh cụ thể hóa. "
        f"Thời gian ban hành trung vị là {days} ngày."
    )


@pytest.mark.parametrize("verdict", [*targets.VERDICTS, None])
def test_every_verdict_has_its_official_term(verdict):
    assert findings.verdict_label(verdict) in (
        *("Đạt", "Chưa đạt", "Chưa đủ cơ sở kết luận", "Không xác định", "Không đặt ngưỡng"),
    )


def test_every_reason_note_and_target_has_words():
    from geodata.sites import LIFECYCLES

    for reason in {*LIFECYCLES, "not-recognised", "applied-earlier", "no-local-action"} - {
        "operating"
    }:
        assert findings.reason_label(reason)
    for note in ("no-baseline", "kind-below", "districts-ended"):
        assert findings.note_text(note).endswith(".")
    for n in range(1, 8):
        assert findings.target_name(f"T{n}")


def test_nobody_is_accused():
    texts = [findings.verdict_label(v) for v in targets.VERDICTS]
    texts += [symbology.status_label("compliance", s) for s in ("partial", "non-compliant")]
    texts += said([site("S0", SHOP)], [check("S0", answers="R1=no;R2=no")]).values()
    assert not any("vi phạm" in text.lower() for text in texts)


def test_days_are_written_day_month_year():
    assert "05/06/2024" in said(THIRTEEN, NINE, date(2024, 6, 5))["T3"]


def test_sectors_are_counted_beside_the_baseline_year_and_those_below_are_named():
    rows = [used("thép", "6/100"), used("giấy", "1/100"), used("nhựa", "9/100", verified=False)]
    (sentence,) = findings.findings((t2(rows),), FROM_2020, END)
    assert sentence == (
        "So với năm 2020, năm 2024 có 1/3 ngành hiện có giảm mức tiêu hao trên đơn vị sản phẩm "
        "ít nhất 5,0%; chưa đạt, còn thiếu 2. Dưới ngưỡng: giấy."
    )


def test_of_sectors_nothing_is_said_without_a_baseline_year():
    assert "T2" not in said([site("P", PARK, sectors="giấy")], [])


REDUCTIONS = {
    "just below 5 % is not 5 %": ("4999/100000", "4,9%"),
    "exactly 5 %": ("5/100", "5,0%"),
    "exactly 8 %": ("8/100", "8,0%"),
    "just above 8 % is more than 8 %": ("8001/100000", ">8,0%"),
    "more is used": ("-324/10000", "-3,2%"),
}


@pytest.mark.parametrize(("exact", "text"), REDUCTIONS.values(), ids=REDUCTIONS)
def test_a_reduction_is_never_rounded_onto_a_threshold(exact, text):
    assert findings.reduction_text(Fraction(exact), t2([]).target) == text
