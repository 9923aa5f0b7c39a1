"""KML as features: each placemark's geometry, name and extended data, by folder of the document.

Links to other files are not followed. Not here: the table they make (``vectors``).
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.intake.reading import markup
from geodata.intake.reading.grid import Size

_LONGEST = 100_000  # characters of one text; coordinates may be longer
_PARTS = {"Point", "LineString", "LinearRing", "outerBoundaryIs", "innerBoundaryIs"}


@dataclass
class Feature:
    """One placemark."""

    fields: dict[str, str] = field(default_factory=dict)
    parts: list[BaseGeometry] = field(default_factory=list)

    @property
    def geometry(self) -> BaseGeometry | None:
        """The geometry in EPSG:4326, of all parts together; None without any."""
        if len(self.parts) > 1:
            return shapely.GeometryCollection(self.parts)
        return self.parts[0] if self.parts else None


def features(content: bytes, name: str) -> list[Feature]:
    """Return the placemarks of a KML document.

    Parameters
    ----------
    content
        The document.
    name
        Of the file, for the sentences.

    Raises
    ------
    DataError
        If it is no XML, declares entities, or is too large.
    """
    reader = _Reader()
    markup.walk(io.BytesIO(content), reader, name)
    return reader.features


class _Reader:
    """Collects placemarks while the document is read."""

    def __init__(self) -> None:
        self.features: list[Feature] = []
        self._feature: Feature | None = None
        self._size = Size()
        self._path: list[str] = []
        self._field = ""
        self._parts: list[str] = []
        self._length = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._path.append(name)
        self._parts, self._length = [], 0
        if name == "Placemark":
            self._feature = Feature()
        elif name in ("Data", "SimpleData"):
            self._field = attributes.get("name", "")

    def text(self, text: str) -> None:
        if self._feature is not None:
            limit = _LONGEST if self._path[-1] != "coordinates" else 1 << 62
            self._length += len(text)
            if self._length <= limit:
                self._parts.append(text)

    def end(self, name: str) -> None:
        self._path.pop()
        if self._feature is None:
            return
        above = self._path[-1] if self._path else ""
        text = "".join(self._parts)
        if name == "Placemark":
            self._size.add(len(self.features) + 1, len(self._feature.fields), 1)
            self.features.append(self._feature)
            self._feature = None
        elif name == "coordinates" and (self._path and above in _PARTS):
            self._feature.parts += self._shapes(above, text)
        elif above == "Placemark" and name in ("name", "description", "address"):
            self._feature.fields[name] = text
        elif (name == "SimpleData" or (name == "value" and above == "Data")) and self._field:
            self._feature.fields[self._field] = text
            self._size.add(len(self.features), len(self._feature.fields), 1)
        self._parts, self._length = [], 0

    def _shapes(self, kind: str, text: str) -> list[BaseGeometry]:
        """Return the geometry of coordinates, whose element says of which kind it is."""
        points = [tuple(map(float, point.split(",")[:2])) for point in text.split()]
        if not points or "innerBoundaryIs" in self._path:
            return []
        if kind == "Point":
            return [shapely.Point(points[0])]
        if "outerBoundaryIs" in self._path and len(points) > 3:  # noqa: PLR2004 - a ring
            return [shapely.Polygon(points)]
        return [shapely.LineString(points)] if len(points) > 1 else []
