"""The store on either engine: what is written comes back, nothing is lost, changed or mixed up."""

import re
from datetime import date, timedelta

import pandas as pd
import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from geodata.core.errors import DataError, StoreError, WrongCallError
from geodata.register import declarations, sites
from geodata.register import evidence as ev
from geodata.store import HEAD, REAL, SIMULATED, Change, Store
from tests.examples import examples
from tests.geodata.store.samples import (
    KEPT,
    RECORDS,
    REFUSED,
    REGISTER,
    STEWARD,
    changed,
    declared,
    drafted,
    reviewed,
    run,
    said,
    scanned,
    site,
)
from tests.geodata.store.test_journal import same

pytestmark = pytest.mark.usefixtures("english")

# --- what is written comes back --------------------------------------------------------------


def test_the_shipped_data_comes_back_without_a_difference(store):
    snapshot = store.load(REAL)
    assert_frame_equal(snapshot.sites, REGISTER)
    assert_frame_equal(snapshot.evidence, RECORDS)
    assert snapshot.sites.crs == REGISTER.crs
    assert snapshot.version == store.version(REAL)


def test_declarations_and_documents_come_back(store):
    declared_rows = declared("D1", "D2", output="")
    scan = scanned("a" * 64, "EV-001", "biên bản ⟨1⟩.pdf")
    drafted(store, declarations=declared_rows, documents=scan)
    snapshot = store.load(REAL)
    assert_frame_equal(snapshot.declarations, declared_rows)
    assert_frame_equal(snapshot.documents, scan)


def test_one_scan_belongs_to_the_records_of_many_sites(store):
    scans = pd.concat([scanned("a" * 64, "EV-001"), scanned("a" * 64, "EV-002")])
    drafted(store, documents=scans)
    drafted(store, documents=scanned("a" * 64, "EV-003"))
    assert list(store.load(REAL).documents["evidence"]) == ["EV-001", "EV-002", "EV-003"]
    with pytest.raises(DataError, match="already"):
        drafted(store, documents=scanned("a" * 64, "EV-003"))


def test_an_empty_workspace_has_the_same_types(empty):
    empty.create(REGISTER.iloc[:0], RECORDS.iloc[:0])
    snapshot = empty.load(REAL)
    assert_frame_equal(snapshot.sites, REGISTER.iloc[:0])
    assert list(snapshot.evidence.dtypes.astype(str)) == list(RECORDS.dtypes.astype(str))
    assert_frame_equal(snapshot.declarations, declarations.none())


NASTY = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=500
) | st.sampled_from(
    ["\u202eĐảo\u202c", "\u200f\u2067", "🏭👩‍🌾", "'; DROP TABLE site; --", '<b>&quot;"', "ệ" * 500]
)


@examples(5, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    name=NASTY,
    summary=NASTY,
    lat=st.floats(8, 24),
    lon=st.floats(102, 118),
    area=st.floats(allow_nan=False, allow_infinity=False),
    day=st.dates(),
)
def test_any_text_number_and_day_come_back(  # noqa: PLR0917
    store, name, summary, lat, lon, area, day
):
    register = site().assign(name_vi=pd.array([name], "string"), lat=lat, lon=lon, area_ha=area)
    register["valid_from"] = pd.Series([day], index=register.index).astype("datetime64[s]")
    register = sites.located(register.drop(columns="geometry"))
    records = said("E1", subject="S1").assign(summary_vi=pd.array([summary], "string"))
    store.fill(SIMULATED, register, records, replace=True)
    snapshot = store.load(SIMULATED)
    assert_frame_equal(snapshot.sites, register, check_exact=True)
    assert_frame_equal(snapshot.evidence, records)
    assert store.breaks() == []


def test_what_is_no_text_is_refused_on_both_engines_alike(store):
    for column in ("summary_vi", "topic"):
        with pytest.raises(DataError, match=column):
            drafted(store, said("E1", **{column: "scp\x00"}))


