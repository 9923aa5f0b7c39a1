"""The picture that stands beside a link to the map: its title and the map, 1200 × 630 pixels.

Not here: the map (``map``), or who shows the picture.
"""

import io

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from geodata.outputs import map as map_
from geodata.outputs.fonts import sized
from geodata.reading.briefing import Briefing
from geodata.reading.tokens import ALERT, INK, PAPER, QUIET

_WIDE, _HIGH, _DPI = 12.0, 6.3, 100  # inches, dots an inch


def link_picture(briefing: Briefing, title: str, facts: str, alert: str = "") -> bytes:
    """Return the picture as PNG; `alert` says that nothing in it is real."""
    figure = Figure(figsize=(_WIDE, _HIGH), dpi=_DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    figure.text(0.03, 0.93, title, font=sized(26, bold=True, text=title), color=INK, va="top")
    figure.text(0.03, 0.845, facts, font=sized(15, text=facts), color=QUIET, va="top")
    if alert:
        figure.text(
            0.97, 0.845, alert, font=sized(15, bold=True), color=ALERT, va="top", ha="right"
        )
    map_.draw(briefing, figure.add_axes((0.03, 0.04, 0.94, 0.75)), 9, by_unit=map_.shaded(briefing))
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=_DPI, metadata={"Software": None})
    return content.getvalue()
