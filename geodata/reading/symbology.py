"""How a site is drawn: shape by kind, colour and mark by status. One source for map and files.

Shapes and marks are plain outlines in the square from -1 to 1 (y downwards), so that a
canvas, an SVG legend and a printed map draw the same thing. Colours start from the Okabe-Ito
set; each status also has a mark of its own, so none depends on colour alone.
"""

import math
from dataclasses import dataclass

from geodata.register.sites import KINDS
from geodata.rules.status import COMPLIANCE, OUTREACH, STAGES

Outline = tuple[tuple[float, float], ...]

INK = "#1f2933"
PAPER = "#ffffff"
ACCENT = "#0b4f8a"
QUIET = "#52606d"  # what is not read first


def _ring(corners: int, turn: float = 0.0, inner: float = 1.0) -> Outline:
    """Return a regular polygon, or a star where every second corner lies further in."""
    return tuple(
        (
            round(math.sin(turn + 2 * math.pi * k / corners) * (inner if k % 2 else 1), 3),
            round(-math.cos(turn + 2 * math.pi * k / corners) * (inner if k % 2 else 1), 3),
        )
        for k in range(corners)
    )


SHAPES: dict[str, Outline] = dict(
    zip(
        KINDS,
        (
            ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),  # industrial park
            _ring(4),  # industrial cluster: diamond
            ((0.0, -1.0), (1.0, 0.8), (-1.0, 0.8)),  # craft village: triangle
            _ring(24),  # supermarket: circle
            _ring(6, math.pi / 6),  # shopping centre: hexagon
            ((0.0, 1.0), (1.0, -0.8), (-1.0, -0.8)),  # convenience store: triangle down
            _ring(10, inner=0.55),  # pilot model: star
        ),
        strict=True,
    )
)

_DOT = 0.02  # a stroke this long, with round ends, is a dot
MARKS: dict[str, tuple[Outline, ...]] = {
    "tick": (((-0.5, 0.05), (-0.12, 0.42), (0.52, -0.4)),),
    "two_ticks": (
        ((-0.6, 0.1), (-0.3, 0.42), (0.2, -0.3)),
        ((-0.05, 0.4), (0.1, 0.42), (0.6, -0.3)),
    ),
    "dot": (((-_DOT, 0.0), (_DOT, 0.0)),),
    "dots": tuple(((x - _DOT, 0.0), (x + _DOT, 0.0)) for x in (-0.5, 0.0, 0.5)),
    "clock": (((0.0, -0.5), (0.0, 0.05), (0.4, 0.3)),),
    "plus": (((-0.45, 0.0), (0.45, 0.0)), ((0.0, -0.45), (0.0, 0.45))),
    "alert": (((0.0, -0.5), (0.0, 0.12)), ((0.0, 0.5 - _DOT), (0.0, 0.5 + _DOT))),
    "minus": (((-0.48, 0.0), (0.48, 0.0)),),
    "slash": (((-0.4, 0.4), (0.4, -0.4)),),
    "question": (
        (
            (-0.3, -0.28),
            (-0.16, -0.5),
            (0.16, -0.5),
            (0.3, -0.28),
            (0.2, -0.08),
            (0.0, 0.08),
            (0.0, 0.2),
        ),
        ((0.0, 0.52 - _DOT), (0.0, 0.52 + _DOT)),
    ),
    "none": (),
}
MARK_SIZE = 0.72  # of a mark inside its shape
LOWERED = {"craft_village": 0.22, "convenience_store": -0.22}  # a mark sits where its shape is wide

STATUSES = {"outreach": OUTREACH, "compliance": COMPLIANCE, "stage": STAGES}


@dataclass(frozen=True)
class Symbol:
    """How one status is drawn: fill, colour of mark and outline, and which mark."""

    fill: str
    ink: str
    mark: str

    @property
    def edge(self) -> str:
        """The colour of the outline: what is filled like paper is drawn in its own ink."""
        return self.ink if self.fill == PAPER else INK


SHAPE_ONLY = Symbol(QUIET, PAPER, "none")
"""How a shape is shown that says only a kind."""

_NO_DATA = Symbol(PAPER, "#4a5560", "question")
_OUTSIDE = Symbol("#b4bcc4", "#6b7680", "none")

SYMBOLS: dict[str, dict[str, Symbol]] = {
    "outreach": {
        "reached": Symbol("#0e8a68", PAPER, "tick"),
        "reported": Symbol("#7fd1f5", INK, "dot"),
        "lapsed": Symbol("#9f6bc6", PAPER, "clock"),
        "planned": Symbol("#1f3d8f", PAPER, "plus"),
        "overdue": Symbol("#f2b134", INK, "alert"),
        "not-reached": Symbol("#c2410c", PAPER, "minus"),
        "no-data": _NO_DATA,
        "not-applicable": _OUTSIDE,
    },
    "compliance": {
        "compliant": Symbol("#0e8a68", PAPER, "tick"),
        "partial": Symbol("#f2b134", INK, "slash"),
        "non-compliant": Symbol("#c2410c", PAPER, "minus"),
        "incomplete": Symbol("#1f3d8f", PAPER, "dots"),
        "self-declared": Symbol("#7fd1f5", INK, "dot"),
        "stale": Symbol("#9f6bc6", PAPER, "clock"),
        "no-data": _NO_DATA,
        "not-applicable": _OUTSIDE,
    },
    "stage": {
        "replicated": Symbol("#0e8a68", PAPER, "two_ticks"),
        "accepted": Symbol("#1f3d8f", PAPER, "tick"),
        "applied": Symbol("#7fd1f5", INK, "plus"),
        "building": Symbol("#f2b134", INK, "slash"),
        "proposed": Symbol("#9f6bc6", PAPER, "dots"),
        "no-data": _NO_DATA,
    },
}


@dataclass(frozen=True)
class Shade:
    """How a unit is filled: a colour, and whether hatched."""

    fill: str
    hatched: bool = False


# One hue, the more of a unit is reached the darker; grey and hatching say that there is no share.
SHADES: dict[str, Shade] = {
    "met": Shade("#4f94cd"),
    "near": Shade("#93c0e4"),
    "far": Shade("#c8dff2"),
    "zero": Shade("#f0f6fc"),
    "no-data": Shade("#b9c0c7"),
    "no-sites": Shade(PAPER, hatched=True),
}
