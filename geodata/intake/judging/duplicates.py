"""The same site or event twice: alike in name and place, or in subject, day, kind and organiser.

Pure: pairs in, pairs out, the newer one named first. Not here: what is done with a pair
(``diagnosis``).
"""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from geodata.core.names import fold
from geodata.geography.coordinates import to_vn2000

SAME_M = 300.0
NEAR_M = 1_000.0
SIMILARITY = 90.0  # percent, of folded names
_AT_A_TIME = 200  # rows whose neighbours are compared together: all at once can fill the memory
_ROMAN = re.compile(r"\b(?:[ivx]+|\d+)\b")


class Pair(NamedTuple):
    """Two rows that may be one, and why; the one that would stay comes second.

    ``goes`` and ``stays`` count rows from 0; ``distance_m`` is missing where one has no position.
    """

    goes: int
    stays: int
    exact: bool
    distance_m: float


def sites(rows: pd.DataFrame) -> list[Pair]:
    """Return the pairs of sites that may be one, the strongest reason of each row only.

    Duplicates have the same folded name and kind and lie less than 300 m apart, or in the same
    commune where one has no position. Near-duplicates lie less than 1 km apart under names
    that are 90 % alike; names that differ in a number are not.

    Parameters
    ----------
    rows : DataFrame
        ``id``, ``kind``, ``name_vi``, ``commune_2025`` as text, ``lat``, ``lon`` (degrees in
        EPSG:4326) and ``known`` (is it in the register already?). Pairs of known ones are left
        alone: somebody has judged them.

    Returns
    -------
    list of Pair
        By row; a row of the register stays, else the one whose id or name comes first.
    """
    table = rows.reset_index(drop=True)
    table["name"] = _folded(table["name_vi"])
    # What stays does not depend on the order of the rows.
    keys = ["known", "id", "name", "lat", "lon"]
    ordered = table.sort_values(
        keys, ascending=[False, *[True] * 4], kind="stable", na_position="last"
    )
    rank = np.empty(len(table), dtype=np.int64)
    rank[ordered.index.to_numpy()] = np.arange(len(table))
    known = table["known"].to_numpy(dtype=bool)
    grid = to_vn2000(table["lon"].to_numpy(dtype=float), table["lat"].to_numpy(dtype=float))
    east, north = np.asarray(grid.east_y), np.asarray(grid.north_x)
    one, other = _alike_here(table, east, north, ~known)
    away = np.hypot(east[one] - east[other], north[one] - north[other])
    turned = rank[one] < rank[other]
    goes, stays = np.where(turned, other, one), np.where(turned, one, other)
    names, kinds = table["name"].to_numpy(), table["kind"].fillna("").to_numpy()
    same = (names[goes] == names[stays]) & (kinds[goes] == kinds[stays])
    exact = same & ~(away > SAME_M)
    pairs = [
        Pair(int(g), int(s), bool(e), float(d))
        for g, s, e, d in zip(goes, stays, exact, away, strict=True)
    ]
    pairs.sort(key=lambda pair: (pair.goes, not pair.exact, rank[pair.stays]))
    return list({pair.goes: pair for pair in reversed(pairs)}.values())[::-1]


def _folded(names: pd.Series) -> pd.Series:
    """Return names folded, each different one once; blank ones as empty text."""
    known = {name: fold(name) for name in names.dropna().unique()}
    return names.map(known).astype(object).fillna("")


def _alike_here(
    table: pd.DataFrame,
    east: NDArray[np.float64],
    north: NDArray[np.float64],
    new: NDArray[np.bool_],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs, at least one of them new, near each other and of names much alike."""
    names = table["name"].to_numpy(dtype=object)
    placed = np.isfinite(east) & np.isfinite(north) & (names != "")
    at = placed.nonzero()[0]
    asked = (placed & new).nonzero()[0]
    tree = shapely.STRtree(shapely.points(east[at], north[at]))
    pairs = [_same_commune(table, ~placed, new)]
    for start in range(0, len(asked), _AT_A_TIME):
        some = asked[start : start + _AT_A_TIME]
        points = shapely.points(east[some], north[some])
        left, right = tree.query(points, predicate="dwithin", distance=NEAR_M)
        one, other = some[left], at[right]
        once = (one < other) | ((one > other) & ~new[other])
        pairs.append(_alike(names, one[once], other[once]))
    return np.concatenate([one for one, _o in pairs]), np.concatenate([o for _one, o in pairs])


def _alike(
    names: NDArray[np.object_], one: NDArray[np.int64], other: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs whose names are much alike."""
    if not len(one):
        return one, other
    alike = process.cpdist(names[one], names[other], scorer=fuzz.ratio, score_cutoff=SIMILARITY)
    close = (alike >= SIMILARITY).nonzero()[0]
    close = np.array([i for i in close if _numbered_alike(names[one[i]], names[other[i]])], int)
    return one[close], other[close]


def _numbered_alike(one: str, other: str) -> bool:
    """Say whether two names hold the same numbers: phase 1 and phase 2 are two sites."""
    return _ROMAN.findall(one) == _ROMAN.findall(other)


def _same_commune(
    table: pd.DataFrame, unplaced: NDArray[np.bool_], new: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of one name, kind and commune of which one has no position."""
    keys = ["name", "kind", "commune_2025"]
    rows = table[keys].assign(at=np.arange(len(table)), unplaced=unplaced, new=new)
    rows = rows[rows[keys].notna().all(axis=1) & (rows["name"] != "")]
    both = rows.merge(rows, on=keys, suffixes=("", "_other"))
    counts = (
        (both["at"] < both["at_other"])
        & (both["unplaced"] | both["unplaced_other"])
        & (both["new"] | both["new_other"])
    )
    kept = both[counts]
    return kept["at"].to_numpy(dtype=np.int64), kept["at_other"].to_numpy(dtype=np.int64)


def events(rows: pd.DataFrame) -> list[Pair]:
    """Return the pairs of records that are probably one event.

    Parameters
    ----------
    rows : DataFrame
        ``id``, ``subject``, ``event_date``, ``kind``, ``organiser``, ``supersedes`` as text and
        ``known``. Undated records are left alone, and those that replace one another.

    Returns
    -------
    list of Pair
        By row, each with the first record it repeats.
    """
    table = rows.reset_index(drop=True)
    table = table.assign(at=np.arange(len(table)), organiser=_folded(table["organiser"]))
    table = table[table[["subject", "event_date", "kind"]].notna().all(axis=1)]
    order = ["known", "id", "at"]
    table = table.sort_values(order, ascending=[False, True, True], kind="stable")
    groups = table.groupby(["subject", "event_date", "kind", "organiser"], sort=False)
    first = groups["at"].transform("first")
    replaced = set(rows["supersedes"].dropna())
    ids = rows["id"].to_numpy(dtype=object)
    pairs = [
        Pair(int(goes), int(stays), exact=True, distance_m=np.nan)
        for goes, stays, known, successor in zip(
            table["at"], first, table["known"], table["supersedes"].notna(), strict=True
        )
        if goes != stays and not known and not successor and ids[goes] not in replaced
    ]
    return sorted(pairs)
