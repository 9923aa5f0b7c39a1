"""The legend of the map on its slide: native symbols, words and counts, 14 points and more.

Not here: the map (``outputs.map``), or what a legend says (``reading.legend``).
"""

from collections.abc import Iterator
from typing import Any

from geodata.core.text import _, number
from geodata.outputs.briefing.slides.fitting import cut, lines_of
from geodata.outputs.briefing.slides.leaf import LEAST, Leaf
from geodata.outputs.briefing.slides.shapes import swatch, tint, write
from geodata.outputs.map import shaded
from geodata.reading.briefing import Briefing
from geodata.reading.findings import threshold_text
from geodata.reading.labels import shade_label
from geodata.reading.symbology import (
    LOWERED,
    MARK_SIZE,
    MARKS,
    SHADES,
    SHAPE_ONLY,
    SHAPES,
    SYMBOLS,
    Outline,
    Shade,
    Symbol,
)
from geodata.reading.tokens import INK, QUIET

SIZE = 14  # points
_LINE, _HALF, _INDENT = 0.3, 0.11, 0.36  # inches: of a row, half a symbol, and before its words
_SPACED = 1.15  # of the letters' size lies between the feet of two lines
_FINE = 1000  # parts of half a symbol that its outline is drawn in
_Drawn = Symbol | Shade | None  # what stands before the words; a head has nothing
_Row = tuple[str, str, str, _Drawn]  # words, count, kind and symbol


def add(leaf: Leaf, briefing: Briefing, corner: tuple[float, float, float]) -> None:
    """Add the legend from a corner on: left, top, width in inches."""
    left, top, width = corner
    size = leaf.size(SIZE, SIZE)
    rows = [(row, *_room(row, width, size)) for row in _rows(briefing)]
    deep = leaf.place.bottom - 0.1 - top
    line = min(_LINE, deep / max(1, sum(lines for *_row, lines in rows)))
    # Smaller only where a template leaves little room.
    size = max(leaf.size(LEAST), min(size, line * 72 / _SPACED))
    at = top
    for (text, count, kind, symbol), indent, room, lines in rows:
        words = [(cut(text, room, size, lines), size, symbol is None, INK if symbol else QUIET)]
        write(leaf, (left + indent, at, room, line * lines), words)
        if count:
            write(leaf, (left + width - 0.6, at, 0.55, line), [(count, size, True, INK)])
        middle, half = (left + _HALF + 0.04, at + line / 2), min(_HALF, 0.44 * line)
        if isinstance(symbol, Symbol):
            _symbol(leaf, middle, half, kind, symbol)
        elif symbol:
            swatch(leaf, (middle[0] - 1.4 * half, middle[1] - half, 2.8 * half, 2 * half), symbol)
        at += line * lines


def _room(row: _Row, width: float, size: float) -> tuple[float, float, int]:
    """Return where the words of a row begin, how wide they are, and how many lines they take."""
    text, count, _kind, symbol = row
    indent = _INDENT if symbol else 0
    room = width - indent - (0.62 if count else 0.1)
    return indent, room, min(2, lines_of(text, room, size))


def _rows(briefing: Briefing) -> Iterator[_Row]:
    """Yield the rows: of each group what there is, then the kinds; or how units are shaded."""
    if shaded(briefing):
        yield from _shades(briefing)
        return
    shown = briefing.legend
    for group in shown["groups"]:
        there = [row for row in group["rows"] if row["count"]]
        if there:
            yield group["title"] or shown["title"], "", "", None
        for row in there:
            symbol = SYMBOLS[row["axis"]][row["status"]]
            text = row["label"]
            if not row["on"]:
                text = _("{status} (hidden)").format(status=text)
            yield text, number(row["count"]), "supermarket", symbol
    if shown["kinds"]:
        yield _("Kinds of sites"), "", "", None
    for kind in shown["kinds"]:
        yield kind["label"], "", kind["kind"], SHAPE_ONLY


def _shades(briefing: Briefing) -> Iterator[_Row]:
    """Yield how units are shaded by their share, and how many are."""
    goal = threshold_text(briefing.result.target)
    yield _("Share of a unit; target {goal}").format(goal=goal), "", "", None
    counts = briefing.gaps["shade"].value_counts()
    for name in (each for each in SHADES if each in counts):
        yield shade_label(name), number(int(counts[name])), "", SHADES[name]


def _symbol(
    leaf: Leaf, middle: tuple[float, float], half: float, kind: str, symbol: Symbol
) -> None:
    """Draw a symbol as the map draws it, as shapes that can be edited."""
    shape = _drawn(leaf, middle, half, SHAPES[kind], closed=True)
    shape.fill.solid()
    tint(shape.fill.fore_color, symbol.fill)
    tint(shape.line.color, symbol.edge)
    shape.line.width = leaf.points(1)
    x, y = middle
    for stroke in MARKS[symbol.mark]:
        lowered = (x, y + LOWERED.get(kind, 0) * half)
        mark = _drawn(leaf, lowered, MARK_SIZE * half, stroke, closed=False)
        mark.fill.background()
        tint(mark.line.color, symbol.ink)
        mark.line.width = leaf.points(1.5)


def _drawn(
    leaf: Leaf, middle: tuple[float, float], half: float, outline: Outline, *, closed: bool
) -> Any:
    """Draw an outline around a place."""
    x, y, unit, _high = leaf.at((*middle, half, half))
    points = [(round(across * _FINE), round(down * _FINE)) for across, down in outline]
    builder = leaf.shapes.build_freeform(*points[0], scale=unit / _FINE)
    builder.add_line_segments(points[1:], close=closed)
    shape = builder.convert_to_shape(x, y)
    shape.shadow.inherit = False
    return shape
