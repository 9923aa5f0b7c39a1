"""Notation: reading one position the way people write it, in degrees or VN-2000 metres.

Not here: the conversion itself (``coordinates``), and judging or repairing many positions
(``intake.judging.positions``).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from geodata.core.errors import DataError
from geodata.core.names import unaccent
from geodata.core.text import _
from geodata.geography.coordinates import CENTRAL_MERIDIAN, GridPosition, from_vn2000


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
