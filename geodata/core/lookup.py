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
    wanted = pa.array(ids, type=pa.large_string(), from_pandas=True)
    if isinstance(wanted, pa.ChunkedArray):
        wanted = wanted.combine_chunks()
    there = pa.array(cells, type=pa.large_string(), from_pandas=True)
    hits = pc.is_in(there, value_set=wanted, skip_nulls=True)
    return np.asarray(hits.to_numpy(zero_copy_only=False), dtype=bool)
