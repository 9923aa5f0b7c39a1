"""The store: the only room that knows the database.

``Store`` is its door. Not here: what the data means, and reading or writing other files.
"""

from geodata.store.change import Change
from geodata.store.entries import known_subjects
from geodata.store.store import HEAD, REAL, SIMULATED, WORKSPACES, Snapshot, Store, Workspace

__all__ = [
    "HEAD",
    "REAL",
    "SIMULATED",
    "WORKSPACES",
    "Change",
    "Snapshot",
    "Store",
    "Workspace",
    "known_subjects",
]
