"""A target worked out: the steps are the target's own figures, and lead to its verdict."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.reading import worked
from geodata.reading.labels import verdict_label
from geodata.reading.view import UNIT_COLUMN
from geodata.rules import plan
from geodata.rules.targets import Count, results
from tests.conftest import AS_OF

PLAN = plan.of_year(plan.shipped(), AS_OF.year)


@pytest.fixture(scope="module")
def counted(simulated, unit_frames):
    every = results(*simulated, PLAN, AS_OF, tuple(unit_frames["legacy"].index))
    return {result.target.id: result for result in every}


def whole(text: str) -> int:
    return int(text.replace("−", "").replace(".", ""))


@pytest.mark.parametrize("code", worked.WORKED)
def test_who_is_left_out_leads_from_the_list_to_the_denominator(counted, sites, code):
    result = counted[code]
    asked, member, *_rest = worked.steps(result, sites["kind"])
    assert whole(asked.figure) - sum(whole(row.figure) for row in member.rows) == result.count.total
    assert whole(member.figure) == result.count.total


@pytest.mark.parametrize("code", worked.OF_SITES)
def test_kinds_and_statuses_add_up(counted, sites, code):
    result = counted[code]
    asked, _member, records, *_rest = worked.steps(result, sites["kind"])
    assert sum(whole(row.figure) for row in asked.rows) == whole(asked.figure)
    parts = dict.fromkeys(("yes", "unknown", "no"), 0)
    for row in records.rows:
        parts[row.part] += whole(row.figure)
    count = result.count
    assert parts == {"yes": count.yes, "unknown": count.unknown, "no": count.no}


@pytest.mark.parametrize("code", worked.WORKED)
def test_the_verdict_is_the_targets_own(counted, sites, code):
    *_steps, last = worked.steps(counted[code], sites["kind"])
    assert last.figure == verdict_label(counted[code].verdict)


@given(
    total=st.integers(1, 40),
    parts=st.tuples(*[st.integers(0, 20)] * 5),
    goal=st.sampled_from([Fraction(7, 10), Fraction(1), Fraction(1, 3)]),
)
def test_both_questions_lead_to_the_verdict(total, parts, goal):
    yes, unknown, *open_ = parts
    count = Count(min(yes, total), total, min(unknown, total - min(yes, total)), *open_)
    met, possible = (question.holds for question in worked.questions(count, goal))
    verdict = {(True, True): "met", (False, True): "undetermined", (False, False): "not-met"}
    assert verdict[met, possible] == count.verdict(goal)


@pytest.mark.parametrize("code", worked.OF_SITES)
def test_the_units_add_up_to_the_target(counted, sites, code):
    result, unit = counted[code], sites[UNIT_COLUMN["2025"]].astype("string").fillna("")
    own = [
        worked.within(result, sites.index[(unit == name).to_numpy(dtype=bool)])
        for name in unit.unique()
    ]
    for name in ("yes", "total", "unknown", "open"):
        assert sum(getattr(one.count, name) for one in own) == getattr(result.count, name)
    assert sum(len(one.left_out) for one in own) == result.outside


def test_examples_are_a_yes_and_one_that_is_not_yet(counted):
    result = counted["T3"]
    ids = worked.examples(result, result.counted.index)
    part = result.counted["part"]
    assert [part[site] for site in ids] == ["yes", "unknown"]
    assert worked.examples(result, pd.Index([])) == []
    assert worked.examples(counted["T5"], result.counted.index) == []
