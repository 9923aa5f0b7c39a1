"""A scenario as a problem: who is reached, how sure that is, and what cannot be asked."""

from dataclasses import replace
from itertools import combinations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.errors import DataError
from geodata.planning import reasons, scenario, venues, visits, words
from geodata.planning.scenario import Scenario
from geodata.register import sites
from tests.geodata.rules import test_targets as targets

LAT, LON = 9.7845, 105.4701  # Vị Thanh
KM = 1 / 109.7  # degrees of longitude, near enough
WEST = (105.0, 10.0)  # outside the province


def register(rows):
    """Sites so many kilometres east of Vị Thanh, with accuracy; None is no position."""
    table = pd.DataFrame(
        [
            {
                "id": f"S{i}",
                "kind": kind,
                "name_vi": f"Cơ sở {i}",
                "lat": "" if east is None else f"{LAT}",
                "lon": "" if east is None else f"{LON + east * KM:.8f}",
                "position_accuracy_m": accuracy,
                "lifecycle": "operating",
                "district_legacy": "930",
                "commune_2025": "31321",
                "enterprises": firms,
            }
            for i, (east, accuracy, kind, firms) in enumerate(rows)
        ]
    )
    return sites.typed(table.astype(str).replace("nan", ""))


def opened(register, status="no-data"):
    columns = ["name_vi", "kind", "district_legacy", "commune_2025", "operator", "geometry"]
    said = [status] * len(register) if isinstance(status, str) else status
    accuracy = register["position_accuracy_m"].where(sites.placed(register))
    table = register[columns].assign(status=pd.array(said, dtype="string"), accuracy_m=accuracy)
    return gpd.GeoDataFrame(table, geometry="geometry", crs=register.crs)


@pytest.fixture
def prepared(unit_frames):
    def made(rows, status="no-data", metres=None, **asked):
        known = register(rows)
        wanted = Scenario(**{"sources": ("site",), "radius_km": 2.0, **asked})
        places = venues.candidates(known, unit_frames, wanted.sources, wanted.points)
        open_ = opened(known, status)
        return scenario.prepare(wanted, open_, known["enterprises"], places, metres)

    return made


VILLAGES = [(0, "50", "craft_village", ""), (1.8, "50", "craft_village", "7")]


def test_a_site_near_the_edge_of_the_radius_depends_on_its_position(prepared):
    sure = prepared(VILLAGES).sure.toarray()
    assert sure.tolist() == [[True, True], [True, True]]
    vague = [VILLAGES[0], (1.8, "3000", "craft_village", "")]
    ready = prepared(vague)
    assert ready.problem.reach.toarray().all()
    assert ready.sure.toarray().tolist() == [[True, False], [False, True]]
    chosen = visits.best(ready.problem, 1)
    assert "±3 km" in reasons.of_pick(ready, chosen.picks[0], "outreach")
    assert reasons.certain(ready, chosen) == 1


def test_a_venue_for_a_whole_unit_takes_its_sites_wherever_they_are(prepared):
    rows = [
        (0, "50", "craft_village", ""),
        (9, "50", "craft_village", ""),
        (None, "", *VILLAGES[0][2:]),
    ]
    ready = prepared(rows, sources=("whole-district",), count=1)
    found = visits.best(ready.problem, 1)
    assert found.venues == ("all-930",)
    assert len(found.sites) == 3 == reasons.certain(ready, found)
    assert ready.unplaced == 0
    assert prepared(rows).unplaced == 1


@pytest.mark.parametrize(
    ("asked", "weights"),
    [
        ({}, [1, 1]),
        ({"weigh": ("size",)}, [1, 7]),
        ({"weigh": ("overdue",)}, [1, 2]),
        ({"weigh": ("size", "overdue"), "kinds": (("craft_village", 3),)}, [3, 42]),
    ],
)
def test_what_a_site_counts_follows_from_what_is_weighed(prepared, asked, weights):
    ready = prepared(VILLAGES, status=["no-data", "lapsed"], **asked)
    assert ready.problem.weights.tolist() == weights
    assert ready.weighted == (weights != [1, 1])


def test_a_kind_without_weight_is_not_visited(prepared):
    rows = [*VILLAGES, (0, "50", "industrial_park", "")]
    ready = prepared(rows, kinds=(("craft_village", 0),))
    assert list(ready.sites["kind"]) == ["industrial_park"]