@pytest.mark.filterwarnings("ignore:Did not recognize type 'geometry'")
def test_the_database_holds_what_the_model_names(store):
    inspector = sa.inspect(store._engine)
    for table, columns in zip(KEPT[:3], (sites, ev, declarations), strict=True):
        there = {column["name"] for column in inspector.get_columns(table)} - {"geom"}
        assert there == {"workspace", "entry", "line", "removed", *columns.COLUMNS}


def test_the_newest_migration_is_the_one_read_and_written():
    config = Config()
    config.set_main_option("script_location", "geodata:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


# --- versions and workspaces ----------------------------------------------------------------


def test_the_version_is_that_of_the_data_on_every_machine_and_engine(store, tmp_path):
    other = Store(f"sqlite:///{tmp_path}/elsewhere.sqlite")
    other.create(REGISTER, RECORDS)
    for one in (store, other):
        drafted(one, said("E1"), site(), declarations=declared("D1"))
    assert re.fullmatch(r"2-[0-9a-f]{8}", store.version(REAL))
    assert store.version(REAL) == other.version(REAL)


def test_every_write_moves_the_version_on(store):
    seen = [store.version(REAL)]
    for key in ("E1", "E2"):
        drafted(store, said(key))
        seen.append(store.version(REAL))
    assert [version.split("-")[0] for version in seen] == ["1", "2", "3"]
    assert len({version.split("-")[1] for version in seen}) == 3


def test_what_was_there_before_a_replacement_leaves_no_trace_in_the_digest(store):
    first = store.fill(SIMULATED, site(), said("E1", subject="S1"))
    store.fill(SIMULATED, site("khác"), said("E2", subject="S1"), replace=True)
    third = store.fill(SIMULATED, site(), said("E1", subject="S1"), replace=True)
    assert (first[0], third[0]) == ("1", "3")
    assert first[1:] == third[1:]
    assert store.breaks() == []


def test_creating_again_changes_nothing(store):
    before = store.workspaces()
    store.create(REGISTER, RECORDS)
    assert store.workspaces() == before


def test_real_and_simulated_never_mix(store):
    before = store.load(REAL)
    store.fill(SIMULATED, site(), said("E1", subject="S1"), description="seed 1")
    drafted(store, said("E2", subject="S1"), workspace=SIMULATED)
    store.fill(SIMULATED, site("khác"), said("E1", subject="S1"), replace=True)
    after = store.load(REAL)
    assert before.version == after.version
    assert_frame_equal(before.sites, after.sites)
    assert_frame_equal(before.evidence, after.evidence)
    assert list(store.load(SIMULATED).sites["name_vi"]) == ["khác"]
    workspaces = store.workspaces()
    assert list(workspaces) == [REAL, SIMULATED]
    assert workspaces[SIMULATED].description == "seed 1"
    with pytest.raises(DataError, match="S1"):
        drafted(store, said("E3", subject="S1"))


def test_real_data_is_added_to_and_never_replaced(store):
    with pytest.raises(WrongCallError, match="never replaced"):
        store.fill(REAL, site(), said("E1"), replace=True)
    store.fill(REAL, site(), said("E1", subject="S1"))
    assert list(store.load(REAL).sites["id"]) == [*REGISTER["id"], "S1"]


def test_a_workspace_that_is_not_there_is_named(store):
    for call in (store.load, store.version, store.journal):
        with pytest.raises(WrongCallError, match="simulated"):
            call(SIMULATED)
    with pytest.raises(WrongCallError, match="simulated"):
        drafted(store, said("E1"), workspace=SIMULATED)
    with pytest.raises(WrongCallError, match="test"):
        store.fill("test", site(), said("E1"))


# --- the day of knowledge --------------------------------------------------------------------


@examples(4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.sampled_from(["enter", "rename", "undo", "again"]), min_size=2, max_size=7))
def test_a_day_looks_as_it_looked_then_whatever_is_entered_or_undone_later(store, clock, deeds):
    start = date(2030, 1, 1) + timedelta(days=len(store.journal(REAL)))
    pictures, stack, undone = {}, [], []
    for n, deed in enumerate(deeds):
        day = start + timedelta(days=n)
        clock(day)
        if deed == "undo" and stack:
            undone.append(stack.pop())
            store.undo(REAL, undone[-1][0], who=STEWARD)
        elif deed == "rename":
            named = REGISTER.iloc[[n]].assign(name_vi=pd.array([f"{day}"], "string"))
            stack.append((changed(store, named), f"{day}"))
        else:  # what was undone may be entered again under its old id
            key = undone.pop()[1] if deed == "again" and undone else f"{day}"
            rows = said(key, recorded_at=f"{day}"), declared(key, recorded_at=f"{day}")
            number = drafted(store, rows[0], site(f"{day}", f"S-{day}"), declarations=rows[1])
            stack.append((number, key))
        pictures[day] = store.load(REAL)
    for day, then in pictures.items():
        same(store.load(REAL, known_at=day), then)
        later = store.load(REAL, known_at=day - timedelta(days=1)).unseen
        assert set(later["recorded_at"].dt.date) <= {d for d in pictures if d >= day}


