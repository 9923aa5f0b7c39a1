"""Open data of a simulated register, private sites among them, made once for all its tests."""

from datetime import date, datetime

import pandas as pd
import pytest

from geodata.geography import units
from geodata.outputs.data.origin import Provenance, facts
from geodata.outputs.open import release
from geodata.outputs.open.service import OpenDay
from geodata.outputs.open.tables import tables_of
from geodata.people.letterhead import Letterhead
from geodata.rules import plan
from geodata.simulation import simulate
from geodata.store import Snapshot

AS_OF = date(2024, 12, 31)


@pytest.fixture(scope="session")
def snapshot():
    made = units.load_blocks(), units.load_legacy_communes(), plan.shipped()
    register, records = simulate.simulate(*made, 60, 1)
    declared = simulate.declare()
    none = pd.DataFrame()
    return Snapshot("real", "3-0badcafe", register, records, declared, none, records.head(0))


@pytest.fixture(scope="session")
def origin():
    entered = datetime(2026, 3, 1, 8, 30)  # noqa: DTZ001 - as the clocks there show it
    letterhead = Letterhead(body="Sở Công Thương", address="https://map.example.vn")
    rules = plan.default(plan.shipped(), AS_OF)
    about = AS_OF, entered.date(), entered, letterhead
    return Provenance(rules, *about, public=True, seal="5ea1")


@pytest.fixture(scope="session")
def tables(snapshot, origin):
    return tables_of(snapshot, origin)


@pytest.fixture(scope="session")
def edition(tables, snapshot, origin):
    return OpenDay(tables, facts(snapshot, origin))


@pytest.fixture(scope="session")
def released(snapshot, origin, tmp_path_factory):
    """The files of a release by their name."""
    files = release.release(snapshot, tmp_path_factory.mktemp("open"), origin)
    return {file.path.name: file for file in files}
