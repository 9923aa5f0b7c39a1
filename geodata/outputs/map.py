"""The map itself: units with their names, and sites or shares, in VN-2000 metres.

Not here: what lies around (``ground``), what helps to read it (``furniture``), the words beside it
(``figure``, ``legend``), or the map of a day (``field.map``).
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.path import Path as Outline

from geodata.core.text import _, number
from geodata.geography.context import RANKS
from geodata.geography.coordinates import to_metres
from geodata.outputs import beneath, furniture, ground
from geodata.outputs.drawing import (
    POINT,
    SPREAD,
    Box,
    MapSheet,
    Points,
    label,
    lines_of,
    rings,
    stamp,
)
from geodata.outputs.fonts import MM, letters_wide
from geodata.outputs.names import Name, Room, in_lines, measured
from geodata.reading import symbology
from geodata.reading.briefing import Briefing
from geodata.reading.symbology import SHADES, SYMBOLS, Shade
from geodata.reading.tokens import ACCENT, COLOURS, FRAME, HATCH, INK, PAPER, QUIET
from geodata.reading.view import STAGE, shown
from geodata.register.sites import placed, uncertain

MANY = 400
"""Sites, above which a map shows units by their share instead of a symbol a site."""

FEW = 10
"""Units, below which their names are larger, and a poster has room for them."""

_LEGS = 60  # at most so many sites at a position are tied to it by a line, as on the web map
_ROOM = 42  # points around a position that a spiral of sites may take
_ASIDE, _DONE = (COLOURS[key].light for key in ("aside", "done"))
_BAR = (5.0, 0.75)  # width and height of the bar of a unit, in letters


def shaded(briefing: Briefing) -> bool:
    """Whether a map of a briefing shows units by their share: its sites would hide each other."""
    return int(placed(briefing.listed).sum()) > MANY


def draw(
    briefing: Briefing,
    axes: Axes,
    size: float = 8,
    *,
    by_unit: bool = False,
    numbers: Mapping[str, int] | None = None,
    to_scale: bool = False,
) -> None:
    """Draw units, sites, scale bar and north arrow into axes, which count in metres from then on.

    Parameters
    ----------
    briefing : Briefing
        What is shown; the sites are those `listed`.
    axes : Axes
        Their place and size are kept.
    size : float
        Of letters, points.
    by_unit : bool
        Whether units are shaded by their share and bear their count, and no site is drawn.
    numbers : mapping of int, optional
        For a poster, which ranks units beside the map: they bear no bar there, and where they are
        many, these numbers in place of their names.
    to_scale : bool
        Whether it is printed at its own size, so that a round scale can be named.
    """
    units = to_metres(briefing.units)
    chosen = briefing.view.unit if briefing.view.unit in units.index else None
    for side in axes.spines.values():
        side.set(color=FRAME, linewidth=0.6)
    around = units.loc[[chosen]] if chosen else units
    sheet = _zoomed(axes, around, 0.25 if chosen else 0.03, size, to_scale=to_scale)
    ground.draw(axes, sheet.extent, briefing.units)
    ways = None if by_unit else briefing.ways  # shades and lines would be read as one
    beneath.ways(axes, ways)
    _units(axes, units, chosen, _fills(briefing) if by_unit else {})
    sites = briefing.listed[placed(briefing.listed).to_numpy()]
    radius = 0.0 if by_unit else _radius(len(sites), sheet.extent.wide / sheet.metres)
    spots = np.empty((0, 2)) if by_unit else _sites(sheet, briefing, sites, radius)
    room = Room(
        sheet.extent,
        shapely.simplify(shapely.union_all(np.asarray(units.geometry)), 200),
        spots,
        1.3 * radius * sheet.metres,
        furniture.places(sheet, located=chosen is not None, to_scale=to_scale),
    )
    _names(sheet, briefing, units, room, counts=by_unit, numbers=numbers)
    ground.names(axes, room, briefing.units, sheet.metres, size)
    beneath.towns(sheet, room, units["name"], RANKS[:1] if by_unit else RANKS)
    beneath.names(sheet, room, ways)
    furniture.scale_bar(sheet, to_scale=to_scale)
    furniture.north_arrow(sheet)
    if chosen:
        furniture.locator(sheet, units, chosen)
    _remarks(sheet, briefing, sites, spots)


def _remarks(sheet: MapSheet, briefing: Briefing, sites: gpd.GeoDataFrame, spots: Points) -> None:
    """Say on a map that no site is on it, or that some lie beyond it."""
    axes, extent, size = sheet.axes, sheet.extent, sheet.size
    if sites.empty:
        _nothing(sheet, unplaced=len(briefing.listed))
    beyond = int((~_inside(spots, extent)).sum())
    if beyond:
        note = _("{n} sites lie outside this map").format(n=number(beyond))
        label(axes, extent.left + sheet.em, extent.bottom + sheet.em, note, size,
               color=INK, zorder=8, bbox={"facecolor": PAPER, "edgecolor": "none"})  # fmt: skip


def _nothing(sheet: MapSheet, *, unplaced: int) -> None:
    """Say in the middle of a map why no site is on it."""
    note = _("No site of this view has a position.") if unplaced else _("No site in this view.")
    axes, extent, size = sheet.axes, sheet.extent, sheet.size
    middle = (extent.left + extent.right) / 2, (extent.bottom + extent.top) / 2
    wide = letters_wide(note, bold=True) * sheet.metres  # of letters of a point
    fitting = min(1.6 * size, 0.8 * extent.wide / wide)
    label(axes, *middle, note, fitting, bold=True, color=INK, ha="center", va="center",
           zorder=9, bbox={"facecolor": PAPER, "edgecolor": FRAME, "pad": size})  # fmt: skip


def _zoomed(
    axes: Axes, around: gpd.GeoDataFrame, margin: float, size: float, *, to_scale: bool
) -> MapSheet:
    """Show some units with a margin, as large as the axes allow, or at the next round scale."""
    extent = axes.get_position()
    inches = axes.get_figure(root=True).get_size_inches()  # type: ignore[union-attr]
    width, height = extent.width * inches[0] * 72, extent.height * inches[1] * 72
    left, bottom, right, top = around.total_bounds
    wide, high = (right - left) * (1 + 2 * margin), (top - bottom) * (1 + 2 * margin)
    metres = float(max(wide / width, high / height))
    if to_scale:
        metres = _round_scale(metres / POINT) * POINT
    x, y = (left + right) / 2, (bottom + top) / 2
    half = width * metres / 2, height * metres / 2
    box = Box(x - half[0], y - half[1], x + half[0], y + half[1])
    axes.set(xlim=(box.left, box.right), ylim=(box.bottom, box.top))
    return MapSheet(axes, box, metres, size)


def _round_scale(least: float) -> float:
    """Return the first round scale that is no larger: 1 to so many."""
    step = 10 ** (math.floor(math.log10(least)) - 1)
    return float(math.ceil(least / step) * step)


def _fills(briefing: Briefing) -> dict[str, Shade]:
    """Return how each unit is shaded by its share."""
    shades = briefing.gaps["shade"].dropna()
    return {str(code): SHADES[str(shade)] for code, shade in shades.items()}


def _units(
    axes: Axes, units: gpd.GeoDataFrame, chosen: str | None, shades: Mapping[str, Shade]
) -> None:
    """Draw the outlines; the unit chosen stands out and the others step back."""
    plain = {code: PAPER if chosen in {None, code} else _ASIDE for code in units.index}
    for code, shape in zip(units.index, units.geometry, strict=True):
        shade = shades.get(code, Shade(plain[code]))
        outline = Outline.make_compound_path(*map(Outline, rings([shape])))
        hatch = {"hatch": "////", "hatchcolor": HATCH} if shade.hatched else {}
        axes.add_collection(PathCollection([outline], facecolors=shade.fill, edgecolors="none",
                                           zorder=1, **hatch), autolim=False)  # fmt: skip
    lines_of(axes, rings(units.geometry), FRAME, 0.7, 2)
    whole = shapely.union_all(shapely.buffer(np.asarray(units.geometry), 20))
    lines_of(axes, rings([whole]), QUIET, 1.3, 2)
    if chosen in units.index:
        lines_of(axes, rings([units.geometry[chosen]]), ACCENT, 2.2, 3)


def _radius(n: int, width: float) -> float:
    """Return the radius of symbols in points, for so many sites on a map so wide (points)."""
    small = 200, 1000, 5000
    base = (4.6, 3.6, 2.4, 1.6)[int(np.searchsorted(small, n))]
    return base * min(2.0, max(0.7, width / (170 * MM)))


def _sites(sheet: MapSheet, briefing: Briefing, sites: gpd.GeoDataFrame, radius: float) -> Points:
    """Draw the sites, what is missing or unknown on top; return where they stand (metres)."""
    home = shapely.get_coordinates(np.asarray(to_metres(sites.geometry)))
    which, around = _together(sites)
    spots = home + _spiral(which, around, radius * sheet.metres, _ROOM * sheet.metres)
    tied = (around > 1) & (around <= _LEGS)
    lines_of(sheet.axes, list(np.stack([home[tied], spots[tied]], axis=1)), QUIET, 0.4, 4)
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
    sheet: MapSheet,
    briefing: Briefing,
    units: gpd.GeoDataFrame,
    room: Room,
    *,
    counts: bool,
    numbers: Mapping[str, int] | None,
) -> None:
    """Write the names of units where they cover neither a site nor each other, with their counts.

    A name that has no room for its count and bar stands without them.
    """
    chosen, few, bars = briefing.view.unit, len(units) < FEW, counts and numbers is None
    size = sheet.size if few else sheet.fine
    if numbers and not few:
        units, counts, few = units.assign(name=units.index.map(numbers)), False, True
        units = units[units["name"].notna()].astype({"name": int})
    sight = shapely.box(*sheet.extent)
    named = zip(units.index, units["name"], units.geometry, strict=True)
    for code, name, shape in sorted(named, key=lambda unit: unit[2].area):
        if shape.intersection(sight).area < 0.2 * shape.area and code != chosen:
            continue  # too little of it is in sight
        bold, lines = few or code == chosen, in_lines(name)
        counted = _counted(briefing, code) if counts else ""
        for more in dict.fromkeys((counted, "")):  # a name without its bar takes less room
            texts = [*lines, more] if more else lines
            where = room.place(
                texts, shape, _room_of(sheet, texts, size, bold=bold, bar=bars and more != "")
            )
            if where:
                colour = ACCENT if code == chosen else INK
                _name(sheet, where, len(lines), size, colour=colour, bold=bold)
                if more and bars:
                    _bar(sheet, where.box, briefing.gaps.loc[code])
                break


def _room_of(
    sheet: MapSheet, texts: Sequence[str], size: float, *, bold: bool, bar: bool
) -> tuple[float, float]:
    """Return width and height of some lines of text, and of a bar below them."""
    wide, high = zip(*map(measured(sheet.metres, size, bold=bold), texts), strict=True)
    if not bar:
        return max(wide), sum(high)
    return max(*wide, _BAR[0] * sheet.em), sum(high) + 1.6 * _BAR[1] * sheet.em


def _counted(briefing: Briefing, code: str) -> str:
    """Return how many of a unit's sites are a yes; nothing of a unit without a site."""
    row: Any = briefing.gaps.loc[code]
    return f"{number(row['yes'])}/{number(row['sites'])}" if row["sites"] else ""


