"""Copies: from the file to the server and back, to a backup and back, and no half of either."""

import hashlib
import json
import random
import sqlite3
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime

import pytest

from geodata.core.errors import StoreError, WrongCallError
from geodata.store import REAL, SIMULATED, Store, engine
from geodata.store.accounts import Accounts
from geodata.store.copies import backup, copy, copy_documents, restore
from geodata.store.documents import Documents
from tests.geodata.store.samples import (
    RECORDS,
    REGISTER,
    STEWARD,
    changed,
    declared,
    drafted,
    entered,
    run,
    said,
    scanned,
    site,
    unguarded,
)

pytestmark = pytest.mark.usefixtures("english")
NOW = datetime.fromisoformat("2026-11-22T03:00")
SCAN = b"%PDF-1.7 bien ban"
KEY = hashlib.sha256(SCAN).hexdigest()


@pytest.fixture
def documents(tmp_path):
    made = Documents(tmp_path / "documents")
    made.put(SCAN)
    return made


@pytest.fixture
def lived_in(store):
    """A store in which everything has happened."""
    entered(store, said("E1"), site(), declarations=declared("D1"), documents=scanned(KEY, "E1"))
    changed(store, REGISTER.loc[["HG-ST-01"]].assign(area_ha=0.1 + 0.2))
    store.undo(REAL, 5, who=STEWARD)
    store.fill(SIMULATED, site(), said("E1", subject="S1"), description="seed 1")
    Accounts(store).add("lan@example.vn", "Lan", "Hậu Giang bốn mùa", NOW)
    return store


def content(store):
    """All a store holds, row by row."""
    tables = {
        "workspace": "name",
        "journal": "workspace, entry",
        **dict.fromkeys(("site", "evidence", "declaration", "document"), "workspace, entry, line"),
        "account": "email",
    }
    geom = set() if store.path else {"geom"}
    rows_by_table = {}
    with store.opened() as connection:
        for table, order in tables.items():
            rows = connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608
            rows_by_table[table] = [
                {name: plain(cell) for name, cell in row.items() if name not in geom}
                for row in rows.mappings()
            ]
    return rows_by_table


def plain(cell):
    """A cell as both engines tell it: SQLite knows neither days nor yes and no."""
    if hasattr(cell, "isoformat"):
        text = cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
        return text.removesuffix(".000000")
    if isinstance(cell, str):
        return cell.removesuffix(".000000")
    return int(cell) if isinstance(cell, bool) else cell


# --- from engine to engine ---------------------------------------------------------------------


@pytest.mark.parametrize("on", ["sqlite"], indirect=True)
def test_a_province_moves_to_another_engine_and_back_without_a_difference(
    lived_in, tmp_path, postgresql
):
    there, back = Store(postgresql()), Store(f"sqlite:///{tmp_path}/back.sqlite")
    copy(lived_in, there)
    copy(there, back)
    for one in (there, back):
        assert content(one) == content(lived_in)
        assert one.workspaces() == lived_in.workspaces()
        assert one.breaks() == []
        number = drafted(one, said("E9"))
        assert number == 7
        one._engine.dispose()


def test_nothing_is_copied_over_data(lived_in, new_url):
    other = Store(new_url())
    other.create(REGISTER, RECORDS)
    before = content(other)
    with pytest.raises(WrongCallError, match="holds data already"):
        copy(lived_in, other)
    assert content(other) == before
    other._engine.dispose()


def test_what_was_tampered_with_is_not_carried_on(lived_in, new_url, tmp_path, documents):
    unguarded(lived_in)
    run(lived_in, "UPDATE evidence SET grade = 'B' WHERE id = 'EV-007'")
    other = Store(new_url())
    with pytest.raises(StoreError, match="real/1"):
        copy(lived_in, other)
    assert other.workspaces() == {}
    with pytest.raises(StoreError, match="real/1"):
        backup(lived_in, documents, tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()
    other._engine.dispose()


def test_documents_go_along_and_a_damaged_one_is_named(documents, tmp_path):
    broken = documents.put(b"x")
    next(path for key, path in documents.files() if key == broken).write_bytes(b"y")
    target = Documents(tmp_path / "elsewhere")
    assert copy_documents(documents, target) == [broken]
    assert target.get(KEY) == SCAN


# --- backup and restore ------------------------------------------------------------------------


def test_a_backup_brings_everything_back(lived_in, documents, tmp_path, new_url):
    before = content(lived_in)
    steps = []
    backup(lived_in, documents, tmp_path / "b.zip", lambda done, step: steps.append((done, step)))
    assert [done for done, _step in steps] == sorted(done for done, _step in steps)
    assert steps[-1][0] == 1
    drafted(lived_in, said("E9"))
    elsewhere = Documents(tmp_path / "elsewhere")
    new = Store(new_url())
    for target in (lived_in, new):
        restore(target, elsewhere, tmp_path / "b.zip")
        assert content(target) == before
        assert elsewhere.get(KEY) == SCAN
        assert drafted(target, said("E9")) == 7
        with pytest.raises(Exception, match="append-only"):
            run(target, "DELETE FROM evidence")
    new._engine.dispose()


def test_a_backup_taken_while_others_write_is_of_one_moment(store, documents, tmp_path):
    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(drafted, store, said(f"E{n}", f"F{n}")) for n in range(12)]
        for number in range(3):
            backup(store, documents, tmp_path / f"{number}.zip")
        done = [future.result() for future in writing]
    assert sorted(done) == list(range(2, 14))
    for number in range(3):
        taken = Store(f"sqlite:///{tmp_path}/{number}.sqlite")
        restore(taken, documents, tmp_path / f"{number}.zip")
        assert taken.breaks() == []
        assert len(taken.load(REAL).evidence) == len(RECORDS) + 2 * (taken.load(REAL).revision - 1)


