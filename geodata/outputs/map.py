"""The map itself: units, sites, names, scale bar and north arrow, in VN-2000 metres.

Not here: the words around it (``figure``, ``legend``), or the map of a day (``field.map``).
"""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path as Outline
from matplotlib.patheffects import Stroke

from geodata.core.text import _, number
from geodata.geography.coordinates import to_metres
from geodata.outputs.drawing import (
    SPREAD,
    Box,
    Points,
    km_text,
    label,
    rings,
    round_km,
    stamp,
)
from geodata.outputs.fonts import MM, letters_wide, tidy
from geodata.reading import symbology
from geodata.reading.briefing import Briefing
from geodata.reading.symbology import SYMBOLS
from geodata.reading.tokens import ACCENT, COLOURS, FRAME, INK, PANEL, PAPER, QUIET
from geodata.reading.view import STAGE, shown
from geodata.register.sites import placed, uncertain

_FEW = 10  # units, below which their names are larger
_NAME_LINE = 14  # letters, from which on the name of a unit takes two lines
_LEGS = 60  # at most so many sites at a position are tied to it by a line, as on the web map
_FOREIGN = 0.35  # share of a name that may lie in another unit
_ROOM = 42  # points around a position that a spiral of sites may take


@dataclass(frozen=True)
class _Sheet:
    """Axes that count in metres: what they show, metres per point, size of letters (points)."""

    axes: Axes
    extent: Box
    metres: float
    size: float

    @property
    def em(self) -> float:
        """The size of letters in metres."""
        return self.size * self.metres


def draw(briefing: Briefing, axes: Axes, size: float = 8) -> None:
    """Draw units, sites, scale bar and north arrow into axes, which count in metres from then on.

    Parameters
    ----------
    briefing : Briefing
        What is shown; the sites are those `listed`.
    axes : Axes
        Their place and size are kept.
    size : float
        Of letters, points.
    """
    units = to_metres(briefing.units)
    chosen = briefing.view.unit if briefing.view.unit in units.index else None
    axes.set_facecolor(PANEL)
    for side in axes.spines.values():
        side.set(color=FRAME, linewidth=0.6)
    sheet = _zoomed(axes, units.loc[[chosen]] if chosen else units, 0.25 if chosen else 0.03, size)
    _units(axes, units, chosen)
    sites = briefing.listed[placed(briefing.listed).to_numpy()]
    extent = sheet.extent
    radius = _radius(len(sites), (extent.right - extent.left) / sheet.metres)
    spots = _sites(sheet, briefing, sites, radius)
    _names(sheet, units, chosen, spots, radius)
    _scale_bar(sheet)
    _north_arrow(sheet)
    if chosen:
        _locator(sheet, units, chosen)
    if sites.empty:
        _nothing(axes, extent, size, unplaced=len(briefing.listed))
    beyond = int((~_inside(spots, extent)).sum())
    if beyond:
        note = _("{n} sites lie outside this map").format(n=number(beyond))
        label(axes, extent.left + sheet.em, extent.bottom + sheet.em, note, size,
               color=INK, zorder=8, bbox={"facecolor": PAPER, "edgecolor": "none"})  # fmt: skip


def _nothing(axes: Axes, extent: Box, size: float, *, unplaced: int) -> None:
    """Say in the middle of a map why no site is on it."""
    note = _("No site of this view has a position.") if unplaced else _("No site in this view.")
    middle = (extent.left + extent.right) / 2, (extent.bottom + extent.top) / 2
    label(axes, *middle, note, 1.6 * size, bold=True, color=INK, ha="center", va="center",
           zorder=9, bbox={"facecolor": PAPER, "edgecolor": FRAME, "pad": size})  # fmt: skip