def _bar(sheet: MapSheet, box: Box, row: pd.Series) -> None:
    """Draw at the foot of a name what a unit is made of: verified, unknown, and the rest."""
    wide, high = (part * sheet.em for part in _BAR)
    left, bottom = (box.left + box.right - wide) / 2, box.bottom + 0.3 * high
    yes, unknown = (wide * row[part] / row["sites"] for part in ("yes", "unknown"))
    parts: tuple[tuple[float, float, dict[str, Any]], ...] = (
        (0, wide, {"facecolor": PAPER}),
        (0, yes, {"facecolor": _DONE}),
        (yes, unknown, {"facecolor": PAPER, "hatch": "//////", "hatchcolor": INK}),
    )
    for start, width, how in parts:
        x, y = left + start + width * np.array([0, 1, 1, 0]), bottom + high * np.array([0, 0, 1, 1])
        sheet.axes.fill(x, y, edgecolor=INK, linewidth=0.5, zorder=7, **how)


def _name(sheet: MapSheet, name: Name, heads: int, size: float, *, colour: str, bold: bool) -> None:
    """Write a name over a white seam; a line ties it to a unit that it does not stand in.

    Its first lines, so many as `heads`, may be bold; what follows is its count.
    """
    box = name.box
    if name.tie:
        middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        lines_of(sheet.axes, [np.array([middle, name.tie])], INK, 0.5, 4)
    high, x = 1.15 * size * sheet.metres, (box.left + box.right) / 2
    for k, line in enumerate(name.lines):
        label(sheet.axes, x, box.top - (k + 0.82) * high, line, size, bold=bold and k < heads,
              seam=0.36 * size, color=colour, ha="center", zorder=7)  # fmt: skip
