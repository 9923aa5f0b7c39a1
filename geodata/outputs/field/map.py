"""The small map of a day: borders, the numbered stops, and the way between them, as vectors.

Drawn in VN-2000 metres. Not here: the map of a briefing (``outputs.map``), or the pages around it
(``field.pdf``).
"""

from itertools import pairwise

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline
from matplotlib.patheffects import Stroke

from geodata.core.text import _
from geodata.geography.coordinates import WGS84, metres_of, to_metres
from geodata.outputs import furniture, ground
from geodata.outputs.drawing import SPREAD, Box, MapSheet, Points, axes_over, label, lines_of, rings
from geodata.outputs.field.day import FieldDay
from geodata.outputs.figure import projection_text, svg
from geodata.outputs.fonts import letters_wide
from geodata.outputs.names import Name, Room, in_lines, measured
from geodata.reading.tokens import ACCENT, FRAME, INK, PAPER, QUIET
from geodata.register.sites import UNCERTAIN_M

_RADIUS = 7.5  # points, of a stop
_NEAREST = 5_000  # metres across at least: one stop alone still has surroundings
_MARGIN = 0.12
_LETTERS, _SMALL = 9.5, 8.1  # points
_STEP = 6  # points between the places of the way that names keep clear of


def drawn(day: FieldDay, width: float, height: float) -> str:
    """Return the map of a day as SVG, so wide and high (points).

    Parameters
    ----------
    day : FieldDay
        A day of which a stop has a position.
    width, height : float
        Points.
    """
    figure = Figure(figsize=(width / 72, height / 72), facecolor=PAPER)
    axes = axes_over(figure, Box(0.5, 0.5, width - 0.5, height - 0.5))
    for side in axes.spines.values():
        side.set(color=FRAME, linewidth=0.6)
    start, spots = _start(day), _spots(day)
    way = np.vstack([start, spots])
    sheet = _fitted(axes, way, width, height)
    ground.draw(axes, sheet.extent, day.outlines)
    units = to_metres(day.outlines)
    _land(axes, units)
    places = _apart(way / sheet.metres) * sheet.metres
    lines_of(axes, [way], ACCENT, 1.4, 3)
    if day.route.home:
        axes.plot(*way[[-1, 0]].T, color=ACCENT, linewidth=1.4, dashes=(3, 2), zorder=3)
    lines_of(axes, list(np.stack([way, places], axis=1)), INK, 0.6, 4)
    _stops(axes, day, places[len(start) :])
    furniture.scale_bar(sheet, to_scale=False)
    furniture.north_arrow(sheet)
    taken = [*furniture.places(sheet), _projection(sheet)]
    if len(start):
        taken += _flag(sheet, places, taken)
    _names(sheet, units, places, way, taken)
    return svg(figure)


def _fitted(axes: Axes, points: Points, width: float, height: float) -> MapSheet:
    """Choose the scale, so that all points are in sight."""
    low, high = points.min(axis=0), points.max(axis=0)
    spread = np.maximum((high - low) * (1 + 2 * _MARGIN), _NEAREST)
    paper = np.array([width, height])
    metres = float((spread / (paper - 4 * _RADIUS)).max())
    corner = (low + high) / 2 - paper * metres / 2
    extent = Box(*corner, *(corner + paper * metres))
    axes.set(xlim=(extent.left, extent.right), ylim=(extent.bottom, extent.top))
    return MapSheet(axes, extent, metres, _LETTERS)


def _land(axes: Axes, units: gpd.GeoDataFrame) -> None:
    """Draw the units with their borders."""
    outlines = [Outline.make_compound_path(*map(Outline, rings([s]))) for s in units.geometry]
    land = PathCollection(outlines, facecolors=PAPER, edgecolors=FRAME, linewidths=0.5, zorder=1)
    axes.add_collection(land, autolim=False)


def _stops(axes: Axes, day: FieldDay, places: Points) -> None:
    """Draw the stops with their numbers; a vague position has a dashed circle."""
    stops = [stop for stop in day.stops if stop.placed]
    for n, (stop, place) in enumerate(zip(stops, places, strict=True), 1):
        vague = not stop.site["position_accuracy_m"] < UNCERTAIN_M
        circle = EllipseCollection(
            [2 * _RADIUS], [2 * _RADIUS], [0], units="points",
            offsets=[place], offset_transform=axes.transData,
            facecolors=PAPER, edgecolors=ACCENT, linewidths=1.2,
            linestyles=[(0, (1.7, 1.2))] if vague else "solid", zorder=5,
        )  # fmt: skip
        axes.add_collection(circle, autolim=False)
        x, y = place
        label(axes, x, y, str(n), _SMALL, bold=True, color=INK, ha="center",
              va="center_baseline", zorder=6)  # fmt: skip