def _zoomed(axes: Axes, around: gpd.GeoDataFrame, margin: float, size: float) -> _Sheet:
    """Show some units with a margin, as large as the axes allow."""
    extent = axes.get_position()
    inches = axes.get_figure(root=True).get_size_inches()  # type: ignore[union-attr]
    width, height = extent.width * inches[0] * 72, extent.height * inches[1] * 72
    left, bottom, right, top = around.total_bounds
    wide, high = (right - left) * (1 + 2 * margin), (top - bottom) * (1 + 2 * margin)
    metres = float(max(wide / width, high / height))
    x, y = (left + right) / 2, (bottom + top) / 2
    half = width * metres / 2, height * metres / 2
    box = Box(x - half[0], y - half[1], x + half[0], y + half[1])
    axes.set(xlim=(box.left, box.right), ylim=(box.bottom, box.top))
    return _Sheet(axes, box, metres, size)


def _units(axes: Axes, units: gpd.GeoDataFrame, chosen: str | None) -> None:
    """Draw the outlines; the unit chosen stands out and the others step back."""
    for code, shape in zip(units.index, units.geometry, strict=True):
        colour = PAPER if chosen in {None, code} else COLOURS["aside"].light
        outline = Outline.make_compound_path(*map(Outline, rings([shape])))
        axes.add_collection(PathCollection([outline], facecolors=colour, edgecolors="none",
                                           zorder=1), autolim=False)  # fmt: skip
    _lines_of(axes, rings(units.geometry), FRAME, 0.7, 2)
    whole = shapely.union_all(shapely.buffer(np.asarray(units.geometry), 20))
    _lines_of(axes, rings([whole]), QUIET, 1.3, 2)
    if chosen in units.index:
        _lines_of(axes, rings([units.geometry[chosen]]), ACCENT, 2.2, 3)


def _lines_of(axes: Axes, lines: list[Points], colour: str, width: float, zorder: int) -> None:
    axes.add_collection(
        LineCollection(
            lines, colors=colour, linewidths=width, zorder=zorder, joinstyle="round"
        ),
        autolim=False,
    )  # fmt: skip


def _radius(n: int, width: float) -> float:
    """Return the radius of symbols in points, for so many sites on a map so wide (points)."""
    small = 200, 1000, 5000
    base = (4.6, 3.6, 2.4, 1.6)[int(np.searchsorted(small, n))]
    return base * min(2.0, max(0.7, width / (170 * MM)))


def _sites(sheet: _Sheet, briefing: Briefing, sites: gpd.GeoDataFrame, radius: float) -> Points:
    """Draw the sites, what is missing or unknown on top; return where they stand (metres)."""
    home = shapely.get_coordinates(np.asarray(to_metres(sites.geometry)))
    which, around = _together(sites)
    spots = home + _spiral(which, around, radius * sheet.metres, _ROOM * sheet.metres)
    tied = (around > 1) & (around <= _LEGS)
    _lines_of(sheet.axes, list(np.stack([home[tied], spots[tied]], axis=1)), QUIET, 0.4, 4)
    axis = briefing.view.axis
    keys = shown(briefing.status.loc[sites.index], axis).tolist()
    alike: dict[tuple[int, str, str, bool], list[int]] = {}
    looks = zip(keys, sites["kind"].tolist(), uncertain(sites).tolist(), strict=True)
    for row, (key, kind, vague) in enumerate(looks):
        alike.setdefault((_rank(axis, key), key, kind, vague), []).append(row)
    for (_height, key, kind, vague), rows in sorted(alike.items()):
        group, status = _axis_of(axis, key)
        stamp(sheet.axes, spots[rows], kind, SYMBOLS[group][status], radius, dashed=vague)
    return spots


def _axis_of(axis: str, key: str) -> tuple[str, str]:
    """Return axis and status behind the key a site is shown under."""
    return ("stage", key.removeprefix(STAGE)) if key.startswith(STAGE) else (axis, key)


def _rank(axis: str, key: str) -> int:
    """Return how high a symbol lies: the further from settled, the higher."""
    axis, status = _axis_of(axis, key)
    return -1 if status == "not-applicable" else symbology.STATUSES[axis].index(status)


def _together(sites: pd.DataFrame) -> tuple[Points, Points]:
    """Return for each site which of how many it is at its position."""
    here = sites[["lat", "lon"]].round(5).reset_index(drop=True).groupby(["lat", "lon"])
    return np.array(here.cumcount(), float), np.array(here["lat"].transform("size"), float)


