"""What a drawing is made of: boxes, lines of text, symbols, and a scale that people can read.

Not here: what is drawn (``map``, ``legend``, ``field.map``), or what symbols mean (``symbology``).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline
from matplotlib.patheffects import Stroke
from matplotlib.transforms import IdentityTransform
from numpy.typing import NDArray

from geodata.core.text import number
from geodata.outputs.fonts import printable, sized
from geodata.reading.symbology import LOWERED, MARK_SIZE, MARKS, SHAPES, Symbol
from geodata.reading.tokens import PAPER

POINT = 0.0254 / 72  # metres, on paper
_FAR = 14  # points, of letters that are read from afar: on a wall or a screen
SPREAD = 2.39996  # the golden angle, radians: neighbours in a spiral never line up

Points = NDArray[np.float64]


class Box(NamedTuple):
    """A rectangle: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def wide(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def tall(self) -> float:
        """How high it is."""
        return self.top - self.bottom


@dataclass(frozen=True)
class MapSheet:
    """Axes that count in metres: what they show, metres per point, size of letters (points)."""

    axes: Axes
    extent: Box
    metres: float
    size: float

    @property
    def fine(self) -> float:
        """The size of small letters, points; what is read from afar has none."""
        return self.size if self.size >= _FAR else 0.85 * self.size

    @property
    def em(self) -> float:
        """The size of letters in metres."""
        return self.size * self.metres


def axes_over(figure: Figure, box: Box) -> Axes:
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


def label(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    bold: bool = False,
    seam: float = 0,
    **how: Any,
) -> None:
    """Write a line at a place of the axes, over a white seam of some points if asked for."""
    text = printable(text)
    how |= {"fontproperties": sized(size, bold=bold, text=text), "parse_math": False}
    if seam:
        edge = Stroke(linewidth=seam, foreground=PAPER, alpha=0.9, joinstyle="round")
        axes.text(x, y, text, path_effects=[edge], **how)
    axes.text(x, y, text, **how)


def lines_of(axes: Axes, lines: list[Points], colour: str, width: float, zorder: int) -> None:
    """Draw some lines as a single artist; `width` is in points."""
    axes.add_collection(
        LineCollection(
            lines, colors=colour, linewidths=width, zorder=zorder, joinstyle="round"
        ),
        autolim=False,
    )  # fmt: skip


def rings(shapes: Iterable[Any]) -> list[Points]:
    """Return all rings of some polygons."""
    parts = shapely.get_parts(np.asarray(list(shapes), dtype=object))
    return [shapely.get_coordinates(ring) for ring in shapely.get_rings(parts)]


def round_km(metres: float) -> float:
    """Return the longest round number of kilometres within a length."""
    widest = metres / 1000
    power = 10 ** math.floor(math.log10(widest))
    return float(max(step * power for step in (1, 2, 5) if step * power <= widest))


def km_text(km: float) -> str:
    """Return kilometres with a decimal only where it is needed."""
    return number(km, 0 if km == int(km) else 1)


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
    lowered = ([(x, y + low) for x, y in ring] for ring in rings([area]))
    return Outline.make_compound_path(*map(_closed, lowered))
