"""Ids looked up in columns of ids. Not here: what an id names (``register``)."""

from collections.abc import Collection

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def is_in(cells: pd.Series | pd.Index, ids: Collection[str]) -> np.ndarray:
    """Return which cells of a text column are one of some ids; what is missing is none.

    `isin` of pandas turns each id it looks for into an object of Python, and of a hundred thousand
    that takes longer than all the rest.
    """
    if not len(cells) or not len(ids):  # an empty column may be of any type
        return np.zeros(len(cells), dtype=bool)
    hits = pc.is_in(_text(cells), value_set=_whole(_text(ids)).drop_null())
    return np.asarray(hits.to_numpy(zero_copy_only=False), dtype=bool)


def places_in(cells: pd.Series, ids: pd.Index) -> np.ndarray:
    """Return for each cell of a text column its place among some ids, -1 for none."""
    if not len(cells) or not len(ids):
        return np.full(len(cells), -1)
    places = pc.index_in(_text(cells), value_set=_whole(_text(ids)))
    return np.asarray(places.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)


def _text(cells: Collection[str]) -> pa.Array | pa.ChunkedArray:
    return pa.array(cells, type=pa.large_string(), from_pandas=True)


def _whole(cells: pa.Array | pa.ChunkedArray) -> pa.Array:
    return cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
