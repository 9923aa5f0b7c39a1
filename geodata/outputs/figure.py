"""The printed map of a briefing with its title, legend and sources, as vectors.

Drawn with matplotlib's objects alone (no pyplot, nothing shared between threads) and fonts of
packages, so that a machine without fonts makes the same map. Not here: the map itself
(``map``, ``legend``), pages around it (``briefing.pdf``).
"""

import io
import math
from collections.abc import Mapping
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from geodata.core.progress import Listener, unheard
from geodata.core.text import _
from geodata.outputs.briefing.wording import across, marks
from geodata.outputs.data.origin import sources
from geodata.outputs.drawing import Box, axes_over
from geodata.outputs.fonts import MM, folded, letters_wide, printable, sized, tidy
from geodata.outputs.legend import SITES, UNITS, legend
from geodata.outputs.map import draw, shaded
from geodata.reading.briefing import Briefing
from geodata.reading.tokens import ALERT, INK, PAPER, QUIET


def map_figure(
    briefing: Briefing,
    width_mm: float,
    height_mm: float,
    *,
    alone: bool = True,
    text_pt: float | None = None,
    content: str | None = None,
    numbers: Mapping[str, int] | None = None,
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
        Size of letters, points, where it is printed at its own size; by default what suits it.
    content : str, optional
        `SITES`, `UNITS` or `POSTER`; by default units where sites would hide each other.
    numbers : mapping of int, optional
        Of units, for a poster: as for `map.draw`.
    """
    content = content or (UNITS if shaded(briefing) else SITES)
    figure = Figure(figsize=(width_mm / 25.4, height_mm / 25.4), facecolor=PAPER)
    size = text_pt or max(7.0, math.sqrt(width_mm * height_mm) / 24)
    width, height = width_mm * MM, height_mm * MM
    edge = size if alone else 0.5  # half a point keeps the frame's own line whole
    paper = Box(edge, edge, width - edge, height - edge)
    body = _foot(figure, briefing, paper, size)
    if alone:
        body = _head(figure, briefing, body, size)
    room = legend(figure, briefing, body, size, content)
    axes = axes_over(figure, room)
    draw(briefing, axes, size, by_unit=content != SITES, numbers=numbers,
         to_scale=text_pt is not None)  # fmt: skip
    if alone and (mark := across(briefing)):
        large = min(width / 14, 0.86 * width / letters_wide(mark, bold=True))
        figure.text(0.5, 0.5, mark, rotation=30, ha="center", va="center",
                    color=INK, alpha=0.1, zorder=9,
                    fontproperties=sized(large, bold=True))  # fmt: skip
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


def svg(figure: Figure) -> str:
    """Return a figure as SVG, its texts as text, the same for the same figure."""
    mpl.rcParams["svg.hashsalt"] = "hg"
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    return _saved(figure, "svg", metadata=nothing).decode()


def _saved(figure: Figure, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    # Text stays text that can be selected. Never set back: other threads may be saving.
    mpl.rcParams["svg.fonttype"] = "none"
    figure.savefig(out, format=kind, **how)
    return out.getvalue()


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
    """Return where sites, evidence and borders of a briefing come from."""
    return sources(simulated=briefing.simulated)


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
    text = printable(text)
    font = sized(size, bold=bold, text=text)
    figure.text(x, y, text, color=colour, va="baseline", parse_math=False, fontproperties=font)
