"""Notation: reading one position the way people write it, in degrees or VN-2000 metres.

Not here: what programs write (``points``, ``links``), the conversion itself (``coordinates``), and
judging or repairing many positions (``intake.judging.positions``).
"""

import math
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from geodata.core.errors import DataError
from geodata.core.names import unaccent
from geodata.core.text import _
from geodata.geography import links, points
from geodata.geography.coordinates import (
    CENTRAL_MERIDIAN,
    GridPosition,
    Position,
    from_utm,
    from_vn2000,
)


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
    know. ``way`` tells out of what it was taken: ``query``, ``pin`` or ``view`` of a link, a
    ``point`` of WKT or GeoJSON, ``utm``, the numbers of a ``survey`` tool, or a text with a remark
    ``aside``; empty for plain numbers. ``precision_m`` is half a unit of the last digit, in
    metres; ``accuracy_m`` how far off it may be where the text says so.
    """

    lon: float
    lat: float
    notation: Notation
    swapped: bool
    way: str = ""
    precision_m: float = 0.0
    accuracy_m: float | None = None


class NamedError(DataError):
    """What was written is known, and cannot be read as a position: the sentence says why."""


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
    r"wgs ?-?84|(?<![a-z])gps(?![a-z])|(?<![a-z])toa do(?![a-z])": " ",
    r"''|[″”“]": '"',
    r"[′’‘´`]": "'",
    r"[º˚]": "°",
    r"(?<![a-z])(vi do|vi tuyen|vi|latitude|lat)(?![a-z])": " north ",
    r"(?<![a-z])(kinh do|kinh tuyen|kinh|longitude|long|lon|lng)(?![a-z])": " east ",
    r"(?<![a-z])do(?![a-z])|(?<=[0-9])o(?=\s*[0-9])": "°",
    r"(?<=[0-9])\s*(m|met|meters?|metres?)(?![a-z0-9])": " ",
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
    | [\s;:=,|()/]+""",
    re.VERBOSE,
)
_DEGREES_MINUTES = 4
_SIZES = (2, _DEGREES_MINUTES, 6)
_LONGEST = 200
_SHOWN = 60
_EXAMPLE = "9,7845; 105,4701"
_AXIS_WORD = r"south|west|nam|tay|north|east|bac|dong|vi|kinh|lat|long?|lng|latitude|longitude"
_ASIDE = re.compile(rf"\((?![^()]*\b(?:{_AXIS_WORD})\b)[^()0-9°'\"]{{3,}}\)")
_SYSTEM = re.compile(r"(?<![a-z])(?:he )?(?:toa do )?vn ?-?2000(?: ?/ ?tm-?3)?(?![a-z0-9])")
_PLUS_CODE = re.compile(
    r"(?<![\w+])[2-9CFGHJMPQRVWX]{4,8}\+[2-9CFGHJMPQRVWX]{2,3}(?!\w)", re.IGNORECASE
)
_NORTH_M, _EAST_M = 110_600.0, 111_320.0  # metres of a degree, of the latter on the equator


class _Half(NamedTuple):
    """One of the two numbers of a position, in degrees or metres."""

    unit: str
    axis: str
    value: float
    step: float  # one unit of the last digit


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
    if link := links.link_in(written):
        return _of_link(link, written, central_meridian)
    if point := points.point_in(written):
        return _of_point(point, written)
    if _PLUS_CODE.search(written):
        message = _(
            "“{text}” holds a plus code, which is not read here. Open it on the map and copy "
            "latitude and longitude, for example {example}."
        )
        raise NamedError(message.format(text=_shown(written), example=_EXAMPLE))
    return _of_numbers(written, central_meridian)


def _of_link(link: str, written: str, central_meridian: float) -> Reading:
    """Return the position written beside a link, or the surest one in it."""
    if rest := written.replace(link, " ").strip(" ()<>;,"):
        try:
            return replace(_of_numbers(rest, central_meridian), way="aside")
        except DataError:
            pass
    for part in links.parts(link):
        try:
            reading = _of_numbers(part.text, central_meridian)
        except DataError:
            continue
        return replace(reading, way=part.way, accuracy_m=links.accuracy_m(link))
    if links.is_short(link):
        message = _(
            "“{text}” is a short link, which says nothing without internet. Open it, and copy the "
            "long address of the browser, or latitude and longitude."
        )
    else:
        message = _(
            "The link “{text}” holds no position. Copy the address of the pin on the map, or "
            "latitude and longitude."
        )
    raise NamedError(message.format(text=_shown(written)))


