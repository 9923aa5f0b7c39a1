"""The board says the answer in a sentence, and a target that is chosen is all that a view shows."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from geodata.reading import board
from geodata.reading.view import View
from geodata.rules import plan
from geodata.rules.targets import Count, Result

PLAN = plan.of_year(plan.shipped(), 2024)
BY_ID = {target.id: target for target in PLAN.targets}
VIEW = View(as_of=date(2024, 12, 31))
CHOOSABLE = [target for target in PLAN.targets if board.choosable(target)]


def result(name, count):
    return Result(BY_ID[name], count)


MET, SHORT, UNSURE = (
    result("T3", count) for count in (Count(9, 10), Count(1, 10), Count(1, 10, 9))
)


# --- the sentence --------------------------------------------------------------------------


def test_what_is_met_is_named_first_and_the_rest_with_how_many_are_short():
    results = [MET, result("T6", Count(1, 4))]
    assert board.headline(results).startswith("Đạt 1 trên 2 chỉ tiêu có ngưỡng")
    assert "thiếu 3" in board.rest(results)
    assert "bao bì" in board.rest(results)
    assert "bao bì" not in board.headline(results)


def test_not_met_and_not_known_are_never_the_same_sentence():
    not_met, not_known = [SHORT], [UNSURE]
    assert board.headline(not_met) != board.headline(not_known)
    assert "Chưa kết luận được" in board.headline(not_known)
    assert "Hồ sơ còn quá ít" in board.rest(not_known)


def test_a_target_without_a_threshold_is_in_no_sentence():
    assert board.headline([MET, result("T7", Count(2, 5))]) == board.headline([MET])


# --- what is missing -----------------------------------------------------------------------


@pytest.mark.parametrize("decided", [MET, SHORT])
def test_of_what_is_decided_nothing_is_missing(decided):
    assert board.missing(decided) == ""


def test_what_cannot_be_judged_says_how_much_evidence_would_settle_it():
    open_too = result("T3", Count(1, 10, 9, open_yes=1, open_no=1))
    assert "9 cơ sở" in board.missing(UNSURE)
    assert "2 cơ sở chưa rõ có thuộc mẫu số" in board.missing(open_too)


def test_a_mere_number_fills_the_bar_at_what_the_plan_asks_for():
    models = result("T4", Count(1, None, 5))
    least = models.goal
    drawn = board.scale(models)
    assert drawn.yes == float(min(Fraction(1), 1 / Fraction(least)))
    assert drawn.yes + drawn.unknown <= 1
    assert board.scale(result("T4", Count(9, None))).yes == 1


# --- choosing ------------------------------------------------------------------------------


@pytest.mark.parametrize("target", CHOOSABLE, ids=lambda target: target.id)
def test_a_chosen_target_is_what_the_view_looks_at_and_chosen_away_it_is_all_again(target):
    looked = board.looking_at(VIEW, target, PLAN.targets)
    assert board.chosen(looked, PLAN.targets) == target.id
    assert looked.kinds == target.kinds
    again = board.looking_at(looked, None, PLAN.targets)
    assert board.chosen(again, PLAN.targets) is None
    assert replace(again, axis=VIEW.axis) == VIEW


@pytest.mark.parametrize("first", CHOOSABLE, ids=lambda target: target.id)
@pytest.mark.parametrize("second", CHOOSABLE, ids=lambda target: target.id)
def test_one_target_after_another_leaves_nothing_of_the_first(first, second):
    detour = board.looking_at(VIEW, first, PLAN.targets)
    straight = board.looking_at(VIEW, second, PLAN.targets)
    assert board.looking_at(detour, second, PLAN.targets) == straight


def test_all_sites_are_no_target():
    assert board.chosen(VIEW, PLAN.targets) is None
