"""A process that only reads: the system lets it write nothing, and it needs nothing written."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, suppress
from pathlib import Path

import pytest

from geodata.core.errors import StoreError
from geodata.store import REAL, Store, engine, entries
from tests.geodata.store.samples import RECORDS, REGISTER, drafted, entered, said

ROOT = os.name == "posix" and os.geteuid() == 0
NOBODY = 65534
HOME = Path(__file__).parents[3]
LOOK = """
import os, sys
from geodata.store import REAL, Store
def look(path):
    store = Store("sqlite:///" + path, writable=False)
    return store.version(REAL, published=True), len(store.load(REAL, published=True).sites)
path, other, nobody = sys.argv[1:]
look(other)  # loads the software, which may lie where not everybody can read
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(int(nobody)); os.setuid(int(nobody))
print(*look(path))
"""


@pytest.fixture
def on():
    return "sqlite"


@pytest.fixture
def shelf():
    """A folder that everybody may look into, and only its owner may write to."""
    folder = Path(tempfile.mkdtemp())  # pytest's own are closed to others
    Store(f"sqlite:///{folder}/store.sqlite").create(REGISTER, RECORDS)
    (folder / "store.sqlite").chmod(0o444)
    folder.chmod(0o555)
    yield folder / "store.sqlite"
    folder.chmod(0o755)
    shutil.rmtree(folder)


def looked(path, other):
    """What a process without the right to write sees of a store."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(path), shutil.copy(path, other), str(NOBODY)],
        cwd=HOME,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-600:]
    return done.stdout.split()


def test_who_may_not_write_reads_all_and_leaves_nothing(shelf, tmp_path):
    store = Store(f"sqlite:///{shelf}", writable=False)
    assert looked(shelf, tmp_path / "copy") == [
        store.version(REAL, published=True),
        str(len(REGISTER)),
    ]
    if not ROOT:  # root is let write everywhere
        assert [path.name for path in shelf.parent.iterdir()] == ["store.sqlite"]


def test_who_may_not_write_sees_what_another_writes_meanwhile(shelf, tmp_path):
    shelf.parent.chmod(0o755)
    shelf.chmod(0o644)
    before = Store(f"sqlite:///{shelf}", writable=False).version(REAL, published=True)
    with closing(sqlite3.connect(shelf)) as held:  # a writer whose log is in use
        held.execute("SELECT 1 FROM site").fetchone()
        entered(Store(f"sqlite:///{shelf}"), said("E1"))
        assert looked(shelf, tmp_path / "copy")[0] != before


@pytest.mark.parametrize("frozen", [False, True], ids=["with a log", "as it stands"])
def test_the_system_refuses_to_write_whatever_is_asked(store, monkeypatch, frozen):
    if frozen:
        monkeypatch.setattr(engine, "_read_only", as_it_stands)
    reading = Store(f"sqlite:///{store.path}", writable=False)
    with pytest.raises(StoreError, match="Không mở hoặc không ghi được"):
        drafted(reading, said("E1"))
    with reading._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=OFF")  # the engine's own word taken back
        with pytest.raises(Exception, match="readonly"):
            connection.exec_driver_sql("DELETE FROM workspace")


def as_it_stands(path):
    """Open a file as where no index of a log can be made."""
    real = sqlite3.connect

    def refusing(address, **options):
        if "immutable" not in address:
            return real(":memory:", factory=_Refusing)
        return real(address, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine.sqlite3, "connect", refusing)
        return READ_ONLY(path)


class _Refusing(sqlite3.Connection):
    def execute(self, *_words):
        raise sqlite3.OperationalError("attempt to write a readonly database")


READ_ONLY = engine._read_only


def test_what_is_written_to_while_it_is_read_as_it_stands_is_read_again(store, monkeypatch):
    monkeypatch.setattr(engine, "_read_only", as_it_stands)
    reading = Store(f"sqlite:///{store.path}", writable=False)
    turns, asked = [], entries.state

    def state(*args, **options):
        turns.append(None)
        if len(turns) == 1:
            entered(store, said("E1"))
        return asked(*args, **options)

    monkeypatch.setattr("geodata.store.store.entries.state", state)
    version = reading.version(REAL)
    monkeypatch.undo()
    assert version == store.version(REAL)
    assert len(turns) > 1


def test_a_file_that_is_always_written_to_is_told_to_be_in_use(store, monkeypatch):
    monkeypatch.setattr(engine, "_read_only", as_it_stands)
    monkeypatch.setattr("geodata.store.store._PAUSE_S", 0)
    ticks = iter(range(10_000))
    monkeypatch.setattr(engine, "_stamp", lambda _path: next(ticks))
    with pytest.raises(StoreError, match="đang"):
        Store(f"sqlite:///{store.path}", writable=False).version(REAL)


@pytest.mark.skipif(not ROOT, reason="mounts a small disk: root")
def test_a_full_disk_keeps_nobody_from_reading(store, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    size = store.path.stat().st_size + 8192
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        shutil.copy(store.path, disk / "store.sqlite")
        with (disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
            while filler.write(b"x" * 512):
                pass
        reading = Store(f"sqlite:///{disk}/store.sqlite", writable=False)
        assert reading.version(REAL) == store.version(REAL)
        assert len(reading.load(REAL).sites) == len(REGISTER)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
