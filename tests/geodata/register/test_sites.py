"""The register's schema: what is accepted, what is filled in, and what is refused by name."""

from importlib.resources import files

import pandas as pd
import pytest

from geodata.core.errors import DataError
from geodata.register import sites

ADDED = ("founding", "history", "valid_from", "valid_to", "decision_date", "public")


@pytest.fixture
def table():
    with files("geodata").joinpath("data", "sites.csv").open("rb") as lines:
        return pd.read_csv(lines, dtype=str, keep_default_na=False)


def one(**cells):
    return pd.DataFrame([{"id": "S1", "kind": "supermarket", "name_vi": "Siêu thị", **cells}])


def test_the_shipped_register_is_valid(table):
    register = sites.typed(table)
    assert list(register.columns) == [*sites.COLUMNS, "geometry"]
    assert list(register.index) == list(table["id"])
    assert register.crs == "EPSG:4326"


def test_the_columns_of_the_compiled_figures_are_enough(table):
    register = sites.typed(table.drop(columns=list(ADDED), errors="ignore"))
    assert len(register) == len(table)
    assert (register["public"] == "yes").all()
    assert register["valid_from"].isna().all()
    decided = register["decision"].notna() & (register["lifecycle"] != "planned")
    assert (register.loc[decided, "founding"] == "decided").all()
    assert (register.loc[~decided, "founding"] == "unknown").all()


def test_what_is_blank_is_unknown():
    site = sites.typed(one(lifecycle=" ")).iloc[0]
    assert (site["lifecycle"], site["founding"], site["public"]) == ("unknown", "unknown", "yes")
    assert site.geometry is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "casino"),
        ("lifecycle", "sleeping"),
        ("founding", "maybe"),
        ("public", "perhaps"),
        ("lat", "105.6"),
        ("lon", "9.7"),
        ("lat", "9,7845"),
        ("position_accuracy_m", "0"),
        ("decision_date", "31/12/2024"),
        ("valid_from", "2024-02-30"),
        ("history", "asleep | 2024-01-01"),
        ("history", "operating | 01/01/2024"),
    ],
)
def test_a_wrong_cell_is_named(column, value):
    with pytest.raises(DataError) as refused:
        sites.typed(one(**{column: value}))
    assert column in str(refused.value)
    assert value in str(refused.value)


@pytest.mark.parametrize("column", ["id", "kind", "name_vi"])
def test_what_every_site_needs_is_missed(column):
    with pytest.raises(DataError, match=column):
        sites.typed(one(**{column: ""}))


def test_an_id_is_given_once():
    with pytest.raises(DataError, match="S1"):
        sites.typed(pd.concat([one(), one()]))


@pytest.mark.parametrize(
    ("column", "fine", "wrong"),
    [
        ("contact_phone", "0293.3876.543", "gọi sau"),
        ("contact_phone", "+84 (293) 3876543 / 0912 345 678", "12345"),
        ("contact_email", "lan@haugiang.gov.vn", "lan@"),
    ],
)
def test_whom_to_call_can_be_called_and_is_never_public(column, fine, wrong):
    row = {"id": "S1", "kind": "supermarket", "name_vi": "Siêu thị"}
    kept = sites.typed(pd.DataFrame([{**row, column: fine}]))
    assert kept[column].tolist() == [fine]
    assert column not in sites.public(kept)
    with pytest.raises(DataError):
        sites.typed(pd.DataFrame([{**row, column: wrong}]))
