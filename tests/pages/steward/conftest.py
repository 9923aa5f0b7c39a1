"""A steward's server on a store of its own, and reading what it says."""

import html
from pathlib import Path

import pytest

from geodata import intake
from geodata.geography import units
from geodata.people.access import Person
from geodata.rules import plan
from geodata.simulation import simulate
from geodata.store import SIMULATED, Store
from pages.parts.map import view as map_view
from pages.parts.shared import access, data
from tests.entering import STEWARD, drafted
from tests.geodata.store.samples import changed, said, site
from tests.pages.opening import screen_at

HOSTILE = "[x](javascript:1) **B** <b>"


LAN = Person("lan@example.vn", "Lan", frozenset({"steward"}))


@pytest.fixture(scope="package")
def made(tmp_path_factory):
    """A store with the shipped data and a small simulated workspace, to be copied."""
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    store = Store(f"sqlite:///{path}")
    store.create(intake.shipped_sites(), intake.shipped_evidence())
    geography = units.load_blocks(), units.load_legacy_communes()
    store.fill(SIMULATED, *simulate.simulate(*geography, plan.shipped(), 40, 1))
    return path.read_bytes()


@pytest.fixture
def store(made, tmp_path, monkeypatch):
    """A copy of that store, which the app opens with Lan signed in."""
    path = tmp_path / "store.sqlite"
    path.write_bytes(made)
    monkeypatch.setenv("HG_STORE", str(path))
    monkeypatch.setenv("HG_MODE", "steward")
    monkeypatch.setenv("HG_DOCUMENTS", str(tmp_path / "documents"))
    monkeypatch.setattr(access, "person", lambda: LAN)
    data.store.clear()
    yield Store(f"sqlite:///{path}")
    data.store.clear()


@pytest.fixture(scope="package")
def with_drafts(tmp_path_factory):
    """A store with an import of a site and a record, and a correction of another site after it."""
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    store = Store(f"sqlite:///{path}")
    store.create(intake.shipped_sites(), intake.shipped_evidence())
    drafted(store, said("E1", subject="S1"), site(HOSTILE))
    changed(store, store.load("real").sites.loc[["HG-ST-01"]].assign(operator="Công ty A"))
    return path.read_bytes()


@pytest.fixture
def drafts(with_drafts, tmp_path, monkeypatch):
    """The store with drafts, which the app opens."""
    path = tmp_path / "store.sqlite"
    path.write_bytes(with_drafts)
    monkeypatch.setenv("HG_STORE", str(path))
    monkeypatch.setenv("HG_MODE", "steward")
    monkeypatch.setattr(map_view, "render", lambda *_, **__: None)  # has tests of its own
    data.store.clear()
    yield Store(f"sqlite:///{path}")
    data.store.clear()


@pytest.fixture
def enter(drafts, monkeypatch):  # noqa: ARG001 - the app opens it
    """Open a screen as somebody, at an address."""

    def run(file, who=STEWARD, **query):
        monkeypatch.setattr(access, "person", lambda: who)
        app = screen_at(Path(file).stem, **query).run()
        assert not app.exception
        return Screen(app)

    return run


class Screen:
    """What a person sees and does."""

    def __init__(self, app):
        self.app = app

    def text(self):
        app = self.app
        every = (*app.markdown, *app.caption, *app.subheader, *app.error, *app.success, *app.info)
        told = "\n".join(html.unescape(str(element.value)) for element in every)
        return told.replace("\u2068", "").replace("\u2069", "").replace("\u2060", "")

    def tables(self):
        return [table.value for table in self.app.dataframe]

    def labels(self):
        return [button.label for button in self.app.button]

    def choose(self, entry, of):
        """Choose an entry in the table, as a click would."""
        numbers = self.tables()[0]["Mục"].tolist()
        chosen = {"rows": [numbers.index(entry)], "columns": [], "cells": []}
        self.app.session_state[f"{of}_{hash(tuple(numbers))}"] = {"selection": chosen}
        self.app.run()
        return self

    def press(self, label):
        (button,) = (b for b in self.app.button if b.label == label)
        button.click().run()
        assert not self.app.exception
        return self
