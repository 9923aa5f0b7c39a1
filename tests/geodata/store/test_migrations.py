"""A store made by an older software is brought up to date with all that was in it."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from pandas.testing import assert_frame_equal

from geodata.core.errors import StoreError
from geodata.stewardship import history
from geodata.store import HEAD, REAL, SIMULATED, Store
from tests.geodata.store.samples import (
    RECORDS,
    REFUSED,
    REGISTER,
    changed,
    drafted,
    entered,
    reviewed,
    run,
    said,
    site,
)

pytestmark = pytest.mark.usefixtures("english")


WRITTEN = Path(__file__).with_name("written_0002.sql")
BOTH = pytest.mark.parametrize("on", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def on(request):
    return getattr(request, "param", "sqlite")  # servers were not accepted before revision 0002


def upgraded(connection, revision):
    """Bring an empty database to a revision."""
    config = Config()
    config.set_main_option("script_location", "geodata:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@pytest.fixture
def old(empty):
    """The shipped data in a file as revision 0001 kept it: rows numbered, evidence added later."""
    empty.path.parent.mkdir()
    engine = sa.create_engine(f"sqlite:///{empty.path}")
    with engine.begin() as connection:
        upgraded(connection, "0001")
        meta = sa.MetaData()
        meta.reflect(connection)
        row = {"name": REAL, "revision": 7, "digest": "9f2c41ab", "description": "as shipped"}
        connection.execute(sa.insert(meta.tables["workspace"]).values(row))
        other = {**row, "name": SIMULATED, "revision": 3, "description": ""}
        connection.execute(sa.insert(meta.tables["workspace"]).values(other))
        for workspace in (REAL, SIMULATED):
            for table, frame in (("site", REGISTER), ("evidence", RECORDS)):
                store_table = meta.tables[table]
                cells = frame[[c.name for c in store_table.c if c.name in frame.columns]].astype(
                    object
                )
                rows = [
                    {name: plain(cell) for name, cell in one.items()}
                    | {"workspace": workspace, "entry": number + 1}
                    for number, one in enumerate(cells.to_dict("records"))
                ]
                connection.execute(sa.insert(store_table), rows)
    engine.dispose()
    return empty


def plain(cell):
    if cell != cell or cell is None or str(cell) in ("NaT", "<NA>"):  # noqa: PLR0124
        return None
    return cell.date() if hasattr(cell, "date") else cell


def test_it_is_not_read_before_it_is_brought_up_to_date(old):
    with pytest.raises(StoreError, match="python -m geodata init"):
        old.load(REAL)


def test_every_row_is_there_sealed_published_and_kept(old):
    old.create()
    for workspace, revision in ((REAL, 7), (SIMULATED, 3)):
        snapshot = old.load(workspace, published=True)
        assert_frame_equal(snapshot.sites, REGISTER)
        assert_frame_equal(snapshot.evidence, RECORDS)
        assert snapshot.revision == revision
    assert old.breaks() == []
    assert old.damage() == []
    assert old.workspaces()[REAL].description == "as shipped"
    log = old.journal(REAL)
    assert list(log["entry"]) == [7]
    assert (log["sites"].iloc[0], log["evidence"].iloc[0]) == (len(REGISTER), len(RECORDS))
    with pytest.raises(REFUSED, match="append-only"):
        run(old, "UPDATE journal SET who = 'somebody'")


def test_work_goes_on_where_it_stood(old):
    old.create(REGISTER, RECORDS)
    assert entered(old, said("E1")).startswith("8-")
    assert old.breaks() == []


def test_a_broken_upgrade_leaves_the_old_store(old, monkeypatch):
    before = old.path.read_bytes()
    monkeypatch.setattr("geodata.store.journal.seal_unsealed", lambda _connection: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        old.create()
    assert old.path.read_bytes()[100:] == before[100:]
    monkeypatch.undo()
    old.create()
    assert len(old.load(REAL).sites) == len(REGISTER)


# --- from revision 0002: sealed, with a journal --------------------------------------------


@pytest.fixture
def sealed(empty):
    """What a store of revision 0002 had written itself, seals and all."""
    if empty.path:
        empty.path.parent.mkdir()
    engine = sa.create_engine(empty._engine.url)
    with engine.begin() as connection:
        upgraded(connection, "0002")
        for line in WRITTEN.read_text("utf-8").splitlines():
            if not line.startswith("--"):
                connection.exec_driver_sql(line)
    engine.dispose()
    return empty


@BOTH
def test_the_chain_of_an_older_store_holds_and_goes_on(sealed):
    with pytest.raises(StoreError, match="python -m geodata init"):
        sealed.load(REAL)
    sealed.create()
    assert sealed.breaks() == []
    assert sealed.damage() == []
    snapshot = sealed.load(REAL, published=True)
    assert snapshot.version == "4-c348e8fe"
    assert list(snapshot.sites.index) == ["HG-KCN-01", "HG-ST-01", "HG-LN-01"]
    assert list(snapshot.declarations["consumption"]) == [10.5]
    assert sealed.versions(REAL, "HG-ST-01")["lifecycle"].tolist() == [
        "operating",
        "suspended",
        "operating",
    ]
    stated = snapshot.sites.loc["HG-ST-01"]
    entry = changed(
        sealed,
        snapshot.sites.loc[["HG-ST-01"]].assign(
            lifecycle="suspended", valid_from=stated["valid_to"], history="operating | 2012-05-01"
        ),
    )
    assert sealed.breaks() == []
    assert sealed.load(REAL).sites["history"].dropna().to_dict() == {
        "HG-ST-01": "operating | 2012-05-01"
    }
    assert sealed.load(REAL, upto=4).sites["history"].isna().all()
    reviewed(sealed, entry)
    with pytest.raises(REFUSED, match="append-only"):
        run(sealed, "UPDATE site SET history = 'closed'")


@BOTH
def test_a_briefing_given_by_an_older_store_is_still_known(sealed):
    sealed.create()
    assert history.last_given(sealed.given(REAL), date(2024, 12, 31)) == date(2024, 6, 30)
    log = sealed.journal(REAL).set_index("entry")
    assert "30/06/2024" in history.entry_text(log.loc[9])
    assert log.loc[3, "undone"]
    assert log.loc[4, "published"]
    assert sealed.load(REAL, known_at=date(2026, 11, 26)).revision == 4


@pytest.mark.parametrize("on", ["postgresql"], indirect=True)
def test_who_may_read_the_published_layer_may_still_and_sees_the_history(sealed):
    run(sealed, "GRANT SELECT ON site_published TO PUBLIC")
    sealed.create()
    query = "SELECT id, history, ST_X(geom) FROM site_published WHERE id = 'HG-KCN-01'"
    assert run(sealed, query) == [[("HG-KCN-01", None, 105.844)]]
    (rights,) = run(
        sealed,
        "SELECT grantee FROM information_schema.role_table_grants"
        " WHERE table_name = 'site_published' AND grantee = 'PUBLIC'",
    )
    assert rights == [("PUBLIC",)]


# --- from every later revision --------------------------------------------------------------


@pytest.mark.parametrize("revision", [f"{n:04}" for n in range(2, int(HEAD))])
def test_what_an_older_store_holds_is_all_there_with_its_seals(revision, empty, tmp_path):
    """What today's store writes into the columns that the older one had."""
    today = Store(f"sqlite:///{tmp_path / 'today.sqlite'}")
    today.create(REGISTER, RECORDS)
    entered(today, said("E1"))
    drafted(today, register=site("Siêu thị Mới"))
    empty.path.parent.mkdir()
    with today._engine.begin() as source, empty._engine.begin() as target:
        upgraded(target, revision)
        tables, known = sa.MetaData(), sa.MetaData()
        tables.reflect(target)
        known.reflect(source)
        for name in ("workspace", "journal", "site", "evidence", "declaration", "document"):
            kept = [column.name for column in tables.tables[name].c]
            rows = source.execute(sa.select(*(known.tables[name].c[one] for one in kept)))
            if rows := [dict(row) for row in rows.mappings()]:
                target.execute(sa.insert(tables.tables[name]), rows)
    with pytest.raises(StoreError, match="python -m geodata init"):
        empty.load(REAL)
    empty.create()
    assert empty.breaks() == empty.damage() == []
    for published in (True, False):
        assert_frame_equal(
            empty.load(REAL, published=published).sites, today.load(REAL, published=published).sites
        )
        assert empty.version(REAL, published=published) == today.version(REAL, published=published)
    assert_frame_equal(empty.load(REAL).evidence, today.load(REAL).evidence)
