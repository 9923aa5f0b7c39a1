"""The printed map of a briefing: units, sites, counted legend, scale and sources, as vectors.

Drawn in VN-2000 metres with matplotlib's objects alone (no pyplot, nothing shared between
threads) and its own DejaVu Sans, so that a machine without fonts makes the same map. Not here:
pages around the map (``pdf``), or what the symbols mean (``geodata.reading.symbology``).
"""

import io
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path as Outline
from matplotlib.patheffects import Stroke
from matplotlib.textpath import TextToPath
from matplotlib.transforms import IdentityTransform
from numpy.typing import NDArray

from geodata.core.progress import Listener, unheard
from geodata.core.text import _, number
from geodata.geography.coordinates import to_metres
from geodata.outputs import fonts
from geodata.outputs.briefing.wording import across, marks
from geodata.reading import symbology
from geodata.reading.briefing import Briefing
from geodata.reading.symbology import (
    ACCENT,
    INK,
    LOWERED,
    MARK_SIZE,
    MARKS,
    PAPER,
    QUIET,
    SHAPE_ONLY,
    SHAPES,
    SYMBOLS,
    Symbol,
)
from geodata.reading.view import STAGE, shown
from geodata.register.sites import placed, uncertain

MM = 72 / 25.4  # points
ALERT = SYMBOLS["outreach"]["not-reached"].fill  # what must not be overlooked
_GROUND, _BORDER, _FAINT = "#eef2f5", "#8795a1", "#f7f9fa"
_FEW = 10  # units, below which their names are larger
_NAME_LINE = 14  # letters, from which on the name of a unit takes two lines
_SPREAD = 2.39996  # the golden angle, radians: neighbours in a spiral never line up
_LEGS = 60  # at most so many sites at a position are tied to it by a line, as on the web map
_FOREIGN = 0.35  # share of a name that may lie in another unit
_ROOM = 42  # points around a position that a spiral of sites may take
_LEADING = 1.5  # of a line of the legend, in letter sizes

Points = NDArray[np.float64]


