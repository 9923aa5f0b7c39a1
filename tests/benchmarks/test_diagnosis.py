"""The diagnosis of 10,000 rows: how the time grows, and what notation costs, in one run."""

import time
import tracemalloc
from datetime import date

import pytest

from geodata.geography import units
from geodata.geography.coordinates import to_vn2000
from geodata.intake.judging.diagnosis import Known, diagnose
from geodata.intake.judging.difference import as_text
from geodata.intake.reading.grid import Sheet
from geodata.register import declarations, evidence, sites
from geodata.rules import plan
from geodata.simulation import simulate

pytestmark = pytest.mark.benchmark
TODAY = date(2026, 11, 22)


def sheet(cells, kind):
    cells = cells.set_axis(range(2, len(cells) + 2))
    return Sheet("", kind, cells, {}, {}, (), ())


def paper(text, frame):
    """The same register as an office writes it: VN-2000 of two meridians, no codes."""
    east = to_vn2000(frame["lon"].to_numpy(), frame["lat"].to_numpy(), 105.5)
    west = to_vn2000(frame["lon"].to_numpy(), frame["lat"].to_numpy(), 105.0)
    odd = [at % 2 == 1 for at in range(len(frame))]
    x = [f"{(e if o else w):.2f}" for e, w, o in zip(east.north_x, west.north_x, odd, strict=True)]
    y = [f"{(e if o else w):.2f}" for e, w, o in zip(east.east_y, west.east_y, odd, strict=True)]
    written = text.drop(columns=["lat", "lon", "id"]).assign(vn2000_x=x, vn2000_y=y)
    return written.astype("string").replace("nan", None)


def test_ten_thousand_rows_beside_one_thousand(report):
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    none = simulate.simulate(blocks, legacy, plan.shipped(), 1, 1)
    empty = Known(none[0].iloc[:0], none[1].iloc[:0], declarations.none())
    took = {}
    for count in (1_000, 10_000):
        frame, records = simulate.simulate(blocks, legacy, plan.shipped(), count, 1)
        text = as_text(frame, sites.COLUMNS)
        known = Known(frame, records.head(count), declarations.none())
        cases = {
            "known, unchanged": (sheet(text, "sites"), known),
            "new, WGS 84": (sheet(text.drop(columns="id"), "sites"), empty),
            "new, VN-2000 of two meridians": (sheet(paper(text, frame), "sites"), empty),
            "evidence, unchanged": (
                sheet(as_text(records.head(count), evidence.COLUMNS), "evidence"),
                known,
            ),
        }
        for case, (table, there) in cases.items():
            started = time.perf_counter()
            diagnosis = diagnose([table], there, TODAY)
            took[case, count] = time.perf_counter() - started
            assert diagnosis.rows == count
    tracemalloc.start()
    diagnose([table], there, TODAY)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    for case in cases:
        ten, one = took[case, 10_000], took[case, 1_000]
        report(
            f"diagnosis, {case:30}: 10,000 rows {ten:5.2f} s; ratio to 1,000 rows {ten / one:4.1f}"
        )
    report(f"diagnosis of 10,000 records of evidence: peak of {peak:.0f} MB in Python")
