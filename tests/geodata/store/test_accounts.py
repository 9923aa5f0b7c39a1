"""Local accounts: signing in, what stops guessing, and when a session no longer stands."""

import logging
from datetime import datetime, timedelta
from itertools import product
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from geodata.core.errors import AccessError, ModelError, WrongCallError
from geodata.people import passwords
from geodata.store import Store, attempts, identities, sessions
from geodata.store import accounts as kept
from geodata.store.accounts import TABLE, Accounts
from geodata.store.identities import Identities
from geodata.store.sessions import IDLE, LONGEST, Sessions

NOW = datetime.fromisoformat("2026-11-22T03:00")
EMAIL, PASSWORD, WRONG = "lan@example.vn", "Hậu Giang bốn mùa", "not the password"


@pytest.fixture(scope="module", autouse=True)
def _light():
    """Hashes that cost little: what is tested here is not how hard they are to break."""
    with pytest.MonkeyPatch.context() as patch:
        light = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        patch.setattr(passwords, "_HASHER", light)
        passwords._nobodys.cache_clear()
        yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def accounts(store):
    accounts = Accounts(store)
    accounts.add(EMAIL, "Lan", PASSWORD, NOW)
    return accounts


def fail(accounts, times, now=NOW, source="10.0.0.1", email=EMAIL):
    for _time in range(times):
        with pytest.raises(AccessError):
            accounts.sign_in(email, WRONG, now, source)


def test_the_tables_in_the_store_are_those_described(store):
    for module in (kept, attempts, identities, sessions):
        with store.opened() as connection:
            columns = sa.inspect(connection).get_columns(module.TABLE.name)
        as_described(columns, module)


def as_described(columns, module):
    described = {column.name: (bool(column.nullable), column.type) for column in module.COLUMNS}
    assert {c["name"] for c in columns} == set(described)
    for column in columns:
        nullable, kind = described[column["name"]]
        assert column["nullable"] == nullable or column["name"] in module.TABLE.primary_key
        assert column["type"].python_type is kind.python_type


def test_who_has_the_password_is_let_in_whatever_the_capitals_of_the_address(accounts):
    session = accounts.sign_in(" Lan@Example.VN", PASSWORD, NOW)
    assert (session.email, session.name) == (EMAIL, "Lan")
    assert accounts.named(session.email, session.stamp) == session


def test_a_refusal_does_not_say_whether_address_or_password_was_wrong(accounts):
    for email, password in (
        *((EMAIL, WRONG), (EMAIL, "")),
        *(("nobody@example.vn", PASSWORD), ("", "")),
    ):
        with pytest.raises(AccessError) as refused:
            accounts.sign_in(email, password, NOW)
        assert str(refused.value) == "Địa chỉ email hoặc mật khẩu không đúng."


def test_an_unknown_address_costs_a_hash_too(accounts, monkeypatch):
    looked_at = []
    monkeypatch.setattr(passwords, "matches", lambda kept, _p: looked_at.append(kept))
    for email in (EMAIL, "nobody@example.vn"):
        with pytest.raises(AccessError):
            accounts.sign_in(email, WRONG, NOW)
    assert len(looked_at) == 2
    assert looked_at[1] is None


def test_after_five_wrong_passwords_one_waits_there_whether_there_is_such_an_account_or_not(
    accounts,
):
    for email, password in product((EMAIL, "nobody@example.vn", "no address"), (PASSWORD, WRONG)):
        if password == PASSWORD:
            fail(accounts, 5, email=email)
        with pytest.raises(AccessError, match="10:00 22/11/2026"):  # in Việt Nam
            accounts.sign_in(email, password, NOW + timedelta(seconds=29), "10.0.0.1")


def test_the_right_password_opens_again_after_the_wait(accounts):
    fail(accounts, 5)
    assert accounts.sign_in(EMAIL, PASSWORD, NOW + timedelta(seconds=30), "10.0.0.1")


def test_a_stranger_elsewhere_cannot_lock_anybody_out(accounts):
    fail(accounts, 5, source="203.0.113.9")
    assert accounts.sign_in(EMAIL, PASSWORD, NOW, "10.0.0.1").email == EMAIL


def test_a_source_that_tries_many_addresses_waits_for_every_one(accounts):
    for n in range(25):
        fail(accounts, 1, email=f"x{n}@example.vn", source="203.0.113.9")
    with pytest.raises(AccessError, match="thử lại sau"):
        accounts.sign_in(EMAIL, PASSWORD, NOW, "203.0.113.9")
    assert accounts.sign_in(EMAIL, PASSWORD, NOW, "10.0.0.1")


