"""The solver: a covering problem as a mixed-integer program for HiGHS.

Pure. Not here: the problem (``covering``), or choosing step by step and telling (``visits``).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from geodata.planning import reduction
from geodata.planning.covering import Problem, covered

LONGEST_S = 60.0
"""Seconds that a question may take whose answer is only a bound."""

_OPTIMAL = 0
_WHOLE = 1e-6  # how far from a whole number the solver's answer may be


class Model:
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
        answer = self._run(count, whole=False, seconds=LONGEST_S)
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
    left = (problem.weights > 0) & ~covered(problem, locked)
    return reduction.needed(sparse.csr_array(problem.reach[:, left]), problem.free & ~locked)
