"""What a file would change: every cell that differs, before and after, and nothing else."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import intake
from geodata.intake.judging import difference
from geodata.register import sites


@pytest.fixture(scope="module")
def register():
    return intake.shipped_sites()


def compared(before, after):
    old = difference.by_id(difference.as_text(before, sites.COLUMNS))
    return difference.compare(old, difference.as_text(after, sites.COLUMNS))


def test_a_register_is_unchanged_against_itself(register):
    difference = compared(register, register[::-1])
    assert (difference.new, dict(difference.changed), difference.missing) == ((), {}, ())
    assert len(difference.unchanged) == len(register)


def test_new_changed_and_missing_are_told_apart_cell_by_cell(register):
    after = register.copy()
    after.loc["HG-ST-01", "area_ha"] = 1.5
    after.loc["HG-ST-01", "operator"] = "Đơn vị khác"
    after.loc["HG-ST-02", "name_en"] = None
    after.loc["HG-ST-03", "id"] = "HG-ST-99"
    difference = compared(register, after)
    before = register.loc["HG-ST-02", "name_en"]
    operator = register["operator"].fillna("")["HG-ST-01"]
    assert difference.changed == {
        "HG-ST-01": {"operator": (operator, "Đơn vị khác"), "area_ha": ("", "1.5")},
        "HG-ST-02": {"name_en": (before, "")},
    }
    assert (difference.new, difference.missing) == (("HG-ST-99",), ("HG-ST-03",))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_comes_back_from_its_text(value):
    text = difference.as_text(pd.DataFrame({"area_ha": [value]}), ["area_ha"])["area_ha"][0]
    assert float(text) == value
    assert "e" not in text


def test_texts_days_and_numbers_come_back_as_one_kind_of_text(register):
    text = difference.as_text(register, sites.COLUMNS)
    assert {column.array.dtype.na_value for _name, column in text.items()} == {pd.NA}


def test_a_typed_register_comes_back_from_its_text(register):
    again = sites.typed(difference.as_text(register, sites.COLUMNS))
    pd.testing.assert_frame_equal(pd.DataFrame(again), pd.DataFrame(register))


def test_a_row_without_id_is_matched_by_name_and_kind_alone(register):
    rows = pd.DataFrame(
        {
            "id": [None, None, None, "HG-ST-02"],
            "name_vi": ["CO.OPMART VI THANH", "Co.opmart Vị Thanh", "Chưa có", None],
            "kind": ["supermarket", "craft_village", "supermarket", None],
        }
    )
    known = difference.as_text(register, sites.COLUMNS)
    assert difference.matched(rows, known).tolist() == [("HG-ST-01",), (), (), ()]
