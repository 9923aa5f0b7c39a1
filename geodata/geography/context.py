"""What lies around the study area: neighbouring provinces and towns, for orientation only.

Not here: units of the study area (``units``) or how any of it is drawn. Nothing is counted in it.
"""

from dataclasses import dataclass
from importlib.resources import as_file, files

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

FRAME = (105.0, 9.2, 106.3, 10.4)
"""West, south, east and north end of what is known, in degrees (EPSG:4326)."""

RANKS = ("city", "town", "small")
"""Of towns, the greatest first."""

_OWN_BORDER = 0.005  # degrees: two generalisations of one border lie no further apart
_SLIVER = 0.004  # degrees: a narrower gap between provinces is no water
_CLEAR = 0.015  # degrees between a place for a name and the next border
_STEP = 0.025  # degrees between places for a name near the study area; twice that further away
_NEAR = 0.15  # degrees


@dataclass(frozen=True)
class Neighbour:
    """A neighbouring province; ``anchors`` are [lon, lat] well inside it, in EPSG:4326."""

    code: str
    name: str
    anchors: NDArray[np.float64]
    is_remainder: bool
    """Whether the study area is part of this province too."""


def load_provinces() -> gpd.GeoDataFrame:
    """Read the provinces since 01/07/2025 in and around the study area.

    Returns
    -------
    provinces
        5 polygons in EPSG:4326 with ``name``, by ``code``, cut at ``FRAME``. Generalised to
        150 m: a background, no borders to measure by.
    """
    with as_file(files("geodata") / "data" / "context" / "provinces_2025_frame.geojson") as path:
        return gpd.read_file(path).set_index("code")[["name", "geometry"]]


def load_towns() -> pd.DataFrame:
    """Read the towns in and around the study area.

    Returns
    -------
    towns
        ``name``, ``rank`` (one of ``RANKS``), ``lat`` and ``lon`` in EPSG:4326, by their number
        at GeoNames; the greatest first.
    """
    with (files("geodata") / "data" / "context" / "places.csv").open(encoding="utf-8") as lines:
        towns = pd.read_csv(lines, dtype={"geonameid": str}).set_index("geonameid")
    return towns.sort_values("rank", key=lambda rank: rank.map(RANKS.index), kind="stable")


def load_outline() -> gpd.GeoDataFrame:
    """Read the country's outline with its archipelagos, for a locator only (land to 2.5 km).

    Returns
    -------
    outline
        ``name``, ``kind`` (``land`` as polygons, ``islands`` as points) in EPSG:4326.
    """
    path = files("geodata") / "data" / "context" / "vietnam_outline_hoangsa_truongsa.geojson"
    with as_file(path) as opened:
        return gpd.read_file(opened)[["name", "kind", "geometry"]]


def neighbours(provinces: gpd.GeoDataFrame, area: BaseGeometry) -> list[Neighbour]:
    """Say which provinces lie around the study area, and where their names may stand.

    Parameters
    ----------
    provinces
        As from ``load_provinces``.
    area
        The study area in EPSG:4326; the province it belongs to counts without it.

    Returns
    -------
    neighbours
        Each with places on a grid that is finer near the study area, none of them nearer than
        0.015 degrees to a border.
    """
    grid = _grid(area)
    points = shapely.points(grid)
    inside = area.representative_point()
    return [
        Neighbour(
            str(code),
            str(name),
            grid[shapely.contains(shape.difference(area).buffer(-_CLEAR), points)],
            bool(shape.contains(inside)),
        )
        for code, name, shape in zip(
            provinces.index, provinces["name"], provinces.geometry, strict=True
        )
    ]


def _grid(area: BaseGeometry) -> NDArray[np.float64]:
    """Return places all over the frame as [lon, lat], more of them near the study area."""
    west, south, east, north = FRAME
    columns, rows = round((east - west) / _STEP), round((north - south) / _STEP)
    i, j = (axis.ravel() for axis in np.meshgrid(np.arange(columns), np.arange(rows)))
    grid = np.column_stack([west + i * _STEP, south + j * _STEP]).round(4)
    coarse = (i % 2 == 0) & (j % 2 == 0)
    near = np.asarray(shapely.distance(area, shapely.points(grid))) < _NEAR
    return np.asarray(grid[coarse | near], dtype=np.float64)


def borders(provinces: gpd.GeoDataFrame, area: BaseGeometry) -> BaseGeometry:
    """Return the lines between provinces and along the sea, each once.

    Parameters
    ----------
    provinces
        As from ``load_provinces``.
    area
        The study area in EPSG:4326. Its own border is known better from its units, so what runs
        along it is left out.

    Returns
    -------
    lines
        Lines in EPSG:4326, none of them the edge of ``FRAME``.
    """
    edge = shapely.box(*FRAME).exterior.buffer(1e-3)
    lines: BaseGeometry = shapely.union_all(provinces.geometry.boundary.to_numpy())
    return shapely.line_merge(lines.difference(edge).difference(area.buffer(_OWN_BORDER)))


def sea(provinces: gpd.GeoDataFrame) -> BaseGeometry:
    """Return what of ``FRAME`` is no province: the sea and the mouths of its rivers.

    Parameters
    ----------
    provinces
        As from ``load_provinces``.

    Returns
    -------
    water
        Polygons in EPSG:4326.
    """
    land: BaseGeometry = provinces.geometry.union_all()
    water = shapely.box(*FRAME).difference(land)
    return water.buffer(-_SLIVER / 2).buffer(_SLIVER / 2).simplify(1e-3)
