"""A store in a file: what a killed run, a full disk, damage or another program do to it."""

import os
import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest
import sqlalchemy as sa
from pandas.testing import assert_frame_equal

from geodata.core.errors import ModelError, StoreError
from geodata.store import REAL, Store, engine
from tests.examples import ROUNDS
from tests.geodata.store.samples import RECORDS, REGISTER, drafted, run, said

pytestmark = pytest.mark.usefixtures("english")
PAGE = 4096


@pytest.fixture
def on():
    return "sqlite"


# --- making it -------------------------------------------------------------------------------


def test_a_killed_init_leaves_nothing_or_a_whole_store(tmp_path, forked):
    for attempt in range(8):
        url = f"sqlite:///{tmp_path}/{attempt}.sqlite"
        child = forked(lambda url=url: Store(url).create(REGISTER, RECORDS))
        time.sleep(random.uniform(0, 0.25))  # noqa: S311
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if (tmp_path / f"{attempt}.sqlite").exists():
            assert len(Store(url).load(REAL).sites) == len(REGISTER)
        Store(url).create(REGISTER, RECORDS)
        assert Store(url).version(REAL).startswith("1-")


def test_what_a_killed_run_left_is_cleared_away(empty):
    left = empty.path.parent / ".hg-work-killed"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    empty.create()
    assert not left.exists()


def test_a_store_is_not_made_beside_the_log_of_one_that_is_gone(store):
    with closing(sqlite3.connect(store.path)) as held:  # keeps the log from being folded in
        held.execute("SELECT count(*) FROM journal").fetchall()
        drafted(store, said("E1"))
        left = store.path.with_name(f"{store.path.name}-wal")
        log = left.read_bytes()
    store.path.unlink()
    left.write_bytes(log)
    with pytest.raises(StoreError, match="-wal"):
        store.create(REGISTER, RECORDS)
    assert left.read_bytes() == log


# --- a full disk ------------------------------------------------------------------------------


def test_a_full_disk_leaves_the_store_as_it_was(store):
    before = store.version(REAL)
    pages = run(store, "PRAGMA page_count")[0][0][0]
    fills_up = lambda connection, _record: connection.execute(  # noqa: E731
        f"PRAGMA max_page_count={pages + 20}"
    )
    sa.event.listen(store._engine, "connect", fills_up)
    with pytest.raises(StoreError, match=r"disk.*full"):
        drafted(store, said(*(f"E{number}" for number in range(1000)), summary_vi="x" * 400))
    assert store.version(REAL) == before
    assert store.damage() == []
    assert store.breaks() == []
    drafted(store, said("E1"))


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
        lambda: drafted(store, said("E1")),
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


def test_a_page_that_was_damaged_is_found_by_who_reads_or_by_the_doctor(store, tmp_path):
    whole, sentences, unseen = store.path.read_bytes(), [], []
    for n in range(ROUNDS):
        path = tmp_path / f"{n}.sqlite"
        at = random.randrange(1, len(whole) // PAGE) * PAGE  # noqa: S311
        path.write_bytes(whole[:at] + os.urandom(PAGE) + whole[at + PAGE :])
        one = Store(f"sqlite:///{path}")
        try:
            one.load(REAL)
            if one.damage() == one.breaks() == []:
                unseen.append(at)
        except StoreError as error:
            sentences.append(str(error))
    assert unseen == []
    assert [sentence for sentence in sentences if "geodata restore" not in sentence] == []


def test_a_database_of_another_program_is_left_alone(empty):
    empty.path.parent.mkdir()
    run(empty, "CREATE TABLE customer (id)")
    with pytest.raises(StoreError, match="another program"):
        empty.create()
    assert run(empty, "SELECT name FROM sqlite_master") == [[("customer",)]]


def test_a_store_of_a_newer_software_is_left_alone(store):
    run(store, "UPDATE alembic_version SET version_num = '9999'")
    refused(store, "newer version")


def test_a_store_of_an_older_software_asks_for_the_upgrade(store):
    run(store, "UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(StoreError, match="upgrade"):
        store.load(REAL)


def test_a_store_in_use_is_read_and_waits_to_be_written(store, monkeypatch):
    monkeypatch.setattr(engine, "WAIT_S", 0)
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert_frame_equal(store.load(REAL).evidence, RECORDS)
        with pytest.raises(StoreError, match="in use"):
            drafted(store, said("E1"))
    drafted(store, said("E1"))


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "store.sqlite", tmp_path):
        with pytest.raises(StoreError, match="cannot be opened or written"):
            Store(f"sqlite:///{path}").create()
