"""The map of a slide as a picture: the land and its sites, without legend or frame.

Not here: the legend, which is native (``keys``), or the map itself (``outputs.map``).
"""

from io import BytesIO

from matplotlib.figure import Figure

from geodata.outputs.drawing import Box, axes_over
from geodata.outputs.map import draw, shaded
from geodata.reading.briefing import Briefing
from geodata.reading.tokens import PANEL

WIDE, HIGH = 6.35, 6.5  # inches on a slide
LETTERS = 14  # points of the names on it
DOTS = 220  # an inch


def png(briefing: Briefing) -> bytes:
    """Return the map as a PNG on the quiet ground that lies around it on the slide."""
    figure = Figure(figsize=(WIDE, HIGH), facecolor=PANEL)
    axes = axes_over(figure, Box(0, 0, WIDE * 72, HIGH * 72))
    draw(briefing, axes, LETTERS, by_unit=shaded(briefing), numbers={})
    for side in axes.spines.values():
        side.set_visible(False)
    out = BytesIO()
    figure.savefig(out, format="png", dpi=DOTS)
    return out.getvalue()