class Box(NamedTuple):
    """A rectangle: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class _Entry:
    """One line of the legend."""

    text: str
    count: str = ""
    kind: str = ""
    symbol: Symbol | None = None
    bold: bool = False
    quiet: bool = False


def map_figure(
    briefing: Briefing,
    width_mm: float,
    height_mm: float,
    *,
    alone: bool = True,
    text_pt: float | None = None,
) -> Figure:
    """Return the map of a briefing with its legend.

    Parameters
    ----------
    briefing : Briefing
        What is shown.
    width_mm, height_mm : float
        Size on paper, mm.
    alone : bool
        Whether it says by itself what a page around it would: marks, title, dates, data version.
    text_pt : float, optional
        Size of letters, points; by default what suits the size.
    """
    figure = Figure(figsize=(width_mm / 25.4, height_mm / 25.4), facecolor=PAPER)
    size = text_pt or max(7.0, math.sqrt(width_mm * height_mm) / 24)
    width, height = width_mm * MM, height_mm * MM
    edge = size if alone else 0.5  # half a point keeps the frame's own line whole
    paper = Box(edge, edge, width - edge, height - edge)
    body = _foot(figure, briefing, paper, size)
    if alone:
        body = _head(figure, briefing, body, size)
    room = _legend(figure, briefing, body, size)
    draw(briefing, _axes(figure, room), size)
    if alone and (mark := across(briefing)):
        large = min(width / 14, 0.86 * width / _letters_wide(mark, bold=True))
        figure.text(0.5, 0.5, mark, rotation=30, ha="center", va="center",
                    color=INK, alpha=0.1, zorder=9,
                    fontproperties=_font(large, bold=True))  # fmt: skip
    return figure


def png(
    briefing: Briefing,
    width_px: int,
    height_px: int,
    *,
    alone: bool = True,
    width_mm: float = 190,
    listener: Listener = unheard,
) -> bytes:
    """Return the map as a picture, for slides and documents.

    Parameters
    ----------
    briefing : Briefing
        What is shown.
    width_px, height_px : int
        Size of the picture, pixels.
    alone : bool
        As for `map_figure`.
    width_mm : float
        The width it is laid out for: letters are as large as on paper so wide.
    listener : callable, optional
        Told of each step before it begins.
    """
    listener(0, _("Drawing the map"))
    figure = map_figure(briefing, width_mm, width_mm * height_px / width_px, alone=alone)
    listener(0.6, _("Making a picture of the map"))
    # A hair more than asked, so that rounding never takes a pixel away.
    return _saved(figure, "png", dpi=(width_px + 0.01) / (width_mm / 25.4))


def pdf(figure: Figure) -> bytes:
    """Return a figure as a PDF of one page, all vectors, the same bytes for the same figure."""
    nothing = dict.fromkeys(("CreationDate", "Creator", "Producer"))
    return _saved(figure, "pdf", metadata=nothing)


def tidy(text: object, most: int = 500) -> str:
    """Return any text as one line of composed letters, cut with “…” where it is too long.

    Marks that turn the direction of writing and other invisible ones are dropped: in print
    they could only make a name look like another.
    """
    letters = unicodedata.normalize("NFC", str(text))
    spaced = (" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in letters)
    seen = (c for c in spaced if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"})
    line = " ".join("".join(seen).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _saved(figure: Figure, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    # Text stays text that can be selected. Never set back: other threads may be saving.
    mpl.rcParams["pdf.fonttype"] = 42
    figure.savefig(out, format=kind, **how)
    return out.getvalue()


# --- words around the map --------------------------------------------------------------------


def _font(size: float, *, bold: bool = False) -> FontProperties:
    """Return the font by its file: nothing is looked for on the machine."""
    return FontProperties(fname=fonts.path(fonts.BOLD if bold else fonts.REGULAR), size=size)


@cache
def _letters_wide(text: str, *, bold: bool) -> float:
    """Return the width of a text in letters of 1 pt; matplotlib keeps no such cache."""
    width: float = TextToPath().get_text_width_height_descent(
        text, _font(100, bold=bold), ismath=False
    )[0]
    return width / 100


def folded(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return a text in lines no wider than a width in points; too long a word is cut."""
    lines = [""]
    for word in tidy(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if _letters_wide(longer, bold=bold) * size <= width:
            lines[-1] = longer
            continue
        lines += [] if lines == [""] else [""]
        cut = word
        while len(cut) > 1 and _letters_wide(cut, bold=bold) * size > width:
            cut = cut.rstrip("…")[:-1] + "…"
        lines[-1] = cut
    return lines


def _head(figure: Figure, briefing: Briefing, box: Box, size: float) -> Box:
    """Write marks, title and facts at the top of a box; return what is left of it."""
    wide, large = box.right - box.left, 1.45 * size
    top = box.top
    marked = folded(" · ".join(marks(briefing)), wide, size) if marks(briefing) else []
    for text, letters, colour in [
        *((line, size, ALERT) for line in marked),
        *((line, large, INK) for line in folded(tidy(briefing.title, 160), wide, large, bold=True)),
        *((line, size, QUIET) for line in folded(" · ".join(briefing.facts), wide, size)),
    ]:
        _write(figure, text, (box.left, top - letters), letters, colour, bold=letters > size)
        top -= 1.4 * letters
    return box._replace(top=top - 0.3 * size)


def _foot(figure: Figure, briefing: Briefing, box: Box, size: float) -> Box:
    """Write coordinate system and sources at the bottom of a box; return what is left of it."""
    small = 0.85 * size
    lines = folded(f"{projection_text()}. {source_text(briefing)}", box.right - box.left, small)
    top = box.bottom + (0.25 + 1.3 * len(lines)) * small
    for row, text in enumerate(lines, 1):
        _write(figure, text, (box.left, top - 1.3 * row * small), small, QUIET)
    return box._replace(bottom=top + 0.4 * small)


def projection_text() -> str:
    """Return the coordinate system the map is drawn in."""
    return _("Map in VN-2000, central meridian 105°, 3° zone")


def source_text(briefing: Briefing) -> str:
    """Return where sites, evidence and borders come from."""
    if briefing.simulated:
        return _("Source: simulated sites and evidence on the real administrative borders.")
    return _(
        "Sources: sites and evidence compiled from public pages, each row naming its own; "
        "administrative borders published by the State."
    )


def _write(
    figure: Figure,
    text: str,
    place: tuple[float, float],
    size: float,
    colour: str,
    *,
    bold: bool = False,
) -> None:
    """Write one line from a place on, which is given in points."""
    x, y = place / (figure.get_size_inches() * 72)
    font = _font(size, bold=bold)
    figure.text(x, y, text, color=colour, va="baseline", parse_math=False, fontproperties=font)


def _axes(figure: Figure, box: Box) -> Axes:
    """Return axes over a box that is given in points, without ticks."""
    width, height = figure.get_size_inches() * 72
    axes = figure.add_axes(
        (
            box.left / width,
            box.bottom / height,
            (box.right - box.left) / width,
            (box.top - box.bottom) / height,
        )
    )
    axes.set(xticks=[], yticks=[])
    return axes


# --- legend ----------------------------------------------------------------------------------


def _legend(figure: Figure, briefing: Briefing, body: Box, size: float) -> Box:
    """Draw the legend beside or below the map; return the box left for the map."""
    blocks = _blocks(briefing)
    width, height = body.right - body.left, body.top - body.bottom
    if width > 1.1 * height:
        column = max(0.24 * width, min(0.34 * width, _widest(blocks, size)))
        whole = [entry for block in blocks for entry in [*block, _Entry("")]][:-1]
        while size > 4 and sum(_heights(whole, column, size)) > height:  # noqa: PLR2004
            size *= 0.96
        _column(_axes(figure, Box(body.right - column, body.bottom, *body[2:])), whole, size)
        return body._replace(right=body.right - column - 1.5 * size)
    column = (width - 2 * size * (len(blocks) - 1)) / len(blocks)
    tall = max(sum(_heights(block, column, size)) for block in blocks)
    for k, block in enumerate(blocks):
        left = body.left + k * (column + 2 * size)
        box = Box(left, body.bottom, left + column, body.bottom + tall)
        _column(_axes(figure, box), block, size)
    return body._replace(bottom=body.bottom + tall + 0.8 * size)


def _blocks(briefing: Briefing) -> list[list[_Entry]]:
    """Return the legend as blocks of lines: the axis, the stages, the shapes with the notes."""
    legend = briefing.legend
    blocks = []
    for group in legend["groups"]:
        rows = [_Entry(group["title"] or legend["title"], bold=True)]
        for row in group["rows"]:
            label = (
                row["label"] if row["on"] else _("{status} (hidden)").format(status=row["label"])
            )
            symbol = SYMBOLS[row["axis"]][row["status"]]
            rows.append(
                _Entry(label, number(row["count"]), "supermarket", symbol, quiet=not row["on"])
            )
        blocks.append(rows)
    shapes = [_Entry(kind["label"], "", kind["kind"], SHAPE_ONLY) for kind in legend["kinds"]]
    notes = [_Entry(note, quiet=True) for note in legend["notes"]]
    if shapes:
        shapes = [_Entry(_("Kinds of sites"), bold=True), *shapes, _Entry("")]
    return [*blocks, [*shapes, *notes]]


def _widest(blocks: list[list[_Entry]], size: float) -> float:
    """Return the width a column needs so that no row takes two lines."""
    rows = [entry for block in blocks for entry in block if entry.symbol]
    return size * max(
        3.2
        + _letters_wide(entry.text, bold=False)
        + (_letters_wide(entry.count, bold=True) if entry.count else 0)
        for entry in rows
    )


def _lines(entry: _Entry, width: float, size: float) -> list[str]:
    """Return the lines an entry takes in a column of a width in points."""
    count = 1 + _letters_wide(entry.count, bold=True) if entry.count else 0
    indent = 2 if entry.symbol else 0
    return folded(entry.text, width - (indent + count) * size, size, bold=entry.bold)


def _heights(entries: Sequence[_Entry], width: float, size: float) -> list[float]:
    """Return the height of each entry in points; blank ones and heads have their own."""
    extra = {True: 0.35, False: 0.0}
    return [
        size
        * (
            0.7
            if not entry.text
            else _LEADING
            + 1.2 * (len(_lines(entry, width, size)) - 1)
            + extra[entry.bold or not entry.symbol]
        )
        for entry in entries
    ]


def _column(axes: Axes, entries: Sequence[_Entry], size: float) -> None:
    """Draw entries one below the other; the axes count in points, downwards."""
    extent = axes.get_position()
    inches = axes.get_figure(root=True).get_size_inches()  # type: ignore[union-attr]
    width, height = extent.width * inches[0] * 72, extent.height * inches[1] * 72
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    top = 0.0
    for entry, tall in zip(entries, _heights(entries, width, size), strict=True):
        middle = top + _LEADING / 2 * size
        if entry.symbol:
            stamp(axes, np.array([[0.75 * size, middle]]), entry.kind, entry.symbol, 0.62 * size)
        colour = QUIET if entry.quiet else INK
        for row, line in enumerate(_lines(entry, width, size) if entry.text else ()):
            _label(axes, 2 * size if entry.symbol else 0, middle + (0.36 + 1.2 * row) * size,
                   line, size, color=colour, bold=entry.bold)  # fmt: skip
        if entry.count:
            _label(axes, width, middle + 0.36 * size, entry.count, size,
                   color=colour, bold=True, ha="right")  # fmt: skip
        top += tall


def _label(
    axes: Axes, x: float, y: float, text: str, size: float, *, bold: bool = False, **how: Any
) -> None:
    """Write a line at a place of the axes."""
    axes.text(x, y, text, fontproperties=_font(size, bold=bold), parse_math=False, **how)


# --- the map ---------------------------------------------------------------------------------


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
    axes.set_facecolor(_GROUND)
    for side in axes.spines.values():
        side.set(color=_BORDER, linewidth=0.6)
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
        _label(axes, extent.left + sheet.em, extent.bottom + sheet.em, note, size,
               color=INK, zorder=8, bbox={"facecolor": PAPER, "edgecolor": "none"})  # fmt: skip


def _nothing(axes: Axes, extent: Box, size: float, *, unplaced: int) -> None:
    """Say in the middle of a map why no site is on it."""
    note = _("No site of this view has a position.") if unplaced else _("No site in this view.")
    middle = (extent.left + extent.right) / 2, (extent.bottom + extent.top) / 2
    _label(axes, *middle, note, 1.6 * size, bold=True, color=INK, ha="center", va="center",
           zorder=9, bbox={"facecolor": PAPER, "edgecolor": _BORDER, "pad": size})  # fmt: skip


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


def _rings(shapes: Iterable[Any]) -> list[Points]:
    """Return all rings of some polygons."""
    parts = shapely.get_parts(np.asarray(list(shapes), dtype=object))
    return [shapely.get_coordinates(ring) for ring in shapely.get_rings(parts)]


def _units(axes: Axes, units: gpd.GeoDataFrame, chosen: str | None) -> None:
    """Draw the outlines; the unit chosen stands out and the others step back."""
    for code, shape in zip(units.index, units.geometry, strict=True):
        colour = PAPER if chosen in {None, code} else _FAINT
        outline = Outline.make_compound_path(*(Outline(ring) for ring in _rings([shape])))
        axes.add_collection(PathCollection([outline], facecolors=colour, edgecolors="none",
                                           zorder=1), autolim=False)  # fmt: skip
    _lines_of(axes, _rings(units.geometry), _BORDER, 0.7, 2)
    whole = shapely.union_all(shapely.buffer(np.asarray(units.geometry), 20))
    _lines_of(axes, _rings([whole]), QUIET, 1.3, 2)
    if chosen in units.index:
        _lines_of(axes, _rings([units.geometry[chosen]]), ACCENT, 2.2, 3)


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
    return np.column_stack([away * np.cos(which * _SPREAD), -away * np.sin(which * _SPREAD)])


def _inside(points: Points, extent: Box) -> Any:
    """Return which points lie in a box."""
    return np.all((points >= extent[:2]) & (points <= extent[2:]), axis=1)


# --- symbols ---------------------------------------------------------------------------------


def stamp(
    axes: Axes, spots: Points, kind: str, symbol: Symbol, radius: float, *, dashed: bool = False
) -> None:
    """Draw one symbol at many places as a single artist.

    Outline and mark take turns in one collection, so that each symbol covers the one below
    together with its mark, and a PDF holds each outline once.

    Parameters
    ----------
    axes : Axes
        Where to.
    spots : array
        One row a place, in the axes' own units.
    kind, symbol
        Shape, and fill and mark.
    radius : float
        Points.
    dashed : bool
        Whether the outline is dashed, for a position known only to the commune.
    """
    edge = symbol.edge
    line = max(0.35, 0.14 * radius)
    dash = (0, (1.8, 1.3)) if dashed else "solid"
    layers: list[tuple[Outline, str, str, float, Any]] = [
        (_shape(kind), PAPER, PAPER, 3 * line, "solid"),  # halo
        (_shape(kind), symbol.fill, edge, line, dash),
    ]
    if MARKS[symbol.mark]:
        layers.append((_mark(kind, symbol.mark), symbol.ink, symbol.ink, 0.01, "solid"))
    outlines, fills, edges, widths, dashes = zip(*layers, strict=True)
    collection = PathCollection(
        outlines,
        sizes=[radius**2],
        offsets=np.repeat(spots, len(layers), axis=0),
        offset_transform=axes.transData,
        facecolors=fills,
        edgecolors=edges,
        linewidths=widths,
        linestyles=list(dashes),
        zorder=5,
    )
    collection.set_transform(IdentityTransform())
    axes.add_collection(collection, autolim=False)


@cache
def _shape(kind: str) -> Outline:
    """Return the outline of a kind; matplotlib counts upwards."""
    return _closed(SHAPES[kind])


def _closed(corners: Sequence[tuple[float, float]]) -> Outline:
    return Outline([(x, -y) for x, y in (*corners, corners[0])], closed=True)


@cache
def _mark(kind: str, mark: str) -> Outline:
    """Return a mark as an area: strokes without fill would have to be drawn one by one."""
    strokes = shapely.MultiLineString(
        [[(x * MARK_SIZE, y * MARK_SIZE) for x, y in s] for s in MARKS[mark]]
    )
    area = shapely.buffer(strokes, 0.11, quad_segs=4)
    low = LOWERED.get(kind, 0.0)
    rings = [[(x, y + low) for x, y in ring] for ring in _rings([area])]
    return Outline.make_compound_path(*(_closed(ring) for ring in rings))


# --- names, scale bar, north arrow -----------------------------------------------------------


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
        wide = max(_letters_wide(line, bold=bold) for line in lines) * size * sheet.metres
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
    _label(axes, **where, text=text, size=size, bold=bold, zorder=6, path_effects=seam, **how)
    _label(axes, **where, text=text, size=size, bold=bold, zorder=7, color=colour, **how)


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
    widest = 0.24 * (sheet.extent.right - sheet.extent.left) / 1000
    power = 10 ** math.floor(math.log10(widest))
    return float(max(step * power for step in (1, 2, 5) if step * power <= widest))


def _scale_bar(sheet: _Sheet) -> None:
    """Draw a bar of a round number of kilometres."""
    box, em, length = _furniture(sheet)[0], sheet.em, _scale(sheet)
    left, bottom, half = box.left + 1.2 * em, box.bottom + 0.6 * em, length * 500
    _panel(sheet.axes, box)
    for k, colour in enumerate((INK, PAPER)):
        sheet.axes.fill(left + half * np.array([k, k + 1, k + 1, k]),
                        bottom + 0.4 * em * np.array([0, 0, 1, 1]),
                        facecolor=colour, edgecolor=INK, linewidth=0.6, zorder=8)  # fmt: skip
    for x, text in ((0, "0"), (length / 2, _short(length / 2)), (length, f"{_short(length)} km")):
        _label(sheet.axes, left + x * 1000, bottom + 0.85 * em, text, 0.85 * sheet.size,
               color=INK, ha="center", zorder=8)  # fmt: skip


def _panel(axes: Axes, box: Box) -> None:
    """Lay a pale ground under what is not part of the land."""
    corners = np.array([box[:2], (box.right, box.bottom), box[2:], (box.left, box.top)])
    axes.fill(*corners.T, facecolor=_GROUND, alpha=0.85, edgecolor="none", zorder=7)


def _short(km: float) -> str:
    """Return kilometres with a decimal only where it is needed."""
    return number(km, 0 if km == int(km) else 1)


def _north_arrow(sheet: _Sheet) -> None:
    """Draw an arrow to grid north."""
    box, em = _furniture(sheet)[1], sheet.em
    x, y = (box.left + box.right) / 2, box.bottom + 0.4 * em
    _panel(sheet.axes, box)
    for side, colour in ((-1, INK), (1, PAPER)):
        sheet.axes.fill(x + em * np.array([0, 0.75 * side, 0]), y + em * np.array([2.4, 0, 0.6]),
                        facecolor=colour, edgecolor=INK, linewidth=0.6, zorder=8)  # fmt: skip
    _label(sheet.axes, x, y + 2.8 * em, _("North"), 0.85 * sheet.size,
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
    for shape, fill, edge in ((whole, PAPER, _BORDER), (units.geometry[chosen], ACCENT, ACCENT)):
        rings = [(ring - centre) * scale + middle for ring in _rings([shape])]
        outline = Outline.make_compound_path(*(Outline(ring) for ring in rings))
        drawn = PathCollection([outline], facecolors=fill, edgecolors=edge, linewidths=0.7)
        drawn.set_zorder(8)
        sheet.axes.add_collection(drawn, autolim=False)
