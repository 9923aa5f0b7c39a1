"""Why these visits: sentences about each pick, the whole choice, and what was not chosen.

Pure. Not here: choosing (``visits``), or how the sentences are laid out.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from geodata.core.text import _, number
from geodata.planning import visits
from geodata.planning.scenario import Prepared
from geodata.planning.visits import Pick, Solution
from geodata.reading.labels import kind_label

_KM = 1000


class SideBySide(NamedTuple):
    """Two choices side by side: venues in both, in one only, and what both or one cover."""

    shared: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    sites_shared: int
    sites_first: int
    sites_second: int


def compared(one: Solution, other: Solution) -> SideBySide:
    """Return what two choices have in common and what only one of them has."""
    here, there = set(one.sites), set(other.sites)
    return SideBySide(
        tuple(v for v in one.venues if v in other.venues),
        tuple(v for v in one.venues if v not in other.venues),
        tuple(v for v in other.venues if v not in one.venues),
        len(here & there),
        len(here - there),
        len(there - here),
    )


def of_pick(prepared: Prepared, pick: Pick, axis: str) -> str:
    """Return the reason of a pick: what it adds to those before it."""
    adds = list(pick.adds)
    if not adds:
        return _("Adds nothing to the venues before it.")
    listed = _kinds(prepared.sites.loc[adds, "kind"])
    sentences = {
        "outreach": _("Adds {n:site|sites} not yet reached: {kinds}"),
        "compliance": _("Adds {n:site|sites} without verified compliance: {kinds}"),
    }
    sentence = sentences[axis].format(n=number(len(adds)), kinds=listed)
    if unsure := _unsure(prepared, pick):
        off = max(
            prepared.sites.loc[unsure, "accuracy_m"].max(),
            prepared.venues["accuracy_m"][pick.venue],
        )
        sentence += "; " + _("{n} depend on positions known to ±{off}").format(
            n=number(len(unsure)), off=length(off)
        )
    return sentence + "."


def _kinds(kinds: pd.Series) -> str:
    counts = kinds.value_counts()
    return ", ".join(f"{number(int(n))} {kind_label(str(k)).lower()}" for k, n in counts.items())


def length(metres: float) -> str:
    """Return a length as people say it: metres, or kilometres from one on."""
    if metres < _KM:
        return f"{number(round(metres))} m"
    return f"{number(metres / _KM, 0 if metres % _KM == 0 else 1)} km"


def _unsure(prepared: Prepared, pick: Pick) -> list[str]:
    """Return the sites a pick adds only if their positions, or its own, are as recorded."""
    at = prepared.problem.venues.get_loc(pick.venue)
    sure = set(prepared.problem.sites[prepared.sure[[at]].toarray()[0]])
    return [site for site in pick.adds if site not in sure]


def certain(prepared: Prepared, choice: Solution) -> int:
    """Return how many of the sites covered are so wherever they really are."""
    chosen = prepared.problem.venues.isin(list(choice.venues))
    sure = np.asarray(prepared.sure[chosen].sum(axis=0) > 0)
    return int(prepared.problem.sites[sure].isin(list(choice.sites)).sum())


def of_choice(prepared: Prepared, choice: Solution) -> str:
    """Return how much a choice covers, and how sure that is."""
    return f"{covered(prepared, choice)}; {how_sure(prepared, choice)}"


def covered(prepared: Prepared, choice: Solution) -> str:
    """Return how much a choice covers, in a few words."""
    return _("{venues:venue covers|venues cover} {n} of {open:open site|open sites}").format(
        venues=number(len(choice.picks)),
        n=number(len(choice.sites)),
        open=number(len(prepared.sites)),
    )


def how_sure(prepared: Prepared, choice: Solution) -> str:
    """Return what goes on the same sentence: how much of that is sure, and what else is known."""
    sure = number(certain(prepared, choice))
    sentence = _("{sure} of them wherever they really are.").format(sure=sure)
    if prepared.weighted:
        sentence += " " + _("Weighted: {n} of {all} points.").format(
            n=number(choice.covered), all=number(int(prepared.problem.weights.sum()))
        )
    if len(choice.picks) < prepared.scenario.count:
        sentence += " " + _("More venues would add nothing.")
    return sentence


def of_proof(prepared: Prepared, choice: Solution) -> str:
    """Return how good a choice is proven to be."""
    if choice.proven:
        return _("Proven: no other choice of as many venues covers more.")
    gap = number(choice.bound - choice.covered)
    if prepared.weighted:
        sentence = _("The best found so far; proven to be at most {gap} points below the optimum.")
    else:
        sentence = _("The best found so far; proven to be at most {gap} sites below the optimum.")
    return sentence.format(gap=gap)


def of_smallest(needed: int, choice: Solution | None, most: int) -> str:
    """Return the smallest number of venues with which a target is met.

    `needed` more sites meet the target; `most` of them lie within reach of any venue.
    """
    if needed == 0:
        return _("The target is already met.")
    if choice is None:
        return _(
            "The target needs {needed} more sites; all venues together reach only {most} of them."
        ).format(needed=number(needed), most=number(most))
    words = {"n": number(len(choice.picks)), "needed": number(needed)}
    if not choice.proven:
        return _(
            "{n} venues reach the {needed} sites the target lacks; fewer might do (not proven)."
        ).format(**words)
    return _(
        "{n} venues are enough for the {needed} sites the target lacks; fewer are not (proven)."
    ).format(**words)


def why_not(
    prepared: Prepared, choice: Solution, venue: str, patience: Sequence[float] = visits.PATIENCE
) -> str:
    """Return why a venue was not chosen, and what it would cost to insist on it.

    Raises
    ------
    DataError
        If there is no such venue.
    """
    problem = prepared.problem
    if picked := next((pick for pick in choice.picks if pick.venue == venue), None):
        return _("It is chosen: it adds {n}.").format(n=number(picked.gain))
    if venue in problem.avoided:
        return _("It was left out at your request.")
    alone, new = _reached(prepared, choice, venue)
    if not alone or (problem.capacity is None and not new):
        return _("It adds nothing: of {n} open sites in its reach all are covered.").format(
            n=number(alone)
        )
    if len(problem.locked) >= len(choice.picks):
        return _("All places are taken by venues you keep; it would add {n}.").format(n=number(new))
    other = visits.instead(problem, choice, venue, patience)
    given_up = [name(prepared, v) for v in choice.venues if v not in other.venues]
    words = {
        "n": number(alone),
        "lost": number(choice.covered - other.covered),
        "others": ", ".join(given_up) or "–",
        "covered": number(other.covered),
    }
    if other.covered >= choice.covered:
        return _(
            "It would do as well: with it in place of {others}, {covered} are covered too."
        ).format(**words)
    return _(
        "It reaches {n} open sites; in place of {others} it would cost {lost}: {covered} covered."
    ).format(**words)


def _reached(prepared: Prepared, choice: Solution, venue: str) -> tuple[int, int]:
    """Return how many sites a venue reaches, and how many of them the choice leaves open."""
    problem = prepared.problem
    row = problem.reach[[int(np.flatnonzero(problem.venues == venue)[0])]].toarray()[0]
    own = problem.sites[row]
    return len(own), int((~own.isin(list(choice.sites))).sum())


def name(prepared: Prepared, venue: str) -> str:
    """Return what a venue is called."""
    return str(prepared.venues["name"][venue])
