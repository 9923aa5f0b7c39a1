"""The next visits: which few venues bring outreach to most of the sites that still need it.

A maximal covering problem, solved exactly. Pure. Not here: which sites need a visit
(``coverage``), in which order a day's stops are driven (``routes``), or screens.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.planning.covering import Problem, covered, reachable
from geodata.planning.solver import Model

PATIENCE = (1.0, 4.0, 16.0, 60.0)
"""Seconds the solver may take, one try after another, until the optimum is proven."""


@dataclass(frozen=True)
class Pick:
    """One chosen venue: what it adds to those before it, and what it reaches by itself."""

    venue: str
    locked: bool
    gain: int
    alone: int
    adds: tuple[str, ...]


@dataclass(frozen=True)
class Solution:
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


# --- choosing ------------------------------------------------------------------------------


def best(problem: Problem, count: int) -> Solution:
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
) -> Iterator[Solution]:
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
    yield from _improving(problem, Model(problem), count, patience)


def _improving(
    problem: Problem, model: Model, count: int, patience: Sequence[float]
) -> Iterator[Solution]:
    """Give better and better choices of a problem that can be solved."""
    bound = model.relaxed(count)
    choice = _choice(problem, _greedy(problem, count), bound)
    yield choice
    for seconds in () if choice.proven else patience:
        chosen, proven = model.solved(count, seconds)
        bound = min(bound, proven)
        if chosen is not None:
            better = _choice(problem, chosen, bound)
            choice = better if better.covered >= choice.covered else choice
        choice = replace(choice, bound=max(choice.covered, bound))
        yield choice
        if choice.proven:
            return


def least(problem: Problem, needed: int, seconds: float = PATIENCE[-1]) -> Solution | None:
    """Return the fewest venues that cover some weight; None where none were found that do.

    It is `proven` that fewer cannot, unless the time was too short.

    Raises
    ------
    DataError
        If there is no site or no venue.
    """
    _require_solvable(problem, max(1, len(problem.locked)))
    chosen, proven = Model(problem).fewest(needed, seconds)
    if chosen is None:
        return None
    choice = _choice(problem, chosen, 0)
    return replace(choice, bound=choice.covered + (0 if proven else 1))


def curve(problem: Problem, most: int, patience: Sequence[float] = PATIENCE) -> pd.DataFrame:
    """Return how much more each further venue brings: `count`, `covered`, `bound`.

    It ends where all that can be reached is covered; `patience` is that of `improving`.

    Raises
    ------
    DataError
        If there is no site or no venue.
    """
    rows = [
        {"count": count, "covered": choice.covered, "bound": choice.bound}
        for count, choice in growing(problem, most, patience)
    ]
    return pd.DataFrame(rows, columns=["count", "covered", "bound"])


def growing(
    problem: Problem, most: int, patience: Sequence[float] = PATIENCE
) -> Iterator[tuple[int, Solution]]:
    """Give the best choice of each number of venues, one by one, as `curve` tells it."""
    first = max(1, len(problem.locked))
    _require_solvable(problem, first)
    model = Model(problem)
    for count in range(first, min(most, int(problem.free.sum())) + 1):
        *_earlier, choice = _improving(problem, model, count, patience)
        yield count, choice
        if choice.covered == reachable(problem) and problem.capacity is None:
            return


def instead(
    problem: Problem, chosen: Solution, venue: str, patience: Sequence[float] = PATIENCE
) -> Solution:
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


# --- telling -------------------------------------------------------------------------------


def _greedy(problem: Problem, count: int) -> NDArray[np.bool_]:
    """Return a good choice at once: always the venue that adds most."""
    chosen = np.asarray(problem.venues.isin(list(problem.locked)))
    open_ = problem.free & ~chosen
    while chosen.sum() < count and open_.any():
        left = problem.weights * ~covered(problem, chosen)
        gains = problem.reach.astype(int) @ left
        if problem.capacity is not None:
            gains = np.minimum(gains, problem.capacity * problem.weights.max())
        at = int(np.argmax(np.where(open_, gains, -1)))
        if gains[at] == 0:
            break
        chosen[at], open_[at] = True, False
    return chosen


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
            gains = problem.reach @ (problem.weights * ~covered(problem, chosen))
            if not gains[at]:
                continue
            first = int(np.argmax(problem.free & ~chosen & (gains >= gains[at])))
            chosen[first] = True
            changed |= first != at
    return chosen


def _choice(problem: Problem, chosen: NDArray[np.bool_], bound: int) -> Solution:
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
    return Solution(tuple(picks), covered, max(covered, bound), tuple(problem.sites[taken]))


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
