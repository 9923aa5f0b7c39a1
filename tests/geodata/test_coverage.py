"""Coverage: counts a unit that add up to the whole, in both vintages, and ranks by exact share."""

from datetime import date
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import plan, simulate, status, units
from geodata.coverage import NOWHERE, by_unit, gap_table
from geodata.status import OUTREACH
from geodata.targets import UNKNOWN, YES
from geodata.view import UNIT_COLUMN

NAMES = pd.Series({"930": "Vị Thanh", "931": "Ngã Bảy", "936": "Long Mỹ", "937": "Long Mỹ"})


def covered(pairs, axis="outreach"):
    frame = pd.DataFrame(pairs, columns=["status", "unit"], dtype="string")
    return by_unit(frame["status"], frame["unit"], NAMES, axis)


def test_yes_unknown_and_no_are_told_apart():
    told = ["reached", "reported", "lapsed", "planned", "overdue", "no-data", "not-reached"]
    row = covered([(status, "930") for status in told]).loc["930"]
    assert (row["sites"], row["yes"], row["unknown"], row["no"]) == (7, 1, 5, 1)


def test_the_other_axis_has_its_own_words():
    told = ["compliant", "partial", "non-compliant", "incomplete", "self-declared", "stale"]
    row = covered([(status, "930") for status in told], "compliance").loc["930"]
    assert (row["sites"], row["yes"], row["unknown"], row["no"]) == (6, 1, 3, 2)


def test_what_is_outside_the_denominator_or_of_no_unit_is_counted_nowhere():
    table = covered([("not-applicable", "930"), ("reached", None), ("reached", "999")])
    assert table[["sites", "yes", "unknown", "no"]].to_numpy().sum() == 0
    assert table["rank"].isna().all()


def test_units_of_one_name_stay_two():
    table = covered([("reached", "936"), ("no-data", "937")])
    assert table.loc["936", ["yes", "rank"]].tolist() == [1, 1]
    assert table.loc["937", ["yes", "rank"]].tolist() == [0, 2]


def test_equal_shares_share_a_rank_and_the_next_one_is_left_out():
    # 1/3 and 2/6 are equal exactly; 1/4 comes third, and nothing has no rank
    parts = {"930": (1, 3), "931": (2, 6), "936": (1, 4)}
    pairs = [
        ("reached" if i < yes else "no-data", code)
        for code, (yes, n) in parts.items()
        for i in range(n)
    ]
    ranks = covered(pairs)["rank"]
    assert ranks[["930", "931", "936"]].tolist() == [1, 1, 3]
    assert ranks.isna()["937"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(status.OUTREACH), st.sampled_from(["930", "931", "936", "937", None])
        ),
        max_size=60,
    )
)
def test_the_units_add_up_to_all_that_have_one(pairs):
    table = covered(pairs)
    asked = [(s, u) for s, u in pairs if u and s != "not-applicable"]
    assert table["sites"].sum() == len(asked)
    assert table["yes"].sum() == sum(s in YES["outreach"] for s, _u in asked)
    assert table["unknown"].sum() == sum(s in UNKNOWN["outreach"] for s, _u in asked)
    assert (table["yes"] + table["unknown"] + table["no"] == table["sites"]).all()
    assert (table[["yes", "unknown", "no"]] >= 0).all(axis=None)


@pytest.mark.parametrize("axis", ["outreach", "compliance"])
def test_both_vintages_of_units_tell_of_the_same_sites(axis):
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    sites, evidence = simulate.simulate(blocks, legacy, plan.shipped(), 300, 1)
    told = status.status_of(sites, evidence, plan.of_year(plan.shipped(), 2024), date(2024, 12, 31))
    whole = (told[axis] != "not-applicable").sum()
    for vintage, n in ((units.Vintage.LEGACY, 8), (units.Vintage.Y2025, 28)):
        column = sites[UNIT_COLUMN[vintage]]
        table = by_unit(told[axis], column, units.dissolve(blocks, vintage)["name"], axis)
        placed = whole - (told[axis][column.isna()] != "not-applicable").sum()
        assert len(table) == n
        assert table["sites"].sum() == placed > 0
        assert table["yes"].sum() == told[axis][column.notna()].isin(YES[axis]).sum()


