# ruff: noqa: F811 - fixtures of the store's own tests are taken by name
"""The store under load: what its seals and its journal cost beside plain inserts."""

import time
from datetime import date

import pandas as pd
import pytest
import sqlalchemy as sa

from geodata.register import evidence as ev
from geodata.store import REAL, rows
from geodata.store.tables import EVIDENCE, metadata
from tests.entering import drafted
from tests.geodata.store.conftest import (  # noqa: F401 - fixtures of the store's own tests
    file,
    on,
    postgresql,
    server,
    store,
    templates,
)
from tests.geodata.store.samples import RECORDS

pytestmark = pytest.mark.benchmark


def many(count):
    cells = {"axis": "outreach", "kind": "held", "event_date": "2024-05-01", "grade": "A"}
    table = pd.DataFrame({"id": [f"E{number}" for number in range(count)], **cells})
    return ev.typed(table.assign(subject="HG-ST-01", summary_vi="Tập huấn " * 10), date(2024, 6, 1))


def test_ten_thousand_rows_cost_little_more_than_the_rows_themselves(
    store,
    on,
    tmp_path,
    report,
):
    records = many(10_000)
    started = time.perf_counter()
    drafted(store, records)
    took = time.perf_counter() - started
    parts = [*rows.of_frame(EVIDENCE, REAL, 1, records, removed=False)]
    plain = sa.create_engine(f"sqlite:///{tmp_path}/plain.sqlite")
    metadata.create_all(plain)
    started = time.perf_counter()
    with plain.begin() as connection:
        for part in parts:
            connection.execute(sa.insert(EVIDENCE.table), part)
    ratio = took / (time.perf_counter() - started)
    report(f"{on}: 10,000 rows saved in {took:.2f} s, {ratio:.1f} × plain inserts")
    assert len(store.load(REAL).evidence) == len(RECORDS) + 10_000
