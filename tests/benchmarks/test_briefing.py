"""A briefing of many sites as files: time and size, in one run."""

import time
from datetime import date

import pytest

from geodata.geography import units
from geodata.outputs.briefing.files import KINDS
from geodata.reading.briefing import brief
from geodata.reading.view import View
from geodata.rules import plan
from geodata.simulation import simulate

pytestmark = pytest.mark.benchmark


def made(count):
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    sites, evidence = simulate.simulate(blocks, legacy, plan.shipped(), count, 1)
    return brief(
        sites,
        evidence,
        plan.of_year(plan.shipped(), 2024),
        View(as_of=date(2024, 12, 31), workspace="simulated"),
        units=units.dissolve(blocks, units.Vintage.LEGACY),
        districts=sorted(legacy["district_legacy"].unique()),
        data_version="benchmark",
    )


def test_files_of_3000_sites_beside_those_of_300(report):
    KINDS["pdf"](made(50))  # warm-up
    few, many = made(300), made(3000)
    for kind, render in KINDS.items():
        took = []
        for briefing in (few, many):
            started = time.perf_counter()
            content = render(briefing)
            took.append(time.perf_counter() - started)
        report(
            f"{kind:>13} of 3,000 sites: {took[1]:5.2f} s, {len(content) / 1024:6.0f} KB; "
            f"ratio to 300 sites {took[1] / took[0]:4.1f}"
        )
