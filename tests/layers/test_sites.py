"""Sites on the page: columns and letters that read back to the register and its statuses."""

import json
from datetime import date

import pandas as pd
import pytest

from geodata import intake
from geodata.reading import inventory, symbology
from geodata.register.sites import KINDS
from geodata.rules import plan, status
from layers import sites as layer

PRIVATE = "for the office only"
NO_ENTRIES = pd.Series(pd.Categorical([], categories=symbology.ENTRIES))
NO_STATUS = pd.DataFrame({name: pd.Categorical([]) for name in ("outreach", "compliance", "stage")})


def decoded(letters, axis):
    """Read the letters of a day as `setDay` in sites.js does."""
    order = layer.look({})["order"]
    small = [ord(letter) - ord("a") for letter in letters[axis]]
    return [order[axis][n] if n >= 0 else order["stage"][n + 32] for n in small]


@pytest.fixture(scope="module")
def columns(sites, codes):
    return layer.columns(sites, codes)


# --- statuses ------------------------------------------------------------------------------


@pytest.mark.parametrize("axis", ["outreach", "compliance"])
@pytest.mark.parametrize("as_of", [date(2024, 6, 30), date(2024, 12, 31), date(2025, 12, 31)])
def test_letters_read_back_to_the_statuses_of_the_day(simulated, axis, as_of):
    plan_of_day = plan.default(plan.shipped(), as_of)
    of_day = status.status_of(*simulated, plan_of_day, as_of)
    expected = of_day["stage"].astype("string").fillna(of_day[axis].astype("string"))
    assert decoded(layer.letters(of_day, NO_ENTRIES), axis) == expected.tolist()


def test_letters_read_back_to_the_entries_of_the_inventory():
    shipped = intake.shipped_sites(), intake.shipped_evidence()
    entries = inventory.entries(*shipped, date(2025, 12, 31))
    assert entries.nunique() > 2
    read = decoded(layer.letters(NO_STATUS, entries), "entry")
    assert read == entries.astype("string").tolist()


def test_there_are_letters_for_every_status_and_stage():
    assert max(map(len, symbology.STATUSES.values())) <= 26


# --- columns -------------------------------------------------------------------------------


def test_every_column_has_every_site(columns, sites):
    assert {name: len(column) for name, column in columns.items()} == dict.fromkeys(
        columns, len(sites)
    )
    assert columns["id"] == list(sites.index)


def test_kinds_read_back(columns, sites):
    assert [KINDS[n] for n in columns["kind"]] == sites["kind"].tolist()


@pytest.mark.parametrize("axis", ["lat", "lon"])
def test_positions_read_back_to_a_metre(columns, sites, axis):
    drawn = pd.Series(columns[axis], index=sites.index, dtype="float64") / 100_000
    assert ((drawn - sites[axis]).abs().dropna() <= 0.5e-5).all()
    assert (drawn.isna() == sites[axis].isna()).all()


@pytest.mark.parametrize(
    ("vintage", "column"), [("legacy", "district_legacy"), ("2025", "commune_2025")]
)
def test_units_read_back(columns, sites, codes, vintage, column):
    found = [codes[vintage][n] if n >= 0 else None for n in columns[vintage]]
    expected = sites[column].astype(object).where(sites[column].notna(), None)
    assert found == expected.tolist()


def test_only_sites_at_the_very_same_position_are_spread():
    register = intake.shipped_sites()
    shared = layer.columns(register, {})["shared"]
    together = register.dropna(subset=["lat", "lon"]).groupby(["lat", "lon"])["id"].agg(list)
    for ids in together:
        turns = [shared[register.index.get_loc(site)] for site in ids]
        assert turns == ([None] if len(ids) == 1 else [[k, len(ids)] for k in range(len(ids))])
    lost = register[["lat", "lon"]].isna().any(axis=1).to_numpy().nonzero()[0]
    assert [shared[i] for i in lost] == [None] * len(lost)
    assert together.map(len).max() > 1


def test_a_position_known_only_to_its_commune_is_marked():
    register = intake.shipped_sites()
    marks = layer.columns(register, {})["uncertain"]
    stated = register["position_accuracy_m"]
    assert marks == [0 if metres < 1000 else 1 for metres in stated]
    assert set(marks) == {0, 1}


def test_whole_numbers_stay_whole_on_the_page(columns):
    assert "." not in json.dumps([columns["shared"], columns["lat"], columns["accuracy"]])


def test_nothing_private_is_among_the_columns(sites, codes):
    told = sites.assign(
        source_note=PRIVATE, details=PRIVATE, operator=PRIVATE, confidence=PRIVATE, public="no"
    )
    assert PRIVATE not in json.dumps(layer.columns(told, codes))


def test_a_register_without_sites_makes_empty_columns(sites, codes, statuses):
    assert set(map(len, layer.columns(sites.head(0), codes).values())) == {0}
    none = {"outreach": "", "compliance": "", "entry": ""}
    assert layer.letters(statuses.head(0), NO_ENTRIES) == none
