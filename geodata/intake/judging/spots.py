"""Rows at the very spot where the register has a site: what was decided of it is not asked again.

Not here: how a position is read (``readings``), or in which unit it lies (``positions``).
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.geography.coordinates import Position, apart

_SAME_SPOT_M = 2.0  # more than the last digit of a list in metres


def taken(candidates: pd.DataFrame, known: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which rows can be read to lie where the register has their site.

    Parameters
    ----------
    candidates : DataFrame
        As from `readings.candidates`.
    known : DataFrame
        For each row ``lon`` and ``lat`` of the register, degrees in EPSG:4326 (text or numbers),
        missing where it has none; counted from 0.
    """
    lon, lat = (
        pd.to_numeric(known[column], errors="coerce").to_numpy(dtype=float)
        for column in ("lon", "lat")
    )
    at = candidates["row"].to_numpy(dtype=np.int64)
    stated = Position(candidates["lon"].to_numpy(float), candidates["lat"].to_numpy(float))
    same = apart(stated, Position(lon[at], lat[at])) <= _SAME_SPOT_M
    return np.isin(np.arange(len(known)), at[same])
