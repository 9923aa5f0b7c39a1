"""The font of all paper: one family with every Vietnamese letter, from matplotlib's package.

Not here: sizes and colours, which each kind of paper has of its own.
"""

from functools import cache
from pathlib import Path

import matplotlib as mpl
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "DejaVuSans", "DejaVuSans-Bold"


def path(name: str) -> Path:
    """Return the file of a font: nothing is looked for on the machine."""
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"


@cache
def register() -> None:
    """Make the fonts known to reportlab, once a process."""
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(path(name))))
