"""The answer of a map is the board's figure, in words and as a bar that adds up."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.reading.answer import answer
from geodata.rules import plan
from geodata.rules.targets import Count, Result
from tests.examples import examples

PLAN = plan.of_year(plan.shipped(), 2024)
T3, T6 = (next(t for t in PLAN.targets if t.id == name) for name in ("T3", "T6"))


def of(count, target=T3):
    return [Result(replace(T6 if target is T3 else T3)), Result(target, count)]


def test_it_says_count_target_what_is_short_what_is_not_known_and_the_verdict():
    given_ = answer(of(Count(35, 128, 78, open_yes=1, open_no=2)), "outreach")
    assert given_.headline == "35/128 (27,3%) cơ sở đã được phổ biến"
    assert given_.detail == (
        "mục tiêu 70% · còn thiếu 55 · chưa biết 78 · thêm 3 cơ sở chưa rõ có thuộc mẫu số · "
        "chưa kết luận được"
    )


def test_each_axis_has_its_own_target():
    assert answer(of(Count(1, 2)), "outreach").target == "T3"
    assert answer(of(Count(1, 2), T6), "compliance").target == "T6"


@pytest.mark.parametrize("count", [None, Count(0, 0)])
def test_of_nothing_there_is_no_share_and_no_bar(count):
    assert answer(of(count), "outreach") is None


@examples(50)
@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_the_parts_of_the_bar_are_those_of_the_count(yes, unknown, no):
    total = yes + unknown + no
    drawn = answer(of(Count(yes, total, unknown)), "outreach")
    if total:
        bar = drawn.bar
        assert (round(bar.yes * total), round(bar.unknown * total)) == (yes, unknown)
        assert 0 <= bar.yes <= bar.yes + bar.unknown <= 1 + 1e-9
        assert bar.goal == 0.7
