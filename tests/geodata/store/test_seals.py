"""The seals: whatever is changed, dropped, added or swapped past the store is found."""

import pytest

from geodata.core.errors import StoreError
from geodata.doctor.examine import examine
from geodata.store import REAL, SIMULATED, journal
from geodata.store.documents import Documents
from geodata.store.tables import EVIDENCE
from tests.geodata.store.samples import (
    REVIEWER,
    STEWARD,
    declared,
    drafted,
    entered,
    run,
    said,
    scanned,
    site,
    unguarded,
)

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def sealed(store):
    """A store with a row of every kind in entries 1 to 6, without its triggers."""
    entered(store, said("E1", "E2"), site(), declarations=declared("D1"))
    drafted(store, documents=scanned("a" * 64, "E1"))
    store.fill(SIMULATED, site(), said("E1", subject="S1"))
    store.review(REAL, 5, who=REVIEWER)
    assert store.breaks() == []
    unguarded(store)
    return store


TAMPERED = {
    "UPDATE evidence SET grade = 'B' WHERE id = 'EV-007'": 1,
    "UPDATE evidence SET event_date = '2024-05-02' WHERE id = 'E1'": 2,
    "UPDATE evidence SET topic = '' WHERE id = 'E1'": 2,
    "UPDATE evidence SET id = 'E3' WHERE id = 'E1'": 2,
    "UPDATE evidence SET removed = TRUE WHERE id = 'EV-007'": 1,
    "UPDATE evidence SET line = 3 WHERE id = 'E1'": 2,
    "UPDATE site SET lat = lat + 0.000001 WHERE id = 'HG-ST-01'": 1,
    "UPDATE site SET name_vi = NULL WHERE id = 'S1'": 2,
    "UPDATE declaration SET output = 3": 2,
    "UPDATE document SET name = 'khác.pdf'": 5,
    "DELETE FROM evidence WHERE id = 'E2'": 2,
    "DELETE FROM site WHERE id = 'HG-ST-01'": 1,
    "DELETE FROM document": 5,
    "INSERT INTO evidence (workspace, entry, line, removed, id, {rest})"
    " SELECT workspace, entry, 99, removed, 'E9', {rest} FROM evidence"
    " WHERE id = 'E1' AND workspace = 'real'": 2,
    "UPDATE evidence SET entry = 3 WHERE id = 'E2'": 2,
    "UPDATE journal SET who = 'somebody' WHERE entry = 2": 2,
    "UPDATE journal SET at = '2024-01-01 00:00:00' WHERE entry = 2": 2,
    "UPDATE journal SET about = 5 WHERE entry = 3": 3,
    "UPDATE journal SET note = 'khác' WHERE entry = 4": 4,
    "UPDATE journal SET seal = 'khác' WHERE entry = 4": 4,
    "DELETE FROM journal WHERE entry = 3": 4,
    "DELETE FROM journal WHERE entry = 6": 5,
    "INSERT INTO journal SELECT workspace, 7, at, who, origin, action, 4, note, sites, evidence,"
    " declarations, documents, content, seal FROM journal WHERE entry = 6": 7,
    "UPDATE workspace SET published = 5 WHERE name = 'real'": 6,
    "UPDATE workspace SET published_content = content WHERE name = 'real'": 6,
    "UPDATE workspace SET revision = 4 WHERE name = 'real'": 6,
}


def test_whatever_is_done_past_the_store_is_found_at_its_entry(sealed):
    columns = ", ".join(column.name for column in EVIDENCE.table.c[5:])
    missed = {}
    for statement, entry in TAMPERED.items():
        with sealed._engine.connect() as connection:  # and nothing of it stays
            connection.exec_driver_sql(statement.replace("{rest}", columns))
            broken = journal.breaks(connection, REAL)
        if entry not in broken:
            missed[statement] = broken
    assert missed == {}
    assert sealed.breaks() == []


def test_two_rows_that_change_places_are_found(sealed):
    run(
        sealed,
        "UPDATE evidence SET line = -1 WHERE id = 'E1' AND workspace = 'real'",
        "UPDATE evidence SET line = 1 WHERE id = 'E2'",
        "UPDATE evidence SET line = 2 WHERE line = -1",
    )
    assert sealed.breaks() == ["real/2"]


def test_two_entries_that_change_places_are_found(sealed):
    run(
        sealed,
        "UPDATE journal SET entry = -1 WHERE entry = 3",
        "UPDATE journal SET entry = 3 WHERE entry = 4",
        "UPDATE journal SET entry = 4 WHERE entry = -1",
    )
    assert {"real/3", "real/4"} <= set(sealed.breaks())


def test_the_doctor_names_the_entry(sealed, tmp_path):
    run(sealed, "UPDATE evidence SET grade = 'B' WHERE id = 'E2'")
    finding = next(f for f in examine(sealed, Documents(tmp_path)) if f.check == "journal")
    assert finding.level == "fault"
    assert "real/2" in finding.message


@pytest.mark.parametrize("on", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence SET event_date = 'hôm qua' WHERE id = 'E1'",
        "UPDATE site SET lat = 'bắc' WHERE id = 'S1'",
        "UPDATE journal SET at = 'hôm qua' WHERE entry = 2",
    ],
)
def test_a_cell_that_no_store_wrote_is_told_in_a_sentence(sealed, statement):
    run(sealed, statement)
    try:
        assert "real/2" in sealed.breaks()
    except StoreError as error:
        assert "damaged" in str(error)  # noqa: PT017


def test_what_the_store_itself_does_is_never_taken_for_tampering(store):
    number = drafted(store, said("E1"))
    store.undo(REAL, number, who=STEWARD)
    entered(store, said("E1"), site())
    store.fill(SIMULATED, site(), said("E1", subject="S1"))
    store.fill(SIMULATED, site(), said("E1", subject="S1"), replace=True)
    store.remember(REAL, "view", who=STEWARD)
    assert store.breaks() == []
