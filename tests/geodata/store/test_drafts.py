"""What somebody has typed is kept for that person, from day to day, and for nobody else."""

from datetime import timedelta

import pytest

from geodata.core.clock import now
from geodata.core.errors import AccessError, DataError
from geodata.people.access import Person
from geodata.store import REAL, SIMULATED, Store, drafts
from geodata.store.copies import copy
from geodata.store.drafts import Drafts
from geodata.store.headings import Headings
from tests.entering import REVIEWER, STEWARD

BOTH = pytest.mark.parametrize("on", ["sqlite", "postgresql"], indirect=True)
HOA = Person("hoa@example.vn", "Hòa", frozenset({"steward"}))
TYPED = {"name_vi": "Siêu thị “Mới”\n2", "kind": "supermarket"}


@pytest.fixture
def on(request):
    return getattr(request, "param", "sqlite")


@BOTH
def test_what_was_typed_is_there_again_and_the_last_of_a_name_holds(store):
    mine = Drafts(store, REAL, STEWARD)
    mine.keep("real_site_", {"kind": "x"}, {}, 1)
    mine.keep("real_site_", TYPED, {"kind": ""}, 2)
    (kept,) = Drafts(store, REAL, STEWARD).listed()
    assert (kept.name, kept.answers, kept.began, kept.based_on) == (
        *("real_site_", TYPED, {"kind": ""}, 2),
    )
    assert timedelta() <= now() - kept.changed_at < timedelta(minutes=1)
    mine.discard("real_site_")
    mine.discard("real_site_")
    assert mine.listed() == []


def test_drafts_belong_to_one_person_and_one_workspace(store):
    Drafts(store, REAL, STEWARD).keep("a", TYPED, {}, 1)
    assert Drafts(store, REAL, HOA).listed() == []
    assert Drafts(store, SIMULATED, STEWARD).listed() == []
    Drafts(store, REAL, HOA).discard("a")
    assert len(Drafts(store, REAL, STEWARD).listed()) == 1
    with pytest.raises(AccessError):
        Drafts(store, REAL, REVIEWER)


def test_a_draft_is_no_entry_and_changes_no_version(store):
    before = store.version(REAL), len(store.journal(REAL))
    Drafts(store, REAL, STEWARD).keep("a", TYPED, {}, 1)
    assert (store.version(REAL), len(store.journal(REAL))) == before
    assert store.breaks() == []


def test_too_long_or_too_many_is_said_and_what_was_kept_stays(store, monkeypatch):
    mine = Drafts(store, REAL, STEWARD)
    mine.keep("a", TYPED, {}, 1)
    with pytest.raises(DataError, match=r"200\.000"):
        mine.keep("a", {"details": "x" * drafts.LONGEST}, {}, 1)
    monkeypatch.setattr(drafts, "MOST", 2)
    mine.keep("b", TYPED, {}, 1)
    with pytest.raises(DataError, match="2 nội dung nhập dở"):
        mine.keep("c", TYPED, {}, 1)
    mine.keep("b", {"kind": "y"}, {}, 1)
    assert {kept.name: dict(kept.answers) for kept in mine.listed()} == {
        "a": TYPED,
        "b": {"kind": "y"},
    }


def test_a_copy_takes_drafts_and_headings_along(store, tmp_path):
    Drafts(store, REAL, STEWARD).keep("a", TYPED, {}, 1)
    Headings(store, REAL).remember({("sites", "Số ĐT"): "contact_phone"}, who=STEWARD)
    target = Store(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    copy(store, target)
    assert Drafts(target, REAL, STEWARD).listed() == Drafts(store, REAL, STEWARD).listed()
    assert Headings(target, REAL).ways() == Headings(store, REAL).ways()
