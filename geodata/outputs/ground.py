"""What lies around the land on a printed map: neighbours with their names, and the sea.

Not here: where it comes from (``geodata.geography.context``), what lies beneath the sites
(``beneath``), or the map itself (``map``).
"""

from functools import cache
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.path import Path as Outline

from geodata.core.text import _
from geodata.geography import context
from geodata.geography.coordinates import WGS84, to_metres
from geodata.outputs.drawing import Box, Points, label, lines_of, rings
from geodata.outputs.fonts import letters_wide
from geodata.outputs.names import Room
from geodata.reading.tokens import COLOURS

_GROUND, _SEA, _COAST, _BORDER, _FAR = (
    COLOURS[key].light for key in ("ground", "sea", "coast", "border", "far-name")
)
_SHORT = {"Tỉnh ": "", "Thành phố ": "TP "}


def draw(axes: Axes, extent: Box, units: gpd.GeoDataFrame) -> None:
    """Draw sea and borders around some units into axes that count in metres."""
    axes.set_facecolor(_GROUND)
    water = Outline.make_compound_path(*map(Outline, rings([_metres(context.sea(_provinces()))])))
    axes.add_collection(PathCollection([water], facecolors=_SEA, edgecolors=_COAST, zorder=0),
                        autolim=False)  # fmt: skip
    borders = _metres(context.borders(_provinces(), _area(units)))
    lines = [shapely.get_coordinates(line) for line in shapely.get_parts(borders)]
    lines_of(axes, [line for line in lines if _seen(line, extent).any()], _BORDER, 0.8, 0)


def names(axes: Axes, room: Room, units: gpd.GeoDataFrame, metres: float, size: float) -> None:
    """Name the neighbours where there is room for them, once each."""
    for one in context.neighbours(_provinces(), _area(units)):
        name = _called(one)
        box = _free(_points(one.anchors), room, letters_wide(name, bold=False) * size * metres,
                    1.3 * size * metres)  # fmt: skip
        if box:
            room.taken.append(box)
            label(axes, (box.left + box.right) / 2, (box.bottom + box.top) / 2, name, size,
                  color=_FAR, style="italic", ha="center", va="center", zorder=3)  # fmt: skip


def _free(places: Points, room: Room, wide: float, high: float) -> Box | None:
    """Return the free box nearest to the land around one of some places."""
    half = np.array([wide, high]) / 2
    boxes = [Box(*(place - half), *(place + half)) for place in places]
    free = [
        box for box in boxes if room.is_free(box) and not shapely.box(*box).intersects(room.land)
    ]
    return min(free, key=lambda box: shapely.box(*box).distance(room.land), default=None)


def _seen(points: Points, extent: Box) -> Any:
    """Return which points lie in a box."""
    return ((points >= extent[:2]) & (points <= extent[2:])).all(axis=1)


def _called(neighbour: context.Neighbour) -> str:
    """Return what a neighbour is called: without the word for what it is."""
    name = neighbour.name
    for long, short in _SHORT.items():
        name = name.replace(long, short)
    return _("The rest of {name}").format(name=name) if neighbour.is_remainder else name


@cache
def _provinces() -> gpd.GeoDataFrame:
    return context.load_provinces()


def _area(units: gpd.GeoDataFrame) -> Any:
    return units.geometry.union_all()


def _metres(shape: Any) -> Any:
    return to_metres(gpd.GeoSeries([shape], crs=WGS84)).iloc[0]


def _points(lon_lat: Points) -> Points:
    points = gpd.GeoSeries(shapely.points(lon_lat), crs=WGS84)
    return np.asarray(to_metres(points).get_coordinates())
