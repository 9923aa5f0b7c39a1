"""What is left out of a problem never changes how much can be covered."""

from itertools import combinations, permutations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from geodata.planning import covering, reduction, visits
from tests.examples import examples


@st.composite
def tables(draw):
    venues, sites = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    row = st.lists(st.booleans(), min_size=sites, max_size=sites)
    return np.array(draw(st.lists(row, min_size=venues, max_size=venues)), dtype=bool)


def most(reach, count):
    tried = combinations(range(len(reach)), min(count, len(reach)))
    return max(int(reach[list(chosen)].any(axis=0).sum()) for chosen in tried)


@examples(150)
@given(tables(), st.integers(1, 4), st.data())
def test_the_venues_that_stay_cover_as_much_as_all(reach, count, data):
    open_ = np.array(data.draw(st.lists(st.booleans(), min_size=len(reach), max_size=len(reach))))
    kept = reduction.needed(sparse.csr_array(reach), open_)
    assert not (kept & ~open_).any()
    if open_.any() and reach[open_].any():
        assert most(reach[kept], count) == most(reach[open_], count)


@examples(80)
@given(tables())
def test_of_the_venues_that_stay_none_outdoes_another(reach):
    kept = reach[reduction.needed(sparse.csr_array(reach), np.ones(len(reach), dtype=bool))]
    assert all((kept[i] & ~kept[j]).any() for i, j in permutations(range(len(kept)), 2))


def test_of_two_venues_alike_the_first_stays():
    reach = sparse.csr_array(np.array([[1, 0], [1, 1], [1, 1]], dtype=bool))
    assert reduction.needed(reach, np.ones(3, dtype=bool)).tolist() == [False, True, False]


@examples(60)
@given(tables(), st.integers(1, 4), st.randoms(use_true_random=False))
def test_equally_good_choices_are_told_apart_by_the_order_of_the_venues(reach, count, chance):
    """However the sites are ordered, the same venues are chosen."""
    columns = list(range(reach.shape[1]))
    chance.shuffle(columns)
    found = []
    for at in (list(range(reach.shape[1])), columns):
        venues = pd.Index([f"V{i}" for i in range(len(reach))])
        sites = pd.Index([f"S{i}" for i in at])
        weights = np.ones(len(at), dtype=np.int64)
        of = covering.Problem(venues, sites, sparse.csr_array(reach[:, at]), weights)
        found.append(visits.best(of, min(count, len(reach))))
    assert found[0].covered == found[1].covered
    for choice in found:
        for pick in choice.picks:  # no earlier venue would do as well in its place
            others = [int(v[1:]) for v in choice.venues if v != pick.venue]
            earlier = [v for v in range(int(pick.venue[1:])) if v not in others]
            swapped = [int(reach[[*others, v]].any(axis=0).sum()) for v in earlier]
            assert all(covered < choice.covered for covered in swapped)
