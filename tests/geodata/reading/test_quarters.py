"""Quarters: every day is in one, an event is counted once, and nothing lies after today."""

from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.reading.quarters import days, quarters
from geodata.register import evidence
from geodata.rules.plan import shipped

FIRST = date(2021, 1, 1)  # from which the plans count outreach
TODAY = date(2025, 8, 15)


def record(number, on, kind="held", **cells):
    axis = {"check": "compliance", "document": "policy"}.get(kind, "outreach")
    made = {"id": f"R{number}", "subject": "S1", "axis": axis, "kind": kind, "event_date": on}
    return {**made, "recorded_at": on, "grade": "A", "scope": "site", **cells}


def counted(*records):
    frame = evidence.typed(pd.DataFrame(records), date.max)
    every = quarters(shipped(), frame, TODAY)
    return {(q.first.year, (q.first.month + 2) // 3): q.events for q in every if q.events}


@pytest.fixture(scope="module")
def nothing():
    return evidence.typed(pd.DataFrame([record(1, "2020-06-01")]), date.max)


@given(today=st.dates(date(2024, 4, 1), date(2031, 12, 31)))
def test_every_day_until_today_lies_in_one_quarter(nothing, today):
    every = quarters(shipped(), nothing, today)
    assert (every[0].first, every[-1].last) == (FIRST, today)
    for one, after in pairwise(every):
        assert after.first == one.last + timedelta(days=1)
        assert after.first.month in {1, 4, 7, 10}


@given(today=st.dates(date(2024, 4, 1), date(2031, 12, 31)))
def test_days_to_look_at_begin_with_the_first_plan_and_end_today(nothing, today):
    looked = days(quarters(shipped(), nothing, today), shipped())
    assert looked[0] == date(2024, 3, 31)
    assert looked[-1] == today
    assert list(looked) == sorted(set(looked))


def test_what_took_place_is_counted_in_its_quarter():
    happened = record(1, "2024-06-30"), record(2, "2024-07-01", "check"), record(3, "2024-08-01")
    assert counted(*happened) == {(2024, 2): 1, (2024, 3): 2}


@pytest.mark.parametrize(
    "other",
    [
        record(2, "2024-06-02", event="E1"),  # another site of the same event
        record(2, "2024-06-02", "planned"),
        record(2, ""),
        record(2, "2025-08-16"),  # after today
        record(2, "2020-12-31"),  # before the programme
        record(2, "2024-06-02", supersedes="R1", event="E1"),
    ],
    ids=["same event", "planned", "undated", "future", "earlier", "corrected"],
)
def test_an_event_is_counted_once_and_what_did_not_happen_never(other):
    one = record(1, "2024-06-01", event="E1", recorded_at="2024-06-01")
    assert counted(one, {**other, "recorded_at": "2025-08-16"}) == {(2024, 2): 1}


def test_a_quarter_that_is_not_over_says_so():
    *_before, over, now = quarters(
        shipped(), evidence.typed(pd.DataFrame([record(1, "2025-08-01")]), date.max), TODAY
    )
    assert over.words == "Quý II/2025 · 0 sự kiện"
    assert now.words == "Quý III/2025 đến hôm nay · 1 sự kiện"
