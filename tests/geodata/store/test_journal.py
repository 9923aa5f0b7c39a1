"""The journal: drafts, reviews, publications, undoing, and who may do which of them."""

from itertools import product

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from geodata.core.errors import AccessError, DataError, WrongCallError
from geodata.store import REAL, Change
from tests.geodata.store.samples import (
    ADMIN,
    ALONE,
    NOBODY,
    RECORDS,
    REGISTER,
    REVIEWER,
    STEWARD,
    changed,
    declared,
    drafted,
    entered,
    removed,
    reviewed,
    said,
    scanned,
    site,
)

pytestmark = pytest.mark.usefixtures("english")
SITE = "HG-ST-01"


def renamed(name, key=SITE):
    return REGISTER.loc[[key]].assign(name_vi=pd.array([name], "string"))


def same(one, other):
    """Check that two states hold the same, in the same order."""
    for table in ("sites", "evidence", "declarations", "documents"):
        assert_frame_equal(getattr(one, table), getattr(other, table))


# --- what an entry tells ----------------------------------------------------------------------


def test_every_entry_tells_who_what_when_and_from_where(store):
    number = drafted(store, said("E1", "E2"), site(), declarations=declared("D1"))
    store.review(REAL, number, who=REVIEWER, note="đã đối chiếu")
    store.publish(REAL, who=REVIEWER)
    store.remember(REAL, "view=province&as_of=2024-12-31", who=STEWARD)
    log = store.journal(REAL)
    assert list(log["entry"]) == [5, 4, 3, 2, 1]
    assert list(log["action"]) == ["briefing", "publish", "review", "import", "fill"]
    assert list(log["who"]) == [STEWARD.email, REVIEWER.email, REVIEWER.email, STEWARD.email,
                                "init"]  # fmt: skip
    assert log["note"].iloc[2] == "đã đối chiếu"
    entry = log.set_index("entry").loc[number]
    assert (entry["sites"], entry["evidence"], entry["declarations"]) == (1, 2, 1)
    assert (entry["origin"], entry["reviewed"], entry["published"]) == ("a list.xlsx", True, True)
    assert log["at"].is_monotonic_decreasing


def test_every_version_of_a_site_is_kept_with_its_entry(store):
    changed(store, renamed("một"))
    changed(store, renamed("hai"))
    versions = store.versions(REAL, SITE)
    assert list(versions["name_vi"]) == [REGISTER.loc[SITE, "name_vi"], "một", "hai"]
    assert list(versions["entry"]) == [1, 2, 3]


def test_any_past_entry_can_be_shown_again(store):
    before = store.load(REAL)
    changed(store, renamed("một"))
    drafted(store, said("E1"))
    again = store.load(REAL, upto=before.revision)
    same(again, before)
    assert again.version == before.version
    with pytest.raises(WrongCallError, match="no entry"):
        store.load(REAL, upto=0)


# --- drafts and the public ---------------------------------------------------------------------


def test_the_public_sees_a_draft_only_once_it_is_published(store):
    before = store.load(REAL, published=True)
    number = drafted(store, said("E1"), site())
    changed_too = changed(store, renamed("một"))
    same(store.load(REAL, published=True), before)
    assert store.version(REAL, published=True) == before.version
    assert "E1" in set(store.load(REAL).evidence["id"])
    reviewed(store, number, changed_too)
    same(store.load(REAL, published=True), store.load(REAL))
    assert store.version(REAL, published=True) == store.version(REAL)


def test_what_nobody_has_reviewed_is_not_published(store):
    one, other = drafted(store, said("E1")), drafted(store, said("E2"))
    store.review(REAL, one, who=REVIEWER)
    with pytest.raises(DataError, match=rf"Entries {other} are not reviewed"):
        store.publish(REAL, who=REVIEWER)
    store.undo(REAL, other, who=STEWARD)
    store.publish(REAL, who=REVIEWER)
    assert list(store.load(REAL, published=True).evidence["id"])[len(RECORDS) :] == ["E1"]


def test_undoing_what_the_public_sees_has_to_be_reviewed(store):
    entered(store, said("E1"))
    number = store.undo(REAL, 2, who=STEWARD)
    with pytest.raises(DataError, match="not reviewed"):
        store.publish(REAL, who=REVIEWER)
    reviewed(store, number)
    assert "E1" not in set(store.load(REAL, published=True).evidence["id"])


def test_nothing_new_is_not_published_again(store):
    with pytest.raises(DataError, match="nothing new"):
        store.publish(REAL, who=REVIEWER)


# --- who may ------------------------------------------------------------------------------------


def test_nobody_reviews_their_own_entry_unless_the_office_has_one_person(store):
    by_admin = {"who": ADMIN, "origin": "", "action": "import"}
    number = store.write(REAL, Change(evidence=said("E1")), **by_admin)
    with pytest.raises(AccessError, match="another person"):
        store.review(REAL, number, who=ADMIN)
    alone = store.write(REAL, Change(evidence=said("E2")), **{**by_admin, "who": ALONE})
    store.review(REAL, alone, who=ALONE)
    assert list(store.journal(REAL)["reviewed"]) == [False, True, False, True]