def _flag(sheet: MapSheet, places: Points, taken: list[Box]) -> list[Box]:
    """Mark where the day begins, and say so beside the mark; return what room that takes."""
    (x, y), unit = places[0], sheet.metres
    sheet.axes.plot(x, y, marker="s", markersize=10, color=INK, markeredgecolor=PAPER, zorder=6)
    words = _("Start")
    half = np.array([letters_wide(words, bold=False) * _SMALL / 2 + 2, _SMALL / 2 + 1.5]) * unit
    aside, above = half[0] + 7 * unit, half[1] + 7 * unit
    middles = np.array([[x + aside, y], [x - aside, y], [x, y + above], [x, y - above]])
    boxes = [Box(*(middle - half), *(middle + half)) for middle in middles]
    free = (box for box in boxes if not _covers(box, places[1:], taken, _RADIUS * unit))
    box = next(free, boxes[0])
    _written(sheet, box, words)
    return [box, Box(x - 6 * unit, y - 6 * unit, x + 6 * unit, y + 6 * unit)]


def _covers(box: Box, places: Points, taken: list[Box], reach: float) -> bool:
    """Return whether a box lies over a stop, or over what is taken."""
    shape = shapely.box(*box)
    near = shapely.distance(shapely.points(places), shape) < reach
    return bool(near.any()) or any(shape.intersects(shapely.box(*other)) for other in taken)


def _projection(sheet: MapSheet) -> Box:
    """Say at the lower left what the map is drawn in; return the room that takes."""
    words, unit = projection_text(), sheet.metres
    left, bottom = sheet.extent.left + 5 * unit, sheet.extent.bottom + 5 * unit
    wide = letters_wide(words, bold=False) * _SMALL + 4
    box = Box(left, bottom, left + wide * unit, bottom + (_SMALL + 3) * unit)
    _written(sheet, box, words)
    return box


def _written(sheet: MapSheet, box: Box, words: str) -> None:
    """Write small letters in a box, over whatever lies there."""
    corners = np.array([box[:2], (box.right, box.bottom), box[2:], (box.left, box.top)])
    sheet.axes.fill(*corners.T, facecolor=PAPER, alpha=0.85, edgecolor="none", zorder=7)
    label(sheet.axes, (box.left + box.right) / 2, (box.bottom + box.top) / 2, words, _SMALL,
          color=INK, ha="center", va="center", zorder=8)  # fmt: skip


def _names(
    sheet: MapSheet, units: gpd.GeoDataFrame, places: Points, way: Points, taken: list[Box]
) -> None:
    """Name the units in sight where there is room, off the way if that can be; then neighbours."""
    extent, reach = sheet.extent, (_RADIUS + 1) * sheet.metres
    land = shapely.simplify(shapely.union_all(np.asarray(units.geometry)), 200)
    quiet = np.vstack([places, _along(way, _STEP * sheet.metres)])
    rooms = [Room(extent, land, spots, reach, taken) for spots in (quiet, places)]
    size = measured(sheet.metres, _SMALL, bold=False)
    seen = units.intersection(shapely.box(*extent))
    for name, shape in zip(units["name"], seen, strict=True):
        lines = in_lines(name)
        wide, high = zip(*map(size, lines), strict=True)
        needs = max(wide) + 6 * sheet.metres, sum(high)
        if shape.area < needs[0] * needs[1]:
            continue  # too little of it is in sight
        free = (room.place(lines, shape, needs) for room in rooms)
        if where := next(filter(None, free), None):
            _name(sheet, where)
    ground.names(sheet.axes, rooms[0], units, sheet.metres, _SMALL)


def _along(way: Points, step: float) -> Points:
    """Return places along a way, no further apart than a step."""
    legs = [
        np.linspace(one, other, 2 + int(np.hypot(*(other - one)) / step))
        for one, other in pairwise(way)
    ]
    return np.vstack([way, *legs])


def _name(sheet: MapSheet, name: Name) -> None:
    """Write the name of a unit over a white seam, tied to the unit if it stands beside the land."""
    box = name.box
    x, high = (box.left + box.right) / 2, box.tall / len(name.lines)
    if name.tie:
        middle = (x, (box.bottom + box.top) / 2)
        lines_of(sheet.axes, [np.array([middle, name.tie])], QUIET, 0.5, 2)
    seam = [Stroke(linewidth=2.5, foreground=PAPER, alpha=0.9, joinstyle="round")]
    for k, line in enumerate(name.lines):
        y = box.top - (k + 0.82) * high
        label(sheet.axes, x, y, line, _SMALL, ha="center", path_effects=seam, zorder=3)
        label(sheet.axes, x, y, line, _SMALL, ha="center", color=QUIET, zorder=4)


def _spots(day: FieldDay) -> Points:
    """Return where the stops are, metres, in order."""
    placed = gpd.GeoSeries([s.site["geometry"] for s in day.stops if s.placed], crs=WGS84)
    return metres_of(placed)


def _start(day: FieldDay) -> Points:
    """Return where the day begins, metres: a row, or none."""
    if day.origin is None:
        return np.empty((0, 2))
    return metres_of(day.origin)


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
