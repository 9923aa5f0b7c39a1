"""Findings: exact figures in Vietnamese sentences, and none where the data cannot carry one."""

from fractions import Fraction

import pytest

from geodata.reading import findings, labels
from geodata.register import vocabulary
from geodata.rules import targets
from geodata.rules.plan import of_year, shipped
from tests.geodata.rules.test_targets import (
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


def test_the_day_stands_above_the_sentences_and_in_none_of_them():
    plan = of_year(shipped(), 2024)
    assert findings.title(plan, D(2025, 6, 1)) == "Nhận định – số liệu đến 31/12/2024"
    assert findings.title(plan, D(2024, 6, 5)) == "Nhận định – số liệu đến 05/06/2024"
    places = [*THIRTEEN, *sites(SHOP, 2), site("M", "pilot_model")]
    records = [*NINE, check("S0"), milestone("M", "applied"), *organised("930")]
    sentences = said(places, records)
    assert {"T3", "T4", "T5", "T6"} <= set(sentences)
    assert not any("31/12/2024" in text for text in sentences.values())


def test_nine_of_thirteen():
    assert said(THIRTEEN, [*NINE, *FOUR_NOT])["T3"] == (
        "9/13 khu, cụm công nghiệp, làng nghề đã được phổ biến (69,2%). "
        "Chưa đạt mục tiêu 70%, còn thiếu 1 cơ sở. Thấp nhất: làng nghề 5/8 (62,5%)."
    )


def test_nine_of_thirteen_with_one_unknown_has_both_bounds():
    sentence = said(THIRTEEN, [*NINE, *FOUR_NOT[1:]])["T3"]
    assert sentence.startswith(
        "9/13 khu, cụm công nghiệp, làng nghề đã được phổ biến (69,2%); "
        "tối đa 10/13 nếu tính cả phần chưa rõ. "
        "Chưa kết luận được về mục tiêu 70%, còn thiếu 1 cơ sở. "
    )


def test_a_target_that_is_met_is_short_of_nothing():
    records = [*(held(f"S{i}") for i in range(7)), *(none(f"S{i}") for i in range(7, 10))]
    assert said(sites(VILLAGE, 10), records)["T3"] == (
        "7/10 khu, cụm công nghiệp, làng nghề đã được phổ biến (70,0%). Đạt mục tiêu 70%."
    )


OPEN = {
    # 7/10, and one more that is none if it belongs: 700 < 70·11
    "enough of those that are sure": (
        10,
        7,
        1,
        (
            "7/10 khu, cụm công nghiệp, làng nghề đã được phổ biến (70,0%), "
            "thêm 1 cơ sở chưa rõ có thuộc mẫu số. Đã đủ 70% số cơ sở chắc chắn thuộc mẫu số, "
            "nhưng chưa kết luận được: 1 cơ sở chưa rõ có thuộc mẫu số."
        ),
    ),
    # 9/10 and one more: 900 ≥ 70·11
    "met whatever becomes of it": (
        10,
        9,
        1,
        (
            "9/10 khu, cụm công nghiệp, làng nghề đã được phổ biến (90,0%), "
            "thêm 1 cơ sở chưa rõ có thuộc mẫu số. "
            "Đạt mục tiêu 70%, kể cả khi mọi cơ sở chưa rõ đều thuộc mẫu số."
        ),
    ),
    "short whatever becomes of it": (
        10,
        5,
        1,
        (
            "5/10 khu, cụm công nghiệp, làng nghề đã được phổ biến (50,0%), "
            "thêm 1 cơ sở chưa rõ có thuộc mẫu số. Chưa đạt mục tiêu 70%, còn thiếu 2 cơ sở."
        ),
    ),
    "none is sure to belong": (
        0,
        0,
        18,
        (
            "Chưa có khu, cụm công nghiệp, làng nghề nào chắc chắn thuộc mẫu số; "
            "chưa kết luận được: 18 cơ sở chưa rõ có thuộc mẫu số."
        ),
    ),
}


@pytest.mark.parametrize(("sure", "reached", "unsure", "sentence"), OPEN.values(), ids=OPEN)
def test_what_may_not_count_is_said_beside_the_share(sure, reached, unsure, sentence):
    places = [*sites(VILLAGE, sure), *sites(VILLAGE, unsure, "O", founding="unknown")]
    records = [held(f"S{i}") for i in range(reached)]
    records += [none(f"S{i}") for i in range(reached, sure)]
    records += [none(f"O{i}") for i in range(unsure)]
    assert said(places, records)["T3"] == sentence


def test_none_is_sure_to_belong_and_all_that_may_are_reached():
    places, records = sites(VILLAGE, 2, founding="unknown"), [held("S0"), held("S1")]
    assert said(places, records)["T3"] == (
        "Chưa có khu, cụm công nghiệp, làng nghề nào chắc chắn thuộc mẫu số, thêm 2 cơ sở chưa rõ "
        "có thuộc mẫu số. Đạt mục tiêu 70%, kể cả khi mọi cơ sở chưa rõ đều thuộc mẫu số."
    )


def test_of_shops_that_may_not_count_the_same_is_said():
    assert said(sites(SHOP, 3, lifecycle="unknown"), [])["T6"] == (
        "Chưa có siêu thị, trung tâm thương mại nào chắc chắn thuộc mẫu số; "
        "chưa kết luận được: 3 cơ sở chưa rõ có thuộc mẫu số."
    )


def test_sixteen_of_twenty_three_is_not_said_to_be_seventy():
    records = [held(f"S{i}") for i in range(16)]
    assert "(69,6%)" in said(sites(VILLAGE, 23), records)["T3"]


def test_a_share_that_would_round_onto_its_threshold_does_not():
    records = [held(f"S{i}") for i in range(699)]  # 699/999 = 69,97 %
    sentence = said(sites(VILLAGE, 999), records)["T3"]
    assert sentence.startswith("699/999 ")
    assert "(69,9%)" in sentence


def test_nothing_is_said_of_nothing():
    found = said([], [])
    assert {"T1", "T2", "T3", "T6", "T7"}.isdisjoint(found)


def test_a_closed_year_has_no_pace():
    sentence = said(THIRTEEN, [*NINE, *FOUR_NOT], D(2025, 6, 1))["T3"]
    assert sentence.startswith("9/13 ")
    assert "quý" not in sentence


# 274 days to 30/09/2024, 92 left: 9·91,25/274 = 3,0 and 1·91,25/92 = 1,0; 30/11: 335 and 31
PACES = {
    "more than a quarter is left": (
        D(2024, 9, 30),
        "Đến nay mỗi quý phổ biến được 3 cơ sở; từ nay đến 31/12/2024 cần 1 cơ sở mỗi quý.",
    ),
    "less than a quarter is left": (
        D(2024, 11, 30),
        "Đến nay mỗi quý phổ biến được 2,5 cơ sở; trong 31 ngày còn lại cần thêm 1 cơ sở.",
    ),
}


@pytest.mark.parametrize(("as_of", "sentence"), PACES.values(), ids=PACES)
def test_the_pace_so_far_stands_beside_what_is_needed(as_of, sentence):
    text = said(THIRTEEN, NINE, as_of)["T3"]
    assert sentence in text
    assert "tiến độ" not in text  # nine events on one day carry no outlook


def test_before_ninety_days_no_pace_is_said_of():
    # four events in February would be 12,3 a quarter by 1 March: nothing to go by
    records = [held(f"S{i}", D(2024, 2, 1 + i)) for i in range(4)]
    assert "quý" not in said(sites(VILLAGE, 30), records, D(2024, 3, 29))["T3"]
    assert "mỗi quý" in said(sites(VILLAGE, 30), records, D(2024, 3, 30))["T3"]


def test_what_was_there_before_the_window_is_no_pace():
    # both shops met it when the year began, and one was checked again: nothing was gained
    records = [*(check(f"S{i}", D(2024, 12, 1)) for i in range(2)), check("S0", D(2025, 3, 1))]
    sentence = said(sites(SHOP, 3), records, D(2025, 9, 30), 2025)["T6"]
    assert sentence.startswith("2/3 ")
    assert "mỗi quý thêm 0 cơ sở đáp ứng; từ nay đến 31/12/2025 cần 1 cơ sở mỗi quý" in sentence


def test_four_dated_points_carry_an_outlook_that_is_named_as_one():
    days = [D(2024, 1, 10), D(2024, 1, 20), D(2024, 2, 10), D(2024, 3, 10)]
    records = [held(f"S{i}", day) for i, day in enumerate(days)]
    # to 09/04/2024: 100 days passed, 3 in the first 50; 266 left: 4 + 266/50, 4 + 3·266/50
    sentence = said(sites(VILLAGE, 30), records, D(2024, 4, 9))["T3"]
    assert sentence.endswith(
        "Nếu giữ tiến độ này, đến 31/12/2024 có từ 9 đến 20 cơ sở được phổ biến "
        "(ước tính, không phải cam kết)."
    )
    three = said(sites(VILLAGE, 30), records[:3], D(2024, 4, 9))["T3"]
    assert "tiến độ" not in three


def test_the_districts_are_not_hurried_beyond_their_end():
    records = organised(*DISTRICTS[:7], on=D(2025, 3, 1))
    frozen = said([], records, D(2025, 9, 1), 2025)["T5"]
    assert frozen.startswith(
        "Đến khi kết thúc cấp huyện (30/06/2025), 7/8 huyện, thị xã, thành phố đã tổ chức "
        "tuyên truyền (87,5%)"
    )
    assert "quý" not in frozen
    # 31/05/2025: 30 days to the end of the districts, not 214
    sentence = said([], records, D(2025, 5, 31), 2025)["T5"]
    assert "trong 30 ngày còn lại cần thêm 1 đơn vị." in sentence
    assert sentence.startswith("7/8 ")


def test_shops_and_models_have_sentences_of_their_own():
    places = [*sites(SHOP, 2), site("M", "pilot_model")]
    records = [check("S0"), milestone("M", "applied"), milestone("M", "replicated", D(2024, 6, 1))]
    found = said(places, records)
    assert found["T6"].startswith(
        "1/2 siêu thị, trung tâm thương mại đáp ứng về bao bì thân thiện môi trường (50,0%); "
        "tối đa 2/2 nếu tính cả phần chưa rõ. "
    )
    assert found["T4"] == ("Trong kỳ đã áp dụng 1 mô hình mới, nhân rộng 1 lượt. Đạt mục tiêu 1–2.")
    assert said([site("M", "pilot_model")], [])["T4"] == (
        "Trong kỳ chưa áp dụng mô hình mới nào; tối đa 1 nếu tính cả phần chưa rõ. "
        "Chưa kết luận được về mục tiêu 1–2, còn thiếu 1 mô hình."
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
        f"{n}/{n} văn bản của trung ương đã được tỉnh cụ thể hóa. "
        f"Từ khi trung ương ban hành đến khi tỉnh ban hành, trung vị là {days} ngày."
    )


@pytest.mark.parametrize("verdict", [*targets.VERDICTS, None])
def test_every_verdict_has_its_official_term(verdict):
    assert labels.verdict_label(verdict) in (
        *("Đạt", "Chưa đạt", "Chưa kết luận được", "Không xác định", "Không đặt ngưỡng"),
    )


def test_every_reason_note_and_target_has_words():
    from geodata.register.sites import LIFECYCLES

    for reason in {*LIFECYCLES, "not-recognised", "applied-earlier", "no-local-action"} - {
        "operating"
    }:
        assert labels.reason_label(reason)
    for note in ("no-baseline", "kind-below", "districts-ended"):
        assert labels.note_text(note).endswith(".")
    for n in range(1, 8):
        assert labels.target_name(f"T{n}")


def test_nobody_is_accused():
    texts = [labels.verdict_label(v) for v in targets.VERDICTS]
    texts += [labels.status_label("compliance", s) for s in ("partial", "non-compliant")]
    texts += said([site("S0", SHOP)], [check("S0", answers="R1=no;R2=no")]).values()
    assert not any("vi phạm" in text.lower() for text in texts)


def test_sectors_are_counted_beside_the_baseline_year_and_those_below_are_named():
    rows = [used("thép", "6/100"), used("giấy", "1/100"), used("nhựa", "9/100", verified=False)]
    (sentence,) = findings.findings((t2(rows),), FROM_2020, END)
    assert sentence == (
        "So với năm 2020, năm 2024 có 1/3 ngành hiện có giảm mức tiêu hao trên đơn vị sản phẩm "
        "ít nhất 5,0%; tối đa 2/3 nếu tính cả phần chưa rõ. "
        "Chưa đạt mục tiêu 5–8%, còn thiếu 2 ngành. Dưới ngưỡng: giấy."
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


@pytest.mark.parametrize("state", ["planned", "established", "suspended", "closed"])
def test_a_state_is_called_the_same_in_lists_and_in_forms(state):
    assert labels.reason_label(state).startswith(vocabulary.label_of("lifecycle", state))
