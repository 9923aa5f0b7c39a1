"""Distances between places in metres, straight across the land, and how sure they are.

Pure; projected to EPSG:5897, never degrees. Not here: roads and canals, for which a file of
distances can stand in (``visits``).
"""

from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.geography.coordinates import metres_of
from geodata.register.sites import UNCERTAIN_M, placed

if TYPE_CHECKING:
    from scipy.spatial import cKDTree


class Nearest(NamedTuple):
    """What is nearest to each place: its id, the distance, and how far that may be off."""

    ids: pd.Series
    metres: pd.Series
    margin: pd.Series


def straight(venues: gpd.GeoDataFrame, sites: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the distance from every venue to every site.

    Parameters
    ----------
    venues, sites : GeoDataFrame
        Points in EPSG:4326, indexed by id, none of them empty.

    Returns
    -------
    DataFrame
        Metres, a row a venue, a column a site.
    """
    here, there = metres_of(venues), metres_of(sites)
    gaps = here[:, None, :] - there[None, :, :]
    return pd.DataFrame(np.hypot(gaps[..., 0], gaps[..., 1]), venues.index, sites.index)


def nearest(sites: gpd.GeoDataFrame, others: gpd.GeoDataFrame, *, itself: bool = False) -> Nearest:
    """Return the nearest other place of each site.

    Parameters
    ----------
    sites, others : GeoDataFrame
        Points in EPSG:4326 indexed by id, with `position_accuracy_m`; empty ones are nowhere.
    itself : bool
        Whether a site that is one of the others may be found for itself, at 0 m.

    Returns
    -------
    Nearest
        Indexed like `sites`, missing where either has no position. The margin adds both
        positions' accuracy: a distance of 2 km ± 3 km says little.
    """
    nearest = near(sites, others, 1, itself=itself).drop_duplicates("site").set_index("site")
    aligned = nearest.reindex(sites.index)
    return Nearest(aligned["other"], aligned["metres"], aligned["margin"])


def near(
    sites: gpd.GeoDataFrame, others: gpd.GeoDataFrame, k: int, *, itself: bool = False
) -> pd.DataFrame:
    """Return the k nearest other places of each site that has a position.

    Parameters are those of `nearest`, and how many are wanted.

    Returns
    -------
    DataFrame
        `site`, `other`, `metres` and `margin`, the nearest first; a place that is there, at
        0 m, has no margin.
    """
    here, there = sites[placed(sites).to_numpy()], others[placed(others).to_numpy()]
    if not (len(here) and len(there)):
        words = {"site": "string", "other": "string", "metres": "float64", "margin": "float64"}
        return pd.DataFrame(columns=list(words)).astype(words)
    nearest, at = _tree(there).query(metres_of(here), k=min(k + 1, len(there)))
    nearest, at = nearest.reshape(len(here), -1), at.reshape(len(here), -1)
    rows = np.repeat(np.arange(len(here)), nearest.shape[1])
    off = accuracy(here).to_numpy()[rows] + accuracy(there).to_numpy()[at.ravel()]
    pairs = pd.DataFrame(
        {
            "site": here.index.to_numpy()[rows],
            "other": there.index.to_numpy()[at.ravel()],
            "metres": nearest.ravel(),
            "margin": off,
        }
    ).astype({"site": "string", "other": "string"})
    own = (pairs["site"] == pairs["other"]).to_numpy()
    if itself:
        pairs["margin"] = pairs["margin"].mask(own, 0.0)
        pairs = pairs.iloc[np.lexsort((~own, pairs["metres"], rows))]
    else:
        pairs = pairs[~own]
    return pairs[(pairs.groupby("site", sort=False).cumcount() < k).to_numpy()]


def depends(sites: gpd.GeoDataFrame, others: gpd.GeoDataFrame, radius_m: float) -> pd.Series:
    """Return whether it hangs on positions if any other place lies within a radius of a site.

    It does where one may lie within the radius, but none does so surely: the nearest one may
    be exact and just outside while a farther one is known to its commune only. One search
    is made for each accuracy that occurs; registers have a handful.

    Returns
    -------
    Series
        Indexed like `sites`, True or False; missing where the site has no position.
    """
    answer = pd.Series(pd.NA, index=sites.index, dtype="boolean")
    known = placed(sites).to_numpy()
    here, there = sites[known], others[placed(others).to_numpy()]
    if not len(here):
        return answer
    least = np.full(len(here), np.inf)
    most = np.full(len(here), np.inf)
    for off, group in there.groupby(accuracy(there)):
        nearest, _at = _tree(group).query(metres_of(here))
        least = np.minimum(least, nearest - float(off))
        most = np.minimum(most, nearest + float(off))
    own = accuracy(here).to_numpy()
    answer[known] = (least - own <= radius_m) & (most + own > radius_m)
    return answer


def around(sites: gpd.GeoDataFrame, others: gpd.GeoDataFrame, radius_m: float) -> NDArray[np.int64]:
    """Return how many other places lie within a radius of each site, itself not counted."""
    here, there = placed(sites).to_numpy(), others[placed(others).to_numpy()]
    counts = np.zeros(len(sites), dtype=np.int64)
    if here.any() and len(there):
        tree = _tree(there)
        near = tree.query_ball_point(metres_of(sites[here]), radius_m, return_length=True)
        counts[here] = near - sites.index[here].isin(there.index)
    return counts


def accuracy(sites: pd.DataFrame) -> pd.Series:
    """Return how far each position may be off in metres; unstated is known to the commune only."""
    return sites["position_accuracy_m"].fillna(float(UNCERTAIN_M))


def _tree(points: gpd.GeoDataFrame) -> "cKDTree":
    from scipy.spatial import cKDTree  # noqa: PLC0415 - a quarter of a second of each start

    return cKDTree(metres_of(points))