def test_before_the_first_entry_the_register_is_as_it_first_was_and_nothing_is_known(store):
    drafted(store, said("E1"), site())
    first = store.load(REAL, known_at=date(2020, 1, 1))
    assert_frame_equal(first.sites, REGISTER)
    assert len(first.evidence) == 0
    assert len(first.unseen) == len(RECORDS) + 1


def test_an_earlier_day_shows_the_public_no_draft(store, clock):
    clock(date(2030, 1, 1))
    before = store.load(REAL, published=True)
    wrong = drafted(store, said("E1", recorded_at="2030-01-01"), site())
    same(store.load(REAL, published=True, known_at=date(2030, 1, 1)), before)
    clock(date(2030, 1, 2))
    store.undo(REAL, wrong, who=STEWARD)
    right = drafted(store, said("E2", recorded_at="2030-01-02"), site("khác", "S2"))
    reviewed(store, right)
    same(store.load(REAL, published=True, known_at=date(2030, 1, 1)), before)
    assert "S1" in store.load(REAL, known_at=date(2030, 1, 1)).sites.index
    now = store.load(REAL, published=True, known_at=date(2030, 1, 2))
    same(now, store.load(REAL))
    # what the public has seen before it was undone was known, and is shown again
    clock(date(2030, 1, 3))
    reviewed(store, store.undo(REAL, right, who=STEWARD))
    same(store.load(REAL, published=True, known_at=date(2030, 1, 2)), now)


# --- append-only ----------------------------------------------------------------------------


LOSING = [
    "UPDATE evidence SET grade = 'A' WHERE id = 'EV-007'",
    "UPDATE evidence SET workspace = 'simulated'",
    "DELETE FROM evidence WHERE id = 'EV-007'",
    "UPDATE site SET lat = 9.5",
    "DELETE FROM site",
    "UPDATE journal SET who = 'somebody'",
    "DELETE FROM journal WHERE workspace = 'real'",
    (
        "INSERT INTO evidence (workspace, entry, line, removed, id)"
        " VALUES ('real', 1, 7, FALSE, 'new')"
    ),
    (
        "INSERT INTO site (workspace, entry, line, removed, id)"
        " VALUES ('real', 1, 9999, FALSE, 'HG-ST-01')"
    ),
    "DELETE FROM workspace WHERE name = 'real'",
]


def test_the_database_itself_keeps_what_was_entered(store):
    for statement in LOSING:
        with pytest.raises(REFUSED):
            run(store, statement)
    assert_frame_equal(store.load(REAL).evidence, RECORDS)
    assert_frame_equal(store.load(REAL).sites, REGISTER)
    assert store.breaks() == []


@pytest.mark.parametrize("on", ["sqlite"], indirect=True)
def test_replacing_a_row_is_no_way_round_in_sqlite(store):
    with pytest.raises(REFUSED):
        run(store, "INSERT OR REPLACE INTO evidence SELECT * FROM evidence WHERE line = 7")


