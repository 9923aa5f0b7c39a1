"""How a site is drawn: shape by kind, colour and mark by status. One source for map and files.

Shapes and marks are plain outlines in the square from -1 to 1 (y downwards), so that a
canvas, an SVG legend and a printed map draw the same thing. A colour says which of four groups
a status is in, and each status has a mark of its own, so none depends on colour alone. In the
dark the signs are the same, their outlines light. Not here: all other colours (``tokens``).
"""

import math
from dataclasses import dataclass

from geodata.reading.tokens import COLOURS, INK, PAPER, QUIET, Tone
from geodata.register.sites import KINDS
from geodata.rules.status import COMPLIANCE, OUTREACH, STAGES

Outline = tuple[tuple[float, float], ...]


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
    "centre": (tuple((0.18 * x, 0.18 * y) for x, y in (*_ring(8), (0.0, -1.0))),),
    "none": (),
}
MARK_SIZE = 0.72  # of a mark inside its shape
LOWERED = {"craft_village": 0.22, "convenience_store": -0.22}  # a mark sits where its shape is wide

STATUSES = {"outreach": OUTREACH, "compliance": COMPLIANCE, "stage": STAGES}
ENTRIES = ("listed", "recorded", "idle", "idle-recorded")
"""What the inventory says of a site: on the list, with a record; idle is not (yet) at work."""
RECORDED = tuple(entry for entry in ENTRIES if entry.endswith("recorded"))
"""Those of which there is public evidence."""


@dataclass(frozen=True)
class Symbol:
    """How one status is drawn: fill, colour of mark and outline, and which mark."""

    fill: str
    ink: str
    mark: str
    line: str = ""

    @property
    def edge(self) -> str:
        """The colour of the outline: what is filled like paper is drawn in its own ink."""
        return self.line or (self.ink if self.fill == PAPER else INK)


SHAPE_ONLY = Symbol(QUIET, PAPER, "none")
DARK_SHAPE_ONLY = Symbol(COLOURS["quiet"].dark, PAPER, "none", COLOURS["ink"].dark)
"""How a shape is shown that says only a kind."""

GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "outreach": {
        "done": ("reached",),
        "under-way": ("reported", "planned"),
        "to-do": ("lapsed", "overdue", "not-reached"),
        "unknown": ("no-data",),
        "outside": ("not-applicable",),
    },
    "compliance": {
        "done": ("compliant",),
        "under-way": ("incomplete", "self-declared"),
        "to-do": ("partial", "non-compliant", "stale"),
        "unknown": ("no-data",),
        "outside": ("not-applicable",),
    },
    "stage": {
        "done": ("replicated", "accepted", "applied"),  # what target 4 counts
        "under-way": ("building", "proposed"),
        "unknown": ("no-data",),
    },
}
"""What the statuses of an axis come to for who looks at a map for the first time."""

# Told apart by all eyes and in grey, since their lightness differs.
_FILLS = {
    "done": Tone("#06604a", "#0f7d60"),
    "under-way": Tone("#5aa9e0", "#8fcbf5"),
    "to-do": Tone("#d9480f", "#e8622c"),
    "unknown": COLOURS["paper"],
    "outside": Tone("#c3cad1", "#4a545c"),
}
_INKS = {
    "under-way": Tone(INK, INK),
    "unknown": Tone("#586470", "#a7b2bc"),
    "outside": Tone("#6b7680", "#a7b2bc"),
}
_MARKED = {
    "outreach": {
        "reached": "tick",
        "reported": "dot",
        "lapsed": "clock",
        "planned": "plus",
        "overdue": "alert",
        "not-reached": "minus",
        "no-data": "question",
        "not-applicable": "none",
    },
    "compliance": {
        "compliant": "tick",
        "partial": "slash",
        "non-compliant": "minus",
        "incomplete": "dots",
        "self-declared": "dot",
        "stale": "clock",
        "no-data": "question",
        "not-applicable": "none",
    },
    "stage": {
        "replicated": "two_ticks",
        "accepted": "tick",
        "applied": "plus",
        "building": "slash",
        "proposed": "dots",
        "no-data": "question",
    },
}


