"""The next visits: as good as trying every choice, and honest where that is not proven."""

from itertools import combinations, product

import numpy as np
import pandas as pd
import pulp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from geodata.core.errors import DataError
from geodata.planning import covering, visits
from tests.examples import examples


def problem(reach, weights=None, **more):
    reach = np.asarray(reach, dtype=bool)
    venues = pd.Index([f"V{i}" for i in range(reach.shape[0])])
    sites = pd.Index([f"S{i}" for i in range(reach.shape[1])])
    weights = np.ones(len(sites), dtype=int) if weights is None else np.asarray(weights)
    return covering.Problem(venues, sites, sparse.csr_array(reach), weights, **more)


def worth(of, chosen):
    """What a choice covers, found by trying every way to take the sites."""
    reach = of.reach.toarray()
    if of.capacity is None:
        return int(of.weights[reach[list(chosen)].any(axis=0)].sum())
    best = 0
    for takers in product([-1, *chosen], repeat=len(of.sites)):
        fits = all(v < 0 or reach[v, s] for s, v in enumerate(takers))
        held = all(takers.count(v) <= of.capacity for v in chosen)
        if fits and held:
            best = max(best, sum(of.weights[s] for s, v in enumerate(takers) if v >= 0))
    return best


def choices(of, count):
    locked = [i for i, v in enumerate(of.venues) if v in of.locked]
    rest = [i for i, v in enumerate(of.venues) if v not in of.avoided and i not in locked]
    for more in combinations(rest, min(count - len(locked), len(rest))):
        yield (*locked, *more)


@st.composite
def problems(draw, most_sites=6):
    venues, sites = draw(st.integers(1, 5)), draw(st.integers(1, most_sites))
    row = st.lists(st.booleans(), min_size=sites, max_size=sites)
    reach = draw(st.lists(row, min_size=venues, max_size=venues))
    weights = draw(st.lists(st.integers(1, 4), min_size=sites, max_size=sites))
    names = [f"V{i}" for i in range(venues)]
    avoided = frozenset(draw(st.sets(st.sampled_from(names), max_size=venues - 1)))
    free = [name for name in names if name not in avoided]
    locked = frozenset(draw(st.sets(st.sampled_from(free), max_size=len(free))))
    capacity = draw(st.none() | st.integers(1, 3))
    of = problem(reach, weights, avoided=avoided, locked=locked, capacity=capacity)
    return of, draw(st.integers(max(1, len(locked)), len(free)))


@examples(80)
@given(problems(most_sites=5))
def test_no_other_choice_covers_more(given_problem):
    of, count = given_problem
    found = visits.best(of, count)
    assert found.proven
    assert found.covered == max(worth(of, chosen) for chosen in choices(of, count))
    assert of.locked <= set(found.venues)
    assert not of.avoided & set(found.venues)
    assert len(found.picks) <= count


@examples(60)
@given(problems())
def test_what_the_picks_add_is_what_all_cover(given_problem):
    of, count = given_problem
    found = visits.best(of, count)
    added = [site for pick in found.picks for site in pick.adds]
    assert sorted(added) == sorted(found.sites)
    assert sum(pick.gain for pick in found.picks) == found.covered
    assert all(pick.gain <= pick.alone for pick in found.picks)
    if of.capacity is not None:
        assert all(len(pick.adds) <= of.capacity for pick in found.picks)


@examples(60)
@given(problems(most_sites=5), st.integers(1, 12))
def test_fewer_venues_do_not_reach_the_target(given_problem, needed):
    of, _count = given_problem
    found = visits.least(of, needed)
    free = range(max(1, len(of.locked)), int(of.free.sum()) + 1)
    enough = [n for n in free if any(worth(of, c) >= needed for c in choices(of, n))]
    if found is None:
        assert not enough
    else:
        assert found.covered >= needed
        assert max(1, len(found.picks)) == enough[0]


def test_each_further_venue_brings_no_less():
    rng = np.random.default_rng(3)
    of = problem(rng.random((12, 40)) < 0.15)
    table = visits.curve(of, 12)
    assert (table["covered"] == table["bound"]).all()
    assert table["covered"].is_monotonic_increasing


@pytest.mark.parametrize("seed", range(4))
def test_the_optimum_is_that_of_pysal(seed):
    from spopt.locate import MCLP  # it brings half of PySAL, for this test alone

    rng = np.random.default_rng(seed)
    metres = rng.random((80, 15)) * 10_000
    weights = rng.integers(1, 5, 80)
    theirs = MCLP.from_cost_matrix(metres, weights, 1500, p_facilities=4)
    theirs = theirs.solve(pulp.HiGHS(msg=False))
    of = problem((metres <= 1500).T, weights)
    assert visits.best(of, 4).covered == round(pulp.value(theirs.problem.objective))


def test_insisting_on_a_venue_shows_what_it_costs():
    of = problem([[1, 1, 1, 0], [0, 0, 1, 1], [0, 0, 0, 1]])
    chosen = visits.best(of, 2)
    assert (chosen.covered, visits.instead(of, chosen, "V2").covered) == (4, 4)
    assert visits.instead(of, visits.best(of, 1), "V2").covered == 1


def test_a_try_cut_short_says_how_far_it_may_be_from_the_best():
    rng = np.random.default_rng(1)
    of = problem(rng.random((40, 200)) < 0.05)
    *_rest, last = visits.improving(of, 8, patience=())
    assert last.covered <= visits.best(of, 8).covered <= last.bound


@pytest.mark.parametrize(
    ("of", "count", "sign"),
    [
        (problem([[1]]), 2, "1"),
        (problem(np.zeros((1, 0))), 1, "."),
        (problem([[1], [1]], locked=frozenset({"V0", "V1"})), 1, "2"),
        (problem([[1]], locked=frozenset({"X"})), 1, "X"),
        (problem([[1], [1]], locked=frozenset({"V1"}), avoided=frozenset({"V1"})), 1, "V1"),
    ],
)
def test_what_cannot_be_chosen_is_said(of, count, sign):
    with pytest.raises(DataError, match=sign):
        visits.best(of, count)


@pytest.mark.parametrize("radius", [0, -1, float("nan")])
def test_a_radius_that_reaches_nothing_is_refused(radius):
    with pytest.raises(DataError):
        covering.within(pd.DataFrame([[1.0]]), radius)


def test_a_hole_in_the_distances_is_named():
    distances = pd.DataFrame([[1.0, None]], index=["chợ"], columns=["S1", "S2"])
    with pytest.raises(DataError, match=r"chợ.*S2"):
        covering.within(distances, 5)


def test_a_venue_reaches_up_to_the_radius_itself():
    distances = pd.DataFrame([[5.0, 5.1]], index=["V"], columns=["S1", "S2"])
    assert covering.within(distances, 5).toarray().tolist() == [[True, False]]
