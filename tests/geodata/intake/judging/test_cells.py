"""Known values of a column: read in every spelling, or refused with the closest one."""

import pandas as pd
import pytest

from geodata.intake.judging.cells import Level, column_of, read_value
from geodata.intake.judging.days import read_day
from geodata.register import evidence, sites


@pytest.mark.parametrize(
    ("text", "value"),
    [("supermarket", "supermarket"), ("Siêu thị", "supermarket"), ("SIEU THI", "supermarket")],
)
def test_a_known_value_is_read_in_every_spelling(text, value):
    assert read_value(text, "kind", sites.KINDS).text == value


def test_an_unknown_value_is_refused_with_the_closest_one():
    cell = read_value("Siêu thịi", "kind", sites.KINDS)
    assert (cell.text, cell.suggestion, cell.level) == (None, "Siêu thị", Level.ERROR)


def test_a_value_of_another_table_is_no_value_here():
    assert read_value("held", "kind", sites.KINDS).text is None
    assert read_value("supermarket", "kind", evidence.EVENT_KINDS).text is None


def test_a_column_is_read_cell_by_cell_and_each_wrong_cell_named():
    cells = pd.Series(["31/12/2024", pd.NA, "chưa rõ", "quý I/2025"], name="event_date")
    plain, periods, remarks = column_of(cells.astype("string"), read_day, "rule")
    assert plain.fillna("").tolist() == ["2024-12-31", "", "", ""]
    assert periods.fillna("").tolist() == ["", "", "", "quý I/2025"]
    assert [(remark.at, remark.value) for remark in remarks] == [(2, "chưa rõ"), (3, "quý I/2025")]
