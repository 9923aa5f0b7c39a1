"""What lies beneath the sites of a printed map, for orientation: waters, roads, towns, by name.

Nothing is measured or counted in it. Not here: where it comes from (``geodata.geography``), what
lies around the land (``ground``), or the map itself (``map``).
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path as Outline

from geodata.geography import context
from geodata.geography.coordinates import to_metres, to_vn2000
from geodata.outputs.drawing import Box, MapSheet, Points, label, rings
from geodata.outputs.names import Room, measured
from geodata.reading.tokens import COLOURS, PAPER

_Place = tuple[float, float]


class _Stroked(NamedTuple):
    """How a class of ways is drawn: strokes as (colour, points, dashes), and its name's colour."""

    strokes: tuple[tuple[str, float, Any], ...]
    ink: str


def _tone(key: str) -> str:
    return COLOURS[key].light


_DASHED = (0, (2.2, 2.2))
_WAYS = {
    "river": _Stroked(((_tone("water"), 3.0, "solid"),), _tone("water-name")),
    "canal": _Stroked(((_tone("water"), 1.2, "solid"),), _tone("water-name")),
    "ferry": _Stroked(((_tone("ferry"), 1.0, _DASHED),), _tone("water-name")),
    "provincial": _Stroked(((_tone("road"), 1.2, "solid"),), _tone("road-name")),
    "national": _Stroked(((_tone("road"), 2.1, "solid"),), _tone("road-name")),
    "expressway": _Stroked(
        ((_tone("motorway"), 3.0, "solid"), (_tone("between"), 1.5, "solid")), _tone("road-name")
    ),
}
_TOWN = _tone("town-name")
_DOTS = {"city": 2.6, "town": 2.0, "small": 1.5}  # radius in points
_STRAIGHT, _ASIDE = 0.97, 0.4  # a name's chord in its width; how far its line strays, in letters
_SEAM = 0.3  # of the letters: what keeps them apart from the lines they stand on
_LOW = 1.5  # over the units and below their lines
_MID: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 6}


def ways(axes: Axes, lines: gpd.GeoDataFrame | None) -> None:
    """Draw waters and roads, the lowest class first, as from `geography.lines.fitted`."""
    if lines is None or lines.empty:
        return
    for kind, shape in zip(lines["class"], to_metres(lines.geometry), strict=True):
        if shape.geom_type.endswith("Polygon"):
            outline = Outline.make_compound_path(*map(Outline, rings([shape])))
            axes.add_collection(PathCollection([outline], facecolors=_tone("water-area"),
                                edgecolors="none", zorder=_LOW), autolim=False)  # fmt: skip
            continue
        parts = _parts(shape)
        for colour, width, dashes in _WAYS[kind].strokes:
            axes.add_collection(LineCollection(parts, colors=colour, linewidths=width,
                                linestyles=[dashes], zorder=_LOW, capstyle="round",
                                joinstyle="round"), autolim=False)  # fmt: skip


def names(sheet: MapSheet, room: Room, lines: gpd.GeoDataFrame | None) -> None:
    """Name each water and road once, along a straight stretch of it that nothing else needs."""
    if lines is None or lines.empty:
        return
    rows = zip(lines["class"], lines["name"], to_metres(lines.geometry), strict=True)
    for kind, name, shape in rows:
        if not name or shape.geom_type.endswith("Polygon"):
            continue
        wide, high = measured(sheet.metres, sheet.fine, bold=False)(name)
        for (x, y), angle in _along(_parts(shape), wide, sheet.fine * sheet.metres):
            box = _turned((x, y), wide, high, angle)
            if room.is_free(box):
                room.taken.append(box)
                label(sheet.axes, x, y, name, sheet.fine, color=_WAYS[kind].ink,
                      rotation=np.degrees(angle), seam=_SEAM * sheet.fine, **_MID)  # fmt: skip
                break


def towns(sheet: MapSheet, room: Room, called: Iterable[str], ranks: Iterable[str]) -> None:
    """Draw towns of some ranks as dots with their names, the greatest first, where there is room.

    A town that a unit is named after needs no second name: `called` are the names of the units.
    """
    known = context.load_towns()
    known = known[known["rank"].isin(list(ranks))]
    place = to_vn2000(known["lon"].to_numpy(), known["lat"].to_numpy())
    spots = np.column_stack([place.east_y, place.north_x])
    for name, rank, spot in zip(known["name"], known["rank"], spots, strict=True):
        if any(unit == name or unit.endswith(f" {name}") for unit in called):
            continue
        dot = _DOTS[rank] * sheet.metres
        own = Box(*(spot - 1.5 * dot), *(spot + 1.5 * dot))
        box = _beside(name, spot, dot, sheet, room) if room.is_free(own) else None
        if box is None:
            continue
        room.taken += [own, box]
        middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        inner = _TOWN if rank == "city" else PAPER
        sheet.axes.plot(*spot, marker="o", markersize=2 * _DOTS[rank], markerfacecolor=inner,
                        markeredgecolor=_TOWN, markeredgewidth=0.7, zorder=4)  # fmt: skip
        label(sheet.axes, *middle, name, sheet.fine, color=_TOWN, seam=_SEAM * sheet.fine, **_MID)


def _beside(name: str, spot: Points, dot: float, sheet: MapSheet, room: Room) -> Box | None:
    """Return the free box for a name right of its dot, left of it, above or below."""
    wide, high = measured(sheet.metres, sheet.fine, bold=False)(name)
    across, down = wide / 2 + 2 * dot, high / 2 + 1.5 * dot
    for aside in ((across, 0), (-across, 0), (0, down), (0, -down)):
        middle, half = spot + aside, np.array([wide, high]) / 2
        box = Box(*(middle - half), *(middle + half))
        if room.is_free(box):
            return box
    return None


def _along(
    lines: list[Points], wide: float, em: float
) -> Iterator[tuple[tuple[float, float], float]]:
    """Yield where a text may stand along some lines, nearest to the middle of each first."""
    for line in lines:
        far = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
        starts = np.arange(0, far[-1] - wide, wide / 5)
        if not len(starts):
            continue
        begin, middle, end = (
            np.column_stack([np.interp(starts + part * wide, far, axis) for axis in line.T])
            for part in (0, 0.5, 1)
        )
        chord, bent = end - begin, middle - begin
        length = np.hypot(*chord.T)
        off = np.abs(chord[:, 0] * bent[:, 1] - chord[:, 1] * bent[:, 0]) / np.maximum(length, 1)
        for k in np.argsort(np.abs(starts + wide / 2 - far[-1] / 2)):
            if length[k] > _STRAIGHT * wide and off[k] < _ASIDE * em:
                angle = float(np.arctan2(chord[k, 1], chord[k, 0]))
                if abs(angle) > np.pi / 2:  # the right way up
                    angle -= np.copysign(np.pi, angle)
                x, y = (begin[k] + end[k]) / 2
                yield (float(x), float(y)), angle


def _turned(place: _Place, wide: float, high: float, angle: float) -> Box:
    """Return the box around a text at an angle."""
    sine, cosine = abs(np.sin(angle)), abs(np.cos(angle))
    half = np.array([wide * cosine + high * sine, wide * sine + high * cosine]) / 2
    return Box(*(np.array(place) - half), *(np.array(place) + half))


def _parts(shape: Any) -> list[Points]:
    return [shapely.get_coordinates(line) for line in shapely.get_parts(shape)]