def group_of(axis: str, status: str) -> str:
    """Return the group that a status of an axis is in."""
    return next(group for group, keys in GROUPS[axis].items() if status in keys)


def _status(group: str, mark: str, theme: str) -> Symbol:
    """Return how a status of a group is drawn."""
    fill = getattr(_FILLS[group], theme)
    ink = getattr(_INKS[group], theme) if group in _INKS else PAPER
    quiet = group in {"unknown", "outside"}
    return Symbol(fill, ink, mark, "" if theme == "light" else ink if quiet else _RIM)


def _symbols(theme: str) -> dict[str, dict[str, Symbol]]:
    return {
        axis: {
            status: _status(group_of(axis, status), mark, theme) for status, mark in marked.items()
        }
        for axis, marked in _MARKED.items()
    }


_RIM = COLOURS["ink"].dark  # around what stands on dark ground
SYMBOLS, DARK_SYMBOLS = _symbols("light"), _symbols("dark")
"""How each status is drawn: its colour says the group, its mark the status."""

# Colour says what a thing is for: industry, craft, trade, example. Its shape says which of them.
_KIND_FILLS = {
    "industrial_park": Tone("#1d4a8b", "#4a80d4"),
    "industrial_cluster": Tone("#2f7cc0", "#6db4f0"),
    "craft_village": Tone("#9a5310", "#cf8a45"),
    "supermarket": Tone("#7b3597", "#b078cc"),
    "shopping_centre": Tone("#7b3597", "#b078cc"),
    "convenience_store": Tone("#a45cc0", "#d2a0e6"),
    "pilot_model": Tone("#0f7a55", "#35a883"),
}


def _entry(tone: Tone, entry: str, theme: str) -> Symbol:
    """Return how an entry is drawn: pale if it is not at work, with a centre if recorded."""
    mark = "centre" if entry in RECORDED else "none"
    fill, paper = getattr(tone, theme), getattr(COLOURS["paper"], theme)
    if entry.startswith("idle"):
        return Symbol(_faded(fill, paper), fill, mark, fill)
    return Symbol(fill, paper, mark, "" if theme == "light" else _RIM)


def _faded(colour: str, paper: str) -> str:
    """Return a colour mixed with three parts of the paper's."""
    pairs = ((int(one[k : k + 2], 16) for one in (colour, paper)) for k in (1, 3, 5))
    return "#" + "".join(f"{(part + 3 * ground) // 4:02x}" for part, ground in pairs)


def _entries(theme: str) -> dict[str, dict[str, Symbol]]:
    return {
        kind: {entry: _entry(tone, entry, theme) for entry in ENTRIES}
        for kind, tone in _KIND_FILLS.items()
    }


ENTRY_SYMBOLS, DARK_ENTRY_SYMBOLS = _entries("light"), _entries("dark")
"""How each entry of the inventory is drawn: colour and shape say the kind."""

SIZES_HA = (75, 200)
"""From which areas on a symbol of the inventory is one, and two sizes larger (75 ha is the most
that a cluster may have: decree 32/2024/NĐ-CP, article 2)."""


@dataclass(frozen=True)
class Shade:
    """How a unit is filled: a colour, and whether hatched."""

    fill: str
    hatched: bool = False


# One hue, the more of a unit is reached the further from the ground. What is not known is hatched
# here as in bars and rings, and grey is what does not count, as of a single site.
_SHADES = {
    "met": Tone("#4f94cd", "#3a7cb4"),
    "near": Tone("#93c0e4", "#2b5f8c"),
    "far": Tone("#c8dff2", "#214463"),
    "zero": Tone("#f0f6fc", "#1a2c3d"),
    "no-data": COLOURS["paper"],
    "no-sites": Tone("#d3d6d4", "#454d52"),
}
SHADES, DARK_SHADES = (
    {key: Shade(getattr(tone, theme), hatched=key == "no-data") for key, tone in _SHADES.items()}
    for theme in ("light", "dark")
)
