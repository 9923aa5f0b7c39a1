"""The diagnosis of many rows: how the time grows, and what notation costs, in one run."""

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from geodata.geography import units
from geodata.geography.coordinates import to_vn2000
from geodata.intake.judging.diagnosis import Holdings, diagnose
from geodata.intake.judging.difference import as_text
from geodata.intake.reading.grid import Sheet
from geodata.register import declarations, evidence, sites
from geodata.rules import plan
from geodata.simulation import simulate

pytestmark = pytest.mark.benchmark
ROWS = 5_000
TODAY = date(2026, 11, 22)
HOME = Path(__file__).parents[2]
CHECK = """
import json, sys, time
from datetime import date
from pathlib import Path
from geodata import intake
from geodata.intake.judging.diagnosis import Holdings, diagnose
from geodata.intake.reading import apart, files
from geodata.register import declarations
reader = {"apart": apart, "here": files}[sys.argv[2]]
apart.ready()
time.sleep(2 * (reader is apart))  # it stands ready, as it does in the app
def status(key):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key)) / 1024
known = Holdings(intake.shipped_sites(), intake.shipped_evidence(), declarations.none())
Path("/proc/self/clear_refs").write_text("5")  # from here on the peak is the file's
base, start = status("VmRSS"), time.perf_counter()
sheets = reader.read(Path(sys.argv[1]), "a.xlsx")
read = time.perf_counter() - start
rows = diagnose(sheets, known, date(2026, 11, 22)).rows
print(json.dumps([rows, read, time.perf_counter() - start, status("VmHWM") - base]))
"""


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


def test_many_rows_beside_a_tenth_of_them(report):
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    none = simulate.simulate(blocks, legacy, plan.shipped(), 1, 1)
    empty = Holdings(none[0].iloc[:0], none[1].iloc[:0], declarations.none())
    took = {}
    for count in (ROWS // 10, ROWS):
        frame, records = simulate.simulate(blocks, legacy, plan.shipped(), count, 1)
        text = as_text(frame, sites.COLUMNS)
        known = Holdings(frame, records.head(count), declarations.none())
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
    for case in cases:
        ten, one = took[case, ROWS], took[case, ROWS // 10]
        report(
            f"diagnosis, {case:30}: {ROWS:,} rows {ten:5.2f} s; "
            f"ratio to a tenth of them {ten / one:4.1f}"
        )


def dense(path):
    """New sites within a few kilometres, as in a list of shops of one town."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Tên cơ sở", "Loại cơ sở", "Vĩ độ", "Kinh độ", "Chủ đầu tư"])
        for row in range(1, ROWS + 1):
            place = 9.7 + row * 1e-5, 105.4 + row * 1e-5
            sheet.write_row(row, 0, [f"Siêu thị {row}", "Siêu thị", *place, f"Công ty {row % 300}"])


def test_a_large_file_in_a_process_of_its_own_and_in_the_app(report, tmp_path):
    path, took = tmp_path / "a.xlsx", {}
    dense(path)
    for name in ("here", "apart"):
        run = subprocess.run(
            [sys.executable, "-c", CHECK, path, name], cwd=HOME, capture_output=True, check=True
        )
        rows, read, whole, peak = took[name] = json.loads(run.stdout)
        assert rows == ROWS
        report(
            f"a workbook of {ROWS:,} sites of one town read {name:6}: "
            f"read {read:4.1f} s, checked {whole:4.1f} s, peak of {peak:4.0f} MB in the app"
        )
    assert took["apart"][3] < took["here"][3] * 1.2
