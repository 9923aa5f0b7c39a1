"""KML as features: each placemark's geometry, name and extended data, and the folders it lies in.

Links to other files are not followed. Not here: the table they make (``vectors``).
"""

import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import shapely
from shapely.errors import ShapelyError

from geodata.core.text import _, number
from geodata.intake.reading import hypertext, markup
from geodata.intake.reading.features import BLANK, Feature, Value, plain, shortened
from geodata.intake.reading.grid import LeftOut, Part, Size, Type
from geodata.register import vocabulary
from geodata.register.sites import KINDS

_LONGEST = 100_000  # characters of one text; coordinates may be longer
_PARTS = {"Point", "LineString", "LinearRing", "outerBoundaryIs", "innerBoundaryIs"}
_RING = 4  # corners of a closed ring
# Elements right under a placemark that say something of the place, by the names they get here.
_TEXTS = {
    **{name: name for name in ("name", "description", "address", "phoneNumber")},
    "Snippet": "snippet",
    "snippet": "snippet",
}
_NUMBERS = {"int", "uint", "short", "ushort", "float", "double"}  # types of a schema
_TIMES = {"TimeStamp": {"when"}, "TimeSpan": {"begin", "end"}}
_TIME = "Thời gian"  # as the vocabulary has it
_DEEPEST = 20  # folders of a placemark, the innermost ones, that may say its kind
_TRACKS = {"gx:Track", "gx:MultiTrack"}
_OVERLAYS = {"GroundOverlay", "ScreenOverlay", "PhotoOverlay", "gx:Tour"}


@dataclass
class Placemark(Feature):
    """A feature with the names of its folders, the outermost first."""

    folders: tuple[str, ...] = ()


@dataclass
class Placemarks:
    """The placemarks of a document, what else it holds, and notes."""

    features: list[Placemark] = field(default_factory=list)
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()


def read(content: bytes, name: str) -> Placemarks:
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
    reader = _PlacemarkReader()
    markup.walk(io.BytesIO(content), reader, name)
    parts = (
        (reader.links, Part.FILE, _("It is a link to another file, which is not opened.")),
        (reader.overlays, Part.LAYER, _("It holds pictures, not features.")),
        (reader.tracks, Part.FEATURE, _("A track or route is no place.")),
    )
    left_out = tuple(
        LeftOut("", part, tuple(items), reason) for items, part, reason in parts if items
    )
    notes: tuple[str, ...] = ()
    if reader.converted:
        note = _("{n} descriptions in HTML were turned into plain text.")
        notes = (note.format(n=number(reader.converted)),)
    return Placemarks(reader.features, left_out, notes)


class _PlacemarkReader:
    """Collects placemarks while the document is read."""

    def __init__(self) -> None:
        self.features: list[Placemark] = []
        self.links: list[str] = []
        self.overlays: list[str] = []
        self.tracks: list[str] = []
        self.converted = 0
        self._feature: Placemark | None = None
        self._shape = _Shape()
        self._times: list[str] = []
        self._folders: list[str] = []
        self._size = Size()
        self._path: list[str] = []
        self._field = ""
        self._numbers: set[str] = set()
        self._parts: list[str] = []
        self._length = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._path.append(name)
        self._parts, self._length = [], 0
        if name == "Placemark":
            self._feature = Placemark(folders=tuple(filter(None, self._folders[-_DEEPEST:])))
            self._shape, self._times = _Shape(), []
        elif name == "Folder":
            self._folders.append("")
        elif name in ("Data", "SimpleData"):
            self._field = attributes.get("name", "")
        elif name == "SimpleField" and attributes.get("type") in _NUMBERS:
            self._numbers.add(attributes.get("name", ""))
        elif name in _TRACKS:
            self._shape.tracked = True
        elif name in _OVERLAYS:
            self.overlays.append(name.removeprefix("gx:"))
            self._size.add(len(self.overlays), 0, 1)

    def text(self, text: str) -> None:
        limit = _LONGEST if self._path[-1] != "coordinates" else 1 << 62
        self._length += len(text)
        if self._length <= limit:
            self._parts.append(text)

    def end(self, name: str) -> None:
        self._path.pop()
        above = self._path[-1] if self._path else ""
        text = "".join(self._parts)
        if name == "Placemark" and self._feature is not None:
            self._finish(self._feature)
        elif self._feature is not None:
            self._take(self._feature, name, above, text)
        elif name == "Folder" and self._folders:
            self._folders.pop()
        elif name == "name" and above == "Folder" and self._folders:
            self._folders[-1] = " ".join(text.split())
        elif name == "name" and above in _OVERLAYS and text.strip():
            self.overlays[-1] = f"“{text.strip()[:80]}”"
        elif name == "href" and "NetworkLink" in self._path and text.strip():
            self.links.append(shortened(text))
            self._size.add(len(self.links), 0, 1)
        self._parts, self._length = [], 0

    def _take(self, feature: Placemark, name: str, above: str, text: str) -> None:
        """Take an element of a placemark."""
        if name == "coordinates" and above in _PARTS:
            self._shape.take(above, self._path, text)
        elif above == "Placemark" and name in _TEXTS:
            self._keep(feature, _TEXTS[name], self._worded(name, text))
        elif (name == "SimpleData" or (name == "value" and above == "Data")) and self._field:
            self._keep(feature, self._field, text)
        elif name in _TIMES.get(above, ()) and text.strip():
            self._times.append(text.strip())

    def _worded(self, name: str, text: str) -> str:
        """Return a text without the HTML that descriptions may be written in."""
        words = hypertext.plain(text) if name != "name" else None
        if words is None:
            return text
        self.converted += 1
        return words

    def _keep(self, feature: Placemark, title: str, text: str) -> None:
        number = _as_number(text) if title in self._numbers else None
        feature.fields[title] = number or Value(text, Type.UNTYPED)
        self._size.add(len(self.features), len(feature.fields), 1)

    def _finish(self, feature: Placemark) -> None:
        """Take a placemark whole; one that is only a track is named."""
        self._feature = None
        if self._times and _TIME not in feature.fields:
            self._keep(feature, _TIME, " – ".join(self._times))
        self._size.add(len(self.features) + 1, len(feature.fields), 1)
        self._shape.put_into(feature)
        if self._shape.tracked and feature.geometry is None and not feature.unread:
            title = feature.fields.get("name")
            self.tracks.append(f"“{title.text[:80]}”" if title else _("a track"))
        else:
            self.features.append(feature)


