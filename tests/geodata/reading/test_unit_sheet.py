"""The sheet of a unit: figures that add up to the target, each site in one cell, the last event."""

from datetime import date

import pandas as pd
import pytest

from geodata.reading.unit_sheet import GROUP_NAMES, by_kind, last_event, share
from geodata.reading.view import AXES, UNIT_COLUMN
from geodata.register import evidence as ev
from geodata.register import sites as register
from geodata.rules import plan
from geodata.rules.coverage import by_unit
from geodata.rules.targets import of_axis, results
from tests.conftest import AS_OF

PLAN = plan.of_year(plan.shipped(), AS_OF.year)
HERE = register.typed(
    pd.DataFrame([{"id": "S1", "kind": "supermarket", "name_vi": "A", "lifecycle": "operating"}])
)


@pytest.fixture(scope="module")
def counted(simulated, unit_frames):
    return results(*simulated, PLAN, AS_OF, tuple(unit_frames["legacy"].index))


@pytest.mark.parametrize("vintage", list(UNIT_COLUMN))
@pytest.mark.parametrize("axis", list(AXES))
def test_shares_of_all_units_add_up_to_the_target(counted, sites, unit_frames, axis, vintage):
    result, names, unit = (
        of_axis(counted, axis),
        unit_frames[vintage]["name"],
        sites[UNIT_COLUMN[vintage]],
    )
    table = by_unit(result, unit, names)
    every = [share(result, axis, code, table, unit) for code in names.index]
    nowhere = int((~unit.reindex(result.counted.index).isin(names.index)).sum())
    assert sum(one.result.count.total for one in every) + nowhere == result.count.total
    for one in every:
        assert len(one.missing) == one.result.count.total - one.result.count.yes
        assert (one.answer is None) == (one.result.count.total == 0)
        assert one.rank is None or 1 <= one.rank <= one.ranked


@pytest.mark.parametrize("axis", list(AXES))
def test_each_site_stands_in_one_group_of_its_kind(sites, statuses, axis):
    table = by_kind(sites["kind"], statuses, axis)
    assert list(table.columns) == list(GROUP_NAMES)
    assert table.sum(axis=1).to_dict() == sites["kind"].value_counts().to_dict()


def event(number, subject="S1", day="2024-05-01", **cells):
    row = {"axis": "outreach", "kind": "held", "grade": "A", "scope": "site", "topic": "scp"}
    row |= {"id": f"E{number}", "subject": subject, "event_date": day, "recorded_at": day}
    return {**row, **cells}


@pytest.mark.parametrize(
    ("records", "last"),
    [
        ([event(1), event(2, day="2024-03-01")], "E1"),
        ([event(1), event(2, day="2025-03-01")], "E1"),  # after the day looked at
        ([event(1), event(2, "930", "2024-06-01")], "E2"),  # by the district itself
        ([event(1), event(2, "931", "2024-06-01")], "E1"),  # by another one
        ([event(1), event(2, day="2024-06-01", grade="D")], "E1"),  # kept, never counted
        ([event(1), event(2, day="2024-06-01", kind="planned")], "E1"),
        (
            [event(1), event(2, day="2024-06-01", kind="cancelled", refers_to="E1")],
            None,
        ),
        ([], None),
    ],
)
def test_the_last_event_is_one_that_took_place_here(records, last):
    entered = ev.typed(pd.DataFrame(records), date(2026, 11, 22))
    record = last_event("930", HERE, entered, date(2024, 12, 31))
    assert (None if record is None else record["id"]) == last