def test_halls_are_preferred_to_sites_that_do_as_well(prepared):
    ready = prepared(VILLAGES, sources=("commune", "site"), radius_km=30.0)
    assert visits.best(ready.problem, 1).picks[0].venue == ready.venues.index[0]
    assert list(ready.venues["source"].unique()) == ["commune", "site"]


def test_the_order_of_the_register_does_not_change_the_choice(unit_frames, simulated):
    known = simulated[0]
    chosen = []
    for rows in (known, known.sample(frac=1, random_state=3)):
        places = venues.candidates(rows, unit_frames, ("commune", "site"))
        wanted = Scenario(sources=("commune", "site"))
        ready = scenario.prepare(wanted, opened(rows), rows["enterprises"], places)
        assert list(places.index) == list(ready.problem.venues)
        chosen.append(visits.best(ready.problem, 4))
    assert chosen[0].covered == chosen[1].covered
    assert set(chosen[0].venues) == set(chosen[1].venues)


def test_distances_of_a_file_stand_for_straight_ones(prepared):
    metres = pd.DataFrame([[500.0, 9000.0], [800.0, 100.0]], ["Tuyến 1", "S1"], ["S0", "S1"])
    ready = prepared(VILLAGES, metres=metres, distances="x.csv")
    assert set(ready.problem.venues) == {"Tuyến 1", "S1"}
    reach = dict(zip(ready.problem.venues, ready.problem.reach.toarray().tolist(), strict=True))
    assert reach == {"Tuyến 1": [True, False], "S1": [True, True]}
    assert ready.venues.geometry["Tuyến 1"] is None
    turned = prepared(VILLAGES, metres=metres.T, distances="x.csv")
    assert (turned.problem.reach != ready.problem.reach).nnz == 0


@pytest.mark.parametrize(
    ("rows", "asked", "sign"),
    [
        (VILLAGES, {"radius_km": 0.0}, "Bán kính"),
        (VILLAGES, {"radius_km": float("nan")}, "Bán kính"),
        (VILLAGES, {"sources": ()}, "loại điểm"),
        (VILLAGES, {"sources": ("point",)}, "loại điểm"),
        (VILLAGES, {"sources": ("point",), "points": (WEST,)}, "ngoài địa bàn"),
        ([(None, "", "craft_village", "")] * 2, {"sources": ("commune",)}, "vị trí"),
        ([(0, "9", "craft_village", "")], {"sources": ("commune",), "radius_km": 0.1}, "lớn hơn"),
    ],
)
def test_a_question_without_an_answer_gets_a_sentence(prepared, rows, asked, sign):
    with pytest.raises(DataError, match=sign):
        prepared(rows, **asked)


@pytest.mark.parametrize(("asked", "count"), [({}, 3), ({"kinds": (("craft_village", 0),)}, 1)])
def test_too_many_venues_and_nothing_to_visit_get_a_sentence(prepared, asked, count):
    ready = prepared(VILLAGES, **asked)
    with pytest.raises(DataError):
        visits.best(ready.problem, count)


def test_more_pairs_than_memory_holds_get_a_sentence_before_they_are_made(prepared, monkeypatch):
    monkeypatch.setattr(scenario, "MOST_PAIRS", 3)  # of two sites each reaches both
    with pytest.raises(DataError, match="2 điểm đến bao được quá nhiều cơ sở"):
        prepared(VILLAGES)
    assert prepared(VILLAGES, radius_km=1.0).problem.reach.nnz == 2


def test_a_file_of_distances_that_lacks_a_site_names_it(prepared):
    with pytest.raises(DataError, match="S1"):
        prepared(VILLAGES, metres=pd.DataFrame([[1.0]], ["S0"], ["S0"]), distances="x.csv")


def test_a_site_outside_the_province_is_no_venue(unit_frames):
    rows = register([*VILLAGES, (60, "50", "craft_village", "")])
    found = venues.candidates(rows, unit_frames, ("site",))
    assert list(found.index) == ["S0", "S1"]
    assert list(venues.outside(rows, unit_frames["2025"])) == ["S2"]


# --- why -----------------------------------------------------------------------------------


