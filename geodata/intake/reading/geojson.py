"""GeoJSON as features: one wrong feature costs its own place only, and nothing is parsed natively.

Read are collections, also nested, single features, bare geometries, lists, and lines of features.
Not here: the table they make (``vectors``).
"""

import json
import math
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geodata.core.errors import DataError
from geodata.core.text import _
from geodata.geography.coordinates import WGS84
from geodata.intake.reading import legacy
from geodata.intake.reading.features import BLANK, Feature, shortened, typed
from geodata.intake.reading.grid import Size

_OWN = {
    "type",
    "id",
    "bbox",
    "geometry",
    "properties",
    "crs",
}  # members with a meaning of their own
_CODE = re.compile(r"(?:urn:ogc:def:crs:)?(EPSG|OGC|ESRI):(?:[\d.]*:)?(\w+)", re.IGNORECASE)
_RING = 4  # positions of a closed ring
_PAIR = 2
_SIZES = (2, 3)  # east, north and perhaps the height


class _UnreadError(Exception):
    """Coordinates that make no geometry."""


@dataclass
class Shape:
    """A geometry read, or its coordinates as they were written."""

    geometry: BaseGeometry | None = None
    unread: str = ""
    closed: bool = False


@dataclass
class Features:
    """The features of a file, their system (None if it names one that is not known), and notes."""

    features: list[Feature] = field(default_factory=list)
    crs: CRS | None = field(default_factory=lambda: CRS(WGS84))
    notes: tuple[str, ...] = ()


def read(content: bytes, name: str) -> Features:
    """Return the features of a GeoJSON document.

    Parameters
    ----------
    content
        The document, in UTF-8 or in letters from before.
    name
        Of the file, for the sentences.

    Raises
    ------
    DataError
        If it is no JSON, no GeoJSON, or has more features or fields than are read.
    """
    text, notes = _text(content, name)
    document = Features(notes=notes)
    size = Size()
    names: set[str] = set()
    for value in _values(text, name):
        if isinstance(value, dict) and "crs" in value:
            document.crs, more = _system(value["crs"])
            document.notes += more
        for item in _features(value, name):
            feature = _feature(item) or Feature()  # so that it is counted, and named as blank
            names.update(feature.fields)
            size.add(len(document.features) + 1, len(names), max(len(feature.fields), 1))
            document.features.append(feature)
    return document


