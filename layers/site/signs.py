"""Symbols as small drawings beside words, the same as on the map, in both themes.

Not here: what they look like (``geodata.reading.symbology``), or the map's own (``assets``).
"""

from functools import cache

from markupsafe import Markup

from geodata.reading import symbology
from geodata.reading.symbology import Outline, Symbol

_ROUND = "supermarket"  # the shape beside a status that is about any kind
_HALF = 1.4  # of the picture, in radii


@cache
def sign(axis: str, status: str) -> Markup:
    """Return a status as the map draws it."""
    light, dark = symbology.SYMBOLS[axis][status], symbology.DARK_SYMBOLS[axis][status]
    return _drawn(_ROUND, light, dark)


@cache
def kind_sign(kind: str) -> Markup:
    """Return a kind of site as the map draws it where it shows what is where."""
    light = symbology.ENTRY_SYMBOLS[kind]["listed"]
    return _drawn(kind, light, symbology.DARK_ENTRY_SYMBOLS[kind]["listed"])


def _drawn(kind: str, light: Symbol, dark: Symbol) -> Markup:
    """Return a symbol twice: style shows that of the theme, for a page has none inline."""
    both = "".join(_one(kind, symbol, name) for symbol, name in ((light, "day"), (dark, "night")))
    box = f"{-_HALF} {-_HALF} {2 * _HALF} {2 * _HALF}"
    # All of it is our own numbers and colours.
    return Markup(f'<svg class="sign" viewBox="{box}" aria-hidden="true">{both}</svg>')  # noqa: S704


def _one(kind: str, symbol: Symbol, name: str) -> str:
    low = symbology.LOWERED.get(kind, 0)
    marks = "".join(
        f'<polyline points="{_points(stroke, symbology.MARK_SIZE, low)}" fill="none" '
        f'stroke="{symbol.ink}" stroke-width="0.2" stroke-linecap="round"/>'
        for stroke in symbology.MARKS[symbol.mark]
    )
    outline = _points(symbology.SHAPES[kind], 1, 0)
    return (
        f'<g class="{name}"><polygon points="{outline}" fill="{symbol.fill}" '
        f'stroke="{symbol.edge}" stroke-width="0.18"/>{marks}</g>'
    )


def _points(outline: Outline, size: float, low: float) -> str:
    return " ".join(f"{x * size:.2f},{y * size + low:.2f}" for x, y in outline)
