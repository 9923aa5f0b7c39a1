"""The small map of a day: borders, the numbered stops, and the way between them, as vectors.

Drawn straight into the page in VN-2000 metres. Not here: the map of a briefing (``figure``), or
the pages around it (``field.pdf``).
"""

from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from geodata.core.text import _
from geodata.geography.coordinates import WGS84, to_metres
from geodata.outputs import figure
from geodata.outputs.drawing import SPREAD, Points, km_text, round_km
from geodata.outputs.field.day import FieldDay
from geodata.outputs.fonts import tidy
from geodata.outputs.paper import BOLD, REGULAR
from geodata.reading.tokens import ACCENT, FRAME, INK, PANEL, PAPER, QUIET
from geodata.register.sites import UNCERTAIN_M

_RADIUS = 7.5  # points, of a stop
_NEAREST = 5_000  # metres across at least: one stop alone still has surroundings
_MARGIN = 0.12
_SMALL = 7  # points
_KM = 1000


class DayMap(Flowable):  # type: ignore[misc]
    """The map of a day, as wide and high as it is given room."""

    def __init__(self, day: FieldDay, width: float, height: float) -> None:
        super().__init__()
        self.day, self.width, self.height = day, width, height

    def draw(self) -> None:
        """Draw the map where the page has put it."""
        canvas = self.canv
        spots, start = _spots(self.day), _start(self.day)
        self._fit(np.vstack([spots, start]))
        canvas.saveState()
        frame = canvas.beginPath()
        frame.rect(0, 0, self.width, self.height)
        canvas.clipPath(frame, stroke=0)
        canvas.setFillColor(HexColor(PANEL))
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        self._borders()
        places = _apart(self._on_paper(spots))
        self._way(self._on_paper(np.vstack([start, spots])))
        if len(start):
            self._flag(*self._on_paper(start)[0])
        self._stops(places, self._on_paper(spots))
        self._scale_bar()
        canvas.restoreState()
        canvas.setStrokeColor(HexColor(FRAME))
        canvas.setLineWidth(0.6)
        canvas.rect(0, 0, self.width, self.height, fill=0)

    def _fit(self, points: Points) -> None:
        """Choose the scale, so that all points are in sight."""
        low, high = points.min(axis=0), points.max(axis=0)
        spread = np.maximum((high - low) * (1 + 2 * _MARGIN), _NEAREST)
        paper = np.array([self.width, self.height])
        self.metres = float((spread / (paper - 4 * _RADIUS)).max())
        self.corner = (low + high) / 2 - paper * self.metres / 2

    def _on_paper(self, points: Points) -> Points:
        """Return points of this flowable for points in metres."""
        return np.asarray((points - self.corner) / self.metres)

    def _borders(self) -> None:
        """Draw the units in sight, and the names of those with room for them."""
        units = to_metres(self.day.outlines)
        sight = shapely.box(
            *self.corner, *(self.corner + np.array([self.width, self.height]) * self.metres)
        )
        self.canv.setLineWidth(0.5)
        self.canv.setStrokeColor(HexColor(FRAME))
        self.canv.setLineJoin(1)
        for shape in units.geometry:
            self.canv.setFillColor(HexColor(PAPER))
            self.canv.drawPath(self._path(shape), stroke=1, fill=1, fillMode=0)
        for name, shape in zip(units["name"], units.geometry, strict=True):
            seen = shape.intersection(sight)
            if not seen.is_empty:
                self._unit_name(tidy(name, 40), seen)

    def _path(self, shape: Any) -> Any:
        """Return the rings of a polygon as a path."""
        path = self.canv.beginPath()
        for ring in shapely.get_rings(shapely.get_parts(shape)):
            (first, *rest) = self._on_paper(shapely.get_coordinates(ring))
            path.moveTo(*first)
            for point in rest:
                path.lineTo(*point)
            path.close()
        return path

    def _unit_name(self, name: str, seen: Any) -> None:
        """Write the name of a unit in the middle of what is seen of it, if it fits."""
        wide = pdfmetrics.stringWidth(name, REGULAR, _SMALL)
        middle = shapely.maximum_inscribed_circle(seen, tolerance=100)
        x, y = self._on_paper(shapely.get_coordinates(middle))[0]
        room = shapely.length(middle) / self.metres
        if room > wide / 3 and wide / 2 < x < self.width - wide / 2:
            self.canv.setFillColor(HexColor(QUIET))
            self.canv.setFont(REGULAR, _SMALL)
            self.canv.drawCentredString(x, y - _SMALL / 3, name)

    def _way(self, points: Points) -> None:
        """Draw the way from stop to stop, and dashed the way home."""
        canvas = self.canv
        canvas.setStrokeColor(HexColor(ACCENT))
        canvas.setLineWidth(1.4)
        for one, other in pairwise(points):
            canvas.line(*one, *other)
        if self.day.route.home:
            canvas.setDash(3, 2)
            canvas.line(*points[-1], *points[0])
            canvas.setDash()

    def _flag(self, x: float, y: float) -> None:
        """Mark where the day begins."""
        canvas = self.canv
        canvas.setFillColor(HexColor(INK))
        canvas.setStrokeColor(HexColor(PAPER))
        canvas.setLineWidth(1)
        canvas.rect(x - 5, y - 5, 10, 10, fill=1)
        _outlined(canvas, x + 8, y - 3, _("Start"))

    def _stops(self, places: Points, spots: Points) -> None:
        """Draw the stops with their numbers, the first on top; tied to where they are."""
        canvas = self.canv
        stops = [stop for stop in self.day.stops if stop.placed]
        for k in reversed(range(len(stops))):
            x, y = places[k]
            off = stops[k].site["position_accuracy_m"]
            canvas.setStrokeColor(HexColor(INK))
            canvas.setLineWidth(0.6)
            canvas.line(x, y, *spots[k])
            canvas.setLineWidth(1.2)
            canvas.setStrokeColor(HexColor(ACCENT))
            canvas.setFillColor(HexColor(PAPER))
            canvas.setDash(*((2, 1.4) if not off < UNCERTAIN_M else ()))
            canvas.circle(x, y, _RADIUS, fill=1)
            canvas.setDash()
            canvas.setFillColor(HexColor(INK))
            canvas.setFont(BOLD, 8)
            canvas.drawCentredString(x, y - 2.9, str(k + 1))

    def _scale_bar(self) -> None:
        """Draw a bar of a round number of kilometres, and what the map is drawn in."""
        canvas = self.canv
        length = round_km(0.25 * self.width * self.metres)
        wide = length * _KM / self.metres
        text = f"{km_text(length)} km"
        left, bottom = self.width - wide - 10, 10
        canvas.setFillColor(HexColor(PAPER))
        canvas.setStrokeColor(HexColor(INK))
        canvas.setLineWidth(0.6)
        canvas.rect(left, bottom, wide, 3, fill=1)
        canvas.setFillColor(HexColor(INK))
        canvas.rect(left, bottom, wide / 2, 3, fill=1)
        _outlined(canvas, left + wide - pdfmetrics.stringWidth(text, REGULAR, _SMALL), 16, text)
        _outlined(canvas, 8, 8, figure.projection_text())


