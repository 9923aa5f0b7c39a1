"""Passwords: what is kept of them, which are refused, and how long guessing is stopped."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Lock
from time import sleep

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.errors import WrongCallError
from geodata.people import passwords

WORDS = "Hậu Giang bốn mùa"


@pytest.fixture(scope="module")
def kept():
    return passwords.hashed(WORDS)


def test_a_password_is_kept_as_argon2id_and_never_twice_the_same(kept):
    assert kept.startswith("$argon2id$")
    assert WORDS not in kept
    assert passwords.hashed(WORDS) != kept


def test_only_the_password_itself_matches(kept):
    assert passwords.matches(kept, WORDS)
    for wrong in ("", WORDS + " ", WORDS.lower(), kept, "x" * 10_000):
        assert not passwords.matches(kept, wrong)


def test_both_ways_a_keyboard_writes_vietnamese_are_the_same_password(kept):
    assert passwords.matches(kept, unicodedata.normalize("NFD", WORDS))


def test_where_nothing_is_kept_nothing_matches_but_the_work_is_done(monkeypatch):
    asked = []

    class Watched(PasswordHasher):
        def verify(self, kept, password):
            asked.append(password)
            return super().verify(kept, password)

    monkeypatch.setattr(passwords, "_HASHER", Watched())
    assert not passwords.matches(None, WORDS)
    assert not passwords.matches(None, "nobody's password")
    assert asked == [WORDS, "nobody's password"]


def test_what_is_no_hash_matches_nothing():
    assert not passwords.matches("", WORDS)
    assert not passwords.matches("plain text", "plain text")


@pytest.mark.parametrize("password", ["", "elevenchars", "ớ" * 11, "x" * 257])
def test_a_password_too_short_or_too_long_is_refused(password):
    with pytest.raises(WrongCallError, match="12"):
        passwords.hashed(password)


def test_a_hash_of_weaker_parameters_is_outdated(kept):
    assert not passwords.outdated(kept)
    assert passwords.outdated(PasswordHasher(time_cost=1, memory_cost=1024).hash(WORDS))


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (10, 960), (11, 1800), (1000, 1800)],
)
def test_after_the_failures_allowed_each_one_doubles_the_wait(failures, seconds):
    assert passwords.wait_after(failures, 5) == timedelta(seconds=seconds)


@given(st.integers(0, 10**9), st.integers(1, 50))
def test_one_more_failure_never_shortens_a_wait(failures, allowed):
    assert passwords.wait_after(failures, allowed) <= passwords.wait_after(failures + 1, allowed)


def test_however_many_ask_at_once_two_are_looked_at(monkeypatch, kept):
    """A check takes 64 MiB: forty sign-ins at once took 1.8 GB."""
    running, most, lock = [], [], Lock()

    class Watched(PasswordHasher):
        def verify(self, kept, password):
            with lock:
                running.append(1)
                most.append(len(running))
            sleep(0.01)
            with lock:
                running.pop()
            return super().verify(kept, password)

    monkeypatch.setattr(passwords, "_HASHER", Watched())
    with ThreadPoolExecutor(12) as pool:
        assert all(pool.map(lambda _n: passwords.matches(kept, WORDS), range(12)))
    assert max(most) == 2
