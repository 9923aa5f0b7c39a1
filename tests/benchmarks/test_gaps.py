"""The gap table and the worklist of many sites and records: time beside the statuses alone."""

import time
from datetime import date

import pandas as pd
import pytest

from geodata.geography import selection, units
from geodata.reading import worklist
from geodata.reading.view import UNIT_COLUMN
from geodata.register.evidence import CATEGORIES
from geodata.rules import coverage, plan, targets
from geodata.rules.status import status_of
from geodata.simulation import simulate

pytestmark = pytest.mark.benchmark

AS_OF = date(2024, 12, 31)
PLAN = plan.of_year(plan.shipped(), 2024)
SITES, RECORDS = 25_000, 250_000


@pytest.fixture(scope="module")
def many():
    """As many sites, and their records told over and over under new ids."""
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    sites, told = simulate.simulate(blocks, legacy, plan.shipped(), SITES, 1)
    times = -(-RECORDS // len(told))
    again = [told]
    for turn in range(1, times):
        copy = told.copy()
        for column in ("id", "supersedes", "refers_to"):
            copy[column] = copy[column] + f"-{turn}"
        again.append(copy)
    records = pd.concat(again, ignore_index=True).head(RECORDS)
    return blocks, sites, records.astype(dict.fromkeys(CATEGORIES, "category"))


def timed(work):
    started = time.perf_counter()
    made = work()
    return made, time.perf_counter() - started


@pytest.fixture(scope="module")
def alone(many):
    """How long the statuses take, in seconds."""
    _blocks, sites, records = many
    status_of(sites.head(10), records.head(10), PLAN, AS_OF)  # warm-up
    return timed(lambda: status_of(sites, records, PLAN, AS_OF))[1]


def test_the_gap_table_of_both_vintages_beside_the_statuses(many, alone, report):
    blocks, sites, records = many
    names = {vintage: units.dissolve(blocks, vintage)["name"] for vintage in units.Vintage}
    districts = list(names[units.Vintage.LEGACY].index)

    def counted():
        return targets.of_axis(targets.results(sites, records, PLAN, AS_OF, districts), "outreach")

    def tables(result):
        return [coverage.by_unit(result, sites[UNIT_COLUMN[v]], names[v]) for v in units.Vintage]

    result, whole = timed(counted)
    both, only = timed(lambda: tables(result))
    assert both[0]["sites"].sum() == both[1]["sites"].sum() == result.count.total
    report(
        f"all targets of {len(sites)} sites, {len(records)} records: {whole:.2f} s "
        f"({whole / alone:.2f} x the statuses alone, {alone:.2f} s); "
        f"gap tables of both vintages {only:.2f} s"
    )


def test_the_worklist_and_an_area_beside_the_statuses(many, alone, report):
    _blocks, sites, records = many
    result = targets.of_axis(targets.results(sites, records, PLAN, AS_OF, ()), "outreach")
    rows, listed = timed(lambda: worklist.gaps(sites, records, result, "outreach", AS_OF))
    _near, around = timed(
        lambda: worklist.around(rows, sites, records, result, as_of=AS_OF, radius_m=5000)
    )
    _in, area = timed(lambda: selection.inside(sites, selection.Circle(9.78, 105.64, 10_000)))
    for name, took in (("worklist", listed), ("what lies around", around), ("area", area)):
        report(f"{name} of {len(rows)} gaps: {took:.2f} s, {took / alone:.2f} x the statuses")