@pytest.mark.parametrize("on", ["postgresql"], indirect=True)
def test_emptying_a_table_is_no_way_round_in_postgresql(store):
    for table in ("journal", *KEPT):
        with pytest.raises(REFUSED, match="append-only"):
            run(store, f"TRUNCATE {table} CASCADE")


def test_simulated_evidence_may_go_but_never_change(store):
    store.fill(SIMULATED, site(), said("E1", subject="S1"))
    with pytest.raises(REFUSED, match="append-only"):
        run(store, "UPDATE evidence SET grade = 'B' WHERE workspace = 'simulated'")
    run(store, "DELETE FROM evidence WHERE workspace = 'simulated'")
    assert store.load(SIMULATED).evidence.empty


def test_a_public_server_cannot_write_by_the_databases_own_word(store, url):
    public = Store(url, writable=False)
    assert_frame_equal(public.load(REAL).sites, REGISTER)
    before = store.version(REAL)
    with pytest.raises(StoreError, match="cannot be opened or written"):
        drafted(public, said("E1"))
    with pytest.raises(StoreError, match="cannot be opened or written"):
        public.fill(SIMULATED, site(), said("E1", subject="S1"))
    with pytest.raises(sa.exc.DBAPIError), public._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE workspace SET published = 99")
    public._engine.dispose()
    assert store.version(REAL) == before


# --- all or nothing --------------------------------------------------------------------------


def test_what_is_wrong_is_named_and_nothing_is_written(store):
    before = store.workspaces()
    for register, records, named in (
        (site(), said("E1", subject="nowhere"), "nowhere"),
        (site(), said("E1", "EV-001"), "EV-001"),
        (site(), pd.concat([said("E1"), said("E1")]), "E1"),
        (site(key="HG-ST-01"), said("E1"), "HG-ST-01"),
    ):
        with pytest.raises(DataError, match=named):
            store.fill(REAL, register, records)
        with pytest.raises(DataError, match=named):
            drafted(store, records, register)
    assert store.workspaces() == before
    assert_frame_equal(store.load(REAL).sites, REGISTER)


@pytest.mark.parametrize("on", ["sqlite"], indirect=True)  # refused before the database is asked
def test_a_screen_can_enter_and_edit_and_nothing_else(store):
    for change, action, based_on in (
        (Change(site()), "publish", None),
        (Change(site()), "fill", None),
        (Change(site(), replaces=frozenset({"S1"})), "edit", None),
        (Change(evidence=said("EV-001"), replaces=frozenset({"EV-001"})), "edit", 1),
        (Change(gone={"evidence": RECORDS.iloc[:1]}), "edit", 1),
        (Change(gone={"site": REGISTER.iloc[:1]}), "edit", None),
    ):
        with pytest.raises(ValueError, match=r"publish|fill|based_on|only sites"):
            store.write(REAL, change, who=STEWARD, origin="", action=action, based_on=based_on)
    assert store.version(REAL).startswith("1-")


def test_evidence_speaks_of_sites_districts_and_the_province(store):
    subjects = ["HG-ST-01", "930", "937", "province"]
    drafted(store, pd.concat([said(f"E-{one}", subject=one) for one in subjects]))
    assert list(store.load(REAL).evidence["subject"].iloc[-4:]) == subjects


# --- addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["store", "nosuch://host/db", "postgresql+nosuch://host/db"])
def test_an_address_that_is_none_is_told(url):
    with pytest.raises(WrongCallError, match="HG_STORE"):
        Store(url)


def test_a_password_is_not_told():
    with pytest.raises(WrongCallError) as error:
        Store("nosuch://me:secret@host/db")
    assert "secret" not in str(error.value)


def test_a_server_that_is_not_there_is_told_in_a_sentence_without_its_password():
    away = Store("postgresql+psycopg://me:secret@127.0.0.1:1/province")
    with pytest.raises(StoreError, match="check HG_STORE") as error:
        away.load(REAL)
    assert "secret" not in str(error.value)
