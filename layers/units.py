"""Administrative units as compact outlines for the map page.

Not here: where units come from (``geodata.geography.units``) or how they are coloured.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

SCALE = 100_000  # 1e-5 degree, about one metre
_ON_MAPS = {"Phường ": "P. ", "Xã ": "", "Huyện ": "H. ", "Thị xã ": "TX ", "Thành phố ": "TP "}


def outlines(units: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return each unit's code, names, label point and rings, ready for the page.

    Parameters
    ----------
    units : GeoDataFrame
        Indexed by code, with `name` and polygons in EPSG:4326.

    Returns
    -------
    list of dict
        `code`, `name`, `short` (what stands on a map), `label` ([lat, lon], well inside the
        unit) and `rings`: for each ring one flat list of integers, see `steps`.
    """
    labels = units.geometry.apply(_label_point)
    return [
        {
            "code": str(code),
            "name": str(name),
            "short": short(str(name)),
            "label": [round(label.y, 5), round(label.x, 5)],
            "rings": [steps(ring) for ring in _rings(shape)],
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


def short(name: str) -> str:
    """Return a unit's name as it stands on maps: most units are communes, so these say none."""
    for word, abbreviation in _ON_MAPS.items():
        if name.startswith(word):
            return abbreviation + name.removeprefix(word)
    return name


def steps(line: BaseGeometry) -> list[int]:
    """Return a line as its first vertex and the steps from vertex to vertex, in 1e-5 degree."""
    grid = np.rint(shapely.get_coordinates(line) * SCALE).astype(int)
    between = np.diff(grid, axis=0, prepend=np.zeros((1, 2), dtype=int))
    return [int(step) for step in between.ravel()]
