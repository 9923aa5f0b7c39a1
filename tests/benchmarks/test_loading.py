"""A large store read: row by row, from its copy as columns, and by pandas alone."""

import time

import pandas as pd
import pytest
import sqlalchemy as sa

from geodata.geography import units
from geodata.rules import plan
from geodata.simulation import simulate
from geodata.store import SIMULATED, Store

pytestmark = pytest.mark.benchmark
SITES = 4_000


def seconds(work):
    """Return what some work takes of the processor."""
    started = time.process_time()
    work()
    return time.process_time() - started


def test_a_copy_is_read_in_a_small_part_of_the_rows_time(tmp_path, report):
    address = f"sqlite:///{tmp_path}/store.sqlite"
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    invented = simulate.simulate(blocks, legacy, plan.shipped(), SITES, 1)
    store = Store(address)
    store.create()
    store.fill(SIMULATED, *invented)
    by_rows = Store(address, writable=False, columns=tmp_path / "none")
    rows = seconds(lambda: by_rows.load(SIMULATED))
    with sa.create_engine(address).connect() as connection:
        plain = seconds(lambda: pd.read_sql_table("evidence", connection))
    store.load(SIMULATED)  # leaves the copy
    copy = min(seconds(lambda: store.load(SIMULATED)) for _turn in range(3))
    size = sum(path.stat().st_size for path in store.columns.rglob("*.arrow"))
    about = f"{SITES:,} sites, {len(invented[1]):,} records, copy of {size / 1e6:.0f} MB"
    took = f"rows {rows:.2f} s, pandas alone {plain:.2f} s, copy {copy:.3f} s"
    report(f"{about}: {took}: {rows / copy:.0f} and {plain / copy:.0f} times")
    assert rows > 5 * copy
