"""Intensity by sector, with the arithmetic written out; exact, and only from what compares."""

from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from geodata.rules import intensity, plan
from geodata.simulation import simulate
from tests.examples import examples
from tests.geodata.register.test_declarations import declared, typed

MEASURED = plan.with_baseline(plan.of_year(plan.shipped(), 2024), 2020)


def by_sector(*rows, owners=None):
    return intensity.of_plan(typed(*rows), MEASURED, owners=owners)


def both(plant, before, now, **more):
    """Return what a plant declared for 2020 and for 2024: (consumption, output) each."""
    return [declared(plant, y, *said, **more) for y, said in ((2020, before), (2024, now))]


def only(frame):
    """Return the one row there is."""
    (row,) = frame.to_dict("records")
    return row


def test_sums_are_divided_and_percentages_never_averaged():
    # A: 100/100 = 1 → 80/100 = 0,8 (−20 %). B: 900/300 = 3 → 910/300 (+1,1 %).
    # Together: (100+900)/(100+300) = 2,5 → (80+910)/400 = 2,475; 1 − 2,475/2,5 = 1 %, not 9,4 %.
    row = only(by_sector(*both("A", (100, 100), (80, 100)), *both("B", (900, 300), (910, 300))))
    assert (row["baseline"], row["current"]) == (Fraction(5, 2), Fraction(99, 40))
    assert (row["reduction"], row["plants"]) == (Fraction(1, 100), 2)


def test_decimals_are_those_that_were_written():
    # 0,3/0,1 = 3 → 0,285/0,1 = 2,85: 1 − 2,85/3 = exactly 5 %; in floats it is below.
    row = only(by_sector(*both("A", ("0.3", "0.1"), ("0.285", "0.1"))))
    assert row["reduction"] == Fraction(5, 100)
    assert 1 - (0.285 / 0.1) / (0.3 / 0.1) < 0.05
    assert row["status"] == "met"


LEFT_OUT = {
    "declared one year only": [declared("B", 2024, 50)],
    "declared another year": [declared("B", 2020, 50), declared("B", 2023, 40)],
    "another unit of consumption": [
        declared("B", 2020, 50, consumption_unit="MWh"),
        declared("B", 2024, 50),
    ],
    "another unit of output": [declared("B", 2020, 50, output_unit="m"), declared("B", 2024, 50)],
    "says two things of one year": [*both("B", (50, 10), (40, 10)), declared("B", 2024, 41, 10)],
}


@pytest.mark.parametrize("rows", LEFT_OUT.values(), ids=LEFT_OUT)
def test_a_plant_that_does_not_compare_is_counted_apart(rows):
    row = only(by_sector(*both("A", (100, 10), (90, 10)), *rows))
    assert (row["plants"], row["plants_left_out"]) == (1, 1)
    assert row["reduction"] == Fraction(1, 10)


def test_an_input_that_nobody_can_compare_has_a_row_without_numbers():
    row = only(by_sector(declared("A", 2024, 5)))
    assert (row["plants"], row["plants_left_out"], row["reduction"]) == (0, 1, None)
    assert row["status"] == "not-comparable"


def test_inputs_and_units_are_never_added_up():
    found = by_sector(
        *both("A", (100, 10), (90, 10)),
        *both("A", (7, 10), (7, 10), input="nước", consumption_unit="m³"),
        *both("B", (300, 10), (300, 10), output_unit="nghìn m"),
        *both("C", (40, 10), (30, 10), sector="giấy"),
    )
    said = ["sector", "input", "output_unit", "plants"]
    assert sorted(found[said].itertuples(index=False, name=None)) == [
        ("giấy", "điện", "tấn", 1),
        ("thép", "nước", "tấn", 1),
        ("thép", "điện", "nghìn m", 1),
        ("thép", "điện", "tấn", 1),
    ]


def test_one_sector_and_one_input_however_they_are_written():
    rows = [*both("A", (10, 10), (9, 10), sector="hóa chất")]
    rows += both("B", (10, 10), (9, 10), sector="Hoá chất", input="ĐIỆN ")
    assert only(by_sector(*rows))["plants"] == 2


@pytest.mark.parametrize("order", [1, -1])
def test_the_better_grade_counts_whatever_was_entered_first(order):
    rows = [*both("A", (100, 10), (90, 10)), declared("A", 2024, 50, 10, grade="C")]
    row = only(by_sector(*rows[::order]))
    assert (row["reduction"], row["verified"]) == (Fraction(1, 10), True)


def test_one_plant_that_only_reports_leaves_the_row_unverified():
    rows = [*both("A", (10, 10), (9, 10)), *both("B", (10, 10), (9, 10), grade="C")]
    row = only(by_sector(*rows))
    assert not row["verified"]
    assert row["status"] == "reported"


