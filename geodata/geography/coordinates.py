"""Positions: WGS 84 (EPSG:4326) as stored, VN-2000 as on paper, metres to measure in.

Not here: what people write for a position (``notation``), or the unit it lies in (``units``).
"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeVar

import numpy as np
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray
from pyproj import Transformer

WGS84 = "EPSG:4326"
CENTRAL_MERIDIAN = 105.0
"""Degrees east: Hậu Giang and old Cần Thơ. Old Sóc Trăng, now in the same city, has 105.5."""

Values = float | NDArray[np.float64]
Geometries = TypeVar("Geometries", GeoDataFrame, GeoSeries)


class Position(NamedTuple):
    """A place, or arrays of places, in WGS 84 (EPSG:4326), degrees."""

    lon: Values
    lat: Values


@dataclass(frozen=True, kw_only=True)
class GridPosition:
    """A place, or arrays of places, in VN-2000 / TM-3, metres.

    Vietnamese papers call the north X and the east Y, most software the other way round; the two
    have to be named here, so that they cannot be given in the wrong order.
    """

    north_x: Values
    east_y: Values
    central_meridian: float = CENTRAL_MERIDIAN


def vn2000(central_meridian: float = CENTRAL_MERIDIAN) -> str:
    """Return the definition of VN-2000 / TM-3 tied to WGS 84 by the official parameters.

    Named by code (EPSG:5897), PROJ and with it GeoPandas silently take EPSG:5194, a set made for
    oil blocks, 0.81 m off. The seven parameters here are those of decision 05/2007/QĐ-BTNMT, the
    same as EPSG:6960; ``towgs84`` counts rotations the other way round, hence their signs.

    Parameters
    ----------
    central_meridian
        Of the province, degrees east.

    Returns
    -------
    definition
        A PROJ string; axes east, north in metres.
    """
    return (
        f"+proj=tmerc +lat_0=0 +lon_0={central_meridian:.10g} +k=0.9999 +x_0=500000 +y_0=0"
        " +ellps=WGS84 +towgs84=-191.90441429,-39.30318279,-111.45032835,"
        "0.00928836,-0.01975479,0.00427372,0.252906278 +units=m +no_defs"
    )


def to_vn2000(lon: Values, lat: Values, central_meridian: float = CENTRAL_MERIDIAN) -> GridPosition:
    """Convert WGS 84 to VN-2000.

    Parameters
    ----------
    lon
        Degrees east in EPSG:4326.
    lat
        Degrees north in EPSG:4326.
    central_meridian
        Of the province, degrees east.

    Returns
    -------
    position
        Metres in VN-2000 / TM-3.
    """
    east, north = _transformer(central_meridian).transform(lon, lat)
    return GridPosition(north_x=north, east_y=east, central_meridian=central_meridian)


def from_vn2000(position: GridPosition) -> Position:
    """Convert VN-2000 to WGS 84.

    Parameters
    ----------
    position
        Metres in VN-2000 / TM-3.

    Returns
    -------
    position
        Degrees in EPSG:4326. There and back is true to 2e-9 degrees, 0.2 mm: PROJ turns the seven
        parameters round without iterating.
    """
    transformer = _transformer(position.central_meridian)
    lon, lat = transformer.transform(position.east_y, position.north_x, direction="INVERSE")
    return Position(lon, lat)


def from_utm(east: Values, north: Values) -> Position:
    """Convert WGS 84 / UTM zone 48N (EPSG:32648), which receivers show, to degrees.

    Parameters
    ----------
    east
        Metres.
    north
        Metres.

    Returns
    -------
    position
        Degrees in EPSG:4326.
    """
    return Position(*_utm().transform(east, north))


def apart(one: Position, other: Position) -> Values:
    """Return how far places in degrees are apart, metres: roughly, for places near each other."""
    north = (np.asarray(one.lat) - other.lat) * 110_600
    east = (np.asarray(one.lon) - other.lon) * 111_320 * np.cos(np.radians(one.lat))
    return np.hypot(north, east)


def to_metres(geometries: Geometries) -> Geometries:
    """Project to metres, for areas and distances.

    The result carries the pinned definition of EPSG:5897, not the code: with the code on it, the
    way back to WGS 84 would take the other transformation and shift everything by 0.81 m.

    Parameters
    ----------
    geometries
        In any CRS.

    Returns
    -------
    projected
        The same in VN-2000 / TM-3 105°00′, metres; areas within 0.02 % in the study area.
    """
    return geometries.to_crs(vn2000())


def metres_of(points: GeoDataFrame | GeoSeries) -> NDArray[np.float64]:
    """Return points as rows of metres, east and north, as from `to_metres`."""
    return np.asarray(to_metres(points.geometry).get_coordinates())


@cache
def _transformer(central_meridian: float) -> Transformer:
    return Transformer.from_crs(WGS84, vn2000(central_meridian), always_xy=True)


@cache
def _utm() -> Transformer:
    return Transformer.from_crs("EPSG:32648", WGS84, always_xy=True)
