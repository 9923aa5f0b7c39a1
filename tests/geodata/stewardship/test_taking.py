"""Taking reports in: each once, none lost, whatever happens in between."""

from datetime import datetime

import pytest

from geodata.core.errors import StoreError
from geodata.intake import laid
from geodata.intake.spool import Spool, packed
from geodata.register.reports import PublicReport
from geodata.stewardship import taking
from geodata.stewardship.taking import take_in
from geodata.store import REAL, Store
from geodata.store.inbox import Inbox
from tests.entering import STEWARD
from tests.shipped import EVIDENCE, SITES

SENT = datetime(2026, 11, 28, 3, 9, 50)  # noqa: DTZ001 - UTC, as the store has it


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "spool"
    folder.mkdir()
    return folder


@pytest.fixture
def inbox(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/store.sqlite")
    store.create(SITES, EVIDENCE)
    return Inbox(store, REAL, STEWARD)


def put(folder, words="sai chỗ"):
    return Spool(folder).put(PublicReport("HG-ST-01", "place", words), b"", SENT)


def test_what_lies_there_is_kept_once(folder, inbox):
    numbers = {put(folder), put(folder)}
    assert take_in(folder, inbox) == (2, (), 0)
    assert take_in(folder, inbox) == (0, (), 0)
    assert {one.number for one in inbox.listed()} == numbers


@pytest.mark.parametrize("at", ["judged", "take_away"])
def test_killed_in_between_it_goes_on_and_doubles_nothing(folder, inbox, monkeypatch, at):
    numbers = {put(folder) for _turn in range(3)}
    do, calls = getattr(laid, at), []

    def killed(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return do(*arguments)

    monkeypatch.setattr(laid, at, killed)
    with pytest.raises(KeyboardInterrupt):
        take_in(folder, inbox)
    take_in(folder, inbox)
    assert sorted(one.number for one in inbox.listed()) == sorted(numbers)
    assert laid.names(folder) == []


def test_a_store_that_cannot_be_written_leaves_all_where_it_lies(folder, inbox, monkeypatch):
    def broken(*_arguments):
        raise StoreError

    put(folder)
    with monkeypatch.context() as patch:
        patch.setattr(Inbox, "add", broken)
        with pytest.raises(StoreError):
            take_in(folder, inbox)
    assert take_in(folder, inbox).new == 1


def test_what_is_strange_is_named_set_aside_and_keeps_no_report_from_coming_in(folder, inbox):
    (folder / "0 <b>x.report").write_bytes(b"x")
    put(folder)
    came = take_in(folder, inbox)
    assert (came.new, came.left) == (1, 0)
    assert [(one.name, one.moved) for one in came.strange] == [("0 <b>x.report", True)]
    assert laid.names(folder) == []
    assert len(laid.lying_aside(folder)) == 1


def test_what_may_not_be_read_stays_and_is_counted(folder, inbox, monkeypatch):
    def refused(*_arguments):
        raise PermissionError

    put(folder)
    with monkeypatch.context() as patch:
        patch.setattr(laid.os, "open", refused)
        assert take_in(folder, inbox) == (0, (), 1)
    assert take_in(folder, inbox) == (1, (), 0)


def test_another_report_under_a_number_that_is_taken_is_set_aside(folder, inbox):
    number = put(folder)
    take_in(folder, inbox)
    forged = PublicReport("HG-ST-01", "place", "khác")
    (folder / f"{number}.report").write_bytes(packed(number, forged, b"", SENT))
    came = take_in(folder, inbox)
    assert (came.new, len(came.strange)) == (0, 1)
    assert [one.words for one in inbox.listed()] == ["sai chỗ"]


def test_only_so_many_are_taken_at_once_and_the_rest_is_said(folder, inbox, monkeypatch):
    monkeypatch.setattr(taking, "MOST_AT_ONCE", 2)
    for _turn in range(5):
        put(folder)
    assert [take_in(folder, inbox)[::2] for _turn in range(3)] == [(2, 3), (2, 1), (1, 0)]
