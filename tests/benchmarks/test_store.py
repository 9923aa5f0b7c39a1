# ruff: noqa: F811, PLR0917 - fixtures of the store's own tests are taken by name
"""The store under load and under SIGKILL: what it costs, and that it is never left half-written."""

import os
import random
import shutil
import signal
import time
from datetime import date

import pandas as pd
import pytest
import sqlalchemy as sa

from geodata.register import evidence as ev
from geodata.store import REAL, Store, rows
from geodata.store.copies import backup, restore
from geodata.store.documents import Documents
from geodata.store.tables import EVIDENCE, metadata
from tests.entering import drafted
from tests.geodata.store.conftest import (  # noqa: F401 - fixtures of the store's own tests
    file,
    forked,
    new_url,
    on,
    postgresql,
    server,
    store,
    templates,
    url,
)
from tests.geodata.store.samples import RECORDS

pytestmark = pytest.mark.benchmark
ROWS = 2_000
ROUNDS = {"sqlite": 60, "postgresql": 15}


def many(count):
    cells = {"axis": "outreach", "kind": "held", "event_date": "2024-05-01", "grade": "A"}
    table = pd.DataFrame({"id": [f"E{number}" for number in range(count)], **cells})
    return ev.typed(table.assign(subject="HG-ST-01", summary_vi="Tập huấn " * 10), date(2024, 6, 1))


def killed(forked, work, longest):
    """Kill a child at some moment of its work; return whether it had ended by then."""
    child = forked(work)
    end = time.monotonic() + random.uniform(0, longest)  # noqa: S311
    while time.monotonic() < end:
        if os.waitpid(child, os.WNOHANG)[0]:
            return True
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def lasting(forked, work):
    """Return how long a child needs for some work, in seconds, and a little more."""
    started = time.perf_counter()
    assert os.waitpid(forked(work), 0)[1] == 0
    return 1.2 * (time.perf_counter() - started)


def test_killed_at_any_moment_of_an_import_all_rows_are_there_or_none(
    on, file, request, tmp_path, forked, report
):
    records = many(ROWS)

    def fresh():
        if on == "postgresql":
            return request.getfixturevalue("postgresql")("made")
        shutil.copy(file, tmp_path / "store.sqlite")
        return f"sqlite:///{tmp_path}/store.sqlite"

    address = fresh()
    longest = lasting(forked, lambda: drafted(Store(address), records))
    ended = written = 0
    for _round in range(ROUNDS[on]):
        address = fresh()
        ended += killed(forked, lambda url=address: drafted(Store(url), records), longest)
        store = Store(address)
        count = len(store.load(REAL).evidence) - len(RECORDS)
        assert count in (0, ROWS)
        assert len(store.journal(REAL)) == 1 + bool(count)
        assert store.breaks() == []
        assert store.damage() == []
        written += bool(count)
        store._engine.dispose()
    report(f"{on}: killed {ROUNDS[on] - ended} of {ROUNDS[on]} imports, {written} were whole")
    assert 0 < written < ROUNDS[on]


def test_killed_at_any_moment_of_a_backup_or_restore_the_store_is_whole(
    store,
    on,
    url,
    forked,
    tmp_path,
    report,
):
    documents = Documents(tmp_path / "documents")
    documents.put(b"x" * 100_000)
    backup(store, documents, tmp_path / "b.zip")
    rounds = 10 if on == "sqlite" else 5
    saving = lasting(forked, lambda: backup(Store(url), documents, tmp_path / "whole.zip"))
    putting = lasting(forked, lambda: restore(Store(url), documents, tmp_path / "b.zip"))
    drafted(store, many(ROWS))
    versions = set()
    for number in range(rounds):
        path = tmp_path / f"{number}.zip"
        killed(forked, lambda path=path: backup(Store(url), documents, path), saving)
        if path.exists():
            restore(Store(f"sqlite:///{tmp_path}/{number}.sqlite"), documents, path)
        killed(forked, lambda: restore(Store(url), documents, tmp_path / "b.zip"), putting)
        assert store.breaks() == []
        assert store.damage() == []
        versions.add(store.load(REAL).revision)
        if store.load(REAL).revision == 1:
            drafted(store, many(ROWS))
    report(f"{on}: killed {rounds} backups and restores, versions found: {sorted(versions)}")
    assert versions <= {1, 2}


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
