"""A large workbook on its way in: checked and saved beside a plain read of it, and the memory."""

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geodata import intake
from geodata.geography import units
from geodata.register import declarations, sites, vocabulary
from geodata.rules import plan
from geodata.simulation import simulate
from geodata.store import Snapshot, Store
from tests.exporting import exported

pytestmark = pytest.mark.benchmark

ROWS, COLUMNS = 10_000, 24
LEFT_OUT = ("history", "name_en", "valid_to", *sites.CONTACT)
# In a process of its own: what it needs at most is then what the intake needs.
CHILD = """
import json, re, sys, time
from datetime import date
from pathlib import Path
from geodata.people import access
from geodata.intake.judging import diagnosis
from geodata.stewardship import entering
from geodata.intake.reading import files
from geodata.store import Store

def most():  # kB; getrusage also counts what the parent needed
    return int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])

store, path = Store("sqlite:///" + sys.argv[1]), Path(sys.argv[2])
now = store.load("real")
before = most()
started = time.process_time()
known = diagnosis.Holdings(now.sites, now.evidence, now.declarations)
found = diagnosis.diagnose(files.read(path, path.name), known, date(2026, 3, 1))
checked = time.process_time()
change = entering.change_of(found)
store.write("real", change, who=access.operator("benchmark"), origin=path.name, action="import",
            based_on=now.revision)
saved = time.process_time()
print(json.dumps([checked - started, saved - checked, before, most(), len(change.sites)]))
"""
PLAIN = """
import sys, time
import pandas as pd
started = time.process_time()
pd.read_excel(sys.argv[1], dtype=str)
print(time.process_time() - started)
"""


def child(code, *arguments):
    """Return what a process of its own prints."""
    words = [sys.executable, "-c", code, *map(str, arguments)]
    root = Path(intake.__file__).parents[2]
    return json.loads(subprocess.run(words, check=True, capture_output=True, cwd=root).stdout)


def apart(register):
    """The same sites under names of their own, so that none is asked about as a twin of another."""
    letters = np.random.default_rng(1).choice(list("abcdeghiklmnopqrstuvxy"), (len(register), 12))
    register["name_vi"] = ["Cơ sở " + "".join(row) for row in letters]
    return register


def test_10_000_rows_of_24_columns_checked_and_saved(report, tmp_path):
    geography = units.load_blocks(), units.load_legacy_communes()
    register, records = simulate.simulate(*geography, plan.shipped(), ROWS, 1)
    none = records[:0]
    register = apart(register)
    snapshot = Snapshot("real", "1-x", register, none, declarations.none(), none, unseen=none)
    path, store = tmp_path / "sites.xlsx", tmp_path / "store.sqlite"
    exported_csv = io.BytesIO(exported(snapshot, "csv"))
    sheet = pd.read_csv(exported_csv, dtype=object).rename(columns=vocabulary.HEADERS["sites"])
    kept = [vocabulary.HEADERS["sites"][name] for name in sites.COLUMNS if name not in LEFT_OUT]
    sheet[kept].to_excel(path, index=False, engine="xlsxwriter")
    assert len(kept) == COLUMNS
    Store(f"sqlite:///{store}").create(intake.shipped_sites(), intake.shipped_evidence())
    plain = child(PLAIN, path)
    checked, saved, before, after, written = child(CHILD, store, path)
    assert written == ROWS
    report(
        f"{ROWS:,} rows of {COLUMNS} columns: checked {checked:.2f} s, saved {saved:.2f} s of CPU; "
        f"ratio to a plain pandas read {(checked + saved) / plain:.2f}; "
        f"memory {after / 1024:.0f} MB, {(after - before) / 1024:.0f} MB more than before"
    )
