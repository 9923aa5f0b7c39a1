"""The store: what is written comes back, nothing is lost, changed, half-written or mixed up."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from geodata import evidence as ev
from geodata import intake, sites
from geodata import store as module
from geodata.errors import DataError, ModelError, StoreError, WrongCallError
from geodata.store import REAL, SIMULATED, Store

REGISTER = intake.shipped_sites()
RECORDS = intake.shipped_evidence()
HOME = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setattr(module, "_", str)


@pytest.fixture
def empty(tmp_path):
    return Store(f"sqlite:///{tmp_path}/var/store.sqlite")


@pytest.fixture
def store(empty):
    empty.create(REGISTER, RECORDS)
    return empty


def site(name="Siêu thị", key="S1"):
    return sites.typed(pd.DataFrame([{"id": key, "kind": "supermarket", "name_vi": name}]))


def said(*keys, subject="HG-ST-01", **cells):
    rows = [{"id": key, "subject": subject, "axis": "outreach", "kind": "held"} for key in keys]
    table = pd.DataFrame(rows).assign(event_date="2024-05-01", grade="A", **cells)
    return ev.typed(table, date(2024, 6, 1))


def raw(store, *statements):
    connection = sqlite3.connect(store.path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys=ON")
    try:
        return [connection.execute(statement).fetchall() for statement in statements]
    finally:
        connection.close()


# --- what is written comes back --------------------------------------------------------------


def test_the_shipped_data_comes_back_without_a_difference(store):
    snapshot = store.load(REAL)
    assert_frame_equal(snapshot.sites, REGISTER)
    assert_frame_equal(snapshot.evidence, RECORDS)
    assert snapshot.sites.crs == REGISTER.crs
    assert snapshot.version == store.version(REAL)


def test_an_empty_workspace_has_the_same_types(empty):
    empty.create(REGISTER.iloc[:0], RECORDS.iloc[:0])
    snapshot = empty.load(REAL)
    assert_frame_equal(snapshot.sites, REGISTER.iloc[:0])
    assert list(snapshot.evidence.dtypes.astype(str)) == list(RECORDS.dtypes.astype(str))


NASTY = st.text(st.characters(codec="utf-8"), min_size=1, max_size=500) | st.sampled_from(
    ["\u202eĐảo\u202c", "\u200f\u2067", "🏭👩‍🌾", "'; DROP TABLE site; --", '<b>&quot;"', "ệ" * 500]
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=NASTY, summary=NASTY, lat=st.floats(8, 24), lon=st.floats(102, 118))
def test_any_text_and_any_position_come_back(store, name, summary, lat, lon):
    register = site().assign(name_vi=pd.array([name], "string"), lat=lat, lon=lon)
    register = sites.located(register.drop(columns="geometry"))
    records = said("E1", subject="S1").assign(summary_vi=pd.array([summary], "string"))
    store.fill(SIMULATED, register, records, replace=True)
    snapshot = store.load(SIMULATED)
    assert_frame_equal(snapshot.sites, register)
    assert_frame_equal(snapshot.evidence, records)


def test_the_database_holds_what_the_model_names(store):
    inspector = sa.inspect(sa.create_engine(f"sqlite:///{store.path}"))
    for table, columns in (("site", sites.COLUMNS), ("evidence", ev.COLUMNS)):
        there = {column["name"] for column in inspector.get_columns(table)}
        assert there == {"workspace", "entry", *columns}


def test_the_newest_migration_is_the_one_read_and_written():
    config = Config()
    config.set_main_option("script_location", "geodata:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == module.HEAD


# --- versions and workspaces ----------------------------------------------------------------


def test_the_version_is_that_of_the_data_on_every_machine(store, tmp_path):
    other = Store(f"sqlite:///{tmp_path}/elsewhere.sqlite")
    other.create(REGISTER, RECORDS)
    assert re.fullmatch(r"1-[0-9a-f]{8}", store.version(REAL))
    assert store.version(REAL) == other.version(REAL)


def test_every_write_moves_the_version_on(store):
    seen = [store.version(REAL), store.append(REAL, said("E1")), store.append(REAL, said("E2"))]
    assert store.version(REAL) == seen[-1]
    assert [version.split("-")[0] for version in seen] == ["1", "2", "3"]
    assert len({version.split("-")[1] for version in seen}) == 3


def test_what_was_there_before_a_replacement_leaves_no_trace_in_the_digest(store):
    first = store.fill(SIMULATED, site(), said("E1", subject="S1"))
    store.fill(SIMULATED, site("khác"), said("E2", subject="S1"), replace=True)
    third = store.fill(SIMULATED, site(), said("E1", subject="S1"), replace=True)
    assert (first[0], third[0]) == ("1", "3")
    assert first[1:] == third[1:]


def test_creating_again_changes_nothing(store):
    before = store.version(REAL)
    store.create(REGISTER, RECORDS)
    assert store.version(REAL) == before


def test_real_and_simulated_never_mix(store):
    before = store.load(REAL)
    store.fill(SIMULATED, site(), said("E1", subject="S1"), description="seed 1")
    store.append(SIMULATED, said("E2", subject="S1"))
    store.fill(SIMULATED, site("khác"), said("E1", subject="S1"), replace=True)
    after = store.load(REAL)
    assert before.version == after.version
    assert_frame_equal(before.sites, after.sites)
    assert_frame_equal(before.evidence, after.evidence)
    assert list(store.load(SIMULATED).sites["name_vi"]) == ["khác"]
    found = store.workspaces()
    assert list(found) == [REAL, SIMULATED]
    assert found[SIMULATED].description == "seed 1"
    with pytest.raises(DataError, match="S1"):
        store.append(REAL, said("E3", subject="S1"))


def test_real_data_is_added_to_and_never_replaced(store):
    with pytest.raises(WrongCallError, match="never replaced"):
        store.fill(REAL, site(), said("E1"), replace=True)
    store.fill(REAL, site(), said("E1", subject="S1"))
    assert list(store.load(REAL).sites["id"]) == [*REGISTER["id"], "S1"]


@pytest.mark.parametrize("call", [Store.load, Store.version])
def test_a_workspace_that_is_not_there_is_named(store, call):
    with pytest.raises(WrongCallError, match="simulated"):
        call(store, SIMULATED)
    with pytest.raises(WrongCallError, match="simulated"):
        store.append(SIMULATED, said("E1"))
    with pytest.raises(WrongCallError, match="test"):
        store.fill("test", site(), said("E1"))


# --- append-only ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence SET grade = 'A' WHERE id = 'EV-007'",
        "UPDATE evidence SET workspace = 'simulated'",
        "DELETE FROM evidence WHERE id = 'EV-007'",
        "INSERT OR REPLACE INTO evidence (workspace, entry, id) VALUES ('real', 7, 'EV-007')",
        "INSERT INTO evidence (workspace, entry, id) VALUES ('real', 7, 'new')",
        "INSERT OR REPLACE INTO evidence (workspace, entry, id) VALUES ('real', 7, 'new')",
        "DELETE FROM workspace WHERE name = 'real'",
    ],
)
def test_the_database_itself_keeps_evidence(store, statement):
    with pytest.raises(sqlite3.IntegrityError):
        raw(store, statement)
    assert_frame_equal(store.load(REAL).evidence, RECORDS)


def test_simulated_evidence_may_go_but_never_change(store):
    store.fill(SIMULATED, site(), said("E1", subject="S1"))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw(store, "UPDATE evidence SET grade = 'B' WHERE workspace = 'simulated'")
    raw(store, "DELETE FROM evidence WHERE workspace = 'simulated'")
    assert store.load(SIMULATED).evidence.empty


# --- all or nothing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("register", "records", "named"),
    [
        (site(), said("E1", subject="nowhere"), "nowhere"),
        (site(), said("E1", "EV-001"), "EV-001"),
        (site(), pd.concat([said("E1"), said("E1")]), "E1"),
        (site(key="HG-ST-01"), said("E1"), "HG-ST-01"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(store, register, records, named):
    before = store.version(REAL)
    with pytest.raises(DataError, match=named):
        store.fill(REAL, register, records)
    assert store.version(REAL) == before
    assert_frame_equal(store.load(REAL).sites, REGISTER)


@pytest.mark.parametrize("subject", ["HG-ST-01", "930", "937", "province"])
def test_evidence_speaks_of_sites_districts_and_the_province(store, subject):
    store.append(REAL, said("E1", subject=subject))
    assert store.load(REAL).evidence["subject"].iloc[-1] == subject


def test_threads_that_write_at_once_lose_nothing(store):
    keys = [f"E{number}" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: store.append(REAL, said(key)), keys))
        list(pool.map(lambda _key: store.load(REAL), keys))
    assert set(keys) < set(store.load(REAL).evidence["id"])
    assert store.version(REAL).startswith("25-")


def test_processes_that_make_and_fill_a_store_at_once_lose_nothing(empty):
    code = (
        "import sys; sys.path.insert(0, '.'); from tests.geodata.test_store import *\n"
        "s = Store(sys.argv[1]); s.create(REGISTER, RECORDS)\n"
        "for n in range(5): s.append(REAL, said(f'{sys.argv[2]}-{n}'))"
    )
    url = f"sqlite:///{empty.path}"
    runs = [subprocess.Popen([sys.executable, "-c", code, url, str(i)], cwd=HOME) for i in range(3)]
    assert [run.wait(120) for run in runs] == [0, 0, 0]
    assert len(empty.load(REAL).evidence) == len(RECORDS) + 15
    assert empty.version(REAL).startswith("16-")
    assert list(empty.path.parent.iterdir()) == [empty.path]


def test_a_killed_init_leaves_nothing_or_a_whole_store(tmp_path):
    code = (
        "import sys; sys.path.insert(0, '.'); from tests.geodata.test_store import *\n"
        "print('go', flush=True); Store(sys.argv[1]).create(REGISTER, RECORDS)"
    )
    for attempt in range(6):
        path = tmp_path / f"{attempt}.sqlite"
        command = [sys.executable, "-c", code, f"sqlite:///{path}"]
        with subprocess.Popen(command, cwd=HOME, stdout=subprocess.PIPE) as run:
            run.stdout.readline()
            time.sleep(random.uniform(0, 0.25))  # noqa: S311
            run.send_signal(signal.SIGKILL)
        if path.exists():
            assert len(Store(f"sqlite:///{path}").load(REAL).sites) == len(REGISTER)
        Store(f"sqlite:///{path}").create(REGISTER, RECORDS)
        assert Store(f"sqlite:///{path}").version(REAL).startswith("1-")


def test_what_a_killed_run_left_is_cleared_away(empty):
    left = empty.path.parent / f".{empty.path.name}-killed"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    empty.create()
    assert not left.exists()


# --- a full disk ------------------------------------------------------------------------------


def many(count):
    return said(*(f"E{number}" for number in range(count)), summary_vi="x" * 400)


def test_a_full_disk_leaves_the_store_as_it_was(store):
    before = store.version(REAL)
    pages = raw(store, "PRAGMA page_count")[0][0][0]
    fills_up = lambda connection, _record: connection.execute(  # noqa: E731
        f"PRAGMA max_page_count={pages + 20}"
    )
    sa.event.listen(store._engine, "connect", fills_up)
    with pytest.raises(StoreError, match=r"disk.*full"):
        store.append(REAL, many(1000))
    assert store.version(REAL) == before
    assert store.damage() == []
    store.append(REAL, said("E1"))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="mounts a small disk: root")
def test_a_store_is_not_made_on_a_full_disk(tmp_path):
    mount = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        with pytest.raises(StoreError, match=rf"disk with {tmp_path}/store\.sqlite is full"):
            Store(f"sqlite:///{tmp_path}/store.sqlite").create(REGISTER, RECORDS)
        assert list(tmp_path.iterdir()) == []
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


# --- stores that cannot be used ---------------------------------------------------------------


def refused(store, *signs):
    """Check that reading, writing and making all fail in one sentence that names the store."""
    for call in (
        lambda: store.load(REAL),
        lambda: store.append(REAL, said("E1")),
        lambda: store.create(REGISTER, RECORDS),
    ):
        with pytest.raises(ModelError) as error:
            call()
        sentence = str(error.value)
        assert "\n" not in sentence
        assert all(sign in sentence for sign in (store.name, *signs))


def test_a_missing_store_is_not_made_by_reading(empty):
    with pytest.raises(StoreError, match="python -m geodata init"):
        empty.load(REAL)
    assert not empty.path.parent.exists()


def test_an_empty_file_is_no_store_yet(empty):
    empty.path.parent.mkdir()
    empty.path.touch()
    with pytest.raises(StoreError, match="python -m geodata init"):
        empty.version(REAL)
    empty.create(REGISTER, RECORDS)
    assert_frame_equal(empty.load(REAL).evidence, RECORDS)


def test_a_file_that_is_no_database_is_left_alone(empty):
    empty.path.parent.mkdir()
    empty.path.write_text("id,kind\n" * 1000)
    refused(empty, "damaged", "backup")
    assert empty.path.read_text().startswith("id,kind")


def test_a_damaged_file_is_told(store):
    with store.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (store.path.stat().st_size - 4096))
    refused(store, "damaged")


def test_a_database_of_another_program_is_left_alone(empty):
    empty.path.parent.mkdir()
    raw(empty, "CREATE TABLE customer (id)")
    with pytest.raises(StoreError, match="another program"):
        empty.create()
    assert raw(empty, "SELECT name FROM sqlite_master") == [[("customer",)]]


def test_a_store_of_a_newer_software_is_left_alone(store):
    raw(store, "UPDATE alembic_version SET version_num = '9999'")
    refused(store, "newer version")


def test_a_store_of_an_older_software_asks_for_the_upgrade(store):
    raw(store, "UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(StoreError, match="upgrade"):
        store.load(REAL)


def test_a_store_in_use_is_read_and_waits_to_be_written(store, monkeypatch):
    monkeypatch.setattr(module, "_WAIT_S", 0)
    other = sqlite3.connect(store.path)
    other.execute("BEGIN IMMEDIATE")
    assert_frame_equal(store.load(REAL).evidence, RECORDS)
    with pytest.raises(StoreError, match="in use"):
        store.append(REAL, said("E1"))
    other.close()
    store.append(REAL, said("E1"))


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "store.sqlite", tmp_path):
        with pytest.raises(StoreError, match="cannot be opened or written"):
            Store(f"sqlite:///{path}").create()


@pytest.mark.parametrize("url", ["store", "nosuch://host/db", "postgresql+nosuch://host/db"])
def test_an_address_that_is_none_is_told(url):
    with pytest.raises(WrongCallError, match="HG_STORE"):
        Store(url)


def test_a_password_is_not_told():
    with pytest.raises(WrongCallError) as error:
        Store("nosuch://me:secret@host/db")
    assert "secret" not in str(error.value)