def test_after_a_baseline_of_nothing_no_reduction_is_told():
    row = only(by_sector(*both("A", (0, 10), (5, 10))))
    assert (row["baseline"], row["current"], row["reduction"]) == (0, Fraction(1, 2), None)


def test_without_a_baseline_year_there_is_nothing():
    assert intensity.of_plan(simulate.declare(), plan.shipped()[0]).empty


def test_where_there_is_nothing_the_columns_stay():
    no_sectors = replace(MEASURED, targets=())
    for found in (by_sector(), intensity.of_plan(simulate.declare(), no_sectors)):
        assert list(found.columns) == list(intensity.COLUMNS)
        assert found.empty


# What the inputs of a sector are found to be, and so the sector.
OVERALL = {
    "nothing declared": ([], "undeclared"),
    "all beyond": (["exceeded", "exceeded"], "exceeded"),
    "one within": (["exceeded", "met"], "met"),
    "one reported": (["met", "reported"], "reported"),
    "one that does not compare": (["exceeded", "not-comparable"], "not-comparable"),
    "one below, whatever else": (["met", "reported", "below"], "below"),
}


@pytest.mark.parametrize(("inputs", "sector"), OVERALL.values(), ids=OVERALL)
def test_a_sector_is_what_its_inputs_are(inputs, sector):
    assert intensity.overall(inputs) == sector


# Reduction and whether it is verified, under a threshold of 5 % and a ceiling of 8 %.
JUDGED = {
    "none": (None, True, "not-comparable"),
    "only reported": (Fraction(6, 100), False, "reported"),
    "just below": (Fraction(49, 1000), True, "below"),
    "the threshold": (Fraction(5, 100), True, "met"),
    "the ceiling": (Fraction(8, 100), True, "met"),
    "beyond": (Fraction(81, 1000), True, "exceeded"),
}


@pytest.mark.parametrize(("reduction", "verified", "status"), JUDGED.values(), ids=JUDGED)
def test_a_row_is_judged_by_its_exact_numbers(reduction, verified, status):
    target = next(target for target in MEASURED.targets if target.id == "T2")
    row = {"reduction": reduction, "verified": verified}
    assert intensity.judged(row, target) == status


# --- what is hidden ------------------------------------------------------------------------


def plants(*outputs, **more):
    """Return plants A, B, C … that use a tenth less: their output in both years, or in each."""
    rows = []
    for name, made in zip("ABCDEF", outputs, strict=False):
        before, now = made if isinstance(made, tuple) else (made, made)
        rows += both(name, (10 * before, before), (9 * now, now), **more)
    return rows


# Plants, owners by plant (the plant itself if not named), and whether the figures are hidden.
HIDDEN = {
    "two plants": (plants(10, 10), {}, True),
    "three plants": (plants(10, 10, 10), {}, False),
    "three plants of two owners": (plants(10, 10, 10), {"A": "Minh", "B": "Minh"}, True),
    "four plants of three owners": (plants(10, 10, 10, 10), {"A": "Minh", "B": "Minh"}, False),
    "one makes exactly 80 %": (plants(80, 10, 10), {}, False),
    "one makes more than 80 %": (plants(81, 10, 10), {}, True),
    "one made more than 80 % in the baseline year": (plants((81, 10), 10, 10), {}, True),
    "one makes more than 80 % now": (plants((10, 81), 10, 10), {}, True),
    "two of one owner make more than 80 %": (
        plants(41, 40, 10, 9),
        {"A": "Minh", "B": "Minh"},
        True,
    ),
}


@pytest.mark.parametrize(("rows", "owners", "hidden"), HIDDEN.values(), ids=HIDDEN)
def test_figures_are_hidden_where_they_would_tell_of_one_plant(rows, owners, hidden):
    row = only(by_sector(*rows, owners=pd.Series(owners, dtype="object")))
    assert row["hidden"] is hidden
    # Counted all the same, to the digit: 1 − (9/10) = 1/10.
    assert (row["reduction"], row["status"]) == (Fraction(1, 10), "exceeded")


def test_units_that_do_not_add_up_do_not_make_three_plants_together():
    rows = plants(10, 10) + both("C", (10, 10), (9, 10), consumption_unit="MWh")
    assert list(by_sector(*rows)["hidden"]) == [True, True]


def test_where_no_plant_compares_there_is_nothing_to_hide():
    row = only(by_sector(*[declared(plant, 2024, 5) for plant in "ABCDE"]))
    assert (row["hidden"], row["plants"], row["plants_left_out"]) == (False, 0, 5)


def test_a_hidden_row_keeps_its_verdict_and_loses_its_figures():
    row = only(by_sector(*plants(10, 10), declared("C", 2024, 5)))
    seen = only(intensity.public(pd.DataFrame([row])))
    lost = {column for column in row if seen[column] != row[column]}
    assert lost == {"baseline", "current", "reduction", "plants", "plants_left_out"}
    assert {seen[column] for column in lost} == {None}
    assert (seen["status"], seen["consumption_unit"]) == ("exceeded", "kWh")


