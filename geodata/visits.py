"""The next visits: which few venues bring outreach to most of the sites that still need it.

A maximal covering problem, solved exactly. Pure. Not here: which sites need a visit
(``coverage``), in which order a day's stops are driven (``routes``), or screens.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp

from geodata import reduction
from geodata.errors import DataError
from geodata.text import _

PATIENCE = (1.0, 4.0, 16.0, 60.0)
"""Seconds the solver may take, one try after another, until the optimum is proven."""

_OPTIMAL = 0
_WHOLE = 1e-6  # how far from a whole number the solver's answer may be


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


@dataclass(frozen=True)
class Pick:
    """One chosen venue: what it adds to those before it, and what it reaches by itself."""

    venue: str
    locked: bool
    gain: int
    alone: int
    adds: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """Venues chosen for a problem.

    Attributes
    ----------
    picks : tuple of Pick
        Locked ones first, then by what each adds.
    covered : int
        The weight of all sites that the visits take.
    bound : int
        No choice of as many venues covers more; equal to `covered` where that is proven best.
    """

    picks: tuple[Pick, ...]
    covered: int
    bound: int
    sites: tuple[str, ...] = field(default=())

    @property
    def proven(self) -> bool:
        """Whether no better choice exists."""
        return self.covered >= self.bound

    @property
    def venues(self) -> tuple[str, ...]:
        """The ids of the chosen venues."""
        return tuple(pick.venue for pick in self.picks)


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


# --- choosing ------------------------------------------------------------------------------


def best(problem: Problem, count: int) -> Choice:
    """Return the best choice of some venues; see `improving` for one that takes long.

    Raises
    ------
    DataError
        If the choice cannot be made; the sentence says why.
    """
    *_earlier, last = improving(problem, count)
    return last


def improving(
    problem: Problem, count: int, patience: Sequence[float] = PATIENCE
) -> Iterator[Choice]:
    """Give better and better choices; the last one is the best, or the best found in time.

    Parameters
    ----------
    problem : Problem
        What is to be covered.
    count : int
        How many venues are chosen, the locked ones among them.
    patience : sequence of float
        Seconds for one try after another.

    Raises
    ------
    DataError
        If there are fewer venues than asked for, more locked than asked for, or no site.
    """
    _require_solvable(problem, count)
    yield from _improving(problem, _Model(problem), count, patience)


def _improving(
    problem: Problem, model: "_Model", count: int, patience: Sequence[float]
) -> Iterator[Choice]:
    """Give better and better choices of a problem that can be solved."""
    bound = model.relaxed(count)
    found = _told(problem, _greedy(problem, count), bound)
    yield found
    for seconds in () if found.proven else patience:
        chosen, proven = model.solved(count, seconds)
        bound = min(bound, proven)
        if chosen is not None:
            better = _told(problem, chosen, bound)
            found = better if better.covered >= found.covered else found
        found = replace(found, bound=max(found.covered, bound))
        yield found
        if found.proven:
            return


def least(problem: Problem, needed: int, seconds: float = PATIENCE[-1]) -> Choice | None:
    """Return the fewest venues that cover some weight; None where none were found that do.

    It is `proven` that fewer cannot, unless the time was too short.

    Raises
    ------
    DataError
        If there is no site or no venue.
    """
    _require_solvable(problem, max(1, len(problem.locked)))
    chosen, proven = _Model(problem).fewest(needed, seconds)
    if chosen is None:
        return None
    found = _told(problem, chosen, 0)
    return replace(found, bound=found.covered + (0 if proven else 1))


def curve(problem: Problem, most: int, patience: Sequence[float] = PATIENCE) -> pd.DataFrame:
    """Return how much more each further venue brings: `count`, `covered`, `bound`.

    It ends where all that can be reached is covered; `patience` is that of `improving`.

    Raises
    ------
    DataError
        If there is no site or no venue.
    """
    rows = [
        {"count": count, "covered": found.covered, "bound": found.bound}
        for count, found in growing(problem, most, patience)
    ]
    return pd.DataFrame(rows, columns=["count", "covered", "bound"])


def growing(
    problem: Problem, most: int, patience: Sequence[float] = PATIENCE
) -> Iterator[tuple[int, Choice]]:
    """Give the best choice of each number of venues, one by one, as `curve` tells it."""
    first = max(1, len(problem.locked))
    _require_solvable(problem, first)
    model = _Model(problem)
    for count in range(first, min(most, int(problem.free.sum())) + 1):
        *_earlier, found = _improving(problem, model, count, patience)
        yield count, found
        if found.covered == reachable(problem) and problem.capacity is None:
            return


def instead(
    problem: Problem, chosen: Choice, venue: str, patience: Sequence[float] = PATIENCE
) -> Choice:
    """Return the best choice that has a venue in it: what it costs to insist on it.

    Raises
    ------
    DataError
        If the venue is avoided or all places are locked.
    """
    locked = problem.locked | {venue}
    insisting = replace(problem, locked=locked)
    *_earlier, last = improving(insisting, max(len(chosen.picks), len(locked)), patience)
    return last


def reachable(problem: Problem) -> int:
    """Return the weight of all sites that some venue reaches, whatever a visit can hold."""
    seen = problem.reach[problem.free].sum(axis=0) > 0
    return int(problem.weights[np.asarray(seen)].sum())


def _require_solvable(problem: Problem, count: int) -> None:
    free = int(problem.free.sum())
    if not len(problem.sites):
        raise DataError(_("There is no site that needs a visit; nothing has to be chosen."))
    if unknown := sorted((problem.locked | problem.avoided) - set(problem.venues)):
        raise DataError(_("There is no venue {venue} among those given.").format(venue=unknown[0]))
    if both := sorted(problem.locked & problem.avoided):
        sentence = _("{venue} cannot be both kept and left out.")
        raise DataError(sentence.format(venue=both[0]))
    if count > free:
        raise DataError(
            _("{n} venues are asked for, but only {free} may be chosen.").format(n=count, free=free)
        )
    if count < max(1, len(problem.locked)):
        raise DataError(
            _("Fewer venues are asked for ({n}) than are kept ({locked}).").format(
                n=count, locked=len(problem.locked)
            )
        )


# --- the solver ----------------------------------------------------------------------------


class _Model:
    """The problem as the solver takes it: a variable a venue, and one a group of sites.

    Sites that the same venues reach are one group, of which as many are taken as visits can
    hold; with a capacity there is a variable for each venue and group it reaches.
    """

    def __init__(self, problem: Problem) -> None:
        locked = np.asarray(problem.venues.isin(list(problem.locked)))
        self._all = len(problem.venues)
        kept = np.flatnonzero(locked | _worth(problem, locked))
        self._kept = kept if len(kept) else np.flatnonzero(problem.free)[:1]
        self._locked = locked[self._kept]
        columns = sparse.csc_array(problem.reach[self._kept], dtype=float)
        columns.sort_indices()
        # With a capacity, sites of one group must count alike to share one.
        codes = reduction.grouped(columns, None if problem.capacity is None else problem.weights)
        firsts = np.unique(codes, return_index=True)[1]
        self._reach = sparse.csc_array(columns[:, firsts])
        self._sizes = np.bincount(codes, minlength=len(firsts))
        self._weights = np.bincount(codes, problem.weights, len(firsts))
        self._capacity = problem.capacity
        self._build()

    def _build(self) -> None:
        """Make objective, constraints and bounds."""
        venues, groups = self._reach.shape
        free = np.ones(venues)
        gains: NDArray[np.float64] = self._weights.astype(float)
        if self._capacity is None:
            link = sparse.hstack([-sparse.csr_array(self._reach.T), sparse.eye_array(groups)])
            rows = [LinearConstraint(link, -np.inf, 0)]
            upper = np.concatenate([free, np.ones(groups)])
        else:
            rows, gains, upper = self._assigning(self._capacity)
        size = venues + len(gains)
        self._gains = np.concatenate([np.zeros(venues), gains])
        self._bounds = Bounds(np.pad(self._locked.astype(float), (0, size - venues)), upper)
        self._whole = np.concatenate([np.ones(venues), np.zeros(size - venues)])
        self._rows = rows

    def _assigning(
        self, capacity: int
    ) -> tuple[list[LinearConstraint], NDArray[np.float64], NDArray[np.float64]]:
        """Return constraints, gains and upper bounds where a visit holds so many sites."""
        pairs = self._reach.tocoo()
        venues, groups = self._reach.shape
        many, at = len(pairs.row), np.arange(len(pairs.row))
        sizes = self._sizes.astype(float)
        taken = sparse.csr_array((np.ones(many), (pairs.row, at)), shape=(venues, many))
        held = sparse.hstack([-capacity * sparse.eye_array(venues), taken])
        share = np.minimum(sizes[pairs.col], float(capacity))
        opened = sparse.csr_array((-share, (at, pairs.row)), shape=(many, venues))
        linked = sparse.hstack([opened, sparse.eye_array(many)])
        once = sparse.csr_array((np.ones(many), (pairs.col, at)), shape=(groups, many))
        once = sparse.hstack([sparse.csr_array((groups, venues)), once])
        rows = [
            LinearConstraint(held, -np.inf, 0),
            LinearConstraint(linked, -np.inf, 0),
            LinearConstraint(once, -np.inf, sizes),
        ]
        each = self._weights / np.maximum(sizes, 1)
        return rows, each[pairs.col], np.concatenate([np.ones(venues), share])

    def relaxed(self, count: int) -> int:
        """Return what no choice can exceed: the optimum if venues could be chosen in part."""
        answer = self._run(count, whole=False, seconds=PATIENCE[-1])
        if answer.x is None:
            return int(self._weights.sum())
        return int(np.floor(-answer.fun + _WHOLE * max(1.0, abs(answer.fun))))

    def solved(self, count: int, seconds: float) -> tuple[NDArray[np.bool_] | None, int]:
        """Return the venues the solver chooses, and what it has proven cannot be exceeded."""
        answer = self._run(count, whole=True, seconds=seconds)
        dual = getattr(answer, "mip_dual_bound", None)
        total = int(self._weights.sum())
        bound = total if dual is None or not np.isfinite(dual) else int(np.floor(-dual + 1e-4))
        if answer.x is None:
            return None, bound
        chosen = self._chosen(answer.x)
        if answer.status == _OPTIMAL:
            bound = min(bound, round(-answer.fun))
        return chosen, bound

    def fewest(self, needed: int, seconds: float) -> tuple[NDArray[np.bool_] | None, bool]:
        """Return the smallest set of venues found that covers so much, and if it is proven."""
        enough = LinearConstraint(self._gains, needed - _WHOLE, np.inf)
        answer = milp(
            self._whole,
            constraints=[*self._rows, enough],
            bounds=self._bounds,
            integrality=self._whole,
            options={"time_limit": seconds, "mip_rel_gap": 0},
        )
        chosen = None if answer.x is None else self._chosen(answer.x)
        return chosen, answer.status == _OPTIMAL

    def _chosen(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which of all venues the solver's answer has."""
        chosen = np.zeros(self._all, dtype=bool)
        chosen[self._kept] = values[: len(self._kept)] > 1 - 0.5
        return chosen

    def _run(self, count: int, *, whole: bool, seconds: float) -> Any:
        chosen = LinearConstraint(self._whole, -np.inf, count)
        return milp(
            -self._gains,
            constraints=[*self._rows, chosen],
            bounds=self._bounds,
            integrality=self._whole if whole else np.zeros_like(self._whole),
            options={"time_limit": seconds, "mip_rel_gap": 0},
        )


