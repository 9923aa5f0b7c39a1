"""Many at once: nothing lost, nothing doubled; and the store does as a plain model of it does."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from geodata.core.errors import DataError, StoreError
from geodata.store import REAL, Store, engine
from tests.examples import examples
from tests.geodata.store.samples import (
    RECORDS,
    REGISTER,
    REVIEWER,
    STEWARD,
    changed,
    drafted,
    reviewed,
    run,
    said,
    site,
)

pytestmark = pytest.mark.usefixtures("english")
WRITERS = 8


def once_each(store, keys, before=1):
    """Check that each key is there once, in an entry of its own, and the seals hold."""
    log = store.journal(REAL)
    assert sorted(log["entry"]) == list(range(1, before + len(keys) + 1))
    assert sorted(store.load(REAL).evidence["id"][len(RECORDS) :]) == sorted(keys)
    assert store.breaks() == []


def test_many_threads_on_one_store_lose_nothing(store):
    keys = [f"E{number}" for number in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda key: drafted(store, said(key)), keys))
        list(pool.map(lambda _key: store.version(REAL), keys))
    once_each(store, keys)


def test_many_processes_lose_nothing(store, url, forked):
    keys = [f"E{number}" for number in range(WRITERS)]
    children = [forked(lambda key=key: drafted(Store(url), said(key))) for key in keys]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * WRITERS
    once_each(store, keys)


def test_the_same_row_entered_by_many_is_there_once(store):
    def write(_number):
        try:
            return drafted(store, said("E1"))
        except DataError:
            return None

    with ThreadPoolExecutor(WRITERS) as pool:
        done = [number for number in pool.map(write, range(WRITERS)) if number]
    assert len(done) == 1
    once_each(store, ["E1"])


def test_of_many_changes_of_one_view_the_first_is_kept(store):
    seen = store.load(REAL).revision

    def write(_number):
        try:
            return changed(store, REGISTER.loc[["HG-ST-01"]], based_on=seen)
        except DataError:
            return None

    with ThreadPoolExecutor(WRITERS) as pool:
        assert sum(number is not None for number in pool.map(write, range(WRITERS))) == 1


def test_stores_made_at_once_are_one(new_url, on, forked):
    url = new_url()

    def make(key):
        own = Store(url)
        own.create(REGISTER, RECORDS)
        drafted(own, said(key))

    keys = ["E0", "E1", "E2", "E3"]
    children = [forked(lambda key=key: make(key)) for key in keys]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * len(keys)
    store = Store(url)
    once_each(store, keys)
    store._engine.dispose()
    if on == "sqlite":
        assert list(store.path.parent.iterdir()) == [store.path]


@pytest.mark.parametrize("on", ["postgresql"], indirect=True)
def test_a_server_in_use_is_read_and_waits_to_be_written(store, url, monkeypatch):
    monkeypatch.setattr(engine, "WAIT_S", 1)
    impatient = Store(url)
    with store.opened(writing=True):
        assert len(impatient.load(REAL).evidence) == len(RECORDS)
        with pytest.raises(StoreError, match="in use"):
            drafted(impatient, said("E1"))
    drafted(impatient, said("E1"))
    impatient._engine.dispose()


def test_who_reads_sees_one_moment(store):
    with store.opened() as reading:
        seen = reading.execute(sa.text("SELECT revision FROM workspace")).scalar()
        drafted(store, said("E1"))
        query = sa.text("SELECT max(entry) FROM evidence")
        assert reading.execute(query).scalar() == seen


# --- a plain model of it ---------------------------------------------------------------------


class Machine(RuleBasedStateMachine):
    """Write, change, undo and publish at random beside two dictionaries that do the same."""

    make = None

    def __init__(self):
        super().__init__()
        self.store = self.make()
        self.store.create(REGISTER.iloc[:0], RECORDS.iloc[:0])
        self.newest, self.public, self.before, self.counter = {}, {}, {}, 0
        self.waiting = set()

    @rule(name=st.sampled_from("abc"))
    def write(self, name):
        self.counter += 1
        key, was = f"S{self.counter}", dict(self.newest)
        number = drafted(self.store, register=site(name, key))
        self.newest[key] = name
        self._wrote(number, was)

    @precondition(lambda self: self.newest)
    @rule(data=st.data(), name=st.sampled_from("xyz"))
    def change(self, data, name):
        key, was = data.draw(st.sampled_from(sorted(self.newest))), dict(self.newest)
        number = changed(self.store, site(name, key))
        self.newest[key] = name
        self._wrote(number, was)

    @precondition(lambda self: self.before)
    @rule()
    def undo_the_last(self):
        last = max(self.before)
        number = self.store.undo(REAL, last, who=STEWARD)
        self.newest = self.before.pop(last)
        if last in self.waiting:
            self.waiting.remove(last)
        else:
            self.waiting.add(number)
        self.fresh = True

    @precondition(lambda self: getattr(self, "fresh", False))
    @rule()
    def publish(self):
        if self.waiting:
            with pytest.raises(DataError, match="not reviewed"):
                self.store.publish(REAL, who=REVIEWER)
        reviewed(self.store, *sorted(self.waiting))
        self.public, self.waiting, self.fresh = dict(self.newest), set(), False

    def _wrote(self, number, was):
        self.before[number] = was
        self.waiting.add(number)
        self.fresh = True

    @invariant()
    def both_say_the_same(self):
        for published, model in ((False, self.newest), (True, self.public)):
            names = self.store.load(REAL, published=published).sites["name_vi"]
            assert names.to_dict() == model

    def teardown(self):
        assert self.store.breaks() == []
        self.store._engine.dispose()


def test_the_store_does_as_a_plain_model_of_it(on, request, tmp_path_factory):
    if on == "sqlite":
        folder = tmp_path_factory.mktemp("machine")
        count = iter(range(10**6))
        Machine.make = staticmethod(lambda: Store(f"sqlite:///{folder}/{next(count)}.sqlite"))
    else:
        shared = Store(request.getfixturevalue("postgresql")())
        shared.create()
        Machine.make = staticmethod(lambda: emptied(shared))
    Machine.TestCase.settings = examples(
        6,
        stateful_step_count=8,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    Machine.TestCase().runTest()


def emptied(store):
    """Return a store on a server without any data, which costs less than a new one."""
    tables = ("document", "declaration", "evidence", "site", "journal")
    for table in tables:
        run(store, f"ALTER TABLE {table} DISABLE TRIGGER USER")
    run(store, f"TRUNCATE {', '.join(tables)}, workspace")
    for table in tables:
        run(store, f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return store
