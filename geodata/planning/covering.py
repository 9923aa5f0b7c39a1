"""A covering problem: venues, the sites that need a visit, and which venue reaches which.

Pure. Not here: how it is solved (``solver``), or what the answer means (``visits``).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from geodata.core.errors import DataError
from geodata.core.text import _


@dataclass(frozen=True)
class Problem:
    """Venues, the sites that need a visit, and which venue reaches which.

    Attributes
    ----------
    venues, sites : Index
        Their ids; of venues that serve equally well the one that stands first is chosen.
    reach : csr_array of bool
        A row a venue, a column a site: is the site within reach?
    weights : array of int
        How much each site counts.
    capacity : int or None
        How many sites one visit can take; None without limit.
    locked, avoided : frozenset of str
        Venues that are chosen in any case, and never.
    """

    venues: pd.Index
    sites: pd.Index
    reach: sparse.csr_array
    weights: NDArray[np.int64]
    capacity: int | None = None
    locked: frozenset[str] = frozenset()
    avoided: frozenset[str] = frozenset()

    @property
    def free(self) -> NDArray[np.bool_]:
        """Which venues may be chosen."""
        return ~self.venues.isin(list(self.avoided))


def within(distances: pd.DataFrame, radius_m: float) -> sparse.csr_array:
    """Return which site lies within a radius of which venue.

    Parameters
    ----------
    distances : DataFrame
        Metres, a row a venue, a column a site.
    radius_m : float
        Metres, greater than zero.

    Raises
    ------
    DataError
        If the radius reaches nothing, or a distance is missing or negative.
    """
    if not radius_m > 0:
        raise DataError(_("The radius must be greater than zero."))
    metres = distances.to_numpy(dtype=float)
    holes = np.argwhere(~(metres >= 0))
    if len(holes):
        venue, site = holes[0]
        raise DataError(
            _("The distances lack a number from {venue} to {site} (and {n} more).").format(
                venue=distances.index[venue], site=distances.columns[site], n=len(holes) - 1
            )
        )
    return sparse.csr_array(metres <= radius_m)


def reachable(problem: Problem) -> int:
    """Return the weight of all sites that some venue reaches, whatever a visit can hold."""
    seen = problem.reach[problem.free].sum(axis=0) > 0
    return int(problem.weights[np.asarray(seen)].sum())


def covered(problem: Problem, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which sites the chosen venues reach, whatever a visit can hold."""
    return np.asarray(problem.reach[chosen].sum(axis=0) > 0)
