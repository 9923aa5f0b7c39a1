"""Waits: nothing for who mistypes, longer each time for who goes on."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.people.waits import wait_after


@pytest.mark.parametrize(
    ("tries", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (10, 960), (11, 1800), (1000, 1800)],
)
def test_after_the_tries_allowed_each_one_doubles_the_wait(tries, seconds):
    assert wait_after(tries, 5) == timedelta(seconds=seconds)


@given(st.integers(0, 10**9), st.integers(1, 50))
def test_one_more_try_never_shortens_a_wait(tries, allowed):
    assert wait_after(tries, allowed) <= wait_after(tries + 1, allowed)
