"""A feature of a map file: its fields with their types, its geometry or what was written for one.

Not here: how a format is read (``placemarks``, ``geojson``, ``gpx``), or the table (``vectors``).
"""

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from shapely.geometry.base import BaseGeometry

from geodata.core.text import _
from geodata.intake.reading.grid import Type

_SHOWN = 180  # characters of coordinates that could not be read


class Value(NamedTuple):
    """One field of one feature."""

    text: str
    type: Type


BLANK = Value("", Type.TEXT)


@dataclass
class Feature:
    """One feature; ``unread`` are its coordinates as written if they make no geometry."""

    fields: dict[str, Value] = field(default_factory=dict)
    geometry: BaseGeometry | None = None
    unread: str = ""
    closed: bool = False  # whether a ring was closed that was open in the file


def typed(value: Any) -> Value:
    """Return a value of a program as text: plain digits, yes and no, and the rest as JSON."""
    if value is None or value != value:  # noqa: PLR0124 - NaN, which is blank in every program
        return BLANK
    if isinstance(value, bool):
        return Value("yes" if value else "no", Type.TEXT)
    if isinstance(value, int):
        return Value(str(value), Type.NUMBER)
    if isinstance(value, float):
        return Value(plain(value), Type.NUMBER)
    if isinstance(value, str):
        return Value(value, Type.TEXT)
    return Value(json.dumps(value, ensure_ascii=False, default=str), Type.TEXT)


def plain(value: float) -> str:
    """Return a number without exponent."""
    if value in (float("inf"), float("-inf")):
        return str(value)
    return f"{value:.0f}" if value.is_integer() else format(Decimal(repr(value)), "f")


def shortened(text: str) -> str:
    """Return coordinates that cannot be read as a cell shows them."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[:_SHOWN] + " …"


def closing_note(features: list[Feature]) -> tuple[str, ...]:
    """Return a note that names the features whose rings were closed."""
    rows = [str(at) for at, feature in enumerate(features, 1) if feature.closed]
    if not rows:
        return ()
    note = _("The outline of feature {rows} was not closed; it was closed by its first corner.")
    return (note.format(rows=listed(rows)),)


def listed(items: list[str], most: int = 12) -> str:
    """Return the first of some names or numbers."""
    return ", ".join(items[:most]) + (" …" if len(items) > most else "")
