"""The drill: is a backup worth anything – put back elsewhere, does it give the same figures.

Nothing of the store is written. Not here: making or checking a backup (``store.copies``), or
whether the store itself is sound (``doctor``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

from geodata.core.progress import Listener
from geodata.core.text import _
from geodata.core.workroom import workroom
from geodata.geography import units
from geodata.rules import targets
from geodata.rules.intensity import of_plan, public
from geodata.rules.plan import shipped
from geodata.store import Snapshot, Store, copies
from geodata.store.documents import Documents


@dataclass(frozen=True)
class Proof:
    """What one workspace of a backup gave.

    `continues` says whether the store holds the very same content at the backup's entry, as its
    seal says; `same_figures` whether each target of each plan counts the same from both.
    """

    workspace: str
    version: str
    sites: int
    records: int
    continues: bool
    same_figures: bool

    @property
    def holds(self) -> bool:
        """Whether the backup could stand in for the store."""
        return self.continues and self.same_figures


def rehearse(store: Store, backup: Path, listener: Listener) -> list[Proof]:
    """Put a backup back in a place of its own and compare it with the store as it was then.

    Parameters
    ----------
    store : Store
        What the backup was made of; it is only read.
    backup : Path
        As `copies.backup` wrote it.

    Returns
    -------
    list of Proof
        One a workspace of the backup.

    Raises
    ------
    StoreError
        If the backup is damaged, or either store cannot be read.
    """
    live = store.workspaces()
    with _elsewhere() as (other, documents):
        listener(0.0, _("Putting the backup back in another place"))
        copies.restore(other, documents, backup)
        listener(0.6, _("Comparing history and figures with the store"))
        return [_proof(store, other, name, known=name in live) for name in other.workspaces()]


@contextmanager
def _elsewhere() -> Iterator[tuple[Store, Documents]]:
    """Give a place for a store and its documents that only we see and that is gone afterwards."""
    with workroom(Path(gettempdir())) as place:
        yield Store(f"sqlite:///{place.as_posix()}/store.sqlite"), Documents(place / "documents")


def _proof(store: Store, other: Store, workspace: str, *, known: bool) -> Proof:
    restored = other.load(workspace)
    then = store.load(workspace, upto=restored.revision) if known else None
    return Proof(
        workspace,
        restored.version,
        len(restored.sites),
        len(restored.evidence),
        continues=then is not None and then.version == restored.version,
        same_figures=then is not None and _figures(then) == _figures(restored),
    )


def _figures(snapshot: Snapshot) -> list[object]:
    """Return what every target of every plan counts on the plan's last day."""
    districts, owners = units.districts(), snapshot.sites["operator"]
    return [
        (plan.year, result.target.id, result.count, result.verdict)
        for plan in shipped()
        for result in targets.results(
            snapshot.sites,
            snapshot.evidence,
            plan,
            plan.window.end,
            districts,
            sectors=public(of_plan(snapshot.declarations, plan, owners=owners)),
        )
    ]
