"""All checks of a store and of what the software needs around it, in their order.

Not here: the checks.
"""

from collections.abc import Sequence
from pathlib import Path

from geodata.core.errors import ModelError
from geodata.core.text import _
from geodata.doctor import around, data, kept
from geodata.doctor.symptom import Symptom
from geodata.people.access import Office
from geodata.store import REAL, Store
from geodata.store.documents import Documents

STOPS_THE_APP = ("store", "leaflet", "port")


def examine(
    store: Store,
    documents: Documents,
    context: Path | None = None,
    office: Office | None = None,
    proofs: Sequence[str] = (),
) -> list[Symptom]:
    """Check the store, the real data in it, and what the software needs around it.

    Parameters
    ----------
    store, documents : Store, Documents
        They are only read.
    context : Path, optional
        The file of waters and roads that the settings name.
    office : Office, optional
        Who has which role; without it nobody has one.
    proofs : sequence of str
        Seals or data versions from outside, that the store has to go on from.

    Returns
    -------
    list of Symptom
        One a check; the data is not checked where the store cannot be read.
    """
    surroundings = [
        around.map_library(),
        *around.typefaces(),
        *around.disk(store),
        *around.context(context),
    ]
    try:
        damage, breaks, miscopied = store.damage(), store.breaks(), store.miscopied()
        snapshot = store.load(REAL)
        keeping = [
            *kept.guarded(store),
            *kept.accounts(store, office),
            *kept.witnessed(store, proofs, breaks),
            *kept.clock(store),
        ]
    except ModelError as error:
        return [Symptom("store", "fault", str(error)), *surroundings]
    opened = _("The store {store} is in order, its real data at version {version}.")
    return [
        Symptom("store", "ok", opened.format(store=store.name, version=snapshot.version)),
        *kept.whole(damage, breaks),
        *kept.copied(miscopied, store.columns),
        data.attached(snapshot.documents, documents),
        *keeping,
        *data.register(snapshot.sites),
        *data.records(snapshot.evidence, snapshot.sites),
        *surroundings,
    ]
