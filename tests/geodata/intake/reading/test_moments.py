"""A moment is the day it is in Việt Nam, whatever zone its file writes it in."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.intake.judging.cells import Level
from geodata.intake.judging.days import read_day
from geodata.intake.reading import moments

NEW_YEAR = date(2025, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-01T06:30:00+07:00",
        "2024-12-31T23:30:00Z",
        "2024-12-31T23:30:00.123Z",
        "2024-12-31 17:00:00+00",
        "2024-12-31T23:30Z",
        "1735687800000",
        "2025-01-01T00:00:00+0700",
        "2024-12-31T12:00:00-05:00",
        "2025-01-01T23:59:59",
    ],
)
def test_a_moment_is_read_by_its_zone_and_said(text):
    moment = moments.read(text)
    assert moment.day == NEW_YEAR
    assert text in moment.message
    assert "01/01/2025" in moment.message


@pytest.mark.parametrize("text", ["2025-01-01T00:00:00", "2025-01-01 00:00:00.000"])
def test_midnight_without_a_zone_is_a_day_and_needs_no_word(text):
    assert moments.read(text) == (NEW_YEAR, "")


@pytest.mark.parametrize(
    "text",
    ["2025-01-01", "01/01/2025", "2025-13-01T00:00:00Z", "9999-12-31T23:30:00Z", "", "T", "12:30"],
)
def test_nothing_else_is_a_moment(text):
    assert moments.read(text) is None


@given(
    st.datetimes(datetime(1980, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001 - the zone is added
    st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters))),
)
def test_the_zone_a_moment_is_written_in_makes_no_difference(clock, zone):
    moment = clock.replace(tzinfo=UTC)
    here = (moment + timedelta(hours=7)).date()
    for text in (moment.isoformat(), moment.astimezone(zone).isoformat()):
        assert moments.read(text).day == here


def test_a_cell_with_a_moment_is_its_day_with_a_notice():
    cell = read_day("2024-12-31T23:30:00Z")
    assert (cell.text, cell.level) == ("2025-01-01", Level.NOTICE)
    assert "Việt Nam" in cell.message
