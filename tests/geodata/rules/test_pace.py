"""Pace and outlook: plain arithmetic, and nothing said where there is nothing to go by."""

import math
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.rules.pace import Pace, outlook, pace
from geodata.rules.plan import Period

D = date
YEAR = Period(D(2025, 1, 1), D(2025, 12, 31))  # 365 days, so a quarter is 91,25

PACES = {
    # 181 days to 30/06: 6·91,25/181; 184 days left: 4·91,25/184
    "half a year": (6, 4, D(2025, 6, 30), 6 * 91.25 / 181, 4 * 91.25 / 184),
    # before 90 days one event would make a pace of any size
    "the 89th day says nothing yet": (3, 4, D(2025, 3, 30), None, 4 * 91.25 / 276),
    "the 90th day does": (3, 4, D(2025, 3, 31), 3 * 91.25 / 90, 4 * 91.25 / 275),
    "the day before the last: 1 day left": (0, 1, D(2025, 12, 30), 0.0, 91.25),
    "the last day leaves no time": (6, 4, D(2025, 12, 31), 6 * 91.25 / 365, None),
    "after the window": (6, 4, D(2026, 3, 1), 6 * 91.25 / 365, None),
    "the day before it begins: nothing so far": (0, 4, D(2024, 12, 31), None, 4 * 91.25 / 365),
    "nothing missing needs no pace": (6, 0, D(2025, 6, 30), 6 * 91.25 / 181, 0.0),
}


@pytest.mark.parametrize(
    ("gained", "short", "as_of", "so_far", "needed"), PACES.values(), ids=PACES
)
def test_pace(gained, short, as_of, so_far, needed):
    found = pace(gained, short, YEAR, as_of)
    assert found == Pace(so_far, needed)


TENTH_OF_APRIL = D(2025, 4, 10)  # 100 days passed, 265 left
FOUR = [D(2025, 1, 10), D(2025, 1, 20), D(2025, 2, 1), D(2025, 3, 1)]

OUTLOOKS = {
    # early half: 3 in 50 days, late half: 1 in 50; 4 + 265·1/50 = 9,3 and 4 + 265·3/50 = 19,9
    "four days carry one": (FOUR, 30, TENTH_OF_APRIL, (9, 20)),
    "never more than there are": (FOUR, 12, TENTH_OF_APRIL, (9, 12)),
    "all reached already": (FOUR, 4, TENTH_OF_APRIL, (4, 4)),
    "three days do not": (FOUR[:3], 30, TENTH_OF_APRIL, None),
    "four sites on three days do not": ([*FOUR[:3], FOUR[0]], 30, TENTH_OF_APRIL, None),
    "none at all": ([], 30, TENTH_OF_APRIL, None),
    # 8 a 364 days, or none: 4 + 1·8/364 = 4,02 is a fifth begun
    "on the day before the last there still is a day": (FOUR, 30, D(2025, 12, 30), (4, 5)),
    "on the last day there is nothing to foresee": (FOUR, 30, D(2025, 12, 31), None),
    "nor after it": (FOUR, 30, D(2026, 2, 1), None),
    # all in the early half: the slower half adds nothing
    "a standstill": ([*FOUR[:3], D(2025, 1, 25)], 30, TENTH_OF_APRIL, (4, 26)),
}


@pytest.mark.parametrize(("days", "total", "as_of", "expected"), OUTLOOKS.values(), ids=OUTLOOKS)
def test_outlook(days, total, as_of, expected):
    assert outlook(days, total, YEAR, as_of) == expected


@given(
    st.integers(4, 364).flatmap(
        lambda passed: st.tuples(
            st.just(passed), st.lists(st.integers(0, passed - 1), min_size=1, max_size=40)
        )
    ),
    st.integers(0, 60),
)
def test_an_outlook_is_an_ordered_range_from_what_there_is_to_all(seen, more):
    passed, offsets = seen
    as_of = YEAR.start + timedelta(days=passed - 1)
    days = [YEAR.start + timedelta(days=n) for n in offsets]
    total = len(days) + more
    found = outlook(days, total, YEAR, as_of)
    if len(set(days)) < 4:
        assert found is None
        return
    low, high = found
    assert len(days) <= low <= high <= total
    # the pace of the whole time lies between the halves'
    steady = len(days) + Fraction(len(days) * (365 - passed), passed)
    assert low <= min(total, math.floor(steady))
    assert high >= min(total, math.ceil(steady))


def test_whole_numbers_stay_whole():
    # 10 days passed, 45 left, 11 in each half: 22 + 2·11·45/10 = 121, where floating point
    # says 121,00000000000001 and would round up to 122.
    window = Period(D(2025, 1, 1), D(2025, 2, 24))
    days = [D(2025, 1, n) for n in (*(1, 2, 3) * 3, 4, 5, *(6, 7, 8) * 3, 9, 10)]
    assert outlook(days, 10_000, window, D(2025, 1, 10)) == (121, 121)
