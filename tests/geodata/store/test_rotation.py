"""Which backups stay: enough to go back a day, a week, a year, and never a folder that fills."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.store.rotation import DAYS, MONTHS, WEEKS, kept, named, rotate

NOON = datetime.fromisoformat("2026-11-27T12:00")
MOMENTS = st.lists(st.datetimes(NOON - timedelta(days=900), NOON), max_size=60)


def test_of_two_years_of_nights_a_week_some_weeks_and_a_year_of_months_stay():
    nights = [NOON - timedelta(days=n) for n in range(730)]
    staying = kept(nights)
    assert staying >= set(nights[:DAYS])
    assert {(night.year, night.month) for night in staying} == {
        *((2026, month) for month in range(1, 12)),
        (2025, 12),
    }
    assert len(staying) <= DAYS + WEEKS + MONTHS


@given(MOMENTS)
def test_the_newest_always_stays_and_never_more_than_the_sum(moments):
    staying = kept(moments)
    assert staying <= set(moments)
    assert len(staying) <= DAYS + WEEKS + MONTHS
    assert not moments or max(moments) in staying


@given(MOMENTS)
def test_rotating_twice_deletes_nothing_more(moments):
    staying = kept(moments)
    assert kept(staying) == staying


@pytest.fixture
def folder(tmp_path):
    for n in range(40):
        named(tmp_path, NOON - timedelta(hours=6 * n)).write_bytes(b"x")
    return tmp_path


def test_only_backups_named_by_us_are_deleted(folder):
    for name in (
        "haugiang.zip",
        "haugiang-20200101T000000Z.zip.part",
        "other-20200101T000000Z.zip",
    ):
        (folder / name).write_bytes(b"x")
    gone = rotate(folder)
    left = {path.name for path in folder.iterdir()}
    assert gone
    assert {"haugiang.zip", "haugiang-20200101T000000Z.zip.part"} <= left
    assert "other-20200101T000000Z.zip" in left
    assert named(folder, NOON).name in left