CALLS = {
    "write": lambda store, who: store.write(
        REAL, Change(evidence=said("E9")), who=who, origin="", action="import"
    ),
    "undo": lambda store, who: store.undo(REAL, 2, who=who),
    "review": lambda store, who: store.review(REAL, 2, who=who),
    "publish": lambda store, who: store.publish(REAL, who=who),
    "remember": lambda store, who: store.remember(REAL, "view", who=who),
}


STRANGERS = [
    *((call, person) for call in CALLS for person in (NOBODY, None)),
    *(("write", REVIEWER), ("undo", REVIEWER), ("review", STEWARD), ("publish", STEWARD)),
]


@pytest.mark.parametrize("on", ["sqlite"], indirect=True)  # refused before the database is asked
def test_every_way_to_write_asks_for_the_role(store):
    drafted(store, said("E1"))
    before = store.workspaces()
    for call, who in STRANGERS:
        with pytest.raises(AccessError):
            CALLS[call](store, who)
    assert store.workspaces() == before
    assert len(store.journal(REAL)) == 2


def test_only_what_people_entered_is_reviewed_or_undone(store):
    for call, number in product((store.review, store.undo), (1, 99, 0)):
        with pytest.raises(WrongCallError, match=str(number)):
            call(REAL, number, who=ADMIN)


# --- changing sites -------------------------------------------------------------------------------


def test_a_change_made_from_an_outdated_view_is_refused_and_the_site_named(store):
    seen = store.load(REAL).revision
    changed(store, renamed("một"), based_on=seen)
    with pytest.raises(DataError, match=SITE):
        changed(store, renamed("hai"), based_on=seen)
    with pytest.raises(DataError, match=SITE):
        removed(store, SITE, based_on=seen)
    changed(store, renamed("khác", "HG-ST-02"), based_on=seen)
    assert store.load(REAL).sites.loc[SITE, "name_vi"] == "một"


def test_a_site_that_records_speak_of_stays(store):
    spoken = RECORDS.loc[RECORDS["subject"].isin(REGISTER.index), "subject"].iloc[0]
    with pytest.raises(DataError, match=spoken):
        removed(store, spoken)
    assert spoken in store.load(REAL).sites.index


def test_a_removed_site_is_gone_and_its_id_free(store):
    drafted(store, register=site())
    removed(store, "S1")
    assert "S1" not in store.load(REAL).sites.index
    with pytest.raises(DataError, match="S1"):
        drafted(store, said("E1", subject="S1"))
    drafted(store, register=site("mới"))
    assert store.load(REAL).sites.loc["S1", "name_vi"] == "mới"
    assert list(store.versions(REAL, "S1")["removed"]) == [False, True, False]


# --- undoing -----------------------------------------------------------------------------------


def test_undoing_brings_back_sites_records_declarations_and_documents(store):
    drafted(store, said("E0", subject="S0"), site(key="S0"))
    before = store.load(REAL)
    new = pd.concat([renamed("một"), site(key="S1")])
    number = store.write(
        REAL,
        Change(new, said("E1", subject="S1"), declared("D1"), scanned("a" * 64, "E1"),
               replaces=frozenset({SITE})),
        who=STEWARD, origin="x", action="import", based_on=before.revision,
    )  # fmt: skip
    undone = store.undo(REAL, number, who=STEWARD)
    same(store.load(REAL), before)
    log = store.journal(REAL).set_index("entry")
    assert log.loc[number, "undone"]
    assert log.loc[undone, "about"] == number
    drafted(store, said("E1", subject="S1"), site(key="S1"))  # the ids are free again


def test_undoing_a_removal_brings_the_site_back(store):
    drafted(store, register=site())
    before = store.load(REAL)
    store.undo(REAL, removed(store, "S1"), who=STEWARD)
    same(store.load(REAL), before)


def test_nothing_is_undone_twice(store):
    number = drafted(store, said("E1"))
    store.undo(REAL, number, who=STEWARD)
    with pytest.raises(DataError, match="already"):
        store.undo(REAL, number, who=STEWARD)


LATER = {
    "a new version": (lambda store: changed(store, site("khác")), "S1"),
    "a record about it": (lambda store: drafted(store, said("E2", subject="S1")), "S1"),
    "a correction": (lambda store: drafted(store, said("E2", supersedes="E1")), "E2"),
    "a withdrawal": (lambda store: drafted(store, said("E2", refers_to="X9;E1")), "E2"),
    "a scan": (lambda store: drafted(store, documents=scanned("a" * 64, "E1")), "a" * 64),
    "a declaration": (lambda store: drafted(store, declarations=declared("D2", plant="S1")), "S1"),
    "a better declaration": (
        lambda store: drafted(store, declarations=declared("D2", supersedes="D1")),
        "D2",
    ),
}


def test_what_later_entries_build_on_is_undone_after_those(store):
    before = store.load(REAL)
    number = drafted(store, said("E1"), site(), declarations=declared("D1"))
    first = store.load(REAL)
    for build, named in LATER.values():
        built = build(store)
        here = store.version(REAL)
        with pytest.raises(DataError, match=named):
            store.undo(REAL, number, who=STEWARD)
        assert store.version(REAL) == here
        store.undo(REAL, built, who=STEWARD)
    same(store.load(REAL), first)
    store.undo(REAL, number, who=STEWARD)
    same(store.load(REAL), before)
    assert store.breaks() == []