def _worth(problem: Problem, locked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the free venues that the solver has to look at."""
    if problem.capacity is not None:
        return np.asarray(problem.free & (np.diff(problem.reach.indptr) > 0))
    left = (problem.weights > 0) & ~_covered(problem, locked)
    return reduction.needed(sparse.csr_array(problem.reach[:, left]), problem.free & ~locked)


# --- telling -------------------------------------------------------------------------------


def _greedy(problem: Problem, count: int) -> NDArray[np.bool_]:
    """Return a good choice at once: always the venue that adds most."""
    chosen = np.asarray(problem.venues.isin(list(problem.locked)))
    open_ = problem.free & ~chosen
    while chosen.sum() < count and open_.any():
        left = problem.weights * ~_covered(problem, chosen)
        gains = problem.reach.astype(int) @ left
        if problem.capacity is not None:
            gains = np.minimum(gains, problem.capacity * problem.weights.max())
        at = int(np.argmax(np.where(open_, gains, -1)))
        if gains[at] == 0:
            break
        chosen[at], open_[at] = True, False
    return chosen


def _covered(problem: Problem, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which sites the chosen venues reach, whatever a visit can hold."""
    return np.asarray(problem.reach[chosen].sum(axis=0) > 0)


def _settled(problem: Problem, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return an equally good choice that does not depend on the solver's taste.

    Venue by venue it is given up for the first in the problem's order that covers no less in
    its place, until none is; a venue that adds nothing is left out.
    """
    locked = np.asarray(problem.venues.isin(list(problem.locked)))
    if problem.capacity is not None:
        return chosen
    chosen, changed = chosen.copy(), True
    while changed:
        changed = False
        for at in np.flatnonzero(chosen & ~locked)[::-1]:
            chosen[at] = False
            gains = problem.reach @ (problem.weights * ~_covered(problem, chosen))
            if not gains[at]:
                continue
            first = int(np.argmax(problem.free & ~chosen & (gains >= gains[at])))
            chosen[first] = True
            changed |= first != at
    return chosen


def _told(problem: Problem, chosen: NDArray[np.bool_], bound: int) -> Choice:
    """Return a choice in the order of what each venue adds, and the sites it takes."""
    chosen = _settled(problem, chosen)
    taker = _assigned(problem, chosen)
    taken = taker >= 0
    locked = problem.venues.isin(list(problem.locked))
    seen, picks, rest = (
        np.zeros(len(problem.sites), dtype=bool),
        [],
        np.flatnonzero(chosen).tolist(),
    )
    while rest:
        gains = {at: int(problem.weights[_adds(problem, at, taker, seen)].sum()) for at in rest}
        at = max(rest, key=lambda venue: (locked[venue], gains[venue], -venue))
        rest.remove(at)
        adds = _adds(problem, at, taker, seen)
        seen |= adds
        alone = int(problem.weights[problem.reach[[at]].toarray()[0]].sum())
        name, ids = str(problem.venues[at]), tuple(map(str, problem.sites[adds]))
        picks.append(Pick(name, bool(locked[at]), gains[at], alone, ids))
    covered = int(problem.weights[taken].sum())
    return Choice(tuple(picks), covered, max(covered, bound), tuple(problem.sites[taken]))


def _adds(
    problem: Problem, at: int, taker: NDArray[np.int64], seen: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return the sites a venue adds to those seen: with a capacity those it takes itself."""
    if problem.capacity is not None:
        return np.asarray(taker == at)
    return np.asarray(problem.reach[[at]].toarray()[0] & ~seen)


def _assigned(problem: Problem, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each site the venue that takes it, -1 for none: together as much as they can."""
    places = np.flatnonzero(chosen)
    taker = np.full(len(problem.sites), -1)
    if problem.capacity is None:
        for at in places[::-1]:
            taker[problem.reach[[at]].toarray()[0]] = at
        return taker
    seats = np.repeat(places, np.minimum(problem.capacity, len(problem.sites)))
    worth = problem.reach[seats].toarray() * problem.weights
    rows, columns = linear_sum_assignment(worth, maximize=True)
    good = worth[rows, columns] > 0
    taker[columns[good]] = seats[rows[good]]
    return taker
