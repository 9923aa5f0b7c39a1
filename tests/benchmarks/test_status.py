"""Status of many sites: how the time grows with them, in one run."""

import time
from datetime import date

import pytest

from geodata.geography import units
from geodata.rules import plan
from geodata.rules.status import status_of
from geodata.simulation import simulate

pytestmark = pytest.mark.benchmark


def test_status_grows_no_faster_than_the_records(report):
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    plans = plan.shipped()
    took = {}
    for count in (1_000, 10_000):
        sites, evidence = simulate.simulate(blocks, legacy, plans, count, 1)
        started = time.perf_counter()
        status_of(sites, evidence, plans[0], date(2024, 12, 31))
        took[count] = time.perf_counter() - started
        report(f"status of {count:>6} sites, {len(evidence):>7} records: {took[count]:.3f} s")
    report(f"ratio 10,000 : 1,000 sites = {took[10_000] / took[1_000]:.1f}")
