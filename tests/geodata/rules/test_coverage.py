"""Coverage: a target unit by unit, to the site, in both vintages; ranks by exact share."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.geography import units
from geodata.reading.view import UNIT_COLUMN
from geodata.rules import plan, targets
from geodata.rules.coverage import NOWHERE, by_unit, whole
from geodata.rules.targets import OF_AXIS
from geodata.simulation import simulate
from tests.geodata.rules.test_status import frames_of, registers, views
from tests.geodata.rules.test_targets import (
    END,
    D,
    check,
    found_by_id,
    held,
    none,
    often,
    results_of,
    site,
)

NAMES = pd.Series({"930": "Vị Thanh", "931": "Ngã Bảy", "936": "Long Mỹ", "937": "Long Mỹ"})
SAYS = {
    "reached": [held],
    "reported": [lambda subject: held(subject, grade="C")],
    "lapsed": [lambda subject: held(subject, D(2023, 5, 1))],
    "not-reached": [none],
    "no-data": [],
}


def covered(pairs, among=None):
    """Return the units' part of T3, of villages with a status each in a unit each."""
    places, records = [], []
    for i, (status, _unit) in enumerate(pairs):
        more = {"open": {"founding": "unknown"}, "out": {"lifecycle": "closed"}}.get(status, {})
        places.append(site(f"S{i}", **more))
        records += [said(f"S{i}") for said in SAYS.get(status, [])]
    unit = pd.Series([unit for _s, unit in pairs], [s["id"] for s in places], dtype="string")
    return by_unit(results_of(places, records)["T3"], unit, NAMES, among)


def of(code, **numbers_of):
    """Return villages of one unit: so many of each status."""
    return [(status.replace("_", "-"), code) for status, n in numbers_of.items() for _i in range(n)]


def columns(table):
    return table[["sites", "yes", "unknown", "no", "open"]]


# --- the sum -------------------------------------------------------------------------------


@often
@given(
    registers(),
    views,
    st.lists(st.sampled_from([*NAMES.index, "999", None]), min_size=4, max_size=4),
)
def test_the_units_add_up_to_the_target_to_the_site(world, look, where):
    places, records = frames_of(*world)
    unit = pd.Series(where[: len(places)], places.index, dtype="string")
    found = found_by_id((places, records), look)
    for name in OF_AXIS.values():
        table, count = by_unit(found[name], unit, NAMES), found[name].count
        expected = [count.total, count.yes, count.unknown, count.no, count.open]
        assert columns(table).sum().tolist() == expected
        assert (table["yes"] + table["unknown"] == table["most"]).all()
        assert (table["sites"] + table["open"]).drop(NOWHERE, errors="ignore").sum() == sum(
            site in NAMES.index
            for site in unit[[*found[name].counted.index, *found[name].open.index]]
        )


@pytest.fixture(scope="module")
def crowd():
    """Simulated sites of which every seventh has lost its units, and their two targets."""
    of_2024, legacy = plan.of_year(plan.shipped(), 2024), units.load_legacy_communes()
    sites, evidence = simulate.simulate(units.load_blocks(), legacy, plan.shipped(), 300, 1)
    sites.loc[sites.index[::7], list(UNIT_COLUMN.values())] = None
    codes = sorted(legacy["district_legacy"].unique())
    return sites, targets.results(sites, evidence, of_2024, END, codes)


@pytest.mark.parametrize("axis", OF_AXIS)
@pytest.mark.parametrize(("vintage", "n"), [(units.Vintage.LEGACY, 8), (units.Vintage.Y2025, 28)])
def test_both_vintages_add_up_to_the_target_and_so_do_its_kinds(crowd, axis, vintage, n):
    sites, results = crowd
    result = targets.of_axis(results, axis)
    unit, names = sites[UNIT_COLUMN[vintage]], units.dissolve(units.load_blocks(), vintage)["name"]
    table = by_unit(result, unit, names)
    assert list(table.index) == [*names.index, NOWHERE]
    assert len(names) == n
    count = result.count
    assert columns(table).sum().tolist() == [count.total, count.yes, count.unknown, count.no,
                                             count.open]  # fmt: skip
    kinds = [by_unit(result, unit, names, rows.index) for _kind, rows in sites.groupby("kind")]
    assert sum(columns(part).reindex(table.index, fill_value=0) for part in kinds).equals(
        columns(table)
    )
    parts = {kind: whole(result, rows.index) for kind, rows in sites.groupby("kind")}
    assert all(parts[part.code] == part.count for part in result.breakdown)