def test_beside_a_hidden_row_the_others_stay_whole_and_what_is_missing_is_none():
    alone = declared("A", 2024, 5, input="than")
    rows = by_sector(*plants(10, 10, 10), *plants(10, 10, input="nước"), alone)
    units = rows.set_index("input")["consumption_unit"].to_dict()
    assert units == {"điện": "kWh", "nước": "kWh", "than": None}
    seen = intensity.public(rows)
    assert seen.set_index("input")["plants"].to_dict() == {"điện": 3, "nước": None, "than": 0}
    kept = (rows["input"] != "nước").to_numpy()
    assert plain(seen[kept]) == plain(rows[kept])
    assert list(intensity.public(rows.head(0)).columns) == list(intensity.COLUMNS)


def test_no_plant_is_named_in_what_the_public_sees():
    # All of it, as text: of the plants not even how much they use together.
    told = simulate.declare()
    seen = intensity.public(intensity.of_plan(told, plan.with_baseline(MEASURED, 2019)))
    assert len(seen)
    assert not [name for name in told["plant"] if name in seen.to_string()]


# --- what always holds ---------------------------------------------------------------------

amounts = st.decimals(0, 1000, places=3).map(str)
outputs = st.decimals("0.001", 1000, places=3).map(str)
rows_of = st.fixed_dictionaries(
    {
        "plant": st.sampled_from("ABCD"),
        "sector": st.sampled_from(["thép", "giấy"]),
        "input": st.sampled_from(["điện", "nước"]),
        "year": st.sampled_from(["2020", "2024"]),
        "consumption": amounts,
        "consumption_unit": st.sampled_from(["kWh", "MWh"]),
        "output": outputs,
        "output_unit": st.just("tấn"),
        "grade": st.sampled_from("ABCD"),
        "recorded_at": st.sampled_from(["2025-01-10", "2025-03-01", "2025-09-01"]),
        "supersedes": st.sampled_from(["", "", "K000", "K001"]),
    }
)
often = examples(16, suppress_health_check=list(HealthCheck))


def plain(frame):
    return frame.to_dict("records")


@often
@given(st.lists(rows_of, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(rows, random):
    told = typed(*rows)
    shuffled = told.iloc[random.sample(range(len(told)), len(told))]
    again = intensity.of_plan(shuffled, MEASURED)
    assert plain(intensity.of_plan(told, MEASURED)) == plain(again)


@often
@given(st.lists(rows_of, max_size=12))
def test_what_was_made_public_once_stays_as_it_is(rows):
    seen = intensity.public(by_sector(*rows))
    assert plain(intensity.public(seen)) == plain(seen)


made = st.integers(1, 100)
plants_of = st.tuples(st.sampled_from("LMN"), made, made)  # owner, output in 2020, in 2024


@often
@given(st.lists(plants_of, min_size=1, max_size=6), made, made)
def test_one_more_plant_of_the_same_owner_never_shows_what_was_hidden(group, before, now):
    who = _who_hides(group)
    assert _of_owners(group)["hidden"] is bool(who)
    for owner in who:
        assert _of_owners([*group, (owner, before, now)])["hidden"]


def _who_hides(group):
    """Return the owners who keep the figures hidden: all if there are two, else a large one."""
    owners = {owner for owner, *_made in group}
    if len(owners) < 3:
        return owners
    parts = {(o, n): sum(p[n] for p in group if p[0] == o) for o in owners for n in (1, 2)}
    return {o for (o, n), part in parts.items() if 100 * part > 80 * sum(p[n] for p in group)}


def _of_owners(group):
    """Return the row of plants by owner and output in both years."""
    rows, owners = [], {}
    for i, (owner, before, now) in enumerate(group):
        rows += both(f"P{i}", (1, before), (1, now))
        owners[f"P{i}"] = owner
    return only(by_sector(*rows, owners=pd.Series(owners)))


@often
@given(st.lists(st.tuples(amounts, outputs, amounts, outputs), min_size=1, max_size=6))
def test_a_threshold_is_crossed_by_the_decimals_as_they_are(plants):
    rows = [r for i, (c, o, k, p) in enumerate(plants) for r in both(f"P{i}", (c, o), (k, p))]
    row = only(by_sector(*rows))
    # 1 − (k/p)/(c/o) ≥ 5/100 in whole numbers, in thousandths: 100·k·o ≤ 95·c·p.
    c, o, k, p = (sum(round(Fraction(said[n]) * 1000) for said in plants) for n in range(4))
    if c:
        assert (row["status"] in intensity.YES) == (100 * k * o <= 95 * c * p)
    else:
        assert row["reduction"] is None
