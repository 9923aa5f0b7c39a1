"""Where a call works: the settings in force, the store and documents they name, the workspace.

Not here: what the settings mean (``settings``), or what a store does (``store``).
"""

import argparse
import os
from pathlib import Path

from geodata import settings
from geodata.people.access import Person
from geodata.store import REAL, SIMULATED, Store
from geodata.store import witness as witnesses
from geodata.store.documents import Documents

HOME = Path(__file__).parents[2]


def configuration(address: str | None = None) -> settings.Settings:
    """Return the settings in force, those of another store if its address is given."""
    environ = {**os.environ, "HG_STORE": address} if address else os.environ
    return settings.load(environ, HOME)


def open_store() -> Store:
    """Return the store of the settings."""
    return _store(configuration())


def store_and_documents(address: str | None = None) -> tuple[Store, Documents]:
    """Return a store and its documents, those of the settings unless an address is given."""
    configured = configuration(address)
    return _store(configured), Documents(configured.documents)


def _store(configured: settings.Settings) -> Store:
    """Return a store with its witness; another store than that of the settings has none."""
    own = configured.store == configuration().store
    if not own:
        return Store(configured.store)
    witness = witnesses.named(configured.seals, configured.seal_key)
    return Store(configured.store, witness=witness, columns=configured.columns)


def operator() -> Person:
    """Return who works at this machine's command line."""
    return settings.operator(configuration().roles)


def workspace(options: argparse.Namespace) -> str:
    """Return the workspace that a call is about."""
    return SIMULATED if options.demo else REAL


def versions(store: Store) -> dict[str, str]:
    """Return the data version of each workspace of a store."""
    return {name: content.version for name, content in store.workspaces().items()}
