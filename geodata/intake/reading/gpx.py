"""GPX as features: the places marked on a phone or receiver; tracks and routes are named only.

Not here: the table they make (``vectors``).
"""

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import shapely

from geodata.core.text import _, number
from geodata.intake.reading import markup
from geodata.intake.reading.features import Feature, Value, shortened
from geodata.intake.reading.grid import LeftOut, Part, Size, Type

# What fields are called on the way to the vocabulary; others keep the names they have.
_TITLES = {"desc": "description", "time": "Thời gian"}
_NUMBERS = {"ele", "hdop", "vdop", "pdop", "sat", "magvar", "geoidheight"}
_LONGEST = 100_000  # characters of one text


@dataclass
class _Way:
    """A track or route: how many points it has, and its name."""

    title: str
    points: int = 0


@dataclass
class Waypoints:
    """The places of a file, and what else it holds."""

    features: list[Feature] = field(default_factory=list)
    left_out: tuple[LeftOut, ...] = ()


def read(content: bytes, name: str) -> Waypoints:
    """Return the waypoints of a GPX file.

    Parameters
    ----------
    content
        The file.
    name
        Of the file, for the sentences.

    Raises
    ------
    DataError
        If it is no XML, declares entities, or is too large.
    """
    reader = _WaypointReader()
    markup.walk(io.BytesIO(content), reader, name)
    reason = _("A track or route is no place.")
    ways = tuple(
        _("{title} ({n} points)").format(title=way.title, n=number(way.points))
        for way in reader.ways
    )
    left_out = (LeftOut("", Part.FEATURE, ways, reason),) if ways else ()
    return Waypoints(reader.features, left_out)


class _WaypointReader:
    """Collects waypoints while the file is read; points of tracks are only counted."""

    def __init__(self) -> None:
        self.features: list[Feature] = []
        self.ways: list[_Way] = []
        self._feature: Feature | None = None
        self._path: list[str] = []
        self._parts: list[str] = []
        self._length = 0
        self._size = Size()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._path.append(name)
        self._parts, self._length = [], 0
        if name == "wpt" and self._feature is None:
            self._feature = _placed(attributes.get("lat", ""), attributes.get("lon", ""))
        elif name in ("trk", "rte"):
            title = _("a track") if name == "trk" else _("a route")
            self.ways.append(_Way(title))
            self._size.add(len(self.ways), 0, 1)
        elif name in ("trkpt", "rtept") and self.ways:
            self.ways[-1].points += 1
        elif name == "link" and self._feature is not None and attributes.get("href"):
            self._feature.fields["link"] = Value(attributes["href"], Type.TEXT)

    def text(self, text: str) -> None:
        self._length += len(text)
        if self._length <= _LONGEST:
            self._parts.append(text)

    def end(self, name: str) -> None:
        self._path.pop()
        text = "".join(self._parts).strip()
        self._parts, self._length = [], 0
        above = self._path[-1] if self._path else ""
        if name == "wpt" and self._feature is not None:
            self._size.add(len(self.features) + 1, len(self._feature.fields), 1)
            self.features.append(self._feature)
            self._feature = None
        elif self._feature is not None and text:
            self._keep(name, text)
        elif name == "name" and above in ("trk", "rte") and text:
            self.ways[-1].title = f"“{text[:80]}”"

    def _keep(self, name: str, text: str) -> None:
        """Take an element of a waypoint as a field, also what programs add of their own."""
        title = _TITLES.get(name, name.rpartition(":")[2])
        fields = self._feature.fields if self._feature is not None else {}
        if title in fields:
            text = f"{fields[title].text}\n{text}"
        fields[title] = Value(text, Type.NUMBER if name in _NUMBERS else Type.TEXT)
        self._size.add(len(self.features), len(fields), 1)


def _placed(lat: str, lon: str) -> Feature:
    """Return a waypoint at its place, or with its coordinates as written."""
    try:
        position = float(lon), float(lat)
    except ValueError:
        position = math.nan, math.nan
    if all(map(math.isfinite, position)):
        return Feature(geometry=shapely.Point(position))
    return Feature(unread=shortened(f"{lat}, {lon}") if lat or lon else "")
