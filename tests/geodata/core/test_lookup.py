"""Ids looked up in columns: the same answer as pandas gives, for whatever holds them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.core.lookup import is_in, places_in
from tests.examples import examples

IDS = st.lists(st.none() | st.sampled_from(["A", "B", "Đ1", ""]), max_size=6)


@examples(60)
@given(IDS, IDS, st.sampled_from(["string", "category", object]))
def test_cells_are_among_ids_as_pandas_has_it(cells, ids, kind):
    column = pd.Series(cells, dtype=kind)
    wanted = [one for one in ids if one is not None]
    assert list(is_in(column, pd.Series(ids, dtype="string"))) == list(column.isin(wanted))


@pytest.mark.parametrize("ids", [{"A"}, ["A"], pd.Index(["A"]), {"A": 1}.keys()])
def test_ids_may_come_in_any_collection(ids):
    assert list(is_in(pd.Index(["B", "A"]), ids)) == [False, True]


def test_what_is_empty_has_no_type_and_holds_nothing():
    assert list(is_in(pd.RangeIndex(0), ["A"])) == []
    assert list(is_in(pd.Series(["A"]), pd.Series([], dtype=float))) == [False]
    assert list(places_in(pd.Series(["A"]), pd.Index([]))) == [-1]


@examples(60)
@given(IDS)
def test_places_are_those_of_the_index(cells):
    ids = pd.Index(["B", "A", "Đ1"], dtype="string")
    column = pd.Series(cells, dtype="string")
    expected = ids.get_indexer(pd.Index(column))
    assert np.array_equal(places_in(column, ids), expected)