def test_failures_are_kept_by_the_store_not_by_the_process(accounts, url):
    fail(accounts, 4)
    fail(Accounts(Store(url)), 1)
    with pytest.raises(AccessError, match="10:00"):
        accounts.sign_in(EMAIL, PASSWORD, NOW, "10.0.0.1")


def test_each_further_failure_doubles_the_wait(accounts):
    fail(accounts, 5)
    fail(accounts, 1, NOW + timedelta(seconds=30))
    with pytest.raises(AccessError, match="10:01"):
        accounts.sign_in(EMAIL, PASSWORD, NOW + timedelta(seconds=89), "10.0.0.1")


def test_attempts_never_fill_the_disk_and_are_forgotten_in_a_day(accounts, store, monkeypatch):
    monkeypatch.setattr(attempts, "MOST_KEPT", 10)
    for n in range(30):
        fail(accounts, 1, NOW + timedelta(seconds=n), f"10.0.0.{n}")
    with store.opened() as connection:
        count = sa.select(sa.func.count()).select_from(attempts.TABLE)
        assert connection.execute(count).scalar_one() <= 12
    fail(accounts, 1, NOW + timedelta(days=2))
    with store.opened() as connection:
        assert connection.execute(count).scalar_one() == 2


def test_signing_in_forgives_earlier_failures(accounts):
    fail(accounts, 4)
    accounts.sign_in(EMAIL, PASSWORD, NOW, "10.0.0.1")
    fail(accounts, 4)
    assert accounts.sign_in(EMAIL, PASSWORD, NOW, "10.0.0.1")


