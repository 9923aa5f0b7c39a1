"""A store made by an older software is brought up to date with all that was in it."""

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from pandas.testing import assert_frame_equal

from geodata.errors import StoreError
from geodata.store import REAL, SIMULATED
from tests.geodata.store.samples import RECORDS, REFUSED, REGISTER, entered, run, said

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def on():
    return "sqlite"  # servers were not accepted before revision 0002


@pytest.fixture
def old(empty):
    """The shipped data in a file as revision 0001 kept it: rows numbered, evidence added later."""
    empty.path.parent.mkdir()
    engine = sa.create_engine(f"sqlite:///{empty.path}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", "geodata:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        meta = sa.MetaData()
        meta.reflect(connection)
        row = {"name": REAL, "revision": 7, "digest": "9f2c41ab", "description": "as shipped"}
        connection.execute(sa.insert(meta.tables["workspace"]).values(row))
        other = {**row, "name": SIMULATED, "revision": 3, "description": ""}
        connection.execute(sa.insert(meta.tables["workspace"]).values(other))
        for workspace in (REAL, SIMULATED):
            for table, frame in (("site", REGISTER), ("evidence", RECORDS)):
                of = meta.tables[table]
                cells = frame[[c.name for c in of.c if c.name in frame.columns]].astype(object)
                rows = [
                    {name: plain(cell) for name, cell in one.items()}
                    | {"workspace": workspace, "entry": number + 1}
                    for number, one in enumerate(cells.to_dict("records"))
                ]
                connection.execute(sa.insert(of), rows)
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
        found = old.load(workspace, published=True)
        assert_frame_equal(found.sites, REGISTER)
        assert_frame_equal(found.evidence, RECORDS)
        assert found.revision == revision
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
