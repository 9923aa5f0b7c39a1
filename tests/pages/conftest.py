"""The app without a browser, on a store and a served folder of its own."""

import json
import shutil
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from geodata import intake
from geodata.geography import units
from geodata.register import evidence, sites
from geodata.rules import plan
from geodata.simulation import simulate
from geodata.store import SIMULATED, Store
from pages.parts.map import served
from pages.parts.shared import data
from tests.entering import entered
from tests.pages.failing import MARKER, none_failed
from tests.pages.opening import screen_at

HIDDEN = "HG-ST-02"  # made private in the test store
# What must not leave the office; so odd that it is found wherever it went.
PRIVATE = SimpleNamespace(
    source_note="NOTE-QX7Z",
    contact_name="CONTACT-QX7Z",
    contact_phone="0939871QX7Z",
    contact_email="qx7z@example.vn",
    participants="77199241",
    enterprises_present="77199242",
    name="Shop-QX7Z",
    summary="SUMMARY-QX7Z",
)


def pytest_configure(config):
    config.addinivalue_line("markers", f"{MARKER}: means to have a screen fail")


@pytest.fixture(autouse=True, scope="session")
def components_looked_for_once():
    """AppTest looks through all installed packages for components, for every app anew."""
    once = tuple(manifest_scanner.scan_component_manifests())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: list(once))
        yield


@pytest.fixture(autouse=True)
def no_screen_fails(request, caplog):
    """Fail every test during which a screen failed, unless it means to have one fail."""
    yield
    if request.node.get_closest_marker(MARKER) is None:
        none_failed([*caplog.get_records("setup"), *caplog.get_records("call")])


def register():
    """The shipped register with a private site and private remarks."""
    table = pd.DataFrame(intake.shipped_sites().drop(columns="geometry")).astype(object)
    for column in ("source_note", *sites.CONTACT):
        table[column] = getattr(PRIVATE, column)
    table.loc[HIDDEN, ["public", "name_vi"]] = ["no", PRIVATE.name]
    for column in sites.DAYS:
        table[column] = table[column].map(lambda d: "" if pd.isna(d) else f"{d:%Y-%m-%d}")
    return sites.typed(table.fillna(""))


def record(number, subject, **cells):
    said = {"axis": "outreach", "kind": "held", "event_date": "2024-05-01", "grade": "A"}
    said |= {"recorded_at": "2024-05-02", "scope": "site", "topic": "scp"}
    counted = {"participants": PRIVATE.participants}
    counted["enterprises_present"] = PRIVATE.enterprises_present
    return {"id": f"T-{number}", "subject": subject, **said, **counted, **cells}


def records():
    """Two events more than the shipped ones: at a public and at the private site."""
    told = [
        record(1, "HG-ST-01", organiser="Sở Công Thương", doc_no="12/BC-SCT"),
        record(2, HIDDEN, summary_vi=PRIVATE.summary),
    ]
    return evidence.typed(pd.DataFrame(told), date.max)


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    store = Store(f"sqlite:///{path}")
    store.create(register(), intake.shipped_evidence())
    entered(store, records())
    invented = simulate.simulate(
        units.load_blocks(), units.load_legacy_communes(), plan.shipped(), 60, 1
    )
    store.fill(SIMULATED, *invented, simulate.declare())
    return path


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    """Where each test's store lies: what is cached of equal data by its path is good for all."""
    return tmp_path_factory.mktemp("app") / "here"


@pytest.fixture
def opens(place, monkeypatch):
    """Let the app open a copy of a store for one test, and lay its files beside it."""

    def copy(made):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        path = place / "store.sqlite"
        shutil.copy(made, path)
        monkeypatch.setenv("HG_STORE", str(path))
        data.store.clear()
        served._everybody.files.clear()
        return path

    yield copy
    data.store.clear()


@pytest.fixture
def store_path(made, opens):
    """A store for one test, which the app opens."""
    return opens(made)


@pytest.fixture(scope="session")
def made_real(tmp_path_factory):
    path = tmp_path_factory.mktemp("real") / "store.sqlite"
    Store(f"sqlite:///{path}").create(intake.shipped_sites(), intake.shipped_evidence())
    return path


@pytest.fixture
def real_only(store_path, made_real):
    """In place of the test store one without the simulated workspace."""
    shutil.copy(made_real, store_path)


@pytest.fixture
def store(store_path):
    return Store(f"sqlite:///{store_path}")


@pytest.fixture
def open_app(store_path):  # noqa: ARG001 - the app opens it
    """Open a screen, or the first one, at an address, as a browser would."""

    def run(screen="", **query):
        return screen_at(screen, **query).run()

    return run


@pytest.fixture
def shown():
    return Shown


@pytest.fixture
def given_away(open_app):
    """Open the app; return which of some secrets it sent to the browser or serves as a file."""

    def run(secrets, **query):
        said = Shown(open_app(**query)).payload()
        sent = said + b"".join(file.content for file in served._everybody.files.values())
        assert b"HG-ST-01" in sent
        return [secret for secret in secrets if secret.encode() in sent]

    return run


@pytest.fixture
def private():
    return PRIVATE


class Shown:
    """What a run of the app sends to the browser."""

    def __init__(self, app):
        self.app = app
        self.elements = [
            element for block in app._tree.children.values() for element in _all(block)
        ]

    def payload(self):
        """Every byte of every element, widgets and components included."""
        return b"".join(e.proto.SerializeToString() for e in self.elements if _has_proto(e))

    def text(self):
        """All that is written as text above, beside and below the map."""
        kinds = (*self.app.markdown, *self.app.caption, *self.app.subheader)
        return "\n".join(str(element.value) for element in kinds)

    def map(self):
        """What the map is told."""
        (found,) = (e.proto for e in self.elements if _name(e) == "hau_giang_map")
        return json.loads(found.json)

    def list(self):
        """What the box that finds lists, group by group."""
        (box,) = (json.loads(e.proto.json) for e in self.elements if _name(e) == "hau_giang_find")
        return box["groups"]

    def listed(self):
        """Key and name of each entry of the same."""
        return {one["key"]: one["label"] for group in self.list() for one in group["entries"]}

    def address(self):
        return dict(self.app.query_params)


def _all(block):
    yield block
    for child in getattr(block, "children", {}).values():
        yield from _all(child)


def _has_proto(element):
    return hasattr(getattr(element, "proto", None), "SerializeToString")


def _name(element):
    return getattr(getattr(element, "proto", None), "component_name", "")


@pytest.fixture
def seen_from(monkeypatch):
    """Say where the reader's browser is; of this machine Streamlit says None."""

    def place(address):
        context = SimpleNamespace(ip_address=address, cookies={}, url="https://map.vn/")
        monkeypatch.setattr(st, "context", context)

    return place