def test_a_damaged_document_does_not_stop_a_backup_and_is_named(store, documents, tmp_path):
    broken = documents.put(b"x")
    next(path for key, path in documents.files() if key == broken).write_bytes(b"y")
    assert backup(store, documents, tmp_path / "b.zip") == [broken]
    restore(store, Documents(tmp_path / "elsewhere"), tmp_path / "b.zip")


@pytest.mark.parametrize("on", ["sqlite"], indirect=True)
def test_a_backup_with_any_byte_changed_is_refused_or_whole(lived_in, documents, tmp_path):
    backup(lived_in, documents, tmp_path / "b.zip")
    packed = (tmp_path / "b.zip").read_bytes()
    chance = random.Random(1)  # noqa: S311
    target = Store(f"sqlite:///{tmp_path}/target.sqlite")
    target.create()
    here = content(target)
    places = [0, len(packed) - 1, *(chance.randrange(len(packed)) for _ in range(30))]
    for place in places:
        broken = bytearray(packed)
        broken[place] ^= 0xFF
        (tmp_path / "broken.zip").write_bytes(broken)
        try:
            restore(target, documents, tmp_path / "broken.zip")
        except StoreError:
            assert content(target) == here
        else:  # a byte that says nothing, such as the time a file was packed
            assert content(target) == content(lived_in)
            here = content(target)
    for end in (0, 100, len(packed) // 2, len(packed) - 1):
        (tmp_path / "broken.zip").write_bytes(packed[:end])
        with pytest.raises(StoreError, match="no backup"):
            restore(target, documents, tmp_path / "broken.zip")


def test_a_backup_that_lost_a_document_is_refused(store, documents, tmp_path):
    backup(store, documents, tmp_path / "b.zip")
    with (
        zipfile.ZipFile(tmp_path / "b.zip") as whole,
        zipfile.ZipFile(tmp_path / "less.zip", "w") as less,
    ):
        for name in whole.namelist():
            if not name.startswith("documents/"):
                less.writestr(name, whole.read(name))
    with pytest.raises(StoreError, match="no backup"):
        restore(store, documents, tmp_path / "less.zip")


@pytest.mark.parametrize("on", ["sqlite"], indirect=True)
def test_a_backup_of_a_newer_software_is_refused(store, documents, tmp_path):
    backup(store, documents, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        archive.extractall(tmp_path / "read")
    taken = tmp_path / "read" / "store.sqlite"
    run(Store(f"sqlite:///{taken}"), "UPDATE alembic_version SET version_num = '9999'")
    manifest = json.loads((tmp_path / "read" / "manifest.json").read_text())
    manifest["store"] = hashlib.sha256(taken.read_bytes()).hexdigest()
    with zipfile.ZipFile(tmp_path / "new.zip", "w") as archive:
        archive.write(taken, "store.sqlite")
        archive.writestr("manifest.json", json.dumps(manifest | {"documents": []}))
    with pytest.raises(StoreError, match=r"new\.zip was made by a newer version"):
        restore(store, documents, tmp_path / "new.zip")


# --- files -------------------------------------------------------------------------------------


@pytest.fixture
def packed(store, documents, tmp_path):
    backup(store, documents, tmp_path / "b.zip")
    return tmp_path / "b.zip"


@pytest.mark.parametrize("on", ["sqlite"], indirect=True)
def test_a_destroyed_file_is_replaced_and_kept_beside(store, documents, packed):
    store.path.write_bytes(b"no database at all" * 500)
    restore(store, documents, packed)
    assert len(store.load(REAL).sites) == len(REGISTER)
    assert store.path.with_name("store.sqlite.damaged").exists()


@pytest.mark.parametrize("on", ["sqlite"], indirect=True)
def test_the_log_of_a_lost_file_does_not_get_into_the_restored_one(store, documents, packed):
    store.path.unlink()
    log = store.path.with_name("store.sqlite-wal")
    log.write_bytes(b"\x37\x7f\x06\x82" + b"x" * 5000)
    restore(store, documents, packed)
    assert store.breaks() == []
    assert store.path.with_name("store.sqlite.damaged-wal").read_bytes().endswith(b"x")


@pytest.mark.parametrize("on", ["sqlite"], indirect=True)
def test_a_store_in_use_is_not_replaced_and_not_waited_for_for_ever(
    store, documents, packed, monkeypatch
):
    monkeypatch.setattr(engine, "WAIT_S", 0)
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use"):
            restore(store, documents, packed)
    restore(store, documents, packed)


@pytest.mark.parametrize("on", ["sqlite"], indirect=True)
def test_who_has_the_store_open_sees_what_was_restored(store, documents, packed):
    drafted(store, said("E1"))
    restore(store, documents, packed)
    assert store.version(REAL).startswith("1-")


@pytest.mark.parametrize("name", ["no/folder/b.zip", "."])
def test_a_place_that_takes_no_backup_is_told(store, documents, tmp_path, name):
    with pytest.raises(StoreError, match="cannot be read or written"):
        backup(store, documents, tmp_path / name)
    with pytest.raises(StoreError, match="cannot be read or written"):
        restore(store, documents, tmp_path / name)
