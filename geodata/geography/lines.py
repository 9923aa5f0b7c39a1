"""Waters and roads drawn beneath the sites for orientation: what kinds there are, how fine.

Not here: the file an administrator supplies (``intake.lines``) or how a kind looks (``layers``).
Nothing is measured or counted along them.
"""

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.geography.context import FRAME

CLASSES = ("river", "canal", "ferry", "provincial", "national", "expressway")
"""Kinds of lines, as the column ``class`` names them; those drawn lowest first."""

_FINEST = 0.00015  # degrees, some 15 m: less than a pixel up to zoom 13
_VERTICES = 20_000  # of all lines together: some 60 KB of the page, compressed


def fitted(lines: gpd.GeoDataFrame, most: int = _VERTICES) -> gpd.GeoDataFrame:
    """Return lines as a map needs them: cut at ``FRAME``, joined by name, not finer than seen.

    Parameters
    ----------
    lines
        ``class`` (one of `CLASSES`), ``name`` (may be blank), lines or polygons in EPSG:4326.
    most
        How many vertices they may have together. They become coarser until they have no more,
        or until only their ends are left.

    Returns
    -------
    lines
        The same columns, one row a class, name and dimension, lowest class first.
    """
    frame = shapely.box(*FRAME)
    cut = shapely.intersection(lines.geometry.to_numpy(), frame)
    shown = shapely.get_dimensions(cut) > 0
    rows = lines.assign(geometry=cut, name=lines["name"].fillna(""))[shown & ~shapely.is_empty(cut)]
    if rows.empty:
        return rows[["class", "name", "geometry"]].reset_index(drop=True)
    areas = rows.geometry.geom_type.str.endswith("Polygon")
    keys = ["class", "name", "area"]
    joined = rows.assign(area=areas)[[*keys, "geometry"]].dissolve(keys, as_index=False)
    joined = joined.iloc[joined["class"].map(CLASSES.index).argsort(kind="stable")]
    straight = [_joined(shape) for shape in joined.geometry]
    drawn = joined.assign(geometry=_coarse_enough(np.array(straight), most))
    return drawn[["class", "name", "geometry"]].reset_index(drop=True)


def _joined(shape: BaseGeometry) -> BaseGeometry:
    """Return lines joined where they meet; areas as they are."""
    return shapely.line_merge(shape) if shape.geom_type.endswith("String") else shape


def _coarse_enough(shapes: NDArray[np.object_], most: int) -> NDArray[np.object_]:
    """Return shapes simplified until they have no more vertices than that together."""
    tolerance = _FINEST
    simple = shapely.simplify(shapes, tolerance)
    while shapely.get_num_coordinates(simple).sum() > most and tolerance < 1:
        tolerance *= 2
        simple = shapely.simplify(shapes, tolerance)
    return np.asarray(simple)
