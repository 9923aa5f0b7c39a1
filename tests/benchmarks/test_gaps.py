"""The gap table and the worklist of many sites and records: time beside the statuses alone."""

import time
from datetime import date
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from geodata import coverage, plan, selection, simulate, units, worklist
from geodata.evidence import CATEGORIES
from geodata.status import status_of
from geodata.view import UNIT_COLUMN

pytestmark = pytest.mark.benchmark

AS_OF = date(2024, 12, 31)
SITES, RECORDS = 100_000, 1_000_000


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
    took = []
    for _turn in range(3):
        started = time.perf_counter()
        made = work()
        took.append(time.perf_counter() - started)
    return made, float(np.median(took))


def test_the_gap_table_of_both_vintages_beside_the_statuses(many, report):
    blocks, sites, records = many
    of = plan.of_year(plan.shipped(), 2024)
    names = {vintage: units.dissolve(blocks, vintage)["name"] for vintage in units.Vintage}

    def tables(told):
        return [
            coverage.gap_table(told, sites[UNIT_COLUMN[v]], names[v], "outreach", Fraction(7, 10))
            for v in units.Vintage
        ]

    status, alone = timed(lambda: status_of(sites, records, of, AS_OF))
    told, only = timed(lambda: tables(status["outreach"]))
    _both, whole = timed(lambda: tables(status_of(sites, records, of, AS_OF)["outreach"]))
    assert told[0]["sites"].sum() == (status["outreach"] != "not-applicable").sum()
    report(
        f"gap table of {len(sites)} sites, {len(records)} records, both vintages: {whole:.2f} s "
        f"({whole / alone:.2f} x the statuses alone, {alone:.2f} s; the tables {only:.2f} s)"
    )


def test_the_worklist_and_an_area_beside_the_statuses(many, report):
    _blocks, sites, records = many
    of = plan.of_year(plan.shipped(), 2024)
    status, alone = timed(lambda: status_of(sites, records, of, AS_OF))
    rows, listed = timed(
        lambda: worklist.gaps(sites, records, status["outreach"], "outreach", AS_OF)
    )
    _near, around = timed(
        lambda: worklist.around(
            rows, sites, records, status, axis="outreach", as_of=AS_OF, radius_m=5000
        )
    )
    _in, area = timed(lambda: selection.inside(sites, selection.Circle(9.78, 105.64, 10_000)))
    for name, took in (("worklist", listed), ("what lies around", around), ("area", area)):
        report(f"{name} of {len(rows)} gaps: {took:.2f} s, {took / alone:.2f} x the statuses")
