"""The legend of a printed map: axis, stages and kinds, counted, beside the map or below it.

Not here: the map (``map``), or what a legend says (``reading.briefing``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from geodata.core.text import _, number
from geodata.outputs.briefing.wording import words
from geodata.outputs.drawing import Box, axes_over, label, stamp
from geodata.outputs.fonts import folded, letters_wide
from geodata.reading.briefing import Briefing
from geodata.reading.findings import threshold_text
from geodata.reading.labels import shade_label
from geodata.reading.symbology import SHADES, SHAPE_ONLY, SYMBOLS, Shade, Symbol
from geodata.reading.tokens import COLOURS, INK, PAPER, QUIET

SITES, UNITS, POSTER = "sites", "units", "poster"
"""What a map shows: a symbol a site; units by their share; these in few and large words."""

_SMALLEST = 4  # points, of a small picture; on paper there is room for 8
_DONE = COLOURS["done"].light
_LEADING = 1.5  # of a line of the legend, in letter sizes


@dataclass(frozen=True)
class _Entry:
    """One line of the legend."""

    text: str
    count: str = ""
    kind: str = ""
    symbol: Symbol | None = None
    shade: Shade | None = None
    bold: bool = False
    quiet: bool = False

    @property
    def drawn(self) -> bool:
        """Whether something stands before its words."""
        return bool(self.symbol or self.shade)


def legend(figure: Figure, briefing: Briefing, body: Box, size: float, content: str = SITES) -> Box:
    """Draw the legend beside or below the map; return the box left for the map."""
    blocks = _blocks(briefing) if content == SITES else _shares(briefing)
    if content == POSTER:  # the ranking beside it says what share this is, and has the bars
        shades = blocks[0][1:]
        blocks = [shades[k : k + 2] for k in range(0, len(shades), 2)]
    if content == UNITS:
        first, *others = _totals(briefing)
        blocks = [
            [*blocks[0], _Entry(""), *blocks[1]],
            first,
            [entry for block in others for entry in [*block, _Entry("")]],
        ]
    width, height = body.right - body.left, body.top - body.bottom
    if width > 1.3 * height and content != POSTER:
        column = max(0.24 * width, min(0.34 * width, _widest(blocks, size)))
        whole = [entry for block in blocks for entry in [*block, _Entry("")]][:-1]
        while size > _SMALLEST and sum(_heights(whole, column, size)) > height:
            size *= 0.96
        _column(axes_over(figure, Box(body.right - column, body.bottom, *body[2:])), whole, size)
        return body._replace(right=body.right - column - 1.5 * size)
    column = (width - 2 * size * (len(blocks) - 1)) / len(blocks)
    tall = max(sum(_heights(block, column, size)) for block in blocks)
    for k, block in enumerate(blocks):
        left = body.left + k * (column + 2 * size)
        box = Box(left, body.bottom, left + column, body.bottom + tall)
        _column(axes_over(figure, box), block, size)
    return body._replace(bottom=body.bottom + tall + 0.8 * size)


def _blocks(briefing: Briefing) -> list[list[_Entry]]:
    """Return the legend as blocks of lines: the axis, the stages, the shapes with the notes."""
    shown = briefing.legend
    blocks = []
    for group in shown["groups"]:
        rows = [_Entry(group["title"] or shown["title"], bold=True)]
        for row in group["rows"]:
            label = (
                row["label"] if row["on"] else _("{status} (hidden)").format(status=row["label"])
            )
            symbol = SYMBOLS[row["axis"]][row["status"]]
            rows.append(
                _Entry(label, number(row["count"]), "supermarket", symbol, quiet=not row["on"])
            )
        blocks.append(rows)
    shapes = [_Entry(kind["label"], "", kind["kind"], SHAPE_ONLY) for kind in shown["kinds"]]
    notes = [_Entry(note, quiet=True) for note in shown["notes"]]
    if shapes:
        shapes = [_Entry(_("Kinds of sites"), bold=True), *shapes, _Entry("")]
    return [*blocks, [*shapes, *notes]]


def _shares(briefing: Briefing) -> list[list[_Entry]]:
    """Return the legend of a map of units: what shades and bars mean, and all sites counted."""
    goal = threshold_text(briefing.result.target)
    counts = briefing.gaps["shade"].value_counts()
    shades = [
        _Entry(shade_label(name), number(int(counts[name])), shade=SHADES[name])
        for name in SHADES
        if name in counts
    ]
    yes, unknown, no = words(briefing.view.axis)
    bars = (yes, Shade(_DONE)), (unknown, Shade(PAPER, hatched=True)), (no, Shade(PAPER))
    title = _("Share of a unit; target {goal}").format(goal=goal)
    return [
        [_Entry(title, bold=True), *shades],
        [
            _Entry(_("The bar of a unit"), bold=True),
            *(_Entry(text, shade=shade) for text, shade in bars),
        ],
    ]


def _totals(briefing: Briefing) -> list[list[_Entry]]:
    """Return how many sites have each status, without symbols: for a map that shows no site."""
    groups = [
        [
            _Entry(group["title"] or briefing.legend["title"], bold=True),
            *(_Entry(row["label"], number(row["count"]), quiet=not row["on"])
              for row in group["rows"]),
        ]
        for group in briefing.legend["groups"]
    ]  # fmt: skip
    return [*groups, [_Entry(note, quiet=True) for note in briefing.legend["notes"]]]


def _widest(blocks: list[list[_Entry]], size: float) -> float:
    """Return the width a column needs so that no row takes two lines."""
    rows = [entry for block in blocks for entry in block if entry.drawn]
    return size * max(
        3.2
        + letters_wide(entry.text, bold=False)
        + (letters_wide(entry.count, bold=True) if entry.count else 0)
        for entry in rows
    )


def _lines(entry: _Entry, width: float, size: float) -> list[str]:
    """Return the lines an entry takes in a column of a width in points."""
    count = 1 + letters_wide(entry.count, bold=True) if entry.count else 0
    indent = 2 if entry.drawn else 0
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
            + extra[entry.bold or not entry.drawn]
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
        if entry.shade:
            _swatch(axes, entry.shade, middle, size)
        colour = QUIET if entry.quiet else INK
        for row, line in enumerate(_lines(entry, width, size) if entry.text else ()):
            label(axes, 2 * size if entry.drawn else 0, middle + (0.36 + 1.2 * row) * size,
                   line, size, color=colour, bold=entry.bold)  # fmt: skip
        if entry.count:
            label(axes, width, middle + 0.36 * size, entry.count, size,
                   color=colour, bold=True, ha="right")  # fmt: skip
        top += tall


def _swatch(axes: Axes, shade: Shade, middle: float, size: float) -> None:
    """Draw how a unit or a part of its bar is filled."""
    x, y = 1.5 * size * np.array([0, 1, 1, 0]), middle + 0.4 * size * np.array([-1, -1, 1, 1])
    hatch: dict[str, Any] = {"hatch": "//////", "hatchcolor": INK} if shade.hatched else {}
    axes.fill(x, y, facecolor=shade.fill, edgecolor=INK, linewidth=0.5, **hatch)
