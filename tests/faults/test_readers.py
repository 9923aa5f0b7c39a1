"""Many readers at once and one for a whole day: nobody sees another's choice, memory stays flat.

A few in every run; ``make faults`` has fifty, and two hundred choices of each kind.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import pytest

from geodata.register.sites import KINDS
from tests.browser.server import Server, command
from tests.examples import ROUNDS
from tests.faults.reader import memory_mb, reading

SESSIONS = min(50, ROUNDS // 2)
# Python gives freed memory back in lumps: a leak of each session or choice is larger in sum.
SESSION_MB, RERUN_MB = 8, 0.25
CHOICES = [list(two) for two in combinations(sorted(KINDS), 2)][: max(4, ROUNDS // 4)]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    store = tmp_path_factory.mktemp("readers") / "store.sqlite"
    command(store, "init")
    started = Server(store)
    yield started
    started.stop()


def _address(kinds):
    return "kinds=" + ",".join(kinds)


def test_no_session_sees_another_s_filter_and_memory_is_bounded(server):
    with reading(server) as first:
        first.opens("")
        before = memory_mb(server)
        wanted = [CHOICES[n % len(CHOICES)] for n in range(SESSIONS)]

        def choose(kinds):
            with reading(server) as reader:
                return [reader.opens(_address(kinds))["kinds"] for _turn in range(2)]

        with ThreadPoolExecutor(SESSIONS) as pool:
            answers = list(pool.map(choose, wanted))
        assert answers == [[kinds, kinds] for kinds in wanted]
        assert first.opens("")["kinds"] is None
        assert memory_mb(server) - before < 60 + SESSION_MB * SESSIONS


def test_a_day_of_choices_leaves_memory_flat(server):
    with reading(server) as reader:
        for kinds in CHOICES:
            reader.opens(_address(kinds))
        before = memory_mb(server)
        for turn in range(ROUNDS):
            reader.opens(_address(CHOICES[turn % len(CHOICES)]))
        assert memory_mb(server) - before < 10 + RERUN_MB * ROUNDS
