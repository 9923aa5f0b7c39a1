"""What lies around the land on a printed map: neighbours with their names, and the sea.

Not here: where it comes from (``geodata.geography.context``), what lies beneath the sites
(``beneath``), or the map itself (``map``).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.path import Path as Outline

from geodata.core.text import _
from geodata.geography import context
from geodata.geography.coordinates import WGS84, metres_of, to_metres
from geodata.outputs.drawing import Box, Points, label, lines_of, rings
from geodata.outputs.fonts import letters_wide
from geodata.outputs.names import Room
from geodata.reading.tokens import COLOURS

_GROUND, _SEA, _COAST, _BORDER, _FAR = (
    COLOURS[key].light for key in ("ground", "sea", "coast", "border", "far-name")
)
_SHORT = {"Tỉnh ": "", "Thành phố ": "TP "}


@dataclass(frozen=True)
class _Around:
    """What lies around an area, in metres: water, borders, and neighbours with their anchors."""

    water: Outline
    borders: tuple[Points, ...]
    neighbours: tuple[tuple[context.Neighbour, Points], ...]


def draw(axes: Axes, extent: Box, units: gpd.GeoDataFrame) -> None:
    """Draw sea and borders around some units into axes that count in metres."""
    around = _around(units.geometry.union_all())
    axes.set_facecolor(_GROUND)
    axes.add_collection(PathCollection([around.water], facecolors=_SEA, edgecolors=_COAST,
                                       zorder=0), autolim=False)  # fmt: skip
    lines = [line for line in around.borders if _seen(line, extent).any()]
    lines_of(axes, lines, _BORDER, 0.8, 0)


def names(axes: Axes, room: Room, units: gpd.GeoDataFrame, metres: float, size: float) -> None:
    """Name the neighbours where there is room for them, once each."""
    for one, anchors in _around(units.geometry.union_all()).neighbours:
        name = _called(one)
        box = _free(anchors, room, letters_wide(name, bold=False) * size * metres,
                    1.3 * size * metres)  # fmt: skip
        if box:
            room.taken.append(box)
            label(axes, (box.left + box.right) / 2, (box.bottom + box.top) / 2, name, size,
                  color=_FAR, style="italic", ha="center", va="center", zorder=3)  # fmt: skip


@lru_cache(maxsize=8)
def _around(area: Any) -> _Around:
    """Return what lies around an area (EPSG:4326), worked out once: it is the same on every map."""
    provinces = context.load_provinces()
    water = rings([_metres(context.sea(provinces))])
    return _Around(
        Outline.make_compound_path(*map(Outline, water)),
        tuple(
            shapely.get_coordinates(line)
            for line in shapely.get_parts(_metres(context.borders(provinces, area)))
        ),
        tuple((one, _points(one.anchors)) for one in context.neighbours(provinces, area)),
    )


def _free(places: Points, room: Room, wide: float, high: float) -> Box | None:
    """Return the free box nearest to the land around one of some places."""
    half = np.array([wide, high]) / 2
    edges = np.hstack([places - half, places + half])
    edges = edges[room.are_free(edges)]
    far = shapely.distance(shapely.box(*edges.T), room.land)
    free = np.where(far > 0, far, np.inf)  # none of the land is covered
    return Box(*edges[np.argmin(free)]) if np.isfinite(free).any() else None


def _seen(points: Points, extent: Box) -> Any:
    """Return which points lie in a box."""
    return ((points >= extent[:2]) & (points <= extent[2:])).all(axis=1)


def _called(neighbour: context.Neighbour) -> str:
    """Return what a neighbour is called: without the word for what it is."""
    name = neighbour.name
    for long, short in _SHORT.items():
        name = name.replace(long, short)
    return _("The rest of {name}").format(name=name) if neighbour.is_remainder else name


def _metres(shape: Any) -> Any:
    return to_metres(gpd.GeoSeries([shape], crs=WGS84)).iloc[0]


def _points(lon_lat: Points) -> Points:
    points = gpd.GeoSeries(shapely.points(lon_lat), crs=WGS84)
    return metres_of(points)
