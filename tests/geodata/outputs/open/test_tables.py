"""What the public takes home is what the screens count: whole, named only where that is allowed."""

import pandas as pd
import pytest

from geodata.geography import units
from geodata.outputs.open import dictionary
from geodata.outputs.open.tables import NAMES, PARTS, UNITS
from geodata.register import sites
from geodata.rules import intensity, targets
from geodata.rules.status import status_of


@pytest.fixture(scope="module")
def results(snapshot, origin):
    measured = intensity.of_plan(snapshot.declarations, origin.plan, snapshot.sites["operator"])
    about = snapshot.sites, snapshot.evidence, origin.plan, origin.as_of, units.districts()
    return targets.results(*about, sectors=intensity.public(measured))


@pytest.mark.parametrize("table", UNITS.values())
@pytest.mark.parametrize("axis", targets.OF_AXIS)
def test_units_add_up_to_the_target_private_sites_too(tables, results, table, axis):
    count = targets.of_axis(results, axis).count
    sums = {part: int(tables[table][f"{axis}_{part}"].sum()) for part in PARTS}
    whole = (count.total, count.yes, count.unknown, count.no, count.open)
    assert tuple(sums[part] for part in ("sites", "yes", "unknown", "no", "open")) == whole


def test_targets_are_those_of_the_board(tables, results):
    rows = tables["indicators"].set_index("id")
    for result in results:
        row = rows.loc[result.target.id]
        numbers = [row["numerator"], row["denominator"], row["short"]]
        count = result.count
        whole = [count.yes, count.total, result.short] if count else [None] * 3
        assert [None if pd.isna(number) else number for number in numbers] == whole
        assert row["verdict"] == result.verdict or (pd.isna(row["verdict"]) and not result.verdict)


def test_a_private_site_is_in_no_table_and_its_status_in_none(tables, snapshot):
    hidden = set(snapshot.sites.index[snapshot.sites["public"] == "no"])
    assert hidden
    for table, column in (("sites", "id"), ("status", "id"), ("evidence", "subject")):
        assert not hidden & set(tables[table][column])
    assert len(tables["sites"]) == len(snapshot.sites) - len(hidden)
    columns = {column for table in tables.values() for column in table.columns}
    assert not {"source_note", *sites.CONTACT, "participants"} & columns


def test_a_site_has_the_status_of_the_screens(tables, snapshot, origin):
    status = status_of(snapshot.sites, snapshot.evidence, origin.plan, origin.as_of)
    rows = tables["status"].set_index("id")
    for axis in ("outreach", "compliance"):
        assert (rows[f"status_{axis}"] == status[axis].astype("string").loc[rows.index]).all()


@pytest.mark.parametrize("table", NAMES)
def test_every_column_is_in_the_dictionary_in_both_languages(tables, table):
    columns = dictionary.columns_of(table)
    assert {column.name for column in columns} == set(tables[table].columns) - {"geometry"}
    assert all(column.title for column in columns)
    for column in columns:
        if (values := column.values) is not None:  # noqa: PD011 - no frame
            assert set(tables[table][column.name].dropna()) <= set(values)