def _spiral(which: Points, around: Points, radius: float, room: float) -> Points:
    """Return how far each symbol stands from its position: not at all, or on a spiral."""
    step = np.minimum(radius * 1.9, room / np.sqrt(np.maximum(around, 1)))
    away = np.where(around > 1, step * np.sqrt(which + 0.5), 0.0)
    return np.column_stack([away * np.cos(which * SPREAD), -away * np.sin(which * SPREAD)])


def _inside(points: Points, extent: Box) -> Any:
    """Return which points lie in a box."""
    return np.all((points >= extent[:2]) & (points <= extent[2:]), axis=1)


def _names(
    sheet: _Sheet, units: gpd.GeoDataFrame, chosen: str | None, spots: Points, radius: float
) -> None:
    """Write the names of units where they hide fewest sites and never each other."""
    few = len(units) < _FEW
    size = sheet.size * (1.0 if few else 0.85)
    extent = shapely.box(*sheet.extent)
    whole = shapely.union_all(np.asarray(units.geometry))
    taken = _furniture(sheet, located=chosen is not None)
    named = zip(units.index, units["name"], units.geometry, strict=True)
    for code, name, shape in sorted(named, key=lambda unit: unit[2].area):
        bold = few or code == chosen
        lines = _two_lines(tidy(name, 28))
        wide = max(letters_wide(line, bold=bold) for line in lines) * size * sheet.metres
        high = 1.25 * len(lines) * size * sheet.metres
        seen = shape.intersection(extent)
        if seen.area < 1.5 * wide * high and code != chosen:
            continue  # too little of it is in sight
        reach = np.array([wide / 2, 0.45 * high]) + radius * sheet.metres
        place = _quiet_place((seen, whole, sheet.extent), (wide, high), reach, spots, taken)
        if place:
            taken.append(place)
            colour = ACCENT if code == chosen else INK
            _name(sheet.axes, place, "\n".join(lines), size, colour=colour, bold=bold)


def _two_lines(name: str) -> list[str]:
    """Return a name in one line or, where it is long, two of about the same length."""
    gaps = [k for k, letter in enumerate(name) if letter == " "]
    if len(name) < _NAME_LINE or not gaps:
        return [name]
    middle = min(gaps, key=lambda k: abs(k - len(name) / 2))
    return [name[:middle], name[middle + 1 :]]


def _quiet_place(
    land: tuple[Any, Any, Box],
    size: tuple[float, float],
    reach: Points,
    spots: Points,
    taken: list[Box],
) -> Box | None:
    """Return a box of a size for the name of a unit: off other names and sites, near its middle.

    `land` has the unit, all units together, and the box shown. A name may reach over the edge
    of all the land, but hardly into another unit: there it would name the wrong one.
    """
    shape, whole, extent = land
    half = np.array(size) / 2
    left, bottom, right, top = shape.bounds
    grid = np.meshgrid(np.linspace(left, right, 23), np.linspace(bottom, top, 23))
    centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(shape, tolerance=100))[0]
    places = np.vstack([np.column_stack([axis.ravel() for axis in grid]), centre])
    edge = half + 0.3 * min(size)
    places = np.clip(places, extent[:2] + edge, extent[2:] - edge)
    boxes = shapely.box(*(places - half).T, *(places + half).T)
    area = size[0] * size[1]
    inside = shapely.area(shapely.intersection(boxes, shape)) / area
    foreign = shapely.area(shapely.intersection(boxes, whole)) / area - inside
    near = spots[_inside(spots, Box(*(places.min(0) - reach), *(places.max(0) + reach)))]
    hidden = (np.abs(near[None, :, :] - places[:, None, :]) < reach).all(axis=2).sum(axis=1)
    crossed = shapely.intersects(boxes, shapely.union_all([shapely.box(*box) for box in taken]))
    far = np.hypot(*(places - centre).T) / sum(size)
    cost = 1000 * crossed + 60 * foreign + 12 * (1 - inside) + 2 * hidden + far
    best = int(np.argmin(cost))
    return Box(*shapely.bounds(boxes[best])) if foreign[best] < _FOREIGN else None