# --- a unit --------------------------------------------------------------------------------


def test_a_unit_tells_apart_what_is_in_open_and_out():
    pairs = of("930", reached=1, reported=1, lapsed=1, no_data=2, not_reached=1, open=3, out=5)
    row = covered(pairs).loc["930"]
    assert columns(covered(pairs)).loc["930"].tolist() == [6, 1, 4, 1, 3]
    assert (row["no_data"], row["most"], row["short"]) == (2, 5, 4)  # ⌈0,7·6⌉ − 1


def test_the_other_axis_has_its_own_target_and_threshold():
    places = [site(f"S{i}", "supermarket") for i in range(4)]
    records = [check("S0"), check("S1"), check("S2", answers="R1=yes;R2=no")]
    unit = pd.Series("930", [s["id"] for s in places])
    row = by_unit(results_of(places, records)["T6"], unit, NAMES).loc["930"]
    assert row[["sites", "yes", "unknown", "no", "short"]].tolist() == [4, 2, 1, 1, 2]  # of 100 %


SHADES = {
    "7/10": (of("930", reached=7, no_data=3), "met", 0),
    "16/23 = 69,6 % is not 70 %": (of("930", reached=16, no_data=7), "near", 1),
    "7/20 = half of 70 %": (of("930", reached=7, not_reached=13), "near", 7),
    "1/1": (of("930", reached=1), "met", 0),
    "1/10": (of("930", reached=1, no_data=9), "far", 6),
    "0/10, one of them sure": (of("930", not_reached=1, no_data=9), "zero", 7),
    "only reported": (of("930", reported=3), "zero", 3),
    "nothing known": (of("930", no_data=10), "no-data", 7),
    "no sites": ([], "no-sites", None),
    "closed ones are no sites": (of("930", out=4), "no-sites", None),
    "open ones are no share": (of("930", open=4), "no-sites", None),
}


@pytest.mark.parametrize(("pairs", "shade", "short"), SHADES.values(), ids=SHADES)
def test_a_unit_is_shaded_by_its_exact_share_and_never_by_what_is_not_known(pairs, shade, short):
    row = covered(pairs).loc["930"]
    assert row["shade"] == shade
    assert row["short"] is pd.NA if short is None else row["short"] == short
    assert pd.isna(row["rank"]) == (shade in {"no-data", "no-sites"})


def test_equal_shares_share_a_rank_the_next_one_is_left_out_and_units_of_one_name_stay_two():
    # 1/3 and 2/6 are equal exactly; 1/4 comes third, and nothing has no rank
    thirds = [*of("930", reached=1, no_data=2), *of("931", reached=2, no_data=4)]
    ranks = covered([*thirds, *of("936", reached=1, no_data=3)])["rank"]
    assert ranks[["930", "931", "936"]].tolist() == [1, 1, 3]
    assert ranks.isna()["937"]


@pytest.mark.parametrize("lost", ["reached", "open"])
def test_sites_of_no_known_unit_stand_in_a_row_of_their_own(lost):
    table = covered([("reached", "930"), (lost, None), (lost, "999")])
    assert table["name"].to_dict() == NAMES.to_dict() | {NOWHERE: ""}
    assert table.index[-1] == NOWHERE
    assert table.loc[NOWHERE, ["yes", "open"]].tolist() == [
        2 * (lost == "reached"),
        2 * (lost == "open"),
    ]
    assert table.loc[NOWHERE, ["rank", "short", "shade"]].isna().all()
    assert NOWHERE not in covered([("reached", "930"), ("out", None)]).index


def test_some_sites_only_are_looked_at_where_asked():
    pairs = [*of("930", reached=1, no_data=1), *of("931", open=1)]
    assert columns(covered(pairs, among={"S1", "S2"})).sum().tolist() == [1, 0, 1, 0, 1]
