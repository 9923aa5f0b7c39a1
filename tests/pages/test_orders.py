"""Files are made for a few readers at a time, and who waits knows it and may leave."""

import threading
import time
from contextlib import ExitStack

import pytest

from geodata.core.errors import DataError
from pages.parts.shared import orders


@pytest.fixture
def taken(monkeypatch):
    """All turns are taken until the stack is closed; who waits is quick to hear of it."""
    monkeypatch.setattr(orders, "_STEP_S", 0.01)
    with ExitStack() as stack:
        for _place in range(orders.AT_ONCE):
            stack.enter_context(orders.turn())
        yield stack


def test_no_more_files_are_made_at_once_than_there_are_turns():
    at_work, most, lock = 0, 0, threading.Lock()

    def make():
        nonlocal at_work, most
        with orders.turn():
            with lock:
                at_work += 1
                most = max(most, at_work)
            time.sleep(0.02)
            with lock:
                at_work -= 1

    threads = [threading.Thread(target=make) for _reader in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == orders.AT_ONCE


def test_who_waits_hears_of_it_and_goes_on_when_a_turn_comes(taken):
    heard = []

    def progress(_share, step):
        heard.append(step)
        taken.close()

    with orders.turn(progress):
        assert heard == ["Đang chờ tệp của người khác"]


def test_who_leaves_while_waiting_takes_no_turn(taken):
    def leave(_share, _step):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), orders.turn(leave):
        pass
    taken.close()
    with ExitStack() as all_of_them:
        for _place in range(orders.AT_ONCE):
            all_of_them.enter_context(orders.turn())


@pytest.mark.usefixtures("taken")
def test_when_too_many_ask_the_next_is_told_to_come_again(monkeypatch):
    monkeypatch.setattr(orders, "PATIENCE_S", 0.05)
    with pytest.raises(DataError, match="phút"), orders.turn():
        pass