def _of_point(point: points.Point, written: str) -> Reading:
    """Return the position of a point that a program wrote; of two numbers the east comes first."""
    if point.srid in points.WGS84_SRIDS:
        reading = _of_numbers(f"{point.first} {point.second}", CENTRAL_MERIDIAN)
        if reading.notation is not Notation.DECIMAL:
            raise _nowhere(written)
        swapped = reading.swapped if point.way == "survey" else not reading.swapped
        return replace(reading, swapped=swapped, way=point.way, accuracy_m=point.accuracy_m)
    east, north = float(point.first), float(point.second)
    if point.srid == points.UTM_48N:
        place = from_utm(east, north)
    elif meridian := points.MERIDIANS.get(point.srid):
        place = from_vn2000(GridPosition(north_x=north, east_y=east, central_meridian=meridian))
    else:
        message = _("“{text}” is given in EPSG:{srid}, which is not read; use EPSG:4326.")
        raise NamedError(message.format(text=_shown(written), srid=point.srid))
    if not _is_here(place):
        raise _nowhere(written)
    return Reading(
        float(place.lon), float(place.lat), Notation.DECIMAL, swapped=False, way=point.way
    )


def _is_here(place: Position) -> bool:
    """Say whether a place lies in Viet Nam, roughly."""
    degrees = _RANGES["degrees"]
    pairs = ((place.lat, degrees["north"]), (place.lon, degrees["east"]))
    return all(low <= value <= high for value, (low, high) in pairs)


def _of_numbers(written: str, central_meridian: float) -> Reading:
    """Return the position of two numbers, or degrees with minutes and seconds."""
    numbers, marks, axes, way = _tokens(written)
    half = len(numbers) // 2
    first = _classify(numbers[:half], marks[:half], written)
    second = _classify(numbers[half:], marks[half:], written)
    if first.unit != second.unit or first.axis == second.axis:
        raise _nowhere(written)
    if way == "vn2000" and first.unit != "metres":
        raise _unreadable(written)
    way = "" if way == "vn2000" else way
    swapped = _is_swapped(first.axis, axes, written)
    north, east = (first, second) if first.axis == "north" else (second, first)
    notation = _NOTATIONS[first.unit, half]
    reach = _half_a_unit(north, east)
    if notation is not Notation.VN2000:
        return Reading(east.value, north.value, notation, swapped, way, reach)
    lon, lat = from_vn2000(
        GridPosition(north_x=north.value, east_y=east.value, central_meridian=central_meridian)
    )
    return Reading(float(lon), float(lat), notation, swapped, way, reach)


def _half_a_unit(north: _Half, east: _Half) -> float:
    """Return how far off a place may be by its last digits, metres, along the worse axis."""
    if north.unit == "metres":
        return max(north.step, east.step) / 2
    turn = math.cos(math.radians(north.value))
    return max(north.step * _NORTH_M, east.step * _EAST_M * turn) / 2


def _tokens(written: str) -> tuple[list[str], list[str], list[str], str]:
    """Return the numbers, the mark after each, the words for axes in order, and what was passed.

    The last is ``aside`` for a remark in brackets, and ``vn2000`` where the system is named.
    """
    if len(written) > _LONGEST:
        raise _unreadable(written)
    plain, remarks = _ASIDE.subn(" ", unaccent(written))
    plain, systems = _SYSTEM.subn(" ", plain)
    way = "vn2000" if systems else "aside" if remarks else ""
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
    return numbers, marks, axes, way


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
            for value, step in values:
                if low <= value <= high:
                    return _Half(unit, axis, value, step)
    raise _nowhere(written)


def _angles(numbers: list[str]) -> list[tuple[float, float]]:
    """Return the values of degrees, minutes and seconds, of which only the last has decimals.

    Each with one unit of its last digit.
    """
    *whole, last = numbers
    if not all(number.isdigit() for number in whole):
        return []
    readings = [([*map(float, whole), value], step) for value, step in _values(last)]
    return [
        (sum(part / 60**power for power, part in enumerate(parts)), step / 60 ** len(whole))
        for parts, step in readings
        if all(part < 60 for part in parts[1:])  # noqa: PLR2004 - minutes and seconds
    ]


def _values(number: str) -> list[tuple[float, float]]:
    """Return what a number can mean, its points and commas being decimal or for thousands."""
    values = []
    for decimal, thousands in (".,", ",."):
        if re.fullmatch(rf"[0-9]+(?:[{decimal}][0-9]+)?", number):
            plain = number.replace(decimal, ".")
        elif re.fullmatch(
            rf"[0-9]{{1,3}}(?:[{thousands}][0-9]{{3}})+(?:[{decimal}][0-9]+)?", number
        ):
            plain = number.replace(thousands, "").replace(decimal, ".")
        else:
            continue
        values.append((float(plain), 10.0 ** -len(plain.partition(".")[2])))
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
