"""What helps to read a map: scale bar with the scale, north arrow, where in the land a unit lies.

Not here: the map (``map``).
"""

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.path import Path as Outline

from geodata.core.text import _, number
from geodata.outputs.drawing import POINT, Box, MapSheet, km_text, label, rings, round_km
from geodata.reading.tokens import ACCENT, FRAME, INK, PANEL, PAPER


def places(sheet: MapSheet, *, located: bool = False, to_scale: bool = False) -> list[Box]:
    """Return the places of scale bar (lower right), north arrow (upper left), and locator."""
    extent, em = sheet.extent, sheet.em
    long = _scale(sheet) * 1000 + 4.6 * em
    small = 0.2 * min(extent.wide, extent.tall)
    return [
        Box(extent.right - 0.4 * em - long, extent.bottom + 0.4 * em,
            extent.right - 0.4 * em, extent.bottom + (4.2 if to_scale else 3.0) * em),
        Box(extent.left + 0.4 * em, extent.top - 4.8 * em,
            extent.left + 4.0 * em, extent.top - 0.4 * em),
        *([Box(extent.right - 0.4 * em - 1.37 * small, extent.top - 0.4 * em - small,
               extent.right - 0.4 * em, extent.top - 0.4 * em)] if located else []),
    ]  # fmt: skip


def _scale(sheet: MapSheet) -> float:
    """Return a round number of kilometres that is about a quarter of the map."""
    return round_km(0.24 * sheet.extent.wide)


def scale_bar(sheet: MapSheet, *, to_scale: bool) -> None:
    """Draw a bar of a round number of kilometres, below the scale in figures."""
    box, em, length = places(sheet, to_scale=to_scale)[0], sheet.em, _scale(sheet)
    left, bottom, half = box.left + 1.2 * em, box.bottom + 0.6 * em, length * 500
    _panel(sheet.axes, box)
    for k, colour in enumerate((INK, PAPER)):
        sheet.axes.fill(left + half * np.array([k, k + 1, k + 1, k]),
                        bottom + 0.4 * em * np.array([0, 0, 1, 1]),
                        facecolor=colour, edgecolor=INK, linewidth=0.6, zorder=8)  # fmt: skip
    for x, text in ((0, "0"), (length / 2, km_text(length / 2)), (length, f"{km_text(length)} km")):
        label(sheet.axes, left + x * 1000, bottom + 0.85 * em, text, sheet.fine,
               color=INK, ha="center", zorder=8)  # fmt: skip
    if to_scale:
        text = _("Scale 1:{n}").format(n=number(sheet.metres / POINT))
        label(sheet.axes, left + half, bottom + 2.1 * em, text, sheet.fine,
              bold=True, color=INK, ha="center", zorder=8)  # fmt: skip


def _panel(axes: Axes, box: Box) -> None:
    """Lay a pale ground under what is not part of the land."""
    corners = np.array([box[:2], (box.right, box.bottom), box[2:], (box.left, box.top)])
    axes.fill(*corners.T, facecolor=PANEL, alpha=0.85, edgecolor="none", zorder=7)


def north_arrow(sheet: MapSheet) -> None:
    """Draw an arrow to grid north."""
    box, em = places(sheet)[1], sheet.em
    x, y = (box.left + box.right) / 2, box.bottom + 0.4 * em
    _panel(sheet.axes, box)
    for side, colour in ((-1, INK), (1, PAPER)):
        sheet.axes.fill(x + em * np.array([0, 0.75 * side, 0]), y + em * np.array([2.4, 0, 0.6]),
                        facecolor=colour, edgecolor=INK, linewidth=0.6, zorder=8)  # fmt: skip
    label(sheet.axes, x, y + 2.8 * em, _("North"), sheet.fine,
           color=INK, ha="center", zorder=8)  # fmt: skip


def locator(sheet: MapSheet, units: gpd.GeoDataFrame, chosen: str) -> None:
    """Draw at the upper right where in all the land the unit lies."""
    box = places(sheet, located=True)[-1]
    left, bottom, right, top = units.total_bounds
    scale = 0.86 * min(
        (box.right - box.left) / (right - left), (box.top - box.bottom) / (top - bottom)
    )
    middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    _panel(sheet.axes, box)
    whole = shapely.union_all(shapely.buffer(np.asarray(units.geometry), 20))
    centre = (left + right) / 2, (bottom + top) / 2
    for shape, fill, edge in ((whole, PAPER, FRAME), (units.geometry[chosen], ACCENT, ACCENT)):
        moved = ((ring - centre) * scale + middle for ring in rings([shape]))
        outline = Outline.make_compound_path(*map(Outline, moved))
        drawn = PathCollection([outline], facecolors=fill, edgecolors=edge, linewidths=0.7)
        drawn.set_zorder(8)
        sheet.axes.add_collection(drawn, autolim=False)
