"""Routes: in which order the stops of a day are visited, and how far that is.

Pure. Exact for few stops, improved by exchanges for more, and it says which. Not here: which
sites to visit (``visits``), or how far apart they are (``distances``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.geography import distances
from geodata.register.sites import placed

EXACT = 12
"""Stops up to which the shortest order is found for sure (4,096 sets of stops)."""

_SEGMENT = 3  # stops that change their place together
_GAIN = 1e-6  # metres; less is rounding, not an improvement

Metres = NDArray[np.float64]
Path = NDArray[np.int64]


@dataclass(frozen=True)
class Route:
    """Stops in the order of the visit.

    Attributes
    ----------
    order
        Ids of the stops with a position; the start is among them only where it is itself a stop.
    legs
        Metres to each stop of `order` from the one before it; to the first one from the start,
        0 where there is none.
    home
        Metres from the last stop back to the start, or to the first stop where there is none;
        missing for a route one way.
    unplaced
        Stops without a position, in the order they were given: no distance can be told.
    proven
        Whether no other order is shorter; else it is only the best one found.
    """

    order: tuple[str, ...]
    legs: tuple[float, ...]
    home: float | None
    unplaced: tuple[str, ...]
    proven: bool

    @property
    def total(self) -> float:
        """Metres of all legs together."""
        return sum(self.legs) + (self.home or 0.0)

    @property
    def stops(self) -> tuple[str, ...]:
        """All stops: those in order, then those without a position."""
        return (*self.order, *self.unplaced)


def straight(
    stops: gpd.GeoDataFrame, start: gpd.GeoDataFrame | None = None, *, back: bool = False
) -> Route:
    """Return the shortest order of some stops, straight across the land.

    Parameters
    ----------
    stops : GeoDataFrame
        Points in EPSG:4326 with `lat` and `lon`, indexed by id; those without a position come last.
    start : GeoDataFrame, optional
        One point in EPSG:4326 indexed by its id, which may be that of a stop.
    back : bool
        Whether the day ends where it began.
    """
    here = stops[placed(stops).to_numpy()]
    known = here[["geometry"]]
    if start is not None:
        others = start.loc[~start.index.isin(known.index), ["geometry"]]
        known = gpd.GeoDataFrame(pd.concat([known, others]), crs=known.crs)
    unplaced = tuple(str(stop) for stop in stops.index if stop not in here.index)
    if here.empty:
        return Route((), (), None, unplaced, proven=True)
    first = None if start is None else str(start.index[0])
    return shortest(
        distances.straight(known, known), list(here.index), first, back=back, unplaced=unplaced
    )


def shortest(
    metres: pd.DataFrame,
    stops: Sequence[str],
    start: str | None = None,
    *,
    back: bool = False,
    unplaced: Sequence[str] = (),
) -> Route:
    """Return the shortest order of some stops by given distances.

    Held and Karp's exact method to `EXACT` stops; beyond, nearest neighbours improved by turning
    and moving pieces until nothing gains. The same stops give the same order however listed.

    Parameters
    ----------
    metres : DataFrame
        From each place (row) to each place (column), by id; there and back may differ.
    stops : sequence of str
        Those to be ordered.
    start : str, optional
        Where the day begins; anywhere if not given.
    back : bool
        Whether the day ends where it began.
    unplaced : sequence of str
        Stops that the distances do not know.

    Raises
    ------
    DataError
        If a distance between two places is missing or negative.
    """
    rest = sorted({*stops} - {start})
    if start is None and back and rest:  # a round can begin anywhere
        start, rest = rest[0], rest[1:]
        lead: list[str] = [start]
    else:
        lead = [start] if start is not None and start in stops else []
    steps = _steps(metres, rest, start, back=back)
    exact = len(rest) <= EXACT
    path = _exact(steps) if exact else _improved(steps)
    n = len(rest)
    walk = [n, *path.tolist(), n + 1]
    legs = [float(steps[one, other]) for one, other in pairwise(walk)]
    return Route(
        (*lead, *(rest[at] for at in path)),
        tuple([0.0] * len(lead) + legs[:n]),
        (legs[n] if rest else 0.0) if back else None,
        tuple(unplaced),
        proven=exact,
    )


def _steps(metres: pd.DataFrame, stops: list[str], start: str | None, *, back: bool) -> Metres:
    """Return the metres between stops; last but one the way out, last the way home."""
    n = len(stops)
    places = [*stops, *([] if start is None else [start])]
    table = metres.reindex(index=places, columns=places)
    between = table.to_numpy(dtype=float, copy=True)
    np.fill_diagonal(between, 0.0)
    holes = np.argwhere(~((between >= 0) & np.isfinite(between)))
    if len(holes):
        one, other = holes[0]
        raise DataError(
            _("The distances lack a number from {venue} to {site} (and {n} more).").format(
                venue=places[one], site=places[other], n=len(holes) - 1
            )
        )
    steps = np.zeros((n + 2, n + 2))
    steps[:n, :n] = between[:n, :n]
    if start is not None:
        steps[n, :n] = between[n, :n]
        if back:
            steps[:n, n + 1] = between[:n, n]
    return steps


# --- few stops: exact ------------------------------------------------------------------------


def _exact(steps: Metres) -> Path:
    """Return the shortest path over all stops: for each set of stops and each last of them."""
    n = len(steps) - 2
    if n == 0:
        return np.empty(0, dtype=np.int64)
    between = steps[:n, :n]
    best = np.full((1 << n, n), np.inf)
    before = np.zeros((1 << n, n), dtype=np.int64)
    best[1 << np.arange(n), np.arange(n)] = steps[n, :n]
    for visited in range(1, 1 << n):
        ahead = [stop for stop in range(n) if not visited >> stop & 1]
        if not ahead:
            break
        reach = best[visited][:, None] + between[:, ahead]
        last = reach.argmin(axis=0)
        grown = [visited | 1 << stop for stop in ahead]
        best[grown, ahead] = reach[last, range(len(ahead))]
        before[grown, ahead] = last
    visited = (1 << n) - 1
    path = [int((best[visited] + steps[:n, n + 1]).argmin())]
    while len(path) < n:
        stop = path[-1]
        path.append(int(before[visited, stop]))
        visited ^= 1 << stop
    return np.array(path[::-1], dtype=np.int64)


# --- many stops: improved --------------------------------------------------------------------


def _improved(steps: Metres) -> Path:
    """Return a short path: from the best of all nearest-neighbour walks, until nothing gains."""
    n = len(steps) - 2
    firsts = range(n) if not steps[n].any() else [int(steps[n, :n].argmin())]
    walks = [_nearest(steps, first) for first in firsts]
    walk = min(walks, key=lambda walk: _length(steps, walk))
    while True:
        gain, better = max(
            (_turned(steps, walk), *(_moved(steps, walk, k) for k in range(1, _SEGMENT + 1))),
            key=lambda tour: tour[0],
        )
        if gain <= _GAIN:
            return walk[1:-1]
        walk = better


def _length(steps: Metres, walk: Path) -> float:
    return float(steps[walk[:-1], walk[1:]].sum())


def _nearest(steps: Metres, first: int) -> Path:
    """Return a walk, with way out and way home, that always goes on to the nearest stop."""
    n = len(steps) - 2
    path, left = [first], set(range(n)) - {first}
    while left:
        path.append(min(left, key=lambda stop: (steps[path[-1], stop], stop)))
        left.discard(path[-1])
    return np.array([n, *path, n + 1], dtype=np.int64)


def _turned(steps: Metres, walk: Path) -> tuple[float, Path]:
    """Return the best gain of walking one piece the other way round (2-opt), and the walk."""
    inner = np.arange(1, len(walk) - 1)
    one, other = inner[:, None], inner[None, :]  # first and last of the piece
    there = np.concatenate([[0], np.cumsum(steps[walk[:-1], walk[1:]])])
    turned = np.concatenate([[0], np.cumsum(steps[walk[1:], walk[:-1]])])
    was = there[other + 1] - there[one - 1]
    now = (
        steps[walk[one - 1], walk[other]]
        + (turned[other] - turned[one])
        + steps[walk[one], walk[other + 1]]
    )
    gain = np.where(one < other, was - now, -np.inf)
    i, j = np.unravel_index(gain.argmax(), gain.shape)
    first, last = int(inner[i]), int(inner[j])
    better = walk.copy()
    better[first : last + 1] = walk[first : last + 1][::-1]
    return float(gain[i, j]), better


def _moved(steps: Metres, walk: Path, size: int) -> tuple[float, Path]:
    """Return the best gain of moving a piece elsewhere, either way round (or-opt), and the walk."""
    first = np.arange(1, len(walk) - size)[:, None]
    last = first + size - 1
    at = np.arange(len(walk) - 1)[None, :]  # the piece goes between this place and the next
    head, tail = walk[first], walk[last]
    freed = (
        steps[walk[first - 1], head]
        + steps[tail, walk[last + 1]]
        - steps[walk[first - 1], walk[last + 1]]
    )
    gap = steps[walk[at], walk[at + 1]]
    as_it_is = steps[walk[at], head] + steps[tail, walk[at + 1]] - gap
    outside = (at < first - 1) | (at > last)
    tour = np.where(outside, freed - as_it_is, -np.inf)
    i, k = (int(place) for place in np.unravel_index(tour.argmax(), tour.shape))
    begin, end = int(first[i, 0]), int(last[i, 0])
    piece = walk[begin : end + 1]
    after = k + 1 if k < begin else k + 1 - size
    better = np.insert(np.delete(walk, np.arange(begin, end + 1)), after, piece)
    return float(tour[i, k]), better
