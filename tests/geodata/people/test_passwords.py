"""Passwords: what is kept of them, which are refused, and how long guessing is stopped."""

import threading
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from geodata.core.errors import AccessError, WrongCallError
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


@pytest.mark.parametrize("password", ["", "elevenchars", "ớ" * 11, "x" * 129])
def test_a_password_too_short_or_too_long_is_refused(password):
    with pytest.raises(WrongCallError, match="12"):
        passwords.hashed(password)


@pytest.mark.parametrize(
    "password",
    [
        "123456789012",
        "Password@1234",
        "aaaaaaaaaaaa",
        "haugiang2026",
        "matkhau123456",
        "Lan.Huong1990",
    ],
)
def test_a_password_that_is_guessed_soon_is_not_taken(password):
    with pytest.raises(WrongCallError, match="đoán"):
        passwords.chosen(password, "lan.huong@example.vn", "Lan Hương")


@pytest.mark.parametrize("password", [WORDS, "con mèo trèo cây cau", "tám chữ " * 16])
def test_several_words_are_taken(password):
    assert passwords.matches(passwords.chosen(password, "lan@example.vn", "Lan"), password)


def test_a_password_as_long_as_may_be_is_kept_whole():
    kept = passwords.hashed("x" * 128)
    assert passwords.matches(kept, "x" * 128)
    assert not passwords.matches(kept, "x" * 127)


def test_a_hash_of_weaker_parameters_is_outdated(kept):
    assert not passwords.outdated(kept)
    assert passwords.outdated(PasswordHasher(time_cost=1, memory_cost=1024).hash(WORDS))


def test_no_more_than_a_few_are_worked_on_at_once(monkeypatch):
    lock, running, most = threading.Lock(), [0], [0]

    class Counting(PasswordHasher):
        def verify(self, kept, password):
            with lock:
                running[0] += 1
                most[0] = max(most[0], running[0])
            try:
                time.sleep(0.01)  # as long as others take to come by
                return kept == "kept" and password == WORDS
            finally:
                with lock:
                    running[0] -= 1

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    with ThreadPoolExecutor(12) as people:
        answers = list(people.map(lambda _turn: passwords.matches("kept", WORDS), range(12)))
    assert all(answers)
    assert most[0] == passwords._AT_ONCE


def test_who_waits_too_long_for_a_turn_is_told_so(monkeypatch, kept):
    monkeypatch.setattr(passwords, "_places", threading.BoundedSemaphore(1))
    monkeypatch.setattr(passwords, "_WAIT_S", 0.01)
    with passwords._turn(), pytest.raises(AccessError, match="đăng nhập"):
        passwords.matches(kept, WORDS)
    assert passwords.matches(kept, WORDS)
