"""Administrative units as compact outlines for the map page.

Not here: where units come from (``geodata.geography.units``) or how they are coloured.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

SCALE = 100_000  # 1e-5 degree, about one metre


def outlines(units: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return each unit's code, name, label point and rings, ready for the page.

    Parameters
    ----------
    units : GeoDataFrame
        Indexed by code, with `name` and polygons in EPSG:4326.

    Returns
    -------
    list of dict
        `code`, `name`, `label` ([lat, lon], well inside the unit) and `rings`: for each
        ring one flat list of integers, the first vertex and then the steps, in 1e-5 degree.
    """
    labels = units.geometry.apply(_label_point)
    return [
        {
            "code": str(code),
            "name": str(name),
            "label": [round(label.y, 5), round(label.x, 5)],
            "rings": [_steps(ring) for ring in _rings(shape)],
        }
        for code, name, label, shape in zip(
            units.index, units["name"], labels, units.geometry, strict=True
        )
    ]


def _label_point(shape: BaseGeometry) -> shapely.Point:
    """Return the centre of the largest circle that fits into a unit."""
    return shapely.Point(shapely.maximum_inscribed_circle(shape, tolerance=0.001).coords[0])  # type: ignore[call-overload]


def _rings(shape: BaseGeometry) -> list[BaseGeometry]:
    """Return all rings of a polygon or multipolygon."""
    polygons = shapely.get_parts(shape)
    return [ring for polygon in polygons for ring in shapely.get_rings(polygon)]


def _steps(ring: BaseGeometry) -> list[int]:
    """Return a ring as its first vertex and the steps from vertex to vertex."""
    grid = np.rint(shapely.get_coordinates(ring) * SCALE).astype(int)
    steps = np.diff(grid, axis=0, prepend=np.zeros((1, 2), dtype=int))
    return [int(step) for step in steps.ravel()]
