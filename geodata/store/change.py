"""A change: what one entry of the journal writes.

Not here: whether it may be written (``entries``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import geopandas as gpd
import pandas as pd

from geodata.store.tables import DATA, Kept


@dataclass(frozen=True)
class Change:
    """New and changed sites, new records, and what goes.

    Parameters
    ----------
    sites, evidence, declarations : DataFrame, optional
        As their modules' `typed` give them.
    documents : DataFrame, optional
        Files kept elsewhere: `id` (their hash), `evidence` (the record they belong to), `name`,
        `type` and `size` in bytes.
    replaces : frozenset of str
        The ids among these that are in the store already and get a new version.
    gone : mapping of str to DataFrame
        By table, the rows that are taken away, as they were.
    """

    sites: gpd.GeoDataFrame | None = None
    evidence: pd.DataFrame | None = None
    declarations: pd.DataFrame | None = None
    documents: pd.DataFrame | None = None
    replaces: frozenset[str] = frozenset()
    gone: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def parts(self) -> Iterator[tuple[Kept, pd.DataFrame, pd.DataFrame]]:
        """Give for each table the rows that come and those that go, in the order of sealing."""
        written = (self.sites, self.evidence, self.declarations, self.documents)
        for kept, frame in zip(DATA, written, strict=True):
            nothing = _nothing(tuple(kept.types))
            goes = self.gone.get(kept.table.name)
            yield kept, nothing if frame is None else frame, nothing if goes is None else goes

    def gone_ids(self, table: str) -> set[str]:
        """Return the ids of the rows of a table that go."""
        frame = self.gone.get(table)
        return set() if frame is None else set(frame["id"])


@cache
def _nothing(columns: tuple[str, ...]) -> pd.DataFrame:
    """Return no rows of a table; to be read only."""
    return pd.DataFrame(columns=list(columns), dtype="string")
