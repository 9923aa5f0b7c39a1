"""The font of all paper, with every Vietnamese letter, and texts fitted to the room there is.

The font is from matplotlib's package. Not here: sizes and colours, which each kind of paper has
of its own.
"""

import unicodedata
from functools import cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "DejaVuSans", "DejaVuSans-Bold"
OFFICE = "Arial"  # on every machine with an office suite, with all Vietnamese letters
MM = 72 / 25.4  # points


def path(name: str) -> Path:
    """Return the file of a font: nothing is looked for on the machine."""
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"


@cache
def register() -> None:
    """Make the fonts known to reportlab, once a process."""
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(path(name))))


def sized(size: float, *, bold: bool = False) -> FontProperties:
    """Return the font for matplotlib, by its file."""
    return FontProperties(fname=path(BOLD if bold else REGULAR), size=size)


@cache
def letters_wide(text: str, *, bold: bool) -> float:
    """Return the width of a text in letters of 1 pt; matplotlib keeps no such cache."""
    width: float = TextToPath().get_text_width_height_descent(
        text, sized(100, bold=bold), ismath=False
    )[0]
    return width / 100


def tidy(text: object, most: int = 500) -> str:
    """Return any text as one line of composed letters, cut with “…” where it is too long.

    Marks that turn the direction of writing and other invisible ones are dropped: in print
    they could only make a name look like another.
    """
    letters = unicodedata.normalize("NFC", str(text))
    spaced = (" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in letters)
    seen = (c for c in spaced if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"})
    line = " ".join("".join(seen).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def folded(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return a text in lines no wider than a width in points; too long a word is cut."""
    lines = [""]
    for word in tidy(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if letters_wide(longer, bold=bold) * size <= width:
            lines[-1] = longer
            continue
        lines += [] if lines == [""] else [""]
        cut = word
        while len(cut) > 1 and letters_wide(cut, bold=bold) * size > width:
            cut = cut.rstrip("…")[:-1] + "…"
        lines[-1] = cut
    return lines
