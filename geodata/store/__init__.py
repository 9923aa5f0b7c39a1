"""The store: the only room that knows the database.

``Store`` is its door. Not here: what the data means, and reading or writing other files.
"""

from geodata.register.ids import REAL, SIMULATED, WORKSPACES
from geodata.store.change import Change
from geodata.store.door import HEAD
from geodata.store.refusals import known_subjects
from geodata.store.store import Snapshot, Store, Workspace

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