def test_why_not_tells_what_insisting_costs(prepared):
    rows = [(n, "50", "craft_village", "") for n in (0, 0.5, 1, 8, 8.5, 20)]
    ready = prepared(rows)
    found = visits.best(ready.problem, 2)
    assert len(found.sites) == 5
    assert "mất 1" in reasons.why_not(ready, found, "S5")
    other = next(v for v in ("S0", "S1", "S2") if v not in found.venues)
    assert "không thêm" in reasons.why_not(ready, found, other)
    assert "đã được chọn" in reasons.why_not(ready, found, found.venues[0])
    left = replace(ready, problem=replace(ready.problem, avoided=frozenset({"S5"})))
    assert "loại" in reasons.why_not(left, found, "S5")


@pytest.mark.parametrize(("reached", "needed"), [(0, 7), (6, 1), (7, 0), (10, 0)])
def test_what_is_short_is_the_targets_own_and_leaves_open_sites_out(reached, needed):
    places = [*targets.sites(targets.VILLAGE, 10), targets.site("K", founding="unknown")]
    result = targets.results_of(places, [targets.held(f"S{i}") for i in range(reached)])["T3"]
    found, counted = scenario.short_of(result)
    assert (found, list(counted)) == (needed, [f"S{i}" for i in range(reached, 10)])


def test_the_smallest_number_counts_only_what_the_target_counts(prepared):
    rows = [(n, "50", "craft_village", "") for n in (0, 8, 16)]
    ready = prepared(rows)
    problem = scenario.towards(ready, pd.Index(["S0", "S2"]))
    assert len(visits.least(problem, 2).picks) == 2
    assert visits.least(problem, 3) is None
    assert "2" in reasons.of_smallest(2, visits.least(problem, 2), 2)


def test_two_scenarios_differ_in_what_only_one_has(prepared):
    rows = [(n, "50", "craft_village", "") for n in (0, 8, 16)]
    ready = prepared(rows)
    one, two = visits.best(ready.problem, 1), visits.best(ready.problem, 2)
    both = reasons.compared(one, two)
    assert both.shared == one.venues
    assert (both.first, len(both.second), both.sites_second) == ((), 1, 1)


# --- words ---------------------------------------------------------------------------------

IDS = st.lists(st.from_regex(r"[A-Z]{1,3}-[0-9]{1,3}", fullmatch=True), unique=True, max_size=3)
SCENARIOS = st.builds(
    Scenario,
    name=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=20),
    count=st.integers(1, 100),
    radius_km=st.integers(1, 400).map(lambda n: n / 2),
    sources=st.sets(st.sampled_from(venues.SOURCES), min_size=1).map(
        lambda some: tuple(s for s in venues.SOURCES if s in some)
    ),
    locked=IDS.map(tuple),
    avoided=IDS.map(tuple),
    capacity=st.none() | st.integers(1, 500),
    kinds=st.sampled_from([(), (("craft_village", 3),), (("supermarket", 0),)]),
    weigh=st.sampled_from([(), ("size",), ("size", "overdue")]),
    points=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=2).map(
        lambda some: tuple((105 + a / 10, 9 + b / 10) for a, b in some)
    ),
)


@given(SCENARIOS)
def test_a_scenario_comes_back_from_its_words(made):
    found, problems = words.from_words(words.to_words(made))
    assert problems == []
    assert found == made


@pytest.mark.parametrize(
    ("word", "text"),
    [
        *[("n", text) for text in ("0", "-1", "101", "x", "1.5")],
        *[("km", text) for text in ("0", "nan", "inf", "-3", "x")],
        *[("at", "moon"), ("seats", "0"), ("weigh", "x"), ("kinds_count", "craft_village:99")],
        *[("kinds_count", "nothing:1"), ("points", "1"), ("points", "nan:1")],
    ],
)
def test_words_that_mean_nothing_are_said_and_left_out(word, text):
    found, problems = words.from_words({word: text})
    assert found == Scenario()
    assert len(problems) == 1


def test_no_pair_of_venues_covers_more_than_the_choice(prepared):
    rows = [(n, "50", "craft_village", str(k + 1)) for k, n in enumerate((0, 1.5, 3, 4.5, 6, 9))]
    ready = prepared(rows, weigh=("size",))
    reach, weights = ready.problem.reach.toarray(), ready.problem.weights
    tried = [weights[reach[list(two)].any(axis=0)].sum() for two in combinations(range(6), 2)]
    assert visits.best(ready.problem, 2).covered == np.max(tried)