def _outlined(canvas: Any, x: float, y: float, text: str) -> None:
    """Write small letters over whatever lies there."""
    wide = pdfmetrics.stringWidth(text, REGULAR, _SMALL)
    canvas.setFillColor(HexColor(PAPER), alpha=0.8)
    canvas.rect(x - 1.5, y - 2, wide + 3, _SMALL + 2, stroke=0, fill=1)
    canvas.setFillColor(HexColor(INK), alpha=1)
    canvas.setFont(REGULAR, _SMALL)
    canvas.drawString(x, y, text)


def _spots(day: FieldDay) -> Points:
    """Return where the stops are, metres, in order."""
    placed = gpd.GeoSeries([s.site["geometry"] for s in day.stops if s.placed], crs=WGS84)
    return np.asarray(to_metres(placed).get_coordinates())


def _start(day: FieldDay) -> Points:
    """Return where the day begins, metres: a row, or none."""
    if day.origin is None:
        return np.empty((0, 2))
    return np.asarray(to_metres(day.origin.geometry).get_coordinates())


def _apart(points: Points) -> Points:
    """Return places for circles so that none hides another, each near its own point."""
    # At the very same place, each leaves in a direction of its own.
    turn = np.arange(len(points)) * SPREAD
    places = points + 0.1 * np.column_stack([np.cos(turn), np.sin(turn)])
    for _turn in range(200):
        gaps = places[:, None] - places[None]
        far = np.hypot(gaps[..., 0], gaps[..., 1]) + np.eye(len(places)) * 1e9
        push = np.clip(2.05 * _RADIUS - far, 0, None)
        if not push.any():
            break
        places = places + (gaps / far[..., None] * push[..., None] / 2).sum(axis=1)
    return places
