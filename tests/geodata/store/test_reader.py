"""The role that public servers get: it sees what they count and show, and can change nothing."""

import subprocess
from pathlib import Path

import pytest
import sqlalchemy as sa

from geodata.core.clock import now
from geodata.core.errors import StoreError
from geodata.register.reports import PublicReport
from geodata.store import REAL, Store
from geodata.store.accounts import Accounts
from geodata.store.inbox import Inbox
from tests.geodata.store.conftest import BINARIES
from tests.geodata.store.samples import STEWARD, run

ORDERS = Path(__file__).parents[3] / "deploy" / "reader.sql"
pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def on():
    return "postgresql"


@pytest.fixture
def reader(store):
    """The store as the role opens it, made by the very orders that are shipped, twice."""
    owner = store._engine.url
    for _time in range(2):
        subprocess.run(
            [
                *(BINARIES / "psql", "-h", owner.host, "-p", str(owner.port), "-U", owner.username),
                *("-d", owner.database, "-v", "ON_ERROR_STOP=1", "-v", "password=x"),
                *("-q", "-f", ORDERS),
            ],
            check=True,
        )
    opened = Store(owner.set(username="haugiang_reader").render_as_string(), writable=False)
    yield opened
    opened._engine.dispose()


def test_it_reads_what_the_public_sees(store, reader):
    assert reader.version(REAL, published=True) == store.version(REAL, published=True)
    assert len(reader.load(REAL, published=True).sites) == len(store.load(REAL).sites)
    assert list(reader.workspaces()) == list(store.workspaces())
    reader.given(REAL)


def test_it_sees_no_account_no_draft_and_no_heading(reader):
    with pytest.raises(StoreError, match="cannot be opened"):
        Accounts(reader).listed()
    for table in ("account", "draft", "heading", "report"):
        with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
            run(reader, f"TABLE {table}")


def test_of_reports_it_sees_what_was_answered_and_nothing_else(store, reader):
    inbox = Inbox(store, REAL, STEWARD)
    inbox.add("A" * 10, PublicReport("HG-ST-01", "place", "x"), b"", now(), "digest")
    inbox.answer("A" * 10, "Đã sửa", mended=True)
    assert reader.reported(REAL, "HG-ST-01")["HG-ST-01"].answers[0].sentence == "Đã sửa"
    for column in ("words", "contact", "photo", "number", "who"):
        with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
            run(reader, f"SELECT {column} FROM report")  # noqa: S608 - our own


def test_it_changes_nothing_even_if_the_software_wanted_to(store, reader):
    defiant = Store(reader._engine.url.render_as_string())  # as if not told that it only reads
    before = store.version(REAL)
    with pytest.raises(StoreError):
        defiant.remember(REAL, "x", who=STEWARD)
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        run(defiant, "SET transaction_read_only = off", "DELETE FROM journal")
    defiant._engine.dispose()
    assert store.version(REAL) == before
