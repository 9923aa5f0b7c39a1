"""Declarations: what a file may say, which of them count at a date, and in which sectors."""

from datetime import date

import pandas as pd
import pytest

from geodata.core.errors import DataError
from geodata.core.names import unaccent
from geodata.register import declarations
from geodata.rules.plan import shipped

D = date
ENTERED = D(2025, 1, 31)


def declared(plant, year, consumption, output="1000", **more):
    """Return a verified declaration of a plant's electricity, as text."""
    sound = {"plant": plant, "sector": "thép", "input": "điện", "year": str(year)}
    sound |= {"consumption": str(consumption), "consumption_unit": "kWh"}
    sound |= {"output": str(output), "output_unit": "tấn", "grade": "A"}
    return sound | {"recorded_at": "2025-01-10"} | more


def typed(*rows):
    table = [{"id": f"K{i:03}"} | row for i, row in enumerate(rows)]
    return declarations.typed(pd.DataFrame(table, dtype="string"), ENTERED)


def test_no_declarations_have_the_columns_and_types_of_many():
    some = typed(declared("A", 2024, "10.5"))
    assert list(declarations.none().columns) == list(declarations.COLUMNS)
    assert declarations.none().dtypes.equals(some.dtypes)


def test_a_blank_day_of_entry_is_the_day_it_was_entered():
    assert typed(declared("A", 2024, "1", recorded_at=""))["recorded_at"][0] == pd.Timestamp(
        ENTERED
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("consumption", "-1"),
        ("consumption", "1,5"),
        ("consumption", "1e3"),
        ("consumption", "inf"),
        ("consumption", "0.1234567890123456"),
        ("output", "0"),
        ("output", "-2"),
        ("year", "2023.5"),
        ("year", "1989"),
        ("year", "2101"),
        ("year", "2026"),  # had not begun when it was recorded
        ("grade", "E"),
        ("recorded_at", "10/01/2025"),
        ("plant", ""),
        ("sector", ""),
        ("input", ""),
    ],
)
def test_a_wrong_cell_refuses_the_whole_table_in_one_sentence(column, value):
    with pytest.raises(DataError) as refused:
        typed(declared("A", 2024, "1"), declared("B", 2024, "1") | {column: value})
    sentence = str(refused.value)
    assert f"dòng 2, cột “{column}”" in sentence
    assert unaccent(sentence) != sentence.lower()


def test_nothing_used_is_a_number_too():
    assert typed(declared("A", 2024, "0"))["consumption"][0] == 0


@pytest.mark.parametrize(
    "column", ["year", "consumption", "consumption_unit", "output", "output_unit"]
)
def test_without_what_it_needs_a_declaration_is_kept_and_never_counted(column):
    found = typed(declared("A", 2024, "1") | {column: ""})
    assert list(found["grade"]) == ["D"]
    assert declarations.live(found).empty


LIVE = {
    "known that day": ([declared("A", 2024, "1")], D(2025, 1, 10), {"K000"}),
    "not yet known": ([declared("A", 2024, "1")], D(2025, 1, 9), set()),
    "grade D": ([declared("A", 2024, "1", grade="D")], ENTERED, set()),
    "superseded": (
        [declared("A", 2024, "1"), declared("A", 2024, "2", supersedes="K000")],
        ENTERED,
        {"K001"},
    ),
    "superseded only later": (
        [
            declared("A", 2024, "1"),
            declared("A", 2024, "2", supersedes="K000", recorded_at="2025-01-20"),
        ],
        D(2025, 1, 19),
        {"K000"},
    ),
    "withdrawn by one of grade D": (
        [declared("A", 2024, "1"), declared("A", 2024, "", supersedes="K000")],
        ENTERED,
        set(),
    ),
}


@pytest.mark.parametrize(("rows", "day", "expected"), LIVE.values(), ids=LIVE)
def test_which_declarations_count_of_those_known_on_a_day(rows, day, expected):
    known = declarations.known_at(typed(*rows), day)
    assert set(declarations.live(known)["id"]) == expected


def test_a_sector_that_no_plan_names_is_told_by_its_row():
    found = typed(
        declared("A", 2024, "1", sector="Hoá chất"), declared("B", 2024, "1", sector="giày da")
    )
    listed = [s for target in shipped()[0].targets for s in target.sectors]
    (fault,) = declarations.unknown_sectors(found, listed)
    assert (fault.row, fault.column, fault.value) == (2, "sector", "giày da")
