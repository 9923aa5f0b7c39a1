"""What proves from outside the store that nothing in it was changed, and against whom."""

import os
import stat

import pytest
import sqlalchemy as sa

from geodata.commands.main import main
from geodata.doctor.examine import examine
from geodata.people.access import Office
from geodata.store import REAL, Store, copies, journal, tables
from geodata.store.accounts import Accounts
from geodata.store.documents import Documents
from geodata.store.witness import Witness
from tests.geodata.store.samples import (
    RECORDS,
    REGISTER,
    STEWARD,
    drafted,
    entered,
    run,
    said,
    unguarded,
)

KEY = "a key that stands in no store"
OFFICE = Office({"lan@example.vn": ("steward",)})


@pytest.fixture
def on():
    return "sqlite"


@pytest.fixture
def witness(tmp_path):
    return Witness(tmp_path / "elsewhere" / "seals.txt", KEY)


@pytest.fixture
def witnessed(tmp_path, witness):
    store = Store(f"sqlite:///{tmp_path}/store.sqlite", witness=witness)
    store.create(REGISTER, RECORDS)
    entered(store, said("E1"))
    return store


def found(store, *proofs):
    """What the doctor says, by check."""
    documents = Documents(store.path.with_name("documents"))
    return {s.check: s for s in examine(store, documents, None, OFFICE, proofs)}


def recomputed(store):
    """Rewrite an entry, and all seals after it, so that the store agrees with itself."""
    unguarded(store)
    run(store, "UPDATE journal SET note = 'a lie' WHERE entry = 2")
    with store._engine.begin() as connection:
        before = ""
        query = sa.select(tables.journal).where(tables.journal.c.workspace == REAL)
        for row in connection.execute(query.order_by(tables.journal.c.entry)).mappings().all():
            before = journal._seal(before, dict(row))
            here = tables.journal.c.entry == row["entry"]
            connection.execute(sa.update(tables.journal).where(here).values(seal=before))
        connection.execute(sa.update(tables.workspace).values(seal=before))
    assert store.breaks() == []  # the store itself shows nothing


def test_each_newest_seal_is_noted_once_for_the_owner_alone(witnessed, witness):
    assert [one.seal for one in witness.noted()][-1] == witnessed.seal(REAL)
    assert {one.signed for one in witness.noted()} == {True}
    count = len(witness.noted())
    Accounts(witnessed).listed()
    witnessed.load(REAL)
    assert len(witness.noted()) == count
    entries = witnessed.journal(REAL)
    assert {one.seal for one in witness.noted()} == set(entries["seal"])
    assert stat.S_IMODE(witness.path.stat().st_mode) == 0o600


def test_what_was_saved_stays_saved_where_the_file_cannot_be_written(witnessed, witness, caplog):
    witness.path.unlink()
    witness.path.mkdir()
    number = drafted(witnessed, said("E2"))
    assert witnessed.journal(REAL)["entry"].iloc[0] == number
    assert "could not be noted" in caplog.text


def test_the_doctor_says_that_a_store_goes_on_from_seals_and_versions_of_earlier_papers(witnessed):
    papers = [witnessed.seal(REAL), witnessed.version(REAL)]
    drafted(witnessed, said("E2"))
    assert found(witnessed, *papers)["against"].level == "ok"
    assert found(witnessed)["seals"].level == "ok"
    assert "against" not in found(witnessed)


def test_who_recomputes_every_seal_is_found_by_one_that_left_the_store(witnessed):
    papers = [witnessed.seal(REAL)]
    recomputed(witnessed)
    after = found(witnessed, *papers)
    assert after["journal"].level == "ok"
    for check in ("against", "seals", "guards"):
        assert after[check].level == "fault"
    assert papers[0] in after["against"].message


def test_who_writes_the_file_too_is_found_by_the_key(witnessed, witness):
    recomputed(witnessed)
    Witness(witness.path, "another key").note(witnessed.journal(REAL)["at"][0], 9, "0" * 64)
    assert found(witnessed)["signatures"].level == "fault"


def test_an_older_backup_put_back_does_not_go_on_from_what_came_after(witnessed, tmp_path):
    documents, file = Documents(tmp_path / "documents"), tmp_path / "backup.zip"
    copies.backup(witnessed, documents, file)
    drafted(witnessed, said("E2"))
    later = witnessed.seal(REAL)
    copies.restore(witnessed, documents, file)
    assert found(witnessed, later)["against"].level == "fault"
    assert found(witnessed, witnessed.seal(REAL))["against"].level == "ok"


def test_a_store_that_is_broken_goes_on_from_nothing(witnessed):
    seal = witnessed.seal(REAL)
    unguarded(witnessed)
    run(witnessed, "UPDATE evidence SET grade = 'D' WHERE id = 'E1'")
    assert found(witnessed, seal)["against"].level == "fault"


def test_nonsense_is_no_proof(witnessed):
    for proof in ("", "7-", "1-", "x", "0" * 64, "99-00000000"):
        assert witnessed.holding(proof) is None


def test_a_guard_taken_away_is_named(witnessed):
    assert found(witnessed)["guards"].level == "ok"
    run(witnessed, "DROP TRIGGER evidence_never_goes")
    run(
        witnessed,
        "DROP TRIGGER site_never_changes",
        "CREATE TRIGGER site_never_changes BEFORE UPDATE ON site BEGIN SELECT 1; END",
    )
    finding = found(witnessed)["guards"]
    assert finding.level == "fault"
    assert "evidence_never_goes, site_never_changes" in finding.message


def test_a_description_that_the_software_never_wrote_is_named(witnessed):
    run(witnessed, "UPDATE workspace SET description = 'trust me' WHERE name = 'real'")
    assert "trust me" in found(witnessed)["descriptions"].message


def test_accounts_are_listed_and_one_without_a_role_is_noted(witnessed, monkeypatch):
    monkeypatch.setattr("geodata.people.passwords.hashed", lambda _words: "x")
    accounts = Accounts(witnessed)
    accounts.add(STEWARD.email, "", "Hậu Giang bốn mùa", witnessed.journal(REAL)["at"][0])
    assert (found(witnessed)["accounts"].level, STEWARD.email) == ("ok", "lan@example.vn")
    accounts.add("ghost@example.vn", "", "Hậu Giang bốn mùa", witnessed.journal(REAL)["at"][0])
    assert found(witnessed)["accounts"].level == "note"
    assert "ghost@example.vn" in found(witnessed)["accounts"].message


@pytest.mark.parametrize("how", ["file", "typed"])
def test_the_command_takes_a_seal_as_it_is_typed_or_a_file_of_them(
    witnessed, witness, monkeypatch, capsys, how
):
    monkeypatch.setenv("HG_STORE", str(witnessed.path))
    seal = witnessed.seal(REAL)
    typed = " ".join(seal[at : at + 8] for at in range(0, 64, 8)).upper()
    against = typed if how == "typed" else os.fspath(witness.path)
    assert main(["doctor", "--against", against]) == 0
    recomputed(witnessed)
    assert main(["doctor", "--against", against]) == 1
    assert seal in capsys.readouterr().out


def test_the_settings_name_the_file_and_the_key(tmp_path, monkeypatch):
    path = tmp_path / "seals.txt"
    settings = {"HG_STORE": tmp_path / "new.sqlite", "HG_SEALS": path, "HG_SEAL_KEY": KEY}
    for name, value in settings.items():
        monkeypatch.setenv(name, str(value))
    assert main(["init"]) == 0
    (line,) = Witness(path, KEY).noted()
    assert line == (Store(f"sqlite:///{tmp_path}/new.sqlite").seal(REAL), True)