def _text(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return a document as text, and a note if its letters were converted."""
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        text, encoding = legacy.decoded(content, name)
        return text, (legacy.note(encoding),)


def _values(text: str, name: str) -> Iterator[Any]:
    """Yield the JSON values of a text: one, or one a line."""
    decoder = json.JSONDecoder(object_pairs_hook=_object)
    at = 0
    try:
        while (at := _skipped(text, at)) < len(text):
            value, at = decoder.raw_decode(text, at)
            yield value
    except json.JSONDecodeError as error:
        raise DataError(
            _(
                "“{name}” is damaged: it breaks off or is no JSON at line {line}, character "
                "{column}; save it again and try again."
            ).format(name=name, line=error.lineno, column=error.colno)
        ) from error
    except (RecursionError, ValueError) as error:
        raise DataError(
            _("“{name}” is damaged and cannot be read; save it again and try again.").format(
                name=name
            )
        ) from error


def _skipped(text: str, at: int) -> int:
    """Return where the next value begins; records may be parted by a sign of their own."""
    while at < len(text) and text[at] in " \t\r\n\x1e":
        at += 1
    return at


def _object(pairs: list[tuple[str, Any]]) -> Any:
    """Return a member of the document; a geometry at once, so that its numbers take no memory."""
    members: dict[str, Any] = {}
    for key, value in pairs:
        count = 2
        title = key
        while title in members:
            title = f"{key} ({count})"
            count += 1
        members[title] = value
    kind = members.get("type")
    if "coordinates" in members and isinstance(kind, str) and kind in _MAKERS:
        return _shape(members)
    return members


def _features(value: Any, name: str) -> Iterator[Any]:
    """Yield what stands for features in a value, however deep collections lie."""
    pending = deque([value])
    while pending:
        item = pending.popleft()
        inside = item.get("features") if isinstance(item, dict) else item
        if isinstance(inside, list):
            if _is_esri(inside):
                raise _other(name, _("JSON of ArcGIS"))
            pending.extendleft(reversed(inside))
        elif isinstance(item, dict) and item.get("type") == "Topology":
            raise _other(name, "TopoJSON")
        else:
            yield item


def _other(name: str, what: str) -> DataError:
    return DataError(
        _(
            "“{name}” is {what}, not GeoJSON; open it in QGIS, save it as GeoJSON or GeoPackage "
            "and try again."
        ).format(name=name, what=what)
    )


def _is_esri(items: list[Any]) -> bool:
    return any(isinstance(item, dict) and "attributes" in item for item in items[:1])


def _feature(item: Any) -> Feature | None:
    """Return one feature, None if it is nothing of the kind."""
    if isinstance(item, Shape):
        return Feature(geometry=item.geometry, unread=item.unread, closed=item.closed)
    if not isinstance(item, dict):
        return None
    if item.get("type") == "GeometryCollection":
        shape = _collection(item)
        return Feature(geometry=shape.geometry, unread=shape.unread, closed=shape.closed)
    if item.get("type") != "Feature":
        return None
    properties = item.get("properties")
    fields = {key: _value(value) for key, value in _members(properties)}
    for key, value in item.items():
        if key not in _OWN or (key == "id" and isinstance(value, str)):
            fields.setdefault(key, _value(value))
    shape = _of_member(item.get("geometry"))
    return Feature(fields, shape.geometry, shape.unread, shape.closed)


def _members(properties: Any) -> Iterator[tuple[str, Any]]:
    """Yield the properties of a feature; what is no object of JSON is one property."""
    if isinstance(properties, dict):
        yield from properties.items()
    elif properties is not None:
        yield "properties", properties


def _value(value: Any) -> Any:
    """Return a property; a geometry among them in words that positions are read from."""
    if isinstance(value, Shape):
        return typed(value.geometry.wkt if value.geometry else value.unread or None)
    return typed(_without_shapes(value)) if value is not None else BLANK


def _without_shapes(value: Any) -> Any:
    """Return a property whose parts can all be written as JSON."""
    if isinstance(value, Shape):
        return value.geometry.wkt if value.geometry else value.unread
    if isinstance(value, list):
        return [_without_shapes(part) for part in value]
    if isinstance(value, dict):
        return {key: _without_shapes(part) for key, part in value.items()}
    return value


def _of_member(member: Any) -> Shape:
    """Return the geometry of a feature."""
    if member is None or isinstance(member, Shape):
        return member or Shape()
    if isinstance(member, dict) and member.get("type") == "GeometryCollection":
        return _collection(member)
    return Shape(unread=shortened(_as_written(member)))


def _collection(member: dict[str, Any]) -> Shape:
    """Return the geometries of a collection as one."""
    parts = member.get("geometries")
    if not isinstance(parts, list):
        return Shape(unread=shortened(_as_written(member)))
    shapes = [_of_member(part) for part in parts]
    if unread := " ".join(shape.unread for shape in shapes if shape.unread):
        return Shape(unread=shortened(unread))
    there = [shape.geometry for shape in shapes if shape.geometry is not None]
    closed = any(shape.closed for shape in shapes)
    return Shape(shapely.GeometryCollection(there) if there else None, closed=closed)


def _shape(member: dict[str, Any]) -> Shape:
    """Return a geometry, or its coordinates as written if they make none."""
    coordinates = member["coordinates"]
    if coordinates in (None, []):
        return Shape()
    shape = Shape()
    try:
        shape.geometry = _MAKERS[member["type"]](coordinates, shape)
    except (_UnreadError, ShapelyError, TypeError, ValueError):
        shape.closed = False
        shape.unread = shortened(f"{member['type']} {_as_written(coordinates)}")
    return shape


def _as_written(value: Any) -> str:
    return json.dumps(_without_shapes(value), ensure_ascii=False)


def _position(value: Any) -> tuple[float, ...]:
    """Return one position; a number written as text is a number."""
    if not isinstance(value, list) or len(value) < 2:  # noqa: PLR2004 - east and north
        raise _UnreadError
    numbers = tuple(float(number) for number in value[:3] if not isinstance(number, bool | None))
    if len(numbers) < min(len(value), 3) or not all(map(math.isfinite, numbers)):
        raise _UnreadError
    return numbers


def _positions(values: Any) -> NDArray[np.float64] | list[tuple[float, ...]]:
    """Return a row of positions, all of as many numbers as the shortest."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):  # of different lengths, or not all numbers
        array = np.empty(0)
    if array.ndim == _PAIR and array.shape[1] in _SIZES and np.isfinite(array).all():
        return array
    row = [_position(value) for value in values]
    shortest = min(map(len, row), default=0)
    return [position[:shortest] for position in row]


def _point(value: Any, _shape: Shape) -> BaseGeometry:
    return shapely.Point(_position(value))


def _points(values: Any, _shape: Shape) -> BaseGeometry:
    return shapely.MultiPoint(_positions(values))


def _line(values: Any, _shape: Shape) -> shapely.LineString:
    return shapely.LineString(_positions(values))


def _lines(values: Any, shape: Shape) -> BaseGeometry:
    return shapely.MultiLineString([_line(value, shape) for value in values])


def _polygon(rings: Any, shape: Shape) -> shapely.Polygon:
    shell, *holes = (_ring(ring, shape) for ring in rings)
    return shapely.Polygon(shell, holes)


def _polygons(values: Any, shape: Shape) -> BaseGeometry:
    return shapely.MultiPolygon([_polygon(value, shape) for value in values])


def _ring(values: Any, shape: Shape) -> shapely.LinearRing:
    """Return a ring; one that lacks only its last corner is closed."""
    row = _positions(values)
    is_open = len(row) > 0 and tuple(row[0]) != tuple(row[-1])
    if len(row) + is_open < _RING:
        raise _UnreadError
    shape.closed = shape.closed or is_open
    return shapely.LinearRing(row)  # closes it


_MAKERS: dict[str, Callable[[Any, Shape], BaseGeometry]] = {
    "Point": _point,
    "MultiPoint": _points,
    "LineString": _line,
    "MultiLineString": _lines,
    "Polygon": _polygon,
    "MultiPolygon": _polygons,
}


def _system(member: Any) -> tuple[CRS | None, tuple[str, ...]]:
    """Return the system that a document names, and a note if it is not known."""
    if member is None:
        return None, ()
    properties = member.get("properties") if isinstance(member, dict) else None
    written = str(properties.get("name", member) if isinstance(properties, dict) else member)
    code = _CODE.fullmatch(written.strip())
    try:
        if code and (code[1].upper(), code[2].upper()) == ("OGC", "CRS84"):
            return CRS(WGS84), ()
        if code:
            return CRS.from_authority(code[1].upper(), code[2]), ()
    except CRSError:
        pass
    note = _("The coordinate system “{name}” that the file names is not known.")
    return None, (note.format(name=shortened(written)),)
