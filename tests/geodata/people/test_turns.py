"""Turns: a few reports cost nothing, a flood costs waiting, and nobody pays for another."""

from datetime import datetime, timedelta

from geodata.people.turns import Turns

NOON = datetime(2026, 11, 28, 12)  # noqa: DTZ001 - UTC, as the store has it
MINE, THEIRS = {"mine": 3}, {"theirs": 3}


def test_the_fourth_waits_longer_each_time_and_others_do_not():
    turns = Turns()
    assert [turns.take(MINE, NOON) for _turn in range(3)] == [None] * 3
    until = turns.take(MINE, NOON)
    assert until == NOON + timedelta(seconds=30)
    assert turns.take(THEIRS, NOON) is None
    assert turns.take(MINE, until) is None
    assert turns.take(MINE, until) == until + timedelta(minutes=1)


def test_who_comes_too_early_is_not_counted():
    turns = Turns()
    for _turn in range(50):
        turns.take(MINE, NOON)
    assert turns.take(MINE, NOON) == NOON + timedelta(seconds=30)


def test_any_of_several_keys_makes_one_wait():
    turns = Turns()
    for n in range(3):
        turns.take({f"session {n}": 3, "place": 3}, NOON)
    assert turns.take({"session 4": 3, "place": 3}, NOON)
    assert turns.take({"session 4": 3, "elsewhere": 3}, NOON) is None


def test_a_day_later_all_is_forgotten():
    turns = Turns()
    for _turn in range(3):
        turns.take(MINE, NOON)
    assert turns.take(MINE, NOON)
    tomorrow = NOON + timedelta(days=1)
    assert [turns.take(MINE, tomorrow) for _turn in range(3)] == [None] * 3


def test_what_came_to_nothing_is_given_back():
    turns = Turns()
    for _turn in range(10):
        assert turns.take(MINE, NOON) is None
        turns.give_back(MINE, NOON)


def test_memory_is_bounded_and_the_oldest_goes():
    turns = Turns(most=10)
    for n in range(100):
        turns.take({f"key {n}": 1}, NOON)
    assert len(turns._rows) == 10
    assert turns.take({"key 99": 1}, NOON)
    assert turns.take({"key 0": 1}, NOON) is None
