"""Every figure of a target leads back to records, and no record to a target that leaves it out."""

from datetime import date

import pytest

from geodata.geography import units
from geodata.rules import plan, targets

DISTRICTS = tuple(units.dissolve(units.load_blocks(), units.Vintage.LEGACY).index)
SURE = {"T3": "reached", "T4": "applied", "T5": "reached", "T6": "compliant"}


@pytest.mark.parametrize("as_of", [date(2024, 12, 31), date(2025, 6, 30), date(2026, 11, 26)])
def test_each_verified_yes_rests_on_a_record(simulated, as_of):
    about = *simulated, plan.default(plan.shipped(), as_of), as_of
    counted = targets.results(*about, DISTRICTS)
    behind = targets.grounds(counted, *about, districts=DISTRICTS)
    subject = simulated[1].set_index("id")["subject"]
    for result in counted:
        rows = behind[(behind["target"] == result.target.id).to_numpy()]
        spoken = set(subject.reindex(rows["evidence"][rows["counts"].to_numpy(dtype=bool)]))
        if yes := SURE.get(result.target.id):
            sure = result.counted.index[(result.counted["status"] == yes).to_numpy(dtype=bool)]
            assert set(sure) <= spoken
            assert spoken <= {*result.counted.index, *result.open.index}
    assert not behind.duplicated(["target", "evidence"]).any()
    assert behind["status"].notna().all()


def test_the_documents_of_the_first_target_are_those_counted(simulated):
    as_of = date(2025, 12, 31)
    about = *simulated, plan.of_year(plan.shipped(), 2025), as_of
    counted = targets.results(*about, DISTRICTS)
    behind = targets.grounds(counted, *about, districts=DISTRICTS)
    first = counted[0]
    rows = behind[(behind["target"] == "T1").to_numpy()]
    left = set(rows["evidence"][~rows["counts"].to_numpy(dtype=bool)])
    assert left == set(first.left_out.index)
    assert {*first.counted.index, *first.behind.index} <= set(rows["evidence"])