def test_many_guesses_at_once_are_no_more_than_five(accounts, monkeypatch):
    guesses, refused, start = [], [], Barrier(12)
    monkeypatch.setattr(passwords, "matches", lambda kept, _p: guesses.append(kept))

    def guess():
        start.wait()
        try:
            accounts.sign_in(EMAIL, WRONG, NOW)
        except ModelError as error:
            refused.append(type(error))

    threads = [Thread(target=guess) for _n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(guesses) == 5
    assert refused == [AccessError] * 12


def test_an_administrator_can_lift_a_lock(accounts):
    fail(accounts, 5)
    assert accounts.listed()[0].locked_until == NOW + timedelta(seconds=30)
    accounts.unlock(EMAIL)
    assert accounts.sign_in(EMAIL, PASSWORD, NOW, "10.0.0.1")


def test_another_password_ends_the_session_and_the_old_one(accounts):
    session = accounts.sign_in(EMAIL, PASSWORD, NOW)
    accounts.change_password(EMAIL, "another long password", NOW)
    assert accounts.named(session.email, session.stamp) is None
    fail(accounts, 1)
    with pytest.raises(AccessError):
        accounts.sign_in(EMAIL, PASSWORD, NOW)
    assert accounts.sign_in(EMAIL, "another long password", NOW)


def test_a_removed_account_ends_the_session_also_when_it_is_made_anew(accounts):
    session = accounts.sign_in(EMAIL, PASSWORD, NOW)
    accounts.remove(EMAIL)
    assert accounts.named(session.email, session.stamp) is None
    accounts.add(EMAIL, "Lan", PASSWORD, NOW)
    assert accounts.named(session.email, session.stamp) is None


def test_a_hash_of_weaker_parameters_is_renewed_at_the_next_sign_in(accounts, store, monkeypatch):
    stronger = PasswordHasher(time_cost=2, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", stronger)
    session = accounts.sign_in(EMAIL, PASSWORD, NOW)
    with store.opened() as connection:
        kept = connection.execute(sa.select(TABLE.c.password_hash)).scalar_one()
    assert "t=2" in kept
    assert accounts.named(session.email, session.stamp) == session


def test_an_account_is_made_once(accounts):
    with pytest.raises(WrongCallError, match="user password"):
        accounts.add("LAN@example.vn", "", PASSWORD, NOW)


def test_what_is_done_to_an_account_there_is_not_is_refused(accounts):
    for act in (accounts.remove, accounts.unlock):
        with pytest.raises(WrongCallError, match="nobody"):
            act("nobody@example.vn")


def test_neither_store_nor_log_nor_session_holds_the_password(accounts, store, caplog):
    caplog.set_level(logging.DEBUG)
    fail(accounts, 1)
    session = accounts.sign_in(EMAIL, PASSWORD, NOW)
    with store.opened() as connection:
        row = connection.execute(sa.select(TABLE)).one()
    kept = row.password_hash
    assert PASSWORD not in str(row)
    assert kept not in repr(session)
    for secret in (PASSWORD, WRONG, kept):
        assert secret not in caplog.text


# --- sessions and identities ---------------------------------------------------------------


@pytest.fixture
def open_sessions(accounts, store):
    """The sessions, and the word of one that has just begun."""
    kept_ones = Sessions(store)
    return kept_ones, kept_ones.begin(accounts.sign_in(EMAIL, PASSWORD, NOW), NOW)


def test_who_holds_the_word_is_signed_in_and_the_store_does_not_know_the_word(open_sessions, store):
    kept_ones, token = open_sessions
    who = kept_ones.find(token, NOW)
    assert (who.email, who.name) == (EMAIL, "Lan")
    assert kept_ones.find(token[:-1], NOW) is None
    assert kept_ones.find("", NOW) is None
    with store.opened() as connection:
        assert token not in str(connection.execute(sa.select(sessions.TABLE)).all())


def test_a_session_ends_when_it_is_not_used_and_at_the_end_of_the_day(open_sessions):
    kept_ones, token = open_sessions
    assert kept_ones.find(token, NOW + IDLE) is not None  # counts as use
    assert kept_ones.find(token, NOW + 2 * IDLE) is not None
    assert kept_ones.find(token, NOW + 3 * IDLE + timedelta(minutes=1)) is None
    assert kept_ones.find(token, NOW + LONGEST + timedelta(seconds=1)) is None


@pytest.mark.parametrize("how", ["this one", "everywhere", "removed", "password changed"])
def test_a_session_that_was_ended_opens_nothing(open_sessions, accounts, how):
    kept_ones, token = open_sessions
    other = kept_ones.begin(accounts.sign_in(EMAIL, PASSWORD, NOW), NOW)
    if how == "this one":
        kept_ones.end(token)
    elif how == "everywhere":
        kept_ones.end_all(EMAIL)
    elif how == "removed":
        accounts.remove(EMAIL)
    else:
        accounts.change_password(EMAIL, "another long password", NOW)
    assert kept_ones.find(token, NOW) is None
    assert (kept_ones.find(other, NOW) is not None) == (how == "this one")


def test_a_provider_s_sign_in_ends_when_it_is_not_used_and_at_the_end_of_the_day(store):
    kept_ones = Sessions(store)
    for hours in (0, 3, 6, 9, 12):
        assert kept_ones.lasts("word", EMAIL, NOW + timedelta(hours=hours))
    assert not kept_ones.lasts("word", EMAIL, NOW + LONGEST + timedelta(seconds=1))
    assert kept_ones.lasts("unused", EMAIL, NOW)
    assert not kept_ones.lasts("unused", EMAIL, NOW + IDLE + timedelta(seconds=1))
    with store.opened() as connection:
        assert "word" not in str(connection.execute(sa.select(sessions.TABLE)).all())


@pytest.mark.parametrize("how", ["this one", "everywhere"])
def test_a_copy_of_a_provider_s_sign_in_that_was_ended_opens_nothing(store, how):
    kept_ones = Sessions(store)
    for word in ("word", "other"):
        assert kept_ones.lasts(word, EMAIL, NOW)
    if how == "this one":
        kept_ones.end("word")
    else:
        kept_ones.end_all(EMAIL)
    for hours in range(13):  # while Streamlit's cookie is good, whoever signs in meanwhile
        assert not kept_ones.lasts("word", EMAIL, NOW + timedelta(hours=hours))
        assert kept_ones.lasts(f"new {hours}", EMAIL, NOW + timedelta(hours=hours))
    assert kept_ones.lasts("other", EMAIL, NOW) == (how == "this one")
    assert kept_ones.find("word", NOW) is None  # nor as the word of a local session


def test_an_address_stays_with_the_identity_that_came_first(store):
    pinned = Identities(store)
    assert pinned.holds(EMAIL, "https://id.vn", "17", NOW)
    assert pinned.holds(EMAIL, "https://id.vn", "17", NOW)
    assert not pinned.holds(EMAIL, "https://id.vn", "18", NOW)
    assert not pinned.holds(EMAIL, "https://other.vn", "17", NOW)
    assert pinned.forget(EMAIL)
    assert not pinned.forget(EMAIL)
    assert pinned.holds(EMAIL, "https://id.vn", "18", NOW)
