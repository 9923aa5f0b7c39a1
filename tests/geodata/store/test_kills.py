"""Killed in the middle of anything, a store is what it was before or what it was to become.

A few kills a run, each at a random moment of the work; ``make faults`` makes hundreds.
"""

import math
import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from geodata.store import REAL, Store
from geodata.store.copies import backup, restore
from geodata.store.documents import Documents
from tests.examples import ROUNDS
from tests.geodata.store.samples import ADMIN, RECORDS, REGISTER, REVIEWER, drafted, said
from tests.geodata.store.test_migrations import WRITTEN, upgraded

pytestmark = pytest.mark.usefixtures("english")
MANY = [f"E{n:04}" for n in range(1500)]


@pytest.fixture
def on(request):
    return getattr(request, "param", "sqlite")


class Killer:
    """Does a piece of work in a process of its own, over and over, and kills it somewhere in it."""

    def __init__(self, forked):
        self._forked = forked
        self.inside = 0  # how often the work was not done yet
        self._done = {}  # by work after how many seconds it has been done already

    def takes(self, work):
        """Return how long the work takes when nobody kills it."""
        begun = time.monotonic()
        assert os.waitpid(self._forked(work), 0)[1] == 0
        return time.monotonic() - begun

    def kills(self, work, lasting):
        """Do the work, and kill it at a random moment of the time it takes."""
        child = self._forked(work)
        moment = random.uniform(0, min(lasting, self._done.get(work, math.inf)))  # noqa: S311
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        if os.WIFSIGNALED(os.waitpid(child, 0)[1]):
            self.inside += 1
        else:
            self._done[work] = moment


@pytest.fixture
def killer(forked):
    made = Killer(forked)
    yield made
    assert made.inside, "no kill fell into the work"


def _sound(path):
    return _sound_at(f"sqlite:///{path}")


def _sound_at(url):
    """Open a store anew, as the next process does, and return its version."""
    store = Store(url)
    assert store.damage() == store.breaks() == []
    version = store.version(REAL)
    store.load(REAL)
    store._engine.dispose()
    return version


def _left(folder):
    """What lies in a folder beside a store and what SQLite keeps beside it."""
    return {path.name for path in folder.iterdir()} - {
        *("store.sqlite", "store.sqlite-wal", "store.sqlite-shm", "documents", "b.zip"),
    }


def _again(kept, path):
    """Put a kept store back in its place."""
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copy(kept, path)


@pytest.fixture
def place(store, tmp_path):
    """The folder of a store with drafts of many entries, and a copy of it to begin from."""
    for n in range(12):
        drafted(store, said(f"D{n}"))
    store._engine.dispose()
    kept = tmp_path / "kept.sqlite"
    shutil.copy(store.path, kept)
    return store.path, kept


def test_a_killed_import_is_there_as_a_whole_or_not_at_all(place, killer):
    path, kept = place

    def work():
        drafted(Store(f"sqlite:///{path}"), said(*MANY))

    before, lasting = _sound(path), killer.takes(work)
    after = _sound(path)
    for _round in range(ROUNDS):
        _again(kept, path)
        killer.kills(work, lasting)
        assert _sound(path) in (before, after)


def test_a_killed_publication_shows_all_of_it_or_nothing(place, killer):
    path, kept = place

    def work():
        store = Store(f"sqlite:///{path}")
        store.review(REAL, *range(2, 14), who=REVIEWER)
        store.publish(REAL, who=ADMIN)

    def published():
        return Store(f"sqlite:///{path}").version(REAL, published=True)

    before, lasting = published(), killer.takes(work)
    after = published()
    assert before != after
    for _round in range(ROUNDS):
        _again(kept, path)
        killer.kills(work, lasting)
        _sound(path)
        assert published() in (before, after)


def test_a_killed_backup_is_a_whole_one_or_none(place, killer, tmp_path):
    path, _kept = place
    target, documents = path.parent / "b.zip", Documents(path.parent / "documents")
    documents.put(b"%PDF-1.7 x" * 100_000)

    def work():
        backup(Store(f"sqlite:///{path}"), documents, target)

    lasting, version = killer.takes(work), _sound(path)
    for n in range(ROUNDS):
        target.unlink(missing_ok=True)
        killer.kills(work, lasting)
        assert _sound(path) == version
        if target.exists():
            other = tmp_path / f"{n}.sqlite"
            restore(Store(f"sqlite:///{other}"), Documents(tmp_path / "d"), target)
            assert _sound(other) == version


def test_a_killed_restore_leaves_the_old_store_or_the_new(place, killer):
    path, kept = place
    documents, target = Documents(path.parent / "documents"), path.parent / "b.zip"
    drafted(Store(f"sqlite:///{path}"), said(*MANY))
    backup(Store(f"sqlite:///{path}"), documents, target)
    after = _sound(path)
    _again(kept, path)

    def work():
        restore(Store(f"sqlite:///{path}"), documents, target)

    before, lasting = _sound(path), killer.takes(work)
    for _round in range(ROUNDS):
        _again(kept, path)
        killer.kills(work, lasting)
        assert _sound(path) in (before, after)


@pytest.mark.parametrize("on", ["postgresql"], indirect=True)
def test_on_a_server_a_killed_import_or_restore_is_whole_or_nothing(store, url, killer, tmp_path):
    documents, target = Documents(tmp_path / "documents"), tmp_path / "b.zip"
    backup(store, documents, target)

    def importing():
        drafted(Store(url), said(*MANY))

    def restoring():
        restore(Store(url), documents, target)

    before, taking = _sound_at(url), killer.takes(importing)
    after, putting = _sound_at(url), killer.takes(restoring)
    assert _sound_at(url) == before != after
    for _round in range(ROUNDS):
        killer.kills(importing, taking)
        assert _sound_at(url) in (before, after)
        killer.kills(restoring, putting)
        assert _sound_at(url) in (before, after)
        restoring()


def test_a_killed_upgrade_is_done_by_the_next_one(killer, tmp_path):
    path, kept = tmp_path / "var" / "store.sqlite", tmp_path / "kept.sqlite"
    path.parent.mkdir()
    old = Store(f"sqlite:///{path}")
    with old._engine.begin() as connection:
        upgraded(connection, "0002")
        for line in WRITTEN.read_text("utf-8").splitlines():
            if not line.startswith("--"):
                connection.exec_driver_sql(line)
    old._engine.dispose()
    shutil.copy(path, kept)

    def work():
        Store(f"sqlite:///{path}").create(REGISTER, RECORDS)

    lasting, after = killer.takes(work), _sound(path)
    for _round in range(ROUNDS):
        _again(kept, path)
        killer.kills(work, lasting)
        work()
        assert _sound(path) == after


def test_what_killed_work_left_beside_the_store_is_gone_when_it_is_done_again(place, killer):
    """A copy of the store with the hashes of passwords must not lie about."""
    path, _kept = place
    documents, target = Documents(path.parent / "documents"), path.parent / "b.zip"

    def work():
        backup(Store(f"sqlite:///{path}"), documents, target)

    lasting = killer.takes(work)
    for _round in range(ROUNDS):
        killer.kills(work, lasting)
    for left in _left(path.parent):
        assert (path.parent / left).stat().st_mode & 0o077 == 0, f"{left} can be read by others"
        os.utime(path.parent / left, (0, 0))  # long ago: nobody's work any more
    work()
    assert _left(Path(path.parent)) == set()
