"""The inbox: private, answered in public, forgotten in time, and never data."""

from datetime import datetime, timedelta

import pytest

from geodata.core.clock import local, now
from geodata.core.errors import AccessError, DataError
from geodata.register.reports import KEPT, KEPT_ANSWERED, PublicReport
from geodata.store import REAL, Store, inbox
from geodata.store.copies import copy
from geodata.store.inbox import Inbox
from tests.entering import REVIEWER, STEWARD, reviewed
from tests.geodata.store.samples import changed, run

BOTH = pytest.mark.parametrize("on", ["sqlite", "postgresql"], indirect=True)
SITE, NUMBER = "HG-ST-01", "ABCDEFGH23"
SENT = datetime(2026, 11, 20, 3)  # noqa: DTZ001 - UTC, as the store has it
SECRETS = ("WORDS-QX7Z", "CONTACT-QX7Z", "PHOTO-QX7Z" * 20_000)  # of many pages
REPORT = PublicReport(SITE, "place", SECRETS[0], SECRETS[1])


@pytest.fixture
def on(request):
    return getattr(request, "param", "sqlite")


@pytest.fixture
def mine(store):
    mine = Inbox(store, REAL, STEWARD)
    mine.add(NUMBER, REPORT, SECRETS[2].encode(), SENT, "digest")
    return mine


@BOTH
def test_it_is_kept_looked_at_and_answered(store, mine):
    (one,) = mine.listed()
    assert (one.number, one.words, one.contact, one.state) == (NUMBER, *SECRETS[:2], "new")
    assert mine.photo(NUMBER) == SECRETS[2].encode()
    assert store.reported(REAL, SITE)[SITE].waiting == 1
    mine.look(NUMBER)
    assert mine.listed()[0].state == "looking"
    mine.answer(NUMBER, "Không thấy sai", mended=False)
    (answer,) = store.reported(REAL)[SITE].answers
    today = local(now()).date()
    wanted = {"sent": SENT.date(), "answered": today, "mended": False}
    assert vars(answer) == wanted | {"sentence": "Không thấy sai"}
    assert store.reported(REAL)[SITE].waiting == 0


def test_only_a_steward_opens_it(store):
    with pytest.raises(AccessError):
        Inbox(store, REAL, REVIEWER)


def test_a_report_is_no_evidence_and_an_answer_is_noted_under_the_seal(store, mine):
    version, entries = store.version(REAL), len(store.journal(REAL))
    assert mine.answer(NUMBER, "Đã sửa vị trí", mended=True)
    assert store.version(REAL) == version
    (noted,) = store.journal(REAL).head(len(store.journal(REAL)) - entries)["note"]
    assert noted == "ABCDE-FGH23 · HG-ST-01 · mended: Đã sửa vị trí"
    assert not any(secret in noted for secret in SECRETS)
    assert store.breaks() == []


def test_nothing_is_said_to_be_mended_before_the_public_can_see_it(store, mine):
    site = store.load(REAL).sites.loc[[SITE]].assign(operator="Công ty A")
    entry = changed(store, site)
    mine.answer(NUMBER, "Đã sửa", mended=True)
    assert mine.listed()[0].waits_for == entry
    assert store.reported(REAL)[SITE] == (before := store.reported(REAL)[SITE])
    assert (before.waiting, before.answers) == (1, ())
    reviewed(store, entry)
    assert mine.listed()[0].waits_for == 0
    assert store.reported(REAL)[SITE].answers[0].mended


def test_what_is_no_report_goes_at_once_and_counts_for_nobody(store, mine):
    mine.drop(NUMBER)
    assert store.reported(REAL) == {}
    assert (mine.listed()[0].words, mine.photo(NUMBER)) == (None, b"")
    assert not in_file(store)


def test_an_answer_cannot_be_dropped(mine):
    mine.answer(NUMBER, "Đã sửa", mended=True)
    with pytest.raises(DataError):
        mine.drop(NUMBER)


@BOTH
@pytest.mark.parametrize("answered", [True, False])
def test_words_contact_and_photo_are_forgotten_in_time_and_the_answer_stays(store, mine, answered):
    if answered:
        mine.answer(NUMBER, "Đã sửa", mended=True)
    over = now() + KEPT_ANSWERED if answered else SENT + KEPT
    assert inbox.forget(store, over - timedelta(days=1)) == 0
    assert inbox.forget(store, over + timedelta(days=1)) == 1
    assert inbox.forget(store, over + timedelta(days=1)) == 0
    (one,) = mine.listed()
    assert (one.words, one.contact, one.photographed) == (None, "", False)
    assert len(store.reported(REAL)[SITE].answers) == answered
    # The same file again, of a spool that could not be emptied, brings nothing back.
    assert not mine.add(NUMBER, REPORT, b"x", SENT, "digest")
    assert mine.listed()[0].words is None


def in_file(store):
    """Say which secrets the file of a store still holds somewhere."""
    run(store, "PRAGMA wal_checkpoint(TRUNCATE)")
    content = store.path.read_bytes()
    return [secret for secret in SECRETS if secret[:10].encode() in content]


def test_what_is_forgotten_is_not_left_in_the_file(store, mine):  # noqa: ARG001 - fills it
    assert in_file(store) == [*SECRETS]
    inbox.forget(store, SENT + 2 * KEPT)
    assert in_file(store) == []


@BOTH
def test_a_copy_has_it_all(store, mine, empty):
    mine.answer(NUMBER, "Đã sửa", mended=True)
    copy(store, empty)
    assert Inbox(empty, REAL, STEWARD).listed() == mine.listed()
    assert Inbox(empty, REAL, STEWARD).photo(NUMBER) == mine.photo(NUMBER)


def test_a_public_server_reads_the_answers_alone(store, mine):
    mine.answer(NUMBER, "Đã sửa", mended=True)
    public = Store(store._engine.url.render_as_string(), writable=False)
    assert not any(secret in str(public.reported(REAL)) for secret in SECRETS)
