"""Positions: WGS 84 (EPSG:4326) as stored, VN-2000 as on paper, and reading what people write.

Not here: which unit a position lies in (``units``), and judging or repairing many positions.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import NamedTuple, TypeVar

import numpy as np
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray
from pyproj import Transformer

from geodata.core.errors import DataError
from geodata.core.names import unaccent
from geodata.core.text import _

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


class Notation(StrEnum):
    """The way a position was written."""

    DECIMAL = "decimal"
    DMS = "dms"
    VN2000 = "vn2000"


@dataclass(frozen=True)
class Reading:
    """A position as it was read.

    ``lon`` and ``lat`` are degrees in EPSG:4326. ``swapped`` tells that the east came first, or,
    with X and Y written, that X was the east; the numbers leave no doubt, but a person may want to
    know.
    """

    lon: float
    lat: float
    notation: Notation
    swapped: bool


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


@cache
def _transformer(central_meridian: float) -> Transformer:
    return Transformer.from_crs(WGS84, vn2000(central_meridian), always_xy=True)


# Where each kind of number lies in Viet Nam. The four ranges never meet, not even a thousandfold:
# a number tells by itself what it is, and which of its points is the decimal one.
_RANGES = {
    "degrees": {"north": (8.0, 24.0), "east": (102.0, 110.0)},
    "metres": {"north": (880_000.0, 2_660_000.0), "east": (200_000.0, 800_000.0)},
}
_NOTATIONS = {
    ("degrees", 1): Notation.DECIMAL,
    ("degrees", 2): Notation.DMS,
    ("degrees", 3): Notation.DMS,
    ("metres", 1): Notation.VN2000,
}
_MARKS = "°'\""
# Applied in this order to lower-case text without diacritics. N and B (Bắc) are north, E and Đ
# (Đông) east. South and west are left out: no place in Viet Nam is there.
_MEANINGS = {
    r"''|[″”“]": '"',
    r"[′’‘´`]": "'",
    r"[º˚]": "°",
    r"(?<![a-z])(vi do|vi tuyen|vi|latitude|lat)(?![a-z])": " north ",
    r"(?<![a-z])(kinh do|kinh tuyen|kinh|longitude|long|lon|lng)(?![a-z])": " east ",
    r"(?<![a-z])do(?![a-z])": "°",
    r"(?<![a-z])phut(?![a-z])": "'",
    r"(?<![a-z])giay(?![a-z])": '"',
    r"(?<![a-z])(bac|n|b)(?![a-z])": " north ",
    r"(?<![a-z])(dong|e|d)(?![a-z])": " east ",
    # What map sites copy: "9.784,105.470" is two numbers, never one with thousands points.
    r"(?<![0-9.,])([0-9]+\.[0-9]+),([0-9]+\.[0-9]+)(?![0-9.,])": r"\1 \2",
}
_TOKEN = re.compile(
    r"""(?P<number>[0-9](?:[0-9.,]*[0-9])?)\s*(?P<mark>[°'"]?)
    | (?P<axis>north|east|(?<![a-z])[xy](?![a-z]))
    | [\s;:=,|()]+""",
    re.VERBOSE,
)
_DEGREES_MINUTES = 4
_SIZES = (2, _DEGREES_MINUTES, 6)
_LONGEST = 200
_SHOWN = 60
_EXAMPLE = "9,7845; 105,4701"


class _Half(NamedTuple):
    """One of the two numbers of a position, in degrees or metres."""

    unit: str
    axis: str
    value: float


def parse(text: object, central_meridian: float = CENTRAL_MERIDIAN) -> Reading:
    """Read one position the way people write it, or say why not; nothing is guessed.

    Understood are decimal degrees, degrees with minutes and seconds, and VN-2000 metres; decimal
    comma or point; hemispheres, X and Y, Vietnamese and English words; either order of the axes.
    Degrees are taken for WGS 84.

    Parameters
    ----------
    text
        What was written. Anything but text, such as the NaN of an empty cell, is blank.
    central_meridian
        Of VN-2000 metres, degrees east; the numbers do not tell it.

    Returns
    -------
    reading
        The position in EPSG:4326 and how it was written.

    Raises
    ------
    DataError
        If the text is blank, or cannot be read as exactly one place in Viet Nam.
    """
    written = text.strip() if isinstance(text, str) else ""
    if not written:
        raise DataError(_("Enter a coordinate, for example {example}.").format(example=_EXAMPLE))
    numbers, marks, axes = _tokens(written)
    half = len(numbers) // 2
    first = _classify(numbers[:half], marks[:half], written)
    second = _classify(numbers[half:], marks[half:], written)
    if first.unit != second.unit or first.axis == second.axis:
        raise _nowhere(written)
    swapped = _is_swapped(first.axis, axes, written)
    north, east = (first, second) if first.axis == "north" else (second, first)
    notation = _NOTATIONS[first.unit, half]
    if notation is not Notation.VN2000:
        return Reading(east.value, north.value, notation, swapped)
    lon, lat = from_vn2000(
        GridPosition(north_x=north.value, east_y=east.value, central_meridian=central_meridian)
    )
    return Reading(float(lon), float(lat), notation, swapped)


def _tokens(written: str) -> tuple[list[str], list[str], list[str]]:
    """Return the numbers, the mark after each, and the words for axes, each in order."""
    if len(written) > _LONGEST:
        raise _unreadable(written)
    plain = unaccent(written)
    for pattern, meaning in _MEANINGS.items():
        plain = re.sub(pattern, meaning, plain)
    numbers, marks, axes, end = [], [], [], 0
    while end < len(plain):
        token = _TOKEN.match(plain, end)
        if token is None:
            raise _unreadable(written)
        end = token.end()
        if token["number"]:
            numbers.append(token["number"])
            marks.append(token["mark"])
        elif token["axis"]:
            axes.append(token["axis"])
    # Four numbers without degree marks may as well be two decimals with stray spaces.
    if len(numbers) not in _SIZES or (len(numbers) == _DEGREES_MINUTES and marks[0] != "°"):
        raise _unreadable(written)
    return numbers, marks, axes


def _classify(numbers: list[str], marks: list[str], written: str) -> _Half:
    """Return what one half of a text says: degrees or metres, north or east, how much."""
    if any(mark not in ("", due) for mark, due in zip(marks, _MARKS, strict=False)):
        raise _unreadable(written)
    values = _angles(numbers)
    if not values:
        raise _unreadable(written)
    units = ("degrees", "metres") if len(numbers) == 1 and not marks[0] else ("degrees",)
    for unit in units:
        for axis, (low, high) in _RANGES[unit].items():
            for value in values:
                if low <= value <= high:
                    return _Half(unit, axis, value)
    raise _nowhere(written)


def _angles(numbers: list[str]) -> list[float]:
    """Return the values of degrees, minutes and seconds, of which only the last has decimals."""
    *whole, last = numbers
    if not all(number.isdigit() for number in whole):
        return []
    readings = [[*map(float, whole), value] for value in _values(last)]
    return [
        sum(part / 60**power for power, part in enumerate(parts))
        for parts in readings
        if all(part < 60 for part in parts[1:])  # noqa: PLR2004 - minutes and seconds
    ]


def _values(number: str) -> list[float]:
    """Return what a number can mean, its points and commas being decimal or for thousands."""
    values = []
    for decimal, thousands in (".,", ",."):
        if re.fullmatch(rf"[0-9]+(?:[{decimal}][0-9]+)?", number):
            values.append(float(number.replace(decimal, ".")))
        elif re.fullmatch(
            rf"[0-9]{{1,3}}(?:[{thousands}][0-9]{{3}})+(?:[{decimal}][0-9]+)?", number
        ):
            values.append(float(number.replace(thousands, "").replace(decimal, ".")))
    return values


def _is_swapped(first_axis: str, axes: list[str], written: str) -> bool:
    """Return whether the east comes where the north is expected."""
    letters = [axis for axis, _run in groupby(axes)]
    north_first = first_axis == "north"
    if not letters:
        return not north_first
    if letters in (["x", "y"], ["y", "x"]):
        return north_first != (letters[0] == "x")
    if letters != (["north", "east"] if north_first else ["east", "north"]):
        raise DataError(
            _(
                "In “{text}” the words for north and east do not fit the two numbers. "
                "Check which number is which."
            ).format(text=_shown(written))
        )
    return False


def _unreadable(written: str) -> DataError:
    return DataError(
        _("“{text}” cannot be read as a coordinate. Write it for example as {example}.").format(
            text=_shown(written), example=_EXAMPLE
        )
    )


def _nowhere(written: str) -> DataError:
    return DataError(
        _(
            "“{text}” is not a place in Viet Nam. Give one latitude and one longitude in degrees, "
            "or one X (north) and one Y (east) in VN-2000 metres."
        ).format(text=_shown(written))
    )


def _shown(written: str) -> str:
    return written if len(written) <= _SHOWN else written[:_SHOWN] + "…"
