"""Turns: who has to wait before the next report, by where it comes from; remembered in memory.

A public server can write nothing down, so each process counts for itself and anew when it starts.
Not here: how long a wait is (``waits``), or what stands for a place (``server.reports``).
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from geodata.people.waits import wait_after

MOST_KEPT = 10_000
_FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True)
class _Row:
    tries: int
    until: datetime
    last: datetime


class Turns:
    """Tries by key; every moment given is UTC, without a zone on it.

    Parameters
    ----------
    most : int
        How many keys are remembered; the one used longest ago goes for one more.
    """

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._rows: OrderedDict[str, _Row] = OrderedDict()
        self._lock = Lock()

    def take(self, allowed: Mapping[str, int], now: datetime) -> datetime | None:
        """Count a try by each of some keys, or return until when to wait and count nothing.

        `allowed` says for each key how many tries in a day cost nothing.
        """
        with self._lock:
            rows = {key: self._row(key, now) for key in allowed}
            waits = [row.until for row in rows.values() if row and row.until > now]
            if waits:
                return max(waits)
            for key, most in allowed.items():
                row = rows[key]
                tries = row.tries + 1 if row else 1
                self._rows[key] = _Row(tries, now + wait_after(tries, most), now)
                self._rows.move_to_end(key)
            while len(self._rows) > self._most:
                self._rows.popitem(last=False)
            return None

    def give_back(self, keys: Mapping[str, int], now: datetime) -> None:
        """Count a try no longer: nothing came of it, and not by the fault of who tried."""
        with self._lock:
            for key in keys:
                if (row := self._rows.get(key)) is not None:
                    self._rows[key] = _Row(max(0, row.tries - 1), now, row.last)

    def _row(self, key: str, now: datetime) -> _Row | None:
        row = self._rows.get(key)
        return row if row and row.last > now - _FORGOTTEN else None
