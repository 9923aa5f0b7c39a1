"""An area drawn on the map – a polygon or a circle – and which sites lie in it.

Pure; measured in EPSG:5897, never degrees. Not here: drawing it (``layers``).
"""

from collections.abc import Sequence
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.geography.coordinates import WGS84, to_metres
from geodata.geography.distances import accuracy
from geodata.register.sites import placed

BOX = (102.0, 8.0, 118.0, 24.0)  # degrees: Việt Nam, islands included
CORNERS = (3, 200)
RADIUS_M = (10.0, 200_000.0)
_DIGITS = 5  # decimals of a degree: a metre
_SIDES = 64  # a quarter of a circle; at 5 km it is nowhere off by more than half a metre


class Circle(NamedTuple):
    """All within a distance of a place: degrees and metres."""

    lat: float
    lon: float
    radius_m: float


class Polygon(NamedTuple):
    """All within a line through corners, each (lat, lon) in degrees."""

    corners: tuple[tuple[float, float], ...]


Area = Circle | Polygon


class Inside(NamedTuple):
    """Which sites lie in an area, and of which that hangs on how well their place is known."""

    sites: pd.Series
    unsure: pd.Series


def read(text: str) -> Area:
    """Return an area from its text: ``circle:9.78;105.5;5000`` or ``polygon:lat;lon;lat;lon…``.

    Raises
    ------
    ValueError
        If the text means no area, or one that is not here.
    """
    kind, _colon, rest = text.partition(":")
    numbers = [float(part) for part in rest.split(";")]
    if kind == "circle" and len(numbers) == len(Circle._fields):
        circle = Circle(*numbers)
        if _here([circle[:2]]) and RADIUS_M[0] <= circle.radius_m <= RADIUS_M[1]:
            return circle
    if kind == "polygon" and len(numbers) % 2 == 0:
        corners = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        if _here(corners) and CORNERS[0] <= len(set(corners)) and len(corners) <= CORNERS[1]:
            return Polygon(corners)
    raise ValueError(text)


def _here(corners: Sequence[tuple[float, float]]) -> bool:
    west, south, east, north = BOX
    return all(south <= lat <= north and west <= lon <= east for lat, lon in corners)


def spelled(area: Area) -> str:
    """Return the text of an area, as `read` takes it."""
    if isinstance(area, Circle):
        return f"circle:{area.lat:.{_DIGITS}f};{area.lon:.{_DIGITS}f};{area.radius_m:.0f}"
    numbers = [f"{degree:.{_DIGITS}f}" for corner in area.corners for degree in corner]
    return "polygon:" + ";".join(numbers)


def inside(sites: gpd.GeoDataFrame, area: Area) -> Inside:
    """Return which sites lie in an area, its edge included.

    Parameters
    ----------
    sites : GeoDataFrame
        Points in EPSG:4326, with `position_accuracy_m`; those without a position lie nowhere.
    area : Circle or Polygon
        A line that crosses itself encloses what lies on an odd side of it.

    Returns
    -------
    Inside
        Two series of bool, indexed like the sites. A site is unsure if the edge is not
        farther than its position may be off.
    """
    known = placed(sites)
    points = to_metres(sites.geometry[known.to_numpy()])
    shape = _metres(area)
    covered = pd.Series(data=False, index=sites.index)
    unsure = pd.Series(data=False, index=sites.index)
    covered[known] = points.intersects(shape).to_numpy()
    off = accuracy(sites)[known.to_numpy()].to_numpy()
    unsure[known] = (points.distance(shape.boundary) <= off).to_numpy()
    return Inside(covered, unsure)


def _metres(area: Area) -> BaseGeometry:
    """Return an area as a shape in EPSG:5897."""
    corners = [(area.lat, area.lon)] if isinstance(area, Circle) else area.corners
    lat, lon = zip(*corners, strict=True)
    points = to_metres(gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs=WGS84))
    shape: BaseGeometry
    if isinstance(area, Circle):
        shape = points.iloc[0].buffer(area.radius_m, quad_segs=_SIDES)
    else:
        shape = shapely.make_valid(shapely.Polygon(points.tolist()))
    return shape
