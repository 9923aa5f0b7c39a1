"""The next visits beside PySAL's solver on the same question, in one run: time and ratio."""

import time

import numpy as np
import pandas as pd
import pulp
import pytest
from scipy import sparse
from spopt.locate import MCLP

from geodata.planning import covering, visits

pytestmark = pytest.mark.benchmark
SIDE_M = 50_000
SIZES = [(600, 60, 8), (1200, 200, 10)]
LARGE = (821, 3000, 10)


def asked(sites, venues, radius_m=5000.0):
    """Sites and venues anywhere in a square as large as the province."""
    rng = np.random.default_rng(7)
    here, there = rng.random((venues, 2)) * SIDE_M, rng.random((sites, 2)) * SIDE_M
    metres = np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1))
    weights = rng.integers(1, 4, sites)
    names = (
        pd.Index([f"V{i:05}" for i in range(venues)]),
        pd.Index([f"S{i:05}" for i in range(sites)]),
    )
    return covering.Problem(*names, sparse.csr_array(metres <= radius_m), weights), metres


@pytest.mark.parametrize(("sites", "venues", "count"), SIZES)
def test_the_optimum_beside_that_of_pysal(report, sites, venues, count):
    problem, metres = asked(sites, venues)
    visits.best(problem, 1)  # warm-up
    started = time.perf_counter()
    found = visits.best(problem, count)
    ours = time.perf_counter() - started
    started = time.perf_counter()
    theirs = MCLP.from_cost_matrix(metres.T, problem.weights, 5000, p_facilities=count)
    theirs = theirs.solve(pulp.HiGHS(msg=False))
    took = time.perf_counter() - started
    assert found.proven
    assert found.covered == round(pulp.value(theirs.problem.objective))
    report(
        f"{sites:,} sites x {venues} venues, N = {count}: {found.covered} in {ours:5.2f} s; "
        f"PySAL spopt with HiGHS {took:5.2f} s, ratio {took / ours:4.1f}"
    )


def test_a_large_question_tells_its_gap_on_the_way(report):
    problem, _metres = asked(*LARGE[:2])
    started, told = time.perf_counter(), []
    for found in visits.improving(problem, LARGE[2]):
        told.append((time.perf_counter() - started, found.covered, found.bound))
        assert found.covered <= found.bound
    steps = "; ".join(f"{s:.2f} s: {covered} (at most {bound})" for s, covered, bound in told)
    report(f"{LARGE[0]} sites x {LARGE[1]:,} venues, N = {LARGE[2]}: {steps}")
