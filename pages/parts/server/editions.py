"""Editions: the tables of open data of a day, made from what was last published, and kept a while.

On a steward's server too: it gives programs no more than a public one does. Not here: answers
(``geodata.outputs.open``), or the data of screens (``shared.data``).
"""

import os
from collections import OrderedDict
from datetime import date
from threading import Lock

from geodata import settings
from geodata.core.errors import WrongCallError
from geodata.core.text import _, language
from geodata.outputs.data.origin import facts
from geodata.outputs.open.service import OpenDay
from geodata.outputs.open.tables import origin_of, tables_of
from geodata.rules.plan import shipped
from geodata.store import REAL, Snapshot, Store
from pages.parts.shared.data import HOME

_MOST = 4  # editions kept: a day in a language each
_PATIENCE_S = 10


class BusyError(WrongCallError):
    """Others are being answered, and it takes too long to wait for them."""


class Editions:
    """Makes editions one after another, so that many questions cost no more than one at a time."""

    def __init__(self) -> None:
        self._making = Lock()
        self._snapshot: Snapshot | None = None
        self._kept: OrderedDict[tuple[str, date, str], OpenDay] = OrderedDict()

    def of_day(self, store: Store, version: str, as_of: date) -> OpenDay:
        """Return the edition of a day in the language spoken here.

        Raises
        ------
        BusyError
            If it cannot be made soon.
        """
        if not self._making.acquire(timeout=_PATIENCE_S):
            raise BusyError(_("Too much is asked at once; ask again in a minute."))
        try:
            key = version, as_of, language()
            if key not in self._kept:
                self._kept[key] = self._made(store, version, as_of)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
            return self._kept[key]
        finally:
            self._making.release()

    def _made(self, store: Store, version: str, as_of: date) -> OpenDay:
        if self._snapshot is None or self._snapshot.version != version:
            self._kept.clear()  # what was published before is given no longer
            self._snapshot = store.load(REAL, published=True)
        snapshot = self._snapshot
        letterhead = settings.load(os.environ, HOME).letterhead
        origin = origin_of(store, snapshot, as_of, letterhead, shipped())
        return OpenDay(tables_of(snapshot, origin), facts(snapshot, origin))
