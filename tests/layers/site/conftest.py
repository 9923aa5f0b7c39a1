"""One small site, written once: shipped data, a private site full of canaries, a hostile name."""

import json
from datetime import date

import pytest

from geodata import intake
from geodata.outputs.open.tables import origin_of
from geodata.people.letterhead import Letterhead
from geodata.reading.view import usual_day
from geodata.rules.plan import shipped
from geodata.store import Store
from layers.site.build import publish
from layers.site.checked import LISTING
from layers.site.edition import edition_of
from tests.canaries import lay
from tests.entering import entered
from tests.pages.conftest import PRIVATE, records, register

DAY = date(2026, 11, 27)
HOSTILE_SITE, HOSTILE = "HG-LN-01", '</script><script>alert(1)</script>{{ 7 * 7 }} "><img src=x>'


def canaried(path):
    """A store with strings in every private field and id; return it with those strings."""
    store = Store(f"sqlite:///{path}")
    table = register()
    table.loc[HOSTILE_SITE, "name_vi"] = HOSTILE
    store.create(table, intake.shipped_evidence())
    entered(store, records())
    return store, lay(store, PRIVATE)


@pytest.fixture(scope="session")
def canaried_store(tmp_path_factory):
    return canaried(tmp_path_factory.mktemp("store") / "store.sqlite")


@pytest.fixture(scope="session")
def edition(canaried_store):
    store = canaried_store[0]
    snapshot = store.load("real", published=True)
    origin = origin_of(store, snapshot, usual_day(shipped(), DAY), Letterhead(), shipped())
    more = {"reported": store.reported("real"), "app": "https://app.example.vn"}
    return edition_of(snapshot, origin, DAY, address="https://bando.example.vn/", **more)


@pytest.fixture(scope="session")
def site(edition, tmp_path_factory):
    """The folder; nobody changes it."""
    folder = tmp_path_factory.mktemp("published") / "site"
    publish(edition, folder)
    return folder


@pytest.fixture(scope="session")
def files(site):
    """Every file of it by path."""
    listed = json.loads((site / LISTING).read_text("utf-8"))["files"]
    return {path: (site / path).read_bytes() for path in listed}
