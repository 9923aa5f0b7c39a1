"""What geometries become: a position each, in WGS 84, VN-2000 by the official parameters.

Not here: where geometries come from (``vectors`` and the formats), or whether a position is right.
"""

import re
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geodata.core.text import _, number
from geodata.geography.coordinates import WGS84, vn2000

_DEGREES = 360.0  # numbers beyond are metres
_DECIMALS = 8  # of a degree: a millimetre
_TM3, _UTM = 0.9999, 0.9996  # the scales of VN-2000 in zones of 3 and of 6 degrees
_MERIDIANS = (102.0, 111.0)


class Positions(NamedTuple):
    """Canonical columns of coordinates as text, and notes on how they came about."""

    columns: dict[str, list[str]]
    notes: tuple[str, ...]


def positions(shapes: gpd.GeoSeries | None) -> Positions:
    """Return the position of each geometry; blank where there is none.

    Parameters
    ----------
    shapes
        In any system, or none at all.
    """
    if shapes is None:
        return Positions({}, ())
    points = _points(shapes)
    there = (~(points.isna() | points.is_empty)).to_numpy()
    if not there.any():
        return Positions({}, ())
    notes = _losses(shapes[there])
    points = points[there]
    farthest = np.abs(np.concatenate([points.x, points.y])).max()
    if farthest > _DEGREES and (points.crs is None or points.crs.is_geographic):
        notes.append(
            _("The layer names no coordinate system in metres: taken as VN-2000, X north, Y east.")
        )
        values = {"vn2000_x": points.y, "vn2000_y": points.x}
        decimals = 3
    else:
        points, how = _to_wgs84(points, farthest)
        notes += how
        values = {"lat": points.y, "lon": points.x}
        decimals = _DECIMALS
    columns = {}
    for column, of_points in values.items():
        text = np.full(len(shapes), "", dtype=object)
        text[there] = [_plain(value, decimals) for value in of_points]
        columns[column] = text.tolist()
    return Positions(columns, tuple(notes))


def _points(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return a point on each geometry; one that crosses itself has its first corner."""
    with np.errstate(invalid="ignore"):
        try:
            return shapes.representative_point()
        except GEOSException:
            return gpd.GeoSeries([_point(shape) for shape in shapes], shapes.index, crs=shapes.crs)


def _point(shape: BaseGeometry | None) -> shapely.Point | None:
    """Return a point on one geometry, None where there is none."""
    if shape is None or shape.is_empty:
        return None
    try:
        return shape.representative_point()
    except GEOSException:
        return shapely.Point(shapely.get_coordinates(shape)[0])


def _losses(shapes: gpd.GeoSeries) -> list[str]:
    """Return notes on what a point does not say of its geometry."""
    notes = []
    if drawn := int((shapes.geom_type != "Point").sum()):
        note = _("{n} lines or areas are represented by a point on each.")
        notes.append(note.format(n=number(drawn)))
    heights = shapely.get_coordinates(shapes.to_numpy(), include_z=True)[:, 2]
    if np.any(np.nan_to_num(heights) != 0):
        notes.append(_("Heights are not taken in."))
    return notes


def _plain(value: float, decimals: int) -> str:
    """Return a coordinate as text; what a projection cannot place is said as it is."""
    return f"{value:.{decimals}f}".rstrip("0").rstrip(".") if np.isfinite(value) else str(value)


def _to_wgs84(points: gpd.GeoSeries, farthest: float) -> tuple[gpd.GeoSeries, list[str]]:
    """Return points in EPSG:4326, and a note if they were in anything else."""
    if points.crs is None:
        note = _("The layer names no coordinate system: taken as WGS 84.")
        return points.set_crs(WGS84), [note]
    if points.crs == CRS(WGS84) or points.crs.to_epsg() == 4326:  # noqa: PLR2004
        return points, []
    code = points.crs.to_epsg()
    title = f"EPSG:{code}" if code else points.crs.name
    if points.crs.is_projected and farthest <= _DEGREES:
        note = _("The layer says {crs}, but its numbers are degrees: taken as WGS 84.")
        return points.set_crs(WGS84, allow_override=True), [note.format(crs=title)]
    definition = _pinned(points.crs)
    if definition is None:
        note = _("Converted from {crs} to WGS 84.").format(crs=title)
    else:
        points = points.set_crs(definition, allow_override=True)
        note = _("Converted from {crs} by the official VN-2000 parameters.").format(
            crs=f"VN-2000{_meridian(definition)}"
        )
    return points.to_crs(WGS84), [note]


def _meridian(definition: str) -> str:
    """Return the central meridian of a definition as papers write it: `` 105°30′``."""
    match = re.search(r"lon_0=([0-9.]+)", definition)
    degrees, part = divmod(float(match[1]), 1) if match else (0.0, 0.0)
    return f" {degrees:.0f}°{part * 60:02.0f}′" if match else ""


def _pinned(crs: CRS) -> str | None:
    """Return VN-2000 tied to WGS 84 by the official parameters, None for any other system.

    Files name it in many ways, or only by its projection: a scale of 0.9999 on a meridian of
    Việt Nam is no other. PROJ's own choice for it is 0.81 m off, a TOWGS84 of zeros 225 m.
    """
    plain = crs.source_crs if crs.is_bound and crs.source_crs else crs
    datum = plain.datum.name if plain.datum else ""
    named = re.search(
        r"vn[-_ ]?2000|viet[-_ ]?nam[-_ ]?2000", f"{plain.name} {datum}", re.IGNORECASE
    )
    if plain.is_geographic:
        return _geographic() if named else None
    projection = plain.coordinate_operation
    if projection is None or "Transverse Mercator" not in projection.method_name:
        return None
    values = {parameter.name: parameter.value for parameter in projection.params}
    meridian = float(values.get("Longitude of natural origin", 0.0))
    scale = round(float(values.get("Scale factor at natural origin", 0.0)), 6)
    is_ours = scale == _TM3 or (scale == _UTM and named)
    if not is_ours or not _MERIDIANS[0] <= meridian <= _MERIDIANS[1]:
        return None
    return vn2000(meridian).replace(f"+k={_TM3}", f"+k={scale:.10g}")


def _geographic() -> str:
    """Return VN-2000 in degrees, with the parameters of its grid."""
    shift = next(part for part in vn2000().split() if part.startswith("+towgs84="))
    return f"+proj=longlat +ellps=WGS84 {shift} +no_defs"
