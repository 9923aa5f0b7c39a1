"""What changed as a timeline: by event, newest first, nothing lost when it is put together."""

from datetime import date

import pandas as pd
import pytest

from geodata.reading.briefing import CHANGES
from geodata.reading.timeline import by_month, happenings

SINCE = date(2025, 6, 30)


def record(number, day, kind="held", **cells):
    said = {"axis": "outreach", "kind": kind, "event_date": pd.Timestamp(day), "event": pd.NA}
    entered = {"recorded_at": pd.Timestamp("2025-07-01"), "doc_date": pd.NaT}
    return {"id": f"E{number}", **said, **entered, **cells}


def changed(*rows):
    return pd.DataFrame(
        [(f"S{n}", f"Site {n}", "outreach", *row) for n, row in enumerate(rows)],
        columns=list(CHANGES),
    )


@pytest.fixture
def records():
    return pd.DataFrame(
        [
            record(1, "2025-07-02"),
            record(2, "2025-09-09"),
            record(3, "2025-08-05", "planned"),
            record(4, "2025-01-01"),
        ]
    )


def test_sites_of_one_day_stand_together_and_the_newest_first(records):
    rows = changed(*[("no-data", "reached", "E1")] * 2, ("lapsed", "reached", "E2"))
    newest, older = happenings(rows, records, SINCE)
    assert (newest.first, older.first) == (date(2025, 9, 9), date(2025, 7, 2))
    assert older.moved[0].names == ("Site 0", "Site 1")
    assert older.evidence == ("E1",)


def test_a_plan_is_seen_when_made_and_missed_when_its_day_passed(records):
    rows = changed(("no-data", "planned", "E3"), ("planned", "overdue", "E3"))
    missed, made = happenings(rows, records, SINCE)
    assert (missed.first, made.first) == (date(2025, 8, 5), date(2025, 7, 1))


def test_what_no_new_record_changed_has_no_day_and_comes_last(records):
    rows = changed(("reached", "lapsed", "E4"), ("no-data", "not-applicable", None))
    days = [one.first for one in happenings(rows, records, SINCE)]
    assert days == [None, None]


def test_many_are_put_together_by_month_and_none_is_lost(records):
    rows = changed(("no-data", "reached", "E1"), ("no-data", "reached", "E2"))
    every = happenings(rows, records, SINCE)
    assert by_month(every) == every
    assert sum(one.sites for one in by_month(every, most=0)) == len(rows)
