"""The database's server stops while people work: a sentence, nothing half done, and it goes on."""

import threading
import time

import pytest

from geodata.core.errors import StoreError
from geodata.core.text import speaking
from geodata.store import REAL
from tests.examples import ROUNDS
from tests.geodata.store.samples import RECORDS, drafted, said

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def on():
    return "postgresql"


class Writers:
    """People who enter record after record, and what they are told when it fails."""

    def __init__(self, store):
        self.saved, self.sentences, self._stop = [], [], threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(store, n)) for n in range(4)]
        for thread in self._threads:
            thread.start()

    def _work(self, store, person):
        with speaking("en"):  # a thread begins anew
            self._write(store, person)

    def _write(self, store, person):
        number = 0
        while not self._stop.is_set():
            number += 1
            key = f"E{person}-{number}"
            try:
                drafted(store, said(key))
                self.saved.append(key)
            except StoreError as error:
                self.sentences.append(str(error))
                time.sleep(0.05)

    def go_on(self, until_longer):
        """Let them work until each has something more in a list."""
        enough = len(until_longer) + 2 * len(self._threads)
        while len(until_longer) < enough:
            assert all(thread.is_alive() for thread in self._threads)
            time.sleep(0.02)

    def stop(self):
        self._stop.set()
        for thread in self._threads:
            thread.join()


@pytest.fixture
def writers(store, server):
    at_work = Writers(store)
    yield at_work
    if not server.runs:
        server.start()
    at_work.stop()


def test_a_server_that_stops_is_told_loses_nothing_and_work_goes_on_when_it_runs_again(
    store, server, writers
):
    for _round in range(max(1, ROUNDS // 8)):
        writers.go_on(writers.saved)
        server.halt()
        writers.go_on(writers.sentences)
        server.start()
    writers.go_on(writers.saved)
    writers.stop()
    for sentence in writers.sentences:
        assert "does not let us in" in sentence or "try again in a minute" in sentence
    assert store.breaks() == store.damage() == []
    kept = list(store.load(REAL).evidence["id"][len(RECORDS) :])
    assert set(writers.saved) <= set(kept)
    assert len(kept) == len(set(kept))