def _name(axes: Axes, box: Box, text: str, size: float, *, colour: str, bold: bool) -> None:
    """Write a name over a white seam; the seam is outlines, the name stays text."""
    where = {"x": (box.left + box.right) / 2, "y": (box.bottom + box.top) / 2}
    how: dict[str, Any] = {"ha": "center", "va": "center", "linespacing": 1.1}
    seam = [Stroke(linewidth=0.36 * size, foreground=PAPER, alpha=0.9, joinstyle="round")]
    label(axes, **where, text=text, size=size, bold=bold, zorder=6, path_effects=seam, **how)
    label(axes, **where, text=text, size=size, bold=bold, zorder=7, color=colour, **how)


def _furniture(sheet: _Sheet, *, located: bool = False) -> list[Box]:
    """Return the places of scale bar (lower right), north arrow (upper left), and locator."""
    extent, em = sheet.extent, sheet.em
    long = _scale(sheet) * 1000 + 4.6 * em
    small = 0.2 * min(extent.right - extent.left, extent.top - extent.bottom)
    return [
        Box(extent.right - 0.4 * em - long, extent.bottom + 0.4 * em,
            extent.right - 0.4 * em, extent.bottom + 3.0 * em),
        Box(extent.left + 0.4 * em, extent.top - 4.8 * em,
            extent.left + 4.0 * em, extent.top - 0.4 * em),
        *([Box(extent.right - 0.4 * em - 1.37 * small, extent.top - 0.4 * em - small,
               extent.right - 0.4 * em, extent.top - 0.4 * em)] if located else []),
    ]  # fmt: skip


def _scale(sheet: _Sheet) -> float:
    """Return a round number of kilometres that is about a quarter of the map."""
    return round_km(0.24 * (sheet.extent.right - sheet.extent.left))


def _scale_bar(sheet: _Sheet) -> None:
    """Draw a bar of a round number of kilometres."""
    box, em, length = _furniture(sheet)[0], sheet.em, _scale(sheet)
    left, bottom, half = box.left + 1.2 * em, box.bottom + 0.6 * em, length * 500
    _panel(sheet.axes, box)
    for k, colour in enumerate((INK, PAPER)):
        sheet.axes.fill(left + half * np.array([k, k + 1, k + 1, k]),
                        bottom + 0.4 * em * np.array([0, 0, 1, 1]),
                        facecolor=colour, edgecolor=INK, linewidth=0.6, zorder=8)  # fmt: skip
    for x, text in ((0, "0"), (length / 2, km_text(length / 2)), (length, f"{km_text(length)} km")):
        label(sheet.axes, left + x * 1000, bottom + 0.85 * em, text, 0.85 * sheet.size,
               color=INK, ha="center", zorder=8)  # fmt: skip


def _panel(axes: Axes, box: Box) -> None:
    """Lay a pale ground under what is not part of the land."""
    corners = np.array([box[:2], (box.right, box.bottom), box[2:], (box.left, box.top)])
    axes.fill(*corners.T, facecolor=PANEL, alpha=0.85, edgecolor="none", zorder=7)


def _north_arrow(sheet: _Sheet) -> None:
    """Draw an arrow to grid north."""
    box, em = _furniture(sheet)[1], sheet.em
    x, y = (box.left + box.right) / 2, box.bottom + 0.4 * em
    _panel(sheet.axes, box)
    for side, colour in ((-1, INK), (1, PAPER)):
        sheet.axes.fill(x + em * np.array([0, 0.75 * side, 0]), y + em * np.array([2.4, 0, 0.6]),
                        facecolor=colour, edgecolor=INK, linewidth=0.6, zorder=8)  # fmt: skip
    label(sheet.axes, x, y + 2.8 * em, _("North"), 0.85 * sheet.size,
           color=INK, ha="center", zorder=8)  # fmt: skip


def _locator(sheet: _Sheet, units: gpd.GeoDataFrame, chosen: str) -> None:
    """Draw at the upper right where in all the land the unit lies."""
    box = _furniture(sheet, located=True)[2]
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