# --- gaps ----------------------------------------------------------------------------------

TARGET = Fraction(70, 100)


def gapped(pairs):
    frame = pd.DataFrame(pairs, columns=["status", "unit"], dtype="string")
    return gap_table(frame["status"], frame["unit"], NAMES, "outreach", TARGET)


@given(
    st.lists(
        st.tuples(st.sampled_from(OUTREACH), st.sampled_from([*NAMES.index, "999", None])),
        max_size=60,
    )
)
def test_the_rows_of_the_gap_table_add_up_to_every_site_that_counts(pairs):
    table = gapped(pairs)
    asked = [status for status, _unit in pairs if status != "not-applicable"]
    assert table["sites"].sum() == len(asked)
    assert table["yes"].sum() == sum(status in YES["outreach"] for status in asked)
    assert table["most"].sum() == sum(status != "not-reached" for status in asked)
    assert table["no_data"].sum() == sum(status == "no-data" for status in asked)
    assert (table["yes"] + table["unknown"] + table["no"] == table["sites"]).all()


@pytest.mark.parametrize(
    ("told", "shade", "short"),
    [
        ({"reached": 7, "no-data": 3}, "met", 0),
        ({"reached": 16, "no-data": 7}, "near", 1),  # 69.6 % is not 70 %
        ({"reached": 7, "not-reached": 13}, "near", 7),
        ({"reached": 1, "no-data": 9}, "far", 6),
        ({"not-reached": 1, "no-data": 9}, "zero", 7),
        ({"reported": 3}, "zero", 3),
        ({"no-data": 10}, "no-data", 7),
        ({}, "no-sites", None),
        ({"not-applicable": 4}, "no-sites", None),
    ],
)
def test_a_unit_is_shaded_by_its_exact_share_and_never_by_what_is_not_known(told, shade, short):
    row = gapped([(status, "930") for status, n in told.items() for _i in range(n)]).loc["930"]
    assert row["shade"] == shade
    assert row["short"] is pd.NA if short is None else row["short"] == short
    assert pd.isna(row["rank"]) == (shade in {"no-data", "no-sites"})


def test_sites_of_no_known_unit_stand_in_a_row_of_their_own():
    table = gapped([("reached", "930"), ("no-data", None), ("not-reached", "999")])
    assert table.index[-1] == NOWHERE
    assert table.loc[NOWHERE, ["sites", "yes", "unknown", "no"]].tolist() == [2, 0, 1, 1]
    assert table.loc[NOWHERE, ["rank", "short", "shade"]].isna().all()
    assert NOWHERE not in gapped([("reached", "930")]).index


@pytest.mark.parametrize("axis", ["outreach", "compliance"])
def test_the_gap_tables_of_both_vintages_and_of_the_kinds_have_one_sum(axis):
    blocks, legacy = units.load_blocks(), units.load_legacy_communes()
    sites, evidence = simulate.simulate(blocks, legacy, plan.shipped(), 300, 1)
    told = status.status_of(sites, evidence, plan.of_year(plan.shipped(), 2024), date(2024, 12, 31))
    kinds = pd.Series({kind: kind for kind in sites["kind"].unique()})
    names = [(sites["kind"], kinds)] + [
        (sites[UNIT_COLUMN[vintage]], units.dissolve(blocks, vintage)["name"])
        for vintage in units.Vintage
    ]
    sums = [
        gap_table(told[axis], column, name, axis, TARGET)[["sites", "yes", "most", "no"]].sum()
        for column, name in names
    ]
    whole = told[axis][told[axis] != "not-applicable"]
    assert sums[0]["sites"] == len(whole) > 0
    assert sums[0]["yes"] == whole.isin(YES[axis]).sum()
    assert sums[0].equals(sums[1])
    assert sums[0].equals(sums[2])