class _Shape:
    """The geometry of one placemark while its parts are read."""

    def __init__(self) -> None:
        self.tracked = False
        self._parts: list[shapely.Point | shapely.LineString | shapely.Polygon] = []
        self._unread: list[str] = []
        self._closed = False

    def put_into(self, feature: Feature) -> None:
        """Give a feature what was read: all parts together, or what could not be read."""
        feature.unread = shortened("; ".join(self._unread))
        feature.closed = self._closed and not self._unread
        if len(self._parts) > 1:
            feature.geometry = shapely.GeometryCollection(self._parts)
        elif self._parts:
            feature.geometry = self._parts[0]

    def take(self, kind: str, path: list[str], text: str) -> None:
        """Take coordinates, whose elements say of which kind of geometry they are."""
        if not text.strip():
            return
        try:
            self._add(kind, path, text)
        except (ShapelyError, ValueError):
            self._unread.append(text)

    def _add(self, kind: str, path: list[str], text: str) -> None:
        points = [_point(text)] if kind == "Point" else _points(text)
        if "innerBoundaryIs" in path:
            outer = self._parts[-1] if self._parts else None
            if isinstance(outer, shapely.Polygon):
                self._parts[-1] = shapely.Polygon(outer.exterior, [*outer.interiors, points])
        elif kind == "Point":
            self._parts.append(shapely.Point(points[0]))
        elif "outerBoundaryIs" in path:
            if points[0] != points[-1]:
                points.append(points[0])
                self._closed = True
            if len(points) < _RING:
                raise ValueError(text)
            self._parts.append(shapely.Polygon(points))
        else:
            self._parts.append(shapely.LineString(points))


def _as_number(text: str) -> Value | None:
    """Return what a schema calls a number, in plain digits, None if it is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return Value(plain(value), Type.NUMBER) if math.isfinite(value) else None


def _points(text: str) -> list[tuple[float, ...]]:
    """Return the positions of a line; a space behind a comma parts no positions."""
    parts = re.sub(r"\s*,\s*", ",", text).split()
    return [_numbers(part.strip(",").split(","))[:2] for part in parts]


def _point(text: str) -> tuple[float, ...]:
    """Return the one position of a point, however its numbers are parted."""
    return _numbers(re.split(r"[,\s]+", text.strip(" \t\r\n,")))


def _numbers(parts: list[str]) -> tuple[float, ...]:
    """Return east, north and perhaps the height of one position."""
    numbers = tuple(map(float, parts))
    if len(numbers) not in (2, 3) or not all(map(math.isfinite, numbers)):
        raise ValueError(parts)
    return numbers


def kind_of(folder: str) -> str | None:
    """Return the kind of site that a folder is named after."""
    kind = vocabulary.value_of("kind", folder)
    return kind if kind in KINDS else None


def kinds_by_folder(marks: Sequence[Placemark]) -> tuple[str, ...]:
    """Give placemarks without a kind that of their innermost folder named so; return a note."""
    titles = {title for mark in marks for title in mark.fields}
    known = [t for t in titles if _means_kind(t)]
    title = known[0] if len(known) == 1 else "kind"
    counts: dict[str, int] = {}
    for mark in marks:
        folder = next((name for name in reversed(mark.folders) if kind_of(name)), None)
        if folder and not any(mark.fields.get(t, BLANK).text.strip() for t in known):
            mark.fields[title] = Value(folder, Type.TEXT)
            counts[folder] = counts.get(folder, 0) + 1
    if not counts:
        return ()
    listed = ", ".join(f"“{folder}” ({number(count)})" for folder, count in counts.items())
    note = _("The kind was taken from the folder where none is written: {folders}.")
    return (note.format(folders=listed),)


def _means_kind(title: str) -> bool:
    meaning = vocabulary.meaning_of("sites", title)
    return meaning is not None and meaning.column == "kind"
